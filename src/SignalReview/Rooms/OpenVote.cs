using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum OpenVoteOutcome
{
    Opened,
    NotTheFacilitator,
    NotDiscussing,
}

/// <summary>Ends the discussion; the workflow opens the vote.</summary>
internal sealed class OpenVote(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, OpenVoteCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static Task<Refusal?> HandleAsync(Work work, OpenVoteCommand command, CancellationToken ct)
    {
        var step = work.File.OpenStep("Discuss");
        var outcome = !RoomRules.Leads(work.File, work.Me) ? OpenVoteOutcome.NotTheFacilitator
            : step is null ? OpenVoteOutcome.NotDiscussing
            : OpenVoteOutcome.Opened;
        if (outcome == OpenVoteOutcome.Opened)
        {
            // The event is vote.opened, by whoever leads the room: the workflow's next step appends it in this transaction.
            work.Complete(step!, "Vote");
        }

        return Task.FromResult(Refuse(outcome));
    }

    private static Refusal? Refuse(OpenVoteOutcome outcome) => outcome switch
    {
        OpenVoteOutcome.Opened => null,
        OpenVoteOutcome.NotTheFacilitator => Refusal.NotYours,
        OpenVoteOutcome.NotDiscussing => Refusal.Conflict("not-discussing"),
    };
}
