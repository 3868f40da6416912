using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Workflow.Outside;

/// <summary>
/// Compares what the engine holds with what it should hold. What differs is marked as due, and <see cref="FlowSync"/> mends it; an
/// instance that runs on after its run is cancelled.
/// </summary>
internal sealed class FlowReconciler(IDatabase database, IFlowRuntime runtime, FlowHealing healing)
{
    /// <returns>How many runs differed.</returns>
    public async Task<int> CompareAsync(CancellationToken ct)
    {
        var held = new Dictionary<FlowRunKey, FlowInstance>();
        await foreach (var (instance, state) in runtime.RunningAsync(ct))
        {
            if (FlowRunKey.Parse(instance) is { } key)
            {
                held[key] = state;
            }
        }

        // Read after the engine's side: a run that came in between is then known to us, and not taken for an orphan.
        IReadOnlyList<WaitRow> rows;
        HashSet<FlowRunKey> live;
        await using (var db = await database.OpenReadAsync(ct))
        {
            rows = await db.QueryAsync<WaitRow>("flows/open_waits", null, ct);
            live = [.. (await db.QueryAsync<FlowRunRow>("flows/live_runs", null, ct)).Select(r => r.Key)];
        }

        var differs = rows.GroupBy(r => r.Key)
            .Where(waits => !held.TryGetValue(waits.Key, out var instance) || !Same(instance, waits))
            .Select(waits => waits.Key)
            .ToList();
        foreach (var key in differs)
        {
            await using var db = await database.BeginAsync(ct);
            await db.ExecuteAsync("flows/note_change", new { key.CaseId, key.Run }, ct);
            await db.CommitAsync(ct);
        }

        var orphans = held.Where(h => h.Value.Status != FlowInstanceStatus.Finished && !live.Contains(h.Key)).Select(h => h.Key).ToList();
        foreach (var key in orphans)
        {
            await runtime.CancelAsync(key.ToString(), ct);
            await healing.RecordAsync(key, Healing.Cancelled, ct);
        }

        return differs.Count + orphans.Count;
    }

    private static bool Same(FlowInstance instance, IEnumerable<WaitRow> waits) =>
        instance is { Status: FlowInstanceStatus.Running, Waits.Count: > 0 }
        && instance.Waits.Select(w => w.Id).ToHashSet(StringComparer.Ordinal).SetEquals(waits.Select(w => w.WaitId).OfType<string>());

    private sealed record WaitRow
    {
        public CaseId CaseId { get; init; }
        public int Run { get; init; }
        public string? WaitId { get; init; }

        public FlowRunKey Key => new(CaseId, Run);
    }
}
