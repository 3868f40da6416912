using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class ShippedDefinitionsTests
{
    private static readonly string[] Names = [DefinitionLibrary.CollegialConsultation, DefinitionLibrary.QuickReading, DefinitionLibrary.Urgent];

    [Test]
    public void The_three_ways_are_shipped_and_valid() =>
        Assert.That(DefinitionLibrary.Shipped().All.Select(d => d.DefinitionId), Is.EqualTo(Names));

    [TestCaseSource(nameof(Names))]
    public void A_definition_keeps_its_text_and_the_hash_of_its_bytes(string name)
    {
        var definition = DefinitionLibrary.Shipped()[name];
        Assert.That(definition.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition.Raw)))));
        Assert.That(DefinitionReader.Read(name, Encoding.UTF8.GetBytes(definition.Raw)).Definition!.Sha256, Is.EqualTo(definition.Sha256));
    }

    [TestCaseSource(nameof(Names))]
    public void Every_definition_takes_the_case_and_its_urgency(string name) =>
        Assert.That(DefinitionLibrary.Shipped()[name].Inputs, Is.EquivalentTo(new FlowInput[] { new("CaseId", FlowType.String), new("Urgency", FlowType.String), new("Reopened", FlowType.Boolean) }));

    [TestCaseSource(nameof(Names))]
    public void A_reopened_case_goes_straight_to_the_decision(string name)
    {
        var inputs = FlowPlay.Inputs();
        inputs["Reopened"] = JsonSerializer.SerializeToElement(true);

        var (_, asked) = EmbeddedFlow.Start(DefinitionLibrary.Shipped()[name], inputs);

        Assert.That(asked.Select(a => a.Activity), Is.EqualTo(new[] { "AskDecision" }));
    }

    [TestCaseSource(nameof(Names))]
    public void Every_outcome_of_every_step_can_be_lived_through_to_the_end(string name)
    {
        var definition = DefinitionLibrary.Shipped()[name];
        var walk = FlowWalk.Through(definition);

        var lived = walk.Paths.SelectMany(p => p.Completions).Select(c => (c.Node, c.Outcome)).ToHashSet();
        var possible = definition.Nodes.Values.Where(n => n.Step.Kind == StepKind.Asked).SelectMany(n => n.Ports.Select(p => (n.Id, p)));
        Assert.That(possible.Except(lived), Is.Empty);
        Assert.That(walk.Paths, Has.All.Matches<WalkedPath>(p => p.Finished && p.Completions[^1].Node == "CloseCase"));
    }

    [TestCaseSource(nameof(Names))]
    public void Whatever_happens_nothing_is_decided_without_approval_and_nothing_ends_without_review(string name)
    {
        foreach (var path in FlowWalk.Through(DefinitionLibrary.Shipped()[name]).Paths)
        {
            var steps = path.Completions.Select(c => $"{c.Node}.{c.Outcome}").ToList();
            Assert.That(steps, Does.Contain("AskApproval.Approved").And.Contain("FollowUp.Reviewed"));
            Assert.That(steps.LastIndexOf("AskDecision.Decided"), Is.LessThan(steps.IndexOf("AskApproval.Approved")));
            Assert.That(steps.IndexOf("Reveal.Done"), Is.GreaterThan(steps.FindIndex(s => s.StartsWith("CollectInterpretations.", StringComparison.Ordinal))));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void The_second_round_follows_only_when_it_is_chosen(string name)
    {
        foreach (var steps in FlowWalk.Through(DefinitionLibrary.Shipped()[name]).Paths.Select(p => p.Completions.Select(c => $"{c.Node}.{c.Outcome}").ToList()))
        {
            Assert.That(steps.Contains("Discuss2.Vote"), Is.EqualTo(steps.Contains("Weigh1.SecondRound")));
        }
    }

    [TestCase(true, 2, "Compare")]
    [TestCase(false, 7, "Compare")]
    [TestCase(true, 9, "Compare")]
    [TestCase(false, 6, "AskDecision")]
    public void Quick_reading_climbs_when_readings_diverge_or_concern_is_seven_or_more(bool divergent, int concern, string next)
    {
        var d = DefinitionLibrary.Shipped()[DefinitionLibrary.QuickReading];
        var play = new FlowPlay(d);
        play.Complete("AppointFacilitator", "Done");
        play.Complete("InviteReaders", "Invited");
        play.Complete("Clarify", "Done");
        play.Complete("CollectInterpretations", "AllIn");
        var asked = play.Complete("Reveal", "Done", ("MaxConcern", concern), ("Divergent", divergent), ("Readings", 2));

        Assert.That(asked.Select(a => a.Activity), Is.EqualTo(new[] { next }));
    }

    [Test]
    public void Urgent_shows_the_call_card_and_waits_for_nobody_but_the_worker_before_the_immediate_decision()
    {
        var play = new FlowPlay(DefinitionLibrary.Shipped()[DefinitionLibrary.Urgent]);
        Assert.That(play.Asked.Select(a => a.Activity), Is.EqualTo(new[] { "CallCard" }));

        var asked = play.Complete("CallCard", "Done").Single();
        Assert.That(asked.Activity, Is.EqualTo("AwaitImmediateDecision"));
        Assert.That(asked.Inputs["Clock"].GetString(), Is.EqualTo("wall"));
        Assert.That(asked.Inputs["DeadlineMinutes"].GetInt32(), Is.EqualTo(30));

        play.Complete("AwaitImmediateDecision", "Deadline");
        Assert.That(play.Complete("EscalateImmediateDecision", "Done").Single().Node, Is.EqualTo("AwaitImmediateDecision"));
        Assert.That(play.Complete("AwaitImmediateDecision", "Decided").Single().Activity, Is.EqualTo("AppointFacilitator"));
    }

    [Test]
    public void Too_few_readings_are_told_to_the_coordinator_and_collected_further()
    {
        var play = new FlowPlay(DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation]);
        play.Complete("AppointFacilitator", "Done");
        play.Complete("InviteReaders", "Invited");
        play.Complete("Clarify", "Deadline");
        var escalation = play.Complete("CollectInterpretations", "TooFew").Single();

        Assert.That(escalation.Activity, Is.EqualTo("Escalate"));
        Assert.That(escalation.Inputs["To"].GetString(), Is.EqualTo("coordinator"));
        Assert.That(escalation.Inputs["Reason"].GetString(), Is.EqualTo("tooFewReadings"));
        var again = play.Complete(escalation.Node, "Done").Single();
        Assert.That(again.Inputs.ToDictionary(i => i.Key, i => i.Value.GetInt32()), Is.EquivalentTo(new Dictionary<string, int>
        {
            ["Quorum"] = 2,
            ["DeadlineHours"] = 16,
            ["ReminderHours"] = 4,
        }));
    }

    [TestCaseSource(nameof(Names))]
    public void The_state_of_a_case_holds_no_more_than_a_few_hundred_bytes(string name)
    {
        var largest = FlowWalk.Through(DefinitionLibrary.Shipped()[name]).States.Max(s => s.Length);
        Assert.That(largest, Is.LessThan(400));
    }

    [Test]
    public void Every_activity_has_a_place_on_the_canvas()
    {
        foreach (var definition in DefinitionLibrary.Shipped().All)
        {
            using var json = JsonDocument.Parse(definition.Raw);
            var positions = json.RootElement.GetProperty("root").GetProperty("activities").EnumerateArray()
                .Select(a => a.GetProperty("metadata").GetProperty("designer").GetProperty("position"))
                .Select(p => (p.GetProperty("x").GetInt32(), p.GetProperty("y").GetInt32())).ToList();
            Assert.That(positions, Is.Unique);
        }
    }
}
