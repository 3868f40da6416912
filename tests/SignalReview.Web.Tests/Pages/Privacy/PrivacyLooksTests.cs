using Microsoft.Playwright;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Privacy;

/// <summary>The privacy pages, and a case that was erased: accessible, without sideways scrolling, at phone and desk width, in both languages.</summary>
internal sealed class PrivacyLooksTests
{
    private WebHost host;
    private CaseWalk walk;
    private PrivacyWalk privacy;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        walk = await CaseWalk.FollowingUpAsync(host);
        await walk.CloseAsync();
        privacy = await PrivacyWalk.StartAsync(host, walk);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Page_is_accessible_and_fits(
        [Values("home", "erasures", "holds", "case", "request", "erased", "certificate", "erased-case")] string what,
        [Values(320, 390, 1280)] int width,
        [Values("nl", "en")] string language)
    {
        var path = what switch
        {
            "home" => "/privacy",
            "erasures" => "/privacy/erasures",
            "holds" => "/privacy/holds",
            "case" => $"/privacy/cases/{privacy.Open.Case}",
            "request" => privacy.Request,
            "erased" => privacy.Erased,
            "certificate" => $"{privacy.Erased}/certificate",
            "erased-case" => walk.Path,
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
        var page = await Browser.OpenAsync(host, CaseWalk.PrivacyOfficer, width);
        await page.GotoAsync($"{path}?culture={language}");
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");

        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.SnapAsync($"privacy-{what}-{width}-{language}");
    }
}
