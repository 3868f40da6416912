using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;

namespace SignalReview.Rooms;

internal enum EditMessageOutcome
{
    Edited,
    NotInvited,
    NoSuchMessage,
    NotYours,
    Retracted,
    NotOpen,
    Incomplete,
    NotInRoom,
}

/// <summary>Somebody changes what they said. What it said before stays to be read.</summary>
internal sealed class EditMessage(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, EditMessageCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, EditMessageCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("text", command.Text);
        var outcome = Judge(work.File, work.Me, command, check.Problems);
        if (outcome == EditMessageOutcome.Edited)
        {
            work.Created = command.Message;
            if (await DiffersAsync(work, command, ct))
            {
                outcome = await EditAsync(work, command, ct);
            }
        }

        return Refuse(outcome, check.Problems);
    }

    /// <summary>Sending it back as it was is no edit.</summary>
    private static async Task<bool> DiffersAsync(Work work, EditMessageCommand command, CancellationToken ct)
    {
        var message = work.File.Messages.First(m => m.EventId == command.Message);
        var stands = await TrailBodies.ReadAsync<MessageWords>(work.Db, work.Dossier, message.TextEvent ?? message.EventId, ct);
        return stands?.Text != command.Text || !(stands.Mentions ?? []).ToHashSet().SetEquals(Mentions.Of(command.Mentions) ?? []);
    }

    private static async Task<EditMessageOutcome> EditAsync(Work work, EditMessageCommand command, CancellationToken ct)
    {
        var mentions = Mentions.Of(command.Mentions);
        var eventId = work.Append(
            "message.edited", RoomRules.TakesPartAs(work.File, work.Me), new MessageEditedBody(command.Message, command.Text, mentions));
        // A retraction may have come first: then nothing is edited, and nothing is written.
        var edited = await work.ExecuteAsync(
            "rooms/edit_message",
            new { CaseId = work.Case, MessageId = command.Message, PersonId = work.Me, EventId = eventId, work.Now },
            ct);
        if (edited == 0)
        {
            return EditMessageOutcome.Retracted;
        }

        await work.ExecuteAsync(
            "rooms/insert_edit",
            new { CaseId = work.Case, MessageId = command.Message, EventId = eventId, work.File.Case.Seq, work.Now },
            ct);
        await Mentions.ReplaceAsync(work, command.Message, mentions, ct);
        return EditMessageOutcome.Edited;
    }

    private static EditMessageOutcome Judge(CaseFile file, PersonId me, EditMessageCommand command, IReadOnlyList<FieldProblem> problems)
    {
        if (!file.MayEnterRoom(me))
        {
            return EditMessageOutcome.NotInvited;
        }

        if (file.Messages.FirstOrDefault(m => m.EventId == command.Message) is not { } message)
        {
            return EditMessageOutcome.NoSuchMessage;
        }

        if (message.PersonId != me)
        {
            return EditMessageOutcome.NotYours;
        }

        if (message.RetractedAt is not null)
        {
            return EditMessageOutcome.Retracted;
        }

        if (!RoomRules.IsOpen(file))
        {
            return EditMessageOutcome.NotOpen;
        }

        if (problems.Count > 0)
        {
            return EditMessageOutcome.Incomplete;
        }

        return Mentions.AllInRoom(file, command.Mentions) ? EditMessageOutcome.Edited : EditMessageOutcome.NotInRoom;
    }

    private static Refusal? Refuse(EditMessageOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        EditMessageOutcome.Edited => null,
        EditMessageOutcome.NotInvited => Refusal.Forbidden("not-in-room"),
        EditMessageOutcome.NoSuchMessage => Refusal.Conflict("message-not-found"),
        EditMessageOutcome.NotYours => Refusal.Forbidden("not-your-message"),
        EditMessageOutcome.Retracted => Refusal.Conflict("message-retracted"),
        EditMessageOutcome.NotOpen => Refusal.Conflict("room-not-open"),
        EditMessageOutcome.Incomplete => Refusal.Invalid(problems),
        EditMessageOutcome.NotInRoom => Refusal.Conflict("mention-not-in-room"),
    };
}

/// <summary>The body of <c>message.edited</c>.</summary>
/// <param name="Message">Which; its earlier text stands in the events before.</param>
/// <param name="Text">The whole new text.</param>
/// <param name="Mentions">Null for nobody.</param>
internal sealed record MessageEditedBody(Guid Message, string Text, IReadOnlyList<PersonId>? Mentions = null);
