using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Demo;

/// <summary>
/// Fills an empty database with the demo's colleagues and cases in various phases, by playing them through the real use cases on a
/// clock that runs from some days ago.
/// </summary>
internal sealed partial class DemoSeed(IDatabase database, KeyRing keys, IConfiguration configuration, TimeProvider time, ILogger<DemoSeed> logger)
{
    private static readonly Dictionary<string, CasePhase> Until = new(StringComparer.Ordinal)
    {
        ["DEMO-01"] = CasePhase.Room,
        ["DEMO-02"] = CasePhase.FollowUp,
        ["DEMO-03"] = CasePhase.Closed,
        ["DEMO-04"] = CasePhase.Interpreting,
        ["DEMO-05"] = CasePhase.Clarifying,
        ["DEMO-06"] = CasePhase.Deciding,
        ["DEMO-07"] = CasePhase.Comparing,
        ["DEMO-08"] = CasePhase.Approving,
        ["DEMO-09"] = CasePhase.Submitted,
        ["DEMO-10"] = CasePhase.Closed,
        ["DEMO-11"] = CasePhase.FollowUp,
        ["DEMO-12"] = CasePhase.Stopped,
    };

    /// <summary>Stopped so long ago that it is nearly due by the shipped retention rules.</summary>
    private const string Oldest = "DEMO-12";

    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(356);

    /// <summary>How long the longest case takes on the seed's clock; a case starts that long before now, and half an hour apart.</summary>
    private static readonly TimeSpan LongestCase = TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken ct)
    {
        await DemoPeople.SeedAsync(database, ct);
        await using (var db = await database.OpenReadAsync(ct))
        {
            if (await db.ScalarAsync<long>("cases/count", null, ct) > 0)
            {
                return;
            }
        }

        var clock = new SeedClock(time.GetUtcNow());
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSignalReview(configuration)
            .Replace(ServiceDescriptor.Singleton(database))
            .Replace(ServiceDescriptor.Singleton(keys))
            .BuildServiceProvider();
        var play = new DemoPlay(new ProcessDoor(services, clock), _ => { });
        var demo = DemoCases.Load();
        var played = new Dictionary<string, CaseId>(StringComparer.Ordinal);
        foreach (var (index, @case) in demo.Cases.OrderBy(c => c.Key != Oldest).Index())
        {
            clock.SetUtcNow(time.GetUtcNow() - (@case.Key == Oldest ? LongAgo : LongestCase + TimeSpan.FromMinutes(30 * (demo.Cases.Count - index))));
            played[@case.Key] = await play.RunAsync(@case, Until[@case.Key], ct);
        }

        clock.SetUtcNow(time.GetUtcNow() - TimeSpan.FromHours(1));
        await new DemoAudit(services, clock).RunAsync(played["DEMO-11"], played["DEMO-03"], demo.Cases.Single(c => c.Key == "DEMO-03").Owner!, ct);
        clock.SetUtcNow(time.GetUtcNow());
        await DemoPrivacy.PlayAsync(services, ct);

        LogSeeded(logger, demo.Cases.Count);
    }

    [LoggerMessage(7001, LogLevel.Information, "The empty database was filled with {Cases} demo cases")]
    private static partial void LogSeeded(ILogger logger, int cases);
}
