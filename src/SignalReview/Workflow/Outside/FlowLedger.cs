using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Workflow.Outside;

/// <summary>
/// What an engine outside our transaction was told and what it asked, written in the transaction of the state change. It is that engine's
/// outbox, and all that is needed to make its storage again.
/// </summary>
internal static class FlowLedger
{
    public static async Task<FlowRunRow?> LastRunAsync(DbSession db, CaseId caseId, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<FlowRunRow>("flows/last_run", new { CaseId = caseId }, ct);

    public static Task<FlowRunRow> RunAsync(DbSession db, FlowRunKey key, CancellationToken ct) =>
        db.ScalarAsync<FlowRunRow>("flows/run", new { key.CaseId, key.Run }, ct);

    public static Task<IReadOnlyList<FlowAskRow>> AsksAsync(DbSession db, FlowRunKey key, CancellationToken ct) =>
        db.QueryAsync<FlowAskRow>("flows/asks", new { key.CaseId, key.Run }, ct);

    public static async Task StartAsync(
        Work work, WorkflowDefinition definition, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var last = await LastRunAsync(work.Db, work.Case, ct);
        await work.ExecuteAsync(
            "flows/insert_run",
            new
            {
                CaseId = work.Case,
                Run = (last?.Run ?? 0) + 1,
                definition.Sha256,
                Inputs = JsonSerializer.Serialize(definition.Declared(inputs)),
                At = work.Now,
            },
            ct);
    }

    /// <summary>Notes that a step was carried out.</summary>
    /// <returns>False when the run is over, or when that wait was noted before.</returns>
    public static async Task<bool> AskAsync(Work work, int run, FlowWait wait, CancellationToken ct)
    {
        if (await LastRunAsync(work.Db, work.Case, ct) is not { State: FlowRunState.Running } last || last.Run != run)
        {
            return false;
        }

        var asks = await AsksAsync(work.Db, last.Key, ct);
        if (asks.Any(a => a.WaitId == wait.Id))
        {
            return false;
        }

        await work.ExecuteAsync(
            "flows/insert_ask",
            new { CaseId = work.Case, Run = run, Ask = asks.Count + 1, wait.Step.Node, WaitId = wait.Id, At = work.Now },
            ct);
        return true;
    }

    /// <summary>Notes that a step is complete. One that is not open any more changes nothing.</summary>
    public static async Task CompleteAsync(Work work, FlowRunKey run, StepCompletion completion, CancellationToken ct)
    {
        var last = await work.Db.ScalarAsync<int>("flows/last_completion", new { run.CaseId, run.Run }, ct);
        var completed = await work.ExecuteAsync(
            "flows/complete_ask",
            new
            {
                run.CaseId,
                run.Run,
                completion.Node,
                Completion = last + 1,
                completion.Outcome,
                Outputs = completion.Outputs is null ? null : JsonSerializer.Serialize(completion.Outputs),
            },
            ct);
        if (completed > 0)
        {
            await work.ExecuteAsync("flows/note_change", new { run.CaseId, run.Run }, ct);
        }
    }

    public static Task<int> EndAsync(Work work, FlowRunKey run, FlowRunState state, CancellationToken ct) =>
        work.ExecuteAsync("flows/end_run", new { run.CaseId, run.Run, State = state }, ct);
}
