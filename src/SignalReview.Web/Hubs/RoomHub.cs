using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Signals;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Hubs;

/// <summary>
/// The live door of a case. Who calls is known from the claims of the connection, never from what it sends. Commands go the same way as over
/// HTTP and are answered to the caller alone; what they changed comes to everyone through the outbox.
/// </summary>
[Authorize]
internal sealed partial class RoomHub(
    Actors actors,
    RoomAudiences audiences,
    RoomTracker tracker,
    RoomLines lines,
    RoomNews news,
    CaseReads reads,
    DraftStore drafts,
    Outbox outbox,
    PeopleDirectory directory,
    RefusalTexts texts) : Hub<IRoomClient>
{
    /// <summary>Follows a case, and enters its room where there is one for the caller. Also after every reconnect.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="lastSeq">The last sequence number that the client saw; 0 when it saw none.</param>
    /// <param name="join">The use case.</param>
    /// <param name="time">The clock.</param>
    public async Task<JoinAnswer> Join(CaseId caseId, long lastSeq, JoinRoom join, TimeProvider time)
    {
        if (await CallerAsync() is not { } actor)
        {
            return Refused(texts.Of("unknown-person"));
        }

        var seat = await audiences.SeatOfAsync(actor, caseId, Aborted);
        if (seat.Follows)
        {
            // First listen, then look: what happens in between comes twice rather than never.
            if (tracker.Find(caseId, Context.ConnectionId) is { IsMember: true } && !seat.IsMember)
            {
                await StepOutAsync(caseId);
            }

            var chair = new RoomChair(Context.ConnectionId, actor.Person, seat.IsMember);
            tracker.Enter(caseId, chair, seat.Seq);
            foreach (var group in RoomGroups.Of(caseId, chair))
            {
                await Groups.AddToGroupAsync(Context.ConnectionId, group, Aborted);
            }
        }

        // Other refusals mean that the case has moved on meanwhile; the view tells.
        if (seat.ShouldJoin
            && await join.RunAsync(actor, caseId, new(Guid.CreateVersion7(time.GetUtcNow())), Aborted) is { Refusal: { Kind: RefusalKind.Busy } busy })
        {
            await StepOutAsync(caseId);
            return Refused(texts.Of(busy));
        }

        var (view, refusal) = await reads.ReadLiveAsync(actor, caseId, "room", opens: false, Aborted);
        if (view is null)
        {
            await StepOutAsync(caseId);
            return Refused(texts.Of(refusal!));
        }

        var missed = lastSeq > 0 ? await outbox.AfterAsync(caseId, lastSeq, Aborted) : [];
        var answer = new JoinAnswer(
            view.Seq, view, [], [.. missed.Where(m => m.Seq <= view.Seq).Select(m => new MissedChange(m.Seq, m.News.Types, m.News.Created))], null);
        if (!seat.IsMember)
        {
            return answer;
        }

        news.PresenceChanged(caseId);
        var presence = tracker.Present(caseId);
        var people = await directory.GetAsync(Aborted);
        return answer with
        {
            Present = [.. presence.Here.Select(people.Ref)],
            Away = [.. presence.Away.Select(people.Ref)],
            Drafts = await DraftsAsync(actor, caseId),
        };
    }

    public Task<HubAnswer> Say(CaseId caseId, SayCommand command, Say useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> EditMessage(CaseId caseId, EditMessageCommand command, EditMessage useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> RetractMessage(CaseId caseId, RetractMessageCommand command, RetractMessage useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> CastVote(CaseId caseId, CastVoteCommand command, CastVote useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> TightenAnonymity(CaseId caseId, TightenAnonymityCommand command, TightenAnonymity useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> OpenVote(CaseId caseId, OpenVoteCommand command, OpenVote useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> RevealVotes(CaseId caseId, RevealVotesCommand command, RevealVotes useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> SecondRound(CaseId caseId, SecondRoundCommand command, SecondRound useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> Harvest(CaseId caseId, HarvestCommand command, Harvest useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> MovePhase(CaseId caseId, MovePhaseCommand command, MovePhase useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> RaiseHand(CaseId caseId, RaiseHandCommand command, RaiseHand useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> LowerHand(CaseId caseId, LowerHandCommand command, LowerHand useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> GiveFloor(CaseId caseId, GiveFloorCommand command, GiveFloor useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> EndFloor(CaseId caseId, EndFloorCommand command, EndFloor useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> ExtendClock(CaseId caseId, ExtendRoomClockCommand command, ExtendRoomClock useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> SetClock(CaseId caseId, SetRoomClockCommand command, SetRoomClock useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> ChooseOptions(CaseId caseId, ChooseOptionsCommand command, ChooseOptions useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> CheckMissing(CaseId caseId, CheckMissingCommand command, CheckMissing useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    public Task<HubAnswer> UncheckMissing(CaseId caseId, UncheckMissingCommand command, UncheckMissing useCase) =>
        RunAsync(actor => useCase.RunAsync(actor, caseId, command, Aborted));

    private CancellationToken Aborted => Context.ConnectionAborted;

    private async ValueTask<Actor?> CallerAsync() => await actors.FindAsync(Context.User!.RequiredSubject(), "hub", Aborted);

    private async Task<HubAnswer> RunAsync(Func<Actor, Task<CommandResult>> run)
    {
        if (await CallerAsync() is not { } actor)
        {
            return Answer(texts.Of("unknown-person"));
        }

        var result = await run(actor);
        return result.Refusal is { } refusal ? Answer(texts.Of(refusal)) : new(result.Seq, result.Created, null);
    }

    private async Task StepOutAsync(CaseId caseId)
    {
        if (tracker.Leave(caseId, Context.ConnectionId) is { } chair)
        {
            foreach (var group in RoomGroups.Of(caseId, chair))
            {
                await Groups.RemoveFromGroupAsync(Context.ConnectionId, group, Aborted);
            }
        }
    }

    private static HubAnswer Answer(RefusalText refusal) => new(0, null, refusal);

    private static JoinAnswer Refused(RefusalText refusal) => new(0, null, [], [], refusal);
}
