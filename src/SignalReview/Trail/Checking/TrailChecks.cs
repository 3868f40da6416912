using SignalReview.Storage;

namespace SignalReview.Trail.Checking;

/// <summary>The database cannot be judged: another version made it, or it holds no trail.</summary>
internal sealed class TrailUnreadableException(string message) : Exception(message);

/// <summary>
/// Runs <see cref="TrailCheck"/> beside a host that may be at work. The database is opened for reading only, and seen as it is at one moment; a host
/// that has just signed a checkpoint is given the time to store it.
/// </summary>
internal sealed class TrailChecks(IDatabase database, KeyRing keys, CheckpointSigner signer, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <exception cref="TrailUnreadableException">The database cannot be judged by this program.</exception>
    public async Task<TrailReport> RunAsync(CancellationToken ct)
    {
        SignedCheckpoint? last;
        try
        {
            last = signer.Last();
        }
        catch (TrailRewrittenException)
        {
            last = null; // the check says so
        }

        for (var waited = TimeSpan.Zero; last is not null && waited < Patience && !await IsKeptAsync(last, ct); waited += Step)
        {
            await Task.Delay(Step, time, ct);
        }

        await using var db = await database.OpenReadAsync(ct);
        await RefuseOthersAsync(db, ct);
        return await new TrailCheck(db, keys, signer, last).RunAsync(ct);
    }

    private async Task<bool> IsKeptAsync(SignedCheckpoint last, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return await db.ScalarAsync<int>("signing/count_checkpoints", new { TreeSize = last.Checkpoint.Size }, ct) > 0;
    }

    private static async Task RefuseOthersAsync(DbSession db, CancellationToken ct)
    {
        var made = (await db.RawAsync("trail/check_migrations", null, ct)).Select(row => row[0]).OfType<long>().DefaultIfEmpty().Max();
        var known = MigrationScript.Embedded(db.Dialect)[^1].Number;
        if (made != known)
        {
            throw new TrailUnreadableException($"The database is of schema {made}, this program of {known}. Check it with the program that last worked on it.");
        }
    }
}
