using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Workflow.Outside;

/// <summary>A step that an engine outside our transaction asks; its id follows from the wait, so it is carried out once.</summary>
internal sealed record AskStepCommand(Guid CommandId, int Run, string WaitId, AskedStep Step) : ICommand;

/// <summary>
/// Brings the engine in line with the ledger: tells it what it has not heard of, in order, and has carried out what it asks. Each round
/// starts from what is stored on both sides, so it may be broken off anywhere and begun again, also by another process.
/// </summary>
internal sealed partial class FlowSync(
    IDatabase database,
    IFlowRuntime runtime,
    DefinitionStore definitions,
    CommandRunner commands,
    WorkflowDriver driver,
    FlowHealing healing,
    TimeProvider time,
    ILogger<FlowSync> logger)
{
    /// <summary>How long one process may be busy with one run before another may try.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private const int AtOnce = 4;

    /// <summary>More rounds than any case takes: an engine that never comes to rest is a fault, not a hang.</summary>
    private const int MostRounds = 1000;

    /// <summary>Tells the engine all that is due.</summary>
    /// <returns>How many runs were due.</returns>
    public async Task<int> SyncDueAsync(CancellationToken ct)
    {
        IReadOnlyList<FlowRunRow> due;
        await using (var db = await database.OpenReadAsync(ct))
        {
            due = await db.QueryAsync<FlowRunRow>("flows/due_runs", new { Now = time.GetUtcNow() }, ct);
        }

        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (run, token) => await TrySyncAsync(run.Key, token));
        return due.Count;
    }

    private async Task TrySyncAsync(FlowRunKey key, CancellationToken ct)
    {
        var claim = Guid.CreateVersion7(time.GetUtcNow());
        var now = time.GetUtcNow();
        var until = now + Lease;
        if (await WriteAsync("flows/claim_run", new { key.CaseId, key.Run, Claim = claim, Until = until, Now = now }, ct) == 0)
        {
            return; // another process was first
        }

        try
        {
            if (await SyncAsync(key, until, ct) is not { } changes)
            {
                LogRanOut(logger, key.CaseId, key.Run);
                return; // whoever looks next claims it and goes on where the engine stands
            }

            await WriteAsync("flows/settle_run", new { key.CaseId, key.Run, Claim = claim, Changes = changes }, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // One case's fault must not keep all others waiting; it is tried again, ever more seldom.
            await using var db = await database.BeginAsync(ct);
            var run = await FlowLedger.RunAsync(db, key, ct);
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, run.Failures), LongestPause.TotalSeconds));
            await db.ExecuteAsync("flows/postpone_run", new { key.CaseId, key.Run, Claim = claim, Until = time.GetUtcNow() + pause }, ct);
            await db.CommitAsync(ct);
            LogFailed(logger, key.CaseId, key.Run, pause.TotalSeconds, e);
        }
    }

    /// <returns>How many changes the engine has heard of now; null when the claim has run out, for another process may be telling the engine by now.</returns>
    private async Task<long?> SyncAsync(FlowRunKey key, DateTimeOffset until, CancellationToken ct)
    {
        var instance = await runtime.FindAsync(key.ToString(), ct);
        var remade = false;
        for (var round = 0; round < MostRounds; round++)
        {
            if (time.GetUtcNow() >= until)
            {
                return null;
            }

            var (run, asks) = await LoadAsync(key, ct);
            if (run.State != FlowRunState.Running)
            {
                if (instance is { Status: FlowInstanceStatus.Running })
                {
                    await runtime.CancelAsync(key.ToString(), ct);
                }

                return run.Changes;
            }

            if (instance is null || (!remade && IsBroken(instance, asks)))
            {
                instance = await MakeAsync(run, instance, asks, ct);
                remade = true;
                continue;
            }

            if (await NameAsync(key, instance, asks, ct))
            {
                continue;
            }

            var waits = instance.Waits.Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
            var next = asks.Where(a => a.Completion is not null && (a.WaitId is null || waits.Contains(a.WaitId))).MinBy(a => a.Completion);
            if (next is null)
            {
                return await RestAsync(run, instance, ct);
            }

            instance = next.WaitId is { } wait
                ? await runtime.ResumeAsync(key.ToString(), wait, next.ReadCompletion(), ct)
                : throw new InvalidOperationException($"{runtime.Name} does not come by step {next.Node} in run {key} again.");
        }

        throw new InvalidOperationException($"{runtime.Name} did not come to rest in run {key} after {MostRounds} rounds.");
    }

    /// <summary>It waits no more for what is still asked, or it gave up: its storage was damaged.</summary>
    private static bool IsBroken(FlowInstance instance, IReadOnlyList<FlowAskRow> asks) =>
        instance.Status == FlowInstanceStatus.Broken
        || (instance.Status == FlowInstanceStatus.Running && instance.Waits.Count == 0)
        || asks.Any(a => a.WaitId is null && instance.Waits.All(w => w.Step.Node != a.Node))
        || asks.Any(a => a.IsOpen && a.WaitId is not null && instance.Waits.All(w => w.Id != a.WaitId));

    /// <summary>Starts the instance; where there was one before, what was completed follows in the next rounds.</summary>
    private async Task<FlowInstance> MakeAsync(FlowRunRow run, FlowInstance? broken, IReadOnlyList<FlowAskRow> asks, CancellationToken ct)
    {
        var key = run.Key;
        if (broken is not null)
        {
            await runtime.DeleteAsync(key.ToString(), ct);
        }

        if (asks.Count > 0)
        {
            // After the old one is gone, and before the new one is there: a name must never be taken for the other's.
            await WriteAsync("flows/forget_waits", new { key.CaseId, key.Run }, ct);
            if (run.Failures == 0)
            {
                // Tried again after a fault it is the same healing.
                await healing.RecordAsync(key, broken is null ? Healing.Started : Healing.Remade, ct);
            }
        }

        WorkflowDefinition definition;
        await using (var db = await database.OpenReadAsync(ct))
        {
            definition = await definitions.FindAsync(db, run.Sha256, ct);
        }

        return await runtime.StartAsync(key.ToString(), definition, run.ReadInputs(), ct);
    }

    /// <summary>Carries out what the engine newly waits for; in an instance made again, finds what was carried out before.</summary>
    /// <returns>True when there was something.</returns>
    private async Task<bool> NameAsync(FlowRunKey key, FlowInstance instance, IReadOnlyList<FlowAskRow> asks, CancellationToken ct)
    {
        var unknown = instance.Waits.Where(w => asks.All(a => a.WaitId != w.Id)).ToList();
        foreach (var wait in unknown)
        {
            if (asks.FirstOrDefault(a => a.WaitId is null && a.Node == wait.Step.Node) is { } known)
            {
                await WriteAsync("flows/name_wait", new { key.CaseId, key.Run, known.Ask, WaitId = wait.Id }, ct);
            }
            else
            {
                await RunAsync(key, new AskStepCommand(IdOf(key, wait), key.Run, wait.Id, wait.Step), AskAsync, ct);
            }
        }

        return unknown.Count > 0;
    }

    /// <summary>The engine has heard all; at its end the run ends.</summary>
    private async Task<long> RestAsync(FlowRunRow run, FlowInstance instance, CancellationToken ct)
    {
        if (instance.Status == FlowInstanceStatus.Finished
            && await WriteAsync("flows/end_run", new { run.CaseId, run.Run, State = FlowRunState.Finished }, ct) > 0)
        {
            return run.Changes + 1;
        }

        return run.Changes;
    }

    private async Task RunAsync<TCommand>(FlowRunKey key, TCommand command, CommandRunner.Handler<TCommand> handle, CancellationToken ct)
        where TCommand : ICommand
    {
        var result = await commands.RunAsync(Actor.System, key.CaseId, command, handle, ct);
        if (result.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{typeof(TCommand).Name} of run {key} was refused: {refusal.Code}.");
        }
    }

    private async Task<Refusal?> AskAsync(Work work, AskStepCommand command, CancellationToken ct)
    {
        if (await FlowLedger.AskAsync(work, command.Run, new(command.WaitId, command.Step), ct))
        {
            // The completion that leads here was told in a transaction of its own: this one too leaves its trace.
            work.AppendAsSystem("step.asked", new { command.Step.Node, command.Step.Activity });
            await driver.RunAsync(work, [command.Step], ct);
        }

        return null;
    }

    private async Task<(FlowRunRow Run, IReadOnlyList<FlowAskRow> Asks)> LoadAsync(FlowRunKey key, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return (await FlowLedger.RunAsync(db, key, ct), await FlowLedger.AsksAsync(db, key, ct));
    }

    private async Task<int> WriteAsync(string query, object args, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        var rows = await db.ExecuteAsync(query, args, ct);
        await db.CommitAsync(ct);
        return rows;
    }

    /// <summary>The same wait always gives the same id (a UUID of version 8), whichever process asks, and however often.</summary>
    private static Guid IdOf(FlowRunKey key, FlowWait wait)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{key}/{wait.Id}")).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new(id, bigEndian: true);
    }

    [LoggerMessage(2105, LogLevel.Warning, "Telling the engine of run {Run} of case {Case} took longer than its claim; whoever looks next goes on")]
    private static partial void LogRanOut(ILogger logger, CaseId @case, int run);

    [LoggerMessage(2101, LogLevel.Error, "The engine could not be told of run {Run} of case {Case}; it is tried again in {Seconds} seconds")]
    private static partial void LogFailed(ILogger logger, CaseId @case, int run, double seconds, Exception e);
}
