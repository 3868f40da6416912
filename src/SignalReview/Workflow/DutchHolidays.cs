namespace SignalReview.Workflow;

/// <summary>
/// The Dutch public holidays on which social work is closed. Liberation Day counts once in five years, as in the sector's collective
/// agreement; Good Friday is no public holiday.
/// </summary>
internal static class DutchHolidays
{
    public static bool Contains(DateOnly day) => Of(day.Year).Contains(day);

    public static IEnumerable<DateOnly> Of(int year)
    {
        var easter = Easter(year);
        yield return new(year, 1, 1);
        yield return easter;
        yield return easter.AddDays(1);
        yield return KingsDay(year);
        if (year % 5 == 0)
        {
            yield return new(year, 5, 5);
        }

        yield return easter.AddDays(39); // Ascension
        yield return easter.AddDays(49); // Whit Sunday and Monday
        yield return easter.AddDays(50);
        yield return new(year, 12, 25);
        yield return new(year, 12, 26);
    }

    private static DateOnly KingsDay(int year)
    {
        var day = new DateOnly(year, 4, 27);
        return day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(-1) : day;
    }

    // The Gregorian computus in the form of Meeus, Jones and Butcher.
    private static DateOnly Easter(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = (year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var sum = epact + weekday - (7 * correction) + 114;
        return new(year, sum / 31, (sum % 31) + 1);
    }
}
