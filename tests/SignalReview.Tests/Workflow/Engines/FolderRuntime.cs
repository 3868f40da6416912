using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>
/// A small engine outside our transaction: the pure flow with a file an instance. Unlike a real one it can be told to lose things, and to
/// die before or after it has written.
/// </summary>
internal sealed class FolderRuntime(DefinitionLibrary library, string folder) : IFlowRuntime
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> locks = new(StringComparer.Ordinal);

    public string Name => "Folder";

    /// <summary>Called around each write; throws to die there.</summary>
    public Action<string> Chance { get; set; } = _ => { };

    public async Task<FlowInstance?> FindAsync(string instance, CancellationToken ct) => await LoadAsync(instance, ct) is { } stored ? View(stored) : null;

    public Task<FlowInstance> StartAsync(
        string instance, WorkflowDefinition definition, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct) =>
        LockedAsync(instance, async () =>
        {
            if (File.Exists(PathOf(instance)))
            {
                throw new InvalidOperationException($"{instance} is there already.");
            }

            var (state, asked) = EmbeddedFlow.Start(definition, inputs);
            return await SaveAsync(instance, Next(new(definition.Sha256, state.ToJson(), [], 0, Broken: false), state, asked), ct);
        });

    public Task<FlowInstance> ResumeAsync(string instance, string wait, StepCompletion completion, CancellationToken ct) =>
        LockedAsync(instance, async () =>
        {
            var stored = await LoadAsync(instance, ct) ?? throw new InvalidOperationException($"{instance} is not there.");
            if (stored.Waits.All(w => w.Id != wait))
            {
                return View(stored);
            }

            var definition = library.All.Single(d => d.Sha256 == stored.Sha256);
            var (state, asked) = EmbeddedFlow.Complete(definition, FlowState.FromJson(stored.State), completion);
            return await SaveAsync(instance, Next(stored with { Waits = [.. stored.Waits.Where(w => w.Id != wait)] }, state, asked), ct);
        });

    public Task CancelAsync(string instance, CancellationToken ct) => DeleteAsync(instance, ct);

    public Task DeleteAsync(string instance, CancellationToken ct)
    {
        Chance("before");
        File.Delete(PathOf(instance));
        Chance("after");
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<(string Instance, FlowInstance State)> RunningAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            if (await FindAsync(Path.GetFileNameWithoutExtension(file), ct) is { Status: not FlowInstanceStatus.Finished } state)
            {
                yield return (Path.GetFileNameWithoutExtension(file), state);
            }
        }
    }

    /// <summary>Somebody damages the storage.</summary>
    public async Task DamageAsync(string instance, Func<Stored, Stored> damage) =>
        await SaveAsync(instance, damage((await LoadAsync(instance, CancellationToken.None))!), CancellationToken.None);

    private static FlowInstance View(Stored stored) => new(
        stored.Broken ? FlowInstanceStatus.Broken : FlowState.FromJson(stored.State).Finished ? FlowInstanceStatus.Finished : FlowInstanceStatus.Running,
        stored.Waits);

    private static Stored Next(Stored stored, FlowState state, IReadOnlyList<AskedStep> asked)
    {
        var number = stored.Number;
        List<FlowWait> waits = [.. stored.Waits.Where(w => state.Open.Contains(w.Step.Node))];
        foreach (var step in asked)
        {
            waits.RemoveAll(w => w.Step.Node == step.Node);
            waits.Add(new($"{++number}-{Random.Shared.Next():x}", step));
        }

        return stored with { State = state.ToJson(), Waits = [.. waits], Number = number };
    }

    private async Task<T> LockedAsync<T>(string instance, Func<Task<T>> work)
    {
        var only = locks.GetOrAdd(instance, _ => new(1, 1));
        await only.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            only.Release();
        }
    }

    private async Task<Stored?> LoadAsync(string instance, CancellationToken ct) =>
        File.Exists(PathOf(instance)) ? JsonSerializer.Deserialize<Stored>(await File.ReadAllTextAsync(PathOf(instance), ct)) : null;

    private async Task<FlowInstance> SaveAsync(string instance, Stored stored, CancellationToken ct)
    {
        Chance("before");
        var written = PathOf(instance) + $".{Random.Shared.Next():x}.new";
        await File.WriteAllTextAsync(written, JsonSerializer.Serialize(stored), ct);
        File.Move(written, PathOf(instance), overwrite: true);
        Chance("after");
        return View(stored);
    }

    private string PathOf(string instance) => Path.Combine(folder, $"{instance}.json");

    internal sealed record Stored(string Sha256, string State, IReadOnlyList<FlowWait> Waits, int Number, bool Broken);
}
