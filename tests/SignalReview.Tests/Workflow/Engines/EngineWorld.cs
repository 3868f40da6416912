using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>
/// An engine on the real database, command runner, trail and deadlines, with one thing changed: a step that it asks is not carried out but
/// stays open until the test completes it, with whatever outcome. That it was asked stands in the trail.
/// </summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    private const string AskedType = "test.asked";

    private EngineWorld(CaseWorld world) => World = world;

    public CaseWorld World { get; }

    /// <param name="engine">Registers the engine; the embedded one needs nothing.</param>
    /// <param name="definitions">Beside the shipped ones.</param>
    public static async Task<EngineWorld> StartAsync(Action<IServiceCollection, IConfiguration> engine, params TestDefinition[] definitions)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (definitions.Length > 0)
        {
            settings["Workflow:Folder"] = Folder(definitions);
        }

        return new(await CaseWorld.StartAsync(
            change: (services, configuration) =>
            {
                engine(services, configuration);
                services.Replace(ServiceDescriptor.Singleton<RunStep>(OpenAsync));
            },
            settings: settings));
    }

    /// <summary>A new case on a definition.</summary>
    public async Task BeginAsync(string definition, IReadOnlyDictionary<string, JsonElement>? inputs = null)
    {
        await World.DraftAsync();
        await RunAsync(new TestCommand(World.NewId(), $"start {definition}"), async (work, _, ct) =>
        {
            await World.Get<WorkflowDriver>().StartAsync(work, definition, inputs ?? FlowPlay.Inputs(), ct);
            return null;
        });
        await World.SettleAsync();
    }

    public async Task CompleteAsync(StepCompletion completion)
    {
        var result = await TryCompleteAsync(completion);
        Assert.That(result.Refusal, Is.Null, $"{completion.Node} is not open");
        await World.SettleAsync();
    }

    /// <summary>Completes a step without waiting for the engine; refused when it is not open.</summary>
    public Task<CommandResult> TryCompleteAsync(StepCompletion completion, Guid? commandId = null) =>
        RunAsync(new TestCommand(commandId ?? World.NewId(), $"{completion.Node} {completion.Outcome}"), (work, _, _) =>
        {
            var step = work.File.OpenSteps.FirstOrDefault(s => s.Node == completion.Node);
            if (step is null)
            {
                return Task.FromResult<Refusal?>(Refusal.Conflict("step-not-open"));
            }

            work.Complete(step, completion.Outcome, completion.Outputs);
            return Task.FromResult<Refusal?>(null);
        });

    public Task<CommandResult> RunAsync(TestCommand command, CommandRunner.Handler<TestCommand> handle) =>
        World.Get<CommandRunner>().RunAsync(Actor.System, World.Case, command, handle, CancellationToken.None);

    /// <summary>All that was asked, in order.</summary>
    public async Task<IReadOnlyList<AskedStep>> AskedAsync()
    {
        List<AskedStep> asked = [];
        foreach (var row in (await World.TrailAsync()).Where(e => e.Type == AskedType))
        {
            asked.Add(await World.BodyAsync<AskedStep>(row.EventId));
        }

        return asked;
    }

    /// <summary>What was completed, in order: the workflow's part of the trail.</summary>
    public async Task<IReadOnlyList<StepCompletion>> CompletedAsync()
    {
        List<StepCompletion> completed = [];
        foreach (var row in (await World.TrailAsync()).Where(e => e.Type == "step.completed"))
        {
            completed.Add(await World.BodyAsync<StepCompletion>(row.EventId));
        }

        return completed;
    }

    public async Task<IReadOnlyList<string>> OpenAsync() => [.. (await World.FileAsync()).OpenSteps.Select(s => s.Node).Order(StringComparer.Ordinal)];

    /// <summary>For comparing: the inputs in a fixed order.</summary>
    public static string Text(AskedStep step) =>
        $"{step.Node} {step.Activity} {string.Join(", ", step.Inputs.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}={i.Value.GetRawText()}"))}";

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static async Task OpenAsync(Work work, AskedStep step, CancellationToken ct)
    {
        work.AppendAsSystem(AskedType, step);
        if (step.Activity == StepCatalog.Delay)
        {
            await OpenSteps.OpenAsync(work, step, ct, work.Now + step.TimeSpan("TimeSpan"));
        }
        else if (StepCatalog.Find(StepCatalog.Prefix + step.Activity)!.Waits)
        {
            await OpenSteps.OpenAsync(work, step, ct);
        }
        else
        {
            var row = new { CaseId = work.Case, step.Node, step.Activity, Inputs = JsonSerializer.Serialize(step.Inputs), AskedAt = work.Now, DueAt = (DateTimeOffset?)null };
            await work.ExecuteAsync("workflow/insert_open_step", row, ct);
        }
    }

    private static string Folder(TestDefinition[] definitions)
    {
        var folder = Directory.CreateTempSubdirectory("signalreview-test-").FullName;
        foreach (var shipped in DefinitionLibrary.Shipped().All)
        {
            File.WriteAllText(Path.Combine(folder, $"{shipped.DefinitionId}.json"), shipped.Raw);
        }

        foreach (var (place, definition) in definitions.Index())
        {
            File.WriteAllBytes(Path.Combine(folder, $"test-{place}.json"), definition.Bytes());
        }

        return folder;
    }
}

/// <summary>What a test does to a case; two with the same id and text are the same command.</summary>
internal sealed record TestCommand(Guid CommandId, string Text) : ICommand;
