using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Hubs;

/// <summary>The connections of this node, so that one can be ended from outside its own calls.</summary>
internal sealed class RoomLines
{
    private readonly ConcurrentDictionary<string, HubCallerContext> lines = new(StringComparer.Ordinal);

    public void Opened(HubCallerContext line) => lines[line.ConnectionId] = line;

    public void Closed(string connectionId) => lines.TryRemove(connectionId, out _);

    public void Abort(string connectionId)
    {
        if (lines.TryGetValue(connectionId, out var line))
        {
            line.Abort();
        }
    }

    /// <summary>Those that were opened with this sign-in's cookie.</summary>
    public IReadOnlyList<string> OfSession(string session) => Where(line => line.User?.FindFirst(Identity.Session)?.Value == session);

    /// <summary>Those of people of whom this does not hold.</summary>
    public IReadOnlyList<string> Unless(Predicate<string> subject) => Where(line => line.UserIdentifier is { } id && !subject(id));

    private IReadOnlyList<string> Where(Predicate<HubCallerContext> holds) =>
        [.. lines.Where(line => holds(line.Value)).Select(line => line.Key)];
}
