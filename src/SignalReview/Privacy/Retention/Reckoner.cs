using SignalReview.Cases;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Privacy.Retention;

/// <summary>When one case is due by one set of rules.</summary>
/// <param name="Facts">What it was reckoned from.</param>
/// <param name="Ground">The legal ground's id.</param>
/// <param name="GroundBy">Who said so.</param>
/// <param name="Due">Null while the case runs.</param>
internal sealed record Reckoned(RetentionFactsRow Facts, string Ground, GroundSource GroundBy, RetentionReckoning? Due)
{
    /// <summary>With what was granted beyond the rule.</summary>
    public DateOnly? DueOn(DateOnly? postponedUntil) => Due?.DueOn is { } due && postponedUntil > due ? postponedUntil : Due?.DueOn;
}

/// <summary>Reckons from what a case is when it is due. Opens the signal only for its legal ground.</summary>
internal sealed class Reckoner(KeyRing keys)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(TeamCalendar.DefaultZone);

    /// <summary>The organisation's day at a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <param name="db">Any session.</param>
    /// <param name="rules">By these.</param>
    /// <param name="id">The case.</param>
    /// <param name="row">What was reckoned before; a ground that a person chose stays.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>Null when there is no such case, or nothing is left of it.</returns>
    public async Task<Reckoned?> ReckonAsync(DbSession db, RetentionRules rules, CaseId id, RetentionRow? row, CancellationToken ct)
    {
        if (await db.FirstOrDefaultAsync<RetentionFactsRow>("retention/facts", new { CaseId = id }, ct) is not { } facts)
        {
            return null;
        }

        var (ground, by) = row?.GroundBy == GroundSource.Person && rules.Grounds.Any(g => g.Id == row.Ground)
            ? (row.Ground, GroundSource.Person)
            : await GroundAsync(db, rules, facts, ct);
        RetentionState? state = facts.Phase switch
        {
            CasePhase.Draft => RetentionState.Draft,
            CasePhase.Closed => RetentionState.Closed,
            CasePhase.Withdrawn => RetentionState.Withdrawn,
            CasePhase.Stopped => RetentionState.Stopped,
            CasePhase.Submitted or CasePhase.Clarifying or CasePhase.Interpreting or CasePhase.Comparing or CasePhase.Room or CasePhase.Deciding
                or CasePhase.Approving or CasePhase.FollowUp => null,
        };
        return new(facts, ground, by, state is { } over ? rules.Reckon(Facts(facts, ground, over)) : null);
    }

    private static RetentionFacts Facts(RetentionFactsRow row, string ground, RetentionState state)
    {
        var last = new[] { row.PhaseSince, row.LastEvent ?? row.CreatedAt, row.LastDraft ?? row.CreatedAt }.Max();
        return new(
            state == RetentionState.Draft ? new(ground, state, null, null) : new(ground, state, row.Outcome, row.SubjectKind),
            row.AgeBand,
            DayOf(row.CreatedAt),
            row.SubmittedAt is { } submitted ? DayOf(submitted) : null,
            DayOf(last),
            state == RetentionState.Draft ? null : DayOf(row.Phase == CasePhase.Closed ? row.ClosedAt ?? row.PhaseSince : row.PhaseSince));
    }

    private async Task<(string Ground, GroundSource By)> GroundAsync(DbSession db, RetentionRules rules, RetentionFactsRow facts, CancellationToken ct)
    {
        if (facts.SubmissionEvent is { } submission)
        {
            using var dossier = await Dossier.OpenAsync(db, keys, facts.CaseId, ct);
            if (dossier is not null
                && await TrailBodies.ReadAsync<SignalSubmission>(db, dossier, submission, ct) is { } signal
                && rules.GroundIn(signal.LawfulBasis) is { } said)
            {
                return (said.Id, GroundSource.Submission);
            }
        }

        return (rules.DefaultGround, GroundSource.Standard);
    }
}
