using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Web.Hubs;

/// <summary>One connection that follows a case.</summary>
internal sealed record RoomChair(string ConnectionId, PersonId Person, bool IsMember);

/// <summary>
/// Who follows which case over this node, by connection: a person with two windows has two chairs and is present once. And up to which
/// sequence number they were told.
/// </summary>
internal sealed class RoomTracker
{
    private readonly Lock gate = new();
    private readonly Dictionary<CaseId, Room> rooms = [];
    private long number;

    public IReadOnlyList<CaseId> Cases
    {
        get
        {
            lock (gate)
            {
                return [.. rooms.Keys];
            }
        }
    }

    /// <param name="caseId">The case.</param>
    /// <param name="chair">Who sits down.</param>
    /// <param name="seq">Where the case is: what comes after it is to be told.</param>
    public void Enter(CaseId caseId, RoomChair chair, long seq)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(caseId, out var room))
            {
                rooms.Add(caseId, room = new() { Told = seq });
            }

            room.Chairs[chair.ConnectionId] = chair;
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
            return rooms.TryGetValue(caseId, out var room) ? [.. room.Chairs.Values] : [];
        }
    }

    public RoomChair? Find(CaseId caseId, string connectionId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(caseId, out var room) ? room.Chairs.GetValueOrDefault(connectionId) : null;
        }
    }

    /// <summary>Who is present, with a number that rises from one look to the next.</summary>
    public (long Number, IReadOnlySet<PersonId> Present) Present(CaseId caseId)
    {
        lock (gate)
        {
            var present = rooms.TryGetValue(caseId, out var room)
                ? room.Chairs.Values.Where(c => c.IsMember).Select(c => c.Person).ToHashSet()
                : [];
            return (++number, present);
        }
    }

    /// <summary>Up to which sequence number the case's followers were told; null when nobody follows it here.</summary>
    public long? ToldOf(CaseId caseId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(caseId, out var room) ? room.Told : null;
        }
    }

    public void Told(CaseId caseId, long seq)
    {
        lock (gate)
        {
            if (rooms.TryGetValue(caseId, out var room))
            {
                room.Told = Math.Max(room.Told, seq);
            }
        }
    }

    private RoomChair? Remove(CaseId caseId, string connectionId)
    {
        if (!rooms.TryGetValue(caseId, out var room) || !room.Chairs.Remove(connectionId, out var chair))
        {
            return null;
        }

        if (room.Chairs.Count == 0)
        {
            rooms.Remove(caseId);
        }

        return chair;
    }

    private sealed class Room
    {
        public Dictionary<string, RoomChair> Chairs { get; } = new(StringComparer.Ordinal);

        public long Told { get; set; }
    }
}
