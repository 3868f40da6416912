using SignalReview.Cases;
using SignalReview.People;
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
    Incomplete,
}

/// <summary>Takes one ballot. The last one reveals the round, in the same transaction.</summary>
internal sealed class CastVote(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, CastVoteCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, CastVoteCommand command, CancellationToken ct)
    {
        var ballot = Ballot.From(command);
        var problems = Problems(work.File, work.Me, ballot);
        var outcome = Judge(work.File, work.Me, ballot.Round, problems, work.Now);
        if (outcome == CastVoteOutcome.Recorded)
        {
            outcome = await CastAsync(work, ballot, ct);
        }

        return Refuse(outcome, problems);
    }

    private static async Task<CastVoteOutcome> CastAsync(Work work, Ballot ballot, CancellationToken ct)
    {
        var eventId = work.Append("vote.cast", RoomRules.TakesPartAs(work.File, work.Me), ballot);
        // The primary key (case, round, person) has the last word on "once", the guard on "before the reveal".
        var cast = await work.ExecuteAsync(
            "rooms/cast_vote",
            new
            {
                CaseId = work.Case,
                ballot.Round,
                PersonId = work.Me,
                EventId = eventId,
                Choice = ballot.Option,
                ballot.Concern,
                ballot.Confidence,
                work.Now,
            },
            ct);
        if (cast == 0)
        {
            return CastVoteOutcome.Revealed;
        }

        await RoomRules.AcceptAsync(work, ct);
        await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Vote }, ct);
        await VoteRound.CompleteIfAllInAsync(work, ct);
        return CastVoteOutcome.Recorded;
    }

    private static IReadOnlyList<FieldProblem> Problems(CaseFile file, PersonId me, Ballot ballot)
    {
        var offered = file.CurrentRound is { } round ? VoteOptions.Parse(round.Options) : [];
        var votedBefore = file.Ballots.Any(b => b.PersonId == me && b.Round < ballot.Round);
        return ballot.Problems(offered, votedBefore);
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
        CastVoteOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
