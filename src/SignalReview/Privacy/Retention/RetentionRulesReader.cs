using System.Collections.Immutable;
using System.Text.Json;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.Privacy.Retention;

/// <summary>
/// Reads a file of retention rules. Beside what is misspelt or missing it refuses rules that would leave somebody guessing: cases that no rule
/// is about, cases for which two rules hold of which neither is the narrower, and rules that never hold.
/// </summary>
internal sealed class RetentionRulesReader
{
    private const int MostNoticeDays = 366;

    /// <summary>The shortest time in which somebody who is away for a day can still object.</summary>
    private const int LeastNoticeDays = 2;

    private readonly RuleFile file;
    private readonly JsonElement json;

    private RetentionRulesReader(RuleFile file, JsonElement json)
    {
        this.file = file;
        this.json = json;
    }

    /// <param name="name">Of the file; only named in the problems.</param>
    /// <param name="bytes">The file.</param>
    /// <returns>The rules, or why they are refused; never both.</returns>
    public static (RetentionRules? Rules, ImmutableArray<DefinitionProblem> Problems) Read(string name, ReadOnlyMemory<byte> bytes) =>
        RuleFile.Read<RetentionRules>(name, bytes, ["grounds", "defaultGround", "longestPostponement", "rules"], (file, json, head) => new RetentionRulesReader(file, json).Rules(head));

    private RetentionRules Rules(RuleFileHead head)
    {
        var grounds = Grounds();
        var ids = grounds.Select(g => g.Id).ToList();
        var standard = json.Text("defaultGround") ?? "";
        if (!ids.Contains(standard, StringComparer.Ordinal))
        {
            file.Add("defaultGround", standard.Length == 0 ? "is missing" : $"'{standard}' is no ground of this file", $"name the ground of a case of which nobody said one: {string.Join(", ", ids)}");
        }

        ImmutableArray<RetentionRule> rules =
        [
            .. file.Items(json, "rules", "", needed: true, "id", "name", "when", "keep", "from", "age", "notice", "tell", "then", "source")
                .Select(r => Rule(r.Item, r.At, ids)),
        ];
        Twice(rules.Select(r => r.Id), "rules", "rule");
        var read = new RetentionRules(head, grounds, standard, file.Period(json, "longestPostponement", "") ?? new(0, 0), rules);
        // What could not be read would be reported again as a case without a rule.
        if (file.ProblemCount == 0)
        {
            Meet(read);
        }

        return read;
    }

    private ImmutableArray<LegalGround> Grounds()
    {
        ImmutableArray<LegalGround> grounds =
        [
            .. file.Items(json, "grounds", "", needed: true, "id", "name", "source", "words").Select(g => new LegalGround(
                file.Id(g.Item, g.At),
                file.Words(g.Item, "name", g.At),
                file.Line(g.Item, "source", g.At, "name the article of the law"),
                [.. GroundWords(g.Item, g.At)])),
        ];
        Twice(grounds.Select(g => g.Id), "grounds", "ground");
        foreach (var shared in grounds.SelectMany(g => g.Words.Select(w => (Word: w.ToUpperInvariant(), g.Id))).GroupBy(w => w.Word).Where(w => w.Select(x => x.Id).Distinct().Skip(1).Any()))
        {
            file.Add("grounds", $"the word '{shared.First().Word}' stands with several grounds: {string.Join(", ", shared.Select(s => s.Id))}", "leave it with one, or make the words longer");
        }

        return grounds;
    }

    private IEnumerable<string> GroundWords(JsonElement ground, string at)
    {
        foreach (var (place, word) in ground.List("words").Index())
        {
            if (word.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(word.GetString()))
            {
                file.Add($"{at}words[{place}]", "is no word", "write words that people use for this ground, between quotes");
            }
            else
            {
                yield return word.GetString()!;
            }
        }
    }

    private RetentionRule Rule(JsonElement rule, string at, IReadOnlyCollection<string> grounds)
    {
        var id = file.Id(rule, at);
        // Everything else is told by the rule's name, which people know, rather than by its place.
        at = id.Length > 0 ? $"rule {id}: " : at;
        var from = file.Choice<RetentionMoment>(rule, "from", at);
        var then = file.Choice<RetentionAction>(rule, "then", at);
        var tell = file.Choices<RetentionAudience>(rule, "tell", at);
        if (tell is null)
        {
            file.Add($"{at}tell", "is missing", $"name who is told beforehand: {RuleFile.All<RetentionAudience>()}");
        }

        return new(
            id,
            file.Words(rule, "name", at),
            Condition(rule, at, grounds),
            file.Period(rule, "keep", at) ?? new(0, 0),
            from ?? default,
            Age(rule, at, from),
            Notice(rule, at),
            tell ?? [],
            then ?? default,
            file.Line(rule, "source", at, "name the article of the law, or the decision of your organisation, that this period comes from"));
    }

    private RetentionCondition Condition(JsonElement rule, string at, IReadOnlyCollection<string> grounds)
    {
        if (!rule.TryGetProperty("when", out var when))
        {
            return new(null, null, null, null);
        }

        if (when.ValueKind != JsonValueKind.Object)
        {
            file.Add($"{at}when", "does not stand between { and }", "write an object with grounds, states, outcomes, subjects, or leave it out for all cases");
            return new(null, null, null, null);
        }

        at = $"{at}when.";
        file.RefuseUnknown(when, ["grounds", "states", "outcomes", "subjects"], at);
        return new(
            file.Names(when, "grounds", at, grounds),
            file.Choices<RetentionState>(when, "states", at),
            file.Choices<VoteOption>(when, "outcomes", at),
            file.Choices<SubjectKind>(when, "subjects", at));
    }

    private int? Age(JsonElement rule, string at, RetentionMoment? from)
    {
        if (from == RetentionMoment.SubjectTurns)
        {
            return file.Whole(rule, "age", at, 1, 99);
        }

        if (rule.TryGetProperty("age", out _))
        {
            file.Add($"{at}age", "says nothing here", "remove it, or write \"from\": \"subjectTurns\"");
        }

        return null;
    }

    private int Notice(JsonElement rule, string at)
    {
        if (file.Period(rule, "notice", at) is not { } notice)
        {
            return LeastNoticeDays;
        }

        if (notice.Months > 0 || notice.Days is < LeastNoticeDays or > MostNoticeDays)
        {
            file.Add($"{at}notice", $"is {notice}", $"write it in days or weeks, from P{LeastNoticeDays}D to P{MostNoticeDays}D: it is counted in days that people could see it");
        }

        return notice.Days;
    }

    private void Twice(IEnumerable<string> ids, string place, string what)
    {
        foreach (var twice in ids.Where(id => id.Length > 0).GroupBy(id => id, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            file.Add(place, $"there are {twice.Count()} with the id '{twice.Key}'", $"give each {what} a name of its own");
        }
    }

    /// <summary>Goes through every kind of case that rules can tell apart, so that no case ever finds out.</summary>
    private void Meet(RetentionRules read)
    {
        var holds = new HashSet<string>(StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        var nowhere = new List<RetentionCell>();
        foreach (var cell in RetentionRules.Cells(read.Grounds.Select(g => g.Id)))
        {
            if (read.Narrowest(cell) is { } rule)
            {
                holds.Add(rule.Id);
                if (cell.State == RetentionState.Draft && rule.From is RetentionMoment.Ended or RetentionMoment.Submitted or RetentionMoment.SubjectTurns && told.Add($"draft {rule.Id}"))
                {
                    file.Add($"rule {rule.Id}: from", "holds for drafts too, which were neither submitted nor ended", "add a rule with \"when\": { \"states\": [\"draft\"] } that counts from created or lastActivity");
                }
            }
            else if (read.Rules.Where(r => r.When.Matches(cell)).ToList() is { Count: > 0 } matching)
            {
                Conflict(matching, cell, told);
            }
            else
            {
                nowhere.Add(cell);
            }
        }

        if (nowhere.Count > 0)
        {
            file.Add("rules", $"no rule is about {Words(nowhere[0])}{(nowhere.Count > 1 ? $", nor about {nowhere.Count - 1} other kinds of case" : null)}", "add a rule without \"when\", which holds where no other does");
        }

        // Conflicts come first: who mends them changes which rules hold.
        if (told.Count == 0 && nowhere.Count == 0)
        {
            foreach (var rule in read.Rules.Where(r => !holds.Contains(r.Id)))
            {
                file.Add($"rule {rule.Id}", "never holds: narrower rules take all its cases", "remove it, or correct its conditions");
            }
        }
    }

    private void Conflict(List<RetentionRule> matching, RetentionCell cell, HashSet<string> told)
    {
        var narrow = matching.Where(r => !matching.Any(o => o != r && o.When.IsWithin(r.When) && !r.When.IsWithin(o.When))).Take(2).ToList();
        var pair = string.Join(" and ", narrow.Select(r => r.Id));
        if (told.Add(pair))
        {
            file.Add($"rules {pair}", $"hold both for {Words(cell)}, and neither is the narrower", "make one of them narrower, or add a rule with exactly what they have in common and say there what holds");
        }
    }

    private static string Words(RetentionCell cell) =>
        $"a case on the ground {cell.Ground} that is {Storage.Enums.Text(cell.State)}, with outcome {(cell.Outcome is { } outcome ? Storage.Enums.Text(outcome) : "none")} and subject {(cell.Subject is { } subject ? Storage.Enums.Text(subject) : "not said")}";
}
