namespace SignalReview.Statistics;

/// <summary>
/// The sums over a set of units that all figures are made of, and the figures. One tally is filled again and again while an interval is drawn,
/// and allocates nothing then.
/// </summary>
/// <remarks>
/// <para>α: Krippendorff, <i>Computing Krippendorff's Alpha-Reliability</i> (2011), in the form for any number of raters and metric:
/// α = 1 − (n − 1) · Σ_u [1/(m_u − 1)] Σ_pairs δ² / Σ_c Σ_k n_c n_k δ²_ck, over units with m_u ≥ 2 ratings.</para>
/// <para>κ: Fleiss, <i>Measuring nominal scale agreement among many raters</i>, Psychological Bulletin 76 (1971), for unequal numbers of raters as in
/// Gwet, <i>Handbook of Inter-Rater Reliability</i> (4th ed., 2014), ch. 2; with equal numbers it is Fleiss' own.</para>
/// <para>AC1: Gwet, <i>Computing inter-rater reliability and its variance in the presence of high agreement</i>, British Journal of Mathematical and
/// Statistical Psychology 61 (2008), same chapter for missing ratings: units with one rating count for chance, not for what was observed.</para>
/// <para>Disagreement is summed in whole numbers, a number of raters at a time, and divided at the end: so the same data in another order give the same
/// bits, and perfect agreement is 1 exactly.</para>
/// </remarks>
internal sealed partial class AgreementTally
{
    private readonly RatingTable table;
    private readonly int[] sizes; // how many ratings a unit has, ascending
    private readonly int[] sizeOf; // per pattern, an index into sizes
    private readonly long[] units; // per size
    private readonly long[] chosen; // per size and category
    private readonly long[] paired; // per category, over units with two ratings or more
    private readonly long[] scores; // per category, for a metric that is a distance on a line
    private readonly Int128[] disagreement; // per size
    private int[] weights = [];
    private long pairs;

    public AgreementTally(RatingTable table)
    {
        this.table = table;
        sizes = [.. table.RatersOf];
        sizeOf = [.. Enumerable.Range(0, table.Patterns).Select(p => Array.IndexOf(sizes, table.Raters(p)))];
        units = new long[sizes.Length];
        chosen = new long[sizes.Length * table.Scale.Count];
        paired = new long[table.Scale.Count];
        scores = new long[table.Scale.Count];
        disagreement = new Int128[sizes.Length];
    }

    private int Categories => table.Scale.Count;

    /// <param name="timesOfPattern">How many units have each pattern; it is read, not kept, beyond the next call.</param>
    public void Count(int[] timesOfPattern)
    {
        weights = timesOfPattern;
        Array.Clear(units);
        Array.Clear(chosen);
        Array.Clear(paired);
        for (var p = 0; p < weights.Length; p++)
        {
            long weight = weights[p];
            var size = sizeOf[p];
            units[size] += weight;
            var categories = table.Categories(p);
            var counts = table.Counts(p);
            for (var i = 0; i < categories.Length; i++)
            {
                chosen[(size * Categories) + categories[i]] += weight * counts[i];
                paired[categories[i]] += sizes[size] > 1 ? weight * counts[i] : 0;
            }
        }

        pairs = paired.Sum();
    }

    /// <summary>Why this figure does not exist for what was counted; null when it does.</summary>
    public NoFigure? WhyNot(FigureKind kind)
    {
        var (all, pairable) = (0L, 0L);
        for (var s = 0; s < sizes.Length; s++)
        {
            all += units[s];
            pairable += sizes[s] > 1 ? units[s] : 0;
        }

        return all == 0 ? NoFigure.NoRatings
            : pairable == 0 ? NoFigure.NoPairs
            : kind == FigureKind.PercentAgreement ? null
            : pairable == 1 ? NoFigure.OneCase
            : Array.IndexOf(paired, pairs) >= 0 ? NoFigure.OneCategory
            : null;
    }

    /// <summary>The figure, where <see cref="WhyNot"/> says nothing against it.</summary>
    public double Value(FigureKind kind) => kind switch
    {
        FigureKind.PercentAgreement => Observed(),
        FigureKind.AlphaNominal => Alpha(SumNominal(), Expected()),
        FigureKind.AlphaOrdinal => Alpha(SumOnLine(ranks: true), ExpectedOnLine()),
        FigureKind.AlphaInterval => Alpha(SumOnLine(ranks: false), ExpectedOnLine()),
        FigureKind.AlphaRatio => AlphaRatio(),
        FigureKind.FleissKappa => Corrected(ChanceOfFleiss()),
        FigureKind.GwetAc1 => Corrected(ChanceOfGwet()),
    };

    /// <summary>P̄: the mean over units of the share of pairs of ratings that are the same.</summary>
    public double Observed()
    {
        _ = SumNominal();
        var (sum, count) = (0.0, 0L);
        for (var s = 0; s < sizes.Length; s++)
        {
            if (sizes[s] > 1)
            {
                sum += (double)disagreement[s] / ((long)sizes[s] * (sizes[s] - 1));
                count += units[s];
            }
        }

        return 1 - (sum / count);
    }

    /// <summary>Fleiss' P̄e: two ratings at random from all fall in the same category.</summary>
    public double ChanceOfFleiss()
    {
        var sum = 0.0;
        for (var c = 0; c < Categories; c++)
        {
            sum += Share(c) * Share(c);
        }

        return sum;
    }

    /// <summary>Gwet's: a rating is a guess, and the guess falls together with another by chance.</summary>
    public double ChanceOfGwet()
    {
        var sum = 0.0;
        for (var c = 0; c < Categories; c++)
        {
            sum += Share(c) * (1 - Share(c));
        }

        return sum / (Categories - 1);
    }

    private double Corrected(double chance) => (Observed() - chance) / (1 - chance);

    /// <summary>The mean share of a unit's ratings that went to a category, over all units, also those with one rating.</summary>
    private double Share(int category)
    {
        var (sum, count) = (0.0, 0L);
        for (var s = 0; s < sizes.Length; s++)
        {
            sum += (double)chosen[(s * Categories) + category] / sizes[s];
            count += units[s];
        }

        return sum / count;
    }
}
