using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.KillWorker;

/// <summary>The product without a door, and somebody who works some cases at a time in it, in the place of everyone.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private const int CasesAtATime = 6;
    private static readonly int[] Submitters = [1, 2, 3, 8];

    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["kill/running.sql"] = "SELECT case_id FROM cases WHERE phase NOT IN ('closed', 'withdrawn', 'stopped') ORDER BY created_at, case_id",
        ["kill/unheard.sql"] = "SELECT COUNT(*) FROM flow_runs WHERE changes > applied",
        ["kill/next_deadline.sql"] = "SELECT MIN(due_at) FROM deadlines WHERE state = 'open'",
    };

    private readonly ServiceProvider services;
    private readonly Doer doer;
    private readonly Clock clock;
    private readonly Random dice;

    private Worker(ServiceProvider services, Clock clock, Random dice)
    {
        this.services = services;
        this.clock = clock;
        this.dice = dice;
        doer = new(services);
    }

    public static async Task<Worker> StartAsync(IConfiguration settings)
    {
        var time = new Clock(DateTimeOffset.Parse(settings["now"]!, CultureInfo.InvariantCulture));
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new Faults()))
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(settings)
            .AddSignalReview(settings);
        Engines.Add(collection, settings);
        var database = SqliteDatabase.InFile(DataFolder.At(settings["data"]!).DatabaseFile, SqlText.EmbeddedAnd(SqlDialect.Sqlite, Queries));
        collection.Replace(ServiceDescriptor.Singleton<IDatabase>(database));
        Trap.Set(collection, settings["die"]);

        var provider = collection.BuildServiceProvider();
        await provider.PrepareSignalReviewAsync(demo: false, CancellationToken.None);
        await DemoPeople.SeedAsync(database, CancellationToken.None);
        // An engine outside our transaction works beside us.
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        provider.GetService<CommitTrap>()?.Arm();
        var seed = int.Parse(settings["seed"]!, CultureInfo.InvariantCulture);
        return new(provider, time, new Random(seed));
    }

    /// <summary>The one before died without an answer to this: it is done now, or was done then.</summary>
    public async Task RepeatAsync(Deed deed) => await SendAsync(deed);

    /// <param name="erasures">Each the case and the erasure; what another life has done is passed over.</param>
    public async Task EraseAsync(IReadOnlyList<string> erasures)
    {
        var officer = DemoPeople.All.First(p => p.Roles.Contains(Role.PrivacyOfficer));
        foreach (var ids in erasures.Select(e => e.Split(':').Select(Guid.Parse).ToList()))
        {
            var result = await services.GetRequiredService<EraseCase>().RunAsync(
                new(officer.Id, officer.Roles, "kill"), new(ids[0]), new(NewId(), ids[1]), CancellationToken.None);
            await Console.Out.WriteLineAsync(result.Done ? $"ack {ids[0]}" : $"no {ids[0]} {result.Refusal!.Code}");
        }
    }

    /// <param name="finish">Until all cases are closed, with no new ones; otherwise for as long as it lives.</param>
    public async Task WorkAsync(bool finish)
    {
        while (true)
        {
            await services.GetRequiredService<Deadlines>().FireDueAsync(CancellationToken.None);
            var running = await RunningAsync();
            if (finish && running.Count == 0 && !await IsEngineBusyAsync())
            {
                return;
            }

            if (await TurnAsync(running, finish))
            {
                continue;
            }

            if (await IsEngineBusyAsync())
            {
                await Task.Delay(20); // it is about to ask something, or to hear that all is over
            }
            else
            {
                await PassTimeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
    }

    /// <returns>False when nobody has anything to do now.</returns>
    private async Task<bool> TurnAsync(IReadOnlyList<CaseId> running, bool finish)
    {
        if (!finish && running.Count < CasesAtATime)
        {
            var submitter = DemoPeople.Id(Submitters[dice.Next(Submitters.Length)]);
            await SendAsync(new(NewId(), default, submitter, "start", "", Now));
            return true;
        }

        foreach (var id in running.OrderBy(_ => dice.Next()).ToList())
        {
            var file = await LoadAsync(id);
            var ofTime = !finish && dice.Next(12) == 0 ? NextDeed.OfTime(file, Now) : null;
            if ((ofTime ?? NextDeed.For(file)) is { } next)
            {
                await SendAsync(new(NewId(), id, next.Person, next.What, next.Detail, Now));
                return true;
            }
        }

        return false;
    }

    private DateTimeOffset Now => clock.GetUtcNow().Truncate();

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());

    private async Task SendAsync(Deed deed)
    {
        await Console.Out.WriteLineAsync($"try {deed}");
        var result = await doer.DoAsync(deed, CancellationToken.None);
        await Console.Out.WriteLineAsync(
            result.Done ? $"ack {deed.CommandId} {result.Case.Value} {result.Seq}" : $"no {deed.CommandId} {deed.What} {result.Refusal!.Code}");
    }

    private async Task<IReadOnlyList<CaseId>> RunningAsync()
    {
        await using var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        return await db.QueryAsync<CaseId>("kill/running", null, CancellationToken.None);
    }

    private async Task<bool> IsEngineBusyAsync()
    {
        await using var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        return await db.ScalarAsync<long>("kill/unheard", null, CancellationToken.None) > 0;
    }

    private async Task<CaseFile> LoadAsync(CaseId id)
    {
        await using var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        return await CaseStore.LoadAsync(db, id, CancellationToken.None) ?? throw new InvalidOperationException($"Case {id} is gone.");
    }

    /// <summary>To the next deadline.</summary>
    private async Task PassTimeAsync()
    {
        await using var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        var next = await db.ScalarAsync<DateTimeOffset?>("kill/next_deadline", null, CancellationToken.None)
            ?? throw new InvalidOperationException("Cases are open, but nobody has anything to do and no deadline will come: they are stuck.");
        if (next > clock.GetUtcNow())
        {
            clock.Pass(next - clock.GetUtcNow());
        }
    }

    /// <summary>Runs on from a given moment.</summary>
    private sealed class Clock(DateTimeOffset start) : TimeProvider
    {
        private readonly long since = System.GetTimestamp();
        private TimeSpan passed;

        public override DateTimeOffset GetUtcNow() => start + passed + System.GetElapsedTime(since);

        public void Pass(TimeSpan time) => passed += time;
    }

    /// <summary>A fault that the product would only log ends the process: the test sees it.</summary>
    private sealed class Faults : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Console.Error.WriteLine($"{formatter(state, exception)} {exception}");
                Environment.Exit(4);
            }
        }

        public void Dispose()
        {
        }
    }
}
