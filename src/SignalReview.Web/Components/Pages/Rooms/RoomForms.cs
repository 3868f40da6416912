using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Web.Components.Pages.Cases;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>The forms of the room as commands: what the hub does for a browser with script, they do for every browser.</summary>
internal sealed class RoomForms(
    JoinRoom join,
    Say say,
    EditMessage editMessage,
    RetractMessage retractMessage,
    MovePhase movePhase,
    RaiseHand raiseHand,
    LowerHand lowerHand,
    GiveFloor giveFloor,
    EndFloor endFloor,
    ExtendRoomClock extendClock,
    SetRoomClock setClock,
    ChooseOptions chooseOptions,
    TightenAnonymity tighten,
    OpenVote openVote,
    CastVote castVote,
    RevealVotes reveal,
    SecondRound secondRound,
    Harvest harvest)
{
    /// <returns>Null for a form that is none of the room's.</returns>
    public async Task<CommandResult?> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct)
    {
        var id = post.CommandId;
        return post.Action switch
        {
            "joinRoom" => await join.RunAsync(actor, caseId, new(id), ct),
            "say" => await say.RunAsync(actor, caseId, MessageOf(post), ct),
            "editMessage" => await editMessage.RunAsync(
                actor, caseId, new(id, post.Target ?? Guid.Empty, post.Words("text"), post.Ids("mentions")), ct),
            "retractMessage" => await retractMessage.RunAsync(actor, caseId, new(id, post.Target ?? Guid.Empty, post.Text("reason")), ct),
            "movePhase" => await movePhase.RunAsync(actor, caseId, new(id, post.Words("from"), post.Text("to"), post.Text("reason")), ct),
            "raiseHand" => await raiseHand.RunAsync(actor, caseId, new(id), ct),
            "lowerHand" => await lowerHand.RunAsync(actor, caseId, new(id, post.Target), ct),
            "giveFloor" => await giveFloor.RunAsync(actor, caseId, new(id, post.Target ?? post.Id("person") ?? Guid.Empty), ct),
            "endFloor" => await endFloor.RunAsync(actor, caseId, new(id), ct),
            "extendRoomClock" => await extendClock.RunAsync(actor, caseId, new(id, post.Number("minutes") ?? 0), ct),
            "setRoomClock" when post.Number("minutes") is null => Invalid(caseId, "minutes", "range"),
            "setRoomClock" => await setClock.RunAsync(actor, caseId, new(id, post.Number("minutes")), ct),
            "clearRoomClock" => await setClock.RunAsync(actor, caseId, new(id, null), ct),
            "chooseOptions" => await chooseOptions.RunAsync(actor, caseId, OptionsOf(post), ct),
            "tightenAnonymity" when post.Choice<Anonymity>("mode") is not { } => Invalid(caseId, "mode", "required"),
            "tightenAnonymity" => await tighten.RunAsync(actor, caseId, new(id, post.Choice<Anonymity>("mode")!.Value, post.Words("reason")), ct),
            "openVote" => await openVote.RunAsync(actor, caseId, new(id), ct),
            "castVote" => BallotForm.Read(post) switch
            {
                ({ } ballot, null) => await castVote.RunAsync(actor, caseId, ballot, ct),
                (_, { } problem) => Invalid(caseId, problem.Path, problem.Code),
                _ => throw new InvalidOperationException("A ballot's form is a command or has a problem."),
            },
            "revealVotes" => await reveal.RunAsync(actor, caseId, new(id, post.Words("reason")), ct),
            "secondRound" => await secondRound.RunAsync(actor, caseId, new(id), ct),
            "harvest" => await harvest.RunAsync(actor, caseId, new(id), ct),
            _ => null,
        };
    }

    private static SayCommand MessageOf(FormPost post) => new(
        post.CommandId,
        post.Words("text"),
        post.Choice<MessageKind>("kind") ?? MessageKind.Remark,
        post.Id("replyTo"),
        AnchorOf(post.Text("anchor")),
        post.Ids("mentions"));

    /// <summary>A choice among all that can be talked about: "reading/…" or "question/…".</summary>
    private static MessageAnchor? AnchorOf(string? value) =>
        value?.Split('/') is [var kind, var id] && Choices.Find<AnchorKind>(kind) is { } anchor && Guid.TryParse(id, out var what) ? new(anchor, what) : null;

    /// <summary>A proposal that was filled in for another method stays behind.</summary>
    private static ChooseOptionsCommand OptionsOf(FormPost post)
    {
        var method = post.Choice<VoteMethod>("method");
        return new(post.CommandId, post.Ticks<VoteOption>("options"))
        {
            Method = method,
            Proposal = method == VoteMethod.Consent ? post.Choice<VoteOption>("proposal") : null,
        };
    }

    /// <summary>To a command an empty clock means "clear" and no answer "abstain"; to somebody who left the field empty neither does.</summary>
    private static CommandResult Invalid(CaseId caseId, string field, string code) =>
        new(Refusal.Invalid(new FieldProblem(field, code)), caseId);
}
