using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>A day that is no day off by itself, but is for some teams.</summary>
internal enum DayOff
{
    /// <summary>No public holiday, though many are off.</summary>
    GoodFriday,

    /// <summary>5 May in every year, not only once in five.</summary>
    LiberationDay,
}

/// <summary>
/// The Dutch public holidays on which social work is closed. Liberation Day counts once in five years, as in the sector's collective
/// agreement; a team that has it off each year, or Good Friday, says so.
/// </summary>
internal static class DutchHolidays
{
    private const int LustrumYears = 5;

    /// <param name="day">Any day from 1583 on.</param>
    /// <param name="extra">What this team has off beside the public holidays.</param>
    public static bool Contains(DateOnly day, ImmutableHashSet<DayOff> extra) => Of(day.Year, extra).Contains(day);

    /// <inheritdoc cref="Contains"/>
    /// <returns>In no order; a day on which two fall together comes twice.</returns>
    public static IEnumerable<DateOnly> Of(int year, ImmutableHashSet<DayOff> extra)
    {
        var easter = Easter(year);
        yield return new(year, 1, 1);
        if (extra.Contains(DayOff.GoodFriday))
        {
            yield return easter.AddDays(-2);
        }

        yield return easter;
        yield return easter.AddDays(1);
        yield return KingsDay(year);
        if (year % LustrumYears == 0 || extra.Contains(DayOff.LiberationDay))
        {
            yield return new(year, 5, 5);
        }

        yield return easter.AddDays(39); // Ascension
        yield return easter.AddDays(49); // Whit Sunday and Monday
        yield return easter.AddDays(50);
        yield return new(year, 12, 25);
        yield return new(year, 12, 26);
    }

    /// <summary>The Gregorian computus in the form of Meeus, Jones and Butcher.</summary>
    public static DateOnly Easter(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = (year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var sum = epact + weekday - (7 * correction) + 114;
        return new(year, sum / 31, (sum % 31) + 1);
    }

    private static DateOnly KingsDay(int year)
    {
        var day = new DateOnly(year, 4, 27);
        return day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(-1) : day;
    }
}
