using System.Globalization;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class DutchHolidaysTests
{
    /// <summary>The dates of Easter Sunday as almanacs print them, ten years a line.</summary>
    private static readonly Dictionary<int, string> Almanac = new()
    {
        [1990] = "04-15 03-31 04-19 04-11 04-03 04-16 04-07 03-30 04-12 04-04",
        [2000] = "04-23 04-15 03-31 04-20 04-11 03-27 04-16 04-08 03-23 04-12",
        [2010] = "04-04 04-24 04-08 03-31 04-20 04-05 03-27 04-16 04-01 04-21",
        [2020] = "04-12 04-04 04-17 04-09 03-31 04-20 04-05 03-28 04-16 04-01",
        [2030] = "04-21 04-13 03-28 04-17 04-09 03-25 04-13 04-05 04-25 04-10",
        [2040] = "04-01 04-21 04-06 03-29 04-17 04-09 03-25 04-14 04-05 04-18",
        [2050] = "04-10 04-02 04-21 04-06 03-29 04-18 04-02 04-22 04-14 03-30",
        [2060] = "04-18 04-10 03-26 04-15 04-06 03-29 04-11 04-03 04-22 04-14",
        [2070] = "03-30 04-19 04-10 03-26 04-15 04-07 04-19 04-11 04-03 04-23",
        [2080] = "04-07 03-30 04-19 04-04 03-26 04-15 03-31 04-20 04-11 04-03",
        [2090] = "04-16 04-08 03-30 04-12 04-04 04-24 04-15 03-31 04-20 04-12",
        [2100] = "03-28",
    };

    private static IEnumerable<int> Years => Enumerable.Range(1990, 2100 - 1990 + 1);

    [Test]
    public void Easter_falls_where_the_almanac_says() =>
        Assert.That(
            Years.Select(y => DutchHolidays.Easter(y).ToString("MM-dd", CultureInfo.InvariantCulture)),
            Is.EqualTo(Almanac.OrderBy(line => line.Key).SelectMany(line => line.Value.Split(' '))));

    [Test]
    public void Easter_falls_where_the_rule_of_Gauss_says() =>
        Assert.That(Years.Select(DutchHolidays.Easter), Is.EqualTo(Years.Select(ByGauss)));

    [TestCase(2024, "01-01 03-31 04-01 04-27 05-09 05-19 05-20 12-25 12-26")]
    [TestCase(2025, "01-01 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26", TestName = "King's Day is not kept on a Sunday, Liberation Day is in a lustrum year")]
    [TestCase(2026, "01-01 04-05 04-06 04-27 05-14 05-24 05-25 12-25 12-26")]
    [TestCase(2030, "01-01 04-21 04-22 04-27 05-05 05-30 06-09 06-10 12-25 12-26")]
    [TestCase(2038, "01-01 04-25 04-26 04-27 06-03 06-13 06-14 12-25 12-26")]
    public void The_holidays_of_a_year_are_known(int year, string expected) => Assert.That(Of(year), Is.EqualTo(expected.Split(' ')));

    [Test]
    public void Kings_Day_is_the_26th_in_the_years_in_which_the_27th_is_a_Sunday()
    {
        var moved = Enumerable.Range(2014, 37).Where(y => Of(y).Contains("04-26") && !Of(y).Contains("04-27"));
        Assert.That(moved, Is.EqualTo(new[] { 2014, 2025, 2031, 2036, 2042 }));
    }

    [TestCase(DayOff.GoodFriday, 2026, "04-03")]
    [TestCase(DayOff.GoodFriday, 2027, "03-26")]
    [TestCase(DayOff.LiberationDay, 2026, "05-05")]
    public void A_team_can_have_more_days_off(DayOff day, int year, string expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(year), Does.Not.Contain(expected));
            Assert.That(Of(year, day), Is.EquivalentTo(Of(year).Append(expected)));
            Assert.That(
                (TeamCalendar.Office with { DaysOff = [day] }).IsWorkingDay(DateOnly.Parse($"{year}-{expected}", CultureInfo.InvariantCulture)),
                Is.False);
        }
    }

    [Test]
    public void A_year_is_worked_on_all_weekdays_that_are_no_holiday()
    {
        var days = Enumerable.Range(0, 365).Select(d => new DateOnly(2026, 1, 1).AddDays(d)).Where(TeamCalendar.Office.IsWorkingDay).ToList();
        // 261 weekdays; New Year, Easter Monday, King's Day, Ascension, Whit Monday and Christmas are among them, 26 December is a Saturday.
        Assert.That(days, Has.Count.EqualTo(261 - 6));
    }

    private static IEnumerable<string> Of(int year, params IEnumerable<DayOff> extra) =>
        DutchHolidays.Of(year, [.. extra]).Select(d => d.ToString("MM-dd", CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal);

    // Carl Friedrich Gauss, with his numbers for 1900–2099 and for the century that begins with 2100, and his two exceptions.
    private static DateOnly ByGauss(int year)
    {
        var (m, n) = year < 2100 ? (24, 5) : (24, 6);
        var (a, b, c) = (year % 19, year % 4, year % 7);
        var d = ((19 * a) + m) % 30;
        var e = ((2 * b) + (4 * c) + (6 * d) + n) % 7;
        var day = new DateOnly(year, 3, 22).AddDays(d + e);
        return (day.Month, day.Day) switch
        {
            (4, 26) => day.AddDays(-7),
            (4, 25) when d == 28 && e == 6 && a > 10 => day.AddDays(-7),
            _ => day,
        };
    }
}
