using System.Net;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Trails;

/// <summary>The auditor's pages without a script: stories, samples, findings and their replies; and a case that is opened in an emergency.</summary>
internal sealed class AuditPagesTests
{
    private const string Auditor = "w10";

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
    public async Task Story_says_who_knew_what_and_why_it_was_decided_so([Values("nl", "en")] string language)
    {
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        var story = await auditor.OpenAsync($"/trails/{walk.Case}/story?culture={language}");
        var seen = await auditor.OpenAsync($"/trails/{walk.Case}/seen");
        var leaf = await auditor.OpenAsync($"/trails/{walk.Case}/events/1/leaf");

        Assert.Multiple(() =>
        {
            Assert.That(story.Text, Does.Contain(language == "nl" ? "Waarom het zo besloten is" : "Why it was decided so").And.Contain("We kennen de jongens en kunnen het vragen."));
            Assert.That(story.Text, Does.Contain(language == "nl" ? "Wie wist toen wat?" : "Who knew what then?"));
            Assert.That(story.Text, Does.Contain(language == "nl" ? "Blind lezen" : "Blind reading").And.Contain(language == "nl" ? "nr. 1" : "no. 1"));
            Assert.That(seen.Text, Does.Contain(language == "nl" ? "Stemronde 1" : "Vote round 1").And.Contain("Samira el Idrissi"));
            Assert.That(leaf.Html, Does.StartWith("{\"actor\":").And.Contain("\"caseSeq\":1"));
        });
    }

    [Test]
    public async Task A_sample_leads_to_a_finding_which_is_replied_to_and_closed()
    {
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        var samples = await auditor.OpenAsync("/trails/samples?phase=followUp");
        Assert.That(samples.Text, Does.Contain("Uit zaken met: Fase: "));
        var sample = await auditor.SendAsync(samples, "drawSample", new() { ["purpose"] = "Jaarcontrole", ["amount"] = "100", ["unit"] = "percent", ["seed"] = "afgesproken" });
        Assert.That(sample.Text, Does.Contain("er kwam hetzelfde uit").And.Contain("afgesproken"));

        var findings = await auditor.OpenAsync($"{walk.Path}/findings?sample={sample.Address.Segments[^1]}");
        var empty = await auditor.SendAsync(findings, "raiseFinding", new() { ["text"] = "Alleen tekst" });
        Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(empty.Html, Does.Contain(">Alleen tekst</textarea>"), "what was typed stays");
        var raised = await auditor.SendAsync(empty, "raiseFinding", new() { ["severity"] = "serious", ["text"] = "De reden ontbreekt.", ["question"] = "Waarom?" });
        Assert.That(raised.Text, Does.Contain("Je bevinding ligt vast.").And.Contain("uit een steekproef"));

        Assert.That((await owner.OpenAsync("/")).Text, Does.Contain("Antwoord op een bevinding van de auditor"));
        var replied = await owner.SendAsync(await owner.OpenAsync($"{walk.Path}/findings"), "replyToFinding", new() { ["text"] = "Die staat in het verslag." });
        Assert.That(replied.Text, Does.Contain("Je antwoord ligt vast.").And.Contain("Die staat in het verslag."));
        Assert.That((await auditor.OpenAsync("/")).Text, Does.Contain("Sluit je bevinding"));
    }

    [Test]
    public async Task A_case_is_opened_in_an_emergency_by_its_number_and_all_who_answer_for_it_see_it()
    {
        using var outsider = await PlainBrowser.SignInAsync(host, walk.Outsider);
        using var owner = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        using var officer = await PlainBrowser.SignInAsync(host, CaseWalk.PrivacyOfficer);
        Assert.That((await outsider.OpenAsync(walk.Path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        var opened = await outsider.SendAsync(
            await outsider.OpenAsync("/emergency"), "openEmergency", new() { ["case"] = walk.Case.ToString()[^6..], ["reason"] = "Hij staat nu bij de school." });

        Assert.That(opened.Text, Does.Contain("De zaak is open.").And.Contain("Clip met een mes-emoji").And.Contain("Je las deze zaak met noodtoegang"));
        Assert.That((await owner.OpenAsync(walk.Path)).Text, Does.Contain("opende deze zaak in nood").And.Contain("Hij staat nu bij de school."));
        var judged = await officer.SendAsync(await officer.OpenAsync(walk.Path), "reviewEmergency", new() { ["verdict"] = "confirmed", ["remark"] = "Er was gevaar." });
        Assert.That(judged.Text, Does.Contain("Je oordeel ligt vast.").And.Contain("Er was gevaar."));
    }

    [Test]
    public async Task An_export_is_asked_for_with_a_reason_built_while_nobody_looks_and_taken_along()
    {
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        using var officer = await PlainBrowser.SignInAsync(host, CaseWalk.PrivacyOfficer);
        using var worker = await PlainBrowser.SignInAsync(host, CaseWalk.Owner);
        Assert.That((await worker.OpenAsync("/trails/exports")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var asking = await auditor.OpenAsync($"/trails/exports?case={walk.Case}");
        var asked = await auditor.SendAsync(asking, "askExport", new() { ["scope"] = "case", ["reason"] = "steekproef van dit jaar" });
        Assert.That(asked.Text, Does.Contain("De export is aangevraagd.").And.Contain("steekproef van dit jaar"));
        for (var tries = 0; tries < 120 && !asked.Text.Contains("Haal op", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(500);
            asked = await auditor.OpenAsync(asked.Address.AbsolutePath);
        }

        Assert.That(asked.Text, Does.Contain("Haal op").And.Contain("SHA-256"));
        using var program = await host.ClientAsync(Auditor);
        var bundle = await program.GetByteArrayAsync($"/api/v1/trail/exports/{asked.Address.Segments[^1]}/file");
        Assert.That(bundle[..2], Is.EqualTo("PK"u8.ToArray()));

        var period = await auditor.SendAsync(
            await auditor.OpenAsync("/trails/exports"), "askExport", new() { ["scope"] = "period", ["from"] = "2026-01-01", ["to"] = "2026-01-31", ["reason"] = "januari" });
        Assert.That(period.Text, Does.Contain("wacht op een tweede persoon").And.Not.Contain("Oordeel over deze export"), "never one's own");
        var refused = await officer.SendAsync(await officer.OpenAsync(period.Address.AbsolutePath), "judgeExport", new() { ["do"] = "no", ["remark"] = "Te ruim." });
        Assert.That(refused.Text, Does.Contain("afgewezen").And.Contain("Te ruim."));
    }

    [Test]
    public async Task Filters_are_kept_from_page_to_page_and_named()
    {
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        var found = await auditor.OpenAsync("/trails?deviates=true&brokenGlass=true");

        Assert.Multiple(() =>
        {
            Assert.That(found.Html, Does.Match("<input[^>]*name=\"deviates\"[^>]* checked"));
            Assert.That(found.Html, Does.Contain("/trails/samples?deviates=true&amp;brokenGlass=true"));
        });
    }
}
