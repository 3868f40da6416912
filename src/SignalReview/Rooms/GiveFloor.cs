using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum FloorOutcome
{
    Done,
    NotTheFacilitator,
    NotOpen,
    NotInRoom,
    AlreadyGiven,
    NotGiven,
}

/// <summary>
/// Gives somebody the floor, whether or not their hand is up: until the phase ends or somebody else gets it they may say what the phase would not let them.
/// Nobody is silenced by it.
/// </summary>
internal sealed class GiveFloor(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, GiveFloorCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, GiveFloorCommand command, CancellationToken ct)
    {
        var (file, person) = (work.File, new PersonId(command.Person));
        var outcome = !RoomRules.Leads(file, work.Me) ? FloorOutcome.NotTheFacilitator
            : !RoomRules.IsOpen(file) ? FloorOutcome.NotOpen
            : !file.MayEnterRoom(person) ? FloorOutcome.NotInRoom
            : FloorOutcome.Done;
        // The row count decides between two who give it to the same person at once.
        if (outcome == FloorOutcome.Done && await work.ExecuteAsync("rooms/give_floor", new { CaseId = work.Case, PersonId = person, work.Now }, ct) == 0)
        {
            outcome = FloorOutcome.AlreadyGiven;
        }

        if (outcome == FloorOutcome.Done)
        {
            await work.ExecuteAsync("rooms/lower_hand", new { CaseId = work.Case, PersonId = person }, ct);
            work.Append("floor.given", RoomRules.LeadsAs(file), new HandBody(person));
        }

        return FloorRules.Refuse(outcome);
    }
}

/// <summary>Who has the floor gives it back; or whoever leads ends it.</summary>
internal sealed class EndFloor(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, EndFloorCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, EndFloorCommand command, CancellationToken ct)
    {
        var file = work.File;
        var leads = RoomRules.Leads(file, work.Me);
        var outcome = !leads && file.Room?.FloorId != work.Me ? FloorOutcome.NotTheFacilitator
            : !RoomRules.IsOpen(file) ? FloorOutcome.NotOpen
            : file.Room!.FloorId is null ? FloorOutcome.NotGiven
            : FloorOutcome.Done;
        if (outcome == FloorOutcome.Done)
        {
            var whose = file.Room!.FloorId!.Value;
            await work.ExecuteAsync("rooms/end_floor", new { CaseId = work.Case, PersonId = whose }, ct);
            work.Append("floor.ended", whose == work.Me ? RoomRules.TakesPartAs(file, work.Me) : RoomRules.LeadsAs(file), new HandBody(whose));
        }

        return FloorRules.Refuse(outcome);
    }
}

internal static class FloorRules
{
    public static Refusal? Refuse(FloorOutcome outcome) => outcome switch
    {
        FloorOutcome.Done => null,
        FloorOutcome.NotTheFacilitator => Refusal.NotYours,
        FloorOutcome.NotOpen => Refusal.Conflict("room-not-open"),
        FloorOutcome.NotInRoom => Refusal.Invalid(new FieldProblem("person", "unknown")),
        FloorOutcome.AlreadyGiven => Refusal.Conflict("floor-already-given"),
        FloorOutcome.NotGiven => Refusal.Conflict("floor-not-given"),
    };
}
