using System.Net;
using System.Text.RegularExpressions;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Privacy;

/// <summary>The calendar and the requests for access, without a script, and how they look.</summary>
internal sealed partial class PrivacyDeskTests
{
    private const string Officer = "w11";

    private WebHost host;
    private CaseWalk walk;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        walk = await CaseWalk.FollowingUpAsync(host);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Calendar_tells_what_is_due_and_is_for_whom_it_concerns()
    {
        using var officer = await FormSurfer.AsAsync(host, Officer);
        using var worker = await FormSurfer.AsAsync(host, "w2");
        var page = await officer.OpenAsync("/privacy/retention");
        var held = await officer.OpenAsync("/privacy/retention?kind=held");
        var csv = await officer.OpenAsync("/privacy/retention.csv");
        var ics = await officer.OpenAsync("/privacy/retention.ics");
        Assert.Multiple(async () =>
        {
            Assert.That(page.Text, Does.Contain("Bewaren en wissen").And.Contain("Gestopt bij de rechtmatigheidspoort").And.Contain("Aangekondigd").And.Contain("youth-work-nl@1"));
            Assert.That(held.Text, Does.Contain("Geen zaken met deze keuze."));
            Assert.That(csv.Html, Does.Contain("\"Zaak\";\"Team\";\"Bewaard tot\"").And.Contain("Gestopt bij de rechtmatigheidspoort"));
            Assert.That(ics.Html, Does.StartWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n").And.Contain("DTSTART;VALUE=DATE:").And.EndWith("END:VCALENDAR\r\n"));
            Assert.That(ics.Html.Split("\r\n").Max(line => System.Text.Encoding.UTF8.GetByteCount(line)), Is.LessThanOrEqualTo(75));
            Assert.That((await worker.OpenAsync("/privacy/retention")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await worker.OpenAsync("/privacy/retention.csv")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await worker.OpenAsync("/privacy/access")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Owner_reads_until_when_a_case_is_kept()
    {
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var page = await owner.OpenAsync($"/cases/{walk.Case}/retention");
        Assert.That(page.Text, Does.Contain("Deze zaak wordt bewaard zolang hij loopt."));
    }

    [Test]
    public async Task A_request_goes_from_registration_to_a_file_that_a_second_person_saw()
    {
        using var officer = await FormSurfer.AsAsync(host, Officer);
        using var second = await FormSurfer.AsAsync(host, "w5");
        var list = await officer.OpenAsync("/privacy/access");
        var refused = await officer.SendAsync(list.Form("registerAccess").With("note", "Ze vroeg het zelf."));
        Assert.That((refused.Status, refused.Text), Is.EqualTo(((HttpStatusCode)422, refused.Text)));
        Assert.That(refused.Form("registerAccess")["note"], Is.EqualTo("Ze vroeg het zelf."), "what was typed is there again");

        var request = await officer.DoAsync(refused.Form("registerAccess").With("requester", "youngPerson").With("age", "16").With("identity", "seenDocument"));
        Assert.That(request.Text, Does.Contain("Het verzoek is vastgelegd.").And.Contain("Vanaf zestien vraagt de jongere zelf"));
        var found = await officer.SendAsync(request.Form("searchAccess").With("words", "merel"));
        Assert.That(found.Text, Does.Contain("Groep Merel"));
        request = await officer.DoAsync(found.Form("addAccessCase", walk.Case.Value));
        request = await officer.DoAsync(request.Form("grantAccess").With("reason", "Recht op inzage."));
        var path = $"{request.Path.Split('?')[0]}/{walk.Case}";
        var review = await officer.OpenAsync(path);
        Assert.That(review.Text, Does.Contain("Clip met een mes-emoji").And.Contain("Wie er keek"));
        review = await officer.DoAsync(review.Form("markAccess").With("own", "mes-emoji\nplein"));
        Assert.That(review.Text, Does.Contain("Clip met een [een ander]").And.Not.Contain("mes-emoji [").And.Contain("Bewaard."));
        request = await officer.DoAsync(review.Form("makeAccessFile").With("language", "nl"));
        Assert.That(request.Text, Does.Contain("Wacht op de tweede persoon"));

        var theirs = await second.OpenAsync("/privacy/access");
        Assert.That(theirs.Text, Does.Contain("1 te bekijken"));
        var judged = await second.OpenAsync(request.Path.Split('?')[0]);
        Assert.That((await second.OpenAsync($"{path}/file")).Html, Does.Contain("Wat wij over jou hebben vastgelegd").And.Not.Contain("mes-emoji"));
        await second.DoAsync(judged.Form("judgeAccessFile", walk.Case.Value).With("reason", "Schoon.").And("approve", "true"));
        request = await officer.OpenAsync(request.Path.Split('?')[0]);
        Assert.That(request.Text, Does.Contain("Kan worden gegeven").And.Contain("Goedgekeurd door"));
        request = await officer.DoAsync(request.Form("answerAccess").With("how", "In persoon."));
        Assert.That(request.Text, Does.Contain("Beantwoord"));
    }

    [Test]
    public async Task Page_is_accessible_and_fits([Values("calendar", "rules", "kept", "requests", "request", "mywork")] string what, [Values(390, 1280)] int width, [Values("nl", "en")] string language)
    {
        using var officer = await FormSurfer.AsAsync(host, Officer);
        var path = what switch
        {
            "calendar" => "/privacy/retention",
            "rules" => "/privacy/retention/rules",
            "kept" => First(await officer.OpenAsync("/privacy/retention"), CaseLink()),
            "requests" => "/privacy/access",
            "request" => First(await officer.OpenAsync("/privacy/access"), RequestLink()),
            "mywork" => "/",
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
        var page = await Browser.OpenAsync(host, Officer, width);
        await page.GotoAsync($"{path}?culture={language}");
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.SnapAsync($"privacy-{what}-{width}-{language}");
    }

    private static string First(SurfedPage page, Regex link) => link.Match(page.Html).Groups["path"].Value;

    [GeneratedRegex("href=\"(?<path>/cases/[0-9a-f-]+/retention)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CaseLink();

    [GeneratedRegex("href=\"(?<path>/privacy/access/[0-9a-f-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestLink();
}
