using System.Numerics;
using System.Text.Json;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

[Parallelizable(ParallelScope.All)]
internal sealed class FlowPathsTests
{
    private static readonly string[] Names = [DefinitionLibrary.CollegialConsultation, DefinitionLibrary.QuickReading, DefinitionLibrary.Urgent];

    [TestCaseSource(nameof(Names))]
    public void Every_covering_path_of_a_shipped_definition_is_lived_to_the_end(string name)
    {
        var definition = DefinitionLibrary.Shipped()[name];
        foreach (var path in FlowPaths.Covering(definition))
        {
            Assert.That(Replay.Of(definition, path).Finished, $"{path}");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void On_the_covering_paths_every_connection_occurs_and_every_two_that_can_follow_each_other(string name)
    {
        var definition = DefinitionLibrary.Shipped()[name];
        var paths = FlowPaths.Covering(definition);
        var lived = paths.SelectMany(p => Replay.Of(definition, p).Pairs).ToHashSet();
        var possible = from node in definition.Nodes.Values
                       from entry in definition.Graph.Into(node.Id)
                       from onwards in definition.Graph.From(node.Id)
                       select (entry.Index, onwards.Index);

        // The shipped definitions have no joins that wait and no condition on what was decided before: every two can follow each other.
        Assert.That(possible.Except(lived), Is.Empty);
        Assert.That(paths, Has.Count.LessThan(24));
        Assert.That(FlowPaths.NeverTaken(definition), Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void Every_path_of_a_shipped_definition_is_lived_to_the_end_and_there_are_as_many_as_counted(string name)
    {
        var definition = DefinitionLibrary.Shipped()[name];
        var replay = new Replay(definition);
        var count = BigInteger.Zero;
        foreach (var path in FlowPaths.All(definition))
        {
            replay.Go(path);
            if (!replay.Finished)
            {
                Assert.Fail($"Not at the end: {path}");
            }

            count++;
        }

        Assert.That(count, Is.EqualTo(FlowPaths.Count(definition)));
        Assert.That(count, Is.GreaterThan((BigInteger)10_000));
        TestContext.Out.WriteLine($"{name}: {count} paths");
    }

    [Test]
    public void A_new_branch_is_covered_by_itself()
    {
        var definition = Talk().Read();
        var before = FlowPaths.Covering(definition).SelectMany(p => p.Steps).Select(s => s.Node).ToHashSet();
        var branched = Talk()
            .Add("Again", "SignalReview.Compare", ("deadlineHours", TestDefinition.Literal("Int32", 4)))
            .Disconnect("Needed", "False")
            .Connect("Needed", "False", "Again")
            .Connect("Again", "OpenRoom", "Talked").Connect("Again", "Decide", "Talked").Connect("Again", "Deadline", "Again")
            .Read();
        var after = FlowPaths.Covering(branched).SelectMany(p => p.Steps).ToList();

        Assert.That(before, Does.Not.Contain("Again"));
        Assert.That(after.Where(s => s.Node == "Again").Select(s => s.Outcome).Distinct(), Is.EquivalentTo(new[] { "OpenRoom", "Decide", "Deadline" }));
    }

    [Test]
    public void Values_are_chosen_so_that_a_condition_on_an_output_and_an_input_goes_both_ways()
    {
        var paths = FlowPaths.Covering(Talk().Read());
        var ways = paths.Select(p => (
            Urgency: p.Inputs["Urgency"].GetString(),
            Concern: p.Steps.Single(s => s.Node == "Show").Outputs["MaxConcern"].GetInt32(),
            Way: p.Steps.Single(s => s.Node == "Show").Passed.Single().Port)).ToList();

        Assert.That(ways.Select(w => w.Way), Is.SupersetOf(new[] { "True", "False" }));
        Assert.That(ways, Has.All.Matches<(string? Urgency, int Concern, string Way)>(w => (w.Way == "True") == (w.Concern >= 7 && w.Urgency != "none")));
        Assert.That(ways, Has.All.Matches<(string? Urgency, int Concern, string Way)>(w => w.Concern is >= 0 and <= 10));
    }

    [Test]
    public void A_way_that_no_value_leads_over_is_told_and_not_walked()
    {
        var definition = Talk("variables.Concern > 10").Read();

        Assert.That(FlowPaths.NeverTaken(definition).Select(c => (c.Source, c.Port)), Is.EqualTo(new[] { ("Needed", "True"), ("Talk", "Vote"), ("Talk", "Deadline") }));
        Assert.That(FlowPaths.Covering(definition).SelectMany(p => p.Steps), Has.None.Matches<FlowPathStep>(s => s.Node == "Talk"));
        Assert.That(FlowPaths.NeverTaken(Talk("getInput('Urgency') == 'soon'").Read()), Has.Count.EqualTo(3), "no case has this urgency");
    }

    [Test]
    public void What_was_decided_before_counts_later()
    {
        // The second question asks what the first one asked: of four pairs two can never be.
        var definition = Talk()
            .Add("Asked", "Elsa.FlowDecision", ("condition", TestDefinition.Script("Boolean", "variables.Concern < 7")))
            .Add("Other", "Elsa.Finish")
            .Disconnect("Talked", "Done")
            .Connect("Talked", "Done", "Asked").Connect("Asked", "True", "Decide").Connect("Asked", "False", "Other")
            .Change("Needed", n => n["condition"] = TestDefinition.Script("Boolean", "variables.Concern >= 7"))
            .Read();

        foreach (var path in FlowPaths.Covering(definition))
        {
            var ways = path.Steps.SelectMany(s => s.Passed).ToDictionary(p => p.Node, p => p.Port);
            Assert.That(ways["Asked"], Is.EqualTo(ways["Needed"] == "True" ? "False" : "True"));
            Assert.That(Replay.Of(definition, path).Finished);
        }
    }

    [Test]
    public void Branches_side_by_side_are_completed_in_every_order()
    {
        var definition = TestDefinition.Empty()
            .Add("Start", "SignalReview.CallCard").AddWait("A").AddWait("B")
            .Add("Both", "Elsa.FlowJoin", ("mode", TestDefinition.Mode("WaitAll")))
            .Add("End", "Elsa.Finish")
            .Connect("Start", "Done", "A").Connect("Start", "Done", "B")
            .Connect("A", "Decided", "Both").Connect("B", "Decided", "Both").Connect("Both", "Done", "End")
            .Read();

        // Without a deadline: A B and B A. Each of the two loops, or both, may come in anywhere before.
        Assert.That(FlowPaths.All(definition).Count(p => p.Steps.Length == 3), Is.EqualTo(2));
        Assert.That(FlowPaths.Count(definition), Is.EqualTo((BigInteger)FlowPaths.All(definition).Select(p => p.ToString()).Distinct().Count()));
        Assert.That(FlowPaths.All(definition).Select(p => Replay.Of(definition, p).Finished), Is.All.True);
    }

    [Test]
    public void A_switch_is_left_by_every_case_and_by_none()
    {
        var definition = TestDefinition.Empty()
            .Add("Show", "SignalReview.Reveal", ("maxConcern", TestDefinition.Output("Int32", "v-Concern")))
            .Add("Sort", "Elsa.FlowSwitch", ("cases", new System.Text.Json.Nodes.JsonArray(
                TestDefinition.Case("High", "variables.Concern >= 7"), TestDefinition.Case("Some", "variables.Concern > 0"))))
            .Add("E1", "Elsa.Finish").Add("E2", "Elsa.Finish").Add("E3", "Elsa.Finish")
            .Connect("Show", "Done", "Sort").Connect("Sort", "High", "E1").Connect("Sort", "Some", "E2").Connect("Sort", "Default", "E3")
            .Read();

        var paths = FlowPaths.All(definition).Select(p => (p.Steps[0].Passed[0].Port, p.Steps[0].Outputs["MaxConcern"].GetInt32())).ToList();
        Assert.That(paths.Select(p => p.Port), Is.EquivalentTo(new[] { "High", "Some", "Default" }));
        Assert.That(paths, Has.All.Matches<(string Port, int Concern)>(p => p.Port == (p.Concern >= 7 ? "High" : p.Concern > 0 ? "Some" : "Default")));
    }

    [Test]
    public void The_same_definition_always_gives_the_same_paths() =>
        Assert.That(
            FlowPaths.Covering(DefinitionLibrary.Shipped()[DefinitionLibrary.Urgent]).Select(p => $"{p}"),
            Is.EqualTo(FlowPaths.Covering(DefinitionLibrary.Shipped()[DefinitionLibrary.Urgent]).Select(p => $"{p}")));

    // Readings are shown; high concern in a case that asks for colleagues leads to a talk.
    private static TestDefinition Talk(string condition = "variables.Concern >= 7 && getInput('Urgency') != 'none'") => TestDefinition.Empty()
        .Add("Show", "SignalReview.Reveal", ("maxConcern", TestDefinition.Output("Int32", "v-Concern")))
        .Add("Needed", "Elsa.FlowDecision", ("condition", TestDefinition.Script("Boolean", condition)))
        .Add("Talk", "SignalReview.Discuss", ("round", TestDefinition.Literal("Int32", 1)), ("deadlineHours", TestDefinition.Literal("Int32", 4)))
        .Add("Talked", "Elsa.FlowJoin", ("mode", TestDefinition.Mode("WaitAny")))
        .Add("Decide", "SignalReview.AskDecision", ("deadlineHours", TestDefinition.Literal("Int32", 8)))
        .Add("End", "Elsa.Finish")
        .Connect("Show", "Done", "Needed")
        .Connect("Needed", "True", "Talk")
        .Connect("Needed", "False", "Talked")
        .Connect("Talk", "Vote", "Talked")
        .Connect("Talk", "Deadline", "Talked")
        .Connect("Talked", "Done", "Decide")
        .Connect("Decide", "Decided", "End")
        .Connect("Decide", "Deadline", "Decide");
}

/// <summary>Lives paths on the embedded engine; what two paths begin with in common is lived once.</summary>
internal sealed class Replay(WorkflowDefinition definition)
{
    private readonly List<(FlowPathStep Step, FlowState State, FlowConnection[] Taken)> done = [];
    private (object Inputs, FlowState State, FlowConnection[] Taken)? start;

    public bool Finished => done.Count > 0 && done[^1].State.Finished;

    /// <summary>Per two connections that followed each other on the last path.</summary>
    public HashSet<(int, int)> Pairs
    {
        get
        {
            var pairs = new HashSet<(int, int)>();
            var last = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var connection in start!.Value.Taken.Concat(done.SelectMany(d => d.Taken)))
            {
                if (last.TryGetValue(connection.Source, out var before))
                {
                    pairs.Add((before, connection.Index));
                }

                last[connection.Target] = connection.Index;
            }

            return pairs;
        }
    }

    public static Replay Of(WorkflowDefinition definition, FlowPath path)
    {
        var replay = new Replay(definition);
        replay.Go(path);
        return replay;
    }

    public void Go(FlowPath path)
    {
        var taken = new List<FlowConnection>();
        if (start?.Inputs != path.Inputs)
        {
            var (state, _) = EmbeddedFlow.Start(definition, path.Inputs, taken.Add);
            Check(taken, path.Opening);
            start = (path.Inputs, state, [.. taken]);
            done.Clear();
        }

        var same = 0;
        while (same < done.Count && same < path.Steps.Length && Same(done[same].Step, path.Steps[same]))
        {
            same++;
        }

        done.RemoveRange(same, done.Count - same);
        foreach (var step in path.Steps[same..])
        {
            taken.Clear();
            var before = done.Count > 0 ? done[^1].State : start!.Value.State;
            if (!before.Open.Contains(step.Node) || definition.Nodes[step.Node].Step.Name != step.Activity)
            {
                Assert.Fail($"'{step.Node}' does not wait as {step.Activity}: {path}");
            }

            var (state, _) = EmbeddedFlow.Complete(definition, before, step.Completion, taken.Add);
            Check(taken, step.Passed);
            done.Add((step, state, [.. taken]));
        }
    }

    private static bool Same(FlowPathStep a, FlowPathStep b) =>
        a.Node == b.Node && a.Outcome == b.Outcome && (a.Outputs == b.Outputs || JsonSerializer.Serialize(a.Outputs) == JsonSerializer.Serialize(b.Outputs));

    private void Check(List<FlowConnection> taken, IEnumerable<FlowChoice> passed)
    {
        var went = taken.Where(c => definition.Nodes[c.Source].Step.Kind is StepKind.Decision or StepKind.Switch).Select(c => new FlowChoice(c.Source, c.Port));
        if (!went.SequenceEqual(passed))
        {
            Assert.Fail($"The engine went {string.Join(' ', went)}, the path says {string.Join(' ', passed)}.");
        }
    }
}
