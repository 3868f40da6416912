using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Workflow;

namespace SignalReview.Rooms;

internal enum SecondRoundOutcome
{
    Asked,
    NotTheFacilitator,
    NotWeighing,
    LastRound,
}

/// <summary>Another round after the votes were revealed. The first stays as it is.</summary>
internal sealed class SecondRound(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, SecondRoundCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static Task<Refusal?> HandleAsync(Work work, SecondRoundCommand command, CancellationToken ct)
    {
        var file = work.File;
        var step = file.OpenStep("Weigh");
        // Rounds are counted as the definition does: a reopened case has had some before.
        var outcome = !RoomRules.Leads(file, work.Me) ? SecondRoundOutcome.NotTheFacilitator
            : step is null ? SecondRoundOutcome.NotWeighing
            : step.Input("Round") >= step.Input("MaxRounds") ? SecondRoundOutcome.LastRound
            : SecondRoundOutcome.Asked;
        if (outcome == SecondRoundOutcome.Asked)
        {
            work.Append("round.again", RoomRules.LeadsAs(file), new RoundAgainBody(file.CurrentRound?.Round ?? 0));
            work.Complete(step!, "SecondRound");
        }

        return Task.FromResult(Refuse(outcome));
    }

    private static Refusal? Refuse(SecondRoundOutcome outcome) => outcome switch
    {
        SecondRoundOutcome.Asked => null,
        SecondRoundOutcome.NotTheFacilitator => Refusal.NotYours,
        SecondRoundOutcome.NotWeighing => Refusal.Conflict("not-weighing"),
        SecondRoundOutcome.LastRound => Refusal.Conflict("last-round"),
    };
}

/// <summary>The body of <c>round.again</c>.</summary>
/// <param name="After">The round that was revealed.</param>
internal sealed record RoundAgainBody(int After);
