using SignalReview.Statistics;

namespace SignalReview.Tests.Statistics;

/// <summary>
/// The figures once more, word for word from their definitions and without regard for speed: rating by rating, pair by pair. A column is a unit, a row a person,
/// null a missing value.
/// </summary>
internal static class ByDefinition
{
    public static double Alpha(FigureKind kind, int?[][] people)
    {
        var units = Units(people).Where(u => u.Count > 1).ToList();
        var all = units.SelectMany(u => u).ToList();
        var n = all.Count;
        double observed = 0, expected = 0;
        foreach (var unit in units)
        {
            for (var i = 0; i < unit.Count; i++)
            {
                for (var j = 0; j < unit.Count; j++)
                {
                    observed += i == j ? 0 : Distance(kind, unit[i], unit[j], all) / (unit.Count - 1);
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                expected += i == j ? 0 : Distance(kind, all[i], all[j], all);
            }
        }

        return 1 - (observed / n / (expected / (n * (n - 1.0))));
    }

    public static double Observed(int?[][] people) => Units(people).Where(u => u.Count > 1).Average(unit =>
        unit.SelectMany((a, i) => unit.Where((_, j) => j != i).Select(b => a == b ? 1.0 : 0.0)).Average());

    public static double Ac1(int?[][] people, int categories)
    {
        var units = Units(people).Where(u => u.Count > 0).ToList();
        var chance = units.SelectMany(u => u).Distinct()
            .Select(c => units.Average(u => u.Count(v => v == c) / (double)u.Count))
            .Sum(share => share * (1 - share)) / (categories - 1);
        return (Observed(people) - chance) / (1 - chance);
    }

    public static List<List<int>> Units(int?[][] people) =>
        [.. Enumerable.Range(0, people.Max(p => p.Length)).Select(u => people.Select(p => p[u]).OfType<int>().ToList())];

    private static double Distance(FigureKind kind, int c, int k, List<int> all) => kind switch
    {
        FigureKind.AlphaNominal => c == k ? 0 : 1,
        FigureKind.AlphaOrdinal => Squared(all.Count(g => g >= Math.Min(c, k) && g <= Math.Max(c, k)) - ((all.Count(g => g == c) + all.Count(g => g == k)) / 2.0)),
        FigureKind.AlphaInterval => Squared(c - k),
        FigureKind.AlphaRatio => c == k ? 0 : Squared((c - k) / (double)(c + k)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no distance"),
    };

    private static double Squared(double d) => d * d;
}
