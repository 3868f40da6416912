using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>The ledger, the telling and the healing, with an engine that is always at hand.</summary>
[TestFixture]
internal sealed class FolderEngineTests : OutsideEngineContract
{
    protected override void AddEngine(IServiceCollection services, IConfiguration configuration)
    {
        var folder = Directory.CreateDirectory(Path.Combine(configuration["data"]!, "engine")).FullName;
        services
            .AddSingleton(provider => new FolderRuntime(provider.GetRequiredService<DefinitionLibrary>(), folder))
            .AddSingleton<IFlowRuntime>(provider => provider.GetRequiredService<FolderRuntime>())
            .AddOutsideEngine();
    }

    protected override Task LoseWaitsAsync(CaseWorld world, string instance) =>
        world.Get<FolderRuntime>().DamageAsync(instance, stored => stored with { Waits = [] });

    protected override Task BreakAsync(CaseWorld world, string instance) =>
        world.Get<FolderRuntime>().DamageAsync(instance, stored => stored with { Broken = true });

    /// <summary>Two hundred deaths of the engine's side, at every write, before it or just after it.</summary>
    [Test]
    public async Task An_engine_that_dies_at_each_turn_loses_and_doubles_nothing()
    {
        await using var engine = await StartAsync();
        var runtime = engine.World.Get<FolderRuntime>();
        engine.World.FaultsAllowed = true;
        var dice = new Random(7);
        var deaths = 0;
        runtime.Chance = _ =>
        {
            if (dice.Next(3) == 0)
            {
                deaths++;
                throw new IOException("The engine died here.");
            }
        };
        var definition = DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation];
        while (deaths < 200)
        {
            foreach (var path in FlowPaths.Covering(definition).Take(4))
            {
                await PlayAsync(engine, path, definition);
            }
        }

        TestContext.Out.WriteLine($"{deaths} deaths");
    }

    [Test]
    public async Task An_engine_that_fails_again_and_again_on_a_case_raises_the_alarm_until_it_goes_on()
    {
        await using var engine = await StartAsync();
        var (world, runtime, health) = (engine.World, engine.World.Get<FolderRuntime>(), engine.World.Get<FlowHealth>());
        await engine.BeginAsync(DefinitionLibrary.CollegialConsultation);
        world.FaultsAllowed = true;
        runtime.Chance = _ => throw new IOException("The engine's disk is full.");
        await engine.CompleteAsync(new("AppointFacilitator", "Done"));
        Assert.That(await health.CountStuckAsync(CancellationToken.None), Is.Zero, "once may be chance");

        for (var look = 0; look < 3; look++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await world.SettleAsync();
        }

        Assert.That(await health.CountStuckAsync(CancellationToken.None), Is.EqualTo(1));

        runtime.Chance = _ => { };
        await RestAsync(engine);
        Assert.That(await health.CountStuckAsync(CancellationToken.None), Is.Zero);
        Assert.That(await engine.OpenAsync(), Is.EqualTo(["InviteReaders"]));
    }

    [Test]
    public async Task Both_sides_are_compared_at_the_start_and_every_minute_and_each_healing_is_in_the_log_and_in_the_trail()
    {
        using var log = new HealingLog();
        await using var world = await CaseWorld.StartAsync(change: (services, configuration) =>
        {
            AddEngine(services, configuration);
            services.AddLogging(logging => logging.AddProvider(log));
        });
        await world.InVoteAsync();
        var service = world.Services.GetServices<IHostedService>().OfType<FlowService>().Single();
        await world.Get<IFlowRuntime>().DeleteAsync(Instance(world), CancellationToken.None);
        await service.StartAsync(CancellationToken.None);
        await UntilHealedAsync(1);

        await world.Get<IFlowRuntime>().DeleteAsync(Instance(world), CancellationToken.None);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await UntilHealedAsync(2);
        await service.StopAsync(CancellationToken.None);
        Assert.That(log.Lines, Has.Count.EqualTo(2).And.All.Contains($"case {world.Case} was Started"));

        async Task UntilHealedAsync(int times)
        {
            for (var look = 0; look < 3000 && !await IsHealedAsync(times); look++)
            {
                await Task.Delay(20);
            }

            Assert.That((log.Lines.Count, await world.CountAsync("workflow.healed")), Is.EqualTo((times, times)));
        }

        // It is recorded first and made then: only an instance that is there again can be lost again.
        async Task<bool> IsHealedAsync(int times)
        {
            if (log.Lines.Count < times || await world.CountAsync("workflow.healed") < times)
            {
                return false;
            }

            await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
            return await FlowLedger.LastRunAsync(db, world.Case, CancellationToken.None) is { } run && run.Changes == run.Applied;
        }
    }

    private static async Task PlayAsync(EngineWorld engine, FlowPath path, WorkflowDefinition definition)
    {
        await engine.BeginAsync(definition.DefinitionId, path.Inputs);
        await RestAsync(engine);
        var (state, expected) = EmbeddedFlow.Start(definition, path.Inputs);
        var asked = expected.Select(EngineWorld.Text).ToList();
        foreach (var step in path.Steps)
        {
            (state, expected) = EmbeddedFlow.Complete(definition, state, step.Completion);
            asked.AddRange(expected.Select(EngineWorld.Text));
            await engine.CompleteAsync(step.Completion);
            await RestAsync(engine);
        }

        Assert.That((await engine.AskedAsync()).Select(EngineWorld.Text), Is.EqualTo(asked));
        Assert.That(await engine.OpenAsync(), Is.Empty);
    }

    /// <summary>Until nothing is due, whatever pause a failure asks for.</summary>
    private static async Task RestAsync(EngineWorld engine)
    {
        for (var look = 0; look < 12; look++)
        {
            engine.World.Time.Advance(TimeSpan.FromMinutes(1));
            await engine.World.SettleAsync();
        }
    }

    private sealed class HealingLog : ILoggerProvider, ILogger
    {
        private const int Healed = 2102;

        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == Healed && logLevel == LogLevel.Warning)
            {
                Lines.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
