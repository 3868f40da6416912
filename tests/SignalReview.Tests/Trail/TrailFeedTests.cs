using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Tests.Cases;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Formats;

namespace SignalReview.Tests.Trail;

/// <summary>Headers for a program that watches, page by page.</summary>
internal sealed class TrailFeedTests
{
    private static readonly Actor Auditor = BlindWorld.Auditor;

    [Test]
    public async Task Page_by_page_each_leaf_comes_once_in_its_order_and_each_page_is_in_the_trail()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        List<long> places = [];
        var pages = 0;
        for (var after = -1L; ;)
        {
            var page = await AskAsync(world, after, 20);
            if (page.IsEmpty)
            {
                break;
            }

            places.AddRange((await LeavesAsync(world, page)).Select(l => l.Index));
            after = page.Last;
            pages++;
        }

        Assert.That(pages, Is.GreaterThan(2));
        Assert.That(places, Is.EqualTo(Enumerable.Range(0, places.Count).Select(i => (long)i)));
        Assert.That(await PolledAsync(world), Is.EqualTo(pages));
    }

    [TestCase(1)]
    [TestCase(50)]
    public async Task A_program_that_asks_for_ever_does_not_feed_itself(int limit)
    {
        await using var world = await (await CaseWorld.StartAsync()).DraftAsync();
        var after = -1L;
        for (var i = 0; i < 200; i++)
        {
            after = (await AskAsync(world, after, limit)).Last;
        }

        var written = await PolledAsync(world);
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await AskAsync(world, after, limit)).IsEmpty);
        }

        Assert.That(await PolledAsync(world), Is.EqualTo(written), "asking in vain adds nothing");

        await world.DraftAsync();
        Assert.That((await AskAsync(world, after, limit)).IsEmpty, Is.False);
    }

    [Test]
    public async Task Only_auditors_get_it_and_the_refusal_is_kept()
    {
        await using var world = await (await CaseWorld.StartAsync()).DraftAsync();

        var result = await world.Get<TrailFeed>().AskAsync(world.Coordinator, -1, 10, EventFormat.Ocsf, CancellationToken.None);

        Assert.That(result.Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That(await TypesAsync(world), Does.Contain("command.refused"));
    }

    [Test]
    public async Task An_auditor_who_reads_in_a_blind_case_leaves_it_to_another()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(1);
        var reader = new Actor(blind.Readers[0].Person, Auditor.Roles, "api");

        var result = await blind.World.Get<TrailFeed>().AskAsync(reader, -1, TrailFeed.Most, EventFormat.Headers, CancellationToken.None);

        Assert.That(result.Refusal, Is.EqualTo(Refusal.Conflict("trail-own-cases")));
        Assert.That((await AskAsync(blind.World, -1, TrailFeed.Most)).IsEmpty, Is.False, "another gets it");
    }

    [Test]
    public async Task Who_has_more_than_the_log_is_told_so()
    {
        await using var world = await (await CaseWorld.StartAsync()).DraftAsync();
        var size = (await TypesAsync(world)).Count;

        var result = await world.Get<TrailFeed>().AskAsync(Auditor, size, 10, EventFormat.Headers, CancellationToken.None);

        Assert.That(result.Refusal, Is.EqualTo(Refusal.Conflict("trail-shorter")));
    }

    [Test]
    public async Task A_page_that_cannot_be_written_down_is_not_given()
    {
        await using var world = await (await CaseWorld.StartAsync()).DraftAsync();
        await CaseReadsTests.BlockTrailAsync(world);

        Assert.ThrowsAsync<ReadNotLoggedException>(() => AskAsync(world, -1, 10));
    }

    private static async Task<FeedPage> AskAsync(CaseWorld world, long after, int take)
    {
        var (page, refusal) = await world.Get<TrailFeed>().AskAsync(Auditor, after, take, EventFormat.Headers, CancellationToken.None);
        return page ?? throw new AssertionException($"Refused: {refusal!.Code}");
    }

    private static async Task<List<(long Index, byte[] Leaf)>> LeavesAsync(CaseWorld world, FeedPage page) =>
        await world.Get<TrailFeed>().LeavesAsync(page, CancellationToken.None).ToListAsync();

    private static async Task<IReadOnlyList<string>> TypesAsync(CaseWorld world) =>
        [.. (await LeavesAsync(world, new FeedPage(-1, long.MaxValue))).Select(l => EventHeader.Parse(l.Leaf).Type)];

    private static async Task<int> PolledAsync(CaseWorld world) => (await TypesAsync(world)).Count(type => type == TrailFeed.Polled);
}
