using System.Text;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>One thing that somebody wrote.</summary>
/// <param name="Key">The event's number and the place in its body: "12/online/literalText". What is marked names it.</param>
/// <param name="Label">What it answers.</param>
/// <param name="Text">In their words, or the word for a code.</param>
/// <param name="Free">Somebody wrote it; false: a code, a number, a time.</param>
internal sealed record AccessPassage(string Key, string Label, string Text, bool Free);

/// <summary>One event of a case that the requester gets.</summary>
/// <param name="Seq">Its number in the case.</param>
/// <param name="At">When.</param>
/// <param name="By">The colleague, by role or letter.</param>
/// <param name="Did">What they did.</param>
/// <param name="Passages">What they wrote.</param>
internal sealed record AccessEntry(long Seq, DateTimeOffset At, string By, string Did, IReadOnlyList<AccessPassage> Passages);

/// <summary>What is not in it.</summary>
/// <param name="Count">How many events.</param>
/// <param name="Why">Why.</param>
internal sealed record AccessOmission(int Count, string Why);

/// <summary>One time that somebody looked at the case.</summary>
/// <param name="At">When.</param>
/// <param name="Role">As what; a name is another's.</param>
/// <param name="What">What they looked at.</param>
internal sealed record AccessLook(DateTimeOffset At, string Role, string What);

/// <summary>All of one case that its subject can get, before anything in it is blacked out.</summary>
/// <param name="Case">The case.</param>
/// <param name="Pseudonym">What the subject is called in it.</param>
/// <param name="Entries">In the order of the trail.</param>
/// <param name="Omissions">What is left out.</param>
/// <param name="Looks">Who looked, oldest first.</param>
internal sealed record AccessContent(
    CaseId Case, string? Pseudonym, IReadOnlyList<AccessEntry> Entries, IReadOnlyList<AccessOmission> Omissions, IReadOnlyList<AccessLook> Looks);

/// <summary>
/// Reads a case for its subject. Colleagues are named by role or letter, what was never revealed and what a stop took out of sight stays closed, and
/// what the rules leave out is counted.
/// </summary>
internal sealed class AccessReader(DbSession db, Dossier dossier, CaseFile file, AccessRules rules, string language)
{
    private static readonly HashSet<CaseRole> Officer = [CaseRole.PrivacyOfficer];

    private readonly ReportLabels labels = ReportLabels.For(language);
    private readonly ReportTexts texts = ReportTexts.For(language);
    private readonly AccessTexts own = AccessTexts.For(language);
    private readonly TrailReadsBlind blind = new(file, Officer);
    private readonly Dictionary<Guid, string> letters = [];

    /// <summary>Readings or votes come in: what is between them would give away what is still blind.</summary>
    public bool IsCollecting => blind.OpenSince is not null;

    public async Task<AccessContent> ReadAsync(CancellationToken ct)
    {
        var entries = new List<AccessEntry>();
        var looks = new List<AccessLook>();
        var leftOut = new Dictionary<string, int>(StringComparer.Ordinal);
        string? pseudonym = null;
        foreach (var row in await db.QueryAsync<EventRow>("trail/case_events", new { CaseId = dossier.Id }, ct))
        {
            var header = EventHeader.Parse(row.Leaf);
            if (IsLook(row.Type))
            {
                looks.Add(new(row.At, labels.Role(header.Role), View(row)));
            }

            if (Why(row) is { } why)
            {
                leftOut[why] = leftOut.GetValueOrDefault(why) + 1;
                continue;
            }

            using var body = JsonDocument.Parse(TrailBodies.Open(dossier, row.EventId, row.Body!).Body);
            pseudonym ??= row.Type == "signal.submitted" ? body.RootElement.TryGetProperty("pseudonym", out var p) ? p.GetString() : null : null;
            var passages = new List<AccessPassage>();
            Walk(body.RootElement, $"{row.CaseSeq}", null, passages);
            entries.Add(new(row.CaseSeq, row.At, Colleague(row.ActorId.Value, header.Role), labels.Event(row.Type), passages));
        }

        if (file.Images.Count > 0)
        {
            leftOut[own.Images] = file.Images.Count;
        }

        return new(dossier.Id, pseudonym, entries, [.. leftOut.Select(l => new AccessOmission(l.Value, l.Key))], looks);
    }

    private static bool IsLook(string type) => type is "case.read" or "trail.exported" or "export.downloaded" or "access.fileGiven" or "emergency.opened";

    /// <summary>Why an event is left out; null: it is not.</summary>
    private string? Why(EventRow row) =>
        row.Body is null ? own.Erased
        : rules.LeaveOut.FirstOrDefault(l => l.Holds(row.Type)) is { } left ? left.Why.In(language)
        : blind.IsBlind(row.EventId) ? own.NeverRevealed
        : blind.IsClosedByStop(row.Type) ? own.Stopped
        : null;

    private string View(EventRow row)
    {
        if (row.Type != "case.read" || row.Body is null)
        {
            return labels.Event(row.Type);
        }

        using var body = JsonDocument.Parse(TrailBodies.Open(dossier, row.EventId, row.Body).Body);
        var view = body.RootElement.TryGetProperty("view", out var told) && told.ValueKind == JsonValueKind.String ? told.GetString()! : "case";
        return own.Views.GetValueOrDefault(view) ?? own.Views["case"];
    }

    /// <summary>Every value of a body with its place; ids of events and people become nothing or a colleague, never a name.</summary>
    private void Walk(JsonElement value, string key, string? field, List<AccessPassage> passages)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject().OrderBy(m => ReportLabels.Order(m.Name)))
                {
                    Walk(member.Value, $"{key}/{member.Name}", member.Name, passages);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (place, item) in value.EnumerateArray().Index())
                {
                    Walk(item, $"{key}/{place}", field, passages);
                }

                break;
            case JsonValueKind.String when Guid.TryParse(value.GetString(), out var id):
                if (file.RolesOf(new Actor(new(id), new HashSet<Role>(), "system")).Count > 0)
                {
                    passages.Add(new(key, Label(field), own.AColleague, Free: false));
                }

                break;
            case JsonValueKind.String when value.GetString() is { Length: > 0 } text:
                var told = DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var moment) && text.Contains('T', StringComparison.Ordinal) && text.Length >= 16
                    ? own.Moment(moment)
                    : labels.Value(field, text);
                passages.Add(new(key, Label(field), told.Normalize(NormalizationForm.FormC), Free: told == text));
                break;
            case JsonValueKind.Number:
                passages.Add(new(key, Label(field), value.GetRawText(), Free: false));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                passages.Add(new(key, Label(field), value.GetBoolean() ? texts.Yes : texts.No, Free: false));
                break;
        }
    }

    private string Label(string? field) => field is null ? "" : labels.Field(field);

    private string Colleague(Guid person, string role)
    {
        // In a case whose people are not named, one letter through all of it would tie together what was kept apart.
        if (rules.Colleagues == ColleagueNaming.Role || file.ReadingAnonymity != Anonymity.Named || file.VoteAnonymity != Anonymity.Named || person == PersonId.System.Value)
        {
            return labels.Role(role);
        }

        if (!letters.TryGetValue(person, out var letter))
        {
            letters[person] = letter = Letter(letters.Count);
        }

        return $"{own.Colleague} {letter} ({labels.Role(role)})";
    }

    private static string Letter(int place) => place < 26 ? ((char)('A' + place)).ToString() : $"{Letter((place / 26) - 1)}{Letter(place % 26)}";

    private sealed record EventRow
    {
        public Guid EventId { get; init; }
        public long CaseSeq { get; init; }
        public string Type { get; init; } = "";
        public PersonId ActorId { get; init; }
        public DateTimeOffset At { get; init; }
        public byte[] Leaf { get; init; } = [];
        public byte[]? Body { get; init; }
    }
}
