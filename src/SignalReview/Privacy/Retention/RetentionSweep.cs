using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.Retention;

/// <summary>What one look came to.</summary>
/// <param name="Reckoned">Cases whose date was reckoned again.</param>
/// <param name="Told">Cases of which it was told that they are due.</param>
/// <param name="Erased">Cases that were erased.</param>
internal sealed record SweepResult(int Reckoned, int Told, int Erased);

/// <summary>
/// Reckons what changed, tells what is nearly due, and erases what was due and was told of for long enough. Any number of hosts may look at once:
/// each step is one case's transaction, and its row count says who did it. What a host left undone the next look does.
/// </summary>
internal sealed partial class RetentionSweep(
    IDatabase database,
    KeyRing keys,
    CommandRunner commands,
    RuleSets sets,
    Reckoner reckoner,
    EraseByRule erase,
    TimeProvider time,
    ILogger<RetentionSweep> logger)
{
    /// <summary>How many cases are looked at in one query.</summary>
    private const int Batch = 100;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromHours(6);

    public async Task<SweepResult> RunAsync(CancellationToken ct)
    {
        var seen = await BusyRetry.RunAsync(database, time, LookAsync, ct);
        var reckoned = await ReckonStaleAsync(ct);
        var (active, label) = await BusyRetry.RunAsync(database, time, ActiveAsync, ct);
        if (active is null)
        {
            return new(reckoned, 0, 0); // two people must let the rules in first
        }

        var told = await EachAsync("retention/to_tell", seen, TellAsync, ct);
        var erased = await EachAsync("retention/to_erase", seen, (id, token) => EraseAsync(id, active, label, token), ct);
        return new(reckoned, told, erased);
    }

    private async Task<long> LookAsync(CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        var seen = await RetentionClock.LookAsync(db, time.GetUtcNow().Truncate(), ct);
        await db.ExecuteAsync("retention/settle_erased", null, ct); // by a rule, on request, or by a host that died before it could say so
        await db.CommitAsync(ct);
        return seen;
    }

    private async Task<(RuleSetRow? Active, string Label)> ActiveAsync(CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        var active = (await RuleSets.AllAsync(db, ct)).FirstOrDefault(s => s.State == RuleSetState.Active);
        return (active, active is null ? "" : $"{active.RuleSet}@{active.Version}");
    }

    private async Task<int> ReckonStaleAsync(CancellationToken ct)
    {
        var count = 0;
        while (true)
        {
            IReadOnlyList<CaseId> stale;
            await using (var db = await database.OpenReadAsync(ct))
            {
                var (rules, _) = await sets.CurrentAsync(db, ct);
                stale = await db.QueryAsync<CaseId>("retention/stale", new { rules.Head.Sha256, Now = time.GetUtcNow(), Sooner = time.GetUtcNow() + LastRetry, Take = Batch }, ct);
            }

            var done = 0;
            foreach (var id in stale)
            {
                done += await GuardAsync(id, token => BusyRetry.RunAsync(database, time, t => ReckonAsync(id, t), token), ct) ? 1 : 0;
            }

            count += done;
            if (stale.Count < Batch || done == 0)
            {
                return count;
            }
        }
    }

    private async Task<bool> ReckonAsync(CaseId id, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        var (rules, _) = await sets.CurrentAsync(db, ct);
        var row = await RetentionStore.FindAsync(db, id, ct);
        // A command that comes in between moves cases.seq on, and the next look reckons again.
        if (await reckoner.ReckonAsync(db, rules, id, row, ct) is not { } reckoned)
        {
            return false;
        }

        if (await RetentionStore.WriteAsync(db, rules, reckoned, row, now, ct) is { } told)
        {
            using var dossier = await Dossier.OpenAsync(db, keys, id, ct) ?? throw new InvalidOperationException($"Case {id} has no dossier.");
            var reckonedEvent = new PendingEvent(Guid.CreateVersion7(now), "retention.reckoned", PersonId.System, "system", TrailJson.Canonical(told));
            await TrailLog.AppendAsync(db, dossier, [reckonedEvent], cause: null, rules.Label, now, ct);
        }

        await db.CommitAsync(ct);
        return true;
    }

    /// <summary>Cases that the query finds, each once: what fails waits for its retry, so that it stands in nobody's way.</summary>
    private async Task<int> EachAsync(string query, long seen, Func<CaseId, CancellationToken, Task<bool>> act, CancellationToken ct)
    {
        IReadOnlyList<CaseId> found;
        await using (var db = await database.OpenReadAsync(ct))
        {
            var now = time.GetUtcNow();
            found = await db.QueryAsync<CaseId>(query, new { Today = Reckoner.DayOf(now), Now = now, Sooner = now + LastRetry, Seen = seen, Take = Batch }, ct);
        }

        var count = 0;
        foreach (var id in found)
        {
            count += await GuardAsync(id, token => act(id, token), ct) ? 1 : 0;
        }

        return count;
    }

    private async Task<bool> TellAsync(CaseId id, CancellationToken ct)
    {
        var result = await commands.RunAsync(Actor.System, id, new TellDueCommand(Guid.CreateVersion7(time.GetUtcNow())), TellHandlerAsync, ct);
        return result.Done && await StandsAsync(id, RetentionStep.Noticed, ct);
    }

    private async Task<Refusal?> TellHandlerAsync(Work work, TellDueCommand command, CancellationToken ct)
    {
        var (rules, _) = await sets.CurrentAsync(work.Db, ct);
        var row = await RetentionStore.FindAsync(work.Db, work.Case, ct);
        // A draft's date moves with every word that is saved: judge on what is there now.
        if (await reckoner.ReckonAsync(work.Db, rules, work.Case, row, ct) is not { } reckoned)
        {
            return Refusal.Conflict("case-erased");
        }

        if (await RetentionStore.WriteAsync(work.Db, rules, reckoned, row, work.Now, ct) is { } moved)
        {
            work.AppendAsSystem("retention.reckoned", moved);
        }

        var today = Reckoner.DayOf(work.Now);
        if (reckoned.Due is not { } due || reckoned.DueOn(row?.PostponedUntil) is not { } day || day.AddDays(-due.Rule.NoticeDays) > today)
        {
            return null; // not any more, or not yet
        }

        var id = work.AppendAsSystem("retention.noticed", new NoticeBody(rules.Label, due.Rule.Id, due.Rule.Then, day, due.Rule.NoticeDays, [.. due.Rule.Tell.Order()]));
        var told = new { CaseId = work.Case, EventId = id, work.Now, Today = today, Seen = await RetentionClock.ReadAsync(work.Db, ct) };
        // Another host may have told it first: then this one takes back all it wrote.
        return await work.ExecuteAsync("retention/tell", told, ct) == 1 ? null : Refusal.Conflict("retention-settled");
    }

    private async Task<bool> EraseAsync(CaseId id, RuleSetRow active, string label, CancellationToken ct)
    {
        RetentionRow? row;
        Reckoned? reckoned;
        var now = time.GetUtcNow().Truncate();
        await using (var db = await database.OpenReadAsync(ct))
        {
            var rules = await sets.FindAsync(db, active.Sha256, ct);
            row = await RetentionStore.FindAsync(db, id, ct);
            reckoned = await reckoner.ReckonAsync(db, rules, id, row, ct);
            if (await LegalHolds.StandAsync(db, id, now, ct))
            {
                return false;
            }
        }

        // A draft that was written on since, a case that was reopened, a rule that changed: the next look reckons it again.
        if (row is not { State: RetentionStep.Noticed or RetentionStep.Erasing } || reckoned?.DueOn(row.PostponedUntil) is not { } due || due > Reckoner.DayOf(now)
            || reckoned.Facts.Seq != row.CaseSeq || row.Sha256 != active.Sha256)
        {
            await BusyRetry.RunAsync(database, time, token => ReckonAsync(id, token), ct);
            return false;
        }

        // From here on nobody can object; whoever did so just now is found by the row count.
        if (!await StepAsync("retention/begin_erasing", id, ct))
        {
            return false;
        }

        // The erasure claims the case and judges the hold again in its own transaction: a hold that is placed now wins there or comes too late.
        var result = await erase.RunAsync(
            id, new EraseByRuleCommand(Guid.CreateVersion7(now), $"{label}/{row.RuleName}", active.ActivatedById?.Value), ct);
        await StepAsync(result.Done ? "retention/end_erasing" : "retention/stop_erasing", id, ct);
        return result.Done;
    }

    private Task<bool> StepAsync(string query, CaseId id, CancellationToken ct) => BusyRetry.RunAsync(
        database,
        time,
        async token =>
        {
            await using var db = await database.BeginAsync(token);
            var moved = await db.ExecuteAsync(query, new { CaseId = id }, token);
            await db.CommitAsync(token);
            return moved == 1;
        },
        ct);

    private async Task<bool> StandsAsync(CaseId id, RetentionStep step, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return (await RetentionStore.FindAsync(db, id, ct))?.State == step;
    }

    private async Task<bool> GuardAsync(CaseId id, Func<CancellationToken, Task<bool>> act, CancellationToken ct)
    {
        try
        {
            return await act(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One case's fault must not keep all others here for ever.
            LogFailed(logger, id, e);
            await using var db = await database.BeginAsync(ct);
            var failures = (await RetentionStore.FindAsync(db, id, ct))?.Failures ?? 0;
            var after = TimeSpan.FromTicks(Math.Min(LastRetry.Ticks, FirstRetry.Ticks << Math.Min(failures, 10)));
            await db.ExecuteAsync("retention/postpone_retry", new { CaseId = id, RetryAt = time.GetUtcNow() + after }, ct);
            await db.CommitAsync(ct);
            return false;
        }
    }

    [LoggerMessage(8101, LogLevel.Error, "Reckoning, telling or erasing case {Case} by its retention rule failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, CaseId @case, Exception e);
}

/// <summary>The body of <c>retention.noticed</c>.</summary>
/// <param name="Rules">"id@version".</param>
/// <param name="Rule">Which of them.</param>
/// <param name="Then">What happens on the day.</param>
/// <param name="DueOn">The day.</param>
/// <param name="NoticeDays">For so many days it must have been there to see.</param>
/// <param name="Tell">Who is told.</param>
internal sealed record NoticeBody(string Rules, string Rule, RetentionAction Then, DateOnly DueOn, int NoticeDays, IReadOnlyList<RetentionAudience> Tell);
