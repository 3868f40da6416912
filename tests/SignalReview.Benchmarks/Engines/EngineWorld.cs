using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SignalReview.Benchmarks.Cycles;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Benchmarks.Engines;

/// <summary>
/// One engine with the product's database, command runner, trail and deadlines, in a folder that goes with it. Only what a step does is left out:
/// it is opened with its deadline and completed by the next command, so that it is the workflow that is measured.
/// </summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    private readonly MeasuredEngine engine;
    private readonly DirectoryInfo folder;
    private readonly ServiceProvider services;

    private EngineWorld(MeasuredEngine engine)
    {
        this.engine = engine;
        folder = Directory.CreateTempSubdirectory("signalreview-engine-");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["data"] = folder.FullName }).Build();
        var collection = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSignalReview(configuration);
        engine.Add(collection, configuration);
        collection.Replace(ServiceDescriptor.Singleton<RunStep>(OpenAsync));
        var registered = collection.Last(s => s.ServiceType == typeof(IWorkflowEngine));
        collection.Replace(ServiceDescriptor.Singleton<IWorkflowEngine>(provider => new MeteredEngine(
            (IWorkflowEngine)(registered.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)))));
        services = collection.BuildServiceProvider();
    }

    public MeasuredEngine Engine => engine;

    /// <summary>Inside the engine, its statements included, since the start. Of one outside our transaction only what it writes down in it.</summary>
    public TimeSpan Spent => ((MeteredEngine)services.GetRequiredService<IWorkflowEngine>()).Spent;

    private TimeProvider Time => services.GetRequiredService<TimeProvider>();

    public static async Task<EngineWorld> StartAsync(MeasuredEngine engine, CancellationToken ct)
    {
        var world = new EngineWorld(engine);
        await world.services.PrepareSignalReviewAsync(demo: false, ct);
        await DemoPeople.SeedAsync(world.services.GetRequiredService<IDatabase>(), ct);
        foreach (var service in world.services.GetServices<IHostedService>())
        {
            await service.StartAsync(ct);
        }

        return world;
    }

    /// <summary>Plays so many cases from start to end, so many at a time.</summary>
    public async Task RunAsync(string definition, FlowPath path, int cycles, int atATime, CancellationToken ct) =>
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cycles),
            new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = ct },
            async (_, token) => await PlayAsync(definition, path, token));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task PlayAsync(string definition, FlowPath path, CancellationToken ct)
    {
        var worker = DemoPeople.All.First(p => p.Roles.Contains(Role.Worker));
        var draft = await services.GetRequiredService<StartSignal>().RunAsync(new(worker.Id, worker.Roles, "benchmark"), new(NewId()), ct);
        await SendAsync(draft.Case, $"start {definition}", async work =>
        {
            await services.GetRequiredService<WorkflowDriver>().StartAsync(work, definition, path.Inputs, ct);
            return true;
        }, ct);
        foreach (var step in path.Steps)
        {
            await OpenedAsync(draft.Case, step.Node, ct);
            await SendAsync(draft.Case, $"{step}", work =>
            {
                var open = work.File.OpenSteps.FirstOrDefault(s => s.Node == step.Node);
                if (open is not null)
                {
                    work.Complete(open, step.Outcome, step.Outputs);
                }

                return Task.FromResult(open is not null);
            }, ct);
        }
    }

    private async Task SendAsync(CaseId caseId, string text, Func<Work, Task<bool>> handle, CancellationToken ct)
    {
        var result = await services.GetRequiredService<CommandRunner>().RunAsync(
            Actor.System,
            caseId,
            new StepCommand(NewId(), text),
            async (work, _, _) => await handle(work) ? null : Refusal.Conflict("step-not-open"),
            ct);
        if (!result.Done)
        {
            throw new InvalidOperationException($"{text}: {result.Refusal!.Code}");
        }
    }

    /// <summary>Until an engine that asks later has asked it.</summary>
    private async Task OpenedAsync(CaseId caseId, string node, CancellationToken ct)
    {
        while (engine.AsksLater)
        {
            var next = services.GetRequiredService<CommitSignal>().Next;
            await using (var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(ct))
            {
                if ((await db.QueryAsync<OpenStepRow>("cases/open_steps", new { CaseId = caseId }, ct)).Any(s => s.Node == node))
                {
                    return;
                }
            }

            await CommitSignal.WaitAsync(next, TimeSpan.FromSeconds(1), ct);
        }
    }

    private static async Task OpenAsync(Work work, AskedStep step, CancellationToken ct)
    {
        if (step.Activity == StepCatalog.Delay || StepCatalog.Find(StepCatalog.Prefix + step.Activity)!.Waits)
        {
            await OpenSteps.OpenAsync(work, step, ct, step.Activity == StepCatalog.Delay ? work.Now + step.TimeSpan("TimeSpan") : null);
        }
        else
        {
            var row = new { CaseId = work.Case, step.Node, step.Activity, Inputs = JsonSerializer.Serialize(step.Inputs), AskedAt = work.Now, DueAt = (DateTimeOffset?)null };
            await work.ExecuteAsync("workflow/insert_open_step", row, ct);
        }
    }

    private Guid NewId() => Guid.CreateVersion7(Time.GetUtcNow());

    private sealed record StepCommand(Guid CommandId, string Text) : ICommand;
}
