using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;
using SignalReview.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SignalReview.Web.Tests.Pages;

/// <summary>One case through the browser, each step as the person who does it: from an empty form to a bundle that verifies.</summary>
internal sealed class WholeCaseTests
{
    private const string Submitter = "w4";
    private const string Auditor = "w10";

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task From_an_empty_form_to_a_bundle_that_verifies()
    {
        var owner = await Browser.OpenAsync(host, Submitter);
        await SubmitAsync(owner);
        var path = new Uri(owner.Url).AbsolutePath;
        var (readers, facilitator) = await PeopleOfAsync(path);
        var tabs = new List<IPage>();
        foreach (var reader in readers)
        {
            var tab = await Browser.OpenAsync(host, reader);
            await tab.GotoAsync(path);
            await ClickAsync(tab, "Ja, ik lees mee");
            tabs.Add(tab);
        }

        await owner.GotoAsync(path);
        await owner.Locator("form:has(input[name=action][value=finishClarifying]) button").ClickAsync();
        foreach (var tab in tabs)
        {
            await ReadAsync(tab, path);
        }

        await owner.GotoAsync($"{path}/compare");
        await ClickAsync(owner, "Open de kamer");
        var lead = await Browser.OpenAsync(host, facilitator);
        await EnterAsync(lead, path);
        tabs.Add(owner);
        foreach (var tab in tabs)
        {
            await EnterAsync(tab, path);
        }

        await ClickAsync(lead, "Open de stemming");
        foreach (var tab in tabs)
        {
            await VoteAsync(tab);
        }

        foreach (var tab in tabs)
        {
            await Expect(tab.Locator("#votes")).ToContainTextAsync("Meest gekozen: In gesprek met de jongere.");
        }

        await lead.Locator("form:has(input[name=action][value=harvest]) button").ClickAsync();
        await Expect(lead.GetByText("De kamer is klaar")).ToBeVisibleAsync();
        var approver = await DecideAsync(owner, path, readers);
        var second = await Browser.OpenAsync(host, approver);
        await second.GotoAsync($"{path}/approve");
        await ClickAsync(second, "Keur het besluit goed");
        await Expect(second.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        await VerifyAsync(path);
    }

    private static async Task SubmitAsync(IPage page)
    {
        await page.GotoAsync("/signals/new");
        await page.Locator("input[name=urgency][value=today]").CheckAsync();
        await page.Locator("form .nl-button--primary").ClickAsync();
        await page.ArrivesAsync("**/online");
        await page.Locator("[name='online.factualDescription']").FillAsync("Clip met vijf jongens op een plein; één regel noemt een straat.");
        await page.Locator("[name='online.platform']").FillAsync("YouTube");
        await page.Locator("input[name='online.visibility'][value=public]").CheckAsync();
        await page.Locator("input[name='online.accessRoute'][value=professionalAccount]").CheckAsync();
        await GoOnAsync(page, "**/offline");
        await page.Locator("[name='offline.unknowns']").FillAsync("wie er reageerde");
        await GoOnAsync(page, "**/reading");
        await page.Locator("[name='reading.encodingHypothesis']").FillAsync("Laten zien dat ze niet bang zijn.");
        await page.Locator("[name='reading.ownDecoding']").FillAsync("Een dreiging.");
        await page.Locator("[name='reading.alternativeReading']").FillAsync("De regel rijmt gewoon.");
        await GoOnAsync(page, "**/question");
        await page.Locator("[name=consultationQuestion]").FillAsync("Is dit een dreiging of muziek?");
        await page.Locator("[name=title]").FillAsync("Clip met een straatnaam");
        await GoOnAsync(page, "**/check");
        await page.Locator("button[name=go][value=submit]").ClickAsync();
        await page.ArrivesAsync("**/cases/*");
    }

    private static async Task ReadAsync(IPage page, string path)
    {
        await page.GotoAsync($"{path}/read");
        await page.Locator("[name='interpretation.encodingHypothesis']").FillAsync("Status herstellen.");
        await page.Locator("[name='interpretation.decoding']").FillAsync("Muziek met een rand.");
        await page.Locator("[name='interpretation.positionality']").FillAsync("Ken de scene.");
        await page.Locator("input[name='interpretation.readingPosition'][value=negotiated]").CheckAsync();
        await page.Locator("[name='interpretation.concern']").FillAsync("5");
        await page.Locator("[name='interpretation.confidence']").FillAsync("60");
        await ClickAsync(page, "Leg mijn lezing vast");
        await Expect(page.GetByText("Je lezing ligt vast.")).ToBeVisibleAsync();
    }

    private static async Task EnterAsync(IPage page, string path)
    {
        await page.GotoAsync($"{path}/room");
        await Expect(page.Locator("[data-connection]")).ToContainTextAsync("Verbonden");
    }

    private static async Task VoteAsync(IPage page)
    {
        await page.GetByLabel("In gesprek met de jongere", new() { Exact = true }).CheckAsync();
        await page.Locator("[name=concern]").FillAsync("5");
        await page.Locator("[name=confidence]").FillAsync("60");
        await page.Locator("[name=reason]").FillAsync("Omdat we het kunnen vragen.");
        await ClickAsync(page, "Leg mijn stem vast");
        await Expect(page.Locator("[name=reason]")).ToHaveCountAsync(0);
    }

    /// <returns>Who was asked to approve.</returns>
    private async Task<string> DecideAsync(IPage page, string path, IReadOnlyList<string> readers)
    {
        var approver = DemoPeople.All
            .Where(p => p.Roles.Contains(Role.Approver) && p.Subject != Submitter)
            .OrderBy(p => readers.Contains(p.Subject))
            .First();
        await page.GotoAsync($"{path}/decide");
        await page.Locator("input[name='decision.outcome'][value=talk]").CheckAsync();
        await page.Locator("[name='decision.facts']").FillAsync("De straatnaam is later toegevoegd.");
        await page.Locator("[name='decision.rationale']").FillAsync("We kennen de jongens en kunnen het vragen.");
        await page.Locator("[name='decision.reviewDate']").FillAsync(
            DateOnly.FromDateTime(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(7).UtcDateTime).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator("select[name=approver]").SelectOptionAsync(approver.Id.ToString());
        await ClickAsync(page, "Leg het besluit voor");
        await Expect(page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        return approver.Subject;
    }

    private async Task VerifyAsync(string path)
    {
        var page = await Browser.OpenAsync(host, Auditor);
        await page.GotoAsync(path.Replace("/cases/", "/trails/", StringComparison.Ordinal));
        await page.Locator("#reason").FillAsync("Controle van het hele spoor.");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download het pakket" }).ClickAsync());
        var key = await page.Locator("pre[aria-label='signalreview.vkey']").InnerTextAsync();
        await using var zip = File.OpenRead(await download.PathAsync());
        var verified = await BundleVerifier.VerifyAsync(zip, VerifierKey.Parse(key), null, CancellationToken.None);
        Assert.That(verified.Verdict, Is.EqualTo(Verdict.Valid));
    }

    private async Task<(IReadOnlyList<string> Readers, string Facilitator)> PeopleOfAsync(string path)
    {
        await using var db = await host.Services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        var file = await CaseStore.LoadAsync(db, new(Guid.Parse(path[(path.LastIndexOf('/') + 1)..])), CancellationToken.None);
        return ([.. file!.Invitations.Where(i => i.Active).Select(i => SubjectOf(i.PersonId))], SubjectOf(file.Case.FacilitatorId!.Value));
    }

    private static string SubjectOf(PersonId id) => DemoPeople.All.Single(p => p.Id == id).Subject;

    private static Task ClickAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    private static async Task GoOnAsync(IPage page, string to)
    {
        await page.Locator("button[name=go][value=next]").ClickAsync();
        await page.ArrivesAsync(to);
    }
}
