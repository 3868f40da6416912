using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Holds;

internal enum PlaceHoldOutcome
{
    Placed,
    NotThePrivacyOfficer,
    Incomplete,
}

/// <summary>The privacy officer keeps a case from being erased.</summary>
internal sealed class PlaceHold(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, PlaceHoldCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, PlaceHoldCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("ground", command.Ground);
        check.Required("reason", command.Reason);
        check.Lengths("forWhom", command.ForWhom);
        if (command.Until < LegalHolds.Today(work.Now))
        {
            check.Add("until", "past");
        }

        var outcome = !work.Actor.Is(Role.PrivacyOfficer) ? PlaceHoldOutcome.NotThePrivacyOfficer
            : check.Problems.Count > 0 ? PlaceHoldOutcome.Incomplete
            : PlaceHoldOutcome.Placed;
        if (outcome == PlaceHoldOutcome.Placed)
        {
            var id = work.NewId();
            var body = new HoldPlacedBody(id, command.Ground!.Value, command.Reason!, command.ForWhom, command.Until);
            var args = new
            {
                HoldId = id,
                CaseId = work.Case,
                body.Ground,
                UntilOn = command.Until,
                PlacedById = work.Me,
                work.Now,
                PlacedEvent = work.Append("hold.placed", CaseRole.PrivacyOfficer, body),
            };
            await work.ExecuteAsync("privacy/insert_hold", args, ct);
            work.Created = id;
        }

        return Refuse(outcome, check.Problems);
    }

    private static Refusal? Refuse(PlaceHoldOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        PlaceHoldOutcome.Placed => null,
        PlaceHoldOutcome.NotThePrivacyOfficer => Refusal.NotYours,
        PlaceHoldOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
