using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Workflow;
using static SignalReview.Tests.Workflow.TestDefinition;

namespace SignalReview.Tests.Workflow;

internal sealed class DefinitionReaderTests
{
    [Test]
    public void A_valid_definition_is_read_whole()
    {
        var definition = Simple().Read();
        Assert.That((definition.Id, definition.DefinitionId, definition.Name, definition.Version), Is.EqualTo(("test-1", "test", "Test", 1)));
        Assert.That(definition.Variables, Is.EqualTo(new FlowVariable[]
        {
            new("v-Concern", "Concern", FlowType.Int32, 0),
            new("v-Divergent", "Divergent", FlowType.Boolean, false),
        }));
        Assert.That(definition.Nodes["Decide"].Ports, Is.EqualTo(new[] { "Decided", "Deadline" }));
        Assert.That(definition.Connections, Has.Length.EqualTo(6));
    }

    [Test]
    public void What_Elsa_Studio_adds_is_accepted() =>
        Assert.That(
            Simple()
                .Change(h => h["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json")
                .Change(h => h["options"] = new JsonObject { ["autoUpdateConsumingWorkflows"] = false })
                .Change("Decide", n => n["metadata"] = JsonNode.Parse("""{"designer": {"position": {"x": 1.5, "y": -2}}}"""))
                .Change("Decide", n => n["customProperties"] = JsonNode.Parse("""{"canStartWorkflow": false, "runAsynchronously": false}"""))
                .Change("Decide", n => n["deadlineHours"] = JsonNode.Parse("""{"typeName": "Int32", "expression": {"type": "Literal", "value": "8"}, "memoryReference": {"id": "Decide:input-0"}}"""))
                .Change("Decide", n => n["reminderHours"] = null)
                .Change("Decide", n => n["clock"] = Literal("String", null))
                .Problems(),
            Is.Empty);

    [Test]
    public void A_step_may_forbid_every_pause() =>
        Assert.That(Simple().Change("Decide", n => n["maxPauseHours"] = Literal("Int32", 0)).Problems(), Is.Empty);

    private static IEnumerable<TestCaseData> Refusals()
    {
        // The head.
        yield return Refusal("No_id", d => d.Change(h => h.Remove("id")), "(definition)", "id is missing");
        yield return Refusal("No_definition_id", d => d.Change(h => h["definitionId"] = ""), "(definition)", "definitionId is missing");
        yield return Refusal("No_name", d => d.Change(h => h["name"] = 3), "(definition)", "name is missing");
        yield return Refusal("No_version", d => d.Change(h => h["version"] = "1"), "(definition)", "version must be a whole number from 1");
        yield return Refusal("Version_zero", d => d.Change(h => h["version"] = 0), "(definition)", "version must be a whole number from 1");
        yield return Refusal("Not_published", d => d.Change(h => h["isPublished"] = false), "(definition)", "isPublished must be true");
        yield return Refusal("Not_latest", d => d.Change(h => h.Remove("isLatest")), "(definition)", "isLatest must be true");
        yield return Refusal("Outputs", d => d.Change(h => h["outputs"] = new JsonArray(1)), "(definition)", "outputs must be empty");
        yield return Refusal("Unknown_property", d => d.Change(h => h["secrets"] = 1), "(definition)", "property 'secrets' is unknown");
        yield return Refusal("No_flowchart", d => d.Change(h => h["root"]!["type"] = "Elsa.Sequence"), "(definition)", "root must be an Elsa.Flowchart");
        yield return Refusal("Variables_in_the_flowchart", d => d.Change(_ => d.Root["variables"] = new JsonArray(Variable("X", "Int32", 0))), "(definition)", "variables belong to the definition");

        // Inputs and variables.
        yield return Refusal("Input_without_driver", d => d.Change(h => h["inputs"]![0]!.AsObject().Remove("storageDriverType")), "(definition)", "input 'CaseId' needs storageDriverType");
        yield return Refusal("Input_in_memory", d => d.Change(h => h["inputs"]![0]!["storageDriverType"] = "Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core"), "(definition)", "input 'CaseId' needs storageDriverType");
        yield return Refusal("Input_of_unknown_type", d => d.Change(h => h["inputs"]![0]!["type"] = "Object"), "(definition)", "input 'CaseId' needs a name and a type");
        yield return Refusal("Two_inputs_of_one_name", d => d.Change(h => h["inputs"]!.AsArray().Add(Input("CaseId", "String"))), "(definition)", "two inputs are called 'CaseId'");
        yield return Refusal("Input_that_no_case_gives", d => d.Change(h => h["inputs"]!.AsArray().Add(Input("Mood", "String"))), "(definition)", "no case gives the input 'Mood' of type String");
        yield return Refusal("Input_that_cases_give_otherwise", d => d.Change(h => h["inputs"]![1] = Input("Urgency", "Int32")), "(definition)", "no case gives the input 'Urgency' of type Int32");
        yield return Refusal("Variable_without_driver", d => d.Change(h => h["variables"]![0]!["storageDriverTypeName"] = null), "(definition)", "variable 'Concern' needs storageDriverTypeName");
        yield return Refusal("Variable_without_value", d => d.Change(h => h["variables"]![0]!["value"] = null), "(definition)", "variable 'Concern' needs a value");
        yield return Refusal("Variable_with_a_value_of_another_type", d => d.Change(h => h["variables"]![0]!["value"] = "many"), "(definition)", "variable 'Concern' needs a value");
        yield return Refusal("Array_variable", d => d.Change(h => h["variables"]![0]!["isArray"] = true), "(definition)", "variable 'Concern' needs an id, a name and a single type");
        yield return Refusal("Two_variables_of_one_name", d => d.Change(h => h["variables"]!.AsArray().Add(Variable("Concern", "Int32", 0))), "(definition)", "two variables share");

        // Activities.
        yield return Refusal("Unknown_activity", d => d.Change("Card", n => n["type"] = "Elsa.SendEmail"), "Card", "unknown activity 'Elsa.SendEmail'");
        yield return Refusal("Activity_without_id", d => d.Change("Card", n => n.Remove("id")), "(definition)", "an activity needs an id and a type");
        yield return Refusal("Duplicate_id", d => d.Change("Late", n => n["id"] = "End"), "End", "two activities have this id");
        yield return Refusal("Activity_of_another_version", d => d.Change("Card", n => n["version"] = 2), "Card", "version of the activity must be 1");
        yield return Refusal("Starting_activity", d => d.Change("Decide", n => n["customProperties"] = new JsonObject { ["canStartWorkflow"] = true }), "Decide", "canStartWorkflow must be false");
        yield return Refusal("Background_activity", d => d.Change("Decide", n => n["runAsynchronously"] = true), "Decide", "runAsynchronously must be false");
        yield return Refusal("Unknown_input", d => d.Change("Card", n => n["deadlineHours"] = Literal("Int32", 1)), "Card", "SignalReview.CallCard has no input 'deadlineHours'");
        yield return Refusal("Input_in_the_wrong_case", d => d.Change("Decide", n => n["ReminderHours"] = Literal("Int32", 1)), "Decide", "has no input 'ReminderHours'");
        yield return Refusal("Missing_input", d => d.Change("Card", n => n["type"] = "SignalReview.OpenRoom"), "Card", "input 'Method' is missing");
        yield return Refusal("No_deadline", d => d.Change("Decide", n => n.Remove("deadlineHours")), "Decide", "waits without a deadline");
        yield return Refusal("Deadline_left_empty", d => d.Change("Decide", n => n["deadlineHours"] = Literal("Int32", null)), "Decide", "waits without a deadline");
        yield return Refusal("Two_deadlines", d => d.Change("Decide", n => n["deadlineMinutes"] = Literal("Int32", 5)), "Decide", "two deadlines");
        yield return Refusal("Deadline_in_the_past", d => d.Change("Decide", n => n["deadlineHours"] = Literal("Int32", 0)), "Decide", "input 'DeadlineHours': must be at least 1");
        yield return Refusal("Deadline_beyond_the_calendar", d => d.Change("Decide", n => n["deadlineHours"] = Literal("Int32", 2_000_000_000)), "Decide", "input 'DeadlineHours': must be at most 10000");
        yield return Refusal("Delay_beyond_the_calendar", d => d.Add("Pause", "Elsa.Delay", ("timeSpan", Literal("TimeSpan", "10675199.00:00:00"))), "Pause", "input 'TimeSpan': must be at most 10000 hours");
        yield return Refusal("Input_that_is_no_number", d => d.Change("Decide", n => n["deadlineHours"] = Literal("Int32", "soon")), "Decide", "input 'DeadlineHours': the literal \"soon\" is no Int32");
        yield return Refusal("Fraction", d => d.Change("Decide", n => n["deadlineHours"] = Literal("Int32", 1.5)), "Decide", "the literal 1.5 is no Int32");
        yield return Refusal("Input_of_another_type_name", d => d.Change("Decide", n => n["deadlineHours"] = Literal("String", "8")), "Decide", "input 'DeadlineHours' has typeName 'String', not Int32");
        yield return Refusal("Input_without_expression", d => d.Change("Decide", n => n["deadlineHours"] = new JsonObject { ["typeName"] = "Int32" }), "Decide", "an expression needs a type and a value");
        yield return Refusal("Choice_that_does_not_exist", d => d.Change("Decide", n => n["clock"] = Literal("String", "moon")), "Decide", "input 'Clock': 'moon' is none of working, wall");
        yield return Refusal("Choice_that_is_computed", d => d.Change("Decide", n => n["clock"] = Script("String", "getInput('Urgency')")), "Decide", "input 'Clock': must be a literal");

        // Expressions.
        yield return Refusal("Liquid", d => d.Change("Decide", n => n["reminderHours"] = Expression("Int32", "Liquid", "{{ 1 }}")), "Decide", "'Liquid' expressions are outside the subset");
        yield return Refusal("CSharp", d => d.Change("Decide", n => n["reminderHours"] = Expression("Int32", "CSharp", "1")), "Decide", "'CSharp' expressions are outside the subset");
        yield return Refusal("Script_outside_the_subset", d => d.Change("Decide", n => n["reminderHours"] = Script("Int32", "1 + 1")), "Decide", "input 'ReminderHours': '+' is outside the subset");
        yield return Refusal("Script_of_another_type", d => d.Change("Decide", n => n["reminderHours"] = Script("Int32", "variables.Divergent")), "Decide", "the expression is Boolean, not Int32");
        yield return Refusal("Unknown_variable_in_a_script", d => d.Change("Decide", n => n["reminderHours"] = Script("Int32", "variables.X")), "Decide", "unknown variable 'X'");
        yield return Refusal("Unknown_input_reference", d => d.Change("Decide", n => n["reminderHours"] = Expression("Int32", "Input", """{"name":"X","type":"Int32"}""")), "Decide", "unknown input 'X'");
        yield return Refusal("Input_reference_of_another_type", d => d.Change("Decide", n => n["reminderHours"] = Expression("Int32", "Input", """{"name":"CaseId","type":"String"}""")), "Decide", "the expression is String, not Int32");
        yield return Refusal("Input_reference_that_is_no_JSON", d => d.Change("Decide", n => n["reminderHours"] = Expression("Int32", "Input", "CaseId")), "Decide", "unknown input ''");
        yield return Refusal("Unknown_variable_reference", d => d.Change("Decide", n => n["reminderHours"] = Expression("Int32", "Variable", """{"id":"v-X"}""")), "Decide", "unknown variable 'v-X'");

        // Connections and shape.
        yield return Refusal("Port_that_leads_nowhere", d => d.Disconnect("Approve", "Returned"), "Approve", "port 'Returned' leads nowhere");
        yield return Refusal("Unknown_port", d => d.Connect("Approve", "Maybe", "End"), "Approve", "unknown port 'Maybe'; SignalReview.AskApproval has Approved, Returned, Deadline");
        yield return Refusal("Way_on_from_the_end", d => d.Connect("End", "Done", "Card"), "End", "unknown port 'Done'; Elsa.Finish has none");
        yield return Refusal("Unknown_target", d => d.Disconnect("Card", "Done").Connect("Card", "Done", "Nowhere"), "Card", "port 'Done' leads to 'Nowhere', which is not there");
        yield return Refusal("Unknown_source", d => d.Connect("Ghost", "Done", "End"), "Ghost", "a connection leaves a step that is not there");
        yield return Refusal("Unknown_target_port", d => d.Change(_ => d.Connections[0]!["target"]!["port"] = "Side"), "Card", "leads to port 'Side'");
        yield return Refusal("Half_a_connection", d => d.Change(_ => d.Connections[0]!.AsObject().Remove("target")), "Card", "a connection needs source.activity");
        yield return Refusal("Connection_twice", d => d.Connect("Card", "Done", "Decide"), "Card", "port 'Done' leads to 'Decide' twice");
        yield return Refusal("Unreachable", d => d.AddWait("Lost").Connect("Lost", "Decided", "Lost"), "Lost", "unreachable");
        yield return Refusal("Two_starts", d => d.Add("Other", "SignalReview.CallCard").Connect("Other", "Done", "Decide"), "Other", "unreachable: no way leads here from the start, Card");
        yield return Refusal("No_start", d => d.Disconnect("Approve", "Returned").Connect("Approve", "Returned", "Card"), "(definition)", "no step can be the first");
        yield return Refusal("Dead_end", d => d.AddWait("Pit").Connect("Pit", "Decided", "Pit").Disconnect("Approve", "Deadline").Connect("Approve", "Deadline", "Pit"), "Pit", "dead end");
        yield return Refusal("Two_branches_into_one_end", d => d.Disconnect("Approve", "Deadline").Connect("Approve", "Deadline", "End"), "End", "two branches lead into one Finish");
        yield return Refusal(
            "Branches_that_meet_without_a_join",
            d => d.Add("Close", "SignalReview.CloseCase").Connect("Close", "Done", "End")
                .Disconnect("Approve", "Approved").Connect("Approve", "Approved", "Close").Disconnect("Decide", "Deadline").Connect("Decide", "Deadline", "Close"),
            "Close",
            "branches meet here (Approve, Decide)");
        yield return Refusal(
            "Way_back_into_the_middle_of_another_branch",
            d => d.AddWait("A").AddWait("B").Add("Choose", "Elsa.FlowDecision", ("condition", Script("Boolean", "variables.Divergent")))
                .Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAny"))).Disconnect("Card", "Done").Connect("Card", "Done", "Choose")
                .Connect("Choose", "True", "A").Connect("Choose", "False", "B").Connect("A", "Decided", "Meet").Connect("B", "Decided", "Meet").Connect("Meet", "Done", "Decide")
                .Disconnect("Decide", "Deadline").Connect("Decide", "Deadline", "A"),
            "Decide",
            "leads back to 'A', but 'Decide' can be reached without passing it");
        yield return Refusal(
            "Way_back_to_a_join",
            d => d.Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAny"))).Disconnect("Card", "Done").Connect("Card", "Done", "Meet").Connect("Meet", "Done", "Decide")
                .Disconnect("Decide", "Deadline").Connect("Decide", "Deadline", "Meet"),
            "Decide",
            "leads back to the join 'Meet'");
        yield return Refusal(
            "Loop_that_takes_no_time",
            d => d.Add("Ring", "SignalReview.Escalate", ("to", Literal("String", "owner")), ("reason", Literal("String", "reviewOverdue")))
                .Add("Choose", "Elsa.FlowDecision", ("condition", Script("Boolean", "variables.Divergent")))
                .Disconnect("Card", "Done").Connect("Card", "Done", "Ring").Connect("Ring", "Done", "Choose").Connect("Choose", "True", "Ring").Connect("Choose", "False", "Decide"),
            "Choose",
            "takes no time");
        yield return Refusal(
            "Join_that_waits_for_ever",
            d => d.AddWait("A").Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAll"))).Add("Choose", "Elsa.FlowDecision", ("condition", Script("Boolean", "variables.Divergent")))
                .Disconnect("Card", "Done").Connect("Card", "Done", "Choose").Connect("Choose", "True", "A").Connect("Choose", "False", "Meet").Connect("A", "Decided", "Meet").Connect("Meet", "Done", "Decide"),
            "Meet",
            "the join can wait for ever");
        yield return Refusal(
            "Join_for_any_that_would_end_another_branch",
            d => d.AddWait("A").AddWait("B").Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAny")))
                .Disconnect("Card", "Done").Connect("Card", "Done", "A").Connect("Card", "Done", "B")
                .Connect("A", "Decided", "Meet").Connect("B", "Decided", "Meet").Connect("Meet", "Done", "Decide"),
            "Meet",
            "one branch reaches the join while another still runs");
        yield return Refusal(
            "Join_for_any_in_a_loop",
            d => d.AddWait("Turn").AddWait("A").AddWait("B").Add("Choose", "Elsa.FlowDecision", ("condition", Script("Boolean", "variables.Divergent")))
                .Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAny")))
                .Disconnect("Card", "Done").Connect("Card", "Done", "Turn").Connect("Turn", "Decided", "Choose")
                .Connect("Choose", "True", "A").Connect("Choose", "False", "B").Connect("A", "Decided", "Meet").Connect("B", "Decided", "Meet").Connect("Meet", "Done", "Decide")
                .Disconnect("Decide", "Deadline").Connect("Decide", "Deadline", "Turn"),
            "Meet",
            "a join with WaitAny stands in a loop");
        yield return Refusal(
            "End_that_leaves_a_branch_running",
            d => d.AddWait("A").Add("Third", "Elsa.Finish").Connect("Card", "Done", "A").Connect("A", "Decided", "Third"),
            "Third",
            "the end is reached while another branch still runs");
        yield return Refusal(
            "Step_that_a_branch_reaches_again_while_it_is_open",
            d => d.AddWait("Again").AddWait("A").AddWait("B").Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAll")))
                .Disconnect("Card", "Done").Connect("Card", "Done", "Again").Connect("Again", "Decided", "A").Connect("Again", "Decided", "B")
                .Connect("A", "Decided", "Meet").Connect("B", "Decided", "Meet").Connect("Meet", "Done", "Decide")
                .Disconnect("B", "Deadline").Connect("B", "Deadline", "Again"),
            "A",
            "a second branch reaches the step while it is still open");
        yield return Refusal("More_branches_side_by_side_than_can_be_played_through", ManyBranches, "(definition)", "parallel branches give more than");

        // Switch, join, variables, outputs, delay.
        yield return Refusal("Join_without_mode", d => d.Add("Meet", "Elsa.FlowJoin"), "Meet", "input 'Mode' is missing");
        yield return Refusal("Join_of_another_mode", d => d.Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAllActive"))), "Meet", "'WaitAllActive' is none of WaitAll, WaitAny");
        yield return Refusal("Decision_without_condition", d => d.Add("Choose", "Elsa.FlowDecision"), "Choose", "input 'Condition' is missing");
        yield return Refusal("Decision_on_a_number", d => d.Add("Choose", "Elsa.FlowDecision", ("condition", Script("Boolean", "variables.Concern"))), "Choose", "the expression is Int32, not Boolean");
        yield return Refusal("Switch_without_cases", d => d.Add("Pick", "Elsa.FlowSwitch"), "Pick", "a switch needs at least one case");
        yield return Refusal("Switch_with_a_label_twice", d => d.Add("Pick", "Elsa.FlowSwitch", ("cases", new JsonArray(Case("A", "true"), Case("A", "false")))), "Pick", "each case needs a label of its own, not 'A'");
        yield return Refusal("Switch_with_a_case_called_default", d => d.Add("Pick", "Elsa.FlowSwitch", ("cases", new JsonArray(Case("Default", "true")))), "Pick", "not 'Default'");
        yield return Refusal("Switch_with_a_bad_condition", d => d.Add("Pick", "Elsa.FlowSwitch", ("cases", new JsonArray(Case("A", "1 > ")))), "Pick", "case 'A': the expression ends too early");
        yield return Refusal("Switch_that_takes_every_case", d => d.Add("Pick", "Elsa.FlowSwitch", ("cases", new JsonArray(Case("A", "true"))), ("mode", Literal("SwitchMode", "MatchAny"))), "Pick", "must be the literal MatchFirst");
        yield return Refusal("Setting_an_unknown_variable", d => d.Add("Set", "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = "v-X" }), ("value", Literal("Object", 1))), "Set", "sets an unknown variable 'v-X'");
        yield return Refusal("Setting_a_variable_to_another_type", d => d.Add("Set", "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = "v-Concern" }), ("value", Literal("Object", "high"))), "Set", "the literal \"high\" is no Int32");
        yield return Refusal("Setting_a_variable_to_nothing", d => d.Add("Set", "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = "v-Concern" })), "Set", "input 'Value' is missing");
        yield return Refusal("Output_to_an_unknown_variable", d => d.Add("Show", "SignalReview.Reveal", ("maxConcern", Output("Int32", "v-X"))), "Show", "output 'MaxConcern' refers to an unknown variable");
        yield return Refusal("Output_to_a_variable_of_another_type", d => d.Add("Show", "SignalReview.Reveal", ("divergent", Output("Boolean", "v-Concern"))), "Show", "it cannot fill 'Concern' of type Int32");
        yield return Refusal("Delay_without_length", d => d.Add("Pause", "Elsa.Delay"), "Pause", "input 'TimeSpan' is missing");
        yield return Refusal("Delay_of_no_length", d => d.Add("Pause", "Elsa.Delay", ("timeSpan", Literal("TimeSpan", "00:00:00"))), "Pause", "must be longer than nothing");
        yield return Refusal("Delay_in_words", d => d.Add("Pause", "Elsa.Delay", ("timeSpan", Literal("TimeSpan", "an hour"))), "Pause", "is no TimeSpan");
    }

    [TestCaseSource(nameof(Refusals))]
    public void Refused_with_file_node_and_reason(Func<TestDefinition, TestDefinition> spoil, string node, string reason)
    {
        var spoilt = spoil(Simple());
        var (definition, problems) = DefinitionReader.Read("spoilt.json", spoilt.Bytes());
        Assert.That(definition, Is.Null);
        Assert.That(problems.Select(p => p.ToString()), Has.Some.StartsWith($"spoilt.json: {node}: ").And.Some.Contains(reason));
        Assert.That(problems.Where(p => p.Node == node).Select(p => p.Reason), Has.Some.Contains(reason));
        Assert.That(problems.Select(p => p.Mend), Has.All.Length.GreaterThan(8));
        Assert.That(problems.Select(p => $"{p}"), Has.All.Contains(". To mend: ").And.All.Not.Contains(".."));
    }

    [TestCase("", TestName = "Nothing_is_no_definition")]
    [TestCase("[]", TestName = "A_list_is_no_definition")]
    [TestCase("{\"id\": 1,}", TestName = "Almost_JSON_is_no_definition")]
    [TestCase("{\"id\": \"a\", \"id\": \"b\"}", TestName = "A_property_given_twice_is_refused")]
    [TestCase("{}", TestName = "An_empty_object_is_no_definition")]
    public void What_is_no_definition_is_refused(string text)
    {
        var (definition, problems) = DefinitionReader.Read("x.json", Encoding.UTF8.GetBytes(text));
        Assert.That(definition, Is.Null);
        Assert.That(problems, Is.Not.Empty);
    }

    [Test]
    public void Text_that_is_not_UTF8_is_refused()
    {
        var bytes = Simple().Bytes();
        bytes[Array.IndexOf(bytes, (byte)'T')] = 0xff;
        Assert.That(DefinitionReader.Read("x.json", bytes).Problems.Single().Reason, Does.StartWith("not readable as JSON in UTF-8"));
    }

    [Test]
    public void A_byte_order_mark_is_refused_because_the_stored_text_could_not_be_hashed_again() =>
        Assert.That(DefinitionReader.Read("x.json", (byte[])[0xef, 0xbb, 0xbf, .. Simple().Bytes()]).Problems.Single().Reason, Does.StartWith("not readable as JSON in UTF-8"));

    private static TestDefinition ManyBranches(TestDefinition definition)
    {
        definition.Disconnect("Card", "Done").Add("Meet", "Elsa.FlowJoin", ("mode", Mode("WaitAll"))).Connect("Meet", "Done", "Decide");
        for (var i = 0; i < 13; i++)
        {
            definition.AddWait($"W{i}").Connect("Card", "Done", $"W{i}").Connect($"W{i}", "Decided", "Meet");
        }

        return definition;
    }

    private static TestCaseData Refusal(string name, Func<TestDefinition, TestDefinition> spoil, string node, string reason) =>
        new TestCaseData(spoil, node, reason).SetName($"Refused_{name}");
}
