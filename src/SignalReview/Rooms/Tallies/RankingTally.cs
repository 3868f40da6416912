namespace SignalReview.Rooms.Tallies;

/// <summary>
/// Rankings counted by two standard rules, because they can differ. Condorcet: the option that beats every other, two by two; where there is
/// none, Copeland's: the most of those duels won. And the Borda count: points for every place.
/// </summary>
/// <param name="Lines">Each option that was offered, the most duels won first.</param>
/// <param name="Duels">Every pair.</param>
/// <param name="CondorcetWinner">Null when no option beats every other.</param>
/// <param name="CopelandWinners">Most duels won, a level one counting half; several when level.</param>
/// <param name="BordaWinners">Most points; several when level.</param>
/// <param name="Cycle">
/// Where each beats the next and the last the first, so that no option leads; empty when there is a Condorcet winner, or nothing but levels.
/// </param>
public sealed record RankingTally(
    IReadOnlyList<RankingLine> Lines,
    IReadOnlyList<Duel> Duels,
    VoteOption? CondorcetWinner,
    IReadOnlyList<VoteOption> CopelandWinners,
    IReadOnlyList<VoteOption> BordaWinners,
    IReadOnlyList<VoteOption> Cycle)
{
    /// <param name="offered">What was offered.</param>
    /// <param name="rankings">
    /// Each the best first, no option twice. What is left out stands below what is not, and level with what else is left out: a voter who
    /// names one option says nothing of the others.
    /// </param>
    internal static RankingTally Of(IReadOnlyList<VoteOption> offered, IReadOnlyCollection<IReadOnlyList<VoteOption>> rankings)
    {
        var options = offered.Union(rankings.SelectMany(r => r)).Order().ToList();
        var duels = new Duels(options, rankings);
        var lines = options
            .Select(o => new RankingLine(o, Borda(o, options.Count, rankings) / 2.0, duels.Copeland(o) / 2.0, rankings.Count(r => r is [var first, ..] && first == o)))
            .OrderByDescending(l => l.Copeland).ThenByDescending(l => l.Borda).ThenBy(l => l.Option)
            .ToList();
        var winner = rankings.Count == 0 ? null : duels.CondorcetWinner();
        return new(
            lines,
            duels.All,
            winner,
            Most(lines, l => l.Copeland, rankings.Count),
            Most(lines, l => l.Borda, rankings.Count),
            winner is null ? duels.TopCycle() : []);
    }

    private static IReadOnlyList<VoteOption> Most(List<RankingLine> lines, Func<RankingLine, double> points, int voters) =>
        voters == 0 || lines.Count == 0 ? [] : [.. lines.Where(l => points(l).Equals(lines.Max(points))).Select(l => l.Option).Order()];

    /// <summary>Twice the Borda points, to stay whole: m − 1 for the first of m, one less for each next; what is left out shares what is left.</summary>
    private static int Borda(VoteOption option, int options, IReadOnlyCollection<IReadOnlyList<VoteOption>> rankings) => rankings.Sum(ranking =>
    {
        var place = ranking.Index().Where(p => p.Item == option).Select(p => (int?)p.Index).FirstOrDefault();
        return place is { } at ? 2 * (options - 1 - at) : options - ranking.Count - 1;
    });
}

/// <param name="Option">Which.</param>
/// <param name="Borda">Points: with m options the first place gives m − 1.</param>
/// <param name="Copeland">Duels won; a level one counts half.</param>
/// <param name="First">How many put it first.</param>
public sealed record RankingLine(VoteOption Option, double Borda, double Copeland, int First);

/// <param name="One">The first in the order of the options.</param>
/// <param name="Other">The other.</param>
/// <param name="ForOne">How many put the first above the other.</param>
/// <param name="ForOther">How many the other way round; who left both out says neither.</param>
public sealed record Duel(VoteOption One, VoteOption Other, int ForOne, int ForOther);
