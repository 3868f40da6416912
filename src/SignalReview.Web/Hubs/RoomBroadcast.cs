using Microsoft.AspNetCore.SignalR;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Web.Hubs;

/// <summary>
/// Tells those who follow a case what a command changed. Everything it sends is the same for everyone who gets it; what is personal they
/// read for themselves.
/// </summary>
internal sealed partial class RoomBroadcast(
    IHubContext<RoomHub, IRoomClient> hub,
    RoomTracker tracker,
    RoomAudiences audiences,
    CaseReads reads,
    PeopleDirectory directory,
    ILogger<RoomBroadcast> logger) : IOutboxDelivery
{
    private const string MessageSaid = "message.said";

    // A window that does not read holds up the others no longer than this; it sees the gap and joins again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task DeliverAsync(OutboxMessage message, CancellationToken ct)
    {
        // With a backplane other nodes may have listeners: then this node must tell whoever they are.
        if (tracker.ChairsOf(message.Case).Count == 0)
        {
            return;
        }

        var said = message.News.Types.Contains(MessageSaid, StringComparer.Ordinal) ? message.News.Created : null;
        if (await audiences.FindAsync(message.Case, said, ct) is not { } audience
            || await reads.PulseAsync(message.Case, ct) is not { } pulse)
        {
            return;
        }

        await ExpelAsync(message.Case, audience, ct);
        var followers = hub.Clients.Groups(RoomGroups.Of(message.Case, audience.Followers));
        await SendAsync(message.Case, followers.CaseChanged(Event(message, pulse)), ct);
        foreach (var heard in audience.Messages)
        {
            var readers = hub.Clients.Groups(RoomGroups.Of(message.Case, heard.Readers));
            await SendAsync(message.Case, readers.MessageSaid(new(message.Case, heard.Message)), ct);
        }
    }

    /// <summary>Tells the room who is there now.</summary>
    public async Task TellPresenceAsync(CaseId caseId, CancellationToken ct)
    {
        if (await audiences.FindAsync(caseId, null, ct) is { } audience)
        {
            await TellPresenceAsync(caseId, audience, ct);
        }
    }

    private async Task TellPresenceAsync(CaseId caseId, RoomAudience audience, CancellationToken ct)
    {
        var (number, present) = tracker.Present(caseId);
        var members = present.Where(audience.Members.Contains).ToList();
        var people = await directory.GetAsync(ct);
        var told = new PresenceEvent(caseId, number, [.. members.Select(people.Ref)]);
        await SendAsync(caseId, hub.Clients.Groups(RoomGroups.Of(caseId, members)).PresenceChanged(told), ct);
    }

    /// <summary>Those whose access has ended leave the group, and hear so.</summary>
    private async Task ExpelAsync(CaseId caseId, RoomAudience audience, CancellationToken ct)
    {
        var leaving = tracker.ChairsOf(caseId)
            .Where(c => !audience.Followers.Contains(c.Person) || (c.IsMember && !audience.Members.Contains(c.Person)))
            .ToList();
        foreach (var chair in leaving)
        {
            tracker.Leave(caseId, chair.ConnectionId);
            await hub.Groups.RemoveFromGroupAsync(chair.ConnectionId, RoomGroups.Of(caseId, chair.Person), ct);
            await SendAsync(caseId, hub.Clients.Client(chair.ConnectionId).AccessEnded(new(caseId)), ct);
        }

        if (leaving.Exists(c => c.IsMember))
        {
            await TellPresenceAsync(caseId, audience, ct);
        }
    }

    private async Task SendAsync(CaseId caseId, Task sending, CancellationToken ct)
    {
        try
        {
            await sending.WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            LogSlow(logger, caseId);
        }
    }

    private static CaseChangedEvent Event(OutboxMessage message, CasePulse pulse) => new(
        message.Case,
        message.Seq,
        message.News.Types,
        message.News.Created,
        pulse.Phase,
        pulse.RoomPhase,
        pulse.Round,
        pulse.ReadingsIn,
        pulse.ReadingsAsked,
        pulse.VotesIn,
        pulse.VotesAsked,
        pulse.PhaseEndsAt,
        pulse.DueAt);

    [LoggerMessage(8001, LogLevel.Warning, "A connection that follows case {CaseId} does not read; the others were not kept waiting")]
    private static partial void LogSlow(ILogger logger, CaseId caseId);
}
