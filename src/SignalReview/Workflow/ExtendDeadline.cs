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
        var file = work.File;
        var leads = file.Case.FacilitatorId == work.Me;
        var step = file.OpenSteps.FirstOrDefault(s => s.Node == command.Node);
        var outcome = !leads && !work.Actor.Is(Role.Coordinator) ? ExtendDeadlineOutcome.NotYours
            : step is null ? ExtendDeadlineOutcome.NotOpen
            : command.DueAt <= work.Now || command.DueAt <= step.DueAt ? ExtendDeadlineOutcome.NotLater
            : string.IsNullOrWhiteSpace(command.Reason) ? ExtendDeadlineOutcome.Incomplete
            : ExtendDeadlineOutcome.Extended;
        if (outcome == ExtendDeadlineOutcome.Extended)
        {
            var due = command.DueAt.Truncate();
            work.Append("deadline.extended", leads ? CaseRole.Facilitator : CaseRole.Coordinator, new { step!.Activity, due, command.Reason });
            await work.ExecuteAsync("workflow/cancel_step_deadlines", new { CaseId = work.Case, step.Node, work.Now }, ct);
            await work.ExecuteAsync("workflow/extend_open_step", new { CaseId = work.Case, step.Node, DueAt = due }, ct);
            if (step.Activity == "CollectVotes")
            {
                await work.ExecuteAsync("rooms/extend_round", new { CaseId = work.Case, DueAt = due }, ct);
            }

            await OpenSteps.AddDeadlineAsync(work, DeadlineKind.Step, step.Node, null, due, ct);
        }

        return Refuse(outcome);
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
