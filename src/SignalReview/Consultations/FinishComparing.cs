using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Consultations;

internal enum FinishComparingOutcome
{
    Finished,
    NotYours,
    NotOpen,
}

/// <summary>After comparing: talk in the room, or decide at once.</summary>
internal sealed class FinishComparing(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, FinishComparingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static Task<Refusal?> HandleAsync(Work work, FinishComparingCommand command, CancellationToken ct)
    {
        var file = work.File;
        var isOwner = file.Case.OwnerId == work.Me;
        var step = file.OpenStep("Compare");
        var outcome = !isOwner && !file.Facilitates(work.Me) ? FinishComparingOutcome.NotYours
            : step is null ? FinishComparingOutcome.NotOpen
            : FinishComparingOutcome.Finished;
        if (outcome == FinishComparingOutcome.Finished)
        {
            work.Append("comparing.finished", isOwner ? CaseRole.Owner : CaseRole.Facilitator, new { command.OpenRoom });
            work.Complete(step!, command.OpenRoom ? "OpenRoom" : "Decide");
        }

        return Task.FromResult(Refuse(outcome));
    }

    private static Refusal? Refuse(FinishComparingOutcome outcome) => outcome switch
    {
        FinishComparingOutcome.Finished => null,
        FinishComparingOutcome.NotYours => Refusal.NotYours,
        FinishComparingOutcome.NotOpen => Refusal.Conflict("comparing-not-open"),
    };
}
