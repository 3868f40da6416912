using System.Net;
using SignalReview.Rooms;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>The room by plain forms and reloading: the whole way, without a line of script.</summary>
internal sealed class RoomPlainTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Two_rounds_are_talked_through_voted_and_finished()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        var room = $"{walk.Path}/room";
        string[] voters = [.. walk.Readers, CaseWalk.Owner];
        using var facilitator = await PlainBrowser.SignInAsync(host, CaseWalk.Facilitator);
        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);

        var page = await owner.OpenAsync(room);
        page = await owner.SendAsync(page, "joinRoom");
        Assert.That(page.Text, Does.Contain("was er al"));
        var lead = await facilitator.OpenAsync(room);
        lead = await facilitator.SendAsync(lead, "say", new() { ["text"] = "Eerst vragen.\nWie begint?" });
        Assert.That(lead.Text, Does.Contain("Eerst vragen.").And.Contain("Wie begint?"));
        page = await owner.OpenAsync(room);
        Assert.That(page.Text, Does.Contain("Eerst vragen."));
        lead = await facilitator.SendAsync(lead, "setRoomClock", new() { ["minutes"] = "10" });
        Assert.That(lead.Text, Does.Contain("De tijd loopt tot"));
        lead = await facilitator.SendAsync(lead, "clearRoomClock");
        Assert.That(lead.Text, Does.Not.Contain("De tijd loopt tot"));
        lead = await facilitator.SendAsync(lead, "openVote");
        Assert.That(lead.Text, Does.Contain("0 van 4 stemmen binnen."));
        lead = await facilitator.SendAsync(lead, "chooseOptions", new() { ["options"] = "talk" });
        Assert.That((lead.Status, lead.Text.Contains("Bied ten minste twee keuzes aan.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));

        await VoteAsync(room, voters, 1);
        page = await owner.OpenAsync(room);
        Assert.Multiple(() =>
        {
            Assert.That(page.Text, Does.Contain("De stemmen liggen open"));
            Assert.That(voters.Select(voter => CaseWalk.Marker(voter)).Where(marker => !page.Text.Contains(marker, StringComparison.Ordinal)), Is.Empty);
        });

        lead = await facilitator.OpenAsync(room);
        lead = await facilitator.SendAsync(lead, "secondRound");
        lead = await facilitator.SendAsync(lead, "openVote");
        page = await owner.OpenAsync(room);
        Assert.That(page.Text, Does.Contain("Je stem in de ronde hiervoor").And.Contain("Wat veranderde je blik?"));
        page = await owner.SendAsync(page, "castVote", Ballot(CaseWalk.Owner));
        Assert.That((page.Status, page.Html.Contains("castVote-changedMyMind-error", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), "what changed is asked, also when nothing did");
        await VoteAsync(room, voters, 2);

        lead = await facilitator.OpenAsync(room);
        Assert.That(lead.Text, Does.Contain("Ronde 1").And.Contain("Ronde 2").And.Contain("Niets, ik bleef erbij."));
        Assert.That(lead.Html, Does.Not.Contain("value=\"secondRound\""), "no round follows the second");
        lead = await facilitator.SendAsync(lead, "harvest");
        Assert.That(lead.Text, Does.Contain("De kamer is klaar").And.Contain("De kamer is dicht."));
        page = await owner.OpenAsync(room);
        Assert.That(page.Html, Does.Contain($"href=\"{walk.Path}/decide\""));
    }

    [Test]
    public async Task Facilitator_finishes_the_room_after_one_round()
    {
        var walk = await CaseWalk.WeighingAsync(host);
        using var facilitator = await PlainBrowser.SignInAsync(host, CaseWalk.Facilitator);
        var lead = await facilitator.SendAsync(await facilitator.OpenAsync($"{walk.Path}/room"), "harvest");

        Assert.That(lead.Text, Does.Contain("De kamer is klaar").And.Contain("De kamer is dicht."));
    }

    [Test]
    public async Task Ballot_with_a_gap_comes_back_with_what_was_typed()
    {
        var walk = await CaseWalk.VotingAsync(host);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        var page = await reader.OpenAsync($"{walk.Path}/room");
        page = await reader.SendAsync(page, "castVote", new() { ["option"] = "talk", ["concern"] = "11", ["reason"] = "Vraag het hem zelf." });

        Assert.Multiple(() =>
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(page.Text, Does.Contain("Zorg is een heel getal van 0 tot en met 10.").And.Contain("Geef aan hoe zeker je bent"));
            Assert.That(page.Fields("castVote"), Does.Contain(KeyValuePair.Create("option", "talk")).And.Contain(KeyValuePair.Create("reason", "Vraag het hem zelf.")));
        });
    }

    [Test]
    public async Task Empty_ballot_is_no_abstention()
    {
        var walk = await CaseWalk.VotingAsync(host);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        var page = await reader.OpenAsync($"{walk.Path}/room");
        page = await reader.SendAsync(page, "castVote", new() { ["reason"] = "Ik weet het niet." });
        Assert.That(page.Text, Does.Contain("Kies wat je aanraadt, of onthoud je van stemming."));

        page = await reader.SendAsync(page, "castVote", new() { ["option"] = "abstain", ["reason"] = "Ik ken de jongere te goed." });
        Assert.That(page.Text, Does.Contain("Je hebt gestemd").And.Contain("Onthouden"));
        Assert.That((await walk.FileAsync()).BallotsOf(1).Single().Choice, Is.Null);
    }

    [Test]
    public async Task Ballot_that_comes_after_the_reveal_is_refused_and_shown_again()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var room = $"{walk.Path}/room";
        string[] inTime = [.. walk.Readers.Skip(1), CaseWalk.Owner];
        using var late = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        var page = await late.OpenAsync(room);
        await VoteAsync(room, inTime, 1);
        using var facilitator = await PlainBrowser.SignInAsync(host, CaseWalk.Facilitator);
        var lead = await facilitator.SendAsync(await facilitator.OpenAsync(room), "revealVotes", new() { ["reason"] = "" });
        Assert.That(lead.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "early needs its reason");
        lead = await facilitator.SendAsync(lead, "revealVotes", new() { ["reason"] = "Een collega is ziek." });
        Assert.That(lead.Text, Does.Contain("de gespreksleider deed dat eerder"));

        page = await late.SendAsync(page, "castVote", Ballot("te-laat"));
        Assert.Multiple(() =>
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(page.Text, Does.Contain(CaseWalk.Marker("te-laat")), "what was typed is not lost");
        });
    }

    [Test]
    public async Task Nothing_of_another_vote_is_on_the_page_before_the_reveal()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var room = $"{walk.Path}/room";
        await VoteAsync(room, [walk.Readers[0]], 1);
        foreach (var other in new[] { CaseWalk.Owner, CaseWalk.Facilitator, walk.Readers[1] })
        {
            using var browser = await PlainBrowser.SignInAsync(host, other);
            var page = await browser.OpenAsync(room);
            Assert.Multiple(() =>
            {
                Assert.That(page.Text, Does.Contain("1 van 4 stemmen binnen.").And.Contain("heeft gestemd"));
                Assert.That(page.Html, Does.Not.Contain(CaseWalk.Marker(walk.Readers[0])), other);
            });
        }
    }

    [Test]
    public async Task Who_has_nothing_to_do_with_the_case_finds_no_room()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        using var outsider = await PlainBrowser.SignInAsync(host, walk.Outsider);
        using var officer = await PlainBrowser.SignInAsync(host, CaseWalk.PrivacyOfficer);
        var without = await officer.OpenAsync($"{walk.Path}/room");

        Assert.That((await outsider.OpenAsync($"{walk.Path}/room")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(without.Html, Does.Not.Contain("<room-live"), "who watches over the case is not in the room");
    }

    [Test]
    public async Task Room_that_is_not_open_says_why_and_what_now()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);

        Assert.That((await reader.OpenAsync($"{walk.Path}/room")).Text, Does.Contain("De kamer is nog niet open").And.Contain("Je hoeft niets te doen."));
    }

    private static Dictionary<string, string> Ballot(string voter, string option = "talk") => new()
    {
        ["option"] = option,
        ["concern"] = "5",
        ["confidence"] = "60",
        ["reason"] = $"Omdat, {CaseWalk.Marker(voter)}.",
    };

    private async Task VoteAsync(string room, string[] voters, int round)
    {
        foreach (var voter in voters)
        {
            using var browser = await PlainBrowser.SignInAsync(host, voter);
            var ballot = Ballot(voter, voter == voters[0] ? "support" : "talk");
            if (round > 1)
            {
                ballot["changedMyMind"] = "Niets, ik bleef erbij.";
            }

            var page = await browser.SendAsync(await browser.OpenAsync(room), "castVote", ballot);
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Text);
        }
    }
}
