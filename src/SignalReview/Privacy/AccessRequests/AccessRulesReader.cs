using System.Collections.Immutable;
using System.Text.Json;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>Reads a file of access rules, strictly. Every age must have exactly one rule.</summary>
internal sealed class AccessRulesReader
{
    public const string Setting = "Privacy:AccessRules";

    private const string Example = "access.json";

    private static readonly string[] Known =
        ["answerWithin", "extendBy", "filesExpire", "secondPerson", "colleagues", "ages", "exceptions", "refusals", "leaveOut", "about"];

    private readonly RuleFile file;
    private readonly JsonElement json;

    private AccessRulesReader(RuleFile file, JsonElement json)
    {
        this.file = file;
        this.json = json;
    }

    /// <param name="path">What the setting says; empty: the shipped example.</param>
    /// <exception cref="InvalidRulesException">The file is invalid; this stops start-up.</exception>
    public static AccessRules Load(string? path)
    {
        var (rules, problems) = string.IsNullOrWhiteSpace(path) ? Read(Example, RuleResources.Read(Example)) : Check(path);
        return rules ?? throw new InvalidRulesException("access rules", problems);
    }

    /// <exception cref="IOException">The path is not there or cannot be read.</exception>
    public static (AccessRules? Rules, ImmutableArray<DefinitionProblem> Problems) Check(string path) => Read(Path.GetFileName(path), File.ReadAllBytes(path));

    /// <inheritdoc cref="Retention.RetentionRulesReader.Read"/>
    public static (AccessRules? Rules, ImmutableArray<DefinitionProblem> Problems) Read(string name, ReadOnlyMemory<byte> bytes) =>
        RuleFile.Read<AccessRules>(name, bytes, Known, (file, json, head) => new AccessRulesReader(file, json).Rules(head));

    private AccessRules Rules(RuleFileHead head)
    {
        var none = new CalendarPeriod(0, 0);
        return new(
            head,
            file.Period(json, "answerWithin", "") ?? none,
            file.Period(json, "extendBy", "") ?? none,
            file.Period(json, "filesExpire", "") ?? none,
            file.YesNo(json, "secondPerson", "") ?? true,
            file.Choice<ColleagueNaming>(json, "colleagues", "") ?? default,
            Ages(),
            [
                .. file.Items(json, "exceptions", "", needed: false, "id", "name", "requesters", "outcomes", "source").Select(e => new AccessException(
                    file.Id(e.Item, e.At),
                    file.Words(e.Item, "name", e.At),
                    Needed<Requester>(e.Item, "requesters", e.At),
                    Needed<VoteOption>(e.Item, "outcomes", e.At),
                    Source(e.Item, e.At))),
            ],
            Refusals(),
            [
                .. file.Items(json, "leaveOut", "", needed: false, "events", "why").Select(l => new LeftOut(
                    [.. Events(l.Item, l.At)], file.Words(l.Item, "why", l.At))),
            ],
            file.Words(json, "about", ""));
    }

    private ImmutableArray<AgeRule> Ages()
    {
        ImmutableArray<AgeRule> ages =
        [
            .. file.Items(json, "ages", "", needed: true, "from", "to", "may", "explain", "source").Select(a => new AgeRule(
                file.Whole(a.Item, "from", a.At, 0, AccessRules.OldestAge) ?? 0,
                a.Item.TryGetProperty("to", out _) ? file.Whole(a.Item, "to", a.At, 0, AccessRules.OldestAge) : null,
                Needed<Requester>(a.Item, "may", a.At),
                file.Words(a.Item, "explain", a.At),
                Source(a.Item, a.At))),
        ];
        if (file.ProblemCount == 0)
        {
            foreach (var wrong in Enumerable.Range(0, AccessRules.OldestAge + 1).GroupBy(age => ages.Count(a => a.Holds(age))).Where(g => g.Key != 1))
            {
                file.Add(
                    "ages",
                    $"{wrong.Key switch { 0 => "no rule is", var many => $"{many} rules are" }} about somebody of {wrong.First()}",
                    "let each age have one rule: \"from\" and \"to\" are both included, and the last rule has no \"to\"");
            }
        }

        return ages;
    }

    private ImmutableArray<RefusalGround> Refusals()
    {
        ImmutableArray<RefusalGround> refusals =
        [
            .. file.Items(json, "refusals", "", needed: true, "id", "name", "source", "letter").Select(r => new RefusalGround(
                file.Id(r.Item, r.At), file.Words(r.Item, "name", r.At), Source(r.Item, r.At), file.Words(r.Item, "letter", r.At))),
        ];
        foreach (var twice in refusals.Where(r => r.Id.Length > 0).GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            file.Add("refusals", $"there are {twice.Count()} with the id '{twice.Key}'", "give each a name of its own");
        }

        return refusals;
    }

    private IEnumerable<string> Events(JsonElement json, string at)
    {
        var items = json.List("events").ToList();
        if (items.Count == 0)
        {
            file.Add($"{at}events", "is missing or empty", "name types of events, such as \"message.said\", or their beginnings with a full stop, such as \"step.\"");
        }

        foreach (var (place, item) in items.Index())
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 1 } name && name.Contains('.', StringComparison.Ordinal))
            {
                yield return name;
            }
            else
            {
                file.Add($"{at}events[{place}]", $"{item.GetRawText()} is no type of event", "write for instance \"message.said\", or \"step.\" for all that begin so");
            }
        }
    }

    private ImmutableHashSet<T> Needed<T>(JsonElement item, string property, string at)
        where T : struct, Enum
    {
        if (file.Choices<T>(item, property, at) is { } found)
        {
            return found;
        }

        file.Add($"{at}{property}", "is missing", $"name at least one of {string.Join(", ", Enum.GetValues<T>().Select(Enums.Text))}");
        return [];
    }

    private string Source(JsonElement item, string at) => file.Line(item, "source", at, "name the article of the law, or the policy, that this comes from");
}
