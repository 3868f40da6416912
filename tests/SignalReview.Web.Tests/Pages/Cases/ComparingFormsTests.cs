using System.Net;
using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>Comparing by forms alone: what is missing is ticked, what would change a reading is looked into and answered.</summary>
internal sealed class ComparingFormsTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task What_is_missing_is_ticked_in_the_room_and_shown_beside_the_decision()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[1]);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var page = await reader.OpenAsync($"{walk.Path}/room");
        Assert.That(page.Text, Does.Contain("Wat ontbreekt: 0 van 2 uitgezocht"));

        var refused = await reader.SendAsync(page.Form("checkMissing"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        page = await reader.DoAsync(refused.Form("checkMissing").With("found", "Zijn neef, zegt hij zelf."));
        Assert.That(page.Path, Does.StartWith($"{walk.Path}/room"));
        Assert.That(page.Text, Does.Contain("Wat ontbreekt: 1 van 2 uitgezocht").And.Contain("Zijn neef, zegt hij zelf."));

        page = await owner.DoAsync((await owner.OpenAsync($"{walk.Path}/compare")).Form("uncheckMissing"));
        Assert.That(page.Text, Does.Not.Contain("Zijn neef, zegt hij zelf."));
        Assert.That((await walk.FileAsync()).MissingChecks, Is.Empty);
    }

    [Test]
    public async Task What_would_change_a_reading_goes_from_hand_to_hand()
    {
        var walk = await CaseWalk.ComparingAsync(host);
        using var taker = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        var page = await taker.OpenAsync($"{walk.Path}/compare");
        var reading = new Guid(page.Form("takeEnquiry")["target"]!);

        page = await taker.DoAsync(page.Form("takeEnquiry", reading));
        Assert.That((await reader.OpenAsync($"{walk.Path}/compare")).HasForm("reportEnquiry"), Is.False);
        Assert.That((await taker.OpenAsync("/")).Text, Does.Contain("Zoek uit wat een lezing zou veranderen"));
        page = await taker.DoAsync(page.Form("reportEnquiry", reading).With("found", "Het was een grap, zeggen zij."));
        Assert.That(page.HasForm("answerEnquiry"), Is.False, "that is the reader's alone");

        // The first reading on the page is the first that came in: the first reader's.
        Assert.That((await reader.OpenAsync("/")).Text, Does.Contain("wat doet dat met jouw lezing?"));
        page = await reader.OpenAsync($"{walk.Path}/compare");
        Assert.That(page.Text, Does.Contain("Het was een grap, zeggen zij."));
        page = await reader.DoAsync(page.Form("answerEnquiry", reading).And("change", "shifted").With("reason", "Minder zorg nu."));

        Assert.That(page.Text, Does.Contain("Mijn lezing verschuift").And.Contain("Minder zorg nu."));
        Assert.That((await walk.FileAsync()).Enquiries.Single().State, Is.EqualTo(EnquiryState.Answered));
    }

    [Test]
    public async Task The_page_says_what_is_the_same_and_what_differs_and_calls_nothing_right()
    {
        var walk = await CaseWalk.ComparingAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);

        var page = await owner.OpenAsync($"{walk.Path}/compare");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Text, Does.Contain("Pleit ervoor: de straatnaam allemaal:"), "an agreement, with everyone who shares it");
            Assert.That(page.Text, Does.Contain("Voor de een pleit dit ervoor, voor de ander ertegen: geen namen"));
            Assert.That(page.Text, Does.Contain("Ontbreekt: Wie reageerde er?"));
            Assert.That(page.Text, Does.Contain("Jullie lezen vanuit andere posities"));
            Assert.That(page.Text, Does.Contain("Ken de scene."), "positionality");
            Assert.That(page.Html, Does.Contain("<svg viewBox=\"0 0 760").And.Contain("<svg viewBox=\"0 0 340"));
            Assert.That(page.Text, Does.Not.Match("(?i)correct|beste lez|winnaar|ranglijst|verkeerd"));
        }
    }

    [Test]
    public async Task Before_the_reveal_the_page_compares_nothing()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        await walk.ReadAsync(walk.Readers[0], 0);
        await walk.ReadAsync(walk.Readers[1], 1);
        foreach (var person in new[] { CaseWalk.Owner, CaseWalk.Facilitator, walk.Readers[0], walk.Readers[^1] })
        {
            using var surfer = await FormSurfer.AsAsync(host, person);
            var page = await surfer.OpenAsync($"{walk.Path}/compare");
            Assert.That(page.Html, Does.Not.Contain("Wie reageerde er?").And.Not.Contain("iets anders over zeggen"), person);
            Assert.That(page.HasForm("checkMissing") || page.HasForm("takeEnquiry"), Is.False, person);
        }
    }
}
