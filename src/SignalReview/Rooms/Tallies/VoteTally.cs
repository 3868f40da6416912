namespace SignalReview.Rooms.Tallies;

/// <summary>What a revealed round came to. It advises and never decides; what is level is said to be level.</summary>
/// <param name="Method">How was voted.</param>
/// <param name="Answered">Ballots with an answer.</param>
/// <param name="Abstained">Ballots without one.</param>
/// <param name="Leading">
/// What the round advises; several when they are level, none when nobody answered or a proposal met an objection. Single choice: most chosen.
/// Consent: the proposal when it passed. Score: highest mean. Ranking: the Condorcet winner, or else the Copeland winners.
/// </param>
/// <param name="Agreement">
/// 0–100: the percentage of the answers that favour what leads (of several the most favoured); for consent, of those that do not object.
/// </param>
public sealed record VoteTally(VoteMethod Method, int Answered, int Abstained, IReadOnlyList<VoteOption> Leading, int Agreement)
{
    /// <summary>Single choice: what was chosen, the most chosen first.</summary>
    public IReadOnlyList<OptionCount>? Counts { get; init; }

    public ConsentTally? Consent { get; init; }

    /// <summary>Score: each option, the highest mean first.</summary>
    public IReadOnlyList<ScoreLine>? Scores { get; init; }

    public RankingTally? Ranking { get; init; }

    /// <param name="method">How was voted.</param>
    /// <param name="options">What was offered.</param>
    /// <param name="proposal">For consent.</param>
    /// <param name="answers">One for each ballot, in any order.</param>
    internal static VoteTally Of(
        VoteMethod method, IReadOnlyList<VoteOption> options, VoteOption? proposal, IReadOnlyCollection<VoteAnswer> answers)
    {
        var given = answers.Where(a => !a.Abstains).ToList();
        var tally = new VoteTally(method, given.Count, answers.Count - given.Count, [], 0);
        tally = method switch
        {
            VoteMethod.SingleChoice => SingleChoice(tally, given),
            VoteMethod.Consent => OfConsent(tally, proposal, given),
            VoteMethod.Score => OfScores(tally, given),
            VoteMethod.Ranking => OfRanking(tally, options, given),
        };
        return tally with { Agreement = AgreementOn(tally.Consent is { } consent ? [consent.Proposal] : tally.Leading, proposal, given) };
    }

    /// <summary>
    /// An outcome departs from the vote when it is not what leads; where a proposal met an objection, when it is that proposal. Where the
    /// round advises nothing there is nothing to depart from.
    /// </summary>
    public bool Departs(VoteOption outcome) => Consent is { Passed: false } refused
        ? refused.Object > 0 && outcome == refused.Proposal
        : Leading.Count > 0 && !Leading.Contains(outcome);

    /// <summary>
    /// Whether a ballot asks for something else than was decided or, before a decision, than the round advises. Where a proposal met an
    /// objection the round advises nothing; then it is who objected.
    /// </summary>
    /// <param name="answer">Of this round or an earlier one.</param>
    /// <param name="proposal">What that round was about, for consent.</param>
    /// <param name="decided">Null before a decision.</param>
    internal bool IsOtherwise(VoteAnswer answer, VoteOption? proposal, VoteOption? decided) =>
        !answer.Abstains
        && (decided is { } outcome ? !answer.Favours(outcome, proposal)
            : Leading.Count > 0 ? !Leading.Any(option => answer.Favours(option, proposal))
            : answer.Position == ConsentPosition.Object);

    private static VoteTally SingleChoice(VoteTally tally, List<VoteAnswer> given)
    {
        var counts = given.Select(a => a.Option).OfType<VoteOption>().CountBy(o => o)
            .Select(c => new OptionCount(c.Key, c.Value))
            .OrderByDescending(c => c.Votes).ThenBy(c => c.Option)
            .ToList();
        return tally with { Counts = counts, Leading = [.. counts.Where(c => c.Votes == counts[0].Votes).Select(c => c.Option)] };
    }

    private static VoteTally OfConsent(VoteTally tally, VoteOption? proposal, List<VoteAnswer> given)
    {
        if (proposal is not { } proposed)
        {
            return tally; // nobody could vote before there was one
        }

        var consent = new ConsentTally(
            proposed,
            given.Count(a => a.Position == ConsentPosition.Agree),
            given.Count(a => a.Position == ConsentPosition.AgreeWithConcern),
            given.Count(a => a.Position == ConsentPosition.Object));
        return tally with { Consent = consent, Leading = consent.Passed ? [proposed] : [] };
    }

    private static VoteTally OfScores(VoteTally tally, List<VoteAnswer> given)
    {
        var lines = ScoreLine.Of([.. given.SelectMany(a => a.Scores ?? [])]);
        return tally with { Scores = lines, Leading = [.. lines.TakeWhile(l => l.IsLevelWith(lines[0])).Select(l => l.Option).Order()] };
    }

    private static VoteTally OfRanking(VoteTally tally, IReadOnlyList<VoteOption> options, List<VoteAnswer> given)
    {
        var ranking = RankingTally.Of(options, [.. given.Select(a => a.Ranking).OfType<IReadOnlyList<VoteOption>>()]);
        IReadOnlyList<VoteOption> leading = given.Count == 0 ? [] : ranking.CondorcetWinner is { } winner ? [winner] : ranking.CopelandWinners;
        return tally with { Ranking = ranking, Leading = leading };
    }

    private static int AgreementOn(IReadOnlyList<VoteOption> candidates, VoteOption? proposal, List<VoteAnswer> given) =>
        candidates.Count == 0 || given.Count == 0
            ? 0
            : (int)Math.Round(100.0 * candidates.Max(c => given.Count(a => a.Favours(c, proposal))) / given.Count, MidpointRounding.AwayFromZero);
}

public sealed record OptionCount(VoteOption Option, int Votes);

/// <summary>A proposal and where the voters stand.</summary>
public sealed record ConsentTally(VoteOption Proposal, int Agree, int AgreeWithConcern, int Object)
{
    /// <summary>Somebody agrees and nobody objects. How many object does not matter: one reason is enough to look again.</summary>
    public bool Passed => Object == 0 && Agree + AgreeWithConcern > 0;
}
