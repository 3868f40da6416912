using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum RetractMessageOutcome
{
    Retracted,
    NotInvited,
    NoSuchMessage,
    NotYours,
    AlreadyRetracted,
    NotRunning,
    Incomplete,
}

/// <summary>
/// Takes a message out of sight, also after the room was harvested: what should not have been said must not stay because one saw it late.
/// </summary>
internal sealed class RetractMessage(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, RetractMessageCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    public static bool MayRetract(CaseFile file, PersonId person, MessageRow message) =>
        message.RetractedAt is null && !file.IsOver && file.MayEnterRoom(person) && (message.PersonId == person || RoomRules.Leads(file, person));

    private static async Task<Refusal?> HandleAsync(Work work, RetractMessageCommand command, CancellationToken ct)
    {
        var message = work.File.Messages.FirstOrDefault(m => m.EventId == command.Message);
        var mine = message?.PersonId == work.Me;
        var check = new FieldCheck();
        if (mine)
        {
            check.Lengths("reason", command.Reason);
        }
        else
        {
            check.Required("reason", command.Reason);
        }

        var outcome = Judge(work.File, work.Me, message, check.Problems);
        if (outcome == RetractMessageOutcome.Retracted)
        {
            outcome = await RetractAsync(work, command, mine, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task<RetractMessageOutcome> RetractAsync(Work work, RetractMessageCommand command, bool mine, CancellationToken ct)
    {
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason;
        var role = mine ? RoomRules.TakesPartAs(work.File, work.Me) : RoomRules.LeadsAs(work.File);
        var eventId = work.Append("message.retracted", role, new MessageRetractedBody(command.Message, reason));
        var retracted = await work.ExecuteAsync(
            "rooms/retract_message",
            new { CaseId = work.Case, MessageId = command.Message, PersonId = work.Me, EventId = eventId, work.Now },
            ct);
        await work.ExecuteAsync("rooms/forget_mentions", new { CaseId = work.Case, MessageId = command.Message }, ct);
        work.Created = command.Message;
        return retracted == 1 ? RetractMessageOutcome.Retracted : RetractMessageOutcome.AlreadyRetracted;
    }

    private static RetractMessageOutcome Judge(CaseFile file, PersonId me, MessageRow? message, IReadOnlyList<FieldProblem> problems)
    {
        if (!file.MayEnterRoom(me))
        {
            return RetractMessageOutcome.NotInvited;
        }

        if (message is null)
        {
            return RetractMessageOutcome.NoSuchMessage;
        }

        if (message.PersonId != me && !RoomRules.Leads(file, me))
        {
            return RetractMessageOutcome.NotYours;
        }

        if (message.RetractedAt is not null)
        {
            return RetractMessageOutcome.AlreadyRetracted;
        }

        if (file.IsOver)
        {
            return RetractMessageOutcome.NotRunning;
        }

        return problems.Count > 0 ? RetractMessageOutcome.Incomplete : RetractMessageOutcome.Retracted;
    }

    private static Refusal? Refuse(RetractMessageOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        RetractMessageOutcome.Retracted => null,
        RetractMessageOutcome.NotInvited => Refusal.Forbidden("not-in-room"),
        RetractMessageOutcome.NoSuchMessage => Refusal.Conflict("message-not-found"),
        RetractMessageOutcome.NotYours => Refusal.Forbidden("not-your-message"),
        RetractMessageOutcome.AlreadyRetracted => Refusal.Conflict("message-retracted"),
        RetractMessageOutcome.NotRunning => Refusal.Conflict("case-not-running"),
        RetractMessageOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>message.retracted</c>.</summary>
/// <param name="Message">Which; the trail keeps what it said.</param>
/// <param name="Reason">Why.</param>
internal sealed record MessageRetractedBody(Guid Message, string? Reason);
