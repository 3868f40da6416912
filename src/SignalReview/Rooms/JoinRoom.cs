using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum JoinRoomOutcome
{
    Joined,
    NotInvited,
    NotOpen,
}

/// <summary>Somebody enters the room. Coming back after a lost connection is no second arrival.</summary>
internal sealed class JoinRoom(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, JoinRoomCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, JoinRoomCommand command, CancellationToken ct)
    {
        var file = work.File;
        var outcome = !file.MayEnterRoom(work.Me) ? JoinRoomOutcome.NotInvited
            : !RoomRules.IsOpen(file) ? JoinRoomOutcome.NotOpen
            : JoinRoomOutcome.Joined;
        if (outcome == JoinRoomOutcome.Joined)
        {
            await RoomRules.AcceptAsync(work, ct);
            if (await work.ExecuteAsync("rooms/join", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct) == 1)
            {
                work.Append("room.joined", RoomRules.TakesPartAs(file, work.Me), new { });
            }
        }

        return Refuse(outcome);
    }

    private static Refusal? Refuse(JoinRoomOutcome outcome) => outcome switch
    {
        JoinRoomOutcome.Joined => null,
        JoinRoomOutcome.NotInvited => Refusal.Forbidden("not-in-room"),
        JoinRoomOutcome.NotOpen => Refusal.Conflict("room-not-open"),
    };
}
