using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Trail.Audit;

/// <summary>What there is to know of a case.</summary>
public enum KnownKind
{
    Signal,
    Addition,
    Image,
    Answer,

    /// <summary>Colleagues' readings, from their reveal on.</summary>
    Readings,

    /// <summary>What was found of what readers missed, and of what would change a mind.</summary>
    Found,
    Message,

    /// <summary>A round's votes, from their reveal on.</summary>
    Votes,
    Decision,
    Dissent,
}

/// <summary>How something stood with somebody at a moment.</summary>
public enum SeenState
{
    /// <summary>Wrote it, or did it.</summary>
    Own,

    /// <summary>Opened a page, or asked the API or the hub, that shows it, when it was there.</summary>
    Seen,

    /// <summary>It was there, and they had opened nothing that shows it.</summary>
    NotOpened,

    /// <summary>It was not there yet.</summary>
    NotThere,
}

/// <summary>Something to know, from its event on.</summary>
/// <param name="Kind">What.</param>
/// <param name="Seq">The number of its event.</param>
/// <param name="At">When it was there.</param>
/// <param name="By">Whose.</param>
/// <param name="Round">Of votes.</param>
internal sealed record KnownItem(KnownKind Kind, long Seq, DateTimeOffset At, PersonId? By, int? Round);

/// <summary>
/// Who had seen what at a moment, from the reads that the trail holds. A read is of what was there then; a live read of what came until it ended too. It shows that a
/// page with it was given to somebody, never that they read it. Pure.
/// </summary>
internal sealed class Seen
{
    /// <summary>What the pages show; any other door gives the whole view but for the images.</summary>
    private static readonly Dictionary<string, KnownKind[]> OfPages = new(StringComparer.Ordinal)
    {
        ["case"] = [KnownKind.Signal, KnownKind.Addition, KnownKind.Answer],
        ["read"] = [KnownKind.Signal, KnownKind.Addition, KnownKind.Answer],
        ["compare"] = [KnownKind.Signal, KnownKind.Addition, KnownKind.Answer, KnownKind.Readings, KnownKind.Found],
        ["room"] = [KnownKind.Signal, KnownKind.Addition, KnownKind.Answer, KnownKind.Readings, KnownKind.Message, KnownKind.Votes],
        ["minutes"] = [KnownKind.Message, KnownKind.Votes],
        ["decide"] = [KnownKind.Readings, KnownKind.Votes, KnownKind.Decision, KnownKind.Dissent],
        ["approve"] = [KnownKind.Readings, KnownKind.Votes, KnownKind.Decision, KnownKind.Dissent],
        ["dissent"] = [KnownKind.Readings, KnownKind.Votes, KnownKind.Decision, KnownKind.Dissent],
        ["follow-up"] = [KnownKind.Decision, KnownKind.Dissent],
        ["image"] = [KnownKind.Image],
        ["trail"] = Enum.GetValues<KnownKind>(),
        ["story"] = Enum.GetValues<KnownKind>(),
        ["draft"] = [],
        ["wall"] = [],
        ["who-looked"] = [],
        ["findings"] = [],
    };

    private static readonly KnownKind[] OfDoors = [.. Enum.GetValues<KnownKind>().Where(k => k != KnownKind.Image)];

    private readonly ILookup<PersonId, CaseLook> looks;

    /// <param name="events">Of the trail, as far as they are shown.</param>
    /// <param name="looks">Who looked.</param>
    public Seen(IReadOnlyList<TrailEvent> events, IReadOnlyList<CaseLook> looks)
    {
        this.looks = looks.Where(l => l.Kind == LookKind.Read).ToLookup(l => l.Person);
        Items = [.. events.Select(Item).OfType<KnownItem>()];
    }

    /// <summary>By their number.</summary>
    public IReadOnlyList<KnownItem> Items { get; }

    /// <summary>How an item stood with somebody just before a moment, and since when they had seen it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="person">Who.</param>
    /// <param name="at">When.</param>
    /// <param name="seq">The number of the event that the moment is of: what has a higher one was not there.</param>
    public (SeenState State, DateTimeOffset? Since) StateOf(KnownItem item, PersonId person, DateTimeOffset at, long seq)
    {
        if (item.Seq >= seq)
        {
            return (SeenState.NotThere, null);
        }

        if (item.By == person)
        {
            return (SeenState.Own, item.At);
        }

        DateTimeOffset? first = null;
        foreach (var look in looks[person].Where(l => l.Seq < seq && Shows(l, item.Kind)))
        {
            // What was written after an ordinary read began cannot have been in it; a live one goes on until it ends, or until the moment.
            var seen = look.Seq > item.Seq ? look.At : item.At <= look.LiveUntil ? item.At : (DateTimeOffset?)null;
            if (seen <= at && (first is null || seen < first))
            {
                first = seen;
            }
        }

        return first is null ? (SeenState.NotOpened, null) : (SeenState.Seen, first);
    }

    private static bool Shows(CaseLook look, KnownKind kind) =>
        look.Client == "web" || look.View is "image" or "draft" or "wall"
            ? look.View is { } view && OfPages.TryGetValue(view, out var kinds) && kinds.Contains(kind)
            : OfDoors.Contains(kind);

    private static KnownItem? Item(TrailEvent item)
    {
        KnownKind? kind = item.Type switch
        {
            "signal.submitted" => KnownKind.Signal,
            "signal.added" => KnownKind.Addition,
            "image.attached" => KnownKind.Image,
            "question.answered" => KnownKind.Answer,
            "interpretations.revealed" => KnownKind.Readings,
            "missing.checked" or "enquiry.reported" or "enquiry.answered" => KnownKind.Found,
            "message.said" => KnownKind.Message,
            "votes.revealed" => KnownKind.Votes,
            "decision.made" => KnownKind.Decision,
            "dissent.stated" => KnownKind.Dissent,
            _ => null,
        };
        if (kind is not { } known || item.At is not { } at)
        {
            return null;
        }

        // The reveal is everyone's, whoever asked for it.
        var by = known is KnownKind.Readings or KnownKind.Votes ? null : item.Actor?.Id;
        var round = known == KnownKind.Votes && item.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("round", out var number) ? number.GetInt32() : (int?)null;
        return new(known, item.CaseSeq, at, by, round);
    }
}
