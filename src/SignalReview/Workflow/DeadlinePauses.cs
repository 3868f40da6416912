using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Workflow;

/// <summary>
/// A step's deadline can stand still: for as long as somebody lets it, and never longer than the step's definition allows. What was left of
/// it is left when it runs on. Invitations have a clock of their own, which no pause stops.
/// </summary>
internal static class DeadlinePauses
{
    private const int DefaultHours = 14 * 24;

    /// <summary>The longest pause; zero where there can be none.</summary>
    public static TimeSpan Longest(OpenStepRow step) => step.OptionalInput(StepCatalog.MaxPauseHours) switch
    {
        { } hours => TimeSpan.FromHours(Math.Max(0, hours)),
        // In acute danger nobody waits.
        null => step.Activity == "AwaitImmediateDecision" ? TimeSpan.Zero : TimeSpan.FromHours(DefaultHours),
    };

    /// <summary>It can be paused now.</summary>
    public static bool IsPossible(OpenStepRow step, DateTimeOffset now) =>
        step.PausedAt is null && now < step.DueAt && Longest(step) > TimeSpan.Zero;

    public static async Task PauseAsync(Work work, OpenStepRow step, Guid eventId, CancellationToken ct)
    {
        var resumesAt = work.Now + Longest(step);
        var calendar = await TeamHours.LoadAsync(work.Db, work.File.Case.Team, ct);
        var latest = RunOn(step, calendar, work.Now, step.DueAt!.Value, resumesAt);
        await work.ExecuteAsync("workflow/pause_deadlines", new { CaseId = work.Case, step.Node, work.Now }, ct);
        await work.ExecuteAsync(
            "workflow/pause_open_step",
            new { CaseId = work.Case, step.Node, DueAt = latest, work.Now, ResumesAt = resumesAt, PausedEvent = eventId },
            ct);
        await OpenSteps.AddDeadlineAsync(work, DeadlineKind.Resume, step.Node, null, resumesAt, ct);
        await FollowAsync(work, step, latest, ct);
    }

    /// <summary>When the pause of a step ends if it ends now: one that has ended by itself ended then, although nothing has fired yet.</summary>
    public static DateTimeOffset End(OpenStepRow paused, DateTimeOffset now) => now < paused.ResumesAt ? now : paused.ResumesAt!.Value;

    /// <summary>When a paused step is due if it runs on at that moment.</summary>
    public static async Task<DateTimeOffset> DueAsync(Work work, OpenStepRow step, DateTimeOffset at, CancellationToken ct)
    {
        var calendar = await TeamHours.LoadAsync(work.Db, work.File.Case.Team, ct);
        var due = (await PausedAsync(work, step, ct)).Single(row => row.Kind == DeadlineKind.Step).DueAt;
        return RunOn(step, calendar, step.PausedAt!.Value, due, at);
    }

    /// <summary>Lets a paused step run on.</summary>
    /// <param name="work">The case.</param>
    /// <param name="step">The paused step.</param>
    /// <param name="at">From when on; a pause that ended by itself ended at its time, however late that was seen.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>When it is due.</returns>
    public static async Task<DateTimeOffset> ResumeAsync(Work work, OpenStepRow step, DateTimeOffset at, CancellationToken ct)
    {
        var due = await DueAsync(work, step, at, ct);
        foreach (var row in await PausedAsync(work, step, ct))
        {
            var runsTo = row.Kind == DeadlineKind.Reminder ? Reminder(step, due, at) : due;
            await work.ExecuteAsync("workflow/resume_deadline", new { row.DeadlineId, DueAt = runsTo }, ct);
        }

        await work.ExecuteAsync("workflow/cancel_resume", new { CaseId = work.Case, step.Node, work.Now }, ct);
        await work.ExecuteAsync("workflow/set_step_due", new { CaseId = work.Case, step.Node, DueAt = due }, ct);
        await FollowAsync(work, step, due, ct);
        return due;
    }

    /// <summary>A vote's own due date follows its step's.</summary>
    public static async Task FollowAsync(Work work, OpenStepRow step, DateTimeOffset due, CancellationToken ct)
    {
        if (step.Activity == "CollectVotes")
        {
            await work.ExecuteAsync("rooms/extend_round", new { CaseId = work.Case, DueAt = due }, ct);
        }
    }

    /// <summary>What was left of the deadline at the pause, counted on from <paramref name="at"/>.</summary>
    private static DateTimeOffset RunOn(OpenStepRow step, TeamCalendar calendar, DateTimeOffset pausedAt, DateTimeOffset due, DateTimeOffset at)
    {
        var worked = step.IsByWallClock() ? TimeSpan.Zero : WorkingTime.Between(calendar, pausedAt, due);
        // One that was extended into a weekend has no working time left, but time all the same.
        return worked > TimeSpan.Zero ? WorkingTime.Add(calendar, at, worked) : at + (due - pausedAt);
    }

    /// <summary>As long before the deadline as ever; at once, when less than that is left.</summary>
    private static DateTimeOffset Reminder(OpenStepRow step, DateTimeOffset due, DateTimeOffset at)
    {
        var remind = due - TimeSpan.FromHours(step.Input(StepCatalog.ReminderHours));
        return remind > at ? remind : at;
    }

    private static Task<IReadOnlyList<PausedRow>> PausedAsync(Work work, OpenStepRow step, CancellationToken ct) =>
        work.Db.QueryAsync<PausedRow>("workflow/paused_deadlines", new { CaseId = work.Case, step.Node }, ct);

    private sealed record PausedRow
    {
        public Guid DeadlineId { get; init; }
        public DeadlineKind Kind { get; init; }
        public DateTimeOffset DueAt { get; init; }
    }
}
