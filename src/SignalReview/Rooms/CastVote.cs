using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms.Anonymous;
using SignalReview.Signals;

namespace SignalReview.Rooms;

internal enum CastVoteOutcome
{
    Recorded,
    NotAVoter,
    AlreadyVoted,
    NotOpen,
    Revealed,
    OtherRound,
    TooLate,
    NoProposal,

    /// <summary>Its key is gone, as after a backup of the database was put back.</summary>
    UrnClosed,
    Incomplete,
}

/// <summary>Takes one ballot. The last one reveals the round, in the same transaction.</summary>
internal sealed class CastVote(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, CastVoteCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    /// <summary>Where one proposal is judged there must be one.</summary>
    public static bool IsReady(VoteRoundRow round) => round is not { Method: VoteMethod.Consent, Proposal: null };

    private static async Task<Refusal?> HandleAsync(Work work, CastVoteCommand command, CancellationToken ct)
    {
        work.IsDetached = work.File.VoteAnonymity == Anonymity.Detached;
        var terms = Terms(work.File, work.Me, command.Round);
        var ballot = Ballot.From(command, terms.Method);
        var problems = BallotRules.Problems(ballot, terms);
        var outcome = Judge(work.File, work.Me, ballot.Round, problems, work.Now);
        if (outcome == CastVoteOutcome.Recorded)
        {
            outcome = await CastAsync(work, ballot, ct);
        }

        return Refuse(outcome, problems);
    }

    private static async Task<CastVoteOutcome> CastAsync(Work work, Ballot ballot, CancellationToken ct)
    {
        var eventId = await AppendAsync(work, ballot, ct);
        if (eventId is null)
        {
            return CastVoteOutcome.UrnClosed;
        }

        var told = work.IsDetached ? null : ballot; // of a detached vote the row tells that it was cast, and no more
        // The primary key (case, round, person) has the last word on "once", the guard on "before the reveal".
        var cast = await work.ExecuteAsync(
            "rooms/cast_vote",
            new
            {
                CaseId = work.Case,
                ballot.Round,
                PersonId = work.Me,
                EventId = eventId,
                Choice = told?.Option,
                Answer = told?.Answer().Text,
                told?.Concern,
                told?.Confidence,
                work.Now,
            },
            ct);
        if (cast == 0)
        {
            return CastVoteOutcome.Revealed;
        }

        await RoomRules.AcceptAsync(work, ct);
        await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Vote }, ct);
        // In a large room reading all ballots anew after each would be most of the work.
        if (work.File.CurrentRound is { } round && VoteRound.IsLast(work.File, round, work.Me))
        {
            await VoteRound.CompleteIfAllInAsync(work, ct);
        }

        return CastVoteOutcome.Recorded;
    }

    /// <summary>The event that tells of the ballot: with what it says, or without.</summary>
    /// <returns>Null when there is an urn that cannot be opened.</returns>
    private static async Task<Guid?> AppendAsync(Work work, Ballot ballot, CancellationToken ct)
    {
        if (work.IsDetached)
        {
            return await Urns.CastAsync(work, ballot, ct);
        }

        if (work.File.VoteAnonymity == Anonymity.Pseudonymous)
        {
            await Pseudonyms.AssignAsync(work, PseudonymKind.Vote, ct);
        }

        return work.Append("vote.cast", RoomRules.TakesPartAs(work.File, work.Me), ballot);
    }

    /// <summary>Without a round the ballot is refused for that; what its fields lack does not matter then.</summary>
    private static BallotTerms Terms(CaseFile file, PersonId me, int number)
    {
        var votedBefore = file.Ballots.Any(b => b.PersonId == me && b.Round < number);
        return file.CurrentRound is { } round
            ? new(round.Method, VoteOptions.Parse(round.Options), round.Proposal, votedBefore)
            : new(VoteMethod.SingleChoice, [], null, votedBefore);
    }

    private static CastVoteOutcome Judge(CaseFile file, PersonId me, int number, IReadOnlyList<FieldProblem> problems, DateTimeOffset now)
    {
        if (!file.Voters.Contains(me))
        {
            return CastVoteOutcome.NotAVoter;
        }

        if (file.BallotsOf(number).Any(b => b.PersonId == me))
        {
            return CastVoteOutcome.AlreadyVoted;
        }

        if (file.Rounds.Any(r => r.Round == number && r.RevealedAt is not null))
        {
            return CastVoteOutcome.Revealed;
        }

        if (file.OpenStep("CollectVotes") is null || file.CurrentRound is not { RevealedAt: null } round)
        {
            return CastVoteOutcome.NotOpen;
        }

        if (round.Round != number)
        {
            return CastVoteOutcome.OtherRound;
        }

        // Late because of the clock, not because a job ran.
        if (now > round.DueAt)
        {
            return CastVoteOutcome.TooLate;
        }

        if (!IsReady(round))
        {
            return CastVoteOutcome.NoProposal;
        }

        return problems.Count > 0 ? CastVoteOutcome.Incomplete : CastVoteOutcome.Recorded;
    }

    private static Refusal? Refuse(CastVoteOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        CastVoteOutcome.Recorded => null,
        CastVoteOutcome.NotAVoter => Refusal.Forbidden("not-a-voter"),
        CastVoteOutcome.AlreadyVoted => Refusal.Conflict("vote-already-cast"),
        CastVoteOutcome.NotOpen => Refusal.Conflict("vote-not-open"),
        CastVoteOutcome.Revealed => Refusal.Conflict("vote-revealed"),
        CastVoteOutcome.OtherRound => Refusal.Conflict("vote-other-round"),
        CastVoteOutcome.TooLate => Refusal.Conflict("vote-too-late"),
        CastVoteOutcome.NoProposal => Refusal.Conflict("vote-no-proposal"),
        CastVoteOutcome.UrnClosed => Refusal.Conflict("urn-closed"),
        CastVoteOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
