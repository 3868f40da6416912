using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Decisions;

internal enum ReturnDecisionOutcome
{
    Returned,
    NotYours,
    NotAsked,
    Incomplete,
}

/// <summary>
/// The approver sends a proposal back, or the owner takes it back: an approver may be away, and nobody else can name another.
/// </summary>
internal sealed class ReturnDecision(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ReturnDecisionCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ReturnDecisionCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = Judge(work.File, work.Me, check.Problems);
        if (outcome == ReturnDecisionOutcome.Returned)
        {
            outcome = await ReturnAsync(work, work.File.CurrentDecision!, command.Reason, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task<ReturnDecisionOutcome> ReturnAsync(Work work, DecisionRow decision, string reason, CancellationToken ct)
    {
        var role = decision.ApproverId == work.Me ? CaseRole.Approver : CaseRole.Owner;
        var eventId = work.Append("decision.returned", role, new DecisionJudgedBody(decision.Number, reason));
        var returned = await work.ExecuteAsync(
            "decisions/return", new { CaseId = work.Case, decision.Number, EventId = eventId, work.Now }, ct);
        if (returned == 0)
        {
            return ReturnDecisionOutcome.NotAsked;
        }

        await work.ExecuteAsync("decisions/settle_follow_ups", new { CaseId = work.Case, State = FollowUpState.Dropped }, ct);
        work.Complete(work.File.OpenStep("AskApproval")!, "Returned");
        return ReturnDecisionOutcome.Returned;
    }

    private static ReturnDecisionOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems)
    {
        if (file.OpenStep("AskApproval") is null || file.CurrentDecision is not { State: DecisionState.Proposed } decision)
        {
            return ReturnDecisionOutcome.NotAsked;
        }

        if (decision.ApproverId != me && file.Case.OwnerId != me)
        {
            return ReturnDecisionOutcome.NotYours;
        }

        return problems.Count > 0 ? ReturnDecisionOutcome.Incomplete : ReturnDecisionOutcome.Returned;
    }

    private static Refusal? Refuse(ReturnDecisionOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        ReturnDecisionOutcome.Returned => null,
        ReturnDecisionOutcome.NotYours => Refusal.NotYours,
        ReturnDecisionOutcome.NotAsked => Refusal.Conflict("approval-not-asked"),
        ReturnDecisionOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
