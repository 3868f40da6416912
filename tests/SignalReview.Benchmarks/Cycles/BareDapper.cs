using Dapper;
using Microsoft.Data.Sqlite;
using SignalReview.Storage;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>
/// The limit: one writer that puts the very same rows, in as many transactions and with the same durability, into a copy of the database as it
/// was before. No HTTP, no rules, no reading, no encryption, no hashing: all of that is there already.
/// </summary>
/// <param name="before">The database to copy.</param>
/// <param name="transactions">What is written.</param>
/// <param name="cycles">How many cycles that is.</param>
internal sealed class BareDapper(string before, IReadOnlyList<IReadOnlyList<RowChange>> transactions, int cycles)
{
    /// <param name="file">The copy to write into; it must not exist.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>Without copying, opening and closing.</returns>
    public Speed Run(string file, CancellationToken ct)
    {
        File.Copy(before, file);
        using var connection = Open(file);
        var meter = Meter.Start();
        foreach (var rows in transactions)
        {
            ct.ThrowIfCancellationRequested();
            using var transaction = connection.BeginTransaction();
            foreach (var row in rows)
            {
                connection.Execute(row.Sql, row.Arguments, transaction);
            }

            transaction.Commit();
        }

        return meter.Stop(cycles);
    }

    /// <summary>Proves that the limit writes what the product wrote: the same rows in every table.</summary>
    /// <exception cref="InvalidOperationException">A table differs.</exception>
    public static void Compare(string file, string after)
    {
        using var connection = Open(file);
        connection.Execute("ATTACH @after AS product", new { after });
        foreach (var table in TableShape.ReadAll(connection))
        {
            // Which messages were delivered by then is the pump's affair.
            var columns = table.Name == "outbox" ? "outbox_id, case_id, seq, payload, at" : "*";
            var differences = connection.ExecuteScalar<long>($"""
                SELECT (SELECT COUNT(*) FROM (SELECT {columns} FROM main.{table.Name} EXCEPT SELECT {columns} FROM product.{table.Name}))
                     + (SELECT COUNT(*) FROM (SELECT {columns} FROM product.{table.Name} EXCEPT SELECT {columns} FROM main.{table.Name}))
                """);
            if (differences > 0)
            {
                throw new InvalidOperationException($"The limit wrote other rows of {table.Name} than the product: {differences} differ.");
            }
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        connection.Execute(SqliteSessionConnection.Settings);
        return connection;
    }
}
