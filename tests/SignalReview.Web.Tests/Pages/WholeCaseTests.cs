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

/// <summary>One case through the browser, each step as the person who does it: by pointer, by keyboard alone, and without scripts.</summary>
internal sealed class WholeCaseTests
{
    private const string Submitter = "w4";
    private const string Auditor = "w10";

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [TestCase(Way.Pointer)]
    [TestCase(Way.Keyboard)]
    [TestCase(Way.WithoutScript)]
    public async Task From_an_empty_form_to_a_look_back_and_a_bundle_that_verifies(Way way)
    {
        var owner = await PageHands.OpenAsync(host, Submitter, way);
        await SubmitAsync(owner);
        var path = new Uri(owner.Page.Url).AbsolutePath;
        var (readers, facilitator) = await PeopleOfAsync(path);
        var tabs = new List<PageHands>();
        foreach (var reader in readers)
        {
            var tab = await PageHands.OpenAsync(host, reader, way);
            await tab.Page.GotoAsync(path);
            await tab.PressAsync("Ja, ik lees mee");
            await DoneAsync(tab);
            tabs.Add(tab);
        }

        await owner.Page.GotoAsync(path);
        await owner.PressAsync(ButtonOf(owner, "finishClarifying"));
        await DoneAsync(owner);
        foreach (var tab in tabs)
        {
            await ReadAsync(tab, path);
        }

        await owner.Page.GotoAsync($"{path}/compare");
        await owner.PressAsync("Open de kamer");
        await DoneAsync(owner);
        var lead = await PageHands.OpenAsync(host, facilitator, way);
        await EnterAsync(lead, path, way);
        tabs.Add(owner);
        foreach (var tab in tabs)
        {
            await EnterAsync(tab, path, way);
        }

        await lead.PressAsync("Open de stemming");
        await Expect(lead.Page.Locator("#room-phase")).ToContainTextAsync("We stemmen");
        foreach (var tab in tabs)
        {
            await VoteAsync(tab, path, way);
        }

        foreach (var tab in tabs.Append(lead))
        {
            await SeeAsync(tab, path, way);
            await Expect(tab.Page.Locator("#votes")).ToContainTextAsync("Meest gekozen: In gesprek met de jongere.");
        }

        await lead.PressAsync(ButtonOf(lead, "harvest"));
        await Expect(lead.Page.GetByText("De kamer is klaar")).ToBeVisibleAsync();
        var approver = await DecideAsync(owner, path, readers);
        var second = await PageHands.OpenAsync(host, approver, way);
        await second.Page.GotoAsync($"{path}/approve");
        await second.PressAsync("Keur het besluit goed");
        await DoneAsync(second);
        await LookBackAsync(owner, path);
        await VerifyAsync(path, way);
    }

    private static async Task SubmitAsync(PageHands hands)
    {
        var page = hands.Page;
        await page.GotoAsync("/signals/new");
        await hands.ChooseAsync("urgency", "today");
        await hands.PressAsync(page.Locator("form .nl-button--primary"));
        await page.ArrivesAsync("**/online");
        await hands.FillAsync("[name='online.factualDescription']", "Clip met vijf jongens op een plein; één regel noemt een straat.");
        await hands.FillAsync("[name='online.platform']", "YouTube");
        await hands.ChooseAsync("online.visibility", "public");
        await hands.ChooseAsync("online.accessRoute", "professionalAccount");
        await GoOnAsync(hands, "**/offline");
        await hands.FillAsync("[name='offline.unknowns']", "wie er reageerde");
        await GoOnAsync(hands, "**/reading");
        await hands.FillAsync("[name='reading.encodingHypothesis']", "Laten zien dat ze niet bang zijn.");
        await hands.FillAsync("[name='reading.ownDecoding']", "Een dreiging.");
        await hands.FillAsync("[name='reading.alternativeReading']", "De regel rijmt gewoon.");
        await GoOnAsync(hands, "**/question");
        await hands.FillAsync("[name=consultationQuestion]", "Is dit een dreiging of muziek?");
        await hands.FillAsync("[name=title]", "Clip met een straatnaam");
        await GoOnAsync(hands, "**/check");
        await hands.PressAsync(page.Locator("button[name=go][value=submit]"));
        await page.ArrivesAsync("**/cases/*");
    }

    private static async Task ReadAsync(PageHands hands, string path)
    {
        await hands.Page.GotoAsync($"{path}/read");
        await hands.FillAsync("[name='interpretation.encodingHypothesis']", "Status herstellen.");
        await hands.FillAsync("[name='interpretation.decoding']", "Muziek met een rand.");
        await hands.FillAsync("[name='interpretation.positionality']", "Ken de scene.");
        await hands.ChooseAsync("interpretation.readingPosition", "negotiated");
        await hands.FillAsync("[name='interpretation.concern']", "5");
        await hands.FillAsync("[name='interpretation.confidence']", "60");
        await hands.PressAsync("Leg mijn lezing vast");
        await Expect(hands.Page.GetByText("Je lezing ligt vast.")).ToBeVisibleAsync();
    }

    private static async Task EnterAsync(PageHands hands, string path, Way way)
    {
        await hands.Page.GotoAsync($"{path}/room");
        if (way == Way.WithoutScript)
        {
            await hands.PressAsync("Ik ben er");
            await DoneAsync(hands);
        }
        else
        {
            await Expect(hands.Page.Locator("[data-connection]")).ToContainTextAsync("Verbonden");
        }
    }

    /// <summary>A room shows what happened by itself, and without scripts when it is opened again.</summary>
    private static async Task SeeAsync(PageHands hands, string path, Way way)
    {
        if (way == Way.WithoutScript)
        {
            await hands.Page.GotoAsync($"{path}/room");
        }
    }

    private static async Task VoteAsync(PageHands hands, string path, Way way)
    {
        await SeeAsync(hands, path, way);
        await hands.ChooseAsync("option", "talk");
        await hands.FillAsync("[name=concern]", "5");
        await hands.FillAsync("[name=confidence]", "60");
        await hands.FillAsync("[name=reason]", "Omdat we het kunnen vragen.");
        await hands.PressAsync("Leg mijn stem vast");
        await Expect(hands.Page.Locator("[name=reason]")).ToHaveCountAsync(0);
    }

    /// <returns>Who was asked to approve.</returns>
    private async Task<string> DecideAsync(PageHands hands, string path, IReadOnlyList<string> readers)
    {
        var approver = DemoPeople.All
            .Where(p => p.Roles.Contains(Role.Approver) && p.Subject != Submitter)
            .OrderBy(p => readers.Contains(p.Subject))
            .First();
        await hands.Page.GotoAsync($"{path}/decide");
        await hands.ChooseAsync("decision.outcome", "talk");
        await hands.FillAsync("[name='decision.facts']", "De straatnaam is later toegevoegd.");
        await hands.FillAsync("[name='decision.rationale']", "We kennen de jongens en kunnen het vragen.");
        await hands.FillAsync("[name='decision.reviewDate']", DateOnly.FromDateTime(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(7).UtcDateTime));
        await hands.SelectAsync("approver", approver.Id.ToString());
        await hands.PressAsync("Leg het besluit voor");
        await DoneAsync(hands);
        return approver.Subject;
    }

    private static async Task LookBackAsync(PageHands hands, string path)
    {
        await hands.Page.GotoAsync($"{path}/follow-up");
        await hands.PressAsync(hands.Page.Locator("details:has(input[value=reviewCase]) > summary"));
        await hands.FillAsync("[name=actualMeaning]", "Een oude ruzie, en muziek.");
        await hands.FillAsync("[name=learning]", "Vraag eerst naar de tekst.");
        await hands.PressAsync(ButtonOf(hands, "reviewCase"));
        await DoneAsync(hands);
        await Expect(hands.Page.GetByText("Een oude ruzie, en muziek.")).ToBeVisibleAsync();
    }

    private async Task VerifyAsync(string path, Way way)
    {
        var hands = await PageHands.OpenAsync(host, Auditor, way);
        await hands.Page.GotoAsync(path.Replace("/cases/", "/trails/", StringComparison.Ordinal));
        await hands.FillAsync("#reason", "Controle van het hele spoor.");
        var download = await hands.Page.RunAndWaitForDownloadAsync(() => hands.PressAsync("Download het pakket"));
        var key = await hands.Page.Locator("pre[aria-label='signalreview.vkey']").TextContentAsync();
        await using var zip = File.OpenRead(await download.PathAsync());
        var verified = await BundleVerifier.VerifyAsync(zip, VerifierKey.Parse(key!), null, CancellationToken.None);
        Assert.That(verified.Verdict, Is.EqualTo(Verdict.Valid));
    }

    private async Task<(IReadOnlyList<string> Readers, string Facilitator)> PeopleOfAsync(string path)
    {
        await using var db = await host.Services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        var file = await CaseStore.LoadAsync(db, new(Guid.Parse(path[(path.LastIndexOf('/') + 1)..])), CancellationToken.None);
        return ([.. file!.Invitations.Where(i => i.Active).Select(i => SubjectOf(i.PersonId))], SubjectOf(file.Case.FacilitatorId!.Value));
    }

    private static string SubjectOf(PersonId id) => DemoPeople.All.Single(p => p.Id == id).Subject;

    private static ILocator ButtonOf(PageHands hands, string action) => hands.Page.Locator($"form:has(input[name=action][value={action}]) button").First;

    /// <summary>The page says what has just been done.</summary>
    private static Task DoneAsync(PageHands hands) => Expect(hands.Page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();

    private static async Task GoOnAsync(PageHands hands, string to)
    {
        await hands.PressAsync(hands.Page.Locator("button[name=go][value=next]"));
        await hands.Page.ArrivesAsync(to);
    }
}
