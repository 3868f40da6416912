using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SignalReview.Storage;
using SignalReview.Tests.Statistics;
using SignalReview.Trail;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Statistics;

/// <summary>The page over a set large enough for all figures, beside the demo's cases.</summary>
internal sealed class StatisticsPageTests
{
    private const string Auditor = "w10";

    private WebHost host;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        await MadeUpCases.WriteAsync(host.Services.GetRequiredService<IDatabase>(), host.Services.GetRequiredService<KeyRing>(), MadeUpCases.Many(90, 11));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Page_is_accessible_and_fits([Values(320, 390, 1280)] int width, [Values] bool dark)
    {
        var page = await Browser.OpenAsync(host, CaseWalk.Coordinator, width, dark);
        await page.GotoAsync("/statistics");
        await page.SnapAsync($"statistics-{width}-{(dark ? "dark" : "light")}");
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");

        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
    }

    [Test]
    public async Task Each_picture_has_a_title_a_description_a_table_and_a_file()
    {
        var page = await Browser.OpenAsync(host, Auditor);
        await page.GotoAsync("/statistics");
        var bare = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("figure.sr-plot")]
              .filter((figure) => !(figure.querySelector("svg[role=img] > title")?.textContent && figure.querySelector("svg > desc")?.textContent
                && figure.querySelectorAll("details table tbody tr").length > 1 && figure.querySelector("a[href*='.csv']")))
              .map((figure) => figure.outerHTML.slice(0, 200))
            """);

        Assert.That(bare, Is.Empty);
        Assert.That(await page.Locator("figure.sr-plot").CountAsync(), Is.EqualTo(11)); // six distributions, four squares of pairs, the movement
    }

    [Test]
    public async Task The_set_is_chosen_by_keyboard_and_the_address_says_it()
    {
        var page = await Browser.OpenAsync(host, CaseWalk.Coordinator);
        await page.GotoAsync("/statistics");
        await page.GetByLabel("Team", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("Noo");
        for (var tab = 0; tab < 6; tab++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAsync("**/statistics?*team=Noord*");
        await Assertions.Expect(page.GetByLabel("Team", new() { Exact = true })).ToHaveValueAsync("Noord");
        await Assertions.Expect(page.GetByText("Noord), opgevraagd op")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Without_scripts_the_page_says_the_figures_and_where_they_came_from()
    {
        using var coordinator = await PlainBrowser.SignInAsync(host, CaseWalk.Coordinator);
        var all = await coordinator.OpenAsync("/statistics?seed=7");
        var again = await coordinator.OpenAsync("/statistics?seed=7");

        Assert.Multiple(() =>
        {
            Assert.That(all.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(all.Text, Does.Contain("Krippendorffs α, nominaal").And.Contain("Fleiss’ κ").And.Contain("Gwets AC1").And.Contain("startgetal 7, 1999 trekkingen"));
            Assert.That(Content(again), Is.EqualTo(Content(all)), "the same seed, the same page");
        });
    }

    [Test]
    public async Task A_small_set_is_refused_in_plain_words_with_what_to_do()
    {
        using var coordinator = await PlainBrowser.SignInAsync(host, CaseWalk.Coordinator);
        var page = await coordinator.OpenAsync("/statistics?team=Noord&platform=TikTok&theme=pesten&period=2025-Q1");

        Assert.Multiple(() =>
        {
            Assert.That(page.Text, Does.Contain("Van deze verzameling tonen we niets").And.Contain("Kies een ruimere verzameling"));
            Assert.That(page.Html, Does.Not.Contain("<svg class=\"sr-plot").And.Not.Contain("Krippendorffs α, nominaal"));
        });
    }

    [TestCase("?period=2026-13")]
    [TestCase("?round=0")]
    [TestCase("?seed=abc")]
    public async Task What_is_no_period_round_or_seed_is_refused(string query)
    {
        using var coordinator = await PlainBrowser.SignInAsync(host, CaseWalk.Coordinator);
        var page = await coordinator.OpenAsync("/statistics" + query);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page.Text, Does.Contain("Deze keuze kennen we niet"));
    }

    [TestCase("w1")]
    [TestCase("w12")]
    public async Task Colleagues_find_no_statistics_and_no_way_to_them(string person)
    {
        using var worker = await PlainBrowser.SignInAsync(host, person);

        Assert.Multiple(async () =>
        {
            Assert.That((await worker.OpenAsync("/statistics")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await worker.OpenAsync("/statistics/figures.csv")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await worker.OpenAsync("/")).Html, Does.Not.Contain("/statistics"));
        });
    }

    [Test]
    public async Task Tables_come_as_files_over_the_same_set()
    {
        using var auditor = await host.ClientAsync(Auditor);
        using var browser = await PlainBrowser.SignInAsync(host, Auditor);
        foreach (var table in new[] { "figures", "distribution", "pairs", "movement" })
        {
            using var response = await auditor.GetAsync($"/api/v1/statistics/{table}.csv?team=Noord");
            var file = await response.Content.ReadAsStringAsync();
            Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv; charset=utf-8"), table);
            Assert.That(file.Split("\r\n"), Has.Length.GreaterThan(4), table);
            Assert.That((await browser.OpenAsync($"/statistics/{table}.csv?team=Noord")).Html, Is.EqualTo(file), table);
        }
    }

    [Test]
    public async Task A_cases_own_pages_say_how_many_pairs_agreed_from_the_reveal_on()
    {
        var blind = await CaseWalk.InterpretingAsync(host);
        await blind.ReadAsync(blind.Readers[0], 0);
        var voted = await CaseWalk.WeighingAsync(host);
        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);

        Assert.Multiple(async () =>
        {
            Assert.That((await owner.OpenAsync($"{blind.Path}/compare")).Text, Does.Not.Contain("paren collega"));
            Assert.That((await owner.OpenAsync($"{voted.Path}/compare")).Text, Does.Match("Van de 3 paren collega’s lazen er [013] vanuit dezelfde leespositie"));
            Assert.That((await owner.OpenAsync($"{voted.Path}/room")).Text, Does.Contain("Van de 6 paren collega’s kozen er 3 in ronde 1 hetzelfde (50 %). Dat zegt niet wie gelijk heeft."));
        });
    }

    private static string Content(PlainPage page) => page.Html[page.Html.IndexOf("<main", StringComparison.Ordinal)..];
}
