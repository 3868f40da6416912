using Microsoft.Playwright;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>Each page of a case, as the person sees it for whom it is: accessible, without sideways scrolling, at phone and desk width.</summary>
internal sealed class CaseLooksTests
{
    private WebHost host;
    private CaseWalk clarifying;
    private CaseWalk reading;
    private CaseWalk comparing;
    private CaseWalk deciding;
    private CaseWalk approving;
    private CaseWalk following;
    private CaseWalk urgent;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        clarifying = await CaseWalk.SubmittedAsync(host);
        await clarifying.AskAsync(clarifying.Readers[0], "Zit de straatnaam al in de studioversie?");
        await clarifying.AddAsync("De clip is vanmiddag opnieuw gedeeld.");
        reading = await CaseWalk.InterpretingAsync(host);
        await reading.ReadAsync(reading.Readers[1], 1);
        comparing = await CaseWalk.ComparingAsync(host);
        deciding = await CaseWalk.DecidingAsync(host);
        approving = await CaseWalk.ApprovingAsync(host);
        following = await CaseWalk.FollowingUpAsync(host);
        urgent = await CaseWalk.SubmittedAsync(host, "urgent");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Page_is_accessible_and_fits(
        [Values("case-owner", "case-reader", "case-coordinator", "read", "compare", "decide", "decide-urgent", "dissent", "approve", "follow-up")] string what,
        [Values(390, 1280)] int width)
    {
        var (person, path) = Open(what);
        var page = await Browser.OpenAsync(host, person, width);
        await page.GotoAsync(path);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");

        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = false; })");
        await page.SnapAsync($"{what}-{width}");
    }

    [Test]
    public async Task Page_is_accessible_in_the_dark([Values("case-owner", "read", "compare", "decide")] string what)
    {
        var (person, path) = Open(what);
        var page = await Browser.OpenAsync(host, person, dark: true);
        await page.GotoAsync(path);

        await page.HasNoAxeViolationsAsync();
        await page.SnapAsync($"{what}-1280-dark");
    }

    [Test]
    public async Task Page_fits_a_window_of_320_pixels([Values("case-owner", "read", "compare", "decide", "approve", "follow-up")] string what)
    {
        var (person, path) = Open(what);
        var page = await Browser.OpenAsync(host, person, width: 320);
        await page.GotoAsync(path);

        await page.HasNoSidewaysScrollAsync();
    }

    private (string Person, string Path) Open(string what) => what switch
    {
        "case-owner" => (CaseWalk.Owner, clarifying.Path),
        "case-reader" => (clarifying.Readers[1], clarifying.Path),
        "case-coordinator" => (CaseWalk.Coordinator, clarifying.Path),
        "read" => (reading.Readers[0], $"{reading.Path}/read"),
        "compare" => (CaseWalk.Owner, $"{comparing.Path}/compare"),
        "decide" => (CaseWalk.Owner, $"{deciding.Path}/decide"),
        "decide-urgent" => (CaseWalk.Owner, $"{urgent.Path}/decide"),
        "dissent" => (approving.Readers[0], $"{approving.Path}/dissent"),
        "approve" => (approving.Approver, $"{approving.Path}/approve"),
        "follow-up" => (CaseWalk.Owner, $"{following.Path}/follow-up"),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such page."),
    };
}
