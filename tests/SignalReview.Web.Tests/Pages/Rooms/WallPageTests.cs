using System.Net;
using Microsoft.Playwright;
using SignalReview.People;
using SignalReview.Web.Components.Pages.Rooms;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>The screen for the wall in a browser, and joining from it by QR code as oneself.</summary>
internal sealed class WallPageTests
{
    private WebHost host;
    private CaseWalk talking;
    private CaseWalk weighing;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        talking = await CaseWalk.DiscussingAsync(host);
        weighing = await CaseWalk.WeighingAsync(host);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task For_who_does_not_lead_neither_the_wall_nor_its_news_is_there()
    {
        foreach (var person in new[] { CaseWalk.Owner, talking.Readers[0], CaseWalk.Coordinator, talking.Outsider })
        {
            using var client = await host.ClientAsync(person);
            Assert.That((await client.GetAsync($"{talking.Path}/room/wall")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), person);
            Assert.That((await client.GetAsync($"{talking.Path}/room/wall/news")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), person);
        }
    }

    [Test]
    public async Task Nothing_can_be_done_on_it_and_no_name_or_token_is_in_it([Values("talk", "result")] string what)
    {
        using var lead = await host.ClientAsync(CaseWalk.Facilitator);
        var token = lead.DefaultRequestHeaders.Authorization!.Parameter!;
        var html = await lead.GetStringAsync($"{(what == "talk" ? talking : weighing).Path}/room/wall");

        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Not.Contain("<form").And.Not.Contain("<input").And.Not.Contain("<button").And.Not.Contain("<textarea"));
            Assert.That(html, Does.Not.Contain("Merel").And.Not.Contain("mes-emoji").And.Not.Contain("Ik ken twee van hen").And.Not.Contain("merkteken"));
            Assert.That(html, Does.Not.Contain("token").And.Not.Contain(token));
            Assert.That(DemoPeople.All.Where(person => html.Contains(person.Name, StringComparison.Ordinal) || html.Contains(person.Id.ToString(), StringComparison.Ordinal)), Is.Empty);
        });
    }

    [Test]
    public async Task Its_code_is_the_plain_address_of_the_room_and_so_is_the_facilitators()
    {
        var address = new Uri(host.Address, $"{talking.Path}/room");
        var drawn = $"<path d=\"{QrDrawing.Of(address).Path}\"";
        using var lead = await host.ClientAsync(CaseWalk.Facilitator);

        foreach (var page in new[] { "room/wall", "room" })
        {
            var html = await lead.GetStringAsync($"{talking.Path}/{page}");
            Assert.That(html, Does.Contain(drawn).And.Contain(address.AbsoluteUri), page);
        }

        using var reader = await host.ClientAsync(talking.Readers[0]);
        Assert.That(await reader.GetStringAsync($"{talking.Path}/room"), Does.Not.Contain("sr-qr"));
    }

    [Test]
    public async Task Whoever_opens_it_signs_in_as_oneself_and_is_then_in_the_room()
    {
        var page = await Browser.OpenAsync(host, width: 390);
        await page.GotoAsync($"{talking.Path}/room");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/sign-in"));

        await page.Locator($"button[value='{talking.Readers[0]}']").ClickAsync();

        await page.ArrivesAsync($"**{talking.Path}/room");
        var me = DemoPeople.All.Single(person => person.Subject == talking.Readers[0]);
        await Assertions.Expect(page.Locator($"[data-person='{me.Id}']")).ToContainTextAsync("(jij)");
    }

    [Test]
    public async Task Who_is_no_member_finds_after_signing_in_what_anyone_finds_who_guesses_an_address()
    {
        var page = await Browser.OpenAsync(host, width: 390);
        await page.GotoAsync($"{talking.Path}/room");
        await page.Locator($"button[value='{talking.Outsider}']").ClickAsync();
        await page.ArrivesAsync($"**{talking.Path}/room");
        var found = await page.Locator("main").InnerTextAsync();

        await page.GotoAsync($"/cases/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}/room");

        Assert.That(await page.Locator("main").InnerTextAsync(), Is.EqualTo(found));
    }

    [Test]
    public async Task It_follows_the_room_by_itself_without_hearing_more_than_it_shows()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var wall = await Browser.OpenAsync(host, CaseWalk.Facilitator);
        var heard = new List<string>();
        wall.Response += (_, response) => heard.Add(new Uri(response.Url).AbsolutePath);
        await wall.GotoAsync($"{walk.Path}/room/wall");
        await Assertions.Expect(wall.Locator("[data-connection]")).ToHaveTextAsync("Verbonden");
        await Assertions.Expect(wall.Locator(".sr-wall__votes strong")).ToHaveTextAsync("0");

        await walk.VoteAsync(walk.Readers[0]);

        await Assertions.Expect(wall.Locator(".sr-wall__votes strong")).ToHaveTextAsync("1", new() { Timeout = 10_000 });
        Assert.That(heard.Where(path => path.StartsWith("/hubs", StringComparison.Ordinal)), Is.Empty, "the hub would tell the facilitator what is said");
        foreach (var reader in walk.Readers.Skip(1).Append(CaseWalk.Owner))
        {
            await walk.VoteAsync(reader);
        }

        await Assertions.Expect(wall.Locator(".sr-wall__bars")).ToContainTextAsync("In gesprek met de jongere", new() { Timeout = 10_000 });
    }

    [Test]
    public async Task Hands_stand_on_it_by_first_name_in_the_order_in_which_they_went_up()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        var wall = await Browser.OpenAsync(host, CaseWalk.Facilitator);
        await wall.GotoAsync($"{walk.Path}/room/wall");
        await Assertions.Expect(wall.Locator("[data-connection]")).ToHaveTextAsync("Verbonden");
        string[] raised = [walk.Readers[1], walk.Readers[0]];
        foreach (var person in raised)
        {
            await walk.JoinRoomAsync(person);
            await walk.RaiseHandAsync(person);
        }

        await Assertions.Expect(wall.Locator(".sr-wall__hands li")).ToHaveTextAsync(
            raised.Select(person => DemoPeople.All.Single(p => p.Subject == person).Name.Split(' ')[0]).ToArray());
    }

    [Test]
    public async Task It_can_be_read_at_every_width([Values("talk", "result")] string what, [Values(320, 390, 1280, 1920)] int width, [Values] bool dark)
    {
        var page = await Browser.OpenAsync(host, CaseWalk.Facilitator, width, dark);
        await page.GotoAsync($"{(what == "talk" ? talking : weighing).Path}/room/wall");

        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.SnapAsync($"wall-{what}-{width}{(dark ? "-dark" : "")}");
        if (width == 1920)
        {
            // Five metres away, on a picture two metres wide: nothing smaller than 2.5 cm from line to line.
            var smallest = await page.EvaluateAsync<double>(
                "() => Math.min(...[...document.querySelectorAll('.sr-wall p, .sr-wall h1, .sr-wall h2, .sr-wall li')].map((e) => parseFloat(getComputedStyle(e).fontSize)))");
            Assert.That(smallest, Is.GreaterThanOrEqualTo(24));
        }
    }

    [Test]
    public async Task Behind_a_proxy_the_address_is_the_public_one()
    {
        await using var proxied = WebHost.Start(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["PublicUrl"] = "https://signaal.example.org" });
        var walk = await CaseWalk.DiscussingAsync(proxied);
        using var lead = await proxied.ClientAsync(CaseWalk.Facilitator);

        var html = await lead.GetStringAsync($"{walk.Path}/room/wall");

        var address = new Uri($"https://signaal.example.org{walk.Path}/room");
        Assert.That(html, Does.Contain(address.AbsoluteUri).And.Contain(QrDrawing.Of(address).Path).And.Not.Contain(proxied.Address.Authority));
    }

    [TestCase("signaal.example.org")]
    [TestCase("ftp://signaal.example.org")]
    [TestCase("https://signaal.example.org/app")]
    [TestCase("https://signaal.example.org/?token=x")]
    [TestCase("https://w1@signaal.example.org")]
    public void An_address_that_cannot_be_opened_stops_the_start(string address) => Assert.That(
        () => WebHost.Start(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["PublicUrl"] = address }),
        Throws.InvalidOperationException.With.Message.Contains("PublicUrl"));
}
