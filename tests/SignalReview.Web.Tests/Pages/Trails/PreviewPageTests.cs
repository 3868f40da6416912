using Microsoft.Playwright;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;
using SignalReview.Workflow;

namespace SignalReview.Web.Tests.Pages.Trails;

/// <summary>A coordinator tries a new version of a workflow on closed cases.</summary>
internal sealed class PreviewPageTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task A_changed_quorum_is_shown_on_the_closed_cases_of_the_demo([Values("nl", "en")] string language, [Values(390, 1280)] int width)
    {
        var page = await Browser.OpenAsync(host, CaseWalk.Coordinator, width);
        await page.GotoAsync($"/workflows?culture={language}");
        await page.Locator("a[href='/workflows/preview']").ClickAsync();
        await SendAsync(page, Changed(), "50");

        var text = await page.Locator("section[aria-labelledby='previewed']").InnerTextAsync();
        Assert.That(text, Does.Contain(language == "nl" ? "versie 3, op gesloten zaken" : "version 3, on closed cases"));
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        text = await page.Locator("section[aria-labelledby='previewed']").InnerTextAsync();
        Assert.That(text, Does.Contain(language == "nl" ? "Genoeg antwoorden: toen 2, nu 3." : "Enough answers: 2 then, 3 now."));
        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.SnapAsync($"workflow-preview-{language}-{width}");
    }

    [Test]
    public async Task An_invalid_definition_is_refused_with_its_problems_and_nothing_is_previewed()
    {
        var page = await Browser.OpenAsync(host, CaseWalk.Coordinator, 390);
        await page.GotoAsync("/workflows/preview");
        await SendAsync(page, Changed().Replace("\"version\": 3", "\"version\": \"two\"", StringComparison.Ordinal), "5");

        await Assertions.Expect(page.Locator(".utrecht-alert")).ToContainTextAsync("version must be a whole number from 1. To mend:");
        await Assertions.Expect(page.Locator("#previewed")).ToHaveCountAsync(0);
        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
    }

    [Test]
    public async Task Without_a_file_the_form_says_so_and_it_is_the_coordinators_alone()
    {
        var page = await Browser.OpenAsync(host, CaseWalk.Coordinator, 390, script: false);
        await page.GotoAsync("/workflows/preview");
        await page.Locator("form[enctype] button").ClickAsync();
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Kies een bestand.");

        using var worker = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        Assert.That((await worker.OpenAsync("/workflows/preview")).Status, Is.EqualTo(System.Net.HttpStatusCode.Forbidden));
    }

    private static async Task SendAsync(IPage page, string definition, string last)
    {
        await page.Locator("input[name='definition']").SetInputFilesAsync(new FilePayload { Name = "new.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(definition) });
        await page.Locator("select[name='last']").SelectOptionAsync(last);
        await page.Locator("form[enctype] button").ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    private static string Changed()
    {
        var raw = DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation].Raw;
        var json = System.Text.Json.Nodes.JsonNode.Parse(raw)!;
        json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "CollectInterpretations")!["quorum"]!["expression"]!["value"] = 3;
        json["version"] = 3;
        return json.ToJsonString(new() { WriteIndented = true });
    }
}
