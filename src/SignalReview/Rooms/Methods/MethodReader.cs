using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Rooms.Methods;

/// <summary>
/// Reads one template of a method, strictly: what a room could not hold to is refused, and all problems are reported at once, each with its place
/// in the file.
/// </summary>
internal sealed class MethodReader
{
    private const int MostPhases = 20;
    private const int LongestTitle = 40;
    private const int LongestText = 400;
    private const int MostMinutes = 240;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly ImmutableHashSet<string> HeadProperties = ["id", "version", "name", "text", "anonymity", "vote", "phases"];
    private static readonly ImmutableHashSet<string> VoteProperties = ["method", "requiredRoles"];
    private static readonly ImmutableHashSet<string> PhaseProperties = ["id", "kind", "title", "text", "minutes"];
    private static readonly ImmutableHashSet<string> Languages = ["nl", "en"];
    private static readonly PhaseKind[] Talks = [PhaseKind.Questions, PhaseKind.Analysis, PhaseKind.Advice, PhaseKind.Discussion];

    private readonly ProblemList problems;

    private MethodReader(string file) => problems = new(file);

    /// <param name="file">Only named in the problems.</param>
    /// <param name="bytes">The file.</param>
    /// <returns>The method, or why it is refused; never both.</returns>
    public static (RoomMethod? Method, ImmutableArray<DefinitionProblem> Problems) Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var reader = new MethodReader(file);
        RoomMethod? method = null;
        try
        {
            var raw = Utf8.GetString(bytes.Span);
            using var json = DefinitionJson.Parse(bytes);
            method = reader.Method(json.RootElement) is { } read
                ? read with { Raw = raw, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) }
                : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            reader.Head(
                $"not readable as JSON in UTF-8 without a byte order mark: {e.Message.TrimEnd('.')}",
                "look at the place that is named: a comma, bracket or quote is missing or stands double there");
        }

        var found = reader.problems.ToImmutable();
        return found.IsEmpty ? (method, found) : (null, found);
    }

    /// <summary>Tells a template from a workflow definition, which lies one folder higher and has a root.</summary>
    public static bool LooksLikeOne(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = DefinitionJson.Parse(bytes);
            return json.RootElement.Has("phases", out _) && !json.RootElement.Has("root", out _);
        }
        catch (JsonException)
        {
            return false; // whoever reads it as what it is not says why it cannot be read
        }
    }

    private RoomMethod? Method(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Head("the file is not one method", "a file holds one method between { and }; start from a copy of a shipped one");
            return null;
        }

        RefuseUnknown(json, HeadProperties, "");
        var id = Id(json, "");
        if (RoomMethod.Plain.Contains(id, StringComparer.OrdinalIgnoreCase))
        {
            Add("id", $"'{id}' means a talk without a template", "give the method a name of its own");
        }

        var version = Whole(json, "version", "", least: 1, most: int.MaxValue);
        var (name, text) = (Words(json, "name", "", LongestTitle), Words(json, "text", "", LongestText));
        var anonymity = Choice<Anonymity>(json, "anonymity", "");
        var vote = Vote(json);
        var phases = Phases(json);
        return new(id, version ?? 0, phases, anonymity, vote) { Name = name, Text = text };
    }

    private VotePlan Vote(JsonElement json)
    {
        if (!json.Has("vote", out var vote) || vote.ValueKind != JsonValueKind.Object)
        {
            Add("vote", "is missing", "add \"vote\": { \"method\": \"singleChoice\", \"requiredRoles\": [] }");
            return new(default, []);
        }

        RefuseUnknown(vote, VoteProperties, "vote.");
        var method = Choice<VoteMethod>(vote, "method", "vote.");
        var roles = ImmutableArray.CreateBuilder<RequiredRole>();
        foreach (var (place, role) in vote.List("requiredRoles").Index())
        {
            var at = $"vote.requiredRoles[{place}]";
            if (role.ValueKind != JsonValueKind.String || !Enums.TryParse<RequiredRole>(role.GetString(), out var known))
            {
                Add(at, $"'{role}' is no role", $"use one of {All<RequiredRole>()}");
            }
            else if (roles.Contains(known))
            {
                Add(at, $"'{role}' stands there twice", "remove one");
            }
            else
            {
                roles.Add(known);
            }
        }

        return new(method, roles.ToImmutable());
    }

    private ImmutableArray<MethodPhase> Phases(JsonElement json)
    {
        var read = ImmutableArray.CreateBuilder<MethodPhase>();
        var list = json.List("phases").ToList();
        foreach (var (place, phase) in list.Index())
        {
            var at = $"phases[{place}].";
            if (phase.ValueKind != JsonValueKind.Object)
            {
                Add($"phases[{place}]", "is no phase", "a phase stands between { and }, with id, kind, title and text");
                continue;
            }

            RefuseUnknown(phase, PhaseProperties, at);
            var id = Id(phase, at);
            if (id.Length > 0 && read.Any(p => p.Id == id))
            {
                Add($"{at}id", $"another phase is called '{id}' too", "give each phase a name of its own");
            }

            var minutes = phase.Has("minutes", out _) ? Whole(phase, "minutes", at, 1, MostMinutes) : null;
            read.Add(new(id, Choice<PhaseKind>(phase, "kind", at), Words(phase, "title", at, LongestTitle), Words(phase, "text", at, LongestText), minutes));
        }

        if (list.Count > MostPhases)
        {
            Add("phases", $"there are {list.Count}, and nobody follows more than {MostPhases}", "take phases together");
        }

        // Where a kind could not be read, its place says nothing.
        if (problems.Count == 0)
        {
            Order(read);
        }

        return read.ToImmutable();
    }

    /// <summary>Talks, the vote, perhaps a second round, the harvest: the room's steps in the workflow come in that order.</summary>
    private void Order(ImmutableArray<MethodPhase>.Builder phases)
    {
        var kinds = phases.Select(p => p.Kind).ToList();
        Once(kinds, PhaseKind.Vote, least: 1);
        Once(kinds, PhaseKind.SecondRound, least: 0);
        Once(kinds, PhaseKind.Harvest, least: 1);
        if (problems.Count > 0)
        {
            return;
        }

        var vote = kinds.IndexOf(PhaseKind.Vote);
        if (vote == 0)
        {
            Add("phases[0]", "the vote is the first phase", $"put at least one talk before it: {string.Join(", ", Talks.Select(Enums.Text))}");
        }

        for (var place = 0; place < kinds.Count; place++)
        {
            if (Talks.Contains(kinds[place]) && place > vote)
            {
                Add($"phases[{place}]", $"a phase of kind {Enums.Text(kinds[place])} stands after the vote", "put it before the vote; after it come secondRound and harvest");
            }
        }

        if (kinds.IndexOf(PhaseKind.SecondRound) is >= 0 and var second && second < vote)
        {
            Add($"phases[{second}]", "the second round stands before the vote", "put it after the vote");
        }

        if (kinds[^1] != PhaseKind.Harvest)
        {
            Add($"phases[{kinds.IndexOf(PhaseKind.Harvest)}]", "the harvest is not the last phase", "put it at the end");
        }
    }

    private void Once(List<PhaseKind> kinds, PhaseKind kind, int least)
    {
        var count = kinds.Count(k => k == kind);
        if (count < least || count > 1)
        {
            Add("phases", $"there {(count == 1 ? "is" : "are")} {count} of kind {Enums.Text(kind)}", $"a method has {(least == 1 ? "exactly" : "at most")} one");
        }
    }

    private string Id(JsonElement json, string at)
    {
        var id = json.Text("id");
        if (id is null || id.Length > 60 || id[0] == '-' || id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            Add($"{at}id", id is null ? "is missing" : $"'{id}' is no id", "write a name of small letters, digits and hyphens, such as \"short-round\"");
        }

        return id ?? "";
    }

    private int? Whole(JsonElement json, string property, string at, int least, int most)
    {
        if (json.Has(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        var range = most == int.MaxValue ? $"from {least}" : $"from {least} to {most}";
        Add($"{at}{property}", $"must be a whole number {range}", $"write for instance \"{property}\": {Math.Max(least, 10)}, without quotes{(most == int.MaxValue ? "" : ", or leave it out")}");
        return null;
    }

    private MethodText Words(JsonElement json, string property, string at, int longest)
    {
        if (!json.Has(property, out var both) || both.ValueKind != JsonValueKind.Object)
        {
            Add($"{at}{property}", "is missing", $"add \"{property}\": {{ \"nl\": …, \"en\": … }}");
            return new("", "");
        }

        RefuseUnknown(both, Languages, $"{at}{property}.");
        return new(In("nl"), In("en"));

        string In(string language)
        {
            var text = both.Text(language);
            if (string.IsNullOrWhiteSpace(text))
            {
                Add($"{at}{property}.{language}", "is missing", language == "nl" ? "add the Dutch text" : "add the English text; some colleagues read the product in English");
            }
            else if (text.Length > longest)
            {
                Add($"{at}{property}.{language}", $"is {text.Length} characters long; a phone has room for {longest}", "say it shorter");
            }

            return text ?? "";
        }
    }

    private T Choice<T>(JsonElement json, string property, string at)
        where T : struct, Enum
    {
        if (Enums.TryParse<T>(json.Text(property), out var value))
        {
            return value;
        }

        Add($"{at}{property}", json.Text(property) is { } given ? $"'{given}' is unknown" : "is missing", $"use one of {All<T>()}");
        return default;
    }

    private static string All<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetValues<T>().Select(Enums.Text));

    private void RefuseUnknown(JsonElement json, ImmutableHashSet<string> known, string at)
    {
        foreach (var property in json.EnumerateObject().Where(p => !known.Contains(p.Name)))
        {
            Add($"{at}{property.Name}", "is unknown", "remove it; if it is a spelling mistake, correct it");
        }
    }

    private void Head(string reason, string mend) => problems.Add("(method)", reason, mend);

    private void Add(string place, string reason, string mend) => problems.Add(place, reason, mend);
}
