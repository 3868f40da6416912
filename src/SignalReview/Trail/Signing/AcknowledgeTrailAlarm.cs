using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Signing;

/// <summary>
/// Somebody says what an alarm was. It is no longer open then, and stands in the trail with their reason. When the tree still does not fit what
/// was signed, the signer takes the tree as it is from here on, and the checkpoint that it gives up stands in the trail too: an auditor who kept it
/// sees the break, and here why.
/// </summary>
internal sealed class AcknowledgeTrailAlarm(IDatabase database, KeyRing keys, CheckpointSigner signer, TrailAlarms alarms, TimeProvider time)
{
    private const int MostReason = 1000;

    /// <summary>Whose it is to say so: not those who run cases or servers.</summary>
    public static bool May(Actor actor) => actor.Is(Role.Auditor) || actor.Is(Role.PrivacyOfficer);

    /// <returns>Null when done.</returns>
    public async Task<Refusal?> RunAsync(Actor actor, Guid alarmId, string? reason, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", reason);
        if (reason?.Length > MostReason)
        {
            check.Add("reason", "tooLong");
        }

        return await signer.AloneAsync(
            async () =>
            {
                var alarm = alarms.Read().FirstOrDefault(a => a.Id == alarmId);
                var refusal = !May(actor) ? Refusal.NotYours
                    : alarm is null ? Refusal.Conflict("trail-alarm-gone")
                    : check.Problems.Count > 0 ? Refusal.Invalid(check.Problems)
                    : null;
                await BusyRetry.RunAsync(database, time, token => WriteAsync(actor, alarm, reason, refusal, token), ct);
                if (refusal is null)
                {
                    // After the commit: when this is cut short the alarm is still open, and is said again.
                    if (!await FitsAsync(ct))
                    {
                        keys.State.Abandon($"abandoned-{alarm!.Id:N}");
                    }

                    alarms.Close(alarm!, time.GetUtcNow());
                }

                return refusal;
            },
            ct);
    }

    private async Task<bool> WriteAsync(Actor actor, TrailAlarm? alarm, string? reason, Refusal? refusal, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        if (refusal is not null)
        {
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "AcknowledgeTrailAlarm", refusal, now, ct);
            return false;
        }

        var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
        var body = new
        {
            alarm = alarm!.Id,
            alarm.Kind,
            alarm.RaisedAt,
            alarm.SignedSize,
            alarm.FoundSize,
            alarm.LeafIndex,
            reason = reason!.Trim(),
            checkpoint = keys.State.Last(),
            size,
            actor.Client,
        };
        var said = new PendingEvent(
            Guid.CreateVersion7(now),
            "trail.alarmAcknowledged",
            actor.Person,
            Enums.Text(actor.Is(Role.Auditor) ? Role.Auditor : Role.PrivacyOfficer),
            TrailJson.Canonical(body));
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        await TrailLog.AppendAsync(db, organisation, [said], null, null, now, ct);
        await db.CommitAsync(ct);
        return true;
    }

    /// <summary>Whether the tree, as it is now, begins with what was signed.</summary>
    private async Task<bool> FitsAsync(CancellationToken ct)
    {
        try
        {
            if (signer.Last() is not { } last)
            {
                return true;
            }

            await using var db = await database.OpenReadAsync(ct);
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            return size >= last.Checkpoint.Size
                && (await MerkleTree.RootAsync(new DatabaseTree(db), last.Checkpoint.Size, ct)).AsSpan().SequenceEqual(last.Checkpoint.Root);
        }
        catch (TrailRewrittenException)
        {
            return false;
        }
    }
}
