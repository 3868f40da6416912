using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Web.Hubs;

// Coming and going, and what somebody is writing.
internal sealed partial class RoomHub
{
    public override async Task OnConnectedAsync()
    {
        lines.Opened(Context);
        await base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        lines.Closed(Context.ConnectionId);
        foreach (var caseId in tracker.LeaveAll(Context.ConnectionId))
        {
            news.PresenceChanged(caseId);
        }

        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>No longer follows a case.</summary>
    public async Task Leave(CaseId caseId)
    {
        if (tracker.Find(caseId, Context.ConnectionId) is { } chair)
        {
            await StepOutAsync(caseId);
            if (chair.IsMember)
            {
                news.PresenceChanged(caseId);
            }
        }
    }

    /// <summary>Says whether the caller's window is looked at; who looks at none of theirs is away.</summary>
    public HubAnswer Look(CaseId caseId, bool visible)
    {
        if (tracker.Find(caseId, Context.ConnectionId) is not { IsMember: true })
        {
            return Answer(texts.Of("not-joined"));
        }

        if (tracker.Look(caseId, Context.ConnectionId, hidden: !visible))
        {
            news.PresenceChanged(caseId);
        }

        return new(0, null, null);
    }

    /// <summary>Tells the others in the room that the caller is typing; nothing is kept.</summary>
    public Task<HubAnswer> Typing(CaseId caseId) => TypesAsync(caseId, ended: false);

    /// <summary>Tells the others in the room that the caller is not typing any more.</summary>
    public Task<HubAnswer> TypingEnded(CaseId caseId) => TypesAsync(caseId, ended: true);

    /// <summary>Keeps what the caller is writing, encrypted and for their own eyes, so that another device shows it too.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="kind">Of a message or of a vote.</param>
    /// <param name="content">A JSON object.</param>
    /// <param name="revision">The revision that this device last saw; 0 when it saw none.</param>
    public async Task<DraftAnswer> SaveDraft(CaseId caseId, DraftKind kind, JsonElement content, long revision)
    {
        if (await CallerAsync() is not { } actor)
        {
            return new(SaveDraftOutcome.NotYours, 0, null, texts.Of("unknown-person"));
        }

        if (kind is not (DraftKind.Message or DraftKind.Vote) || content.ValueKind != JsonValueKind.Object)
        {
            return new(SaveDraftOutcome.NotYours, 0, null, texts.Of("draft-not-yours"));
        }

        var (outcome, draft) = await drafts.SaveAsync(actor, caseId, kind, content, revision, Aborted);
        return outcome switch
        {
            SaveDraftOutcome.Saved => new(outcome, draft!.Revision, null, null),
            SaveDraftOutcome.Outdated => new(outcome, draft!.Revision, draft, null),
            SaveDraftOutcome.NotKept => new(outcome, 0, null, texts.Of("draft-not-kept")),
            SaveDraftOutcome.NotYours => new(outcome, 0, null, texts.Of("draft-not-yours")),
            SaveDraftOutcome.TooLarge => new(outcome, 0, null, texts.Of("draft-too-large")),
        };
    }

    private async Task<HubAnswer> TypesAsync(CaseId caseId, bool ended)
    {
        if (tracker.Find(caseId, Context.ConnectionId) is not { IsMember: true } chair)
        {
            return Answer(texts.Of("not-joined"));
        }

        var mine = tracker.ChairsOf(caseId).Where(c => c.Person == chair.Person).Select(c => c.ConnectionId);
        var by = (await directory.GetAsync(Aborted)).Ref(chair.Person);
        await Clients.GroupExcept(RoomGroups.Members(caseId), mine).SomebodyTypes(new(caseId, by) { Ended = ended });
        return new(0, null, null);
    }

    private async Task<IReadOnlyList<Draft>> DraftsAsync(Actor actor, CaseId caseId)
    {
        var message = await drafts.FindAsync(actor, caseId, DraftKind.Message, Aborted);
        var vote = await drafts.FindAsync(actor, caseId, DraftKind.Vote, Aborted);
        return [.. new[] { message, vote }.OfType<Draft>()];
    }
}
