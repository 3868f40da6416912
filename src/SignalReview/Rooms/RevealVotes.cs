using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms.Anonymous;

namespace SignalReview.Rooms;

internal enum RevealVotesOutcome
{
    Revealed,
    NotTheFacilitator,
    NotOpen,
    NoQuorum,
    UrnClosed,
    Incomplete,
}

/// <summary>The facilitator reveals before all are in, with a reason. Irreversible, like every reveal.</summary>
internal sealed class RevealVotes(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, RevealVotesCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, RevealVotesCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = Judge(work.File, work.Me, check.Problems);
        if (outcome == RevealVotesOutcome.Revealed && !await Urns.CanOpenAsync(work, work.File.CurrentRound!.Round, ct))
        {
            outcome = RevealVotesOutcome.UrnClosed;
        }

        if (outcome == RevealVotesOutcome.Revealed
            && !await VoteRound.RevealAsync(work, work.File.CurrentRound!, RevealReason.Early, ct, command.Reason))
        {
            outcome = RevealVotesOutcome.NotOpen;
        }

        return Refuse(outcome, check.Problems);
    }

    private static RevealVotesOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems)
    {
        if (!RoomRules.Leads(file, me))
        {
            return RevealVotesOutcome.NotTheFacilitator;
        }

        if (file.OpenStep("CollectVotes") is null || file.CurrentRound is not { RevealedAt: null } round)
        {
            return RevealVotesOutcome.NotOpen;
        }

        if (!VoteQuorum.IsMet(file, round))
        {
            return RevealVotesOutcome.NoQuorum;
        }

        return problems.Count > 0 ? RevealVotesOutcome.Incomplete : RevealVotesOutcome.Revealed;
    }

    private static Refusal? Refuse(RevealVotesOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        RevealVotesOutcome.Revealed => null,
        RevealVotesOutcome.NotTheFacilitator => Refusal.NotYours,
        RevealVotesOutcome.NotOpen => Refusal.Conflict("vote-not-open"),
        RevealVotesOutcome.NoQuorum => Refusal.Conflict("quorum-not-met"),
        RevealVotesOutcome.UrnClosed => Refusal.Conflict("urn-closed"),
        RevealVotesOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
