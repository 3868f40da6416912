using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Decisions;

internal enum PlanFollowUpOutcome
{
    Planned,
    NotTheOwner,
    NotDecided,
    Incomplete,
}

/// <summary>One more action, once a decision stands.</summary>
internal sealed class PlanFollowUp(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, PlanFollowUpCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, PlanFollowUpCommand command, CancellationToken ct)
    {
        if (command.FollowUp is null)
        {
            return Refuse(PlanFollowUpOutcome.Incomplete, [new FieldProblem("followUp", "required")]);
        }

        var check = new FieldCheck();
        DecisionRules.CheckFollowUp(check, "followUp", command.FollowUp, await FollowUps.ColleaguesAsync(work, [command.FollowUp], ct));
        var outcome = Judge(work.File, work.Me, check.Problems);
        if (outcome == PlanFollowUpOutcome.Planned)
        {
            work.Created = await FollowUps.AddAsync(work, command.FollowUp, FollowUpState.Planned, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static PlanFollowUpOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems)
    {
        if (file.Case.OwnerId != me)
        {
            return PlanFollowUpOutcome.NotTheOwner;
        }

        if (file.IsOver || !file.Decisions.Any(d => d.State is DecisionState.Approved or DecisionState.Immediate))
        {
            return PlanFollowUpOutcome.NotDecided;
        }

        return problems.Count > 0 ? PlanFollowUpOutcome.Incomplete : PlanFollowUpOutcome.Planned;
    }

    private static Refusal? Refuse(PlanFollowUpOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        PlanFollowUpOutcome.Planned => null,
        PlanFollowUpOutcome.NotTheOwner => Refusal.NotYours,
        PlanFollowUpOutcome.NotDecided => Refusal.Conflict("not-decided"),
        PlanFollowUpOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
