using SignalReview.Cases;

namespace SignalReview.Rooms;

/// <summary>The body of <c>vote.cast</c>. An abstention has no concern and no confidence.</summary>
internal sealed record Ballot(int Round, VoteOption? Option, int? Concern, int? Confidence, string? Reason, string? ChangedMyMind)
{
    public static Ballot From(CastVoteCommand command) => command.Option is null
        ? new(command.Round, null, null, null, command.Reason, command.ChangedMyMind)
        : new(command.Round, command.Option, command.Concern, command.Confidence, command.Reason, command.ChangedMyMind);

    /// <param name="offered">What may be chosen in the round.</param>
    /// <param name="votedBefore">The voter was in an earlier round: what changed since is asked, also when nothing did.</param>
    public IReadOnlyList<FieldProblem> Problems(IReadOnlyList<VoteOption> offered, bool votedBefore)
    {
        var check = new FieldCheck();
        if (Option is { } option)
        {
            if (!offered.Contains(option))
            {
                check.Add("option", "notOffered");
            }

            check.Range("concern", Concern, 0, 10, required: true);
            check.Range("confidence", Confidence, 0, 100, required: true);
        }

        check.Required("reason", Reason);
        if (votedBefore)
        {
            check.Required("changedMyMind", ChangedMyMind);
        }
        else
        {
            check.Lengths("changedMyMind", ChangedMyMind);
        }

        return check.Problems;
    }
}
