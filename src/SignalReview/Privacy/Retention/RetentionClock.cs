using SignalReview.Storage;

namespace SignalReview.Privacy.Retention;

/// <summary>
/// For how long people could have seen what is shown. A notice period is measured on it and not on the calendar: a clock that leaps forward, a
/// laptop that slept and a server that was off show nobody anything. What lies between two looks counts for <see cref="LongestStep"/> at most.
/// </summary>
internal static class RetentionClock
{
    public static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    /// <returns>Seconds, after this look.</returns>
    public static async Task<long> LookAsync(DbSession db, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.FirstOrDefaultAsync<ClockRow>("retention/clock", null, ct) is not { } clock)
        {
            await db.ExecuteAsync("retention/insert_clock", new { Now = now }, ct); // another host may be first: the key says so
            return 0;
        }

        // A clock that was put back counts nothing, and goes on from where it is.
        var step = Math.Clamp((long)(now - clock.LookedAt).TotalSeconds, 0, (long)LongestStep.TotalSeconds);
        // The row count decides between two hosts: the same time is not counted twice.
        return await db.ExecuteAsync("retention/move_clock", new { Now = now, Step = step, Before = clock.LookedAt }, ct) == 1
            ? clock.SeenSeconds + step
            : clock.SeenSeconds;
    }

    public static async Task<long> ReadAsync(DbSession db, CancellationToken ct) =>
        (await db.FirstOrDefaultAsync<ClockRow>("retention/clock", null, ct))?.SeenSeconds ?? 0;

    private sealed record ClockRow
    {
        public DateTimeOffset LookedAt { get; init; }
        public long SeenSeconds { get; init; }
    }
}
