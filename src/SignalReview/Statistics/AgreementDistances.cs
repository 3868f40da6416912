namespace SignalReview.Statistics;

// Krippendorff's α by its distances between answers.
internal sealed partial class AgreementTally
{
    /// <summary>α = 1 − (n − 1) · observed / expected.</summary>
    private double Alpha(double observed, double expected) => 1 - ((pairs - 1) * observed / expected);

    /// <summary>Ordered pairs within units that are not the same, each unit weighted 1/(m − 1).</summary>
    private double SumNominal()
    {
        Array.Clear(disagreement);
        for (var p = 0; p < weights.Length; p++)
        {
            long same = 0;
            foreach (var count in table.Counts(p))
            {
                same += (long)count * count;
            }

            long m = table.Raters(p);
            disagreement[sizeOf[p]] += weights[p] * ((m * m) - same);
        }

        return Weighted();
    }

    /// <summary>Ordered pairs of all ratings that are not the same.</summary>
    private double Expected()
    {
        var sum = (Int128)pairs * pairs;
        foreach (var count in paired)
        {
            sum -= (Int128)count * count;
        }

        return (double)sum;
    }

    /// <summary>
    /// As <see cref="SumNominal"/>, with the square of a distance on a line: Σ_i Σ_j (x_i − x_j)² = 2 (m Σ x² − (Σ x)²). Krippendorff's ordinal metric is
    /// such a distance too, between (twice) the mid-ranks of the categories in what was observed, since Σ_{g=c..k} n_g − (n_c + n_k)/2 is their difference.
    /// </summary>
    private double SumOnLine(bool ranks)
    {
        long below = 0;
        for (var c = 0; c < Categories; c++)
        {
            scores[c] = ranks ? (2 * below) + paired[c] : table.Scale[c];
            below += paired[c];
        }

        Array.Clear(disagreement);
        for (var p = 0; p < weights.Length; p++)
        {
            var categories = table.Categories(p);
            var counts = table.Counts(p);
            var (sum, squares) = (Int128.Zero, Int128.Zero);
            for (var i = 0; i < categories.Length; i++)
            {
                var weighed = (Int128)scores[categories[i]] * counts[i];
                sum += weighed;
                squares += weighed * scores[categories[i]];
            }

            disagreement[sizeOf[p]] += 2 * weights[p] * ((table.Raters(p) * squares) - (sum * sum));
        }

        return Weighted();
    }

    private double ExpectedOnLine()
    {
        var (sum, squares) = (Int128.Zero, Int128.Zero);
        for (var c = 0; c < Categories; c++)
        {
            sum += (Int128)paired[c] * scores[c];
            squares += (Int128)paired[c] * scores[c] * scores[c];
        }

        return (double)(2 * ((pairs * squares) - (sum * sum)));
    }

    private double Weighted()
    {
        var sum = 0.0;
        for (var s = 0; s < sizes.Length; s++)
        {
            sum += sizes[s] > 1 ? (double)disagreement[s] / (sizes[s] - 1) : 0;
        }

        return sum;
    }

    /// <summary>δ = (c − k) / (c + k) is no distance on a line: pair by pair.</summary>
    private double AlphaRatio()
    {
        var (observed, expected) = (0.0, 0.0);
        for (var p = 0; p < weights.Length; p++)
        {
            if (table.Raters(p) > 1)
            {
                observed += weights[p] * RatioWithin(table.Categories(p), table.Counts(p)) / (table.Raters(p) - 1);
            }
        }

        for (var c = 0; c < Categories; c++)
        {
            for (var k = 0; k < Categories; k++)
            {
                expected += Ratio(c, k) * paired[c] * paired[k];
            }
        }

        return Alpha(observed, expected);
    }

    private double RatioWithin(ReadOnlySpan<int> categories, ReadOnlySpan<int> counts)
    {
        var sum = 0.0;
        for (var i = 0; i < categories.Length; i++)
        {
            for (var j = 0; j < categories.Length; j++)
            {
                sum += Ratio(categories[i], categories[j]) * counts[i] * counts[j];
            }
        }

        return sum;
    }

    private double Ratio(int c, int k)
    {
        double a = table.Scale[c], b = table.Scale[k];
        return c == k ? 0 : (a - b) * (a - b) / ((a + b) * (a + b));
    }
}
