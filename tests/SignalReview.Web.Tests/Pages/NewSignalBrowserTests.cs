using Microsoft.Playwright;
using SignalReview.Cases;
using SignalReview.Web.Signals;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages;

/// <summary>A new signal in a real browser: how it looks, by keyboard, and what saves itself.</summary>
internal sealed class NewSignalBrowserTests
{
    private static readonly string[] Steps = ["danger", "online", "offline", "reading", "question", "check", "images", "discard", "stop"];

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Every_step_is_accessible_and_fits([Values(390, 1280)] int width, [Values("nl", "en")] string language)
    {
        var page = await Browser.OpenAsync(host, "w3", width);
        await page.GotoAsync($"/signals/new?culture={language}");
        await CheckAsync(page, $"signal-new-{width}-{language}");
        var draft = await BeginAsync(page);
        foreach (var step in Steps)
        {
            await page.GotoAsync($"{draft}/{step}");
            await OpenDetailsAsync(page);
            await CheckAsync(page, $"signal-{step}-empty-{width}-{language}");
        }

        await FillInAsync(page, draft);
        foreach (var step in Steps)
        {
            await page.GotoAsync($"{draft}/{step}");
            await CheckAsync(page, $"signal-{step}-{width}-{language}");
        }

        await page.GotoAsync($"{draft}/online");
        await page.Locator("input[name=intimateImageOfMinor]").CheckAsync();
        await page.Locator("input[value=unlawful]").CheckAsync();
        await CheckAsync(page, $"signal-online-explained-{width}-{language}");

        await page.GotoAsync("/");
        await CheckAsync(page, $"my-work-drafts-{width}-{language}");
        await page.GotoAsync("/signals/stopped");
        await CheckAsync(page, $"signal-stopped-{width}-{language}");
    }

    [Test]
    public async Task It_fits_a_window_of_320_pixels_and_the_dark()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 320, dark: true);
        var draft = await BeginAsync(page);
        await FillInAsync(page, draft);
        foreach (var step in Steps)
        {
            await page.GotoAsync($"{draft}/{step}");
            await OpenDetailsAsync(page);
            await CheckAsync(page, $"signal-{step}-320-dark");
        }
    }

    [Test]
    public async Task Numbers_to_call_leave_the_screen_to_the_form()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 390);
        await page.GotoAsync("/signals/new");
        await page.Locator("input[name=urgency][value=acute]").CheckAsync();
        await page.Locator("form .nl-button--primary").ClickAsync();
        await page.ArrivesAsync("**/online");

        var card = page.Locator(".sr-calls-brief");
        Assert.Multiple(async () =>
        {
            foreach (var number in new[] { "112", "113", "08002000" })
            {
                Assert.That(await card.Locator($"a[href='tel:{number}']").IsVisibleAsync(), number);
            }

            Assert.That((await card.BoundingBoxAsync())!.Height, Is.LessThan(844 / 6));
        });
    }

    [Test]
    public async Task A_number_that_nobody_chose_does_not_look_like_0([Values] bool script)
    {
        var page = await Browser.OpenAsync(host, "w3", width: 390, script: script);
        var draft = await BeginAsync(page);
        await page.GotoAsync($"{draft}/reading");
        var number = page.Locator("[name='reading.confidence']");
        var none = page.Locator("range-number .sr-range-none");
        await Assertions.Expect(none).ToBeVisibleAsync();
        await Assertions.Expect(number).ToHaveValueAsync("");

        if (script)
        {
            await page.Locator("range-number input[type=range]").ClickAsync(new() { Position = new() { X = 2, Y = 20 } }); // where it rests: a choice all the same
            await Assertions.Expect(number).ToHaveValueAsync("0");
        }
        else
        {
            await number.FillAsync("0");
        }

        await Assertions.Expect(none).ToBeHiddenAsync();
        await number.FillAsync("");
        await Assertions.Expect(none).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_short_signal_is_submitted_by_keyboard_alone()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 1280);
        await page.GotoAsync("/signals/new");
        await TabToAsync(page, "input[name=urgency][value=none]");
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, "form .nl-button--primary");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAsync("**/online");

        await TypeAsync(page, "online.factualDescription", "Zwart beeld met witte tekst.");
        await TypeAsync(page, "online.platform", "Snapchat");
        await TabToAsync(page, "input[name='online.visibility'][value=public]");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "input[name='online.accessRoute'][value=professionalAccount]");
        await page.Keyboard.PressAsync("Space");
        await ContinueAsync(page, "**/offline");
        await TypeAsync(page, "offline.unknowns", "of er iemand bij haar is");
        await ContinueAsync(page, "**/reading");
        await TypeAsync(page, "reading.encodingHypothesis", "Een roep om contact");
        await TypeAsync(page, "reading.ownDecoding", "Een afscheid");
        await TypeAsync(page, "reading.alternativeReading", "Een songtekst");
        await ContinueAsync(page, "**/question");
        await TypeAsync(page, "consultationQuestion", "Bel ik nu of morgen?");
        await TypeAsync(page, "title", "Zwarte story");
        await ContinueAsync(page, "**/check");
        await TabToAsync(page, "button[name=go][value=submit]");
        await page.Keyboard.PressAsync("Enter");

        await page.ArrivesAsync("**/cases/*");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeFocusedAsync();
        await CheckAsync(page, "signal-submitted-1280");
    }

    [Test]
    public async Task It_saves_by_itself_and_warns_of_a_name_that_one_press_takes_out()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 390);
        var draft = await BeginAsync(page);
        await page.GotoAsync($"{draft}/online");
        await page.GetByLabel("Wat zag je?").FillAsync("Story van Kevin de Vries, zwart beeld.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Bewaard");

        var warning = page.Locator("[data-found='online.factualDescription']");
        await Assertions.Expect(warning).ToContainTextAsync("“Kevin de Vries” lijkt op een naam.");
        await CheckAsync(page, "signal-online-warning-390");
        var bird = BirdNames.For(new CaseId(Guid.Parse(draft[(draft.LastIndexOf('/') + 1)..])))[0];
        await warning.GetByRole(AriaRole.Button, new() { Name = $"Vervang door “{bird}”" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToHaveValueAsync($"Story van {bird}, zwart beeld.");
        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToBeFocusedAsync();

        // Saved without a button: another tab shows it.
        await Assertions.Expect(warning).ToHaveCountAsync(0);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync($"{draft}/online");
        await Assertions.Expect(other.GetByLabel("Wat zag je?")).ToHaveValueAsync($"Story van {bird}, zwart beeld.");
    }

    [Test]
    public async Task Without_a_connection_the_text_stays_on_the_device_and_comes_back()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 390);
        var draft = await BeginAsync(page);
        await page.GotoAsync($"{draft}/online");
        await page.Context.SetOfflineAsync(true);
        await page.GetByLabel("Wat zag je?").FillAsync("Geschreven in de tunnel.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Geen verbinding.");
        await CheckAsync(page, "signal-online-offline-390");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ga verder" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToHaveValueAsync("Geschreven in de tunnel.");

        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToHaveValueAsync("Geschreven in de tunnel.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Bewaard");
        Assert.That(await page.EvaluateAsync<int>("() => sessionStorage.length"), Is.Zero);
    }

    [Test]
    public async Task A_page_drawn_before_a_save_and_shown_after_it_shows_what_was_saved()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 390);
        var draft = await BeginAsync(page);
        await page.GotoAsync($"{draft}/online");
        var saved = page.WaitForResponseAsync("**/autosave");
        await page.RouteAsync($"{draft}/online", async route =>
        {
            var drawn = await route.FetchAsync();
            await saved;
            await route.FulfillAsync(new() { Response = drawn });
        });
        await page.GetByLabel("Wat zag je?").FillAsync("Net voor het verversen.");
        await page.ReloadAsync();

        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToHaveValueAsync("Net voor het verversen.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Bewaard");
        Assert.That(await page.EvaluateAsync<int>("() => sessionStorage.length"), Is.Zero);
    }

    [Test]
    public async Task A_save_whose_answer_was_lost_is_not_taken_for_another_device()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 390);
        var draft = await BeginAsync(page);
        await page.GotoAsync($"{draft}/online");
        var lost = 0;
        await page.RouteAsync("**/autosave", async route =>
        {
            if (lost++ == 0)
            {
                await route.FetchAsync(); // it arrives and is saved ...
                await route.AbortAsync(); // ... and the answer never comes back
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await page.GetByLabel("Wat zag je?").FillAsync("Eerste zin.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Geen verbinding.");
        await page.GetByLabel("Wat zag je?").FillAsync("Eerste zin. Tweede zin.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ga verder" }).ClickAsync();

        await page.ArrivesAsync("**/offline");
        await page.GotoAsync($"{draft}/online");
        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToHaveValueAsync("Eerste zin. Tweede zin.");
    }

    [Test]
    public async Task Another_tab_that_changed_the_step_is_said_at_once_and_both_versions_are_shown()
    {
        var page = await Browser.OpenAsync(host, "w3", width: 390);
        var draft = await BeginAsync(page);
        await page.GotoAsync($"{draft}/online");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync($"{draft}/online");
        await other.GetByLabel("Wat zag je?").FillAsync("Uit het andere tabblad.");
        await Assertions.Expect(other.Locator("[data-status]")).ToContainTextAsync("Bewaard");

        await page.GetByLabel("Wat zag je?").FillAsync("Uit dit tabblad.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("ook ergens anders gewijzigd");

        // Until the choice is made nothing is lost: not by reloading, and not while there is no connection.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToHaveValueAsync("Uit dit tabblad.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("ook ergens anders gewijzigd");
        await page.Context.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ga verder" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Geen verbinding.");
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("ook ergens anders gewijzigd");

        await page.GetByRole(AriaRole.Button, new() { Name = "Ga verder" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Uit het andere tabblad.");
        await Assertions.Expect(page.GetByLabel("Wat zag je?")).ToHaveValueAsync("Uit dit tabblad.");
        await CheckAsync(page, "signal-online-conflict-390");
        Assert.That(await page.EvaluateAsync<int>("() => sessionStorage.length"), Is.Zero);
    }

    private static async Task<string> BeginAsync(IPage page)
    {
        await page.GotoAsync("/signals/new");
        await page.Locator("input[name=urgency][value=today]").CheckAsync();
        await page.Locator("form .nl-button--primary").ClickAsync();
        await page.ArrivesAsync("**/online");
        return page.Url[..page.Url.LastIndexOf('/')];
    }

    private static async Task FillInAsync(IPage page, string draft)
    {
        await page.GotoAsync($"{draft}/online");
        await page.Locator("[name='online.factualDescription']").FillAsync("Zwart beeld met witte tekst en een zwart hart. Twintig minuten later een foto van een opgeruimde kamer. Kevin de Vries reageerde.");
        await page.Locator("[name='online.literalText']").FillAsync("klaar met alles. bedankt iedereen 🖤 app me 06-12345678");
        await page.Locator("[name='online.platform']").FillAsync("Snapchat");
        await page.Locator("input[name='online.visibility'][value=followers]").CheckAsync();
        await page.Locator("input[name='online.accessRoute'][value=professionalAccount]").CheckAsync();
        await GoOnAsync(page, "**/offline");
        await page.Locator("[name='offline.relationship']").FillAsync("Ruim een jaar contact, komt naar de meidengroep");
        await page.Locator("[name='offline.unknowns']").FillAsync("of iemand nu bij haar is");
        await GoOnAsync(page, "**/reading");
        await page.Locator("[name='reading.encodingHypothesis']").FillAsync("Afscheid van de vriendengroep óf een roep om contact");
        await page.Locator("[name='reading.ownDecoding']").FillAsync("Mogelijk afscheid; de opgeruimde kamer maakt me ongerust");
        await GoOnAsync(page, "**/question");
        await page.Locator("[name=consultationQuestion]").FillAsync("Bel ik nu of wacht ik tot morgen?");
        await page.Locator("[name=title]").FillAsync("Zwarte story op vrijdagavond");
        await GoOnAsync(page, "**/check");
    }

    private static async Task GoOnAsync(IPage page, string to)
    {
        await page.Locator("button[name=go][value=next]").ClickAsync();
        await page.ArrivesAsync(to);
    }

    private static async Task CheckAsync(IPage page, string name)
    {
        await page.SnapAsync(name);
        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
    }

    private static async Task OpenDetailsAsync(IPage page)
        => await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await page.EvaluateAsync<bool>("(selector) => document.activeElement?.matches(selector) === true", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab never came to {selector} on {page.Url}.");
    }

    private static async Task TypeAsync(IPage page, string name, string text)
    {
        await TabToAsync(page, $"[name='{name}']");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task ContinueAsync(IPage page, string to)
    {
        await TabToAsync(page, "button[name=go][value=next]");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAsync(to);
    }
}
