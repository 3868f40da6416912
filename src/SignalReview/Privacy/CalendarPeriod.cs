using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SignalReview.Privacy;

/// <summary>
/// A period by the calendar, as ISO 8601 writes it without a time of day: <c>P20Y</c>, <c>P1Y6M</c>, <c>P6W</c>, <c>P30D</c>. Years and months
/// are those of the calendar: a month after 31 January is the last day of February.
/// </summary>
/// <param name="Months">Years count for twelve.</param>
/// <param name="Days">Weeks count for seven.</param>
internal sealed partial record CalendarPeriod(int Months, int Days)
{
    private const int Longest = 1200;

    /// <summary>Longer than nothing, at most a century.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CalendarPeriod? period)
    {
        period = null;
        if (text is null || Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        long months = (12L * Number(match, "years")) + Number(match, "months");
        long days = (7L * Number(match, "weeks")) + Number(match, "days");
        if (months + days == 0 || months > Longest || days > Longest * 31L)
        {
            return false;
        }

        period = new((int)months, (int)days);
        return true;
    }

    public DateOnly After(DateOnly day) => day.AddMonths(Months).AddDays(Days);

    public DateOnly Before(DateOnly day) => day.AddMonths(-Months).AddDays(-Days);

    public override string ToString()
    {
        var (years, months) = (Months / 12, Months % 12);
        return string.Create(
            CultureInfo.InvariantCulture, $"P{(years > 0 ? $"{years}Y" : null)}{(months > 0 ? $"{months}M" : null)}{(Days > 0 ? $"{Days}D" : null)}");
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P(?:(?<years>\d{1,4})Y)?(?:(?<months>\d{1,4})M)?(?:(?<weeks>\d{1,4})W)?(?:(?<days>\d{1,5})D)?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
