using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.Demo;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Tests.Storage;

namespace SignalReview.Tests.Demo;

[TestFixture]
internal sealed class DemoPlayTests
{
    private static readonly DemoCases All = DemoCases.Load();

    public static IEnumerable<string> Keys => All.Cases.Select(c => c.Key);

    [TestCaseSource(nameof(Keys))]
    public async Task Each_case_plays_to_its_end(string key)
    {
        var demo = All.Cases.Single(c => c.Key == key);
        await using var database = await TestDatabase.SqliteAsync();
        var clock = new SeedClock(new(2026, 3, 16, 9, 0, 0, TimeSpan.Zero));
        await using var services = await ServicesAsync(database, clock);
        await DemoPeople.SeedAsync(services.GetRequiredService<IDatabase>(), CancellationToken.None);

        var id = await new DemoPlay(new ProcessDoor(services, clock), _ => { }).RunAsync(demo, CasePhase.Closed, CancellationToken.None);

        await using var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        var file = (await CaseStore.LoadAsync(db, id, CancellationToken.None))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Phase, Is.EqualTo(
                demo.Stopped is not null ? CasePhase.Stopped : demo.Review is null ? CasePhase.FollowUp : CasePhase.Closed));
            Assert.That(file.CurrentDecision?.Outcome, Is.EqualTo(demo.Decision?.Outcome));
            Assert.That(file.CurrentDecision?.State, demo.Stopped is null ? Is.EqualTo(DecisionState.Approved) : Is.Null);
            Assert.That(file.Rounds, Has.Count.EqualTo(demo.Rounds?.Count ?? 0));
            Assert.That(file.Messages.Count(m => m is { EditedAt: not null, ReplyTo: not null }), Is.EqualTo(demo.Talk is null ? 0 : 1));
            Assert.That(file.Mentions, Has.Count.EqualTo(demo.Talk is null ? 0 : 1));
            Assert.That(file.MinutesVersions.Select(v => v.State), Is.EqualTo(demo.Talk is null ? [] : new[] { MinutesState.Fixed }));
            Assert.That(file.Dissents.Count(d => d.State == DissentState.Stated), Is.EqualTo(demo.Dissent is null ? 0 : 1));
        }
    }

    [Test]
    public async Task A_second_start_seeds_nothing_more()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var services = await ServicesAsync(database, TimeProvider.System);
        await services.PrepareSignalReviewAsync(demo: true, CancellationToken.None);
        await services.PrepareSignalReviewAsync(demo: true, CancellationToken.None);
        await using var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        Assert.That(await db.ScalarAsync<long>("cases/count", null, CancellationToken.None), Is.EqualTo(All.Cases.Count));
    }

    private static async Task<ServiceProvider> ServicesAsync(TestDatabase database, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["data"] = database.Folder })
            .Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton<IConfiguration>(configuration)
            .AddSignalReview(configuration)
            .BuildServiceProvider();
        await services.PrepareSignalReviewAsync(demo: false, CancellationToken.None);
        return services;
    }
}
