using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SignalReview.Cases;

namespace SignalReview.Trail.Audit;

/// <summary>In what a sample's size is told.</summary>
public enum SampleUnit
{
    Cases,

    /// <summary>Of the population, or of each stratum; rounded up.</summary>
    Percent,
}

/// <summary>Whether a sample keeps the shares of groups.</summary>
public enum SampleStrata
{
    None,
    Team,
    Outcome,
}

/// <summary>One case that may be drawn.</summary>
/// <param name="Case">The case.</param>
/// <param name="Stratum">Its group; empty where there are none.</param>
internal sealed record SampleCandidate(CaseId Case, string Stratum);

/// <summary>
/// Draws a sample that anybody can draw again. Each case has a key: SHA-256 over the seed in UTF-8, a line feed, and the case's id in lower case with dashes. Within its
/// stratum the cases with the lowest keys are drawn. Nothing else decides: not the order of the database, not a random generator of ours. Pure.
/// </summary>
internal static class SampleDraw
{
    /// <returns>What was drawn: by stratum, then by key.</returns>
    public static IReadOnlyList<CaseId> Draw(IReadOnlyCollection<SampleCandidate> population, string seed, SampleUnit unit, int amount)
    {
        var strata = population.GroupBy(c => c.Stratum, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var quotas = Quotas([.. strata.Select(s => s.Count())], unit, amount);
        return [.. strata.Zip(quotas, (stratum, quota) => InOrder(stratum.Select(c => c.Case), seed).Take(quota)).SelectMany(drawn => drawn)];
    }

    /// <summary>All cases in the order in which they would be drawn.</summary>
    public static IEnumerable<CaseId> InOrder(IEnumerable<CaseId> cases, string seed) =>
        cases.Select(c => (Case: c, Key: Key(seed, c))).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Case);

    /// <summary>Lower-case hex, so that its order as text is that of the bytes.</summary>
    public static string Key(string seed, CaseId @case) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{@case}")));

    /// <summary>SHA-256 over the ids in their order, each with a line feed: what was drawn from, in one line.</summary>
    public static string Fingerprint(IEnumerable<CaseId> population) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(population.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c}\n")).Order(StringComparer.Ordinal)))));

    /// <summary>
    /// How many of each stratum. Of a number of cases each stratum gets its share rounded down, and what is left goes to the largest remainders, level ones in the
    /// order of the strata's names; of a percentage each gets its own, rounded up.
    /// </summary>
    private static int[] Quotas(int[] sizes, SampleUnit unit, int amount)
    {
        if (unit == SampleUnit.Percent)
        {
            return [.. sizes.Select(size => (int)(((long)size * amount + 99) / 100))];
        }

        var total = sizes.Sum();
        var drawn = Math.Min(amount, total);
        if (total == 0)
        {
            return sizes;
        }

        var quotas = sizes.Select(size => (int)((long)drawn * size / total)).ToArray();
        var byRemainder = Enumerable.Range(0, sizes.Length).OrderByDescending(i => (long)drawn * sizes[i] % total).ThenBy(i => i);
        foreach (var i in byRemainder.Take(drawn - quotas.Sum()))
        {
            quotas[i]++;
        }

        return quotas;
    }
}
