using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Trail.Anchors;
using SignalReview.Trail.Signing;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Signing;

/// <summary>Where people see that the trail is signed, or that it does not fit, and say what it was.</summary>
internal sealed class SigningPageTests
{
    private const string Auditor = "w10";
    private const string PrivacyOfficer = "w11";
    private const string Worker = "w1";

    [Test]
    public async Task A_started_host_has_signed_and_says_so()
    {
        await using var host = WebHost.Start();
        await host.Services.GetRequiredService<CheckpointRound>().RunAsync(default); // the host's own may be a moment later
        using var client = host.Client();
        using var response = await client.GetAsync("/health/trail");
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        using var worker = await PlainBrowser.SignInAsync(host, Worker);
        var page = await auditor.OpenAsync("/trails/signing");

        Assert.Multiple(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(json["state"]!.GetValue<string>(), Is.EqualTo("signed"));
            Assert.That(json["signed"]!.GetValue<long>(), Is.GreaterThan(0));
            Assert.That(json.Select(p => p.Key), Is.EquivalentTo(new[] { "status", "state", "alarms", "events", "signed", "unsignedSeconds", "anchors" }));
            Assert.That(page.Text, Does.Contain("Er staat geen alarm open.").And.Contain("herschrijven"));
            Assert.That(page.Text, Does.Contain(host.Services.GetRequiredService<SignalReview.Trail.CheckpointSigner>().VerifierKey.ToString()));
            Assert.That((await worker.OpenAsync("/trails/signing")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await worker.OpenAsync("/about")).Text, Does.Contain("Het beslisspoor is ondertekend en klopt"));
        });
    }

    [Test]
    public async Task An_alarm_is_on_health_and_on_the_pages_until_the_privacy_officer_says_what_it_was()
    {
        await using var host = WebHost.Start(services => services.Remove(services.Single(s => s.ImplementationType == typeof(CheckpointService))));
        var round = host.Services.GetRequiredService<CheckpointRound>();
        await round.RunAsync(default);
        host.Services.GetRequiredService<SignerState>().Remember("no note");
        await round.RunAsync(default);
        using var client = host.Client();
        using var alarm = await client.GetAsync("/health/trail");
        using var ready = await client.GetAsync("/health/ready");
        using var worker = await PlainBrowser.SignInAsync(host, Worker);
        using var auditor = await PlainBrowser.SignInAsync(host, Auditor);
        using var officer = await PlainBrowser.SignInAsync(host, PrivacyOfficer);
        var about = await worker.OpenAsync("/about");
        var trails = await auditor.OpenAsync("/trails");
        var page = await officer.OpenAsync("/trails/signing");
        var json = JsonNode.Parse(await alarm.Content.ReadAsStringAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That(alarm.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(json["alarms"]!.AsArray().Single()!.GetValue<string>(), Is.EqualTo("memoryChanged"));
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK), "people go on with their work");
            Assert.That(about.Text, Does.Contain("ALARM"));
            Assert.That(trails.Text, Does.Contain("ALARM").And.Contain("Bekijk de handtekening"));
            Assert.That(page.Text, Does.Contain("Wat de ondertekenaar onthield is veranderd").And.Contain("Verander niets aan de server"));
        });

        var id = host.Services.GetRequiredService<TrailAlarms>().Read().Single().Id;
        var form = $"/trails/signing/alarms/{id}";
        var fields = page.FieldsOf(form).Where(f => f.Key != "reason").ToList();
        var refused = await officer.PostAsync(new(host.Address, form), [.. fields, new("reason", " ")]);
        Assert.That(refused.Text, Does.Contain("Schrijf op wat er aan de hand was"));
        var no = await worker.PostAsync(new(host.Address, form), [.. fields, new("reason", "Laat maar.")]);
        Assert.That(no.Status, Is.Not.EqualTo(HttpStatusCode.OK).Or.Property("Path").Not.EqualTo("/trails/signing"));
        Assert.That(host.Services.GetRequiredService<TrailAlarms>().Read(), Has.Count.EqualTo(1));

        var done = await officer.PostAsync(new(host.Address, form), [.. fields, new("reason", "Een oude kopie van de sleutelmap was teruggezet.")]);
        Assert.That(done.Text, Does.Contain("Vastgelegd. Het alarm is gesloten.").And.Contain("Er staat geen alarm open."));
        await round.RunAsync(default);
        using var after = await client.GetAsync("/health/trail");
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_page_is_accessible_and_fits([Values(390, 1280)] int width, [Values("nl", "en")] string language)
    {
        await using var host = WebHost.Start(
            services => services.Remove(services.Single(s => s.ImplementationType == typeof(CheckpointService))),
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Trail:Anchors:archive:File"] = "/proc/nowhere", ["Trail:Anchors:archive:EveryMinutes"] = "0" });
        var round = host.Services.GetRequiredService<CheckpointRound>();
        await round.RunAsync(default);
        await host.Services.GetRequiredService<AnchorQueue>().SendDueAsync(default);
        host.Services.GetRequiredService<SignerState>().Remember("no note");
        await round.RunAsync(default);
        var page = await Browser.OpenAsync(host, Auditor, width);
        await page.GotoAsync($"/trails/signing?culture={language}");

        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.SnapAsync($"signing-{width}-{language}");
    }
}
