using SignalReview.Storage;

namespace SignalReview.Workflow.Outside;

/// <summary>Whether an engine outside our transaction keeps up. Numbers only.</summary>
internal sealed class FlowHealth(IDatabase database)
{
    private const int Failures = 3;

    /// <returns>How many cases do not go on because the engine failed several times in a row; with the embedded engine none.</returns>
    public async Task<long> CountStuckAsync(CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return await db.ScalarAsync<long>("flows/failing_runs", new { Failures }, ct);
    }
}
