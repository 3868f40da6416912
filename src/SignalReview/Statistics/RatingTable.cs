namespace SignalReview.Statistics;

/// <summary>
/// What several people said of the same units (for us: cases), as counts: how often each category was chosen for each unit. Who said it is
/// not in here, and no figure needs it.
/// </summary>
/// <remarks>
/// Units with the same counts are kept once, as one <i>pattern</i>, in an order that follows from the counts alone. So thousands of cases come
/// to some dozens of patterns, and neither the order of the cases nor that of the people can change a figure or an interval by one bit.
/// A unit that nobody rated is not kept: it says nothing.
/// </remarks>
internal sealed class RatingTable
{
    private readonly int[] starts;
    private readonly int[] categories;
    private readonly int[] counts;
    private readonly int[] raters;
    private readonly int[] patternOfUnit;

    private RatingTable(int[] scale, List<int[]> patterns, int[] patternOfUnit)
    {
        Scale = scale;
        this.patternOfUnit = patternOfUnit;
        starts = new int[patterns.Count + 1];
        raters = new int[patterns.Count];
        List<int> category = [];
        List<int> count = [];
        for (var p = 0; p < patterns.Count; p++)
        {
            foreach (var (index, times) in patterns[p].CountBy(c => c))
            {
                category.Add(index);
                count.Add(times);
            }

            starts[p + 1] = category.Count;
            raters[p] = patterns[p].Length;
        }

        categories = [.. category];
        counts = [.. count];
        RatersOf = [.. raters.Distinct().Order()];
    }

    /// <summary>All categories that could be chosen, ascending: their order is the ordinal scale, their value the interval scale.</summary>
    public IReadOnlyList<int> Scale { get; }

    /// <summary>Units with at least one rating.</summary>
    public int Units => patternOfUnit.Length;

    /// <summary>Different patterns of counts.</summary>
    public int Patterns => raters.Length;

    /// <summary>All ratings.</summary>
    public int Ratings => patternOfUnit.Sum(pattern => raters[pattern]);

    /// <summary>Units with at least two ratings: only these can agree or not.</summary>
    public int PairableUnits => patternOfUnit.Count(pattern => raters[pattern] > 1);

    /// <summary>Which numbers of ratings a unit has here, ascending.</summary>
    public IReadOnlyList<int> RatersOf { get; }

    /// <param name="units">The values chosen for each unit, in any order; a value nobody gave is simply not there.</param>
    /// <param name="scale">All values that could be chosen. Gwet's AC1 counts them, chosen or not.</param>
    /// <exception cref="ArgumentException">A value that is not on the scale.</exception>
    public static RatingTable Of(IEnumerable<IEnumerable<int>> units, IEnumerable<int> scale)
    {
        int[] known = [.. scale.Distinct().Order()];
        List<int[]> all = [];
        foreach (var unit in units)
        {
            int[] chosen = [.. unit.Select(value => IndexOf(known, value))];
            if (chosen.Length > 0)
            {
                Array.Sort(chosen);
                all.Add(chosen);
            }
        }

        all.Sort(static (a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.AsSpan().SequenceCompareTo(b));
        List<int[]> patterns = [];
        var ofUnit = new int[all.Count];
        for (var u = 0; u < all.Count; u++)
        {
            if (patterns.Count == 0 || !patterns[^1].AsSpan().SequenceEqual(all[u]))
            {
                patterns.Add(all[u]);
            }

            ofUnit[u] = patterns.Count - 1;
        }

        return new(known, patterns, ofUnit);
    }

    /// <summary>The index in <see cref="Scale"/> of each category that was chosen in a pattern, ascending.</summary>
    public ReadOnlySpan<int> Categories(int pattern) => categories.AsSpan(starts[pattern]..starts[pattern + 1]);

    /// <summary>How often each of <see cref="Categories"/> was chosen in a pattern.</summary>
    public ReadOnlySpan<int> Counts(int pattern) => counts.AsSpan(starts[pattern]..starts[pattern + 1]);

    /// <summary>How many ratings a unit of this pattern has.</summary>
    public int Raters(int pattern) => raters[pattern];

    /// <summary>The pattern of a unit; units are in the order of their patterns.</summary>
    public int PatternOf(int unit) => patternOfUnit[unit];

    /// <summary>How many units have each pattern.</summary>
    public int[] Weights()
    {
        var weights = new int[Patterns];
        foreach (var pattern in patternOfUnit)
        {
            weights[pattern]++;
        }

        return weights;
    }

    private static int IndexOf(int[] scale, int value)
    {
        var index = Array.BinarySearch(scale, value);
        return index >= 0 ? index : throw new ArgumentException($"{value} is not on the scale {string.Join(", ", scale)}.", nameof(value));
    }
}
