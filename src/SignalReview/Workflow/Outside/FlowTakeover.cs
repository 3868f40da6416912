using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Workflow.Outside;

internal sealed record TakeOverCommand(Guid CommandId, int Run) : ICommand;

/// <summary>
/// For a product that was set from another engine to the embedded one: goes on with each running case where the ledger says it stands.
/// </summary>
internal sealed partial class FlowTakeover(
    IDatabase database, CommandRunner commands, DefinitionStore definitions, WorkflowDriver driver, TimeProvider time, ILogger<FlowTakeover> logger)
{
    /// <returns>How many cases were taken over.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        IReadOnlyList<FlowRunRow> runs;
        await using (var db = await database.OpenReadAsync(ct))
        {
            runs = await db.QueryAsync<FlowRunRow>("flows/running_runs", null, ct);
        }

        foreach (var run in runs)
        {
            await commands.RunAsync(Actor.System, run.CaseId, new TakeOverCommand(Guid.CreateVersion7(time.GetUtcNow()), run.Run), TakeOverAsync, ct);
        }

        if (runs.Count > 0)
        {
            LogTakenOver(logger, runs.Count);
        }

        return runs.Count;
    }

    private async Task<Refusal?> TakeOverAsync(Work work, TakeOverCommand command, CancellationToken ct)
    {
        var key = new FlowRunKey(work.Case, command.Run);
        if (await FlowLedger.EndAsync(work, key, FlowRunState.TakenOver, ct) == 0)
        {
            return null; // another process was first
        }

        var run = await FlowLedger.RunAsync(work.Db, key, ct);
        var asks = await FlowLedger.AsksAsync(work.Db, key, ct);
        var definition = await definitions.FindAsync(work.Db, run.Sha256, ct);
        var (state, asked) = EmbeddedFlow.Start(definition, run.ReadInputs());
        var all = asked.ToList();
        foreach (var ask in asks.Where(a => a.Completion is not null).OrderBy(a => a.Completion))
        {
            (state, asked) = EmbeddedFlow.Complete(definition, state, ask.ReadCompletion());
            all.AddRange(asked);
        }

        if (!state.Finished)
        {
            await EmbeddedEngine.InsertAsync(work, definition, state, ct);
        }

        work.AppendAsSystem("workflow.takenOver", new { engine = EmbeddedEngine.EngineName, command.Run });

        // What the other engine had come to ask, but not yet asked.
        var open = asks.Where(a => a.IsOpen).Select(a => a.Node).ToHashSet(StringComparer.Ordinal);
        await driver.RunAsync(work, [.. state.Open.Where(node => !open.Contains(node)).Select(node => all.Last(a => a.Node == node))], ct);
        return null;
    }

    [LoggerMessage(2104, LogLevel.Warning, "The embedded engine took over {Cases} running cases from another engine")]
    private static partial void LogTakenOver(ILogger logger, int cases);
}
