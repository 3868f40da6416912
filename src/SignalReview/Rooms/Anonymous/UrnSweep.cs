using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Rooms.Anonymous;

/// <summary>At start-up: ends keys of urns that a process left behind which died between its commit and its tidying up.</summary>
internal sealed class UrnSweep(IDatabase database, UrnKeys keys)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var urns = keys.All();
        foreach (var (caseId, round) in urns)
        {
            // Claimed, so that no other process is putting a ballot in; nothing is written, so nothing is committed.
            await using var db = await database.BeginAsync(ct);
            await db.ExecuteAsync("cases/claim", new { CaseId = caseId }, ct);
            keys.EndOthers(caseId, round, await db.FirstOrDefaultAsync<Guid?>("anonymity/urn_key", new { CaseId = caseId, Round = round }, ct));
        }

        if (urns.Count > 0)
        {
            await database.ForgetOverwrittenAsync(ct);
        }
    }
}
