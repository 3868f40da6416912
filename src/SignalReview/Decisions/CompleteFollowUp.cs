using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Decisions;

internal enum CompleteFollowUpOutcome
{
    Completed,
    Unknown,
    NotYours,
    NotPlanned,
    Incomplete,
}

/// <summary>What came of an action. It may come in after the case was closed: what was done late was done.</summary>
internal sealed class CompleteFollowUp(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, CompleteFollowUpCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, CompleteFollowUpCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("result", command.Result);
        var outcome = Judge(work.File, work.Me, command.FollowUp, check.Problems);
        if (outcome == CompleteFollowUpOutcome.Completed)
        {
            outcome = await CompleteAsync(work, command, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task<CompleteFollowUpOutcome> CompleteAsync(Work work, CompleteFollowUpCommand command, CancellationToken ct)
    {
        var role = work.File.Case.OwnerId == work.Me ? CaseRole.Owner : CaseRole.ActionOwner;
        var eventId = work.Append("followup.completed", role, new FollowUpCompletedBody(command.FollowUp, command.Result, command.Dropped));
        var completed = await work.ExecuteAsync(
            "decisions/complete_follow_up",
            new
            {
                CaseId = work.Case,
                FollowUpId = command.FollowUp,
                State = command.Dropped ? FollowUpState.Dropped : FollowUpState.Done,
                EventId = eventId,
                work.Now,
            },
            ct);
        return completed == 1 ? CompleteFollowUpOutcome.Completed : CompleteFollowUpOutcome.NotPlanned;
    }

    private static CompleteFollowUpOutcome Judge(CaseFile file, PersonId me, Guid id, IReadOnlyList<FieldProblem> problems)
    {
        if (file.FollowUps.FirstOrDefault(f => f.FollowUpId == id) is not { } followUp)
        {
            return CompleteFollowUpOutcome.Unknown;
        }

        if (followUp.OwnerId != me && file.Case.OwnerId != me)
        {
            return CompleteFollowUpOutcome.NotYours;
        }

        if (followUp.State != FollowUpState.Planned || file.Phase is CasePhase.Withdrawn or CasePhase.Stopped)
        {
            return CompleteFollowUpOutcome.NotPlanned;
        }

        return problems.Count > 0 ? CompleteFollowUpOutcome.Incomplete : CompleteFollowUpOutcome.Completed;
    }

    private static Refusal? Refuse(CompleteFollowUpOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        CompleteFollowUpOutcome.Completed => null,
        CompleteFollowUpOutcome.Unknown => Refusal.Invalid(new FieldProblem("followUp", "unknown")),
        CompleteFollowUpOutcome.NotYours => Refusal.NotYours,
        CompleteFollowUpOutcome.NotPlanned => Refusal.Conflict("follow-up-settled"),
        CompleteFollowUpOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>followup.completed</c>.</summary>
/// <param name="Dropped">It was not done, and the result says why.</param>
internal sealed record FollowUpCompletedBody(Guid FollowUp, string Result, bool Dropped);
