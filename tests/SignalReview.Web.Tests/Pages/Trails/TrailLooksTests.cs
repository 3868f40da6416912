using Microsoft.Playwright;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Trails;

/// <summary>Trails, the board and the workflows: accessible, without sideways scrolling, at phone and desk width.</summary>
internal sealed class TrailLooksTests
{
    private WebHost host;
    private CaseWalk walk;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        walk = await CaseWalk.DecidingAsync(host);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Page_is_accessible_and_fits([Values("trails", "trail", "story", "seen", "event", "findings", "who-looked", "samples", "exports", "emergency", "board", "workflows")] string what, [Values(320, 390, 1280)] int width)
    {
        var (person, path) = what switch
        {
            "trails" => ("w10", "/trails"),
            "trail" => ("w10", $"/trails/{walk.Case}"),
            "story" => ("w10", $"/trails/{walk.Case}/story"),
            "seen" => ("w10", $"/trails/{walk.Case}/seen"),
            "event" => ("w10", $"/trails/{walk.Case}/events/3"),
            "findings" => ("w10", $"{walk.Path}/findings"),
            "who-looked" => (CaseWalk.Owner, $"{walk.Path}/who-looked"),
            "samples" => ("w10", "/trails/samples?dissent=true"),
            "exports" => ("w10", $"/trails/exports?case={walk.Case}"),
            "emergency" => (walk.Outsider, "/emergency"),
            "board" => (CaseWalk.Coordinator, "/board"),
            "workflows" => (CaseWalk.Coordinator, "/workflows"),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
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
    public async Task Board_is_the_coordinators_and_says_nothing_of_what_a_case_says()
    {
        using var coordinator = await PlainBrowser.SignInAsync(host, CaseWalk.Coordinator);
        using var worker = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        var board = await coordinator.OpenAsync("/board");

        Assert.Multiple(async () =>
        {
            Assert.That(board.Text, Does.Contain("zaken lopen.").And.Contain("Wacht op").And.Contain("het besluit"));
            Assert.That(board.Html, Does.Contain($"href=\"/cases/{walk.Case}\"").And.Not.Contain("Clip met een mes-emoji"));
            Assert.That((await worker.OpenAsync("/board")).Status, Is.EqualTo(System.Net.HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Workflows_name_their_version_their_bytes_and_where_cases_wait()
    {
        using var coordinator = await PlainBrowser.SignInAsync(host, CaseWalk.Coordinator);
        var page = await coordinator.OpenAsync("/workflows");

        Assert.Multiple(() =>
        {
            Assert.That(page.Text, Does.Contain("collegial-consultation").And.Contain("quick-reading").And.Contain("urgent"));
            Assert.That(page.Text, Does.Match("[0-9a-f]{64}").And.Contain("het besluit"));
        });
    }

    [Test]
    public async Task Workflows_are_drawn_with_the_cases_that_wait_in_both_languages()
    {
        foreach (var (language, title, decide) in new[] { ("nl", "Tekening van Collegiale consultatie, versie 2", "binnen 16 werkuren"), ("en", "Drawing of Collegial consultation, version 2", "within 16 working hours") })
        {
            var page = await Browser.OpenAsync(host, CaseWalk.Coordinator, 390);
            await page.GotoAsync($"/workflows?culture={language}");
            var drawing = page.GetByRole(AriaRole.Img, new() { Name = title });
            var waiting = page.Locator("svg [data-node='AskDecision']").First;

            await Assertions.Expect(drawing).ToHaveCountAsync(1);
            await Assertions.Expect(waiting).ToContainTextAsync(decide);
            // The drawing and the table under it say the same number.
            var counted = await page.Locator("tr", new() { Has = page.Locator("code", new() { HasTextString = "AskDecision" }) }).First.Locator("td").Last.InnerTextAsync();
            await Assertions.Expect(waiting.Locator(".sr-flow__count-text")).ToHaveTextAsync(counted);
            Assert.That(await page.EvaluateAsync<bool>("() => { const b = document.querySelector('.sr-flow-box'); return b.scrollWidth > b.clientWidth && document.documentElement.scrollWidth <= document.documentElement.clientWidth; }"),
                "it scrolls in its own box");
            await page.Locator(".sr-flow-box").First.FocusAsync();
            Assert.That(await page.EvaluateAsync<bool>("() => document.activeElement.classList.contains('sr-flow-box')"), "also by keyboard");
        }
    }

    [Test]
    public async Task Workflows_are_the_coordinators_alone()
    {
        using var worker = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        Assert.That((await worker.OpenAsync("/workflows")).Status, Is.EqualTo(System.Net.HttpStatusCode.Forbidden));
    }
}
