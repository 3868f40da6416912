using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Signing;

/// <summary>Why an old wrapping key stays.</summary>
internal enum RemoveKeyOutcome
{
    Removed,

    /// <summary>It is the one in use.</summary>
    InUse,

    /// <summary>There is no old key of that id in the keys folder.</summary>
    NoSuchKey,

    /// <summary>Dossiers would be lost with it.</summary>
    StillUsed,

    /// <summary>The new key is so young that a host may just be writing a dossier under the old one.</summary>
    TooSoon,
}

/// <summary>
/// Puts all dossiers under the wrapping key in use, in batches: whatever stops it, each dossier is under the old key or the new one, and the next run
/// goes on with what is left.
/// </summary>
internal sealed class WrappingRotation(IDatabase database, KeyRing keys, TimeProvider time)
{
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Dossiers that are not under the key in use.</summary>
    public async Task<int> LeftAsync(CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return await db.ScalarAsync<int>("signing/dossiers_left", new { KeyId = keys.WrappingKeyId }, ct);
    }

    /// <param name="moved">Told after each batch, with how many were moved by then.</param>
    /// <param name="ct">Stops between two batches, or with the batch undone.</param>
    /// <returns>How many dossiers were moved.</returns>
    /// <exception cref="CryptographicException">A dossier is under a key that is not here; what was moved stays moved.</exception>
    public async Task<int> RunAsync(Action<int> moved, CancellationToken ct)
    {
        var (total, more) = (0, true);
        while (more)
        {
            var batch = await BusyRetry.RunAsync(database, time, BatchAsync, ct);
            total += batch;
            more = batch > 0;
            if (more)
            {
                moved(total);
            }
        }

        if (total > 0)
        {
            await AppendAsync("trail.wrappingKeyRotated", new { newKey = keys.WrappingKeyId, dossiers = total }, ct);
        }

        return total;
    }

    /// <summary>Ends an old key, and with it what backups still hold under it.</summary>
    /// <param name="folder">The keys folder.</param>
    /// <param name="settings">Of the wrapping key.</param>
    /// <param name="id">The old key's id.</param>
    /// <param name="ct">The caller's token.</param>
    public async Task<(RemoveKeyOutcome Outcome, int Dossiers)> RemoveAsync(string folder, KeySettings settings, string id, CancellationToken ct)
    {
        if (id == keys.WrappingKeyId)
        {
            return (RemoveKeyOutcome.InUse, 0);
        }

        if (WrappingKeys.FindOld(folder, settings, id) is not { } path)
        {
            return (RemoveKeyOutcome.NoSuchKey, 0);
        }

        if (await CountAsync(id, ct) is > 0 and var used)
        {
            return (RemoveKeyOutcome.StillUsed, used);
        }

        if (time.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(folder, WrappingKeys.File))) < Grace)
        {
            return (RemoveKeyOutcome.TooSoon, 0);
        }

        await AppendAsync("trail.wrappingKeyRemoved", new { oldKey = id, newKey = keys.WrappingKeyId }, ct);
        if (await CountAsync(id, ct) is > 0 and var late)
        {
            return (RemoveKeyOutcome.StillUsed, late);
        }

        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(new byte[file.Length], ct);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
        return (RemoveKeyOutcome.Removed, 0);
    }

    private async Task<int> CountAsync(string id, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return await db.ScalarAsync<int>("signing/dossiers_under", new { KeyId = id }, ct);
    }

    private async Task<int> BatchAsync(CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        var rows = await db.QueryAsync<DossierRow>("signing/dossiers_to_rewrap", new { KeyId = keys.WrappingKeyId }, ct);
        foreach (var row in rows)
        {
            var wrapped = keys.Rewrap(row.CaseId.Value, row.WrappedKey);
            // One that was erased, or moved by another run meanwhile, is not touched.
            await db.ExecuteAsync(
                "signing/rewrap", new { row.CaseId, KeyId = KeyRing.KeyIdOf(wrapped), WrappedKey = wrapped, Before = row.KeyId }, ct);
        }

        await db.CommitAsync(ct);
        return rows.Count;
    }

    private Task<bool> AppendAsync<T>(string type, T body, CancellationToken ct) => BusyRetry.RunAsync(
        database,
        time,
        async token =>
        {
            var now = time.GetUtcNow().Truncate();
            await using var db = await database.BeginAsync(token);
            using var organisation = await ReadLog.OrganisationAsync(db, keys, token);
            await TrailLog.AppendAsync(
                db, organisation, [new(Guid.CreateVersion7(now), type, PersonId.System, "system", TrailJson.Canonical(body))], null, null, now, token);
            await db.CommitAsync(token);
            return true;
        },
        ct);

    private sealed record DossierRow
    {
        public CaseId CaseId { get; init; }
        public string KeyId { get; init; } = "";
        public byte[] WrappedKey { get; init; } = [];
    }
}
