using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Rooms;

/// <param name="Method">How the round is voted.</param>
/// <param name="Options">What is offered.</param>
/// <param name="Proposal">For consent; null while the facilitator has chosen none.</param>
/// <param name="VotedBefore">The voter was in an earlier round: what changed since is asked, also when nothing did.</param>
internal sealed record BallotTerms(VoteMethod Method, IReadOnlyList<VoteOption> Options, VoteOption? Proposal, bool VotedBefore);

/// <summary>What is missing or wrong in a ballot, method by method. Pure.</summary>
internal static class BallotRules
{
    public const int MostScore = 10;

    public static IReadOnlyList<FieldProblem> Problems(Ballot ballot, BallotTerms terms)
    {
        var check = new FieldCheck();
        Foreign(check, ballot, terms.Method);
        switch (terms.Method)
        {
            case VoteMethod.SingleChoice:
                Offered(check, "option", ballot.Option, terms.Options);
                break;
            case VoteMethod.Consent:
                Consent(check, ballot, terms.Proposal);
                break;
            case VoteMethod.Score:
                Scores(check, ballot.Scores, terms.Options);
                break;
            case VoteMethod.Ranking:
                Ranking(check, ballot.Ranking, terms.Options);
                break;
            default:
                throw new InvalidOperationException($"{terms.Method} is no way to vote.");
        }

        if (!ballot.Abstains)
        {
            check.Range("concern", ballot.Concern, 0, 10, required: true);
            check.Range("confidence", ballot.Confidence, 0, 100, required: true);
        }

        check.Required("reason", ballot.Reason);
        if (terms.VotedBefore)
        {
            check.Required("changedMyMind", ballot.ChangedMyMind);
        }
        else
        {
            check.Lengths("changedMyMind", ballot.ChangedMyMind);
        }

        return check.Problems;
    }

    /// <summary>An answer to another method: the facilitator chose another one meanwhile, or a program has mistaken the round.</summary>
    private static void Foreign(FieldCheck check, Ballot ballot, VoteMethod method)
    {
        Other("option", ballot.Option is not null, VoteMethod.SingleChoice);
        Other("position", ballot.Position is not null, VoteMethod.Consent);
        Other("scores", ballot.Scores is not null, VoteMethod.Score);
        Other("ranking", ballot.Ranking is not null, VoteMethod.Ranking);

        void Other(string path, bool given, VoteMethod its)
        {
            if (given && method != its)
            {
                check.Add(path, "otherMethod");
            }
        }
    }

    private static void Offered(FieldCheck check, string path, VoteOption? option, IReadOnlyList<VoteOption> offered)
    {
        if (option is { } chosen && !offered.Contains(chosen))
        {
            check.Add(path, "notOffered");
        }
    }

    private static void Consent(FieldCheck check, Ballot ballot, VoteOption? proposal)
    {
        if (ballot.Position is not { } position)
        {
            return;
        }

        // Agreeing with what was no longer proposed would be agreeing with something else.
        if (ballot.Proposal is null)
        {
            check.Add("proposal", "required");
        }
        else if (ballot.Proposal != proposal)
        {
            check.Add("proposal", "otherProposal");
        }

        if (position == ConsentPosition.Object)
        {
            check.Required("objection", ballot.Objection);
        }
        else if (position == ConsentPosition.Agree && ballot.Objection is not null)
        {
            check.Add("objection", "notWithAgree");
        }
        else
        {
            check.Lengths("objection", ballot.Objection);
        }
    }

    private static void Scores(FieldCheck check, IReadOnlyList<OptionScore>? scores, IReadOnlyList<VoteOption> offered)
    {
        if (scores is null)
        {
            return;
        }

        if (scores.Any(s => s is null))
        {
            check.Add("scores", "required");
            return;
        }

        foreach (var given in scores.GroupBy(s => s.Option))
        {
            if (!offered.Contains(given.Key))
            {
                check.Add(PathOf("scores", given.Key), "notOffered");
            }
            else if (given.Count() > 1)
            {
                check.Add(PathOf("scores", given.Key), "twice");
            }
            else if (given.Single().Score is < 0 or > MostScore)
            {
                check.Add(PathOf("scores", given.Key), "range");
            }
        }

        foreach (var option in offered.Where(o => scores.All(s => s.Option != o)))
        {
            check.Add(PathOf("scores", option), "scoreMissing");
        }
    }

    private static void Ranking(FieldCheck check, IReadOnlyList<VoteOption>? ranking, IReadOnlyList<VoteOption> offered)
    {
        if (ranking is null)
        {
            return;
        }

        if (ranking.Count == 0)
        {
            check.Add("ranking", "nothingRanked");
        }

        foreach (var place in ranking.GroupBy(o => o))
        {
            if (!offered.Contains(place.Key))
            {
                check.Add(PathOf("ranking", place.Key), "notOffered");
            }
            else if (place.Count() > 1)
            {
                check.Add(PathOf("ranking", place.Key), "twice");
            }
        }
    }

    /// <summary>The field of one option: "scores.talk".</summary>
    private static string PathOf(string list, VoteOption option) => $"{list}.{Enums.Text(option)}";
}
