using Microsoft.Playwright;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>What a script adds to the pages of a case, and that hands on a keyboard are enough.</summary>
internal sealed class CaseBrowserTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Reading_is_saved_as_one_types()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        var page = await Browser.OpenAsync(host, walk.Readers[0]);
        await page.GotoAsync($"{walk.Path}/read");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bewaar concept" })).ToBeHiddenAsync();

        await page.GetByLabel("Wat lees jij erin?").PressSequentiallyAsync("Muziek met een rand.");
        await Assertions.Expect(page.Locator("draft-status")).ToContainTextAsync("bewaard vandaag");
        await page.GetByLabel("Van waaruit lees je?").FillAsync("Ken de scene.");
        await page.GetByLabel("Ironie").CheckAsync();
        await page.WaitForResponseAsync(response => response.Url.EndsWith("/drafts/interpretation", StringComparison.Ordinal) && response.Ok);
        await page.SnapAsync("read-saved");

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Wat lees jij erin?")).ToHaveValueAsync("Muziek met een rand.");
        await Assertions.Expect(page.GetByLabel("Van waaruit lees je?")).ToHaveValueAsync("Ken de scene.");
        await Assertions.Expect(page.GetByLabel("Ironie")).ToBeCheckedAsync();
    }

    [Test]
    public async Task Second_device_is_told_and_overwrites_nothing_by_itself()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        var phone = await Browser.OpenAsync(host, walk.Readers[0], width: 390);
        var desk = await Browser.OpenAsync(host, walk.Readers[0]);
        await phone.GotoAsync($"{walk.Path}/read");
        await desk.GotoAsync($"{walk.Path}/read");

        await phone.GetByLabel("Wat lees jij erin?").PressSequentiallyAsync("Van de telefoon.");
        await Assertions.Expect(phone.Locator("draft-status")).ToContainTextAsync("bewaard");
        await desk.GetByLabel("Wat lees jij erin?").PressSequentiallyAsync("Van het bureau.");

        await Assertions.Expect(desk.Locator("draft-status")).ToContainTextAsync("Op een ander apparaat");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Bewaar concept" }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Alert)).ToContainTextAsync("Je hebt op een ander apparaat verder geschreven");
        await Assertions.Expect(desk.GetByLabel("Wat lees jij erin?")).ToHaveValueAsync("Van het bureau.");
    }

    [Test]
    public async Task Departing_from_the_vote_opens_the_reason()
    {
        var walk = await CaseWalk.DecidingAsync(host);
        var page = await Browser.OpenAsync(host, CaseWalk.Owner);
        await page.GotoAsync($"{walk.Path}/decide");
        var reason = page.GetByLabel("Waarom wijk je af van de stemming?");
        await Assertions.Expect(reason).ToBeHiddenAsync();

        await page.GetByLabel("Informatie, advies of steun bieden").CheckAsync();
        await Assertions.Expect(reason).ToBeVisibleAsync();
        await page.GetByLabel("In gesprek met de jongere").CheckAsync();
        await Assertions.Expect(reason).ToBeHiddenAsync();
    }

    [Test]
    public async Task Reason_for_departing_is_there_without_a_script()
    {
        var walk = await CaseWalk.DecidingAsync(host);
        var page = await Browser.OpenAsync(host, CaseWalk.Owner, script: false);
        await page.GotoAsync($"{walk.Path}/decide");

        await Assertions.Expect(page.GetByLabel("Waarom wijk je af van de stemming?")).ToBeVisibleAsync();
        await page.SnapAsync("decide-plain");
    }

    [Test]
    public async Task Refused_decision_puts_the_focus_on_what_is_wrong_and_leads_to_it()
    {
        var walk = await CaseWalk.DecidingAsync(host);
        var page = await Browser.OpenAsync(host, CaseWalk.Owner);
        await page.GotoAsync($"{walk.Path}/decide");
        await page.GetByLabel("Waarom besluit je dit?").FillAsync("We kennen de jongens.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voeg vooraf en achteraf toe" }).ClickAsync();
        await page.Locator("[name='decision.followUps[0].action']").FillAsync("Bel vooraf.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leg het besluit voor" }).ClickAsync();

        var alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Waarom besluit je dit?")).ToHaveValueAsync("We kennen de jongens.");
        await page.HasNoAxeViolationsAsync();
        await page.SnapAsync("decide-refused");
        await alert.GetByRole(AriaRole.Link, new() { Name = "Feiten: dit ontbreekt nog." }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Op welke feiten steun je?")).ToBeInViewportAsync();
    }

    [Test]
    public async Task Invitation_question_and_reading_are_done_by_keyboard_alone()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        var page = await Browser.OpenAsync(host, walk.Readers[0]);
        await page.GotoAsync(walk.Path);

        await PressAsync(page, "Ja, ik lees mee", "Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToBeFocusedAsync();
        await TabToAsync(page, "textarea[name=question]");
        await page.Keyboard.TypeAsync("Wie maakte de clip?");
        await PressAsync(page, "Stel je vraag", "Enter");
        await Assertions.Expect(page.GetByText("Wie maakte de clip?")).ToBeVisibleAsync();
        using (var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner))
        {
            await owner.DoAsync((await owner.OpenAsync(walk.Path)).Form("finishClarifying"));
        }

        await page.GotoAsync(walk.Path);
        await PressAsync(page, "Lees blind", "Enter");
        await TabToAsync(page, "textarea[name='interpretation.encodingHypothesis']");
        await page.Keyboard.TypeAsync("Stoer doen.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Muziek.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Ken het genre.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, "input[name='interpretation.concern']");
        await page.Keyboard.TypeAsync("4");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("60");
        await PressAsync(page, "Leg mijn lezing vast", "Enter");

        await Assertions.Expect(page.GetByText("Je lezing ligt vast.")).ToBeVisibleAsync();
        Assert.That((await walk.FileAsync()).Interpretations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Case_prints_without_what_is_only_for_the_screen()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        var page = await Browser.OpenAsync(host, CaseWalk.Owner, width: 800);
        await page.GotoAsync(walk.Path);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Clip met een mes-emoji" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".sr-nav")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Meer doen met deze zaak" })).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".sr-chronology li").First).ToBeVisibleAsync();
        await page.SnapAsync("case-print");
        await page.GotoAsync($"{walk.Path}/decide");
        await page.SnapAsync("decide-print");
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var press = 0; press < 80; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("(selector) => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"The Tab key does not lead to {selector}.");
    }

    /// <summary>Walks with the Tab key to what bears this text, and presses.</summary>
    private static async Task PressAsync(IPage page, string text, string key)
    {
        for (var press = 0; press < 80; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()") == text)
            {
                await page.RunAndWaitForRequestFinishedAsync(
                    () => page.Keyboard.PressAsync(key), new() { Predicate = request => request.IsNavigationRequest && request.Method == "GET" });
                await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
                return;
            }
        }

        Assert.Fail($"The Tab key does not lead to '{text}'.");
    }
}
