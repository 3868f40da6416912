using System.Globalization;
using Dapper;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>What one transaction did to one row, as the one statement that does it by primary key.</summary>
internal sealed record RowChange(string Sql, DynamicParameters Arguments)
{
    /// <param name="table">The table.</param>
    /// <param name="before">Null: the row was not there.</param>
    /// <param name="after">Null: the row went.</param>
    /// <returns>Null when nothing changed.</returns>
    public static RowChange? Of(TableShape table, object?[]? before, object?[]? after)
    {
        var columns = Enumerable.Range(0, table.Columns.Count);
        if (before is null)
        {
            return after is null ? null : Make(
                $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", columns.Select(Parameter))})", columns, after);
        }

        var where = string.Join(" AND ", table.Key.Select(i => $"{table.Columns[i]} = {Parameter(i)}"));
        if (after is null)
        {
            return Make($"DELETE FROM {table.Name} WHERE {where}", table.Key, before);
        }

        var changed = columns.Where(i => !Same(before[i], after[i])).ToList();
        return changed.Count == 0 ? null : Make(
            $"UPDATE {table.Name} SET {string.Join(", ", changed.Select(i => $"{table.Columns[i]} = {Parameter(i)}"))} WHERE {where}",
            changed.Union(table.Key),
            after);
    }

    private static RowChange Make(string sql, IEnumerable<int> columns, object?[] values)
    {
        var arguments = new DynamicParameters();
        foreach (var i in columns)
        {
            arguments.Add(Parameter(i), values[i]);
        }

        return new(sql, arguments);
    }

    private static bool Same(object? a, object? b) => a is byte[] x && b is byte[] y ? x.AsSpan().SequenceEqual(y) : Equals(a, b);

    private static string Parameter(int column) => string.Create(CultureInfo.InvariantCulture, $"@p{column}");
}
