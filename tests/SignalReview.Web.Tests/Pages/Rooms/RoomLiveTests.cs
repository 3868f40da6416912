using Microsoft.Playwright;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>The room in several tabs at once: what one does shows in the others by itself, and a lost line loses no words.</summary>
internal sealed class RoomLiveTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Three_people_see_each_other_talk_vote_and_the_votes_open()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var owner = await EnterAsync(walk, CaseWalk.Owner);
        var first = await EnterAsync(walk, walk.Readers[0], 390);
        var second = await EnterAsync(walk, walk.Readers[1]);
        await Expect(owner.Locator(".sr-member[data-here]")).ToHaveCountAsync(3);

        await first.Locator("[name=text]").FillAsync("Dit is een refrein.");
        await first.GetByRole(AriaRole.Button, new() { Name = "Zeg het" }).ClickAsync();
        await Expect(owner.GetByText("Dit is een refrein.")).ToBeVisibleAsync();
        await Expect(second.GetByText("Dit is een refrein.")).ToBeVisibleAsync();
        await Expect(first.Locator("[name=text]")).ToHaveValueAsync("");
        await Expect(owner.Locator("[data-announce]")).ToContainTextAsync("Nieuw in het gesprek");

        await second.Locator("[name=text]").FillAsync("Nog niet verstuurd");
        await first.GetByRole(AriaRole.Link, new() { Name = "Breng je stem uit" }).ClickAsync();
        await VoteAsync(first, "In gesprek met de jongere", "geheim-van-de-eerste");
        await Expect(owner.Locator("[data-live=head]")).ToContainTextAsync("1 van 4 stemmen binnen.");
        await Expect(owner.Locator("[data-live=people]")).ToContainTextAsync("heeft gestemd");
        Assert.That(await owner.ContentAsync(), Does.Not.Contain("geheim-van-de-eerste"));
        await Expect(second.Locator("[name=text]")).ToHaveValueAsync("Nog niet verstuurd");

        await VoteAsync(owner, "Geen zorg", "rede-van-de-eigenaar");
        await VoteAsync(second, "In gesprek met de jongere", "rede-van-de-tweede");
        var third = await EnterAsync(walk, walk.Readers[2]);
        await VoteAsync(third, "In gesprek met de jongere", "rede-van-de-derde", last: true);
        foreach (var tab in new[] { owner, first, second, third })
        {
            await Expect(tab.Locator("#votes")).ToContainTextAsync("geheim-van-de-eerste");
            await Expect(tab.Locator("#votes")).ToContainTextAsync("Meest gekozen: In gesprek met de jongere.");
        }

        await Expect(owner.Locator("[data-announce]")).ToHaveTextAsync("De stemmen van ronde 1 liggen open.");
        await Expect(third.Locator("#votes")).ToBeFocusedAsync();
    }

    [Test]
    public async Task Lost_line_is_told_keeps_what_was_typed_and_catches_up()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var owner = await EnterAsync(walk, CaseWalk.Owner);
        var reader = await EnterAsync(walk, walk.Readers[0]);
        await reader.Locator("[name=text]").FillAsync("Half gezegd");
        await reader.GetByLabel("Geen zorg", new() { Exact = true }).CheckAsync();

        await reader.Context.SetOfflineAsync(true);
        await Expect(reader.Locator("[data-connection]")).ToContainTextAsync("Even weg – je tekst is bewaard");
        await VoteAsync(owner, "Geen zorg", "Het rijmt gewoon.");
        await Expect(reader.Locator("[data-live=head]")).ToContainTextAsync("0 van 4 stemmen binnen.");

        await reader.Context.SetOfflineAsync(false);
        await Expect(reader.Locator("[data-connection]")).ToContainTextAsync("Verbonden", new() { Timeout = 30_000 });
        await Expect(reader.Locator("[data-live=head]")).ToContainTextAsync("1 van 4 stemmen binnen.");
        await Expect(reader.Locator("[name=text]")).ToHaveValueAsync("Half gezegd");
        await Expect(reader.GetByLabel("Geen zorg", new() { Exact = true })).ToBeCheckedAsync();

        await reader.ReloadAsync();
        await Expect(reader.Locator("[name=text]")).ToHaveValueAsync("Half gezegd");
        await Expect(reader.GetByLabel("Geen zorg", new() { Exact = true })).ToBeCheckedAsync();
    }

    [Test]
    public async Task What_is_said_while_the_line_is_away_is_said_once_when_it_is_back()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        var owner = await EnterAsync(walk, CaseWalk.Owner);
        var reader = await EnterAsync(walk, walk.Readers[0], 390);

        await reader.Context.SetOfflineAsync(true);
        await Expect(reader.Locator("[data-connection]")).ToContainTextAsync("Even weg – je tekst is bewaard");
        await reader.Locator("[name=text]").FillAsync("Hoorde je dat in de trein?");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Zeg het" }).ClickAsync();
        await Expect(reader.Locator(".sr-say [data-sending]")).ToHaveTextAsync("Wordt verstuurd zodra je weer verbonden bent.");
        await Expect(reader.Locator("[name=text]")).ToHaveValueAsync("Hoorde je dat in de trein?");

        await reader.Context.SetOfflineAsync(false);
        await Expect(owner.Locator(".sr-message")).ToContainTextAsync("Hoorde je dat in de trein?", new() { Timeout = 30_000 });
        await Expect(owner.Locator(".sr-message")).ToHaveCountAsync(1);
        await Expect(reader.Locator("[name=text]")).ToHaveValueAsync("");
    }

    [Test]
    public async Task What_is_kept_goes_when_it_is_sent_and_is_not_for_the_next_person()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        var reader = await EnterAsync(walk, walk.Readers[0]);
        await reader.Locator("[name=text]").FillAsync("Wie hoorde dit?");
        await reader.Locator("[name=text]").FocusAsync();
        await TabToAsync(reader, "Zeg het");
        await reader.Keyboard.PressAsync("Enter");
        await Expect(reader.Locator(".sr-message")).ToContainTextAsync("Wie hoorde dit?");
        await reader.Locator("[name=text]").FillAsync("Alleen voor mij");

        await reader.GetByRole(AriaRole.Button, new() { Name = "Log uit" }).ClickAsync();
        await reader.GotoAsync("/sign-in");
        await reader.Locator($"button[value='{walk.Readers[1]}']").ClickAsync();
        await reader.LeavesAsync("/sign-in");
        await reader.GotoAsync($"{walk.Path}/room");
        await Expect(reader.Locator("[data-connection]")).ToContainTextAsync("Verbonden");
        await Expect(reader.Locator("[name=text]")).ToHaveValueAsync("");
        Assert.That(await reader.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)"), Does.Not.Contain("Alleen voor mij"));
    }

    [Test]
    public async Task Refused_ballot_says_so_on_the_page_and_keeps_what_was_chosen()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var reader = await EnterAsync(walk, walk.Readers[0]);
        await reader.GetByLabel("Geen zorg", new() { Exact = true }).CheckAsync();
        await reader.GetByRole(AriaRole.Button, new() { Name = "Leg mijn stem vast" }).ClickAsync();

        await Expect(reader.Locator("#error-summary")).ToBeFocusedAsync();
        await Expect(reader.Locator("#error-summary")).ToContainTextAsync("Geef je zorg een getal van 0 tot en met 10.");
        await Expect(reader.GetByLabel("Geen zorg", new() { Exact = true })).ToBeCheckedAsync();
    }

    [Test]
    public async Task Ballot_is_cast_by_keyboard_alone()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var reader = await EnterAsync(walk, walk.Readers[0]);
        await reader.Locator("#castVote-option-0").FocusAsync();
        await reader.Keyboard.PressAsync("ArrowDown");
        await reader.Keyboard.PressAsync("ArrowDown");
        await reader.Keyboard.PressAsync("Tab");
        await reader.Keyboard.TypeAsync("4");
        await reader.Keyboard.PressAsync("Tab");
        await reader.Keyboard.TypeAsync("80");
        await reader.Keyboard.PressAsync("Tab");
        await reader.Keyboard.TypeAsync("Met het toetsenbord.");
        await reader.Keyboard.PressAsync("Tab");
        await reader.Keyboard.PressAsync("Enter");

        await Expect(reader.Locator("#ballot")).ToContainTextAsync("Je hebt gestemd");
        await Expect(reader.Locator("#ballot")).ToContainTextAsync("In gesprek met de jongere");
        await Expect(reader.Locator("#ballot")).ToBeFocusedAsync();
    }

    [Test]
    public async Task On_a_phone_the_ballot_slides_up_and_Escape_puts_it_away()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var reader = await EnterAsync(walk, walk.Readers[0], 390);
        await reader.GetByRole(AriaRole.Link, new() { Name = "Breng je stem uit" }).ClickAsync();
        await Expect(reader.Locator("#ballot")).ToHaveCSSAsync("position", "fixed");
        await Expect(reader.Locator("#ballot")).ToBeFocusedAsync();
        await reader.HasNoAxeViolationsAsync();
        await reader.SnapAsync("room-ballot-open-390");

        await reader.Keyboard.PressAsync("Escape");
        await Expect(reader.Locator("#ballot")).ToHaveCSSAsync("position", "static");
        await Expect(reader.Locator("#talk")).ToBeFocusedAsync();
    }

    [Test]
    public async Task Clock_counts_down_for_everyone()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        var reader = await EnterAsync(walk, walk.Readers[0]);
        var lead = await EnterAsync(walk, CaseWalk.Facilitator);
        await lead.GetByText("Zet een tijd").ClickAsync();
        await lead.GetByLabel("Hoeveel minuten?").FillAsync("10");
        await lead.GetByRole(AriaRole.Button, new() { Name = "Start de tijd" }).ClickAsync();

        var clock = reader.Locator("[data-clock]");
        await Expect(clock).ToContainTextAsync("nog 9:");
        var before = await clock.InnerTextAsync();
        await Expect(clock).Not.ToHaveTextAsync(before);
    }

    private async Task<IPage> EnterAsync(CaseWalk walk, string person, int width = 1280)
    {
        var page = await Browser.OpenAsync(host, person, width);
        await page.GotoAsync($"{walk.Path}/room");
        await Expect(page.Locator("[data-connection]")).ToContainTextAsync("Verbonden");
        return page;
    }

    /// <summary>By keyboard from where the focus is: how many fields lie between depends on what the phase lets one say.</summary>
    private static async Task TabToAsync(IPage page, string button)
    {
        for (var presses = 0; presses < 8; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()") == button)
            {
                return;
            }
        }

        Assert.Fail($"'{button}' is not reached by Tab.");
    }

    private static async Task VoteAsync(IPage page, string option, string reason, bool last = false)
    {
        await page.GetByLabel(option, new() { Exact = true }).CheckAsync();
        await page.Locator("[name=concern]").FillAsync("5");
        await page.Locator("[name=confidence]").FillAsync("60");
        await page.Locator("[name=reason]").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { Name = "Leg mijn stem vast" }).ClickAsync();
        if (!last)
        {
            await Expect(page.Locator("#ballot")).ToContainTextAsync("Je hebt gestemd");
        }
    }
}
