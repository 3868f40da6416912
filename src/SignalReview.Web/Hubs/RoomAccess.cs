using Microsoft.AspNetCore.SignalR;
using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Web.Hubs;

/// <summary>Ends access: the connection leaves the case's groups at once, hears so, and is cut when it follows nothing else.</summary>
internal sealed partial class RoomAccess(
    IHubContext<RoomHub, IRoomClient> hub, RoomTracker tracker, RoomLines lines, PeopleDirectory directory, TimeProvider time, ILogger<RoomAccess> logger)
{
    // So that the last word still goes out; nothing else does, for the connection is in no group any more.
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(300);

    /// <param name="caseId">The case of which the connection may hear no more.</param>
    /// <param name="chair">The connection.</param>
    /// <param name="ct">The caller's token.</param>
    public async Task EndAsync(CaseId caseId, RoomChair chair, CancellationToken ct)
    {
        tracker.Leave(caseId, chair.ConnectionId);
        foreach (var group in RoomGroups.Of(caseId, chair))
        {
            await hub.Groups.RemoveFromGroupAsync(chair.ConnectionId, group, ct);
        }

        var said = hub.Clients.Client(chair.ConnectionId).AccessEnded(new(caseId));
        if (tracker.CasesOf(chair.ConnectionId).Count == 0)
        {
            _ = CutAsync(chair.ConnectionId, said);
        }

        LogEnded(logger, chair.ConnectionId, caseId);
    }

    /// <summary>Somebody signed out: every window that was open on that sign-in ends.</summary>
    /// <returns>The cases that they followed, whose rooms are to hear who is still there (<see cref="RoomNews.PresenceChanged"/>).</returns>
    public Task<IReadOnlyList<CaseId>> EndSessionAsync(string session, CancellationToken ct) => EndAllAsync(lines.OfSession(session), ct);

    /// <summary>Who does not work here any more has no connection.</summary>
    /// <returns>As for <see cref="EndSessionAsync"/>.</returns>
    public async Task<IReadOnlyList<CaseId>> EndStrangersAsync(CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        // Somebody who signed in for the first time may not be in this snapshot yet: only who is known and has left.
        return await EndAllAsync(lines.Unless(subject => people.Find(subject) is not { Active: false }), ct);
    }

    private async Task<IReadOnlyList<CaseId>> EndAllAsync(IReadOnlyList<string> connections, CancellationToken ct)
    {
        var left = new HashSet<CaseId>();
        foreach (var connection in connections)
        {
            var followed = tracker.CasesOf(connection);
            foreach (var caseId in followed)
            {
                if (tracker.Find(caseId, connection) is { } chair)
                {
                    await EndAsync(caseId, chair, ct);
                    left.Add(caseId);
                }
            }

            if (followed.Count == 0)
            {
                lines.Abort(connection);
            }
        }

        return [.. left];
    }

    private async Task CutAsync(string connectionId, Task said)
    {
        // A connection that does not read would never let the word be said: it is cut all the same.
        await Task.WhenAny(said, Task.Delay(LastWord, time));
        await Task.Delay(LastWord, time);
        lines.Abort(connectionId);
    }

    [LoggerMessage(8004, LogLevel.Information, "Connection {ConnectionId} no longer hears of case {CaseId}: its access has ended")]
    private static partial void LogEnded(ILogger logger, string connectionId, CaseId caseId);
}
