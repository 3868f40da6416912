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
    Outbox outbox,
    PeopleDirectory directory,
    ILogger<RoomBroadcast> logger) : IOutboxDelivery, IDisposable
{
    private const string MessageSaid = "message.said";

    /// <summary>Of these the message stands anew as it is now.</summary>
    private static readonly string[] MessageChanged = ["message.edited", "message.retracted"];

    // The pump and the look for other nodes' news tell a case one after the other.
    private readonly SemaphoreSlim telling = new(1, 1);

    // A window that does not read holds up the others no longer than this; it sees the gap and joins again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Tells all that is new in the case, this message with it; when nobody follows it here there is nothing to do.</summary>
    public Task DeliverAsync(OutboxMessage message, CancellationToken ct) => TellAsync(message.Case, ct);

    /// <summary>
    /// Tells what followers on this node have not heard yet, in order and once: news that another node delivered is made up for first.
    /// </summary>
    public async Task TellAsync(CaseId caseId, CancellationToken ct)
    {
        if (tracker.ToldOf(caseId) is null)
        {
            return;
        }

        await telling.WaitAsync(ct);
        try
        {
            foreach (var missed in tracker.ToldOf(caseId) is { } told ? await outbox.AfterAsync(caseId, told, ct) : [])
            {
                await TellAsync(caseId, missed, ct);
                tracker.Told(caseId, missed.Seq);
            }
        }
        finally
        {
            telling.Release();
        }
    }

    public void Dispose() => telling.Dispose();

    private async Task TellAsync(CaseId caseId, MissedNews missed, CancellationToken ct)
    {
        var isNew = missed.News.Types.Contains(MessageSaid, StringComparer.Ordinal);
        var message = isNew || missed.News.Types.Intersect(MessageChanged, StringComparer.Ordinal).Any() ? missed.News.Created : null;
        if (await audiences.FindAsync(caseId, message, ct) is not { } audience || await reads.PulseAsync(caseId, ct) is not { } pulse)
        {
            return;
        }

        await ExpelAsync(caseId, audience, ct);
        var followers = hub.Clients.Groups(RoomGroups.Of(caseId, audience.Followers));
        await SendAsync(caseId, followers.CaseChanged(Event(missed, pulse)), ct);
        foreach (var heard in audience.Messages)
        {
            var readers = hub.Clients.Groups(RoomGroups.Of(caseId, heard.Readers));
            var told = new MessageSaidEvent(caseId, heard.Message);
            await SendAsync(caseId, isNew ? readers.MessageSaid(told) : readers.MessageChanged(told), ct);
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

    private static CaseChangedEvent Event(MissedNews missed, CasePulse pulse) => new(
        pulse.CaseId,
        missed.Seq,
        missed.News.Types,
        missed.News.Created,
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
