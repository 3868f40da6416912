using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Rooms;

internal enum SayOutcome
{
    Said,
    NotInvited,
    NotOpen,
    Incomplete,
    NothingToAnswer,
    NotToBeSeen,
    NotInRoom,
}

/// <summary>Somebody says something in the room.</summary>
internal sealed class Say(CommandRunner commands, PeopleDirectory directory)
{
    public async Task<CommandResult> RunAsync(Actor actor, CaseId caseId, SayCommand command, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        return await commands.RunAsync(actor, caseId, command, (work, c, token) => HandleAsync(work, c, people, token), ct);
    }

    private static async Task<Refusal?> HandleAsync(Work work, SayCommand command, PeopleSnapshot people, CancellationToken ct)
    {
        var problems = Problems(command);
        var outcome = Judge(work.File, BlindView.SightOf(work.File, work.Actor, people), work.Me, command, problems);
        if (outcome == SayOutcome.Said && PhaseRules.Refuse(Phase(work.File, work.Me, command)) is { } notNow)
        {
            return notNow;
        }

        if (outcome == SayOutcome.Said)
        {
            outcome = await SayAsync(work, command, ct);
        }

        return Refuse(outcome, problems);
    }

    private static PhaseVerdict Phase(CaseFile file, PersonId me, SayCommand command) =>
        PhaseRules.Judge(file, me, command.Kind, command.Text, file.Messages.FirstOrDefault(m => m.EventId == command.ReplyTo)?.Kind);

    private static async Task<SayOutcome> SayAsync(Work work, SayCommand command, CancellationToken ct)
    {
        var body = new MessageBody(command.Text, command.Kind, command.ReplyTo, command.Anchor, Mentions.Of(command.Mentions));
        var eventId = work.Append("message.said", RoomRules.TakesPartAs(work.File, work.Me), body);
        var said = await work.ExecuteAsync(
            "rooms/say",
            new
            {
                CaseId = work.Case,
                PersonId = work.Me,
                EventId = eventId,
                work.File.Case.Seq,
                work.Now,
                command.Kind,
                command.ReplyTo,
                AnchorKind = command.Anchor?.Kind,
                AnchorId = command.Anchor?.Id,
            },
            ct);
        await Mentions.AddAsync(work, eventId, Mentions.Of(command.Mentions), ct);
        await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Message }, ct);
        await RoomRules.AcceptAsync(work, ct);
        work.Created = eventId;
        return said == 1 ? SayOutcome.Said : SayOutcome.NotOpen;
    }

    private static IReadOnlyList<FieldProblem> Problems(SayCommand command)
    {
        var check = new FieldCheck();
        check.Required("text", command.Text);
        check.Required<MessageKind>("kind", command.Kind);
        if (command is { ReplyTo: not null, Anchor: not null })
        {
            check.Add("anchor", "inReply");
        }
        else
        {
            check.Required<AnchorKind>("anchor.kind", command.Anchor is { } anchor ? anchor.Kind : AnchorKind.Reading);
        }

        return check.Problems;
    }

    private static SayOutcome Judge(
        CaseFile file, BlindViewSight sight, PersonId me, SayCommand command, IReadOnlyList<FieldProblem> problems)
    {
        if (!file.MayEnterRoom(me))
        {
            return SayOutcome.NotInvited;
        }

        if (!RoomRules.IsOpen(file))
        {
            return SayOutcome.NotOpen;
        }

        if (problems.Count > 0)
        {
            return SayOutcome.Incomplete;
        }

        if (command.ReplyTo is { } answered && file.Messages.All(m => m.EventId != answered))
        {
            return SayOutcome.NothingToAnswer;
        }

        if (command.Anchor is { } anchor && !BlindViewAnchors.MaySee(file, sight, anchor))
        {
            return SayOutcome.NotToBeSeen;
        }

        return Mentions.AllInRoom(file, command.Mentions) ? SayOutcome.Said : SayOutcome.NotInRoom;
    }

    private static Refusal? Refuse(SayOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        SayOutcome.Said => null,
        SayOutcome.NotInvited => Refusal.Forbidden("not-in-room"),
        SayOutcome.NotOpen => Refusal.Conflict("room-not-open"),
        SayOutcome.Incomplete => Refusal.Invalid(problems),
        SayOutcome.NothingToAnswer => Refusal.Conflict("message-not-found"),
        SayOutcome.NotToBeSeen => Refusal.Conflict("anchor-not-seen"),
        SayOutcome.NotInRoom => Refusal.Conflict("mention-not-in-room"),
    };
}

/// <summary>The body of <c>message.said</c>. Before there were kinds, every message was a remark.</summary>
internal sealed record MessageBody(
    string Text,
    MessageKind Kind = MessageKind.Remark,
    Guid? ReplyTo = null,
    MessageAnchor? Anchor = null,
    IReadOnlyList<PersonId>? Mentions = null);
