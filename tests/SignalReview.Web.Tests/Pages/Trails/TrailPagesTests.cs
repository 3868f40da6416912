using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.People;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Bundles;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;
using SignalReview.Workflow;

namespace SignalReview.Web.Tests.Pages.Trails;

/// <summary>What an auditor and an owner read of a trail, and take with them; and what nobody does before a reveal.</summary>
internal sealed partial class TrailPagesTests
{
    private const string Auditor = "w10";

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task List_is_the_auditors_and_filters()
    {
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        using var worker = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        var all = await auditor.OpenAsync("/trails");
        var stopped = await auditor.OpenAsync("/trails?phase=stopped");
        var none = await auditor.OpenAsync("/trails?to=2020-01-01");

        Assert.Multiple(async () =>
        {
            Assert.That(all.Text, Does.Contain("Sporen").And.Contain("Zuid, zaak").And.Contain("In de kamer"));
            Assert.That(stopped.Text, Does.Contain("1 spoor").And.Contain("Gestopt"));
            Assert.That(stopped.Html, Does.Contain("<option value=\"stopped\" selected"));
            Assert.That(none.Text, Does.Contain("Geen spoor past hierbij."));
            Assert.That((await worker.OpenAsync("/trails")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Story_tells_who_did_what_and_what_is_proved()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        var page = await auditor.OpenAsync($"/trails/{walk.Case}");

        Assert.Multiple(() =>
        {
            Assert.That(page.Text, Does.Match(@"Samira el Idrissi\s+diende het signaal in").And.Contain("nam een besluit"));
            Assert.That(page.Text, Does.Contain("Ligt vast").And.Contain("ze kloppen alle met hun vingerafdruk"));
            Assert.That(page.Text, Does.Contain(CaseWalk.Marker(walk.Readers[0])), "revealed, so it is told");
            Assert.That(page.Html, Does.Contain("&quot;caseSeq&quot;:1").And.Contain("signalreview verify"));
            Assert.That(page.Text, Does.Contain(host.Services.GetRequiredService<CheckpointSigner>().VerifierKey.ToString()));
        });
    }

    [Test]
    public async Task Who_signed_in_long_ago_is_asked_to_do_so_again_before_a_reason_is_written()
    {
        await using var strict = WebHost.Start(services: services => services.AddSingleton(new ExportPolicy(new HashSet<string>(), Fresh: TimeSpan.FromTicks(1), Kept: TimeSpan.FromHours(1))));
        var walk = await CaseWalk.FollowingUpAsync(strict);
        using var auditor = await PlainBrowser.SignInAsync(strict, Auditor);
        var page = await auditor.OpenAsync($"/trails/{walk.Case}");

        Assert.That(page.Html, Does.Contain($"/sign-in/again?returnUrl=%2Ftrails%2F{walk.Case}").And.Not.Contain("name=\"reason\""));
    }

    [Test]
    public async Task Where_a_second_person_must_say_yes_the_page_leads_to_the_exports()
    {
        await using var strict = WebHost.Start(services: services => services.AddSingleton(new ExportPolicy(new HashSet<string> { "case" }, TimeSpan.FromHours(1), TimeSpan.FromHours(1))));
        var walk = await CaseWalk.FollowingUpAsync(strict);
        using var auditor = await PlainBrowser.SignInAsync(strict, Auditor);
        var page = await auditor.OpenAsync($"/trails/{walk.Case}");

        Assert.That(page.Text, Does.Contain("kijkt er een tweede persoon mee"));
        Assert.That(page.Html, Does.Contain($"/trails/exports?case={walk.Case}#ask").And.Not.Contain("name=\"reason\""));
    }

    [Test]
    public async Task Long_texts_are_folded_and_unfolded_by_one_link()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        var folded = await auditor.OpenAsync($"/trails/{walk.Case}");
        var all = await auditor.OpenAsync($"/trails/{walk.Case}?written=all");

        Assert.Multiple(() =>
        {
            Assert.That(folded.Html, Does.Contain("<details class=\"sr-details sr-event__written\">").And.Contain($"/trails/{walk.Case}?written=all#story"));
            Assert.That(all.Html, Does.Contain("<details class=\"sr-details sr-event__written\" open").And.Not.Contain("<details class=\"sr-details sr-event__written\">"));
        });
    }

    [Test]
    public async Task Story_has_no_codes_and_no_ids_in_it([Values("nl", "en")] string language)
    {
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        var trails = CaseLink().Matches((await auditor.OpenAsync($"/trails?culture={language}")).Html).Select(link => link.Groups["path"].Value).Distinct().ToList();
        var codes = StepCatalog.All.SelectMany(step => step.Outcomes.Select(way => way.Name).Append(step.Name)).Distinct().ToList();
        Assert.That(trails, Has.Count.GreaterThan(10));
        foreach (var path in trails)
        {
            var page = await auditor.OpenAsync(path);
            var told = Told().Matches(page.Html).Select(value => value.Groups["text"].Value.Trim()).ToList();

            Assert.Multiple(() =>
            {
                Assert.That(told.Where(value => Guid.TryParse(value, out _)), Is.Empty, path);
                Assert.That(told.Intersect(codes), Is.Empty, path);
            });
        }
    }

    [Test]
    public async Task Each_reading_and_vote_shows_that_it_was_fixed_before_it_was_revealed()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        var page = await auditor.OpenAsync($"/trails/{walk.Case}");
        var view = (await host.Services.GetRequiredService<TrailReads>().ReadAsync((await host.Services.GetRequiredService<Actors>().FindAsync(Auditor, "test", CancellationToken.None))!, walk.Case, 0, 500, CancellationToken.None)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(page.Text, Does.Contain("Was het lezen en stemmen blind?").And.Contain("Ja: alles wat onthuld is, lag daarvoor al vast."));
            Assert.That(view.Blindness, Is.Not.Empty.And.All.Matches<TrailBlindProof>(p => p.Verdict == BlindVerdict.Blind && p.LeafIndex < p.RevealLeafIndex));
            Assert.That(view.Blindness.Select(p => p.Kind).Distinct(), Is.EqualTo(new[] { BlindKind.Interpretation, BlindKind.Vote }));
            foreach (var proof in view.Blindness)
            {
                Assert.That(page.Text, Does.Contain($"plek {proof.LeafIndex}").And.Contain($"plek {proof.RevealLeafIndex}").And.Contain(proof.By!.Name));
            }
        });
    }

    [Test]
    public async Task Reads_one_after_another_are_told_as_one()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        await owner.OpenAsync(walk.Path);
        await owner.OpenAsync(walk.Path);

        Assert.That((await owner.OpenAsync($"/trails/{walk.Case}")).Text, Does.Contain("2 keer bekeken door Samira el Idrissi"));
    }

    [Test]
    public async Task Blind_entries_are_not_told_before_their_reveal()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        await walk.ReadAsync(walk.Readers[0], 0);
        foreach (var person in new[] { Auditor, CaseWalk.Owner })
        {
            using var browser = await PlainBrowser.SignInAsync(host, person);
            var page = await browser.OpenAsync($"/trails/{walk.Case}");
            Assert.Multiple(() =>
            {
                Assert.That(page.Text, Does.Contain("Een deel komt later"), person);
                Assert.That(page.Html, Does.Not.Contain(CaseWalk.Marker(walk.Readers[0])).And.Not.Contain("interpretation.submitted"), person);
            });
        }
    }

    [Test]
    public async Task Owner_reads_their_own_trail_and_a_reader_does_not()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        using var reader = await PlainBrowser.SignInAsync(host, walk.Readers[0]);
        using var outsider = await PlainBrowser.SignInAsync(host, walk.Outsider);

        Assert.Multiple(async () =>
        {
            Assert.That((await owner.OpenAsync(walk.Path)).Html, Does.Contain($"href=\"/trails/{walk.Case}\""));
            Assert.That((await owner.OpenAsync($"/trails/{walk.Case}")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await reader.OpenAsync($"/trails/{walk.Case}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await outsider.OpenAsync($"/trails/{walk.Case}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Export_without_a_reason_is_refused_at_its_field()
    {
        var walk = await CaseWalk.DecidingAsync(host);
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        var page = await auditor.OpenAsync($"/trails/{walk.Case}");
        var refused = await auditor.PostAsync(new(host.Address, $"/trails/{walk.Case}/export"), [new("__RequestVerificationToken", Token().Match(page.Html).Groups["value"].Value), new("reason", " ")]);

        Assert.That(refused.Text, Does.Contain("Schrijf waarom je dit spoor nodig hebt"));
    }

    [Test]
    public async Task Exported_bundle_verifies_with_the_key_the_page_shows()
    {
        var walk = await CaseWalk.DecidingAsync(host);
        var page = await Browser.OpenAsync(host, Auditor);
        await page.GotoAsync($"/trails/{walk.Case}");
        await page.Locator("#reason").FillAsync("Jaarlijkse controle.");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Download het pakket" }).ClickAsync());
        var path = await download.PathAsync();
        var key = await page.Locator("pre[aria-label='signalreview.vkey']").InnerTextAsync();
        await using var zip = File.OpenRead(path);
        var verified = await BundleVerifier.VerifyAsync(zip, VerifierKey.Parse(key), null, CancellationToken.None);

        Assert.Multiple(async () =>
        {
            Assert.That(download.SuggestedFilename, Does.StartWith($"signalreview-{walk.Case}").And.EndsWith(".zip"));
            Assert.That(verified.Verdict, Is.EqualTo(Verdict.Valid));
            await page.ReloadAsync();
            Assert.That(await page.Locator(".sr-story").InnerTextAsync(), Does.Contain("maakte een pakket van dit spoor").And.Contain("Jaarlijkse controle.").And.Contain("Ondertekend"));
        });
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("href=\"(?<path>/trails/[0-9a-f-]{36})/story\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CaseLink();

    [GeneratedRegex("<span class=\"sr-prewrap\">(?<text>[^<]*)</span>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Told();
}
