namespace SignalReview.Storage;

/// <summary>
/// Rows that write sessions have read and nobody has written since, so that the next one need not read them again: in a large room a vote
/// would read hundreds of invitations that have not changed for a week. It is exact, for a database with one writer at a time that
/// sees of itself whether another process has written in between. One session at a time comes here, the one that holds the right to write.
/// </summary>
internal sealed class RowMemory
{
    private const int MostOwners = 64;

    private readonly Dictionary<Guid, Owner> owners = [];
    private readonly Dictionary<string, long> writtenAt = new(StringComparer.OrdinalIgnoreCase);
    private long clock;

    /// <summary>What the statement gave for this owner; null when that is not known, or any of the tables it reads was written since.</summary>
    public object? Find(SqlStatement statement, Guid owner)
    {
        if (!owners.TryGetValue(owner, out var known) || !known.Rows.TryGetValue(statement, out var kept))
        {
            return null;
        }

        known.UsedAt = ++clock;
        return statement.Reads.All(table => writtenAt.GetValueOrDefault(table) <= kept.ReadAt) ? kept.Rows : null;
    }

    /// <summary>Of committed rows only: never of a table that the session itself has written.</summary>
    public void Keep(SqlStatement statement, Guid owner, object rows)
    {
        if (!owners.TryGetValue(owner, out var known))
        {
            if (owners.Count == MostOwners)
            {
                owners.Remove(owners.MinBy(o => o.Value.UsedAt).Key);
            }

            owners.Add(owner, known = new());
        }

        known.UsedAt = ++clock;
        known.Rows[statement] = new(rows, clock);
    }

    /// <summary>Before the commit, and whether it comes or not: that costs no more than reading once too often.</summary>
    public void Written(string table) => writtenAt[table] = ++clock;

    /// <summary>Somebody else has written, nobody knows what.</summary>
    public void Forget() => owners.Clear();

    private sealed class Owner
    {
        public Dictionary<SqlStatement, Kept> Rows { get; } = [];

        public long UsedAt { get; set; }
    }

    private readonly record struct Kept(object Rows, long ReadAt);
}
