using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Rooms.Tallies;

namespace SignalReview.Consultations;

// The votes: the open round, those revealed, and what changed between them.
internal sealed partial class BlindView
{
    private BallotView? BallotOf()
    {
        if (file.CurrentRound is not { RevealedAt: null } round || file.OpenStep("CollectVotes") is null)
        {
            return null;
        }

        var cast = file.BallotsOf(round.Round).ToList();
        var mine = file.Ballots.Where(b => b.PersonId == me).ToList();
        return new(
            round.Round,
            VoteOptions.Parse(round.Options),
            cast.Count > 0,
            round.DueAt,
            file.VoteAnonymity == Anonymity.Detached ? Math.Max(round.Quorum, AnonymityRules.FewestInUrn) : round.Quorum,
            cast.Count,
            file.Voters.Count,
            mine.Find(b => b.Round == round.Round && !file.IsDetached(b.Round)) is { } now ? Vote(now) : null,
            mine.FindLast(b => b.Round < round.Round && !file.IsDetached(b.Round)) is { } earlier ? Vote(earlier) : null)
        {
            HasVoted = mine.Exists(b => b.Round == round.Round),
            Method = round.Method,
            Proposal = round.Proposal,
            RequiredRoles = VoteQuorum.Required(round),
            // As with who has voted: known in the room, so that the others can wait for them.
            MissingRoles = sight.Messages ? VoteQuorum.Missing(file, round) : [],
        };
    }

    private RoundView Round(VoteRoundRow round)
    {
        var tally = VoteRound.Tally(file, round);
        return new(
            round.Round,
            round.RevealedAt!.Value,
            round.RevealReason!.Value,
            file.IsDetached(round.Round) ? FromUrn(round) : [.. InOrder(file.BallotsOf(round.Round).Where(sight.Ballot)).Select(Vote)],
            tally.Leading is [var leading] ? leading : null)
        {
            Method = round.Method,
            Options = VoteOptions.Parse(round.Options),
            Proposal = round.Proposal,
            MissingRoles = VoteQuorum.Missing(file, round),
            Tally = tally,
            IsDetached = file.IsDetached(round.Round),
        };
    }

    /// <summary>From the body alone: a ballot that was not opened has nothing to show.</summary>
    private VoteView Vote(BallotRow row) => Vote(VoterRef(row.PersonId), bodies.Find<Ballot>(row.EventId));

    private static VoteView Vote(PersonRef by, Ballot? ballot) =>
        new(by, ballot?.Option, ballot?.Concern, ballot?.Confidence, ballot?.Reason, ballot?.ChangedMyMind)
        {
            Proposal = ballot?.Proposal,
            Position = ballot?.Position,
            Objection = ballot?.Objection,
            Scores = ballot?.Scores,
            Ranking = ballot?.Ranking,
        };

    /// <summary>Detached ballots cannot be followed from one round to the next; that is said, rather than left out.</summary>
    private VoteMovement? Movement() => file.VoteAnonymity == Anonymity.Detached
        ? LastTwoRevealed() is var (earlier, later) ? VoteMovement.Hidden(earlier, later) : null
        : VoteMovement.Of(RevealedRounds());

    /// <summary>For who leads the room. To anyone else it would look like an accusation of a colleague, made by a machine.</summary>
    private VotePulls? Pulls()
    {
        if (!sight.Messages || !RoomRules.Leads(file, me))
        {
            return null;
        }

        if (file.VoteAnonymity != Anonymity.Named)
        {
            return LastTwoRevealed() is null ? null : VotePulls.Hidden; // the pull of one colleague tells what they voted
        }

        return VotePulls.Of(RevealedRounds(), Ref(file.Case.FacilitatorId ?? file.Case.OwnerId), FirstSpeaker() is { } first ? Ref(first) : null);
    }

    private (int Earlier, int Later)? LastTwoRevealed() =>
        file.Rounds.Where(r => r.RevealedAt is not null).Select(r => r.Round).ToList() is [.., var earlier, var later] ? (earlier, later) : null;

    private IReadOnlyList<RevealedRound> RevealedRounds() =>
        [.. file.Rounds.Where(r => r.RevealedAt is not null).Select(r => new RevealedRound(
            r.Round,
            r.Method,
            VoteOptions.Parse(r.Options),
            r.Proposal,
            [.. InOrder(file.BallotsOf(r.Round).Where(sight.Ballot)).Select(b => new RevealedVote(VoterRef(b.PersonId), VoteAnswer.Of(r.Method, b.Choice, b.Answer, b.Concern)))]))];

    /// <summary>Who said the first thing after one round was revealed and before the next was opened.</summary>
    private PersonId? FirstSpeaker()
    {
        if (file.Rounds.Where(r => r.RevealedAt is not null).ToList() is not [.., var earlier, var later])
        {
            return null;
        }

        // The vote may open in the same millisecond in which the last thing was said: the phase tells them apart.
        return file.Messages
            .Where(m => m.RoomPhase != RoomPhase.Vote && m.SaidAt >= earlier.RevealedAt && m.SaidAt <= later.OpenedAt)
            .MinBy(m => m.Seq)?.PersonId;
    }
}
