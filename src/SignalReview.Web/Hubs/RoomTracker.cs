using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Web.Hubs;

/// <summary>One connection that follows a case.</summary>
internal sealed record RoomChair(string ConnectionId, PersonId Person, bool IsMember)
{
    /// <summary>Its window is there, but not looked at: another tab, a locked phone.</summary>
    public bool Hidden { get; init; }
}

/// <param name="Number">Rises from one look to the next.</param>
/// <param name="Here">Look at the room in one of their windows.</param>
/// <param name="Away">Have it open without looking, or lost their last connection a moment ago.</param>
internal sealed record RoomPresence(long Number, IReadOnlySet<PersonId> Here, IReadOnlySet<PersonId> Away);

/// <summary>Who may hear what, and by which list of people that was found out.</summary>
internal sealed record KnownAudience(RoomAudience Audience, PeopleSnapshot People);

/// <summary>
/// Who follows which case over this node, by connection: a person with two windows has two chairs and is present once. And up to which
/// sequence number they were told. In memory only, and of somebody who has gone only for <see cref="Grace"/>.
/// </summary>
internal sealed class RoomTracker(TimeProvider time)
{
    /// <summary>How long a lost connection counts as "away": about as long as a reload, a tunnel or a server's restart takes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // A number that got lost on its way shows by the next one. After the last one none follows, so it is said again: often at first.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<CaseId, Room> rooms = [];
    private readonly Dictionary<string, List<CaseId>> followed = new(StringComparer.Ordinal);
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

            if (!room.Chairs.TryGetValue(chair.ConnectionId, out var before))
            {
                (followed.TryGetValue(chair.ConnectionId, out var cases) ? cases : followed[chair.ConnectionId] = []).Add(caseId);
            }

            room.Chairs[chair.ConnectionId] = chair with { Hidden = before is { Hidden: true } };
            room.Lost.Remove(chair.Person);
            room.NewsAt = time.GetUtcNow();
        }
    }

    /// <summary>Notes whether the connection's window is looked at.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Look(CaseId caseId, string connectionId, bool hidden)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(caseId, out var room) || !room.Chairs.TryGetValue(connectionId, out var chair) || chair.Hidden == hidden)
            {
                return false;
            }

            room.Chairs[connectionId] = chair with { Hidden = hidden };
            return true;
        }
    }

    /// <summary>Somebody goes, or has to.</summary>
    /// <returns>Null when the connection did not follow the case.</returns>
    public RoomChair? Leave(CaseId caseId, string connectionId)
    {
        lock (gate)
        {
            return Remove(caseId, connectionId, lost: false);
        }
    }

    /// <summary>A connection is gone; whether its person is, shows within <see cref="Grace"/>.</summary>
    /// <returns>The cases in whose room the connection's person was.</returns>
    public IReadOnlyList<CaseId> LeaveAll(string connectionId)
    {
        lock (gate)
        {
            return followed.TryGetValue(connectionId, out var cases)
                ? [.. cases.ToList().Where(caseId => Remove(caseId, connectionId, lost: true) is { IsMember: true })]
                : [];
        }
    }

    /// <summary>Forgets whoever did not come back in time.</summary>
    /// <returns>The cases in which somebody is no longer away but gone.</returns>
    public IReadOnlyList<CaseId> ForgetLost()
    {
        var until = time.GetUtcNow() - Grace;
        lock (gate)
        {
            var changed = new List<CaseId>();
            foreach (var (caseId, room) in rooms)
            {
                var gone = room.Lost.Where(lost => lost.Value <= until).Select(lost => lost.Key).ToList();
                gone.ForEach(person => room.Lost.Remove(person));
                if (gone.Count > 0)
                {
                    changed.Add(caseId);
                }
            }

            return changed;
        }
    }

    public IReadOnlyList<RoomChair> ChairsOf(CaseId caseId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(caseId, out var room) ? [.. room.Chairs.Values] : [];
        }
    }

    public IReadOnlyList<CaseId> CasesOf(string connectionId)
    {
        lock (gate)
        {
            return followed.TryGetValue(connectionId, out var cases) ? [.. cases] : [];
        }
    }

    public RoomChair? Find(CaseId caseId, string connectionId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(caseId, out var room) ? room.Chairs.GetValueOrDefault(connectionId) : null;
        }
    }

    public RoomPresence Present(CaseId caseId)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(caseId, out var room))
            {
                return new(++number, new HashSet<PersonId>(), new HashSet<PersonId>());
            }

            var members = room.Chairs.Values.Where(c => c.IsMember).ToList();
            var here = members.Where(c => !c.Hidden).Select(c => c.Person).ToHashSet();
            var away = members.Select(c => c.Person).Concat(room.Lost.Keys).Where(p => !here.Contains(p)).ToHashSet();
            return new(++number, here, away);
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
                room.NewsAt = time.GetUtcNow();
            }
        }
    }

    /// <summary>The cases whose number is to be told once more, with that number.</summary>
    public IReadOnlyList<(CaseId Case, long Seq)> Echoes()
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            var due = rooms.Where(room => now - Later(room.Value.EchoedAt, room.Value.NewsAt) >= (now - room.Value.NewsAt < Fresh ? Often : Seldom)).ToList();
            due.ForEach(room => room.Value.EchoedAt = now);
            return [.. due.Select(room => (room.Key, room.Value.Told))];
        }
    }

    /// <summary>Who may hear what, as last found out; null when it has to be found out first.</summary>
    public KnownAudience? AudienceOf(CaseId caseId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(caseId, out var room) ? room.Audience : null;
        }
    }

    public void Keep(CaseId caseId, KnownAudience? audience)
    {
        lock (gate)
        {
            if (rooms.TryGetValue(caseId, out var room))
            {
                room.Audience = audience;
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private RoomChair? Remove(CaseId caseId, string connectionId, bool lost)
    {
        if (!rooms.TryGetValue(caseId, out var room) || !room.Chairs.Remove(connectionId, out var chair))
        {
            return null;
        }

        if (followed.TryGetValue(connectionId, out var cases) && cases.Remove(caseId) && cases.Count == 0)
        {
            followed.Remove(connectionId);
        }

        if (lost && chair.IsMember && room.Chairs.Values.All(c => c.Person != chair.Person))
        {
            room.Lost[chair.Person] = time.GetUtcNow();
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

        /// <summary>Whose last connection was lost, and when.</summary>
        public Dictionary<PersonId, DateTimeOffset> Lost { get; } = [];

        public long Told { get; set; }

        /// <summary>When there last was news, or somebody came in.</summary>
        public DateTimeOffset NewsAt { get; set; }

        public DateTimeOffset EchoedAt { get; set; }

        public KnownAudience? Audience { get; set; }
    }
}
