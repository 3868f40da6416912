using Microsoft.Playwright;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages;

/// <summary>The pages that need no case: each at phone and desk width, light and dark.</summary>
internal sealed class OpenPagesTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Page_is_accessible_and_fits(
        [Values("/sign-in", "/about", "/accessibility", "/kit", "/", "/nowhere")] string path,
        [Values(390, 1280)] int width,
        [Values] bool dark)
    {
        var page = await Browser.OpenAsync(host, "w7", width, dark);
        await page.GotoAsync(path);

        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.SnapAsync($"{(path == "/" ? "my-work" : path.Trim('/'))}-{width}-{(dark ? "dark" : "light")}");
    }

    [Test]
    public async Task Page_fits_a_window_of_320_pixels([Values("/sign-in", "/about", "/accessibility", "/kit", "/")] string path)
    {
        var page = await Browser.OpenAsync(host, "w7", width: 320);
        await page.GotoAsync(path);

        await page.HasNoSidewaysScrollAsync();
        await page.SnapAsync($"{(path == "/" ? "my-work" : path.Trim('/'))}-320");
    }

    [Test]
    public async Task Refused_form_keeps_what_was_typed_and_leads_to_each_fault([Values] bool script)
    {
        var page = await Browser.OpenAsync(host, script: script);
        await page.GotoAsync("/kit");
        await page.GetByLabel("Toelichting").FillAsync("Zwart beeld, witte tekst.");
        await page.GetByLabel("Ironie").CheckAsync();
        await page.GetByLabel("Songtekst of citaat").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Controleer" }).ClickAsync();

        var summary = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(summary).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Toelichting")).ToHaveValueAsync("Zwart beeld, witte tekst.");
        await Assertions.Expect(page.GetByLabel("Ironie")).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByLabel("Songtekst of citaat")).ToBeCheckedAsync();
        if (script)
        {
            await page.HasNoAxeViolationsAsync();
        }

        await page.SnapAsync($"kit-refused-{(script ? "script" : "plain")}");

        await summary.GetByRole(AriaRole.Link, new() { Name = "Vul een titel in." }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Titel")).ToBeInViewportAsync();
    }
}
