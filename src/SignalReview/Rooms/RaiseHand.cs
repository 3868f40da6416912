using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum HandOutcome
{
    Done,
    NotInvited,
    NotOpen,
    AlreadyUp,
    NotUp,
    NotYours,
}

/// <summary>Somebody asks for the floor.</summary>
internal sealed class RaiseHand(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, RaiseHandCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, RaiseHandCommand command, CancellationToken ct)
    {
        var file = work.File;
        var outcome = !file.MayEnterRoom(work.Me) ? HandOutcome.NotInvited
            : !RoomRules.IsOpen(file) ? HandOutcome.NotOpen
            : HandRules.IsUp(file, work.Me) || file.Room!.FloorId == work.Me ? HandOutcome.AlreadyUp
            : HandOutcome.Done;
        if (outcome == HandOutcome.Done)
        {
            work.Append("hand.raised", RoomRules.TakesPartAs(file, work.Me), new { });
            await work.ExecuteAsync(
                "rooms/raise_hand", new { CaseId = work.Case, PersonId = work.Me, file.Case.Seq, work.Now }, ct);
            await RoomRules.AcceptAsync(work, ct);
        }

        return HandRules.Refuse(outcome);
    }
}

/// <summary>Takes a hand down: one's own, or for whoever leads anybody's.</summary>
internal sealed class LowerHand(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, LowerHandCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, LowerHandCommand command, CancellationToken ct)
    {
        var file = work.File;
        var whose = command.Person is { } id ? new PersonId(id) : work.Me;
        var outcome = !file.MayEnterRoom(work.Me) ? HandOutcome.NotInvited
            : !RoomRules.IsOpen(file) ? HandOutcome.NotOpen
            : whose != work.Me && !RoomRules.Leads(file, work.Me) ? HandOutcome.NotYours
            : HandRules.IsUp(file, whose) ? HandOutcome.Done
            : HandOutcome.NotUp;
        if (outcome == HandOutcome.Done)
        {
            await work.ExecuteAsync("rooms/lower_hand", new { CaseId = work.Case, PersonId = whose }, ct);
            var role = whose == work.Me ? RoomRules.TakesPartAs(file, work.Me) : RoomRules.LeadsAs(file);
            work.Append("hand.lowered", role, new HandBody(whose));
        }

        return HandRules.Refuse(outcome);
    }
}

internal static class HandRules
{
    public static bool IsUp(CaseFile file, PersonId person) => file.Hands.Any(h => h.PersonId == person);

    public static Refusal? Refuse(HandOutcome outcome) => outcome switch
    {
        HandOutcome.Done => null,
        HandOutcome.NotInvited => Refusal.Forbidden("not-in-room"),
        HandOutcome.NotOpen => Refusal.Conflict("room-not-open"),
        HandOutcome.AlreadyUp => Refusal.Conflict("hand-already-up"),
        HandOutcome.NotUp => Refusal.Conflict("hand-not-up"),
        HandOutcome.NotYours => Refusal.NotYours,
    };
}

/// <summary>The body of <c>hand.lowered</c>, <c>floor.given</c> and <c>floor.ended</c>.</summary>
internal sealed record HandBody(PersonId Person);
