using System.Text.Json.Nodes;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs;

/// <summary>What somebody is writing in the room is kept by the server too, for their own eyes.</summary>
internal sealed class LineDraftTests
{
    private WebHost host;
    private Doors doors;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public void Enter() => doors = new Doors(host);

    [TearDown]
    public async Task LeaveAsync() => await doors.DisposeAsync();

    [Test]
    public async Task Another_device_of_the_same_person_gets_it_with_the_join_and_nobody_else_does()
    {
        var readers = await doors.ToVoteAsync();
        var desk = await JoinedAsync("w2");
        var message = await SaveAsync(desk, "message", "Half gezegd", 0);
        var vote = await SaveAsync(desk, "vote", "Omdat ik", 0);
        var phone = await doors.ListenAsync("w2");
        var mine = await phone.JoinAsync(doors.Case);
        var theirs = await (await doors.ListenAsync(readers[0])).JoinAsync(doors.Case);

        Assert.Multiple(() =>
        {
            Assert.That(message["outcome"]!.GetValue<string>(), Is.EqualTo("saved"));
            Assert.That(vote["revision"]!.GetValue<long>(), Is.EqualTo(1));
            Assert.That(mine["drafts"]!.AsArray().Select(d => (d!["kind"]!.GetValue<string>(), d["content"]!["forms"]!["f"]!["text"]![0]!.GetValue<string>())),
                Is.EquivalentTo(new[] { ("message", "Half gezegd"), ("vote", "Omdat ik") }));
            Assert.That(theirs["drafts"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task The_device_that_is_late_gets_what_the_other_saved()
    {
        await doors.ToVoteAsync();
        var desk = await JoinedAsync("w2");
        var phone = await JoinedAsync("w2");
        await SaveAsync(desk, "message", "Van het bureau", 0);
        var late = await SaveAsync(phone, "message", "Van de telefoon", 0);
        var then = await SaveAsync(phone, "message", "Van allebei", late["revision"]!.GetValue<long>());

        Assert.Multiple(() =>
        {
            Assert.That(late["outcome"]!.GetValue<string>(), Is.EqualTo("outdated"));
            Assert.That(late["newer"]!.ToJsonString(), Does.Contain("Van het bureau"));
            Assert.That(then["outcome"]!.GetValue<string>(), Is.EqualTo("saved"));
        });
    }

    [Test]
    public async Task What_was_sent_is_no_draft_any_more()
    {
        await doors.ToVoteAsync();
        var owner = await JoinedAsync("w2");
        await SaveAsync(owner, "message", "Bijna", 0);
        await SaveAsync(owner, "vote", "Omdat ik", 0);
        await doors.GiveAsync("w2", "say", new { text = "Gezegd" });
        await doors.GiveAsync("w2", "cast-vote", Doors.Vote());

        Assert.That((await owner.JoinAsync(doors.Case))["drafts"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Only_who_is_in_the_room_keeps_drafts_there_and_only_of_what_is_said_there()
    {
        var readers = await doors.ToVoteAsync();
        var outsider = await doors.ListenAsync(new[] { "w1", "w3", "w4", "w5", "w6", "w8" }.First(p => !readers.Contains(p)));
        var owner = await JoinedAsync("w2");
        var answers = new[]
        {
            await SaveAsync(outsider, "message", "Ik ook", 0),
            await SaveAsync(owner, "decision", "Alvast", 0),
            await owner.CallAsync("SaveDraft", doors.Case, "message", new[] { 1 }, 0L),
        };

        Assert.That(answers.Select(a => a["refusal"]!["code"]!.GetValue<string>()), Has.All.EqualTo("draft-not-yours"));
    }

    private Task<JsonNode> SaveAsync(RoomListener listener, string kind, string text, long revision) => listener.CallAsync(
        "SaveDraft", doors.Case, kind, new { forms = new { f = new { text = new[] { text } } } }, revision);

    private async Task<RoomListener> JoinedAsync(string person)
    {
        var listener = await doors.ListenAsync(person);
        await listener.JoinAsync(doors.Case);
        return listener;
    }
}
