using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Cases;

/// <param name="Text">In what.</param>
/// <param name="Readers">Who.</param>
/// <param name="Count">How many of them; what more readers share weighs more on the page, and nothing else makes it true.</param>
internal sealed record CommonGround(string Text, string Readers, int Count);

/// <summary>Where readings agree and where they differ, said in words: positions, concern, certainty, noise, and what was brought by more than one.</summary>
internal sealed class Agreements(IReadOnlyList<ReadingView> readings, ComparisonView comparison, Texts texts)
{
    /// <summary>As far apart as concern must be for a talk, on the scale of certainty.</summary>
    private const int FarApartInSureness = InterpretationRound.FarApart * 10;

    private readonly Differences differ = new(readings);

    /// <summary>What at least two readers share, the most shared first.</summary>
    public IReadOnlyList<CommonGround> Same => [.. AllSame().OrderByDescending(line => line.Count)];

    public IReadOnlyList<CommonGround> Different => [.. AllDifferent()];

    private IEnumerable<CommonGround> AllSame()
    {
        foreach (var group in Positions().Where(group => group.Count() > 1))
        {
            yield return Ground(texts["Compare.SamePosition", group.Key], group);
        }

        foreach (var meaning in Meanings().Where(group => group.Count > 1))
        {
            yield return Ground(texts["Compare.SameMeaning", meaning[0].Text], meaning.Select(item => item.Source));
        }

        var worried = readings.Where(reading => reading.Interpretation.Concern is not null).ToList();
        if (worried.Count > 1 && !(differ.Highest - differ.Lowest >= InterpretationRound.FarApart))
        {
            yield return Ground(
                differ.ConcernDiffers ? texts["Compare.SameConcern", differ.Lowest, differ.Highest] : texts["Compare.OneConcern", differ.Lowest], worried);
        }

        foreach (var noise in readings.SelectMany(reading => reading.Interpretation.Noise.Distinct().Select(noise => (noise, reading))).GroupBy(pair => pair.noise, pair => pair.reading))
        {
            if (noise.Count() > 1)
            {
                yield return Ground(texts["Compare.SameNoise", texts.Of(noise.Key)], noise);
            }
        }

        var brought = comparison.For.Select(item => ("Compare.SameFor", item.Text, item.By))
            .Concat(comparison.Against.Select(item => ("Compare.SameAgainst", item.Text, item.By)))
            .Concat(comparison.Missing.Select(item => ("Compare.SameMissing", item.Text, item.By)));
        foreach (var (key, text, by) in brought)
        {
            if (Names(by) is { Count: > 1 } names)
            {
                yield return new(texts[key, text], string.Join(", ", names), names.Count);
            }
        }
    }

    private IEnumerable<CommonGround> AllDifferent()
    {
        var positions = Positions().ToList();
        if (positions.Count > 1)
        {
            var who = string.Join("; ", positions.Select(group => $"{group.Key}: {string.Join(", ", group.Select(reading => reading.By.Name))}"));
            yield return new(texts["Compare.OtherPosition"], who, readings.Count);
        }

        if (Meanings() is { Count: > 1 } meanings)
        {
            yield return new(texts["Compare.OtherMeaning", meanings.Count], texts["Compare.OtherMeaningHint"], readings.Count);
        }

        if (differ.Highest - differ.Lowest >= InterpretationRound.FarApart)
        {
            yield return Ends(texts["Compare.OtherConcern", differ.Lowest, differ.Highest], reading => reading.Interpretation.Concern);
        }

        var sure = readings.Select(reading => reading.Interpretation.Confidence).OfType<int>().ToList();
        if (sure.Count > 1 && sure.Max() - sure.Min() >= FarApartInSureness)
        {
            yield return Ends(texts["Compare.OtherConfidence", sure.Min(), sure.Max()], reading => reading.Interpretation.Confidence);
        }

        foreach (var item in comparison.For.Where(item => item.Contested))
        {
            var against = comparison.Against.Where(other => LikeItems.AreAlike(other.Text, item.Text)).SelectMany(other => other.By).ToList();
            yield return new(
                texts["Compare.Contested", item.Text],
                texts["Compare.ContestedBy", string.Join(", ", Names(item.By)), string.Join(", ", Names(against))],
                item.By.Count + against.Count);
        }
    }

    private IEnumerable<IGrouping<string, ReadingView>> Positions() => readings.GroupBy(
        reading => reading.Interpretation.ReadingPosition is { } position ? texts[$"Compare.Column.{position}"] : texts.Of(reading.Interpretation.Kind),
        StringComparer.Ordinal);

    private IReadOnlyList<IReadOnlyList<ListedItem<ReadingView>>> Meanings() => LikeItems.Merge(readings
        .Where(reading => reading.Interpretation.EncodingHypothesis is not null)
        .Select(reading => new ListedItem<ReadingView>(reading, 0, reading.Interpretation.EncodingHypothesis!)));

    /// <summary>Who stands at the two ends, the low one first.</summary>
    private CommonGround Ends(string text, Func<ReadingView, int?> value)
    {
        var placed = readings.Where(reading => value(reading) is not null).OrderBy(value).ToList();
        var (low, high) = (value(placed[0]), value(placed[^1]));
        string At(int? end) => string.Join(", ", placed.Where(reading => value(reading) == end).Select(reading => reading.By.Name));
        return new(text, texts["Compare.Ends", low, At(low), high, At(high)], placed.Count);
    }

    private static CommonGround Ground(string text, IEnumerable<ReadingView> who)
    {
        var names = who.Select(reading => reading.By.Name).ToList();
        return new(text, string.Join(", ", names), names.Count);
    }

    private static IReadOnlyList<string> Names(IEnumerable<BroughtBy> by) => [.. by.DistinctBy(b => b.Reader.Id).Select(b => b.Reader.Name)];
}
