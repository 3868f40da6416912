using System.Text.Json;
using SignalReview.Cases;

namespace SignalReview.Workflow;

/// <summary>Runs the definitions in the very transaction of the state change: nothing to reconcile, nothing to lose.</summary>
internal sealed class EmbeddedEngine(DefinitionLibrary library, DefinitionStore definitions) : IWorkflowEngine
{
    public const string EngineName = "Embedded";

    public string Name => EngineName;

    public async Task<StartedFlow> StartAsync(
        Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var definition = library[definitionId];
        await DefinitionStore.KeepAsync(work, definition, ct);
        return new(definition.Policy, definition.Sha256, await BeginAsync(work, definition, inputs, ct));
    }

    public async Task<IReadOnlyList<AskedStep>> RestartAsync(
        Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var definition = await definitions.FindAsync(work.Db, work.File.Case.WorkflowSha256!, ct);
        await CancelAsync(work, ct);
        return await BeginAsync(work, definition, inputs, ct);
    }

    public async Task<IReadOnlyList<AskedStep>> AdvanceAsync(Work work, StepCompletion completion, CancellationToken ct)
    {
        var instance = await work.Db.FirstOrDefaultAsync<InstanceRow>("workflow/instance", new { CaseId = work.Case }, ct);
        if (instance is null)
        {
            return []; // cancelled: withdrawn or stopped
        }

        var definition = await definitions.FindAsync(work.Db, instance.Sha256, ct);
        var (state, asked) = EmbeddedFlow.Complete(definition, FlowState.FromJson(instance.FlowState), completion);
        await SaveAsync(work, state, ct);
        return asked;
    }

    public Task CancelAsync(Work work, CancellationToken ct) =>
        work.ExecuteAsync("workflow/delete_instance", new { CaseId = work.Case }, ct);

    /// <summary>Goes on with a case whose flow stands somewhere already.</summary>
    public static Task InsertAsync(Work work, WorkflowDefinition definition, FlowState state, CancellationToken ct) => work.ExecuteAsync(
        "workflow/insert_instance", new { CaseId = work.Case, definition.Sha256, FlowState = state.ToJson(), At = work.Now }, ct);

    private static async Task<IReadOnlyList<AskedStep>> BeginAsync(
        Work work, WorkflowDefinition definition, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var (state, asked) = EmbeddedFlow.Start(definition, definition.Declared(inputs));
        await InsertAsync(work, definition, state, ct);
        return asked;
    }

    private static Task<int> SaveAsync(Work work, FlowState state, CancellationToken ct) => state.Finished
        ? work.ExecuteAsync("workflow/delete_instance", new { CaseId = work.Case }, ct)
        : work.ExecuteAsync("workflow/save_instance", new { CaseId = work.Case, FlowState = state.ToJson(), At = work.Now }, ct);

    private sealed record InstanceRow
    {
        public string Sha256 { get; init; } = "";
        public string FlowState { get; init; } = "";
    }
}
