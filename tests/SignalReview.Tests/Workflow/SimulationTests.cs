using System.Text.Json;
using SignalReview.Workflow;
using SignalReview.Workflow.Simulation;

namespace SignalReview.Tests.Workflow;

internal sealed class SimulationTests
{
    private static readonly SimulationModel Calm = new() { Spread = 0, Declines = 0, Away = 0, Forgets = 0, Early = 0, OpensRoom = 0, Returns = 0 };

    private static WorkflowDefinition Full => DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation];

    [Test]
    public void The_same_seed_gives_the_same_cases_and_another_seed_others()
    {
        string Run(int seed) => JsonSerializer.Serialize(FlowSimulation.Run(Full, new(), 60, seed));
        var (first, again, other) = (Run(7), Run(7), Run(8));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void Colleagues_who_never_vary_take_exactly_their_medians_in_working_hours()
    {
        var report = FlowSimulation.Run(Full, Calm, 200, 1);

        // Clarify 3, the readings 5 after an acceptance that came meanwhile, Compare 2, AskDecision 4, AskApproval 3; then the look back.
        Assert.That(report.ToApproval.Working, Is.EqualTo(new Quantiles(17, 17, 17)).Using<Quantiles>(Close));
        Assert.That(report.ToEnd.Working, Is.EqualTo(new Quantiles(57, 57, 57)).Using<Quantiles>(Close));
        Assert.That(report.Asked, Is.EqualTo(new Quantiles(3, 3, 3)));
        Assert.That(report.Readings, Is.EqualTo(new Quantiles(3, 3, 3)));
        Assert.That(report.Nodes.SelectMany(n => n.Outcomes.Keys), Has.None.AnyOf("Deadline", "Quorum", "TooFew"));
    }

    [Test]
    public void Nights_weekends_and_Dutch_holidays_are_not_worked()
    {
        var definition = Full;
        for (var number = 0; number < 150; number++)
        {
            var played = SimulatedCase.Play(definition, new(), seed: 3, number);
            Assert.That(WorkingTime.IsWorking(TeamCalendar.Office, played.StartedAt), $"{number} begins at {played.StartedAt}");
            foreach (var step in played.Steps.Where(s => s.Activity is "AskDecision" or "AskApproval" or "Compare" && s.Outcome != "Deadline"))
            {
                // The last minute of a day ends at closing time.
                Assert.That(WorkingTime.IsWorking(TeamCalendar.Office, step.At.AddMinutes(-1)), $"{number}: {step}");
            }
        }
    }

    [TestCase(DefinitionLibrary.CollegialConsultation)]
    [TestCase(DefinitionLibrary.QuickReading)]
    [TestCase(DefinitionLibrary.Urgent)]
    public void Every_shipped_definition_ends_and_its_numbers_fit_together(string name)
    {
        var report = FlowSimulation.Run(DefinitionLibrary.Shipped()[name], new(), 300, 1);

        Assert.That(report.Endless, Is.Zero);
        Assert.That(report.Nodes.Sum(n => n.Share), Is.EqualTo(1).Within(1e-9));
        Assert.That(report.ToApproval.Working.Median, Is.GreaterThan(0).And.LessThan(report.ToEnd.Working.Median));
        Assert.That(report.ToEnd.Wall.Median, Is.GreaterThan(report.ToEnd.Working.Median));
        Assert.That(report.ToEnd.Working.P90, Is.GreaterThan(report.ToEnd.Working.Median));
        Assert.That(report.Nodes, Has.All.Matches<NodeLoad>(n => Math.Abs(n.Outcomes.Values.Sum() - n.PerCase) < 1e-9));
        var told = report.Nodes.Where(n => n.Activity == "Escalate").Sum(n => n.PerCase);
        var late = report.Nodes.Where(n => n.Activity != "Clarify" && n.Activity != "Weigh").Sum(n => n.Outcomes.GetValueOrDefault("Deadline") + n.Outcomes.GetValueOrDefault("TooFew"));
        Assert.That(told, Is.EqualTo(late).Within(1e-9), "each deadline that escalates does so once");
    }

    [Test]
    public void A_higher_quorum_and_a_shorter_deadline_are_seen()
    {
        var longer = Change("quorum", 3);
        var shorter = Change("deadlineHours", 4);
        double TooFew(WorkflowDefinition d) => FlowSimulation.Run(d, new(), 400, 1).Nodes.Single(n => n.Node == "CollectInterpretations").Outcomes.GetValueOrDefault("TooFew");

        Assert.That(TooFew(longer), Is.GreaterThan(2 * TooFew(Full)));
        Assert.That(TooFew(shorter), Is.GreaterThan(2 * TooFew(Full)));
    }

    [Test]
    public void With_too_few_colleagues_the_coordinator_is_told_until_there_are_enough()
    {
        var report = FlowSimulation.Run(Full, Calm with { Readers = 1 }, 50, 1);
        var told = report.Nodes.Single(n => n.Node == "EscalateReaders");

        Assert.That(told.PerCase, Is.EqualTo(2), "two of three were missing; each time one is found");
        Assert.That(report.Nodes.Single(n => n.Node == "WaitForReaders").PerCase, Is.EqualTo(2));
        Assert.That(report.Readings.Median, Is.EqualTo(3));
    }

    [Test]
    public void A_loop_that_does_not_end_is_told_and_left_out()
    {
        var definition = TestDefinition.Simple().Disconnect("Approve", "Approved").Disconnect("Approve", "Deadline")
            .Connect("Approve", "Approved", "Decide").Connect("Approve", "Deadline", "Late").Change(h => h["root"]!["activities"]!.AsArray().RemoveAll(a => (string?)a!["id"] == "End"))
            .Read();
        var report = FlowSimulation.Run(definition, Calm, 3, 1);
        Assert.That((report.Cases, report.Endless), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task The_command_prints_the_same_for_a_seed_with_its_assumptions()
    {
        var folder = Directory.CreateTempSubdirectory("workflow-simulate-").FullName;
        await WorkflowCli.WriteShippedAsync(folder);
        var file = Path.Combine(folder, "quick-reading.json");
        var (code, output) = await WorkflowCli.RunAsync("simulate", file, "--cases", "50", "--seed", "5", "--readers", "6");
        var (_, again) = await WorkflowCli.RunAsync("simulate", file, "--cases", "50", "--seed", "5", "--readers", "6");
        var (wrong, _) = await WorkflowCli.RunAsync("simulate", file, "--cases", "0");
        Directory.Delete(folder, recursive: true);

        Assert.That(code, Is.Zero, output);
        Assert.That(again, Is.EqualTo(output));
        Assert.That(output, Does.Contain("50 cases with made-up colleagues, seed 5").And.Contain("6 colleagues can be asked").And.Contain("From start to approved decision"));
        Assert.That(wrong, Is.EqualTo(2));
    }

    private static bool Close(Quantiles a, Quantiles b) => Math.Abs(a.Median - b.Median) < 0.01 && Math.Abs(a.P90 - b.P90) < 0.01 && Math.Abs(a.Mean - b.Mean) < 0.01;

    private static WorkflowDefinition Change(string input, int value)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(Full.Raw)!;
        json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "CollectInterpretations")![input]!["expression"]!["value"] = value;
        return DefinitionReader.Read("changed", System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).Definition!;
    }
}
