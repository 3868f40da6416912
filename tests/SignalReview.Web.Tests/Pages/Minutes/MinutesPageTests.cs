using System.Net;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Minutes;

/// <summary>The minutes by plain forms, from the draft to the version that stands, and how they look.</summary>
internal sealed class MinutesPageTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Facilitator_writes_those_present_answer_and_all_of_the_case_read_what_stands()
    {
        var walk = await ClosedAsync();
        var path = $"{walk.Path}/minutes";
        using var facilitator = await FormSurfer.AsAsync(host, CaseWalk.Facilitator);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        using var absent = await FormSurfer.AsAsync(host, walk.Readers[1]);

        var writing = await facilitator.OpenAsync($"{path}?edit=agreements");
        Assert.That(writing.Text, Does.Contain("Dit is een concept").And.Contain("Wie was erbij"));
        var written = await facilitator.DoAsync(writing.Form("editMinutes").With("text", "Wij bellen dinsdag met school."));
        Assert.That(written.Text, Does.Contain("Wij bellen dinsdag met school."));

        var refused = await facilitator.SendAsync(written.Form("proposeMinutes").With("workingDays", "11"));
        Assert.That((refused.Status, refused.HasForm("proposeMinutes")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        var proposed = await facilitator.DoAsync(written.Form("proposeMinutes").With("workingDays", "2"));
        Assert.That(proposed.Text, Does.Contain("Versie 1 ligt voor ter goedkeuring"));

        var asked = await reader.OpenAsync(path);
        var gap = await reader.SendAsync(asked.Form("objectMinutes").With("remark", " "));
        Assert.That(gap.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "an objection says why");
        var objected = await reader.DoAsync(asked.Form("objectMinutes").With("remark", "De docent heet mentor."));
        Assert.That(objected.Text, Does.Contain("De docent heet mentor."));
        await reader.DoAsync(objected.Form("approveMinutes"));
        var stands = await owner.DoAsync((await owner.OpenAsync(path)).Form("approveMinutes"));

        Assert.That(stands.Text, Does.Contain("Versie 1 is vastgesteld").And.Contain("Iedereen die erbij was, keurde het goed."));
        Assert.That((await absent.OpenAsync(path)).Text, Does.Contain("Wij bellen dinsdag met school."));
        using var outsider = await FormSurfer.AsAsync(host, walk.Outsider);
        Assert.That((await outsider.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Two_who_write_the_same_section_at_once_overwrite_nothing()
    {
        var walk = await ClosedAsync();
        var path = $"{walk.Path}/minutes?edit=advice";
        using var facilitator = await FormSurfer.AsAsync(host, CaseWalk.Facilitator);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var first = await facilitator.OpenAsync(path);
        var second = await owner.OpenAsync(path);
        await facilitator.DoAsync(first.Form("editMinutes").With("text", "Eerst luisteren."));
        var late = await owner.SendAsync(second.Form("editMinutes").With("text", "Eerst bellen."));

        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(late.Text, Does.Contain("Eerst luisteren.").And.Contain("Eerst bellen."), "both are there, and saving once more is knowing of it");
        var saved = await owner.DoAsync(late.Form("editMinutes").With("text", "Eerst luisteren, dan bellen."));
        Assert.That(saved.Text, Does.Contain("Eerst luisteren, dan bellen."));
    }

    [Test]
    public async Task Page_is_accessible_and_fits_and_prints([Values(320, 390, 1280)] int width, [Values("draft", "proposed")] string what)
    {
        var walk = await ClosedAsync();
        using var facilitator = await FormSurfer.AsAsync(host, CaseWalk.Facilitator);
        var path = $"{walk.Path}/minutes";
        if (what == "proposed")
        {
            await facilitator.DoAsync((await facilitator.OpenAsync(path)).Form("proposeMinutes"));
        }

        var page = await Browser.OpenAsync(host, what == "draft" ? CaseWalk.Facilitator : CaseWalk.Owner, width);
        await page.GotoAsync(path);
        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.SnapAsync($"minutes-{what}-{width}");
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await Microsoft.Playwright.Assertions.Expect(page.Locator("main form:visible")).ToHaveCountAsync(0);
        await page.SnapAsync($"minutes-{what}-{width}-print");
    }

    /// <summary>The owner, the facilitator and one reader came in; the room is closed.</summary>
    private async Task<CaseWalk> ClosedAsync()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        foreach (var person in new[] { CaseWalk.Facilitator, CaseWalk.Owner, walk.Readers[0] })
        {
            await walk.JoinRoomAsync(person);
        }

        await walk.ToHarvestAsync();
        return walk;
    }
}
