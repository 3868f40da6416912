using System.Net;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>Until the reveal no page gives away another's reading: not its words, not whose it is.</summary>
internal sealed class BlindPagesTests
{
    private static readonly string[] Pages = ["", "/read", "/compare", "/decide", "/dissent", "/approve", "/follow-up"];

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Nobody_sees_anothers_reading_before_the_reveal()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        await walk.ReadAsync(walk.Readers[0], 0);
        await walk.ReadAsync(walk.Readers[1], 1);
        var found = new List<string>();
        foreach (var person in walk.Readers.Concat([CaseWalk.Owner, CaseWalk.Facilitator, CaseWalk.Coordinator, "w10"]))
        {
            using var surfer = await FormSurfer.AsAsync(host, person);
            foreach (var path in Pages)
            {
                var page = await surfer.OpenAsync(walk.Path + path);
                found.AddRange(walk.Readers.Take(2)
                    .Where(reader => reader != person && page.Html.Contains(CaseWalk.Marker(reader), StringComparison.Ordinal))
                    .Select(reader => $"{person} finds {reader} on {path}"));
            }
        }

        Assert.That(found, Is.Empty);
    }

    [Test]
    public async Task Page_looks_the_same_whoever_of_the_others_has_read()
    {
        var first = await CaseWalk.InterpretingAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        await first.ReadAsync(first.Readers[0], 0);
        var page = await owner.OpenAsync(first.Path);

        Assert.That(page.Text, Does.Contain("1 van 3 lezingen binnen"));
        // All who were asked stand under one word, whether they have handed in or not.
        Assert.That(System.Text.RegularExpressions.Regex.Count(page.Text, "lezer: leest mee"), Is.EqualTo(3));
    }

    [Test]
    public async Task After_the_reveal_everyone_inside_sees_all_readings()
    {
        var walk = await CaseWalk.ComparingAsync(host);
        foreach (var person in walk.Readers.Concat([CaseWalk.Owner, CaseWalk.Facilitator]))
        {
            using var surfer = await FormSurfer.AsAsync(host, person);
            var page = await surfer.OpenAsync($"{walk.Path}/compare");
            Assert.That(walk.Readers.Select(CaseWalk.Marker).Where(marker => !page.Html.Contains(marker, StringComparison.Ordinal)), Is.Empty, person);
        }
    }

    [Test]
    public async Task Stranger_finds_no_case_and_cannot_send_a_form_to_it()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var form = (await owner.OpenAsync(walk.Path)).Form("addToSignal").With("text", "Van een vreemde.");
        using var stranger = await FormSurfer.AsAsync(host, "w9");
        foreach (var path in Pages)
        {
            Assert.That((await stranger.OpenAsync(walk.Path + path)).Status, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        var sent = await stranger.SendAsync(form);

        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await walk.FileAsync()).Additions, Is.Empty);
    }

    [Test]
    public async Task Coordinator_sees_where_the_case_is_and_not_what_it_says()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var coordinator = await FormSurfer.AsAsync(host, walk.Readers.Contains(CaseWalk.Coordinator) ? "w10" : CaseWalk.Coordinator);
        var page = await coordinator.OpenAsync(walk.Path);

        Assert.That(page.Text, Does.Contain("Waar de zaak is"));
        Assert.That(page.Html, Does.Not.Contain("Groep Merel").And.Not.Contain("Clip met een mes-emoji").And.Not.Contain("Ik lees het als een dreiging"));
    }
}
