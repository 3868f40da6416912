using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.Retention;

/// <summary>The row of a case that says when it is due, and its event.</summary>
internal static class RetentionStore
{
    private const long SecondsOfDay = 24 * 60 * 60;

    public static Task<RetentionRow?> FindAsync(DbSession db, CaseId id, CancellationToken ct) =>
        db.FirstOrDefaultAsync<RetentionRow>("retention/row", new { CaseId = id }, ct);

    /// <summary>
    /// Writes what was reckoned. A notice whose day is no more the case's is taken back: it is told again on its new day.
    /// </summary>
    /// <returns>What the trail is to be told; null when the date is as it was, and for a draft, whose date moves with every word.</returns>
    public static async Task<RetentionReckonedBody?> WriteAsync(
        DbSession db, RetentionRules rules, Reckoned reckoned, RetentionRow? before, DateTimeOffset now, CancellationToken ct)
    {
        var facts = reckoned.Facts;
        var due = reckoned.DueOn(before?.PostponedUntil);
        var keeps = before is { State: RetentionStep.Noticed or RetentionStep.Objected } && due is not null && before.DueOn == due && before.Action == reckoned.Due!.Rule.Then;
        var row = new
        {
            facts.CaseId,
            CaseSeq = facts.Seq,
            rules.Head.Sha256,
            RuleName = reckoned.Due?.Rule.Id,
            reckoned.Ground,
            reckoned.GroundBy,
            reckoned.Due?.CountedFrom,
            DueOn = due,
            NoticeOn = due?.AddDays(-reckoned.Due!.Rule.NoticeDays),
            Action = reckoned.Due?.Rule.Then,
            NoticeSeconds = reckoned.Due?.Rule.NoticeDays * SecondsOfDay,
            State = reckoned.Due is null ? RetentionStep.Running : keeps ? before!.State : RetentionStep.Counting,
            ReckonedAt = now,
            Keeps = keeps,
        };
        if (await db.ExecuteAsync("retention/update_row", row, ct) == 0)
        {
            await db.ExecuteAsync("retention/insert_row", row, ct);
        }

        var same = before is not null && before.DueOn == due && before.RuleName == row.RuleName && before.Sha256 == row.Sha256 && before.Ground == row.Ground;
        return same || facts.Phase == CasePhase.Draft || (before is null && row.RuleName is null)
            ? null
            : new(rules.Label, rules.Head.Sha256, row.RuleName, row.Ground, row.GroundBy, row.CountedFrom, due, before?.DueOn);
    }
}

/// <summary>The body of <c>retention.reckoned</c>.</summary>
/// <param name="Rules">"id@version".</param>
/// <param name="Sha256">Of the rules.</param>
/// <param name="Rule">Which of them; null while the case runs again.</param>
/// <param name="Ground">On which ground the case is.</param>
/// <param name="GroundBy">Who said so.</param>
/// <param name="CountedFrom">From when; null when the case does not tell.</param>
/// <param name="DueOn">The first day on which it is no longer kept.</param>
/// <param name="DueBefore">What that was until now.</param>
internal sealed record RetentionReckonedBody(
    string Rules, string Sha256, string? Rule, string Ground, GroundSource GroundBy, DateOnly? CountedFrom, DateOnly? DueOn, DateOnly? DueBefore);
