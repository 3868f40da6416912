using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Privacy.Erasure;
using SignalReview.Trail;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Privacy;

/// <summary>Holds and erasure on the pages, without a script: from request to certificate, and what an erased case looks like afterwards.</summary>
internal sealed class PrivacyPagesTests
{
    private const string Auditor = "w10";
    private const string Officer = CaseWalk.PrivacyOfficer;

    private static readonly string[] CasePages =
        ["", "/read", "/compare", "/room", "/room/wall", "/minutes", "/decide", "/approve", "/dissent", "/follow-up"];

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task A_case_goes_from_request_to_certificate_by_two_people()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        using var officer = await FormSurfer.AsAsync(host, Officer);
        using var second = await FormSurfer.AsAsync(host, CaseWalk.Coordinator);
        await walk.CloseAsync();

        var erasure = await PrivacyWalk.RequestAsync(officer, walk.Case.ToString());
        var page = await officer.OpenAsync(erasure);
        Assert.That(page.Text, Does.Contain("Toets het verzoek").And.Contain("Zij wil het weg."));
        page = await officer.DoAsync(PrivacyWalk.Checked(page));
        Assert.That(page.Text, Does.Contain("Wacht op een tweede persoon").And.Not.Contain("Keur het wissen goed"), "never by who asked");
        page = await second.DoAsync((await second.OpenAsync(erasure)).Form("approveErasure"));
        Assert.That(page.Text, Does.Contain("Je hebt het wissen goedgekeurd.").And.Contain("Wis de zaak"));
        page = await officer.DoAsync((await officer.OpenAsync(erasure)).Form("eraseCase"));

        Assert.That(page.Text, Does.Contain("De zaak is gewist.").And.Contain("In geen bestand van SignalReview").And.Not.Contain("Zij wil het weg."));
        var certificate = await officer.OpenAsync($"{erasure}/certificate");
        Assert.That(certificate.Text, Does.Contain("Bewijs van wissen").And.Contain("Peter Okafor").And.Contain("Marit de Groot").And.Contain("Wat blijft, en waarom"));
        var file = await officer.OpenAsync($"{erasure}/certificate.json");
        Assert.That(
            ErasureCertificate.Verify(ErasureCertificateFile.Read(Encoding.UTF8.GetBytes(file.Html))!, host.Services.GetRequiredService<CheckpointSigner>().VerifierKey),
            Is.EqualTo(CertificateVerdict.Valid));
    }

    [Test]
    public async Task Every_page_of_an_erased_case_says_kindly_what_happened()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        await walk.CloseAsync();
        await PrivacyWalk.EraseAsync(host, walk.Case.ToString());

        foreach (var person in new[] { CaseWalk.Owner, CaseWalk.Facilitator, walk.Readers[0], walk.Approver, CaseWalk.Coordinator, Officer, Auditor, "w9" })
        {
            using var surfer = await FormSurfer.AsAsync(host, person);
            foreach (var part in CasePages)
            {
                var page = await surfer.OpenAsync($"/cases/{walk.Case}{part}");
                Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.NotFound), $"{person} {part}");
                Assert.That(page.Text, Does.Not.Contain("mes-emoji").And.Not.Contain("merkteken-").And.Not.Contain("Merel"), $"{person} {part}");
                if (page.Status == HttpStatusCode.OK)
                {
                    Assert.That(page.Text, Does.Contain("Deze zaak is gewist"), $"{person} {part}");
                }
            }

            foreach (var list in new[] { "/", "/board", "/trails", "/statistics", $"/trails/{walk.Case}", "/workflows", "/privacy", "/privacy/erasures", "/privacy/holds", $"/privacy/cases/{walk.Case}" })
            {
                Assert.That((int)(await surfer.OpenAsync(list)).Status, Is.LessThan(500), $"{person} {list}");
            }
        }
    }

    [Test]
    public async Task A_hold_is_placed_and_lifted_and_refuses_in_words()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        await walk.CloseAsync();
        using var officer = await FormSurfer.AsAsync(host, Officer);
        var path = $"/privacy/cases/{walk.Case}";

        var refused = await officer.SendAsync((await officer.OpenAsync(path)).Form("placeHold"));
        Assert.That((int)refused.Status, Is.EqualTo(422));
        var placed = await officer.DoAsync((await officer.OpenAsync(path)).Form("placeHold").With("ground", "claim").With("reason", "Er is een claim."));
        Assert.That(placed.Text, Does.Contain("De zaak wordt vastgehouden.").And.Contain("Er is een claim.").And.Contain("Geldt"));
        var erasure = await PrivacyWalk.RequestAsync(officer, walk.Case.ToString());
        var held = await officer.OpenAsync(erasure);
        Assert.That(held.Text, Does.Contain("Deze zaak wordt vastgehouden").And.Not.Contain("Toets het verzoek"));
        Assert.That((await officer.OpenAsync("/privacy/holds")).Text, Does.Contain("Claim of rechtszaak"));
        var lifted = await officer.DoAsync((await officer.OpenAsync(path)).Form("liftHold").With("reason", "Voorbij."));
        Assert.That(lifted.Text, Does.Contain("De bewaring is opgeheven."));
        Assert.That((await officer.OpenAsync(erasure)).Text, Does.Contain("Toets het verzoek"));
    }

    [Test]
    public async Task What_is_not_filled_in_is_asked_for_at_its_field_and_what_was_typed_stays()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        await walk.CloseAsync();
        using var officer = await FormSurfer.AsAsync(host, Officer);
        var erasure = await PrivacyWalk.RequestAsync(officer, walk.Case.ToString());

        var form = (await officer.OpenAsync(erasure)).Form("checkErasure").With("interests.claim.outcome", "yields").With("interests.otherSubject.reasoning", "Zij weet ervan.");
        var back = await officer.SendAsync(form);

        Assert.That((int)back.Status, Is.EqualTo(422));
        Assert.That(back.Html, Does.Contain("Zij weet ervan.").And.Match("id=\"[^\"]*interests[^\"]*claim[^\"]*reasoning[^\"]*\"[^>]*aria-invalid=\"true\""));
    }

    [Test]
    public async Task The_pages_are_for_privacy_officers_and_coordinators([Values("w1", "w10", "w12")] string person)
    {
        using var surfer = await FormSurfer.AsAsync(host, person);
        foreach (var path in new[] { "/privacy", "/privacy/erasures", "/privacy/holds" })
        {
            Assert.That((await surfer.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }
    }

    [Test]
    public async Task A_case_is_found_by_its_number_or_its_address()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var officer = await FormSurfer.AsAsync(host, Officer);

        Assert.That((await officer.OpenAsync($"/privacy?case={walk.Case}")).Location, Is.EqualTo($"/privacy/cases/{walk.Case}"));
        Assert.That((await officer.OpenAsync($"/privacy?case={Uri.EscapeDataString($"https://x.example/cases/{walk.Case}/room")}")).Location, Is.EqualTo($"/privacy/cases/{walk.Case}"));
        Assert.That((await officer.OpenAsync("/privacy?case=merel")).Text, Does.Contain("Hierin staat geen zaaknummer."));
        Assert.That((await officer.OpenAsync($"/privacy/cases/{walk.Case}")).Text, Does.Contain("Aan deze zaak wordt nog gewerkt"));
    }
}
