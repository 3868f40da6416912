using System.Globalization;

namespace SignalReview.Web.Localization;

/// <summary>Times as people say them, in the team's own time: "vandaag voor 16:00".</summary>
internal sealed class TimeWords(Texts texts, TimeProvider time)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>A moment: "vandaag 14:03", "gisteren 09:30", "vrijdag 16:00", "12 november 14:03".</summary>
    public string Moment(DateTimeOffset moment) => texts["Time.Moment", Day(Local(moment)), Clock(Local(moment))];

    /// <summary>By when: "vandaag voor 16:00", and for the end of a day "uiterlijk vrijdag"; once it has passed it says so.</summary>
    public string Deadline(DateTimeOffset deadline)
    {
        var local = Local(deadline);
        var passed = deadline < time.GetUtcNow();
        return IsEndOfDay(local)
            ? texts[passed ? "Time.DeadlineDayPassed" : "Time.DeadlineDay", Day(local.AddDays(-1))]
            : texts[passed ? "Time.DeadlinePassed" : "Time.Deadline", Day(local), Clock(local)];
    }

    /// <summary>A deadline's exact time; of the end of a day the day.</summary>
    public string ExactDeadline(DateTimeOffset deadline) =>
        IsEndOfDay(Local(deadline)) ? ExactDate(DateOnly.FromDateTime(Local(deadline)).AddDays(-1)) : Exact(deadline);

    /// <summary>A day without a clock: "morgen", "vrijdag", "12 november".</summary>
    public string Date(DateOnly date) => Day(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>The time of day only: "14:03".</summary>
    public string Clock(DateTimeOffset moment) => Clock(Local(moment));

    public string Exact(DateTimeOffset moment) => Local(moment).ToString(texts["Time.ExactFormat"], CultureInfo.CurrentCulture);

    public string ExactDate(DateOnly date) => date.ToString(texts["Time.ExactDateFormat"], CultureInfo.CurrentCulture);

    /// <summary>The day that ends at this moment.</summary>
    public DateOnly DayBefore(DateTimeOffset midnight) => DateOnly.FromDateTime(Local(midnight.AddTicks(-1)));

    /// <summary>The day it is for the team.</summary>
    public DateOnly Today() => DateOnly.FromDateTime(Local(time.GetUtcNow()));

    // A day ends at the next one's midnight; nobody says "before 00:00".
    private static bool IsEndOfDay(DateTime local) => local.TimeOfDay == TimeSpan.Zero;

    private static DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).DateTime;

    private static string Clock(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private string Day(DateTime local)
    {
        var today = Today();
        var days = DateOnly.FromDateTime(local).DayNumber - today.DayNumber;
        return days switch
        {
            0 => texts["Time.Today"],
            1 => texts["Time.Tomorrow"],
            -1 => texts["Time.Yesterday"],
            > 1 and < 7 => local.ToString("dddd", CultureInfo.CurrentCulture),
            _ when local.Year == today.Year => local.ToString(texts["Time.DayFormat"], CultureInfo.CurrentCulture),
            _ => local.ToString(texts["Time.DayYearFormat"], CultureInfo.CurrentCulture),
        };
    }
}
