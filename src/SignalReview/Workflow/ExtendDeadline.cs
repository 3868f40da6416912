using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Workflow;

internal enum ExtendDeadlineOutcome
{
    Extended,
    NotYours,
    NotOpen,
    NotLater,
    Incomplete,
}

/// <summary>Gives a waiting step more time.</summary>
internal sealed class ExtendDeadline(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ExtendDeadlineCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ExtendDeadlineCommand command, CancellationToken ct)
    {
        var step = work.File.OpenSteps.FirstOrDefault(s => s.Node == command.Node);
        // Of a paused one: when it would be due if it just ran on. An extension that gives less is none.
        var dueAt = step?.PausedAt is null ? step?.DueAt : await DeadlinePauses.DueAsync(work, step, DeadlinePauses.End(step, work.Now), ct);
        var outcome = !TimeKeepers.Include(work) ? ExtendDeadlineOutcome.NotYours
            : step is null ? ExtendDeadlineOutcome.NotOpen
            : command.DueAt <= work.Now || command.DueAt <= dueAt ? ExtendDeadlineOutcome.NotLater
            : string.IsNullOrWhiteSpace(command.Reason) ? ExtendDeadlineOutcome.Incomplete
            : ExtendDeadlineOutcome.Extended;
        if (outcome == ExtendDeadlineOutcome.Extended)
        {
            await ExtendAsync(work, step!, command.DueAt.Truncate(), command.Reason, ct);
        }

        return Refuse(outcome);
    }

    private static async Task ExtendAsync(Work work, OpenStepRow step, DateTimeOffset due, string reason, CancellationToken ct)
    {
        var role = TimeKeepers.RoleOf(work);
        work.Append("deadline.extended", role, new { step.Activity, due, reason });
        if (step.PausedAt is not null)
        {
            // A fixed time was given: there is nothing left to stand still.
            work.Append("deadline.resumed", role, new DeadlineResumedBody(step.Activity, due, ByItself: false));
        }

        await work.ExecuteAsync("workflow/cancel_step_deadlines", new { CaseId = work.Case, step.Node, work.Now }, ct);
        await work.ExecuteAsync("workflow/set_step_due", new { CaseId = work.Case, step.Node, DueAt = due }, ct);
        await DeadlinePauses.FollowAsync(work, step, due, ct);
        await OpenSteps.AddStepDeadlinesAsync(work, step.Node, due, step.OptionalInput(StepCatalog.ReminderHours), ct);
    }

    private static Refusal? Refuse(ExtendDeadlineOutcome outcome) => outcome switch
    {
        ExtendDeadlineOutcome.Extended => null,
        ExtendDeadlineOutcome.NotYours => Refusal.NotYours,
        ExtendDeadlineOutcome.NotOpen => Refusal.Conflict("step-not-open"),
        ExtendDeadlineOutcome.NotLater => Refusal.Invalid(new FieldProblem("dueAt", "notLater")),
        ExtendDeadlineOutcome.Incomplete => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}
