using Microsoft.Playwright;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages;

internal sealed class KeyboardTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task The_first_tab_offers_to_skip_to_the_content()
    {
        var page = await Browser.OpenAsync(host, "w1");
        await page.GotoAsync("/about");
        await page.Keyboard.PressAsync("Tab");
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Ga naar de inhoud" });

        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    [Test]
    public async Task Somebody_signs_in_and_out_by_keyboard_without_scripts()
    {
        var page = await Browser.OpenAsync(host, script: false);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hanna Visser" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Mijn werk");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sporen", Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Log uit" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Inloggen");
        await page.GotoAsync("/");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(host.Address, "/sign-in?returnUrl=%2F").ToString());
    }
}
