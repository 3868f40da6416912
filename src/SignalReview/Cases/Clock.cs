namespace SignalReview.Cases;

internal static class Clock
{
    /// <summary>To whole milliseconds in UTC: what the trail, both databases and JSON can all hold.</summary>
    public static DateTimeOffset Truncate(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
