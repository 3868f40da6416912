using SignalReview.Workflow;

namespace SignalReview.Decisions;

/// <summary>Dates are the team's: a day ends at its own midnight.</summary>
internal static class TeamDays
{
    public static DateOnly Today(this TeamCalendar calendar, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, calendar.Zone).DateTime);

    /// <summary>The first instant after that day, in UTC.</summary>
    public static DateTimeOffset EndOf(this TeamCalendar calendar, DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, calendar.Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
