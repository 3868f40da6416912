using System.Xml.Linq;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class WorkflowShowTests
{
    private string folder = "";

    [SetUp]
    public async Task SetUp()
    {
        folder = Directory.CreateTempSubdirectory("workflow-show-").FullName;
        await WorkflowCli.WriteShippedAsync(folder);
    }

    [TearDown]
    public void TearDown() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_definition_is_drawn_in_the_terminal()
    {
        var (code, output) = await WorkflowCli.RunAsync("show", Path.Combine(folder, "urgent.json"));
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("AwaitImmediateDecision").And.Contain("deadline 30 min").And.Contain("AllIn · Quorum · Early").And.Contain("┊"));
    }

    [Test]
    public async Task A_folder_is_drawn_one_after_the_other()
    {
        var (code, output) = await WorkflowCli.RunAsync("show", folder);
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("(collegial-consultation, version 2)").And.Contain("(quick-reading, version 2)").And.Contain("(urgent, version 2)"));
    }

    [Test]
    public async Task A_definition_is_drawn_as_SVG_in_a_file()
    {
        var file = Path.Combine(folder, "urgent.svg");
        var (code, output) = await WorkflowCli.RunAsync("show", Path.Combine(folder, "urgent.json"), "--format", "svg", "--out", file);

        Assert.That(code, Is.Zero, output);
        Assert.That(XDocument.Load(file).Root!.Name.LocalName, Is.EqualTo("svg"));
        Assert.That(output, Does.Contain(file));
    }

    [Test]
    public async Task Two_pictures_do_not_go_into_one_file()
    {
        var (code, _) = await WorkflowCli.RunAsync("show", folder, "--out", Path.Combine(folder, "all.txt"));
        Assert.That(code, Is.EqualTo(2));
        Assert.That(File.Exists(Path.Combine(folder, "all.txt")), Is.False);
    }

    [Test]
    public async Task What_is_invalid_is_not_drawn_but_told()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "bad.json"), TestDefinition.Simple().Disconnect("Approve", "Returned").Bytes());
        var (code, output) = await WorkflowCli.RunAsync("show", Path.Combine(folder, "bad.json"));
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("bad.json: Approve: port 'Returned' leads nowhere"));
    }

    [Test]
    public async Task The_paths_are_counted_and_a_covering_set_is_listed_with_its_values()
    {
        var (code, output) = await WorkflowCli.RunAsync("paths", Path.Combine(folder, "quick-reading.json"));
        var definition = DefinitionLibrary.Shipped()[DefinitionLibrary.QuickReading];

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("570,986 paths").And.Contain("NeedsTalk is False").And.Contain("MaxConcern = 6"));
        Assert.That(output.Split('\n').Count(l => l.StartsWith("Path ", StringComparison.Ordinal)), Is.EqualTo(FlowPaths.Covering(definition).Count));
    }

    [Test]
    public async Task All_paths_are_cut_off_at_a_limit_and_it_says_so()
    {
        var (code, output) = await WorkflowCli.RunAsync("paths", Path.Combine(folder, "urgent.json"), "--all", "--limit", "7");
        Assert.That(code, Is.Zero);
        Assert.That(output.Split('\n').Count(l => l.StartsWith("Path ", StringComparison.Ordinal)), Is.EqualTo(7));
        Assert.That(output, Does.Contain("7 of 1,140,698 are shown; --limit shows more."));
    }

    [TestCase("show", "quick-reading.json", "--out", "nowhere/picture.svg")]
    [TestCase("show", "quick-reading.json", "--out", ".")]
    [TestCase("show", "quick-reading.json", "--format", "png")]
    [TestCase("paths", "quick-reading.json", "--all", "--limit", "-5")]
    [TestCase("paths", "quick-reading.json", "--all", "--limit", "many")]
    [TestCase("simulate", "quick-reading.json", "--cases", "0")]
    [TestCase("simulate", "quick-reading.json", "--cases", "many")]
    [TestCase("simulate", "quick-reading.json", "--readers", "99999999999")]
    [TestCase("preview", "quick-reading.json")]
    [TestCase("preview", "quick-reading.json", "--bundle", ".", "--old", "nowhere.json")]
    [TestCase("preview", "quick-reading.json", "--bundle", ".")]
    [TestCase("show")]
    public async Task A_command_line_that_is_wrong_says_so_and_ends_with_code_2(params string[] args)
    {
        var (code, output) = await WorkflowCli.RunAsync([.. args.Select(a => a.EndsWith(".json", StringComparison.Ordinal) || a is "." or "nowhere/picture.svg" ? Path.Combine(folder, a) : a)]);
        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(output, Is.Not.Empty.And.Not.Contain("Exception").And.Not.Contain("   at "));
    }
}
