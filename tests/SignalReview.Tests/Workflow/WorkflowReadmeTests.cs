using System.Text.Json.Nodes;
using SignalReview.Rooms.Methods;
using System.Text.RegularExpressions;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

/// <summary>Follows workflows/README.md: its own examples, applied to the shipped file, give a definition that passes every command it names.</summary>
internal sealed partial class WorkflowReadmeTests
{
    private string folder = "";
    private string readme = "";

    [SetUp]
    public async Task SetUp()
    {
        folder = Directory.CreateTempSubdirectory("my-workflows-").FullName;
        await WorkflowCli.WriteShippedAsync(folder);
        readme = await File.ReadAllTextAsync(Path.Combine(Root(), "workflows", "README.md"));
    }

    [TearDown]
    public void TearDown() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_changed_quorum_deadline_and_version_are_valid_and_do_what_they_say()
    {
        var json = Shipped();
        Put(Step(json, "CollectInterpretations"), Examples("Change a quorum or a deadline")[0]);
        Put(json, Examples("Change a quorum or a deadline")[1]);
        var file = await SaveAsync(json);

        var (code, output) = await WorkflowCli.RunAsync("check", folder);
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("collegial-consultation version 3: valid"));
        var (_, drawing) = await WorkflowCli.RunAsync("show", file);
        Assert.That(drawing, Does.Contain("quorum 3").And.Contain("deadline 24 h working"));
        Assert.That(DefinitionLibrary.FromFolder(folder)[DefinitionLibrary.CollegialConsultation].Id, Is.EqualTo("collegial-consultation-3"));
    }

    [Test]
    public async Task A_new_method_is_valid_and_named_by_a_definition()
    {
        var examples = Examples("Make a method");
        var method = JsonNode.Parse(MethodLibrary.Shipped().Find("short-round")!.Raw)!;
        Put(method, examples[0]);
        method["phases"]!.AsArray().Insert(1, JsonNode.Parse(examples[1].TrimEnd().TrimEnd(',')));
        Directory.CreateDirectory(Path.Combine(folder, "methods"));
        await File.WriteAllTextAsync(Path.Combine(folder, "methods", "duo-round.json"), method.ToJsonString());

        var json = Shipped();
        Put(Step(json, "OpenRoom"), examples[2]);
        Put(json, Examples("Change a quorum or a deadline")[1]);
        var file = await SaveAsync(json);
        var (code, output) = await WorkflowCli.RunAsync("check", file);
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("method duo-round version 1: valid, 5 phases").Or.Contain("collegial-consultation version 3: valid"));

        await File.WriteAllTextAsync(Path.Combine(folder, "methods", "duo-round.json"), method.ToJsonString().Replace("\"analysis\"", "\"analyse\"", StringComparison.Ordinal));
        (code, output) = await WorkflowCli.RunAsync("check", Path.Combine(folder, "methods"));
        Assert.That((code, output), Is.EqualTo((1, output)));
        Assert.That(output, Does.Contain("duo-round.json: phases[1].kind: 'analyse' is unknown. To mend: use one of questions, analysis"));
    }

    [Test]
    public async Task A_new_phase_is_valid_drawn_covered_and_simulated()
    {
        var json = Shipped();
        var examples = Examples("Add a phase");
        var (step, moved, onwards) = (examples[0], JsonNode.Parse(examples[1].TrimEnd().TrimEnd(','))!, JsonNode.Parse($"[{examples[2].TrimEnd().TrimEnd(',')}]")!.AsArray());
        json["root"]!["activities"]!.AsArray().Add(JsonNode.Parse(step.TrimEnd().TrimEnd(',')));
        var connections = json["root"]!["connections"]!.AsArray();
        connections.Single(c => (string?)c!["source"]!["activity"] == "Reveal")!["target"] = moved["target"]!.DeepClone();
        foreach (var connection in onwards)
        {
            connections.Add(connection!.DeepClone());
        }

        Put(json, Examples("Change a quorum or a deadline")[1]);
        var file = await SaveAsync(json);

        var (code, output) = await WorkflowCli.RunAsync("check", folder);
        Assert.That(code, Is.Zero, output);
        Assert.That((await WorkflowCli.RunAsync("show", file)).Output, Does.Contain("Nog één keer vragen"));
        Assert.That((await WorkflowCli.RunAsync("paths", file)).Output, Does.Contain("ClarifyAgain: Done").And.Contain("ClarifyAgain: Deadline"));
        Assert.That((await WorkflowCli.RunAsync("simulate", file, "--cases", "40")).Output, Does.Match(@"ClarifyAgain +\d"));
    }

    [Test]
    public void Every_step_that_a_definition_may_use_stands_in_the_table_with_its_outcomes()
    {
        foreach (var step in StepCatalog.All.Where(s => s.Type.StartsWith(StepCatalog.Prefix, StringComparison.Ordinal)))
        {
            Assert.That(readme, Does.Match($@"\| `{step.Name}`[^|]*\| {string.Join(", ", step.Outcomes.Select(o => o.Name))} \|"));
        }
    }

    private static JsonNode Shipped() => JsonNode.Parse(DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation].Raw)!;

    private static JsonNode Step(JsonNode json, string id) => json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == id)!;

    private static void Put(JsonNode into, string members)
    {
        foreach (var (name, value) in JsonNode.Parse($"{{{members.TrimEnd().TrimEnd(',')}}}")!.AsObject())
        {
            Assert.That(into[name], Is.Not.Null, $"the file has {name} already");
            into[name] = value!.DeepClone();
        }
    }

    /// <summary>The JSON examples of a section, in order.</summary>
    private List<string> Examples(string section) =>
        [.. Example().Matches(readme.Split($"## {section}\n")[1].Split("\n## ")[0]).Select(m => m.Groups["json"].Value)];

    private async Task<string> SaveAsync(JsonNode json)
    {
        var file = Path.Combine(folder, "collegial-consultation.json");
        await File.WriteAllTextAsync(file, json.ToJsonString());
        return file;
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "SignalReview.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
