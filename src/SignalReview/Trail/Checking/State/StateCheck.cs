using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Trail.Checking.State;

/// <summary>Holds the rows of one dossier against what its events told.</summary>
internal sealed class StateCheck(CheckRun run)
{
    private readonly Dictionary<string, (SqlStatement Rows, SqlStatement? Strays)> statements =
        StateMap.Tables.ToDictionary(t => t.Name, t => (t.Statement(StateMap.Columns(t)), t.Strays()), StringComparer.Ordinal);

    /// <summary>How many rows were held against events.</summary>
    public long Rows { get; private set; }

    public async Task RunAsync(CaseId id, ToldDossier told, CancellationToken ct)
    {
        Facts? facts = null;
        foreach (var table in StateMap.Tables)
        {
            if (table.Dossier is null && id != CaseId.Organisation)
            {
                continue;
            }

            var stored = await run.Db.RawAsync(statements[table.Name].Rows, new { Dossier = id }, ct);
            if (stored.Count == 0 && told[table.Name].Rows.Count == 0)
            {
                continue;
            }

            facts ??= new(told.Times, [.. (await run.Db.RawAsync("trail/check_open_steps", new { CaseId = id }, ct)).Select(row => row[0]).OfType<string>()]);
            Compare(id, table, told[table.Name], stored, facts);
        }
    }

    /// <summary>Rows whose dossier is none: no replay meets them.</summary>
    public async Task StraysAsync(CancellationToken ct)
    {
        foreach (var (table, (_, strays)) in statements)
        {
            foreach (var row in strays is null ? [] : await run.Db.RawAsync(strays, null, ct))
            {
                run.Add(new(TrailFault.RowUntold, table, $"case {row[0]}", Detail: "there is no such dossier"));
            }
        }
    }

    private void Compare(CaseId id, StateTable table, ToldTable told, IReadOnlyList<object?[]> stored, Facts facts)
    {
        var columns = StateMap.Columns(table);
        var rows = stored.ToLookup(row => Key(row.Take(table.Key.Length)), StringComparer.Ordinal);
        HashSet<string> met = new(StringComparer.Ordinal);
        Rows += stored.Count;
        foreach (var row in told.Rows)
        {
            var key = table.Key.Select(column => row[column].Value).ToList();
            if (key.Contains(Unknown.Value))
            {
                told.IsOpen = true;
                continue;
            }

            var name = Key(key);
            if (!met.Add(name))
            {
                continue; // told twice; the first is as good
            }

            if (!rows[name].Any())
            {
                if (!row.MayBeGone)
                {
                    run.Add(new(TrailFault.RowMissing, table.Name, Named(table, key), row[columns[^1]].Event, Case: id.Value));
                }

                continue;
            }

            foreach (var values in rows[name])
            {
                CompareRow(id, table, columns, row, values, facts);
            }
        }

        foreach (var row in stored.Where(row => !told.IsOpen && !table.MayBeUntold && !met.Contains(Key(row.Take(table.Key.Length)))))
        {
            run.Add(new(TrailFault.RowUntold, table.Name, Named(table, row), Case: id.Value));
        }
    }

    private void CompareRow(CaseId id, StateTable table, IReadOnlyList<string> columns, ToldRow row, object?[] values, Facts facts)
    {
        foreach (var (index, column) in columns.Index())
        {
            var (expected, by) = row[column];
            var complaint = expected switch
            {
                Unknown => null,
                Claim claim => claim.Holds(values[index], facts) ? null : claim.Says,
                _ => Equals(expected, values[index]) ? null : "the event says something else",
            };
            if (complaint is not null)
            {
                run.Add(new(TrailFault.State, table.Name, Named(table, values), by, complaint, column, id.Value));
            }
        }
    }

    private static string Key(IEnumerable<object?> values) => string.Join('\n', values.Select(v => v switch { byte[] bytes => Convert.ToHexString(bytes), _ => $"{v}" }));

    private static string Named(StateTable table, IReadOnlyList<object?> values) => string.Join(", ", table.Key.Select((column, index) => $"{column} {values[index]}"));
}
