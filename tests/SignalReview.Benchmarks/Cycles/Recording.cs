using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>
/// Learns from the product's own database which rows each transaction writes: triggers on every table note what stood there before and after.
/// Only for a round that is not measured; afterwards the triggers are gone.
/// </summary>
internal sealed class Recording : IDisposable
{
    private const string Notes = "benchmark_notes";

    private readonly SqliteConnection connection;
    private readonly IReadOnlyList<TableShape> tables;

    private Recording(SqliteConnection connection)
    {
        this.connection = connection;
        tables = TableShape.ReadAll(connection);
    }

    /// <param name="databaseFile">The product's, with nobody writing.</param>
    /// <param name="copy">Where a copy from before the recording goes; it must not exist.</param>
    public static Recording Start(string databaseFile, string copy)
    {
        var recording = new Recording(new(new SqliteConnectionStringBuilder { DataSource = databaseFile, Pooling = false }.ToString()));
        recording.connection.Execute("VACUUM INTO @copy", new { copy });
        recording.AddTriggers();
        return recording;
    }

    /// <param name="copy">Where a copy from after the recording goes; it must not exist.</param>
    /// <returns>The transactions in the order of their commits; each row once a transaction, however often the product touched it.</returns>
    public IReadOnlyList<IReadOnlyList<RowChange>> Stop(string copy)
    {
        RemoveTriggers();
        List<IReadOnlyList<RowChange>> transactions = [];
        var open = new NetChanges();
        foreach (var (table, before, after) in ReadNotes())
        {
            // The pump marks what it delivers in transactions of its own, which no request waits for.
            if (table.Name == "outbox" && before is not null)
            {
                continue;
            }

            open.Add(table, before, after);
            // Every transaction of the product ends by moving the trail's head.
            if (table.Name == "trail_head" && RowChange.Of(table, before, after) is not null)
            {
                transactions.Add(open.Take());
            }
        }

        connection.Execute($"DROP TABLE {Notes}");
        connection.Execute("VACUUM INTO @copy", new { copy });
        return open.IsEmpty ? transactions : throw new InvalidOperationException("The last transaction did not move the trail's head.");
    }

    public void Dispose() => connection.Dispose();

    private void AddTriggers()
    {
        var width = tables.Max(t => t.Columns.Count);
        // Columns without a type keep every value as it is.
        var columns = Enumerable.Range(0, width).SelectMany(i => new[] { Before(i), After(i) });
        connection.Execute(
            $"CREATE TABLE {Notes} (note INTEGER PRIMARY KEY, tab INTEGER NOT NULL, was INTEGER NOT NULL, is_ INTEGER NOT NULL, {string.Join(", ", columns)})");
        foreach (var (number, table) in tables.Index())
        {
            foreach (var (operation, was, now) in new[] { ("INSERT", false, true), ("UPDATE", true, true), ("DELETE", true, false) })
            {
                var (names, values) = (new List<string>(), new List<string>());
                foreach (var (i, column) in table.Columns.Index())
                {
                    if (was)
                    {
                        names.Add(Before(i));
                        values.Add("OLD." + column);
                    }

                    if (now)
                    {
                        names.Add(After(i));
                        values.Add("NEW." + column);
                    }
                }

                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                    CREATE TRIGGER benchmark_{operation}_{table.Name} AFTER {operation} ON {table.Name} BEGIN
                    INSERT INTO {Notes} (tab, was, is_, {string.Join(", ", names)}) VALUES ({number}, {was}, {now}, {string.Join(", ", values)});
                    END
                    """));
            }
        }
    }

    private void RemoveTriggers()
    {
        foreach (var trigger in connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'benchmark!_%' ESCAPE '!'").ToList())
        {
            connection.Execute($"DROP TRIGGER {trigger}");
        }
    }

    private List<(TableShape Table, object?[]? Before, object?[]? After)> ReadNotes()
    {
        List<(TableShape, object?[]?, object?[]?)> notes = [];
        using var reader = connection.ExecuteReader($"SELECT * FROM {Notes} ORDER BY note");
        while (reader.Read())
        {
            var table = tables[reader.GetInt32(1)];
            notes.Add((table, reader.GetBoolean(2) ? Values(Before) : null, reader.GetBoolean(3) ? Values(After) : null));

            object?[] Values(Func<int, string> column) =>
            [
                .. Enumerable.Range(0, table.Columns.Count).Select(i => reader[column(i)] is var value and not DBNull ? value : null),
            ];
        }

        return notes;
    }

    private static string Before(int column) => string.Create(CultureInfo.InvariantCulture, $"before{column}");

    private static string After(int column) => string.Create(CultureInfo.InvariantCulture, $"after{column}");
}
