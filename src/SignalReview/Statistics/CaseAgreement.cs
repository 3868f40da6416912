namespace SignalReview.Statistics;

/// <summary>
/// How many pairs of colleagues said the same in one case. A share of pairs is all that one case can tell: α, κ and AC1 compare with chance, which only a set shows.
/// </summary>
/// <param name="Ratings">How many answered.</param>
/// <param name="Agreeing">Pairs that said the same.</param>
/// <param name="Pairs">All pairs.</param>
public sealed record CaseAgreement(int Ratings, int Agreeing, int Pairs)
{
    /// <summary>0 to 1; null when fewer than two answered.</summary>
    public double? Share => Pairs == 0 ? null : (double)Agreeing / Pairs;

    public static CaseAgreement Of<T>(IEnumerable<T> answers)
        where T : notnull
    {
        var counts = answers.CountBy(a => a).Select(c => c.Value).ToList();
        var n = counts.Sum();
        return new(n, counts.Sum(c => c * (c - 1) / 2), n * (n - 1) / 2);
    }
}
