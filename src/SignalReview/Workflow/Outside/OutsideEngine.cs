using System.Text.Json;
using SignalReview.Cases;

namespace SignalReview.Workflow.Outside;

/// <summary>
/// For an engine outside our transaction: writes down what it must hear of, and answers nothing; <see cref="FlowSync"/> tells it
/// afterwards and has carried out what it asks. Cases that the embedded engine began stay with that one.
/// </summary>
internal sealed class OutsideEngine(
    IFlowRuntime runtime, DefinitionLibrary library, DefinitionStore definitions, EmbeddedEngine embedded) : IWorkflowEngine
{
    public string Name => runtime.Name;

    public async Task<StartedFlow> StartAsync(
        Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var definition = library[definitionId];
        await DefinitionStore.KeepAsync(work, definition, ct);
        await FlowLedger.StartAsync(work, definition, inputs, ct);
        return new(definition.Policy, definition.Sha256, []);
    }

    public async Task<IReadOnlyList<AskedStep>> RestartAsync(
        Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        await CancelAsync(work, ct);
        var definition = await definitions.FindAsync(work.Db, work.File.Case.WorkflowSha256!, ct);
        await FlowLedger.StartAsync(work, definition, inputs, ct);
        return [];
    }

    public async Task<IReadOnlyList<AskedStep>> AdvanceAsync(Work work, StepCompletion completion, CancellationToken ct)
    {
        if (await FlowLedger.LastRunAsync(work.Db, work.Case, ct) is not { } run)
        {
            return await embedded.AdvanceAsync(work, completion, ct);
        }

        if (run.State == FlowRunState.Running)
        {
            await FlowLedger.CompleteAsync(work, run.Key, completion, ct);
            return [];
        }

        return run.State == FlowRunState.TakenOver ? await embedded.AdvanceAsync(work, completion, ct) : [];
    }

    public async Task CancelAsync(Work work, CancellationToken ct)
    {
        if (await FlowLedger.LastRunAsync(work.Db, work.Case, ct) is { State: FlowRunState.Running } run)
        {
            await FlowLedger.EndAsync(work, run.Key, FlowRunState.Cancelled, ct);
        }

        await embedded.CancelAsync(work, ct);
    }
}
