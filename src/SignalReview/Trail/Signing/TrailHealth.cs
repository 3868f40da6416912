using SignalReview.Storage;
using SignalReview.Trail.Anchors;

namespace SignalReview.Trail.Signing;

/// <summary>Whether the trail is as it was signed.</summary>
public enum TrailState
{
    /// <summary>All but the last minutes is signed, and fits.</summary>
    Signed,

    /// <summary>Checkpoints wait for an outside anchor that does not take them.</summary>
    AnchorFails,

    /// <summary>Events are unsigned for longer than they should be: the signer does not run, or its key cannot be had.</summary>
    Behind,

    /// <summary>The database does not hold what was signed for, or did not and nobody has said what that was.</summary>
    Alarm,
}

/// <param name="State">In a word.</param>
/// <param name="Alarms">The open ones.</param>
/// <param name="Size">How many events there are.</param>
/// <param name="SignedSize">For how many of them is signed.</param>
/// <param name="SignedAt">When the last checkpoint was stored.</param>
/// <param name="UnsignedFor">How long the first unsigned event has waited; zero when none does.</param>
/// <param name="Anchors">How each outside anchor does.</param>
internal sealed record TrailHealthReport(
    TrailState State,
    IReadOnlyList<TrailAlarm> Alarms,
    long Size,
    long SignedSize,
    DateTimeOffset? SignedAt,
    TimeSpan UnsignedFor,
    IReadOnlyList<AnchorState> Anchors);

/// <summary>
/// Looks at the database and the signer's memory, not at the service: so it tells of one that stopped, of one that never started and of one on
/// another host alike.
/// </summary>
internal sealed class TrailHealth(IDatabase database, TrailAlarms alarms, AnchorQueue anchors, CheckpointPace pace, TimeProvider time)
{
    public async Task<TrailHealthReport> ReadAsync(CancellationToken ct)
    {
        var open = alarms.Read();
        var now = time.GetUtcNow();
        await using var db = await database.OpenReadAsync(ct);
        var size = await db.FirstOrDefaultAsync<long?>("trail/head_size", new { Log = TrailLog.Name }, ct) ?? 0;
        var last = await db.FirstOrDefaultAsync<LastRow>("signing/last_checkpoint", null, ct);
        var signed = Math.Min(last?.TreeSize ?? 0, size);
        var since = signed < size ? await db.FirstOrDefaultAsync<DateTimeOffset?>("signing/event_at", new { LeafIndex = signed }, ct) : null;
        var waited = since is { } at && now > at ? now - at : TimeSpan.Zero;
        var states = await anchors.StatesAsync(db, ct);
        var state = open.Count > 0 ? TrailState.Alarm
            : waited > pace.Late ? TrailState.Behind
            : states.Any(anchor => anchor.IsFailing(now)) ? TrailState.AnchorFails
            : TrailState.Signed;
        return new(state, open, size, signed, last?.At, waited, states);
    }

    private sealed record LastRow
    {
        public long TreeSize { get; init; }
        public DateTimeOffset At { get; init; }
    }
}
