using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs;

/// <summary>The room as people live it, each with a connection of their own.</summary>
internal sealed class RoomHubTests
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
    public async Task Somebody_who_is_not_in_the_case_cannot_join_and_hears_nothing()
    {
        var readers = await doors.ToTalkAsync();
        var outsider = await doors.ListenAsync(Outsider(readers));
        var answer = await outsider.CallAsync("Join", doors.Case, 0L);
        var member = await JoinedAsync("w2");
        await member.CallAsync("Say", doors.Case, Say("Alleen voor ons."));
        await member.HearAsync("MessageSaid");
        var attempt = await outsider.CallAsync("Say", doors.Case, Say("Ik ook."));
        var typing = await outsider.CallAsync("Typing", doors.Case);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer["refusal"]!["code"]!.GetValue<string>(), Is.EqualTo("case-not-found"));
            Assert.That(answer["view"], Is.Null);
            Assert.That(attempt["refusal"]!["code"]!.GetValue<string>(), Is.EqualTo("case-not-found"));
            Assert.That(typing["refusal"]!["code"]!.GetValue<string>(), Is.EqualTo("not-joined"));
            Assert.That(outsider.Heard.Select(h => h.Name), Is.SubsetOf(new[] { "Join", "Say", "Typing" }));
        }
    }

    [Test]
    public async Task A_vote_of_three_connections_from_opening_to_reveal()
    {
        var readers = await doors.ToTalkAsync();
        var lead = await JoinedAsync("w12");
        var owner = await JoinedAsync("w2");
        var reader = await JoinedAsync(readers[0]);
        await lead.CallAsync("OpenVote", doors.Case, Command());
        foreach (var listener in new[] { lead, owner, reader })
        {
            var opened = await listener.HearAsync("CaseChanged", Tells("vote.opened"));
            Assert.That(opened["roomPhase"]!.GetValue<string>(), Is.EqualTo("vote"));
        }

        var cast = await owner.CallAsync("CastVote", doors.Case, Vote());
        var told = await reader.HearAsync("CaseChanged", e => e["votesIn"]!.GetValue<int>() == 1);
        var twice = await owner.CallAsync("CastVote", doors.Case, Vote());
        await reader.CallAsync("CastVote", doors.Case, Vote());
        foreach (var other in readers.Skip(1))
        {
            await doors.GiveAsync(other, "cast-vote", Doors.Vote());
        }

        var revealed = await lead.HearAsync("CaseChanged", Tells("votes.revealed"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cast["refusal"], Is.Null);
            Assert.That(told["votesAsked"]!.GetValue<int>(), Is.EqualTo(readers.Count + 1));
            Assert.That(told["seq"]!.GetValue<long>(), Is.EqualTo(cast["seq"]!.GetValue<long>()));
            Assert.That(twice["refusal"]!["code"]!.GetValue<string>(), Is.EqualTo("vote-already-cast"));
            Assert.That(revealed["roomPhase"]!.GetValue<string>(), Is.EqualTo("revealed"));
        }

        var clock = await lead.CallAsync("SetClock", doors.Case, new { commandId = Doors.NewId(), minutes = 5 });
        var harvested = await lead.CallAsync("Harvest", doors.Case, Command());
        await owner.HearAsync("CaseChanged", e => e["phase"]!.GetValue<string>() == "deciding");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(clock["refusal"], Is.Null);
            Assert.That(harvested["refusal"], Is.Null);
        }
    }

    [Test]
    public async Task Events_are_numbered_without_a_gap_and_whoever_was_away_gets_what_they_missed()
    {
        var readers = await doors.ToTalkAsync();
        var owner = await JoinedAsync("w2");
        var joined = await owner.JoinAsync(doors.Case);
        var seen = joined["seq"]!.GetValue<long>();
        for (var i = 0; i < 3; i++)
        {
            await doors.GiveAsync(readers[0], "say", new { text = $"Zin {i}" });
        }

        await owner.HearAsync("CaseChanged", e => e["seq"]!.GetValue<long>() == seen + 3);
        var heard = owner.Of("CaseChanged").Select(e => e["seq"]!.GetValue<long>()).Where(s => s > seen).ToList();

        await owner.StopAsync();
        await doors.GiveAsync(readers[0], "say", new { text = "Terwijl je weg was" });
        var back = await JoinedAsync("w2");
        var answer = await back.JoinAsync(doors.Case, seen + 3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(heard, Is.EqualTo(new[] { seen + 1, seen + 2, seen + 3 }));
            Assert.That(answer["seq"]!.GetValue<long>(), Is.EqualTo(seen + 4), "coming back is no second arrival");
            Assert.That(answer["missed"]!.AsArray().Select(m => m!["seq"]!.GetValue<long>()), Is.EqualTo(new[] { seen + 4 }));
            Assert.That(answer["view"]!["room"]!["messages"]!.AsArray(), Has.Count.EqualTo(4));
        }
    }

    [Test]
    public async Task Two_windows_of_one_person_are_one_presence()
    {
        var readers = await doors.ToTalkAsync();
        var owner = await JoinedAsync("w2");
        var tab = await JoinedAsync(readers[0]);
        var secondTab = await JoinedAsync(readers[0]);
        await owner.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 2);
        await secondTab.StopAsync();
        var still = await NextPresenceAsync(owner, 2);
        await tab.StopAsync();
        var gone = await owner.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 1 && Number(p) > Number(still));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(owner.Of("PresenceChanged").Select(p => p["present"]!.AsArray().Count), Has.All.LessThanOrEqualTo(2));
            Assert.That(gone["present"]![0]!["id"]!.GetValue<Guid>(), Is.EqualTo(Doors.IdOf("w2")));
        }
    }

    [Test]
    public async Task Who_looks_elsewhere_is_away_until_they_look_again()
    {
        var readers = await doors.ToRoomAsync();
        var owner = await JoinedAsync("w2");
        var reader = await JoinedAsync(readers[0]);
        await owner.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 2);
        await reader.CallAsync("Look", doors.Case, false);
        var away = await owner.HearAsync("PresenceChanged", p => p["away"]!.AsArray().Count == 1);
        var joined = await (await doors.ListenAsync("w12")).JoinAsync(doors.Case);
        await reader.CallAsync("Look", doors.Case, true);
        await owner.HearAsync("PresenceChanged", p => p["away"]!.AsArray().Count == 0 && Number(p) > Number(away));
        var outsider = await doors.ListenAsync(Outsider(readers));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(away["away"]![0]!["id"]!.GetValue<Guid>(), Is.EqualTo(Doors.IdOf(readers[0])));
            Assert.That(joined["away"]![0]!["id"]!.GetValue<Guid>(), Is.EqualTo(Doors.IdOf(readers[0])));
            Assert.That((await outsider.CallAsync("Look", doors.Case, true))["refusal"]!["code"]!.GetValue<string>(), Is.EqualTo("not-joined"));
        }
    }

    [Test]
    public async Task The_last_number_is_said_again_for_whom_it_got_lost()
    {
        await doors.ToRoomAsync();
        var owner = await JoinedAsync("w2");
        var said = await doors.GiveAsync("w12", "say", new { text = "Hallo" });
        var seq = said["seq"]!.GetValue<long>();
        await owner.HearAsync("CaseChanged", e => e["seq"]!.GetValue<long>() == seq);
        await owner.HearAsync("CaseAt", e => e["seq"]!.GetValue<long>() == seq);
    }

    [Test]
    public async Task What_is_done_over_one_process_is_heard_over_another_on_the_same_database()
    {
        await doors.ToTalkAsync();
        var owner = await JoinedAsync("w2");
        await using var second = WebHost.Start(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Data"] = host.DataFolder });
        await using var elsewhere = new Doors(second);
        for (var i = 0; i < 5; i++)
        {
            await elsewhere.DoAsync("w12", doors.Path("say"), new { text = $"Van de andere kant {i}" });
        }

        await owner.HearAsync("MessageSaid", m => m["message"]!["text"]!.GetValue<string>().EndsWith('4'));
        var told = owner.Of("CaseChanged").Select(e => e["seq"]!.GetValue<long>()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(owner.Of("MessageSaid"), Has.Count.EqualTo(5));
            Assert.That(told, Is.Ordered.And.Unique);
        }
    }

    [Test]
    public async Task Typing_is_told_to_the_others_in_the_room_only()
    {
        var readers = await doors.ToTalkAsync();
        var owner = await JoinedAsync("w2");
        var reader = await JoinedAsync(readers[0]);
        var auditor = await JoinedAsync("w10");
        await owner.CallAsync("Typing", doors.Case);
        var heard = await reader.HearAsync("SomebodyTypes");
        await owner.CallAsync("TypingEnded", doors.Case);
        await reader.HearAsync("SomebodyTypes", e => e["ended"]!.GetValue<bool>());
        await doors.GiveAsync("w2", "say", new { text = "Af." });
        await auditor.HearAsync("CaseChanged");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(heard["by"]!["id"]!.GetValue<Guid>(), Is.EqualTo(Doors.IdOf("w2")));
            Assert.That(owner.Of("SomebodyTypes"), Is.Empty);
            Assert.That(auditor.Heard.Select(h => h.Name), Has.None.AnyOf("SomebodyTypes", "PresenceChanged", "MessageSaid"));
        }
    }

    [Test]
    public async Task Who_is_replaced_hears_that_it_has_ended_and_nothing_after_it()
    {
        var readers = await doors.ToInterpretingAsync();
        var leaving = await JoinedAsync(readers[0]);
        await doors.GiveAsync("w12", "replace-reader", new { reader = Doors.IdOf(readers[0]), replacement = (Guid?)null, reason = "Ziek." });
        await leaving.HearAsync("AccessEnded");
        var until = leaving.Heard.Count;
        await doors.GiveAsync("w2", "add-to-signal", new { text = "Nog iets." });
        var owner = await JoinedAsync("w2");
        await doors.GiveAsync("w2", "add-to-signal", new { text = "En nog iets." });
        await owner.HearAsync("CaseChanged", Tells("signal.added"));
        var again = await leaving.CallAsync("Join", doors.Case, 0L);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(leaving.Heard.Count - until, Is.EqualTo(1), "its own answer only");
            Assert.That(again["refusal"]!["code"]!.GetValue<string>(), Is.EqualTo("case-not-found"));
        }
    }

    [Test]
    public async Task Who_has_left_hears_nothing_more()
    {
        var readers = await doors.ToTalkAsync();
        var owner = await JoinedAsync("w2");
        var reader = await JoinedAsync(readers[0]);
        await reader.CallAsync("Typing", doors.Case);
        await owner.HearAsync("SomebodyTypes");
        await reader.InvokeAsync("Leave", doors.Case);
        var until = reader.Heard.Count;
        await owner.CallAsync("Say", doors.Case, Say("Tot zo."));
        await owner.HearAsync("MessageSaid");

        Assert.That(reader.Heard, Has.Count.EqualTo(until));
    }

    [TestCase("nl", "Je hebt in deze ronde al gestemd")]
    [TestCase("en", "You voted in this round already")]
    public async Task A_refusal_speaks_the_language_of_the_connection(string language, string title)
    {
        await doors.ToVoteAsync();
        await doors.GiveAsync("w2", "cast-vote", Doors.Vote());
        await using var connection = await RoomListener.StartAsync(host, "w2", language);
        var answer = await connection.CallAsync("CastVote", doors.Case, Vote());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer["refusal"]!["title"]!.GetValue<string>(), Is.EqualTo(title));
            Assert.That(answer["refusal"]!["next"]!.GetValue<string>(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task Rubbish_fails_that_call_and_not_the_connection()
    {
        await doors.ToTalkAsync();
        var owner = await JoinedAsync("w2");
        Assert.ThrowsAsync<HubException>(() => owner.CallAsync("CastVote", doors.Case, new { commandId = "x", round = "een" }));
        Assert.ThrowsAsync<HubException>(() => owner.CallAsync("CastVote", "no-guid", Vote()));
        Assert.ThrowsAsync<HubException>(() => owner.CallAsync("Say", doors.Case, new { commandId = Doors.NewId(), text = "x", person = Doors.IdOf("w5") }));
        var incomplete = await owner.CallAsync("Say", doors.Case, new { commandId = Doors.NewId(), text = (string?)null });
        var fine = await owner.CallAsync("Say", doors.Case, Say("Nog hier."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(incomplete["refusal"]!["fields"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("required"));
            Assert.That(fine["refusal"], Is.Null);
        }
    }

    [Test]
    public async Task What_was_said_reaches_a_viewer_of_the_core_without_the_pseudonym()
    {
        var readers = await doors.ToTalkAsync();
        if (!readers.Contains("w9"))
        {
            await doors.DisposeAsync();
            doors = new Doors(host);
            var asked = await doors.ToInterpretingAsync();
            await doors.GiveAsync("w12", "replace-reader", new { reader = Doors.IdOf(asked[^1]), replacement = Doors.IdOf("w9"), reason = "Kent de code." });
            foreach (var reader in await doors.ReadersAsync())
            {
                if (reader == "w9" || asked.Contains(reader) && reader != asked[^1])
                {
                    await doors.GiveAsync(reader, "submit-interpretation", new { interpretation = Doors.Reading("niets") });
                }
            }

            await doors.GiveAsync("w2", "finish-comparing", new { openRoom = true });
        }

        var panel = await JoinedAsync("w9");
        var facilitator = await JoinedAsync("w12"); // who may always say how things go on
        await facilitator.CallAsync("Say", doors.Case, Say("Groep Merel doet dit vaker."));
        var full = await facilitator.HearAsync("MessageSaid");
        var core = await panel.HearAsync("MessageSaid");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(full["message"]!["text"]!.GetValue<string>(), Does.Contain("Groep Merel"));
            Assert.That(core["message"]!["text"]!.GetValue<string>(), Does.Contain("doet dit vaker").And.Not.Contain("Merel"));
        }
    }

    private async Task<RoomListener> JoinedAsync(string person)
    {
        var listener = await doors.ListenAsync(person);
        await listener.JoinAsync(doors.Case);
        return listener;
    }

    private static async Task<JsonNode> NextPresenceAsync(RoomListener listener, int count)
    {
        var last = listener.Of("PresenceChanged").Max(Number);
        return await listener.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == count && Number(p) >= last);
    }

    private static long Number(JsonNode presence) => presence["number"]!.GetValue<long>();

    private static Func<JsonNode, bool> Tells(string type) => e => e["types"]!.AsArray().Any(t => t!.GetValue<string>() == type);

    private static string Outsider(IReadOnlyList<string> readers) =>
        new[] { "w1", "w3", "w4", "w5", "w6", "w8" }.First(p => !readers.Contains(p));

    private static object Command() => new { commandId = Doors.NewId() };

    private static object Say(string text) => new { commandId = Doors.NewId(), text };

    private static object Vote() => new { commandId = Doors.NewId(), round = 1, option = "talk", concern = 5, confidence = 60, reason = "Vragen kan." };
}
