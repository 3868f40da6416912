using System.Data.Common;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.Rooms.Anonymous;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Signing;

namespace SignalReview.Privacy.Erasure;

/// <summary>
/// What an erasure leaves to do outside its transaction: the list, the dossier's old key, keys of urns, bundles that wait, and what the
/// database's own files still hold. Each step may be done again; until all are done the erasure is not certified. Whatever a crash or a reader
/// in the way leaves undone, the next start or the next minute does.
/// </summary>
internal sealed partial class Destruction(
    IDatabase database, KeyRing keys, UrnKeys urns, ErasureList list, ExportJobs exports, DataFolder folder, TimeProvider time, ILogger<Destruction> logger)
{
    /// <returns>How many erasures are not yet done to the end.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        IReadOnlyList<ErasureRow> rows;
        await using (var db = await database.OpenReadAsync(ct))
        {
            rows = await db.QueryAsync<ErasureRow>("privacy/not_destroyed", null, ct);
        }

        if (rows.Count == 0)
        {
            return 0;
        }

        try
        {
            await list.AddAsync([.. rows.Select(Listed)], ct);
            foreach (var row in rows)
            {
                End(row);
                await exports.ForgetAsync(row.CaseId, ct);
            }

            if (!EndBundles() || !await database.ForgetOverwrittenAsync(ct))
            {
                LogInTheWay(logger, rows.Count);
                return rows.Count;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or CheckpointKeyException or ErasureListException)
        {
            LogNotDestroyed(logger, rows.Count, e);
            return rows.Count;
        }

        await BusyRetry.RunAsync(database, time, token => MarkAsync(rows, token), ct);
        return 0;
    }

    public static ListedErasure Listed(ErasureRow row) => new(
        row.ErasureId,
        row.CaseId.Value,
        row.Ground,
        row.AskedBy,
        row.RuleId,
        row.Interests,
        row.RequestedById.Value,
        row.RequestedAt,
        row.CheckedById?.Value,
        row.CheckedAt,
        row.SettledById?.Value,
        row.SettledAt,
        row.ErasedById!.Value.Value,
        row.ErasedAt!.Value,
        row.EndedShare);

    private void End(ErasureRow row)
    {
        if (row.EndedShare is { } share)
        {
            Dossier.End(keys, row.CaseId, share);
        }

        urns.EndAll(row.CaseId);
    }

    /// <summary>What an export left in its folder may hold the case: what was half written when a process died.</summary>
    /// <returns>False: one is being written or sent now, and goes with its handle.</returns>
    private bool EndBundles()
    {
        var spooled = Path.Combine(folder.FullPath, "exports");
        var all = true;
        foreach (var path in Directory.Exists(spooled) ? Directory.EnumerateFiles(spooled) : [])
        {
            try
            {
                SecretFile.End(path);
            }
            catch (IOException)
            {
                all = false;
            }
        }

        return all;
    }

    private async Task<bool> MarkAsync(IReadOnlyList<ErasureRow> rows, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        foreach (var row in rows)
        {
            await db.ExecuteAsync("privacy/mark_destroyed", new { row.ErasureId, Now = time.GetUtcNow().Truncate() }, ct);
        }

        await db.CommitAsync(ct);
        return true;
    }
}
