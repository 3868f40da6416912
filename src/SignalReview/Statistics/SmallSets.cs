namespace SignalReview.Statistics;

/// <summary>Why nothing is told of a set: from so little, what one colleague answered could be told.</summary>
public enum SmallSet
{
    /// <summary>Fewer cases than <see cref="SmallSets.Fewest"/>.</summary>
    TooFewCases,

    /// <summary>Fewer colleagues than <see cref="SmallSets.Fewest"/> answered.</summary>
    TooFewColleagues,

    /// <summary>Large enough itself, but a larger set less this one leaves a few cases, of which the figures could then be calculated.</summary>
    Subtracts,

    /// <summary>All gave the same answer, so that each one's would be known.</summary>
    AllTheSame,
}

/// <summary>
/// Small sets are not shown, and neither are those from which a small one follows by subtraction: the classic cell suppression, primary and secondary (Hundepool and
/// others, <i>Statistical Disclosure Control</i>, 2012, ch. 4), along each thing that one can filter by.
/// </summary>
internal static class SmallSets
{
    public const int Fewest = 5;

    /// <param name="cases">All there are, so that what is left can be counted.</param>
    /// <param name="filter">The set.</param>
    /// <returns>Null: nothing against it.</returns>
    public static SmallSet? Why(IReadOnlyCollection<SetCase> cases, StatisticsFilter filter) =>
        cases.Count(c => c.In(filter)) < Fewest ? SmallSet.TooFewCases
        : Partings(filter).Any(parting => IsHidden(cases, parting)) ? SmallSet.Subtracts
        : null;

    /// <summary>How the set is a part of a larger one: what is left without one choice, and how that choice parts it.</summary>
    private static IEnumerable<Parting> Partings(StatisticsFilter filter)
    {
        if (filter.Period is { } period)
        {
            var year = Quarter.YearOf(period);
            yield return new(filter with { Period = null }, c => c.Year, year);
            if (!Quarter.IsYear(period))
            {
                yield return new(filter with { Period = year }, c => c.Quarter, period);
            }
        }

        if (filter.Team is { } team)
        {
            yield return new(filter with { Team = null }, c => c.Team, team);
        }

        if (filter.Platform is { } platform)
        {
            yield return new(filter with { Platform = null }, c => c.Platform, platform);
        }

        if (filter.Workflow is { } workflow)
        {
            yield return new(filter with { Workflow = null }, c => c.Workflow, workflow);
        }

        if (filter.Theme is { } theme)
        {
            // A case can have several themes, so they part nothing; having this one or not does.
            yield return new(filter with { Theme = null }, c => c.Themes.Contains(theme) ? theme : "", theme);
        }
    }

    /// <summary>
    /// Parts with too few cases are hidden. When all of these together are still too few, the smallest of the others is hidden with them: otherwise what is left of
    /// the whole would be they.
    /// </summary>
    private static bool IsHidden(IReadOnlyCollection<SetCase> cases, Parting parting)
    {
        var parts = cases.Where(c => c.In(parting.Whole)).CountBy(parting.By)
            .OrderBy(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).ToList();
        var hidden = parts.TakeWhile(p => p.Value < Fewest).ToList();
        if (hidden.Count > 0 && hidden.Sum(p => p.Value) < Fewest)
        {
            hidden = [.. parts.Take(hidden.Count + 1)];
        }

        return hidden.Exists(p => p.Key == parting.Part);
    }

    private sealed record Parting(StatisticsFilter Whole, Func<SetCase, string> By, string Part);
}
