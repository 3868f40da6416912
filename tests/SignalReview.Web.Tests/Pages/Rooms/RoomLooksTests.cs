using SignalReview.Rooms;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>The room in each of its phases, for each who is in it: accessible, without sideways scrolling, at phone and desk width.</summary>
internal sealed class RoomLooksTests
{
    private WebHost host;
    private CaseWalk closed;
    private CaseWalk talking;
    private CaseWalk voting;
    private CaseWalk weighing;
    private CaseWalk done;
    private CaseWalk rounds;
    private Dictionary<string, CaseWalk> methods;
    private CaseWalk detachedVoting;
    private CaseWalk detachedWeighing;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        closed = await CaseWalk.InterpretingAsync(host);
        talking = await CaseWalk.DiscussingAsync(host);
        voting = await CaseWalk.VotingAsync(host);
        weighing = await CaseWalk.WeighingAsync(host);
        done = await CaseWalk.DecidingAsync(host);
        rounds = await CaseWalk.TwoRoundsAsync(host);
        var byMethod = new Dictionary<string, CaseWalk>(StringComparer.Ordinal);
        foreach (var method in new[] { VoteMethod.Consent, VoteMethod.Score, VoteMethod.Ranking })
        {
            byMethod[$"voting-{method}".ToLowerInvariant()] = await CaseWalk.VotingByAsync(host, method);
            byMethod[$"voted-{method}".ToLowerInvariant()] = await CaseWalk.VotedByAsync(host, method);
        }

        methods = byMethod;
        detachedVoting = await CaseWalk.VotingAsync(host, Anonymity.Detached);
        detachedWeighing = await CaseWalk.WeighingAsync(host, Anonymity.Detached);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Page_is_accessible_and_fits(
        [Values("not-open", "talking-reader", "talking-lead", "voting-reader", "voting-lead", "weighing-owner", "weighing-lead", "done-reader",
            "voting-consent", "voting-score", "voting-ranking", "voted-consent", "voted-score", "voted-ranking", "rounds-lead",
            "detached-voting", "detached-weighing")] string what,
        [Values(320, 390, 1280)] int width)
    {
        var (person, walk) = Open(what);
        var page = await Browser.OpenAsync(host, person, width);
        await page.GotoAsync($"{walk.Path}/room");
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");

        await page.HasNoAxeViolationsAsync();
        await page.HasNoSidewaysScrollAsync();
        await page.HasLargeTargetsAsync();
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = false; })");
        await page.SnapAsync($"room-{what}-{width}");
    }

    [Test]
    public async Task Page_is_accessible_in_the_dark_and_in_English([Values("voting-reader", "weighing-lead")] string what)
    {
        var (person, walk) = Open(what);
        var page = await Browser.OpenAsync(host, person, dark: true);
        await page.GotoAsync($"{walk.Path}/room?culture=en");

        await page.HasNoAxeViolationsAsync();
        await page.SnapAsync($"room-{what}-dark-en");
    }

    private (string Person, CaseWalk Walk) Open(string what) => what switch
    {
        "not-open" => (closed.Readers[0], closed),
        "talking-reader" => (talking.Readers[0], talking),
        "talking-lead" => (CaseWalk.Facilitator, talking),
        "voting-reader" => (voting.Readers[0], voting),
        "voting-lead" => (CaseWalk.Facilitator, voting),
        "weighing-owner" => (CaseWalk.Owner, weighing),
        "weighing-lead" => (CaseWalk.Facilitator, weighing),
        "detached-voting" => (detachedVoting.Readers[0], detachedVoting),
        "detached-weighing" => (detachedWeighing.Readers[0], detachedWeighing),
        "done-reader" => (done.Readers[0], done),
        "rounds-lead" => (CaseWalk.Facilitator, rounds),
        _ when methods.TryGetValue(what, out var walk) => (walk.Readers[0], walk),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
