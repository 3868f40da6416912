using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SignalReview.Rooms;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>Each way to vote by its plain form, what it came to, and what changed between rounds.</summary>
internal sealed class RoomVotingTests
{
    private const string PullTitle = "Bewogen de stemmen naar één persoon toe?";

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Facilitator_chooses_a_proposal_and_an_objection_holds_it_up()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var room = $"{walk.Path}/room";
        using var facilitator = await PlainBrowser.SignInAsync(host, CaseWalk.Facilitator);
        var lead = await facilitator.SendAsync(await facilitator.OpenAsync(room), "chooseOptions", new() { ["method"] = "consent" });
        Assert.That((lead.Status, lead.Text.Contains("Kies over welk voorstel het gaat.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        lead = await facilitator.SendAsync(lead, "chooseOptions", new() { ["method"] = "consent", ["proposal"] = "talk" });
        Assert.That(lead.Status, Is.EqualTo(HttpStatusCode.OK), lead.Text);

        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        var page = await reader.OpenAsync(room);
        page = await reader.SendAsync(page, "castVote", Ballot());
        Assert.That(page.Text, Does.Contain("Kies waar je staat, of onthoud je."));
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("position", "object")));
        Assert.That(page.Text, Does.Contain("Zonder reden is het geen bezwaar."));
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("position", "object"), ("objection", "Zijn moeder weet nog niets.")));
        Assert.That(page.Text, Does.Contain("Je hebt gestemd").And.Contain("Bezwaar").And.Contain("Zijn moeder weet nog niets."));
        lead = await facilitator.OpenAsync(room);
        Assert.That(lead.Text, Does.Contain("Hoe jullie stemmen ligt vast").And.Not.Contain("Zijn moeder weet nog niets."));

        string[] others = [.. walk.Readers.Skip(1), CaseWalk.Owner];
        foreach (var voter in others)
        {
            using var browser = await PlainBrowser.SignInAsync(host, voter);
            page = await browser.SendAsync(await browser.OpenAsync(room), "castVote", With(Ballot(), ("position", "agree")));
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Text);
        }

        lead = await facilitator.OpenAsync(room);
        Assert.That(lead.Text, Does.Contain("Er is een bezwaar tegen het voorstel ‘In gesprek met de jongere’.").And.Contain("Zijn moeder weet nog niets."));
    }

    [Test]
    public async Task Scores_ask_for_every_option_and_an_abstention_for_none()
    {
        var walk = await CaseWalk.VotingByAsync(host, VoteMethod.Score);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        var page = await reader.OpenAsync($"{walk.Path}/room");
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("scores.talk", "8")));
        Assert.Multiple(() =>
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(page.Text, Does.Contain("Geen zorg: geef ook deze keuze een cijfer"));
            Assert.That(page.Html, Does.Contain("id=\"castVote-scores-support-error\""));
            Assert.That(page.Fields("castVote"), Does.Contain(KeyValuePair.Create("scores.talk", "8")), "what was chosen stays");
        });
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("scores.talk", "8"), ("abstain", "true")));
        Assert.That(page.Text, Does.Contain("Je onthoudt je en vulde toch iets in."));
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("scores.talk", "8"), ("scores.noConcern", "0"), ("scores.support", "6"), ("abstain", "")));
        Assert.That(page.Text, Does.Contain("Je hebt gestemd"));
        Assert.That((await walk.FileAsync()).BallotsOf(1).Single().Answer, Is.EqualTo("noConcern:0,talk:8,support:6"));

        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        page = await owner.SendAsync(await owner.OpenAsync($"{walk.Path}/room"), "castVote", new() { ["abstain"] = "true", ["reason"] = "Ik ken hem te goed." });
        Assert.That(page.Text, Does.Contain("Je hebt gestemd").And.Contain("Onthouden"));
    }

    [Test]
    public async Task Ranking_refuses_two_in_one_place_and_takes_a_part_of_the_options()
    {
        var walk = await CaseWalk.VotingByAsync(host, VoteMethod.Ranking);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        var page = await reader.OpenAsync($"{walk.Path}/room");
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("ranking.talk", "1"), ("ranking.support", "1")));
        Assert.That(page.Text, Does.Contain("twee keuzes staan op dezelfde plaats."));
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("ranking.talk", ""), ("ranking.support", "")));
        Assert.That(page.Text, Does.Contain("Zet ten minste één keuze op een plaats."));
        page = await reader.SendAsync(page, "castVote", With(Ballot(), ("ranking.talk", "3"), ("ranking.support", "1")));
        Assert.That(page.Text, Does.Contain("Je hebt gestemd"));
        Assert.That((await walk.FileAsync()).BallotsOf(1).Single().Answer, Is.EqualTo("support,talk"));
    }

    [Test]
    public async Task A_ballot_for_another_way_to_vote_says_what_to_do()
    {
        var walk = await CaseWalk.VotingAsync(host);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        var old = await reader.OpenAsync($"{walk.Path}/room");
        using var facilitator = await PlainBrowser.SignInAsync(host, CaseWalk.Facilitator);
        await facilitator.SendAsync(await facilitator.OpenAsync($"{walk.Path}/room"), "chooseOptions", new() { ["method"] = "consent", ["proposal"] = "support" });

        var page = await reader.SendAsync(old, "castVote", With(Ballot(), ("option", "talk")));

        Assert.That((page.Status, page.Text.Contains("In deze ronde wordt op een andere manier gestemd.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        Assert.That(page.Text, Does.Contain("Informatie, advies of steun bieden"), "the form that comes back is the new one");
    }

    [TestCase(VoteMethod.Consent, "Er is een bezwaar", "daar was bezwaar tegen")]
    [TestCase(VoteMethod.Score, "Gemiddeld het hoogste cijfer: ‘In gesprek met de jongere’ (6,8)", "gemiddeld 6,8 van 10")]
    [TestCase(VoteMethod.Ranking, "gaat bij de meesten voor elke andere keuze (Condorcet)", "op plaats 1 bij 3 van 4")]
    public async Task What_a_round_came_to_is_told_in_the_room_and_where_one_decides(VoteMethod method, string told, string decide)
    {
        var walk = await CaseWalk.VotedByAsync(host, method);
        using var facilitator = await PlainBrowser.SignInAsync(host, CaseWalk.Facilitator);
        var lead = await facilitator.OpenAsync($"{walk.Path}/room");
        Assert.That(lead.Text, Does.Contain(told).And.Contain("Een stemming is een advies."));
        await facilitator.SendAsync(lead, "harvest");
        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        Assert.That((await owner.OpenAsync($"{walk.Path}/decide")).Text, Does.Contain(told).And.Contain(decide));
    }

    [Test]
    public async Task Two_rounds_tell_who_moved_and_count_who_left()
    {
        var walk = await CaseWalk.TwoRoundsAsync(host);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[1]);
        var page = await reader.OpenAsync($"{walk.Path}/room");
        Assert.Multiple(() =>
        {
            Assert.That(page.Text, Does.Contain("Van ronde 1 naar ronde 2").And.Contain("In ronde 2 vindt 67% van wie antwoordde zich in wat voorop staat."));
            Assert.That(page.Text, Does.Contain("Eén collega antwoordde eerder en stemde niet meer mee. Tellen we dat laatste antwoord mee, dan is het 50%."));
            Assert.That(WebUtility.HtmlDecode(page.Html), Does.Contain("1 ging van ‘In gesprek met de jongere’ naar ‘Informatie, advies of steun bieden’"));
        });

        var csv = await reader.OpenAsync($"{walk.Path}/votes.csv");
        var lines = csv.Html.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(5));
        Assert.That(lines[0], Is.EqualTo("Wie,Ronde 1,Ronde 2,\"Zorg, Ronde 1\",\"Zorg, Ronde 2\""));
        Assert.That(lines.Skip(1), Has.One.Contains("Niet gestemd,4,"));

        using var outsider = await PlainBrowser.SignInAsync(host, walk.Outsider);
        Assert.That((await outsider.OpenAsync($"{walk.Path}/votes.csv")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Whether_votes_moved_to_one_person_is_told_at_no_door_but_the_facilitators()
    {
        var walk = await CaseWalk.TwoRoundsAsync(host);
        foreach (var person in walk.Readers.Append(CaseWalk.Owner).Append(CaseWalk.Coordinator).Append(CaseWalk.Facilitator))
        {
            var leads = person == CaseWalk.Facilitator;
            using var browser = await PlainBrowser.SignInAsync(host, person);
            var page = await browser.OpenAsync($"{walk.Path}/room");
            using var api = await host.ClientAsync(person);
            var view = await api.GetFromJsonAsync<JsonElement>($"api/v1/cases/{walk.Case}");
            await using var doors = new Doors(host);
            var joined = await (await doors.ListenAsync(person)).CallAsync("Join", walk.Case.Value, 0L);
            Assert.Multiple(() =>
            {
                Assert.That(page.Text.Contains(PullTitle, StringComparison.Ordinal), Is.EqualTo(leads), $"page of {person}");
                Assert.That(view.GetRawText().Contains("\"pulls\":{", StringComparison.Ordinal), Is.EqualTo(leads), $"API of {person}");
                Assert.That(joined.ToJsonString().Contains("\"pulls\":{", StringComparison.Ordinal), Is.EqualTo(leads), $"hub of {person}");
            });
        }

        using var facilitator = await PlainBrowser.SignInAsync(host, CaseWalk.Facilitator);
        var lead = await facilitator.OpenAsync($"{walk.Path}/room");
        Assert.That(lead.Text, Does.Contain("Van 2 anderen kwam de zorg bij 1 dichter bij die van deze persoon in de vorige ronde, bij 0 verder weg, en bij 1 bleef het gelijk."));
        Assert.That(lead.Text, Does.Contain("1 namen dezelfde keuze over").And.Contain("Dit zijn aantallen, geen oordeel."));
    }

    private static Dictionary<string, string> Ballot() => new() { ["concern"] = "5", ["confidence"] = "60", ["reason"] = "Omdat het speelt." };

    private static Dictionary<string, string> With(Dictionary<string, string> ballot, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            ballot[name] = value;
        }

        return ballot;
    }
}
