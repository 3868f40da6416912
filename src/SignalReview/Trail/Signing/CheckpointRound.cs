using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Anchors;
using SignalReview.Trail.Checking;

namespace SignalReview.Trail.Signing;

/// <summary>What one round came to.</summary>
internal enum CheckpointOutcome
{
    /// <summary>Nothing changed since the last checkpoint.</summary>
    Unchanged,

    /// <summary>The tree grew, and was signed and stored.</summary>
    Signed,

    /// <summary>The database does not hold what was signed for.</summary>
    Alarm,
}

/// <summary>
/// One look at the log: signs a checkpoint when something changed, stores it, and raises the alarm when the tree does not fit what was signed
/// before. Nothing of it is done while a case waits for its commit.
/// </summary>
internal sealed partial class CheckpointRound(
    IDatabase database, KeyRing keys, CheckpointSigner signer, TrailAlarms alarms, AnchorQueue anchors, TimeProvider time, ILogger<CheckpointRound> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private long chunk;
    private DateTimeOffset? said;

    /// <exception cref="CheckpointKeyException">Who holds the key does not sign.</exception>
    public async Task<CheckpointOutcome> RunAsync(CancellationToken ct)
    {
        var outcome = await LookAsync(ct);
        if (alarms.Read() is { Count: > 0 } open)
        {
            await TellAsync(open, ct);
        }

        return outcome;
    }

    private async Task<CheckpointOutcome> LookAsync(CancellationToken ct)
    {
        try
        {
            await RecordRotationsAsync(ct);
            SignedCheckpoint? signed;
            await using (var db = await database.OpenReadAsync(ct))
            {
                if (await db.FirstOrDefaultAsync<HeadRow>("trail/head", new { Log = TrailLog.Name }, ct) is not { } head)
                {
                    return CheckpointOutcome.Unchanged;
                }

                var check = new TreeCheck(db);
                signed = await signer.SignGrownAsync(new DatabaseTree(db), head.Size, from => check.NewAsync(from, head.Size, head.Frontier, ct), ct);
                if (signed is not null)
                {
                    await SweepAsync(check, signed.Checkpoint.Size, ct);
                }
            }

            // Asked for each time: whoever signed it may have died before it was stored.
            return signed is not null && await StoreAsync(signed, ct) ? CheckpointOutcome.Signed : CheckpointOutcome.Unchanged;
        }
        catch (TrailRewrittenException e)
        {
            await RaiseAsync(e, ct);
            return CheckpointOutcome.Alarm;
        }
    }

    private async Task SweepAsync(TreeCheck check, long size, CancellationToken ct)
    {
        if (size == 0)
        {
            return;
        }

        chunk = chunk * TreeCheck.ChunkSize >= size ? 0 : chunk;
        await check.SweepAsync(chunk, size, ct);
        chunk++;
    }

    private Task<bool> StoreAsync(SignedCheckpoint signed, CancellationToken ct) => BusyRetry.RunAsync(
        database,
        time,
        async token =>
        {
            var now = time.GetUtcNow().Truncate();
            var row = new { TreeSize = signed.Checkpoint.Size, At = now, signed.Note };
            await using (var read = await database.OpenReadAsync(token))
            {
                if (await read.ScalarAsync<int>("signing/count_checkpoints", new { row.TreeSize }, token) > 0
                    && (await anchors.DueAsync(read, row.TreeSize, now, token)).Count == 0)
                {
                    return false; // as a rule: it takes no write transaction to find that out
                }
            }

            await using var db = await database.BeginAsync(token);
            var inserted = await db.ExecuteAsync("trail/insert_checkpoint", row, token);
            await anchors.EnqueueAsync(db, signed, now, token); // also what an export stored
            await db.CommitAsync(token);
            return inserted > 0;
        },
        ct);

    private Task<bool> RaiseAsync(TrailRewrittenException e, CancellationToken ct) => signer.AloneAsync(
        () =>
        {
            var known = e.Damage.Kind == TrailAlarmKind.MemoryChanged ? null : signer.Last();
            var damage = e.Damage with { SignedSize = known?.Checkpoint.Size ?? 0 };
            if (alarms.Raise(damage, e.Message, keys.State.Last(), time.GetUtcNow()) is { } alarm)
            {
                LogAlarm(logger, alarm.Id, alarm.Kind, alarm.SignedSize, alarm.FoundSize, alarm.Detail);
                said = time.GetUtcNow();
            }

            return Task.FromResult(true);
        },
        ct);

    /// <summary>Writes new alarms into the trail, and says in the log that some are still open: now and then, not each minute.</summary>
    private async Task TellAsync(IReadOnlyList<TrailAlarm> open, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // A clock that was put back must not silence it.
        if (said is null || now - said >= Quiet || now < said)
        {
            LogStillOpen(logger, open.Count, open[0].Kind, open[0].RaisedAt);
            said = now;
        }

        if (open.All(alarm => alarm.Recorded))
        {
            return;
        }

        await signer.AloneAsync(
            async () =>
            {
                foreach (var alarm in alarms.Read().Where(a => !a.Recorded))
                {
                    var body = new { alarm = alarm.Id, alarm.Kind, alarm.RaisedAt, alarm.SignedSize, alarm.FoundSize, alarm.LeafIndex, alarm.Checkpoint };
                    await AppendAsync("trail.alarmRaised", body, null, null, ct);
                    alarms.Save(alarm with { Recorded = true });
                }

                return true;
            },
            ct);
    }

    /// <summary>Handings-over of the signing key that the trail does not tell of yet: done by the command line, or cut short.</summary>
    private async Task RecordRotationsAsync(CancellationToken ct)
    {
        if (keys.State.Rotations() is not { Count: > 0 } rotations)
        {
            return;
        }

        IReadOnlyList<string> known;
        await using (var db = await database.OpenReadAsync(ct))
        {
            known = await db.QueryAsync<string>("signing/rotations", null, ct);
        }

        foreach (var rotation in rotations.Where(r => !known.Contains(r.New.IdText, StringComparer.Ordinal)))
        {
            var body = new { rotation.Note, oldKey = rotation.Old.ToString(), newKey = rotation.New.ToString(), rotation.Size };
            await AppendAsync("trail.keyRotated", body, rotation, null, ct);
            LogRotated(logger, rotation.Old.IdText, rotation.New.IdText, rotation.Size);
        }
    }

    private Task<bool> AppendAsync<T>(string type, T body, KeyRotationNote? rotation, Guid? cause, CancellationToken ct) => BusyRetry.RunAsync(
        database,
        time,
        async token =>
        {
            var now = time.GetUtcNow().Truncate();
            var told = new PendingEvent(Guid.CreateVersion7(now), type, PersonId.System, "system", TrailJson.Canonical(body));
            await using var db = await database.BeginAsync(token);
            // Two hosts may find the same rotation untold: the second finds it here.
            if (rotation is not null
                && await db.ExecuteAsync("signing/insert_rotation", new { NewKey = rotation.New.IdText, TreeSize = rotation.Size, At = now, told.Id, rotation.Note }, token) == 0)
            {
                return false;
            }

            using var organisation = await ReadLog.OrganisationAsync(db, keys, token);
            await TrailLog.AppendAsync(db, organisation, [told], cause, null, now, token);
            await db.CommitAsync(token);
            return true;
        },
        ct);

    [LoggerMessage(3001, LogLevel.Error, "ALARM {Alarm}: the trail does not fit what was signed ({Kind}; signed for {SignedSize} events, found {FoundSize}): {Detail}")]
    private static partial void LogAlarm(ILogger logger, Guid alarm, TrailAlarmKind kind, long signedSize, long foundSize, string detail);

    [LoggerMessage(3002, LogLevel.Error, "{Count} alarms about the trail are open, the first ({Kind}) since {Since}; somebody must say what they are")]
    private static partial void LogStillOpen(ILogger logger, int count, TrailAlarmKind kind, DateTimeOffset since);

    [LoggerMessage(3003, LogLevel.Warning, "The signing key was handed over from {Old} to {New} at {Size} events; publish the new key")]
    private static partial void LogRotated(ILogger logger, string old, string @new, long size);

    private sealed record HeadRow
    {
        public long Size { get; init; }
        public byte[] Frontier { get; init; } = [];
    }
}
