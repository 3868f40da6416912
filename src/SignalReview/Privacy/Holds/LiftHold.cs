using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Holds;

internal enum LiftHoldOutcome
{
    Lifted,
    NotThePrivacyOfficer,
    Incomplete,
    NotThere,
}

/// <summary>The privacy officer ends a hold, with the reason why it is no longer needed.</summary>
internal sealed class LiftHold(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, LiftHoldCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, LiftHoldCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = !work.Actor.Is(Role.PrivacyOfficer) ? LiftHoldOutcome.NotThePrivacyOfficer
            : check.Problems.Count > 0 ? LiftHoldOutcome.Incomplete
            : await LiftAsync(work, command, ct);
        return Refuse(outcome, check.Problems);
    }

    private static async Task<LiftHoldOutcome> LiftAsync(Work work, LiftHoldCommand command, CancellationToken ct)
    {
        var lifted = work.Append("hold.lifted", CaseRole.PrivacyOfficer, new HoldLiftedBody(command.Hold, command.Reason!));
        var args = new { HoldId = command.Hold, CaseId = work.Case, LiftedById = work.Me, work.Now, LiftedEvent = lifted };
        return await work.ExecuteAsync("privacy/lift_hold", args, ct) == 1 ? LiftHoldOutcome.Lifted : LiftHoldOutcome.NotThere;
    }

    private static Refusal? Refuse(LiftHoldOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        LiftHoldOutcome.Lifted => null,
        LiftHoldOutcome.NotThePrivacyOfficer => Refusal.NotYours,
        LiftHoldOutcome.Incomplete => Refusal.Invalid(problems),
        LiftHoldOutcome.NotThere => Refusal.Conflict("hold-not-standing"),
    };
}
