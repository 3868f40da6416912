using Dapper;
using Microsoft.Data.Sqlite;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>A table of the product's schema, as the database itself describes it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">In their order.</param>
/// <param name="Key">Where the columns of the primary key stand among them.</param>
internal sealed record TableShape(string Name, IReadOnlyList<string> Columns, IReadOnlyList<int> Key)
{
    public static IReadOnlyList<TableShape> ReadAll(SqliteConnection connection) =>
    [
        .. connection
            .Query<(string Table, string Column, long Key)>("""
                SELECT t.name, c.name, c.pk
                FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
                ORDER BY t.name, c.cid
                """)
            .GroupBy(c => c.Table, StringComparer.Ordinal)
            .Select(t => new TableShape(t.Key, [.. t.Select(c => c.Column)], [.. t.Index().Where(c => c.Item.Key > 0).Select(c => c.Index)])),
    ];
}
