using System.Text.Json.Nodes;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class WorkflowCheckTests
{
    private string folder = "";

    [SetUp]
    public void SetUp() => folder = Directory.CreateTempSubdirectory("workflow-check-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_folder_of_valid_definitions_passes()
    {
        await WriteShippedAsync();
        var (code, output) = await RunAsync(folder);
        Assert.That(code, Is.Zero, output);
        Assert.That(output.Split('\n'), Has.Some.StartsWith("collegial-consultation version 2: valid"));
    }

    [Test]
    public async Task A_single_valid_file_passes()
    {
        var file = await WriteAsync("test.json", TestDefinition.Simple());
        var (code, output) = await RunAsync(file);
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("test version 1: valid, 5 steps"));
    }

    [Test]
    public async Task Every_problem_of_every_file_is_printed_with_file_node_and_reason()
    {
        await WriteAsync("a.json", TestDefinition.Simple().Change("Decide", n => n.Remove("deadlineHours")).Change("Card", n => n["type"] = "SignalReview.Guess"));
        await WriteAsync("b.json", TestDefinition.Simple().Change(h => h["definitionId"] = "b").Disconnect("Approve", "Returned"));
        var (code, output) = await RunAsync(folder);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("a.json: Card: unknown activity 'SignalReview.Guess'"));
        Assert.That(output, Does.Contain("a.json: Decide: waits without a deadline"));
        Assert.That(output, Does.Contain("b.json: Approve: port 'Returned' leads nowhere"));
    }

    [Test]
    public async Task What_is_wrong_is_said_with_how_to_mend_it()
    {
        await WriteAsync("a.json", TestDefinition.Simple().Change("Decide", n => n.Remove("deadlineHours")).Change("Card", n => n["type"] = "CallCard"));
        var (_, output) = await RunAsync(folder);

        Assert.That(output, Does.Contain("a.json: Card: unknown activity 'CallCard'. To mend: is SignalReview.CallCard meant?"));
        Assert.That(output, Does.Contain("a.json: Decide: waits without a deadline. To mend: add \"deadlineHours\": { \"typeName\": \"Int32\""));
    }

    [Test]
    public async Task A_condition_that_never_holds_is_noted_but_no_problem()
    {
        var file = await WriteAsync("a.json", TestDefinition.Empty()
            .Add("Choose", "Elsa.FlowDecision", ("condition", TestDefinition.Script("Boolean", "getInput('Urgency') == 'soon'")))
            .Add("A", "Elsa.Finish").Add("B", "Elsa.Finish").Connect("Choose", "True", "A").Connect("Choose", "False", "B"));
        var (code, output) = await RunAsync(file);

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("Choose: note: no case ever leaves by 'True'"));
    }

    [Test]
    public async Task A_folder_without_definitions_is_no_success()
    {
        var (code, output) = await RunAsync(folder);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("nothing was checked"));
    }

    [Test]
    public async Task A_path_that_is_not_there_is_refused()
    {
        var (code, _) = await RunAsync(Path.Combine(folder, "none.json"));
        Assert.That(code, Is.EqualTo(2));
    }

    [Test]
    public async Task Two_files_may_not_define_the_same_way()
    {
        await WriteAsync("a.json", TestDefinition.Simple());
        await WriteAsync("b.json", TestDefinition.Simple().Change(h => h["id"] = "other"));
        var (code, output) = await RunAsync(folder);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("b.json: (definition): another file has the id 'other' or the definitionId 'test' too"));
    }

    [Test]
    public async Task Start_up_from_a_folder_stops_at_an_invalid_definition_and_names_all_problems()
    {
        await WriteShippedAsync();
        await WriteAsync("a.json", TestDefinition.Simple().Disconnect("Approve", "Returned").Disconnect("Decide", "Deadline"));
        var stopped = Assert.Throws<InvalidDefinitionsException>(() => DefinitionLibrary.FromFolder(folder))!;
        Assert.That(stopped.Problems.Select(p => (p.File, p.Node)), Is.EqualTo(new[] { ("a.json", "Approve"), ("a.json", "Decide") }));
        Assert.That(stopped.Message, Does.Contain("a.json: Approve: port 'Returned' leads nowhere").And.Contain("a.json: Decide: port 'Deadline' leads nowhere"));
    }

    [Test]
    public async Task Start_up_from_a_folder_stops_when_a_way_is_missing_that_cases_will_ask_for()
    {
        await WriteShippedAsync();
        File.Delete(Path.Combine(folder, "urgent.json"));
        var stopped = Assert.Throws<InvalidDefinitionsException>(() => DefinitionLibrary.FromFolder(folder))!;
        Assert.That(stopped.Problems.Single().ToString(), Is.EqualTo(
            "urgent.json: (definition): the definition 'urgent' is missing. To mend: put the file back; its definitionId must be 'urgent'."));
    }

    [Test]
    public async Task A_changed_quorum_is_taken_up_from_the_folder()
    {
        await WriteShippedAsync();
        var path = Path.Combine(folder, "collegial-consultation.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var collect = json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "CollectInterpretations")!;
        collect["quorum"]!["expression"]!["value"] = 3;
        await File.WriteAllTextAsync(path, json.ToJsonString());

        var changed = DefinitionLibrary.FromFolder(folder)[DefinitionLibrary.CollegialConsultation];
        Assert.That(changed.Nodes["CollectInterpretations"].Inputs["Quorum"], Is.EqualTo(new FlowExpression.Constant(FlowType.Int32, 3)));
        Assert.That(changed.Sha256, Is.Not.EqualTo(DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation].Sha256));
    }

    private static Task<(int Code, string Output)> RunAsync(string path) => WorkflowCli.RunAsync("check", path);

    private async Task<string> WriteAsync(string name, TestDefinition definition)
    {
        var file = Path.Combine(folder, name);
        await File.WriteAllBytesAsync(file, definition.Bytes());
        return file;
    }

    private Task WriteShippedAsync() => WorkflowCli.WriteShippedAsync(folder);
}
