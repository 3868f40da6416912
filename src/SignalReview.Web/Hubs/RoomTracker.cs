using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Web.Hubs;

/// <summary>One connection that follows a case.</summary>
internal sealed record RoomChair(string ConnectionId, PersonId Person, bool IsMember);

/// <summary>Who follows which case over this node, by connection: a person with two windows has two chairs and is present once.</summary>
internal sealed class RoomTracker
{
    private readonly Lock gate = new();
    private readonly Dictionary<CaseId, Dictionary<string, RoomChair>> rooms = [];
    private long number;

    public void Enter(CaseId caseId, RoomChair chair)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(caseId, out var chairs))
            {
                rooms.Add(caseId, chairs = new(StringComparer.Ordinal));
            }

            chairs[chair.ConnectionId] = chair;
        }
    }

    /// <returns>Null when the connection did not follow the case.</returns>
    public RoomChair? Leave(CaseId caseId, string connectionId)
    {
        lock (gate)
        {
            return Remove(caseId, connectionId);
        }
    }

    /// <returns>The cases in whose room the connection's person was.</returns>
    public IReadOnlyList<CaseId> LeaveAll(string connectionId)
    {
        lock (gate)
        {
            return [.. rooms.Keys.ToList().Where(caseId => Remove(caseId, connectionId) is { IsMember: true })];
        }
    }

    public IReadOnlyList<RoomChair> ChairsOf(CaseId caseId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(caseId, out var chairs) ? [.. chairs.Values] : [];
        }
    }

    public RoomChair? Find(CaseId caseId, string connectionId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(caseId, out var chairs) ? chairs.GetValueOrDefault(connectionId) : null;
        }
    }

    /// <summary>Who is present, with a number that rises from one look to the next.</summary>
    public (long Number, IReadOnlySet<PersonId> Present) Present(CaseId caseId)
    {
        lock (gate)
        {
            var present = rooms.TryGetValue(caseId, out var chairs)
                ? chairs.Values.Where(c => c.IsMember).Select(c => c.Person).ToHashSet()
                : [];
            return (++number, present);
        }
    }

    private RoomChair? Remove(CaseId caseId, string connectionId)
    {
        if (!rooms.TryGetValue(caseId, out var chairs) || !chairs.Remove(connectionId, out var chair))
        {
            return null;
        }

        if (chairs.Count == 0)
        {
            rooms.Remove(caseId);
        }

        return chair;
    }
}
