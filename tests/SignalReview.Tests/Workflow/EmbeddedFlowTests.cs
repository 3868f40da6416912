using System.Text.Json;
using System.Text.Json.Nodes;
using SignalReview.Workflow;
using static SignalReview.Tests.Workflow.TestDefinition;

namespace SignalReview.Tests.Workflow;

internal sealed class EmbeddedFlowTests
{
    [Test]
    public void The_first_step_is_asked_at_the_start_and_stays_open()
    {
        var play = new FlowPlay(Simple().Read());
        Assert.That(play.Asked.Select(a => (a.Node, a.Activity)), Is.EqualTo(new[] { ("Card", "CallCard") }));
        Assert.That(play.State.Open, Is.EqualTo(new[] { "Card" }));
        Assert.That(play.State.Finished, Is.False);
    }

    [Test]
    public void A_case_is_played_to_its_end()
    {
        var play = new FlowPlay(Simple().Read());
        play.Complete("Card", "Done");
        play.Complete("Decide", "Decided");
        Assert.That(play.Complete("Approve", "Approved"), Is.Empty);
        Assert.That(play.State.Finished, Is.True);
        Assert.That(play.State.Open, Is.Empty);
    }

    [Test]
    public void A_step_can_be_asked_again_and_again()
    {
        var play = new FlowPlay(Simple().Read());
        play.Complete("Card", "Done");
        for (var i = 0; i < 3; i++)
        {
            Assert.That(play.Complete("Decide", "Deadline").Single().Node, Is.EqualTo("Decide"));
            Assert.That(play.Complete("Decide", "Decided").Single().Node, Is.EqualTo("Approve"));
            Assert.That(play.Complete("Approve", "Returned").Single().Node, Is.EqualTo("Decide"));
        }

        Assert.That(play.State.Open, Is.EqualTo(new[] { "Decide" }));
    }

    [Test]
    public void Completing_a_step_that_is_not_open_changes_nothing()
    {
        var definition = Simple().Read();
        var play = new FlowPlay(definition);
        play.Complete("Card", "Done");
        var before = play.State;
        foreach (var late in new StepCompletion[] { new("Card", "Done"), new("Approve", "Approved"), new("NoSuchNode", "Done") })
        {
            var (state, asked) = EmbeddedFlow.Complete(definition, before, late);
            Assert.That(state, Is.SameAs(before));
            Assert.That(asked, Is.Empty);
        }
    }

    [Test]
    public void An_outcome_that_the_step_does_not_have_is_a_bug()
    {
        var play = new FlowPlay(Simple().Read());
        Assert.That(() => play.Complete("Card", "Maybe"), Throws.ArgumentException.With.Message.Contain("no outcome 'Maybe'"));
    }

    [Test]
    public void Inputs_that_are_missing_unknown_or_of_another_type_are_a_bug()
    {
        var definition = Simple().Read();
        var inputs = FlowPlay.Inputs();
        inputs["Urgency"] = JsonSerializer.SerializeToElement(3);
        Assert.That(() => EmbeddedFlow.Start(definition, inputs), Throws.ArgumentException.With.Message.Contain("'Urgency' of type String"));
        inputs.Remove("Urgency");
        Assert.That(() => EmbeddedFlow.Start(definition, inputs), Throws.ArgumentException.With.Message.Contain("'Urgency' of type String"));
        inputs = FlowPlay.Inputs();
        inputs["Extra"] = inputs["Urgency"];
        Assert.That(() => EmbeddedFlow.Start(definition, inputs), Throws.ArgumentException.With.Message.Contain("no input 'Extra'"));
    }

    [Test]
    public void Inputs_are_resolved_when_the_step_is_asked()
    {
        var definition = Simple()
            .Change("Decide", n => n["reminderHours"] = Script("Int32", "variables.Concern"))
            .Change("Approve", n => n["reminderHours"] = Expression("Int32", "Variable", """{"id":"v-Concern","name":"Concern"}"""))
            .Add("Show", "SignalReview.Reveal", ("maxConcern", Output("Int32", "v-Concern")))
            .Disconnect("Card", "Done").Connect("Card", "Done", "Show").Connect("Show", "Done", "Decide").Read();
        var play = new FlowPlay(definition);
        play.Complete("Card", "Done");
        var decide = play.Complete("Show", "Done", ("MaxConcern", 6)).Single();
        Assert.That(decide.Inputs.ToDictionary(i => i.Key, i => i.Value.GetInt32()), Is.EquivalentTo(new Dictionary<string, int> { ["DeadlineHours"] = 8, ["ReminderHours"] = 6 }));
        Assert.That(play.Complete("Decide", "Decided").Single().Inputs["ReminderHours"].GetInt32(), Is.EqualTo(6));
    }

    [Test]
    public void A_bound_output_must_come_with_the_completion()
    {
        var definition = Reveal();
        var (state, _) = EmbeddedFlow.Start(definition, FlowPlay.Inputs());
        Assert.That(() => EmbeddedFlow.Complete(definition, state, new("Show", "Done")), Throws.ArgumentException.With.Message.Contain("'MaxConcern' of type Int32"));
        var text = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["MaxConcern"] = JsonSerializer.SerializeToElement("7") };
        Assert.That(() => EmbeddedFlow.Complete(definition, state, new("Show", "Done", text)), Throws.ArgumentException.With.Message.Contain("'MaxConcern' of type Int32"));
    }

    [TestCase(9, "High")]
    [TestCase(8, "High")]
    [TestCase(7, "Middle")]
    [TestCase(5, "Middle")]
    [TestCase(4, "Low")]
    public void A_switch_goes_the_way_of_the_first_case_that_holds(int concern, string expected)
    {
        var definition = Empty()
            .Add("Show", "SignalReview.Reveal", ("maxConcern", Output("Int32", "v-Concern")))
            .Add("Pick", "Elsa.FlowSwitch", ("cases", new JsonArray(Case("A", "variables.Concern >= 8"), Case("B", "variables.Concern >= 5"))))
            .AddWait("High").AddWait("Middle").AddWait("Low").Add("E1", "Elsa.Finish").Add("E2", "Elsa.Finish").Add("E3", "Elsa.Finish")
            .Connect("Show", "Done", "Pick").Connect("Pick", "A", "High").Connect("Pick", "B", "Middle").Connect("Pick", "Default", "Low")
            .Connect("High", "Decided", "E1").Connect("Middle", "Decided", "E2").Connect("Low", "Decided", "E3").Read();
        Assert.That(new FlowPlay(definition).Complete("Show", "Done", ("MaxConcern", concern)).Single().Node, Is.EqualTo(expected));
    }

    [Test]
    public void A_variable_that_is_set_is_seen_by_what_follows()
    {
        var definition = Simple()
            .Add("Set", "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = "v-Divergent" }), ("value", Script("Object", "getInput('Urgency') == 'days'")))
            .Add("Choose", "Elsa.FlowDecision", ("condition", Script("Boolean", "variables.Divergent")))
            .AddWait("A").Add("E", "Elsa.Finish").Disconnect("Card", "Done").Connect("Card", "Done", "Set").Connect("Set", "Done", "Choose")
            .Connect("Choose", "True", "A").Connect("A", "Decided", "E").Connect("Choose", "False", "Decide").Read();
        var play = new FlowPlay(definition);
        Assert.That(play.Complete("Card", "Done").Single().Node, Is.EqualTo("A"));
        Assert.That(play.State.Variables["Divergent"].GetBoolean(), Is.True);
    }

    [Test]
    public void A_delay_is_asked_with_its_length()
    {
        var definition = Simple().Add("Pause", "Elsa.Delay", ("timeSpan", Literal("TimeSpan", "1.02:30:00")))
            .Disconnect("Card", "Done").Connect("Card", "Done", "Pause").Connect("Pause", "Done", "Decide").Read();
        var play = new FlowPlay(definition);
        var pause = play.Complete("Card", "Done").Single();
        Assert.That((pause.Activity, pause.Inputs["TimeSpan"].GetString()), Is.EqualTo(("Delay", "1.02:30:00")));
        Assert.That(play.Complete("Pause", "Done").Single().Node, Is.EqualTo("Decide"));
    }

    [Test]
    public void A_join_that_waits_for_all_lets_one_through_when_the_last_arrives([Values] bool firstA)
    {
        var play = new FlowPlay(Parallel());
        Assert.That(play.Complete("Card", "Done").Select(a => a.Node), Is.EqualTo(new[] { "A", "B" }));
        Assert.That(play.Complete(firstA ? "A" : "B", "Decided"), Is.Empty);
        Assert.That(play.Complete(firstA ? "B" : "A", "Decided").Single().Node, Is.EqualTo("Decide"));
        Assert.That(play.State.Arrived, Is.Empty);
    }

    [Test]
    public void Joins_work_again_in_the_next_turn_of_a_loop()
    {
        var play = new FlowPlay(Parallel(backTo: "Again"));
        Assert.That(play.Complete("Card", "Done").Single().Node, Is.EqualTo("Again"));
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.That(play.Complete("Again", "Decided").Select(a => a.Node), Is.EqualTo(new[] { "A", "B" }));
            play.Complete("B", "Deadline");
            play.Complete("A", "Decided");
            play.Complete("B", "Decided");
            Assert.That(play.State.Open, Is.EqualTo(new[] { "Decide" }));
            Assert.That(play.Complete("Decide", "Deadline").Single().Node, Is.EqualTo("Again"));
        }
    }

    [Test]
    public void The_same_state_is_the_same_text_and_comes_back_from_it()
    {
        var play = new FlowPlay(Parallel());
        play.Complete("Card", "Done");
        play.Complete("B", "Decided");
        var json = play.State.ToJson();
        Assert.That(json, Is.EqualTo(
            """{"i":{"CaseId":"0190a0c0-0000-7000-8000-000000000001","Reopened":false,"Urgency":"days"},"v":{"Concern":0,"Divergent":false},"o":["A"],"j":{"Meet":[10]},"f":false}"""));
        Assert.That(FlowState.FromJson(json).ToJson(), Is.EqualTo(json));
    }

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"i":{},"v":{},"o":[],"j":{},"f":false,"x":1}""")]
    public void What_is_no_state_is_refused(string json) => Assert.That(() => FlowState.FromJson(json), Throws.TypeOf<JsonException>());

    [Test]
    public void The_engine_never_changes_what_it_was_given()
    {
        var definition = Parallel();
        var (first, _) = EmbeddedFlow.Start(definition, FlowPlay.Inputs());
        var (second, _) = EmbeddedFlow.Complete(definition, first, new("Card", "Done"));
        var before = (first.ToJson(), second.ToJson());
        var once = EmbeddedFlow.Complete(definition, second, new("A", "Decided")).State.ToJson();
        var twice = EmbeddedFlow.Complete(definition, second, new("A", "Decided")).State.ToJson();
        Assert.That(twice, Is.EqualTo(once));
        Assert.That((first.ToJson(), second.ToJson()), Is.EqualTo(before));
    }

    private static WorkflowDefinition Reveal() => Empty()
        .Add("Show", "SignalReview.Reveal", ("maxConcern", Output("Int32", "v-Concern")))
        .Add("End", "Elsa.Finish").Connect("Show", "Done", "End").Read();

    /// <summary>Card, then A and B side by side (after Again, when it loops), then a join, then Decide.</summary>
    private static WorkflowDefinition Parallel(string? backTo = null)
    {
        var definition = Simple().Disconnect("Card", "Done").AddWait("A").AddWait("B").Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAll")));
        if (backTo is null)
        {
            return Joined(definition.Connect("Card", "Done", "A").Connect("Card", "Done", "B")).Read();
        }

        definition.AddWait(backTo).Connect("Card", "Done", backTo).Connect(backTo, "Decided", "A").Connect(backTo, "Decided", "B");
        return Joined(definition).Disconnect("Decide", "Deadline").Connect("Decide", "Deadline", backTo).Read();

        static TestDefinition Joined(TestDefinition d) => d.Connect("A", "Decided", "Meet").Connect("B", "Decided", "Meet").Connect("Meet", "Done", "Decide");
    }
}
