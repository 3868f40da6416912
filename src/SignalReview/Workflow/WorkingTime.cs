using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>When a team works: the same hours on each of its weekdays, never on a Dutch public holiday nor on a day off of its own.</summary>
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

    /// <summary>Beside the public holidays.</summary>
    public ImmutableHashSet<DayOff> DaysOff { get; init; } = [];

    public bool IsWorkingDay(DateOnly day) => Days.Contains(day.DayOfWeek) && !DutchHolidays.Contains(day, DaysOff);
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
            var (start, end) = Hours(calendar, day);
            start = Later(at, start);
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

    /// <summary>
    /// How long the team works between two moments: none when the second is not the later one. Counted on from <paramref name="from"/>,
    /// <see cref="Add"/> gives the moment at which it had worked that long: <paramref name="to"/> itself where that is working time.
    /// </summary>
    public static TimeSpan Between(TeamCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        var (at, until) = (from.ToUniversalTime(), to.ToUniversalTime());
        var worked = TimeSpan.Zero;
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(to, calendar.Zone).DateTime);
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, calendar.Zone).DateTime); day <= last; day = day.AddDays(1))
        {
            var (start, end) = Hours(calendar, day);
            (start, end) = (Later(at, start), end < until ? end : until);
            worked += end > start ? end - start : TimeSpan.Zero;
        }

        return worked;
    }

    /// <summary>The moment is one at which the team works; the end of a day no longer is.</summary>
    public static bool IsWorking(TeamCalendar calendar, DateTimeOffset at)
    {
        var (start, end) = Hours(calendar, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, calendar.Zone).DateTime));
        return at >= start && at < end;
    }

    /// <returns>From and to; on a day off they are the same.</returns>
    private static (DateTimeOffset Start, DateTimeOffset End) Hours(TeamCalendar calendar, DateOnly day)
    {
        var start = Instant(calendar.Zone, day.ToDateTime(calendar.Start), last: false);
        return (start, calendar.IsWorkingDay(day) ? Instant(calendar.Zone, day.ToDateTime(calendar.End), last: true) : start);
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
