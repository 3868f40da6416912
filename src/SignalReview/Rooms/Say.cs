using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Rooms;

internal enum SayOutcome
{
    Said,
    NotInvited,
    NotOpen,
    Incomplete,
}

/// <summary>Somebody says something in the room.</summary>
internal sealed class Say(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, SayCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, SayCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("text", command.Text);
        var outcome = Judge(work.File, work.Me, check.Problems);
        if (outcome == SayOutcome.Said)
        {
            outcome = await SayAsync(work, command.Text, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task<SayOutcome> SayAsync(Work work, string text, CancellationToken ct)
    {
        var eventId = work.Append("message.said", RoomRules.TakesPartAs(work.File, work.Me), new MessageBody(text));
        var said = await work.ExecuteAsync(
            "rooms/say", new { CaseId = work.Case, PersonId = work.Me, EventId = eventId, work.File.Case.Seq, work.Now }, ct);
        await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Message }, ct);
        await RoomRules.AcceptAsync(work, ct);
        work.Created = eventId;
        return said == 1 ? SayOutcome.Said : SayOutcome.NotOpen;
    }

    private static SayOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems)
    {
        if (!file.MayEnterRoom(me))
        {
            return SayOutcome.NotInvited;
        }

        if (!RoomRules.IsOpen(file))
        {
            return SayOutcome.NotOpen;
        }

        return problems.Count > 0 ? SayOutcome.Incomplete : SayOutcome.Said;
    }

    private static Refusal? Refuse(SayOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        SayOutcome.Said => null,
        SayOutcome.NotInvited => Refusal.Forbidden("not-in-room"),
        SayOutcome.NotOpen => Refusal.Conflict("room-not-open"),
        SayOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>message.said</c>.</summary>
internal sealed record MessageBody(string Text);
