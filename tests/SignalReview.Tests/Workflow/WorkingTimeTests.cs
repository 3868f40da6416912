using System.Globalization;
using CsCheck;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class WorkingTimeTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Instants are given and expected as local time with offset, so that each line can be checked with a paper calendar.
    [TestCase("2026-03-03T10:00:00+01:00", 2, "2026-03-03T12:00:00+01:00", TestName = "Within_one_day")]
    [TestCase("2026-03-03T09:00:00+01:00", 8, "2026-03-03T17:00:00+01:00", TestName = "A_whole_day_ends_at_its_end")]
    [TestCase("2026-03-03T16:00:00+01:00", 2, "2026-03-04T10:00:00+01:00", TestName = "Over_the_night")]
    [TestCase("2026-03-06T16:00:00+01:00", 2, "2026-03-09T10:00:00+01:00", TestName = "Over_the_weekend")]
    [TestCase("2026-03-07T03:00:00+01:00", 1, "2026-03-09T10:00:00+01:00", TestName = "From_within_the_weekend")]
    [TestCase("2026-03-03T22:00:00+01:00", 1, "2026-03-04T10:00:00+01:00", TestName = "From_the_evening")]
    [TestCase("2026-03-03T05:00:00+01:00", 1, "2026-03-03T10:00:00+01:00", TestName = "From_before_the_day_starts")]
    [TestCase("2026-03-03T23:30:00+00:00", 1, "2026-03-04T10:00:00+01:00", TestName = "The_day_is_the_local_one")]
    [TestCase("2026-03-27T16:00:00+01:00", 2, "2026-03-30T10:00:00+02:00", TestName = "Over_the_change_to_summer_time")]
    [TestCase("2026-10-23T16:00:00+02:00", 2, "2026-10-26T10:00:00+01:00", TestName = "Over_the_change_to_winter_time")]
    [TestCase("2026-04-03T16:00:00+02:00", 2, "2026-04-07T10:00:00+02:00", TestName = "Good_Friday_is_worked_and_Easter_is_not")]
    [TestCase("2026-04-24T16:00:00+02:00", 2, "2026-04-28T10:00:00+02:00", TestName = "Over_Kings_Day")]
    [TestCase("2026-05-13T16:00:00+02:00", 2, "2026-05-15T10:00:00+02:00", TestName = "Over_Ascension")]
    [TestCase("2026-05-22T16:00:00+02:00", 2, "2026-05-26T10:00:00+02:00", TestName = "Over_Whitsun")]
    [TestCase("2026-12-24T16:00:00+01:00", 2, "2026-12-28T10:00:00+01:00", TestName = "Over_Christmas")]
    [TestCase("2026-12-31T16:00:00+01:00", 2, "2027-01-04T10:00:00+01:00", TestName = "Over_New_Year_and_a_weekend")]
    [TestCase("2026-05-04T16:00:00+02:00", 2, "2026-05-05T10:00:00+02:00", TestName = "Liberation_Day_is_worked_in_most_years")]
    [TestCase("2025-05-02T16:00:00+02:00", 10, "2025-05-07T10:00:00+02:00", TestName = "Liberation_Day_is_free_in_a_lustrum_year")]
    [TestCase("2026-03-02T09:00:00+01:00", 40, "2026-03-06T17:00:00+01:00", TestName = "Forty_hours_are_a_week")]
    public void Working_hours_are_counted(string from, int hours, string expected)
    {
        var result = WorkingTime.Add(TeamCalendar.Office, Parse(from), TimeSpan.FromHours(hours));
        Assert.That(result, Is.EqualTo(Parse(expected)));
        Assert.That(result.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase("2026-03-28T20:00:00+01:00", "2026-03-29T05:00:00+02:00", 4, TestName = "The_night_to_summer_time_is_an_hour_shorter")]
    [TestCase("2026-10-24T20:00:00+02:00", "2026-10-25T05:00:00+01:00", 6, TestName = "The_night_to_winter_time_is_an_hour_longer")]
    public void A_night_shift_is_as_long_as_it_really_is(string from, string end, int hours)
    {
        var nights = new TeamCalendar(TeamCalendar.Office.Zone, new(0, 0), new(5, 0), [DayOfWeek.Sunday]);
        Assert.That(WorkingTime.Add(nights, Parse(from), TimeSpan.FromHours(hours)), Is.EqualTo(Parse(end)));
        Assert.That(WorkingTime.Add(nights, Parse(from), TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(1)), Is.GreaterThan(Parse(end).AddDays(6)));
    }

    [TestCase("2026-03-28T20:00:00+01:00", "02:30", "05:00", 2, "2026-03-29T05:00:00+02:00", TestName = "A_day_that_starts_in_the_gap_starts_after_it")]
    [TestCase("2026-10-24T20:00:00+02:00", "02:30", "05:00", 1, "2026-10-25T02:30:00+01:00", TestName = "A_day_that_starts_twice_starts_first")]
    [TestCase("2026-10-24T20:00:00+02:00", "01:00", "02:30", 2, "2026-10-25T02:00:00+01:00", TestName = "A_day_that_ends_twice_ends_last")]
    public void Hours_that_meet_a_change_of_the_clock_are_understood(string from, string start, string end, int hours, string expected)
    {
        var odd = new TeamCalendar(
            TeamCalendar.Office.Zone,
            TimeOnly.Parse(start, CultureInfo.InvariantCulture),
            TimeOnly.Parse(end, CultureInfo.InvariantCulture),
            [DayOfWeek.Sunday]);
        Assert.That(WorkingTime.Add(odd, Parse(from), TimeSpan.FromHours(hours)), Is.EqualTo(Parse(expected)));
    }

    [Test]
    public void No_time_at_all_is_now_also_at_night() =>
        Assert.That(WorkingTime.Add(TeamCalendar.Office, Parse("2026-03-07T03:00:00+01:00"), TimeSpan.Zero), Is.EqualTo(Parse("2026-03-07T03:00:00+01:00")));

    [Test]
    public void Time_does_not_run_backwards() =>
        Assert.That(() => WorkingTime.Add(TeamCalendar.Office, From, TimeSpan.FromTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_team_works_at_least_a_moment_on_at_least_one_day()
    {
        Assert.That(() => new TeamCalendar(TeamCalendar.Office.Zone, new(9, 0), new(9, 0), [DayOfWeek.Monday]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TeamCalendar(TeamCalendar.Office.Zone, new(9, 0), new(17, 0), []), Throws.ArgumentException);
    }

    [Test]
    public void Adding_in_parts_is_adding_at_once() =>
        Gen.Select(Gen.Int[0, 4 * 365 * 24 * 60], Gen.Int[0, 6000], Gen.Int[0, 6000]).Sample((start, first, second) =>
        {
            var from = From.AddMinutes(start);
            var parts = WorkingTime.Add(TeamCalendar.Office, WorkingTime.Add(TeamCalendar.Office, from, Minutes(first)), Minutes(second));
            var whole = WorkingTime.Add(TeamCalendar.Office, from, Minutes(first + second));
            return parts == whole;
        });

    [Test]
    public void The_result_is_a_moment_at_which_the_team_was_working() =>
        Gen.Select(Gen.Int[0, 4 * 365 * 24 * 60], Gen.Int[1, 6000]).Sample((start, minutes) =>
            WorkingTime.IsWorking(TeamCalendar.Office, WorkingTime.Add(TeamCalendar.Office, From.AddMinutes(start), Minutes(minutes)).AddTicks(-1)));

    [Test]
    public void What_is_counted_is_what_a_minute_by_minute_count_gives() =>
        Gen.Select(Gen.Int[0, 4 * 365 * 24 * 60], Gen.Int[1, 1500]).Sample(
            (start, minutes) =>
            {
                var at = From.AddMinutes(start);
                for (var left = minutes; left > 0; at = at.AddMinutes(1))
                {
                    left -= WorkingTime.IsWorking(TeamCalendar.Office, at) ? 1 : 0;
                }

                return WorkingTime.Add(TeamCalendar.Office, From.AddMinutes(start), Minutes(minutes)) == at;
            },
            iter: 200);

    // Any hours, days, days off and zone; starts are drawn close to the changes of the clock as often as not.

    private static Gen<TeamCalendar> Calendars => Gen.Select(Gen.Int[0, 1438], Gen.Int[1, 1439], Gen.Int[1, 127], Gen.Int[0, 3], Gen.Int[0, 2]).Select(
        (start, length, days, off, zone) => new TeamCalendar(
            TimeZoneInfo.FindSystemTimeZoneById(new[] { TeamCalendar.DefaultZone, "Europe/London", "America/Curacao" }[zone]),
            TimeOnly.MinValue.AddMinutes(start),
            TimeOnly.MinValue.AddMinutes(Math.Min(1439, start + length)),
            [.. Enum.GetValues<DayOfWeek>().Where(d => (days >> (int)d & 1) == 1)])
        {
            DaysOff = [.. Enum.GetValues<DayOff>().Where(d => (off >> (int)d & 1) == 1)],
        });

    private static Gen<DateTimeOffset> Moments => Gen.OneOf(
        Gen.Int[0, 6 * 365 * 24 * 60].Select(m => From.AddMinutes(m)),
        Gen.Select(Gen.Int[0, 3].Select(i => new[] { "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31" }[i]), Gen.Int[-3000, 3000]).Select(
            (day, m) => Parse(day + "T01:00:00Z").AddMinutes(m)));

    private static Gen<TimeSpan> Lengths => Gen.Int[0, 6000].Select(Minutes);

    [Test]
    public void Whatever_the_hours_parts_add_up() =>
        Gen.Select(Calendars, Moments, Lengths, Lengths).Sample(
            (calendar, from, first, second) =>
                WorkingTime.Add(calendar, WorkingTime.Add(calendar, from, first), second) == WorkingTime.Add(calendar, from, first + second),
            iter: 2000);

    [Test]
    public void Whatever_the_hours_later_stays_later() =>
        Gen.Select(Calendars, Moments, Lengths, Lengths, Gen.Int[0, 3000]).Sample(
            (calendar, from, time, more, minutes) =>
                WorkingTime.Add(calendar, from, time) <= WorkingTime.Add(calendar, from, time + more)
                && WorkingTime.Add(calendar, from, time) <= WorkingTime.Add(calendar, from.AddMinutes(minutes), time),
            iter: 2000);

    [Test]
    public void Whatever_the_hours_a_deadline_is_in_working_time() =>
        Gen.Select(Calendars, Moments, Lengths.Where(l => l > TimeSpan.Zero)).Sample(
            (calendar, from, time) => WorkingTime.IsWorking(calendar, WorkingTime.Add(calendar, from, time).AddTicks(-1)),
            iter: 2000);

    [Test]
    public void Whatever_the_hours_what_was_added_lies_between() =>
        Gen.Select(Calendars, Moments, Lengths).Sample(
            (calendar, from, time) => WorkingTime.Between(calendar, from, WorkingTime.Add(calendar, from, time)) == time,
            iter: 2000);

    [Test]
    public void Whatever_the_hours_a_stretch_is_as_long_as_its_parts() =>
        Gen.Select(Calendars, Moments, Gen.Int[0, 20000], Gen.Int[0, 20000]).Sample(
            (calendar, from, first, second) =>
            {
                var (middle, to) = (from.AddMinutes(first), from.AddMinutes(first + second));
                var whole = WorkingTime.Between(calendar, from, to);
                return whole == WorkingTime.Between(calendar, from, middle) + WorkingTime.Between(calendar, middle, to) && whole <= to - from;
            },
            iter: 2000);

    [Test]
    public void No_time_lies_between_a_moment_and_an_earlier_one() =>
        Assert.That(WorkingTime.Between(TeamCalendar.Office, Parse("2026-03-06T10:00:00Z"), Parse("2026-03-05T10:00:00Z")), Is.EqualTo(TimeSpan.Zero));

    [TestCase("2026-03-28", 1440, TestName = "A_day_has_24_hours")]
    [TestCase("2026-03-29", 1380, TestName = "The_day_of_the_change_to_summer_time_has_23_hours")]
    [TestCase("2026-10-25", 1500, TestName = "The_day_of_the_change_to_winter_time_has_25_hours")]
    public void A_day_is_as_long_as_it_really_is(string day, int minutes)
    {
        var always = new TeamCalendar(TeamCalendar.Office.Zone, TimeOnly.MinValue, TimeOnly.MaxValue, [.. Enum.GetValues<DayOfWeek>()]);
        var midnight = DateOnly.Parse(day, CultureInfo.InvariantCulture).ToDateTime(TimeOnly.MinValue);
        var (from, to) = (Local(midnight), Local(midnight.AddDays(1)));
        // A day ends a tick before midnight: hours are given on a clock that does not show 24:00.
        Assert.That(WorkingTime.Between(always, from, to), Is.EqualTo(Minutes(minutes) - TimeSpan.FromTicks(1)));

        static DateTimeOffset Local(DateTime local) => new(local, TeamCalendar.Office.Zone.GetUtcOffset(local));
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
