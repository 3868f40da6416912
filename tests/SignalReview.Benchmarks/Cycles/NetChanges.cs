namespace SignalReview.Benchmarks.Cycles;

/// <summary>What a transaction comes to: each row once, from how it was found to how it was left, in the order in which rows were first touched.</summary>
internal sealed class NetChanges
{
    private readonly OrderedDictionary<string, (TableShape Table, object?[]? Before, object?[]? After)> rows = new(StringComparer.Ordinal);

    public bool IsEmpty => rows.Count == 0;

    public void Add(TableShape table, object?[]? before, object?[]? after)
    {
        var key = string.Join('\u001f', table.Key.Select(i => (after ?? before)![i]).Prepend(table.Name));
        rows[key] = (table, rows.TryGetValue(key, out var known) ? known.Before : before, after);
    }

    public IReadOnlyList<RowChange> Take()
    {
        List<RowChange> changes = [.. rows.Values.Select(r => RowChange.Of(r.Table, r.Before, r.After)).OfType<RowChange>()];
        rows.Clear();
        return changes;
    }
}
