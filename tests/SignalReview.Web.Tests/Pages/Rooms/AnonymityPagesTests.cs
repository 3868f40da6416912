using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>What the pages say before one writes, and that they keep to it: for everybody in the case, behind every door.</summary>
internal sealed partial class AnonymityPagesTests
{
    private static readonly string[] Doors = ["", "/read", "/compare", "/room", "/decide", "/dissent", "/approve", "/follow-up"];

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [TestCase(Anonymity.Named, "met jouw naam", "met jouw naam")]
    [TestCase(Anonymity.Pseudonymous, "onder een letter, zonder je naam", "onder een letter, zonder je naam")]
    [TestCase(Anonymity.Detached, "onder een letter, zonder je naam", "Niemand kan later nagaan wat jij stemde")]
    public async Task Before_one_writes_the_page_says_who_will_see_what(Anonymity mode, string reading, string vote)
    {
        var interpreting = await CaseWalk.InterpretingAsync(host, mode);
        var voting = await CaseWalk.VotingAsync(host, mode);
        using var reader = await PlainBrowser.SignInAsync(host, interpreting.Readers[0]);
        using var voter = await PlainBrowser.SignInAsync(host, voting.Readers[0]);

        var read = await reader.OpenAsync($"{interpreting.Path}/read");
        var room = await voter.OpenAsync($"{voting.Path}/room");

        foreach (var (page, words) in new[] { (read, reading), (room, vote) })
        {
            Assert.That(page.Text, Does.Contain(words));
            foreach (var who in new[] { "Collega's in deze zaak", "Gespreksleider", "Coördinator", "Auditor", "Beheerder van de server" })
            {
                Assert.That(page.Text, Does.Contain(who));
            }
        }

        // Of oneself it is said; of others only where votes have names.
        Assert.That(Regex.Count(room.Text, "nog niet gestemd"), mode == Anonymity.Named ? Is.GreaterThan(1) : Is.LessThanOrEqualTo(1));
        Assert.That(room.Text.Contains("minder dan vijf mensen", StringComparison.Ordinal), Is.EqualTo(mode != Anonymity.Named), "four vote here");
    }

    [TestCase(Anonymity.Pseudonymous)]
    [TestCase(Anonymity.Detached)]
    public async Task No_page_puts_a_name_beside_what_somebody_wrote(Anonymity mode)
    {
        var walk = await CaseWalk.ApprovingAsync(host, mode);
        var names = (await host.Services.GetRequiredService<PeopleDirectory>().GetAsync(CancellationToken.None)).All.ToDictionary(p => p.Subject, p => p.Name);
        var ids = await Task.WhenAll(walk.Readers.Append(CaseWalk.Owner).Select(walk.IdOfAsync));
        var found = new List<string>();
        var seen = 0;
        foreach (var person in walk.Readers.Concat([CaseWalk.Owner, CaseWalk.Facilitator, walk.Approver]).Distinct())
        {
            using var browser = await PlainBrowser.SignInAsync(host, person);
            foreach (var door in Doors)
            {
                var page = await browser.OpenAsync(walk.Path + door);
                foreach (Match around in Around().Matches(page.Html))
                {
                    seen++;
                    var writer = around.Groups["writer"].Value;
                    found.AddRange(names.Where(n => Array.Exists([.. walk.Readers, CaseWalk.Owner], w => w == n.Key) && around.Value.Contains(n.Value, StringComparison.Ordinal))
                        .Select(n => $"{person} finds {n.Value} beside the words of {writer} on {door}"));
                    found.AddRange(ids.Where(id => around.Value.Contains(id.ToString(), StringComparison.Ordinal)).Select(id => $"{person} finds {id} beside {writer} on {door}"));
                }
            }
        }

        Assert.That(seen, Is.GreaterThan(20), "the words themselves are shown");
        Assert.That(found, Is.Empty);
    }

    [TestCase(Anonymity.Pseudonymous)]
    [TestCase(Anonymity.Detached)]
    public async Task The_api_gives_no_way_from_words_to_their_writer(Anonymity mode)
    {
        var walk = await CaseWalk.DecidingAsync(host, mode);
        var writers = await Task.WhenAll(walk.Readers.Append(CaseWalk.Owner).Select(walk.IdOfAsync));
        foreach (var person in walk.Readers.Concat([CaseWalk.Owner, CaseWalk.Facilitator]))
        {
            using var client = await host.ClientAsync(person);
            var view = System.Text.Json.Nodes.JsonNode.Parse(await client.GetStringAsync($"/api/v1{walk.Path}"))!;
            var written = view["readings"]!["revealed"]!.AsArray().Concat(view["room"]!["rounds"]![0]!["votes"]!.AsArray()).ToList();

            Assert.That(written, Has.Count.EqualTo((2 * walk.Readers.Count) + 1), person);
            Assert.That(written.Select(w => w!["by"]!["id"]!.GetValue<Guid>()).Intersect(writers), Is.Empty, person);
            Assert.That(written.Select(w => w!["by"]!["name"]!.GetValue<string>()), Has.All.Match("^(Lezer|Stemmer|Stem) "), person);
        }
    }

    [Test]
    public async Task Owner_makes_it_stricter_by_a_form_until_there_is_nothing_stricter()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);

        await owner.SendAsync((await owner.OpenAsync(walk.Path)).Form("tightenAnonymity").With("mode", "detached").With("reason", "Zo durft iedereen"));
        var after = await owner.OpenAsync(walk.Path);

        Assert.That(after.Text, Does.Contain("Losgekoppeld").And.Contain("Onder een letter"));
        Assert.That(after.Html, Does.Not.Contain("value=\"tightenAnonymity\""), "there is nothing stricter left");
        Assert.That((await walk.FileAsync()).VoteAnonymity, Is.EqualTo(Anonymity.Detached));
    }

    [Test]
    public async Task After_a_detached_vote_the_page_says_that_it_is_in_the_urn_and_later_shows_a_pile()
    {
        var weighing = await CaseWalk.WeighingAsync(host, Anonymity.Detached);
        using var reader = await PlainBrowser.SignInAsync(host, weighing.Readers[0]);
        var page = await reader.OpenAsync($"{weighing.Path}/room");

        Assert.That(page.Text, Does.Contain("Stemmen van ronde 1, gesorteerd op wat er staat").And.Contain(CaseWalk.Marker(weighing.Readers[0])));
    }

    /// <summary>What stands just before and after the words of somebody.</summary>
    [GeneratedRegex(@".{0,160}merkteken-(?<writer>w\d+)-x7.{0,60}", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Around();
}
