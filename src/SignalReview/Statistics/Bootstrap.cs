namespace SignalReview.Statistics;

/// <summary>
/// 95 % intervals by the percentile bootstrap over <i>units</i>: cases are drawn with replacement, each with all that was said of it, and the figure is
/// computed anew. Efron and Tibshirani, <i>An Introduction to the Bootstrap</i> (1993), ch. 13; that units are drawn, not ratings, and that this works for
/// κ and α alike: Zapf, Castell, Morawietz and Karch, <i>Measuring inter-rater reliability for nominal data</i>, BMC Medical Research Methodology 16:93 (2016).
/// </summary>
/// <remarks>
/// <para>To repeat it: order the rated units by how many ratings they have, then by the sorted list of categories; draw unit ⌊z · N / 2⁶⁴⌋ N times, with z from
/// SplitMix64 started at the seed; do so <see cref="Draws"/> times; sort the figures and take the 50th and the 1950th (of d draws that have a figure:
/// the ⌊(d + 1) · 0.025⌋th from either end).</para>
/// <para>There is no interval where it would mislead: see <see cref="NoInterval"/>.</para>
/// </remarks>
internal static class Bootstrap
{
    /// <summary>One less than 2000, so that 2.5 % of one more is a whole number (Davison and Hinkley, <i>Bootstrap Methods</i>, 1997, § 5.2).</summary>
    public const int Draws = 1999;

    /// <summary>With fewer, intervals come out too narrow: with ten they miss one time in six instead of one in twenty, as the tests measure.</summary>
    public const int FewestUnits = 20;

    /// <summary>More draws without a figure than this, and leaving them out would move the interval's ends.</summary>
    public const int MostUndefined = Draws / 100;

    /// <summary>All figures, with intervals from the same draws.</summary>
    public static IReadOnlyList<Figure> Figures(RatingTable table, IReadOnlyList<FigureKind> kinds, ulong seed)
    {
        var tally = new AgreementTally(table);
        tally.Count(table.Weights());
        var whole = kinds.Select(kind => Whole(tally, kind)).ToList();
        var drawn = table.PairableUnits < FewestUnits ? null : Draw(table, tally, kinds, seed);
        return [.. whole.Select((figure, i) => figure.Value is null || drawn is null ? figure : WithInterval(figure, drawn[i]))];
    }

    private static Figure Whole(AgreementTally tally, FigureKind kind) => tally.WhyNot(kind) is { } why
        ? new(kind, null, why, null, NoInterval.NoFigure)
        : new(kind, tally.Value(kind), null, null, NoInterval.TooFewCases);

    private static List<double>[] Draw(RatingTable table, AgreementTally tally, IReadOnlyList<FigureKind> kinds, ulong seed)
    {
        var drawn = kinds.Select(_ => new List<double>(Draws)).ToArray();
        var weights = new int[table.Patterns];
        var dice = new Dice(seed);
        for (var draw = 0; draw < Draws; draw++)
        {
            Array.Clear(weights);
            for (var u = 0; u < table.Units; u++)
            {
                weights[table.PatternOf(dice.Next(table.Units))]++;
            }

            tally.Count(weights);
            for (var i = 0; i < drawn.Length; i++)
            {
                if (tally.WhyNot(kinds[i]) is null)
                {
                    drawn[i].Add(tally.Value(kinds[i]));
                }
            }
        }

        return drawn;
    }

    private static Figure WithInterval(Figure figure, List<double> drawn)
    {
        if (drawn.Count < Draws - MostUndefined)
        {
            return figure with { WhyNoInterval = NoInterval.TooOneSided };
        }

        drawn.Sort();
        if (drawn[0].Equals(drawn[^1]))
        {
            return figure with { WhyNoInterval = NoInterval.NoSpread };
        }

        var tail = (drawn.Count + 1) / 40;
        return figure with { Interval = new(drawn[tail - 1], drawn[^tail], drawn.Count), WhyNoInterval = null };
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same for a seed on every machine and version of .NET.</summary>
    private struct Dice(ulong seed)
    {
        private ulong state = seed;

        /// <returns>From 0, below <paramref name="sides"/>.</returns>
        public int Next(int sides)
        {
            unchecked
            {
                state += 0x9E3779B97F4A7C15UL;
                var z = state;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
                return (int)Math.BigMul(z ^ (z >> 31), (ulong)sides, out _);
            }
        }
    }
}
