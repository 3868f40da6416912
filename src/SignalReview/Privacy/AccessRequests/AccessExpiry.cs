using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>Takes files off the server whose time is over. What stays is that there was one.</summary>
internal sealed class AccessExpiry(IDatabase database, KeyRing keys, TimeProvider time)
{
    /// <returns>How many went.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        IReadOnlyList<ExpiredRow> expired;
        await using (var db = await database.OpenReadAsync(ct))
        {
            expired = await db.QueryAsync<ExpiredRow>("access/expired", new { Now = time.GetUtcNow() }, ct);
        }

        var count = 0;
        foreach (var file in expired)
        {
            count += await BusyRetry.RunAsync(database, time, token => ExpireAsync(file, token), ct);
        }

        return count;
    }

    private async Task<int> ExpireAsync(ExpiredRow file, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, file.CaseId, ct);
        // Another host may have been first.
        if (dossier is null || await db.ExecuteAsync("access/expire", new { file.FileId, Now = now }, ct) == 0)
        {
            return 0;
        }

        var gone = new PendingEvent(Guid.CreateVersion7(now), "access.fileExpired", PersonId.System, "system", TrailJson.Canonical(new { request = file.RequestId }));
        await TrailLog.AppendAsync(db, dossier, [gone], cause: null, policy: null, now, ct);
        await db.CommitAsync(ct);
        return 1;
    }

    private sealed record ExpiredRow
    {
        public Guid FileId { get; init; }
        public CaseId RequestId { get; init; }
        public CaseId CaseId { get; init; }
    }
}
