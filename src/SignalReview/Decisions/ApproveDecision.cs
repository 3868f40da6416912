using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Decisions;

internal enum ApproveDecisionOutcome
{
    Approved,
    OwnDecision,
    NotTheApprover,
    NotAsked,
    DissentPending,
    Incomplete,
}

/// <summary>The second pair of eyes. Nobody can be given the right to approve a decision of their own.</summary>
internal sealed class ApproveDecision(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ApproveDecisionCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ApproveDecisionCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Lengths("remark", command.Remark);
        var outcome = Judge(work.File, work.Me, check.Problems);
        if (outcome == ApproveDecisionOutcome.Approved)
        {
            outcome = await ApproveAsync(work, work.File.CurrentDecision!, command.Remark, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task<ApproveDecisionOutcome> ApproveAsync(Work work, DecisionRow decision, string? remark, CancellationToken ct)
    {
        var eventId = work.Append("decision.approved", CaseRole.Approver, new DecisionJudgedBody(decision.Number, remark, [.. DissentRules.Standing(work.File).Select(d => d.StatementEvent!.Value)]));
        var approved = await work.ExecuteAsync(
            "decisions/approve", new { CaseId = work.Case, decision.Number, PersonId = work.Me, EventId = eventId, work.Now }, ct);
        if (approved == 0)
        {
            return ApproveDecisionOutcome.NotAsked;
        }

        await work.ExecuteAsync("decisions/supersede", new { CaseId = work.Case, decision.Number }, ct);
        await work.ExecuteAsync("decisions/settle_follow_ups", new { CaseId = work.Case, State = FollowUpState.Planned }, ct);
        await work.ExecuteAsync("decisions/set_review_on", new { CaseId = work.Case, decision.ReviewOn }, ct);
        work.Complete(work.File.OpenStep("AskApproval")!, "Approved");
        return ApproveDecisionOutcome.Approved;
    }

    private static ApproveDecisionOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems)
    {
        if (file.OpenStep("AskApproval") is null || file.CurrentDecision is not { State: DecisionState.Proposed } decision)
        {
            return ApproveDecisionOutcome.NotAsked;
        }

        // Also for an approver who was made the owner since.
        if (decision.DecidedById == me || file.Case.OwnerId == me)
        {
            return ApproveDecisionOutcome.OwnDecision;
        }

        if (decision.ApproverId != me)
        {
            return ApproveDecisionOutcome.NotTheApprover;
        }

        if (DissentRules.IsPending(file))
        {
            return ApproveDecisionOutcome.DissentPending;
        }

        return problems.Count > 0 ? ApproveDecisionOutcome.Incomplete : ApproveDecisionOutcome.Approved;
    }

    private static Refusal? Refuse(ApproveDecisionOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        ApproveDecisionOutcome.Approved => null,
        ApproveDecisionOutcome.OwnDecision => Refusal.Forbidden("own-decision"),
        ApproveDecisionOutcome.NotTheApprover => Refusal.NotYours,
        ApproveDecisionOutcome.NotAsked => Refusal.Conflict("approval-not-asked"),
        ApproveDecisionOutcome.DissentPending => Refusal.Conflict("dissent-pending"),
        ApproveDecisionOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>decision.approved</c> and <c>decision.returned</c>.</summary>
/// <param name="Number">Which decision.</param>
/// <param name="Remark">What the approver said; for one that was returned, why.</param>
/// <param name="Dissents">The events of the statements that stand beside a decision that was approved, as their writers approved them.</param>
internal sealed record DecisionJudgedBody(int Number, string? Remark, IReadOnlyList<Guid>? Dissents = null);
