using SignalReview.Cases;
using SignalReview.Workflow;

namespace SignalReview.Rooms;

/// <summary>
/// The clock of a room's phase. It tells the time and ends nothing; when it runs out the room is told so, by a deadline like any other: once, also
/// after a restart, and whoever has left.
/// </summary>
internal static class RoomClock
{
    /// <summary>Sets the clock, or clears it; the one before no longer says anything.</summary>
    public static async Task SetAsync(Work work, DateTimeOffset? endsAt, CancellationToken ct)
    {
        await work.ExecuteAsync("rooms/set_clock", new { CaseId = work.Case, PhaseEndsAt = endsAt }, ct);
        await WatchAsync(work, endsAt, ct);
    }

    /// <summary>Has it told when the time that the room's row already shows is up.</summary>
    public static async Task WatchAsync(Work work, DateTimeOffset? endsAt, CancellationToken ct)
    {
        await StopAsync(work, ct);
        if (endsAt is { } due)
        {
            await work.ExecuteAsync(
                "workflow/insert_deadline",
                new { DeadlineId = work.NewId(), CaseId = work.Case, Kind = DeadlineKind.Clock, Node = (string?)null, PersonId = (Guid?)null, DueAt = due },
                ct);
        }
    }

    public static Task StopAsync(Work work, CancellationToken ct) =>
        work.ExecuteAsync("workflow/cancel_clock", new { CaseId = work.Case, work.Now }, ct);

    /// <summary>The time is up.</summary>
    public static void SaySo(Work work)
    {
        if (RoomRules.IsOpen(work.File) && work.File.Room is { PhaseEndsAt: { } endsAt } && endsAt <= work.Now)
        {
            work.AppendAsSystem("room.timeUp", new RoomTimeUpBody(work.File.MethodPhase?.Id));
        }
    }
}

/// <summary>The body of <c>room.timeUp</c>.</summary>
/// <param name="Phase">Of the method.</param>
internal sealed record RoomTimeUpBody(string? Phase);
