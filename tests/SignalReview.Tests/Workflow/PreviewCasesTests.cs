using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;
using SignalReview.Workflow;
using SignalReview.Workflow.Preview;

namespace SignalReview.Tests.Workflow;

internal sealed class PreviewCasesTests
{
    private string folder = "";

    [SetUp]
    public void SetUp() => folder = Directory.CreateTempSubdirectory("workflow-preview-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_closed_case_is_replayed_through_a_changed_definition()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var result = await world.Get<PreviewCases>().RunAsync(world.Coordinator, Changed(), one: null, last: 10, CancellationToken.None);

        var way = result.Cases!.Single().Ways.Single();
        Assert.That(way.Compared);
        Assert.That(way.Steps.Where(s => s.Kind != PreviewKind.Same).Select(s => (s.Kind, s.Node, s.Doubt)), Is.EqualTo(new[] { (PreviewKind.Different, "CollectInterpretations", PreviewDoubt.None) }));
        Assert.That(way.Steps[^1].Node, Is.EqualTo("CloseCase"));

        var other = DefinitionLibrary.Shipped()[DefinitionLibrary.QuickReading];
        Assert.That((await world.Get<PreviewCases>().RunAsync(world.Coordinator, other, one: null, last: 10, CancellationToken.None)).Cases, Is.Empty, "none ran on this");
    }

    [Test]
    public async Task The_version_of_then_asks_the_same_also_after_a_reopening()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await world.DoAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Er kwam een tweede clip."));
        await world.DoAsync(world.Owner, world.Decide());
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Het was een grap tussen vrienden.", "Eerst vragen, dan lezen."));

        var same = DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation];
        var ways = (await world.Get<PreviewCases>().RunAsync(world.Coordinator, same, world.Case, last: 1, CancellationToken.None)).Cases!.Single().Ways;
        Assert.That(ways.Select(w => (w.Past.Reopened, w.Unchanged)), Is.EqualTo(new[] { (false, true), (true, true) }), () => string.Join('\n', ways.SelectMany(w => w.Steps)));
    }

    [Test]
    public async Task Only_a_coordinator_looks_and_that_they_looked_is_written_down()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var preview = world.Get<PreviewCases>();

        Assert.That((await preview.RunAsync(world.Approver, Changed(), null, 1, CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
        await preview.RunAsync(world.Coordinator, Changed(), null, 1, CancellationToken.None);
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var log = await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = CaseId.Organisation }, CancellationToken.None);
        Assert.That(log.Select(e => e.Type), Has.Exactly(1).EqualTo("list.read").And.Exactly(1).EqualTo("command.refused"));
    }

    [Test]
    public async Task A_case_that_still_runs_is_not_shown()
    {
        await using var world = await (await CaseWorld.StartAsync()).InDecidingAsync();
        var preview = world.Get<PreviewCases>();

        Assert.That((await preview.RunAsync(world.Coordinator, Changed(), world.Case, 1, CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotFound));
        Assert.That((await preview.RunAsync(world.Coordinator, Changed(), null, 10, CancellationToken.None)).Cases, Is.Empty);
    }

    [Test]
    public async Task The_command_line_says_the_same_of_a_bundle_zipped_or_unpacked()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var zip = Path.Combine(folder, "bundle.zip");
        await using (var bundle = (await world.Get<TrailExport>().RunAsync(BlindWorld.Auditor, world.Case, new("Proef"), CancellationToken.None)).Bundle!)
        await using (var file = File.Create(zip))
        {
            await bundle.Content.CopyToAsync(file);
        }

        var unpacked = Path.Combine(folder, "bundle");
        await ZipFile.ExtractToDirectoryAsync(zip, unpacked);
        var definition = Path.Combine(folder, "new.json");
        await File.WriteAllTextAsync(definition, Changed().Raw);

        var (code, output) = await WorkflowCli.RunAsync("preview", definition, "--bundle", zip);
        var (_, same) = await WorkflowCli.RunAsync("preview", definition, "--bundle", unpacked);

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("collegial-consultation version 3 on a case of collegial-consultation@2")
            .And.Contain("~ CollectInterpretations: AllIn (asked differently)").And.Contain("Quorum: 2 then, 3 now")
            .And.Contain("1 different, 0 not asked, 0 new, 0 not to be known."));
        Assert.That(same, Is.EqualTo(output));
        Assert.That(output, Does.Not.Contain("grap"), "nothing that people wrote");

        await File.WriteAllTextAsync(zip, "no zip");
        Assert.That((await WorkflowCli.RunAsync("preview", definition, "--bundle", zip)).Code, Is.EqualTo(2));
    }

    private static WorkflowDefinition Changed()
    {
        var json = JsonNode.Parse(DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation].Raw)!;
        json["version"] = 3;
        json["id"] = "collegial-consultation-3";
        json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "CollectInterpretations")!["quorum"]!["expression"]!["value"] = 3;
        return DefinitionReader.Read("new.json", Encoding.UTF8.GetBytes(json.ToJsonString())).Definition!;
    }
}
