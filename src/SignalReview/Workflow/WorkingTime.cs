using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>When a team works: the same hours on each of its weekdays, never on a Dutch public holiday.</summary>
internal sealed record TeamCalendar
{
    public const string DefaultZone = "Europe/Amsterdam";

    /// <param name="start">Local time at which the working day starts.</param>
    /// <param name="end">Local time at which it ends, later on the same day.</param>
    public TeamCalendar(TimeZoneInfo zone, TimeOnly start, TimeOnly end, ImmutableHashSet<DayOfWeek> days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        if (days.IsEmpty)
        {
            throw new ArgumentException("A team that never works has no deadlines.", nameof(days));
        }

        (Zone, Start, End, Days) = (zone, start, end, days);
    }

    /// <summary>Monday to Friday, nine to five, in Amsterdam.</summary>
    public static TeamCalendar Office { get; } = new(
        TimeZoneInfo.FindSystemTimeZoneById(DefaultZone),
        new(9, 0),
        new(17, 0),
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);

    public TimeZoneInfo Zone { get; }

    public TimeOnly Start { get; }

    public TimeOnly End { get; }

    public ImmutableHashSet<DayOfWeek> Days { get; }

    public bool IsWorkingDay(DateOnly day) => Days.Contains(day.DayOfWeek) && !DutchHolidays.Contains(day);
}

/// <summary>Counts working time. Lengths are measured in UTC, so a day on which the clock changes is as long as it really is.</summary>
internal static class WorkingTime
{
    /// <param name="from">Need not be working time itself; counting then starts with the next working day.</param>
    /// <param name="time">Zero answers <paramref name="from"/>.</param>
    /// <returns>The UTC instant at which the team has worked that long; the end of a day rather than the start of the next.</returns>
    public static DateTimeOffset Add(TeamCalendar calendar, DateTimeOffset from, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var at = from.ToUniversalTime();
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, calendar.Zone).DateTime);
        for (var left = time; left > TimeSpan.Zero; day = day.AddDays(1))
        {
            if (!calendar.IsWorkingDay(day))
            {
                continue;
            }

            var start = Later(at, Instant(calendar.Zone, day.ToDateTime(calendar.Start), last: false));
            var end = Instant(calendar.Zone, day.ToDateTime(calendar.End), last: true);
            if (end <= start)
            {
                continue;
            }

            if (left <= end - start)
            {
                return start + left;
            }

            left -= end - start;
        }

        return at;
    }

    public static bool IsWorking(TeamCalendar calendar, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, calendar.Zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        return calendar.IsWorkingDay(DateOnly.FromDateTime(local)) && time >= calendar.Start && time < calendar.End;
    }

    // In spring a local time can be skipped: then the first one after the gap is meant. In autumn one can come twice: a day starts with
    // the first and ends with the last.
    private static DateTimeOffset Instant(TimeZoneInfo zone, DateTime local, bool last)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = !zone.IsAmbiguousTime(local) ? zone.GetUtcOffset(local)
            : last ? zone.GetAmbiguousTimeOffsets(local).Min()
            : zone.GetAmbiguousTimeOffsets(local).Max();
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
