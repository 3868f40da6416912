using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Decisions;

/// <summary>Who may dissent, and until when. Pure.</summary>
internal static class DissentRules
{
    /// <summary>While the owner weighs a vote, and until the decision is approved.</summary>
    public static bool IsOpen(CaseFile file) =>
        file.Phase == CasePhase.Approving || (file.Phase == CasePhase.Deciding && file.LastRevealedRound is not null);

    /// <summary>Approving waits for those who were asked, as long as they are on the case.</summary>
    public static bool IsPending(CaseFile file) =>
        file.Dissents.Any(d => d.State == DissentState.Asked && file.Voters.Contains(d.PersonId));

    public static DissentRow? Of(CaseFile file, PersonId person) => file.Dissents.FirstOrDefault(d => d.PersonId == person);

    /// <summary>
    /// Somebody who was asked, who stated a dissent before, or whose last vote is not what was decided; before there is a decision, not
    /// what most chose.
    /// </summary>
    public static bool MayState(CaseFile file, PersonId person)
    {
        if (!file.Voters.Contains(person) || person == file.Case.OwnerId)
        {
            return false; // the owner decides, and says how in the decision
        }

        return Of(file, person) is not null || VotedOtherwise(file, person);
    }

    /// <summary>The statements that stand; of those who left the case too.</summary>
    public static IReadOnlyList<DissentRow> Standing(CaseFile file) => [.. file.Dissents.Where(d => d.StatementEvent is not null)];

    /// <summary>The dissenter has the last word on their own statement, once, after the look back; also when the case is closed.</summary>
    public static bool MayClose(CaseFile file, PersonId person) =>
        file.Phase is not (CasePhase.Withdrawn or CasePhase.Stopped) && Of(file, person) is { ComparedEvent: not null, ClosingEvent: null };

    /// <summary>Once for each decision: asking again and again would be pressing.</summary>
    public static bool MayBeAsked(CaseFile file, PersonId person) =>
        Of(file, person) is not { } earlier
        || (earlier.State != DissentState.Asked && file.CurrentDecision is { } decision && earlier.ChangedAt < decision.DecidedAt);

    private static bool VotedOtherwise(CaseFile file, PersonId person)
    {
        if (file.LastRevealedRound is not { } last
            || file.Ballots.LastOrDefault(b => b.PersonId == person && b.Round <= last.Round) is not { } ballot
            || file.Rounds.FirstOrDefault(r => r.Round == ballot.Round) is not { } round)
        {
            return false;
        }

        if (file.IsDetached(round.Round))
        {
            return true; // nobody knows how anybody voted, so only they can tell whether they see it otherwise
        }

        var decided = file.CurrentDecision is { State: DecisionState.Proposed } decision ? decision.Outcome : (VoteOption?)null;
        return VoteRound.Tally(file, last)
            .IsOtherwise(VoteAnswer.Of(round.Method, ballot.Choice, ballot.Answer, ballot.Concern), round.Proposal, decided);
    }
}
