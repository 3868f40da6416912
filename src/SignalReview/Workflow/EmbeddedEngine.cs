using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using SignalReview.Cases;

namespace SignalReview.Workflow;

/// <summary>Runs the definitions in the very transaction of the state change: nothing to reconcile, nothing to lose.</summary>
internal sealed class EmbeddedEngine(DefinitionLibrary library) : IWorkflowEngine
{
    private readonly ConcurrentDictionary<string, WorkflowDefinition> pinned = new(StringComparer.Ordinal);

    public string Name => "Embedded";

    public async Task<StartedFlow> StartAsync(
        Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var definition = library[definitionId];
        await KeepAsync(work, definition, ct);
        return new($"{definition.DefinitionId}@{definition.Version}", definition.Sha256, await BeginAsync(work, definition, inputs, ct));
    }

    public async Task<IReadOnlyList<AskedStep>> RestartAsync(
        Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var definition = await FindAsync(work, work.File.Case.WorkflowSha256!, ct);
        await work.ExecuteAsync("workflow/delete_instance", new { CaseId = work.Case }, ct);
        return await BeginAsync(work, definition, inputs, ct);
    }

    public async Task<IReadOnlyList<AskedStep>> AdvanceAsync(Work work, StepCompletion completion, CancellationToken ct)
    {
        var instance = await work.Db.FirstOrDefaultAsync<InstanceRow>("workflow/instance", new { CaseId = work.Case }, ct);
        if (instance is null)
        {
            return []; // cancelled: withdrawn or stopped
        }

        var definition = await FindAsync(work, instance.Sha256, ct);
        var (state, asked) = EmbeddedFlow.Complete(definition, FlowState.FromJson(instance.FlowState), completion);
        await work.ExecuteAsync("workflow/save_instance", new { CaseId = work.Case, FlowState = state.ToJson(), At = work.Now }, ct);
        return asked;
    }

    public Task CancelAsync(Work work, CancellationToken ct) =>
        work.ExecuteAsync("workflow/delete_instance", new { CaseId = work.Case }, ct);

    private static async Task<IReadOnlyList<AskedStep>> BeginAsync(
        Work work, WorkflowDefinition definition, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        // A definition takes the inputs that it declares; it need not care for all.
        var declared = inputs.Where(i => definition.Inputs.Any(d => d.Name == i.Key)).ToDictionary(StringComparer.Ordinal);
        var (state, asked) = EmbeddedFlow.Start(definition, declared);
        await work.ExecuteAsync(
            "workflow/insert_instance",
            new { CaseId = work.Case, definition.Sha256, FlowState = state.ToJson(), At = work.Now },
            ct);
        return asked;
    }

    /// <summary>Every version ever used is kept, so that a running case stays on the one it began with.</summary>
    private static async Task KeepAsync(Work work, WorkflowDefinition definition, CancellationToken ct)
    {
        if (await work.Db.FirstOrDefaultAsync<string>("workflow/definition", new { definition.Sha256 }, ct) is null)
        {
            await work.ExecuteAsync(
                "workflow/insert_definition",
                new { definition.Sha256, Definition = definition.DefinitionId, definition.Version, Json = definition.Raw, FirstUsedAt = work.Now },
                ct);
        }
    }

    private async Task<WorkflowDefinition> FindAsync(Work work, string sha256, CancellationToken ct)
    {
        if (pinned.TryGetValue(sha256, out var known))
        {
            return known;
        }

        var definition = library.All.FirstOrDefault(d => d.Sha256 == sha256);
        if (definition is null)
        {
            var json = await work.Db.ScalarAsync<string>("workflow/definition", new { Sha256 = sha256 }, ct);
            var (read, problems) = DefinitionReader.Read(sha256, Encoding.UTF8.GetBytes(json));
            definition = read ?? throw new InvalidDefinitionsException([.. problems]);
        }

        return pinned.GetOrAdd(sha256, definition);
    }

    private sealed record InstanceRow
    {
        public string Sha256 { get; init; } = "";
        public string FlowState { get; init; } = "";
    }
}
