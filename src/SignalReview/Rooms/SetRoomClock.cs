using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum SetRoomClockOutcome
{
    Set,
    NotTheFacilitator,
    NotOpen,
    NoClock,
    OutOfRange,
}

/// <summary>Sets or clears the clock of the room's phase. It tells the time and ends nothing.</summary>
internal sealed class SetRoomClock(CommandRunner commands)
{
    private const int MostMinutes = 240;

    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, SetRoomClockCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, SetRoomClockCommand command, CancellationToken ct)
    {
        var outcome = Judge(work.File, work.Me, command.Minutes);
        if (outcome == SetRoomClockOutcome.Set)
        {
            DateTimeOffset? endsAt = command.Minutes is { } minutes ? work.Now.AddMinutes(minutes) : null;
            await SetAsync(work, endsAt, ct);
        }

        return Refuse(outcome);
    }

    public static async Task SetAsync(Work work, DateTimeOffset? endsAt, CancellationToken ct)
    {
        await RoomClock.SetAsync(work, endsAt, ct);
        work.Append("room.clock", RoomRules.LeadsAs(work.File), new RoomClockBody(endsAt));
    }

    public static SetRoomClockOutcome Judge(CaseFile file, PersonId me, int? minutes)
    {
        if (!RoomRules.Leads(file, me))
        {
            return SetRoomClockOutcome.NotTheFacilitator;
        }

        if (!RoomRules.IsOpen(file))
        {
            return SetRoomClockOutcome.NotOpen;
        }

        return minutes is < 1 or > MostMinutes ? SetRoomClockOutcome.OutOfRange : SetRoomClockOutcome.Set;
    }

    public static Refusal? Refuse(SetRoomClockOutcome outcome) => outcome switch
    {
        SetRoomClockOutcome.Set => null,
        SetRoomClockOutcome.NotTheFacilitator => Refusal.NotYours,
        SetRoomClockOutcome.NotOpen => Refusal.Conflict("room-not-open"),
        SetRoomClockOutcome.NoClock => Refusal.Conflict("room-no-clock"),
        SetRoomClockOutcome.OutOfRange => Refusal.Invalid(new FieldProblem("minutes", "range")),
    };
}

/// <summary>Gives the phase more time than its clock shows.</summary>
internal sealed class ExtendRoomClock(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ExtendRoomClockCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ExtendRoomClockCommand command, CancellationToken ct)
    {
        var outcome = SetRoomClock.Judge(work.File, work.Me, command.Minutes);
        if (outcome == SetRoomClockOutcome.Set && work.File.Room!.PhaseEndsAt is null)
        {
            outcome = SetRoomClockOutcome.NoClock;
        }

        if (outcome == SetRoomClockOutcome.Set)
        {
            var from = work.File.Room!.PhaseEndsAt!.Value;
            await SetRoomClock.SetAsync(work, (from > work.Now ? from : work.Now).AddMinutes(command.Minutes), ct);
        }

        return SetRoomClock.Refuse(outcome);
    }
}

/// <summary>The body of <c>room.clock</c>.</summary>
/// <param name="EndsAt">Null: the clock was cleared.</param>
internal sealed record RoomClockBody(DateTimeOffset? EndsAt);
