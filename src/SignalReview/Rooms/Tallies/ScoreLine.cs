namespace SignalReview.Rooms.Tallies;

/// <summary>How one option was scored, 0–10.</summary>
/// <param name="Option">Which.</param>
/// <param name="Scored">By how many.</param>
/// <param name="Sum">Of their scores.</param>
/// <param name="Median">The middle one, or the mean of the two in the middle.</param>
/// <param name="Lowest">The lowest given.</param>
/// <param name="Highest">The highest given.</param>
/// <param name="Deviation">The standard deviation of these scores; they are all there are, so it is divided by their number.</param>
public sealed record ScoreLine(VoteOption Option, int Scored, int Sum, double Median, int Lowest, int Highest, double Deviation)
{
    public double Mean => (double)Sum / Scored;

    /// <summary>The highest mean first; what is level in the order of the options.</summary>
    internal static IReadOnlyList<ScoreLine> Of(IReadOnlyCollection<OptionScore> scores)
    {
        var lines = scores.GroupBy(s => s.Option, s => s.Score).Select(g => Line(g.Key, [.. g.Order()])).ToList();
        lines.Sort((one, other) => other.CompareMean(one) is not 0 and var higher ? higher : one.Option.CompareTo(other.Option));
        return lines;
    }

    /// <summary>Exactly: a mean that was rounded could tie what is not level.</summary>
    internal bool IsLevelWith(ScoreLine other) => CompareMean(other) == 0;

    private int CompareMean(ScoreLine other) => ((long)Sum * other.Scored).CompareTo((long)other.Sum * Scored);

    private static ScoreLine Line(VoteOption option, List<int> sorted)
    {
        var mean = sorted.Average();
        var middle = sorted.Count / 2;
        var median = sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
        var deviation = Math.Sqrt(sorted.Sum(s => (s - mean) * (s - mean)) / sorted.Count);
        return new(option, sorted.Count, sorted.Sum(), median, sorted[0], sorted[^1], deviation);
    }
}
