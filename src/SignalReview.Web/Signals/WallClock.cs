using System.Globalization;

namespace SignalReview.Web.Signals;

/// <summary>Moments as a <c>datetime-local</c> field has them: the team's wall clock, to the minute, without a zone.</summary>
internal static class WallClock
{
    private const string FieldFormat = "yyyy-MM-dd'T'HH:mm";

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    // What browsers send, and what somebody types where the field is plain text.
    private static readonly string[] Formats = [FieldFormat, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "d-M-yyyy H:mm", "d-M-yyyy"];

    public static string Format(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).ToString(FieldFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string text) =>
        DateTime.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        && local.Year is > 1900 and < 9999
            ? new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    /// <summary>To the five minutes before: nobody remembers better, and a clock that runs ahead must not make it the future.</summary>
    public static DateTimeOffset JustNow(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.FromMinutes(5).Ticks), TimeSpan.Zero);
}
