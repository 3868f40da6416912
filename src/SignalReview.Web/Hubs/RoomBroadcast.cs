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
    RoomAccess access,
    RoomAudiences audiences,
    CaseReads reads,
    Outbox outbox,
    PeopleDirectory directory,
    ILogger<RoomBroadcast> logger) : IOutboxDelivery, IDisposable
{
    private const string MessageSaid = "message.said";

    /// <summary>Of these the message stands anew as it is now.</summary>
    private static readonly string[] MessageChanged = ["message.edited", "message.retracted"];

    // After these everyone may hear what they could before, so that need not be found out again. Whatever is not named here is looked at.
    private static readonly string[] SameAudience = ["vote.cast", "room.joined"];

    // A commit, the pump and the look for other nodes' news tell a case one after the other.
    private readonly SemaphoreSlim telling = new(1, 1);

    /// <summary>Tells all that is new in the case, this message with it; when it was told already, or nobody follows it here, there is nothing to do.</summary>
    public Task DeliverAsync(OutboxMessage message, CancellationToken ct) =>
        tracker.ToldOf(message.Case) is { } told && told < message.Seq ? TellAsync(message.Case, ct) : Task.CompletedTask;

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

    /// <summary>Finds out anew who may hear of the case, and ends the access of who may not.</summary>
    public async Task CheckAccessAsync(CaseId caseId, CancellationToken ct)
    {
        await telling.WaitAsync(ct);
        try
        {
            tracker.Keep(caseId, null);
            if (await AudienceAsync(caseId, ct) is { } audience)
            {
                await ExpelAsync(caseId, audience, ct);
            }
        }
        finally
        {
            telling.Release();
        }
    }

    /// <summary>Tells the room who is there now.</summary>
    public async Task TellPresenceAsync(CaseId caseId, CancellationToken ct)
    {
        if (await AudienceAsync(caseId, ct) is not { } audience || tracker.ChairsOf(caseId).Any(c => c.IsMember && !audience.Members.Contains(c.Person)))
        {
            return; // somebody is about to be shown out, and then it is told
        }

        var presence = tracker.Present(caseId);
        var here = presence.Here.Where(audience.Members.Contains).ToList();
        var away = presence.Away.Where(audience.Members.Contains).ToList();
        var people = await directory.GetAsync(ct);
        var told = new PresenceEvent(caseId, presence.Number, [.. here.Select(people.Ref)]) { Away = [.. away.Select(people.Ref)] };
        Send(caseId, hub.Clients.Group(RoomGroups.Members(caseId)).PresenceChanged(told));
    }

    /// <summary>Says once more where the case is, for whom the last news got lost on its way.</summary>
    public async Task EchoAsync(CaseId caseId, long seq, CancellationToken ct)
    {
        if (await AudienceAsync(caseId, ct) is { } audience && tracker.ChairsOf(caseId).All(c => audience.Followers.Contains(c.Person)))
        {
            Send(caseId, hub.Clients.Group(RoomGroups.Followers(caseId)).CaseAt(new(caseId, seq)));
        }
    }

    public void Dispose() => telling.Dispose();

    private async Task TellAsync(CaseId caseId, MissedNews missed, CancellationToken ct)
    {
        if (missed.News.Types.Except(SameAudience, StringComparer.Ordinal).Any())
        {
            tracker.Keep(caseId, null);
        }

        var isNew = missed.News.Types.Contains(MessageSaid, StringComparer.Ordinal);
        var message = isNew || missed.News.Types.Intersect(MessageChanged, StringComparer.Ordinal).Any() ? missed.News.Created : null;
        var audience = message is null ? await AudienceAsync(caseId, ct) : await audiences.FindAsync(caseId, message, ct);
        if (audience is null || await reads.PulseAsync(caseId, ct) is not { } pulse)
        {
            return;
        }

        await ExpelAsync(caseId, audience, ct);
        Send(caseId, hub.Clients.Group(RoomGroups.Followers(caseId)).CaseChanged(Event(missed, pulse)));
        if (audience.Messages.Count == 0)
        {
            return;
        }

        // Words leave only when the trail says that they were read.
        var present = tracker.ChairsOf(caseId).Where(c => c.IsMember).Select(c => c.Person).ToHashSet();
        var covered = await reads.CoverAsync(caseId, present, ct);
        foreach (var heard in audience.Messages)
        {
            var readers = Readers(caseId, heard, covered);
            var told = new MessageSaidEvent(caseId, heard.Message);
            Send(caseId, isNew ? readers.MessageSaid(told) : readers.MessageChanged(told));
        }
    }

    /// <summary>The room, when all that are in it here read these words; otherwise those who do.</summary>
    private IRoomClient Readers(CaseId caseId, HeardMessage heard, IReadOnlySet<PersonId> covered)
    {
        var members = tracker.ChairsOf(caseId).Where(c => c.IsMember).ToLookup(c => heard.Readers.Contains(c.Person) && covered.Contains(c.Person), c => c.ConnectionId);
        return members[false].Any() ? hub.Clients.Clients([.. members[true]]) : hub.Clients.Group(RoomGroups.Members(caseId));
    }

    /// <summary>As last found out, unless something has happened since by which it may have changed.</summary>
    private async Task<RoomAudience?> AudienceAsync(CaseId caseId, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        if (tracker.AudienceOf(caseId) is { } known && ReferenceEquals(known.People, people))
        {
            return known.Audience;
        }

        var audience = await audiences.FindAsync(caseId, null, ct);
        tracker.Keep(caseId, audience is null ? null : new(audience, people));
        return audience;
    }

    /// <summary>Those whose access has ended leave the group, and hear so.</summary>
    private async Task ExpelAsync(CaseId caseId, RoomAudience audience, CancellationToken ct)
    {
        var leaving = tracker.ChairsOf(caseId)
            .Where(c => !audience.Followers.Contains(c.Person) || (c.IsMember && !audience.Members.Contains(c.Person)))
            .ToList();
        foreach (var chair in leaving)
        {
            await access.EndAsync(caseId, chair, ct);
        }

        if (leaving.Exists(c => c.IsMember))
        {
            await TellPresenceAsync(caseId, ct);
        }
    }

    /// <summary>
    /// What is sent is handed to each connection at once, in order; a connection that does not read keeps only itself waiting, and is cut when
    /// that lasts (<see cref="HubSetup"/>). So nobody waits here for the slowest.
    /// </summary>
    private void Send(CaseId caseId, Task sending)
    {
        if (!sending.IsCompletedSuccessfully)
        {
            _ = WatchAsync(caseId, sending);
        }
    }

    private async Task WatchAsync(CaseId caseId, Task sending)
    {
        try
        {
            await sending;
        }
        catch (Exception e)
        {
            // Those it did not reach see the gap at the next number, and join again.
            LogNotSent(logger, caseId, e);
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

    [LoggerMessage(8001, LogLevel.Warning, "News of case {CaseId} did not reach everyone who follows it")]
    private static partial void LogNotSent(ILogger logger, CaseId caseId, Exception e);
}
