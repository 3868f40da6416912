using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class DefinitionVersionsTests
{
    private string folder = "";

    [SetUp]
    public async Task SetUp()
    {
        folder = Directory.CreateTempSubdirectory("workflow-versions-").FullName;
        await WorkflowCli.WriteShippedAsync(folder);
    }

    [TearDown]
    public void TearDown() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_case_stays_on_the_version_with_which_it_began_and_a_new_one_begins_on_the_new_one()
    {
        await using var first = await CaseWorld.StartAsync();
        await first.SubmitAsync();
        await ChangeAsync(version: 3);

        await using var world = await first.AnotherAsync((services, _) => services.Replace(ServiceDescriptor.Singleton(DefinitionLibrary.FromFolder(folder))));
        await ClarifiedAsync(world);
        Assert.That(await QuorumAsync(world), Is.EqualTo(2), "the old case");
        Assert.That((await world.FileAsync()).Case.Workflow, Is.EqualTo("collegial-consultation@2"));

        await world.SubmitAsync();
        await ClarifiedAsync(world);
        Assert.That(await QuorumAsync(world), Is.EqualTo(3), "a new case");
        Assert.That((await world.FileAsync()).Case.Workflow, Is.EqualTo("collegial-consultation@3"));

        var used = (await world.Get<WorkflowOverview>().ReadAsync(CancellationToken.None))
            .Where(u => u.Flow.DefinitionId == DefinitionLibrary.CollegialConsultation).Select(u => (u.Flow.Version, u.IsCurrent, u.Cases, u.Waiting.Single().Node));
        Assert.That(used, Is.EqualTo(new[] { (3, true, 1, "CollectInterpretations"), (2, false, 1, "CollectInterpretations") }));
    }

    [Test]
    public async Task A_reopened_case_begins_anew_on_its_old_version()
    {
        await using var first = await CaseWorld.StartAsync();
        await first.ClosedAsync();
        await ChangeAsync(version: 3);

        await using var world = await first.AnotherAsync((services, _) => services.Replace(ServiceDescriptor.Singleton(DefinitionLibrary.FromFolder(folder))));
        await world.DoAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Er kwam een tweede clip."));

        var file = await world.FileAsync();
        Assert.That((file.Case.Workflow, file.OpenSteps.Single().Node), Is.EqualTo(("collegial-consultation@2", "AskDecision")));
    }

    [Test]
    public async Task A_file_that_was_changed_under_its_old_version_stops_start_up_and_says_to_raise_it()
    {
        await using var first = await CaseWorld.StartAsync();
        await first.SubmitAsync();
        await ChangeAsync(version: 2);

        var stopped = Assert.ThrowsAsync<InvalidDefinitionsException>(() => first.AnotherAsync(
            (services, _) => services.Replace(ServiceDescriptor.Singleton(DefinitionLibrary.FromFolder(folder)))))!;
        Assert.That(stopped.Message, Does.Contain("collegial-consultation: (definition): the file was changed, but cases have begun with another file of version 2. To mend: write \"version\": 3"));
        await (await first.AnotherAsync()).DisposeAsync(); // the old file is welcome
    }

    [Test]
    public async Task A_version_that_no_case_has_used_may_still_change()
    {
        await using var first = await CaseWorld.StartAsync();
        await ChangeAsync(version: 2);
        await (await first.AnotherAsync((services, _) => services.Replace(ServiceDescriptor.Singleton(DefinitionLibrary.FromFolder(folder))))).DisposeAsync();
    }

    private static async Task ClarifiedAsync(CaseWorld world)
    {
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new AcceptInvitationCommand(world.NewId()));
        }

        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
    }

    private static async Task<int> QuorumAsync(CaseWorld world) => (await world.FileAsync()).OpenStep("CollectInterpretations")!.Input("Quorum");

    private async Task ChangeAsync(int version)
    {
        var path = Path.Combine(folder, "collegial-consultation.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        json["version"] = version;
        json["id"] = $"collegial-consultation-{version}";
        json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "CollectInterpretations")!["quorum"]!["expression"]!["value"] = 3;
        await File.WriteAllTextAsync(path, json.ToJsonString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
