using System.CommandLine;
using System.Text;
using SignalReview.Cli;
using SignalReview.Privacy;
using SignalReview.Privacy.Retention;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Privacy.Retention;

/// <summary>Which rule holds for which case, and from when it counts; what a file must not say.</summary>
internal sealed class RetentionRulesTests
{
    private static readonly RetentionRules Shipped = RetentionRulesFile.Shipped();

    private static RetentionFacts Closed(string ground = "publicTask", VoteOption? outcome = VoteOption.Talk, SubjectKind? subject = SubjectKind.Individual, string? band = "15-18") =>
        new(new(ground, RetentionState.Closed, outcome, subject), band, new(2026, 1, 5), new(2026, 1, 6), new(2026, 4, 1), new(2026, 3, 31));

    [TestCase("publicTask", VoteOption.Talk, SubjectKind.Individual, "standard", "2028-03-31")]
    [TestCase("publicTask", VoteOption.ReportingCode, SubjectKind.Individual, "reportingCode", "2041-03-31")]
    [TestCase("publicTask", VoteOption.Emergency, SubjectKind.Group, "reportingCode", "2041-03-31")]
    [TestCase("publicTask", VoteOption.Talk, SubjectKind.Phenomenon, "noPerson", "2031-03-31")]
    [TestCase("youthCare", VoteOption.Talk, SubjectKind.Individual, "youthCareFile", "2046-04-01")]
    [TestCase("youthCare", VoteOption.ReportingCode, SubjectKind.Individual, "youthCareFile", "2046-04-01")]
    [TestCase("consent", VoteOption.Talk, SubjectKind.Individual, "consentUntilAdult", "2029-07-06")]
    [TestCase("consent", VoteOption.Talk, SubjectKind.Group, "standard", "2028-03-31")]
    public void The_narrowest_rule_of_the_shipped_example_holds(string ground, VoteOption outcome, SubjectKind subject, string rule, string due)
    {
        var reckoned = Shipped.Reckon(Closed(ground, outcome, subject));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reckoned.Rule.Id, Is.EqualTo(rule));
            Assert.That(reckoned.DueOn, Is.EqualTo(DateOnly.ParseExact(due, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
            Assert.That(reckoned.NoticeOn, Is.EqualTo(reckoned.DueOn!.Value.AddDays(-reckoned.Rule.NoticeDays)));
        }
    }

    [TestCase(RetentionState.Draft, "draftAbandoned", "2026-05-13")]
    [TestCase(RetentionState.Withdrawn, "withdrawn", "2026-06-30")]
    [TestCase(RetentionState.Stopped, "stopped", "2027-03-31")]
    public void A_case_that_did_not_come_to_its_end_has_a_rule_of_its_own(RetentionState state, string rule, string due)
    {
        var facts = Closed() with { Cell = new("publicTask", state, null, null) };
        var reckoned = Shipped.Reckon(facts);
        Assert.That((reckoned.Rule.Id, $"{reckoned.DueOn:yyyy-MM-dd}"), Is.EqualTo((rule, due)));
    }

    [Test]
    public void Every_kind_of_case_has_exactly_one_rule_in_the_shipped_example() =>
        Assert.That(RetentionRules.Cells(Shipped.Grounds.Select(g => g.Id)).Where(cell => Shipped.Narrowest(cell) is null), Is.Empty);

    [TestCase("15-18", "2029-01-06", TestName = "The youngest of the band is of age last")]
    [TestCase("vanaf 16 jaar", "2028-01-06")]
    [TestCase("jong", null, TestName = "A band without an age tells no day")]
    [TestCase(null, null)]
    public void Turning_eighteen_is_read_to_the_side_of_keeping(string? band, string? day) =>
        Assert.That(AgeBands.LatestDayOfTurning(18, band, new(2026, 1, 6))?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(day));

    [TestCase("P20Y", 2046, 2, 28)]
    [TestCase("P1M", 2026, 3, 28)]
    [TestCase("P6W", 2026, 4, 11)]
    [TestCase("P1Y6M", 2027, 8, 28)]
    [TestCase("P30D", 2026, 3, 30)]
    public void A_period_goes_by_the_calendar(string text, int year, int month, int day)
    {
        Assert.That(CalendarPeriod.TryParse(text, out var period), Is.True);
        Assert.That(period!.After(new(2026, 2, 28)), Is.EqualTo(new DateOnly(year, month, day)));
    }

    [TestCase("")]
    [TestCase("P")]
    [TestCase("P0Y")]
    [TestCase("PT5H")]
    [TestCase("20 years")]
    [TestCase("P101Y")]
    [TestCase("P1D\n")]
    public void What_is_no_period_is_none(string text) => Assert.That(CalendarPeriod.TryParse(text, out _), Is.False);

    [TestCase("Taak van het jongerenwerk; beroepsgeheim", "publicTask")]
    [TestCase("op grond van de JEUGDWET", "youthCare")]
    [TestCase("Wmo en toestemming", null, TestName = "Words of two grounds say nothing")]
    [TestCase("omdat het moet", null)]
    public void What_was_written_as_a_ground_is_found_by_its_words(string written, string? ground) => Assert.That(Shipped.GroundIn(written)?.Id, Is.EqualTo(ground));

    [TestCase("\"keep\": \"P2Y\"", "\"keep\": \"twee jaar\"", "rule standard: keep: 'twee jaar' is no period", "P20Y")]
    [TestCase("\"from\": \"ended\"", "\"from\": \"afterwards\"", "rule standard: from: 'afterwards' is unknown", "lastActivity")]
    [TestCase("\"notice\": \"P30D\"", "\"notice\": \"P1D\"", "rule standard: notice: is P1D", "days or weeks")]
    [TestCase("\"notice\": \"P30D\"", "\"notice\": \"P1M\"", "rule standard: notice: is P1M", "days or weeks")]
    [TestCase("\"id\": \"standard\",", "\"id\": \"standard\", \"keeep\": 1,", "keeep: is unknown", "correct its spelling")]
    [TestCase("\"defaultGround\": \"publicTask\"", "\"defaultGround\": \"habit\"", "defaultGround: 'habit' is no ground", "publicTask")]
    [TestCase("\"tell\": [\"owner\", \"coordinator\", \"privacyOfficer\"],", "\"tell\": [],", "rule standard: tell: is empty", "leave the property out")]
    [TestCase("\"tell\": [\"owner\", \"coordinator\", \"privacyOfficer\"],", "", "rule standard: tell: is missing", "owner")]
    [TestCase("\"source\": \"AVG art. 5 lid 1 onder e: niet langer dan nodig; eigen beleid van de organisatie\"", "\"source\": \" \"", "rule standard: source: is missing", "article of the law")]
    [TestCase("\"id\": \"withdrawn\"", "\"id\": \"standard\"", "rules: there are 2 with the id 'standard'", "a name of its own")]
    [TestCase("\"when\": { \"states\": [\"withdrawn\"] }", "\"when\": { \"states\": [\"wthdrawn\"] }", "rule withdrawn: when.states[0]: \"wthdrawn\" is unknown", "withdrawn")]
    [TestCase("\"when\": { \"states\": [\"draft\"] },", "\"when\": { \"states\": [\"stopped\"] },", "hold both for", "neither is the narrower")]
    [TestCase("\"when\": { \"states\": [\"withdrawn\"] },", "", "rules standard and withdrawn", "neither is the narrower")]
    [TestCase("\"subjects\": [\"individual\", \"group\"] },", "\"subjects\": [\"individual\", \"phenomenon\"] },", "rules noPerson and reportingCode", "what they have in common")]
    [TestCase("\"from\": \"lastActivity\",\n      \"notice\": \"P7D\"", "\"from\": \"ended\",\n      \"notice\": \"P7D\"", "rule draftAbandoned: from: holds for drafts too", "created or lastActivity")]
    [TestCase("\"en\": \"Ordinary case\"", "\"en\": \"\"", "rule standard: name.en: is missing", "English")]
    [TestCase("\"version\": 1,", "\"version\": \"1\",", "version: must be a whole number", "without quotes")]
    [TestCase("\"longestPostponement\": \"P1Y\",", "", "longestPostponement: is missing", "period")]
    public void An_error_names_its_rule_and_how_to_mend_it(string good, string bad, string place, string mend)
    {
        var text = Shipped.Head.Raw.ReplaceLineEndings("\n");
        Assert.That(text, Does.Contain(good), "the example has changed");
        var at = text.IndexOf(good, StringComparison.Ordinal);
        var (rules, problems) = Read(string.Concat(text.AsSpan(0, at), bad, text.AsSpan(at + good.Length)));
        Assert.That(rules, Is.Null);
        Assert.That(problems.Select(p => p.ToString()), Has.Some.Contains(place).And.Some.Contains(mend));
        Assert.That(problems.Select(p => p.ToString()), Has.All.StartWith("rules.json: ").And.All.Contain("To mend: "));
    }

    [Test]
    public void A_file_without_a_rule_for_all_other_cases_is_refused()
    {
        var text = Shipped.Head.Raw.Replace("\"keep\": \"P2Y\",", "\"when\": { \"states\": [\"closed\"] }, \"keep\": \"P2Y\",", StringComparison.Ordinal)
            .Replace("\"when\": { \"states\": [\"stopped\"] },", "\"when\": { \"states\": [\"stopped\"], \"grounds\": [\"consent\"] },", StringComparison.Ordinal);
        Assert.That(Read(text).Problems.Select(p => p.ToString()), Has.Some.Contains("no rule is about a case on the ground publicTask that is stopped"));
    }

    [Test]
    public void A_rule_that_never_holds_is_refused()
    {
        var extra = """
            "rules": [
                { "id": "closedTalk", "name": { "nl": "a", "en": "a" }, "when": { "states": ["stopped"], "subjects": ["individual", "group", "phenomenon"] }, "keep": "P1Y", "from": "ended",
                  "notice": "P2D", "tell": ["owner"], "then": "review", "source": "x" },
            """;
        var text = Shipped.Head.Raw.Replace("\"rules\": [", extra, StringComparison.Ordinal);
        Assert.That(Read(text).Problems, Is.Empty, "it holds for stopped cases that say their subject");
        var more = string.Join(",\n", new[] { "individual", "group", "phenomenon" }.Select(s =>
            $$"""{ "id": "{{s}}", "name": { "nl": "a", "en": "a" }, "when": { "states": ["stopped"], "subjects": ["{{s}}"] }, "keep": "P1Y", "from": "ended", "notice": "P2D", "tell": ["owner"], "then": "review", "source": "x" }"""));
        text = text.Replace("\"rules\": [", $"\"rules\": [ {more},", StringComparison.Ordinal);
        Assert.That(Read(text).Problems.Select(p => p.ToString()), Has.Some.Contains("rule closedTalk: never holds"));
    }

    [Test]
    public void What_is_no_JSON_is_told_where()
    {
        var (rules, problems) = Read("{ \"id\": ");
        Assert.That(rules, Is.Null);
        Assert.That(problems.Single().ToString(), Does.StartWith("rules.json: (file): not readable as JSON"));
    }

    [Test]
    public void An_invalid_file_stops_the_start()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.CreateVersion7(DateTimeOffset.UnixEpoch):N}-{TestContext.CurrentContext.Test.ID}.json");
        File.WriteAllText(path, Shipped.Head.Raw.Replace("P2Y", "2Y", StringComparison.Ordinal));
        try
        {
            var failed = Assert.ThrowsAsync<InvalidRulesException>(async () => await CaseWorld.StartAsync(
                settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [RetentionRulesFile.Setting] = path }));
            Assert.That(failed!.Message, Does.Contain("rule standard: keep: '2Y' is no period"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task The_command_line_checks_and_shows()
    {
        var path = Path.Combine(Storage.Repository.Root, "workflows", "retention", "rules.json");
        var check = await RunAsync("check", path);
        var show = await RunAsync("show", path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(check, Is.EqualTo((ExitCodes.Ok, $"youth-work-nl@1: valid, 8 rules on 4 grounds, sha256 {Shipped.Head.Sha256}{Environment.NewLine}")));
            Assert.That(show.Code, Is.Zero);
            Assert.That(show.Output, Does.Contain("rule standard: Ordinary case").And.Contain("unless  draftAbandoned").And.Contain("Jeugdwet art. 7.3.8"));
        }

        var bad = Path.GetTempFileName();
        await File.WriteAllTextAsync(bad, Shipped.Head.Raw.Replace("P2Y", "2Y", StringComparison.Ordinal));
        var refused = await RunAsync("check", bad);
        File.Delete(bad);
        Assert.That(refused.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(refused.Output, Does.Contain("rule standard: keep: '2Y' is no period").And.Contain("1 problem(s) found."));
    }

    private static (RetentionRules? Rules, IReadOnlyList<SignalReview.Workflow.DefinitionProblem> Problems) Read(string text)
    {
        var (rules, problems) = RetentionRulesReader.Read("rules.json", Encoding.UTF8.GetBytes(text));
        return (rules, problems);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var parsed = new RootCommand { RetentionCommand.Create() }.Parse(["retention", .. args]);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }
}
