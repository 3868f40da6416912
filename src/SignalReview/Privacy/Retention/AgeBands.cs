using System.Globalization;
using System.Text.RegularExpressions;

namespace SignalReview.Privacy.Retention;

/// <summary>What an age band such as "15-18" says of when somebody reaches an age.</summary>
internal static partial class AgeBands
{
    private const int Oldest = 120;

    /// <summary>
    /// The last day on which the subject can turn that old: as the youngest of the band, on the day of the signal, with their birthday just past.
    /// Erasing cannot be undone, so a band is read to the side of keeping.
    /// </summary>
    /// <param name="age">Years.</param>
    /// <param name="band">As written in the signal.</param>
    /// <param name="seenOn">When the band was true.</param>
    /// <returns>Null when the band holds no age, or the signal has no day.</returns>
    public static DateOnly? LatestDayOfTurning(int age, string? band, DateOnly? seenOn) =>
        Youngest(band) is { } youngest && seenOn is { } day ? day.AddYears(age - youngest) : null;

    private static int? Youngest(string? band)
    {
        var ages = Ages().Matches(band ?? "").Select(m => int.Parse(m.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)).Where(a => a <= Oldest).ToList();
        return ages.Count == 0 ? null : ages.Min();
    }

    [GeneratedRegex(@"(?<!\d)\d{1,3}(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ages();
}
