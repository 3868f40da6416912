using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Rooms.Methods;
using SignalReview.Tests.Storage;
using SignalReview.Workflow;

namespace SignalReview.Tests.Rooms;

/// <summary>A case carries a copy of its method: what becomes of the template afterwards is nothing to it.</summary>
[TestFixture]
internal sealed class MethodCopyTests
{
    private string folder = "";

    [SetUp]
    public void SetUp()
    {
        folder = Directory.CreateTempSubdirectory("signalreview-methods-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "workflows"), "*.json", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Path.Combine(Repository.Root, "workflows"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [TearDown]
    public void TearDown() => Directory.Delete(folder, recursive: true);

    [TestCase(DefinitionLibrary.CollegialConsultation, "incident")]
    [TestCase(DefinitionLibrary.QuickReading, "short-round")]
    [TestCase(DefinitionLibrary.Urgent, "ten-steps")]
    public async Task A_case_copies_the_method_of_its_definitions_first_room(string workflow, string method)
    {
        await using var world = await CaseWorld.StartAsync();
        await world.SubmitAsync(workflow);
        var copied = (await world.FileAsync()).Method;
        Assert.That((copied.Id, copied.Sha256), Is.EqualTo((method, MethodLibrary.Shipped().Find(method)!.Sha256)));
    }

    [Test]
    public async Task A_changed_template_is_for_new_cases()
    {
        await using var first = await CaseWorld.StartAsync();
        await first.InComparingAsync();
        await ChangeAsync("incident", "\"version\": 1", "\"version\": 2", "\"minutes\": 15", "\"minutes\": 7");

        await using var world = await first.AnotherAsync(Folder);
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        var room = (await world.FileAsync()).Room!;
        Assert.That(room.PhaseEndsAt, Is.EqualTo(world.Now.AddMinutes(15)), "the old case");
        var opened = await world.LastBodyAsync<RoomOpenedBody>("room.opened");
        Assert.That((opened.Method, opened.Version, opened.Sha256), Is.EqualTo(("incident", (int?)1, MethodLibrary.Shipped().Find("incident")!.Sha256)));

        await world.InRoomAsync();
        Assert.That((await world.FileAsync()).Room!.PhaseEndsAt, Is.EqualTo(world.Now.AddMinutes(7)), "a new case");
    }

    [Test]
    public async Task A_template_changed_under_a_version_that_cases_used_stops_start_up()
    {
        await using var first = await CaseWorld.StartAsync();
        await first.SubmitAsync();
        await ChangeAsync("incident", "\"minutes\": 15", "\"minutes\": 7");
        var stopped = Assert.ThrowsAsync<InvalidDefinitionsException>(() => first.AnotherAsync(Folder))!;
        Assert.That(stopped.Message, Does.Contain("methods/incident.json: version: the file was changed, but cases have begun with another file of version 1. To mend: write \"version\": 2"));

        await ChangeAsync("incident", "\"version\": 1", "\"version\": 2");
        await (await first.AnotherAsync(Folder)).DisposeAsync();
    }

    [Test]
    public async Task A_template_that_no_case_used_may_still_change()
    {
        await using var first = await CaseWorld.StartAsync();
        await first.SubmitAsync();
        await ChangeAsync("ten-steps", "\"minutes\": 10", "\"minutes\": 7");
        await (await first.AnotherAsync(Folder)).DisposeAsync();
    }

    [Test]
    public async Task An_invalid_template_stops_start_up_and_says_where()
    {
        await ChangeAsync("incident", "\"kind\": \"analysis\"", "\"kind\": \"analyse\"");
        var stopped = Assert.Throws<InvalidDefinitionsException>(() => DefinitionLibrary.FromFolder(folder))!;
        Assert.That(stopped.Message, Does.Contain("methods/incident.json: phases[1].kind: 'analyse' is unknown. To mend: use one of questions, analysis"));
    }

    [Test]
    public void A_definition_that_names_no_template_stops_start_up_and_says_which_there_are()
    {
        File.Delete(Path.Combine(folder, "methods", "incident.json"));
        var stopped = Assert.Throws<InvalidDefinitionsException>(() => DefinitionLibrary.FromFolder(folder))!;
        Assert.That(stopped.Message, Does.Contain("collegial-consultation.json: OpenRoom: names the method 'incident', which is not there. To mend: use one of short-round, ten-steps, open, roundTable"));
    }

    [Test]
    public async Task A_case_from_before_there_were_methods_talks_without_phases()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InComparingAsync();
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync("DELETE FROM case_methods", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        var file = await world.FileAsync();
        Assert.That((file.Method.IsTemplate, file.Room!.RoomPhase, file.Room.PhaseEndsAt), Is.EqualTo((false, RoomPhase.Discussion, (DateTimeOffset?)null)));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        Assert.That((await world.FileAsync()).Room!.RoomPhase, Is.EqualTo(RoomPhase.Discussion));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Deciding));
    }

    private void Folder(IServiceCollection services, Microsoft.Extensions.Configuration.IConfiguration configuration) =>
        services.Replace(ServiceDescriptor.Singleton(DefinitionLibrary.FromFolder(folder)));

    private async Task ChangeAsync(string method, params string[] fromTo)
    {
        var path = Path.Combine(folder, "methods", $"{method}.json");
        var text = await File.ReadAllTextAsync(path);
        foreach (var pair in fromTo.Chunk(2))
        {
            Assert.That(text, Does.Contain(pair[0]));
            text = text.Replace(pair[0], pair[1], StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(path, text);
    }
}
