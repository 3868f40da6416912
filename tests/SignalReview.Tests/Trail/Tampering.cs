using System.Globalization;
using System.Security.Cryptography;
using SignalReview.Storage;
using SignalReview.Trail.Checking;

namespace SignalReview.Tests.Trail;

/// <param name="Table">What was changed.</param>
/// <param name="Column">Null when the row went or came.</param>
/// <param name="Kind">How.</param>
/// <param name="Script">The statement.</param>
internal sealed record Tampered(string Table, string? Column, string Kind, string Script);

/// <summary>
/// Draws changes over all columns that are held against something, as the schema has them: a byte that flips, a value of another row, a value that goes, a row
/// that goes or comes twice.
/// </summary>
internal sealed class Tampering
{
    /// <summary>Of these a row may go unnoticed: some come without an event, and what nothing tells of (a draft, a document) is not missed.</summary>
    private static readonly string[] MayGo = ["retention_cases", "retention_rule_sets", "workflow_definitions", "case_methods", "schema_migrations", "drafts"];

    private readonly Dictionary<string, List<object?[]>> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> columns = new(StringComparer.Ordinal);
    private readonly List<(string Table, string Column)> cells = [];

    public IReadOnlyList<(string Table, string Column)> Cells => cells;

    public IEnumerable<string> EmptyTables => columns.Keys.Where(table => rows[table].Count == 0);

    /// <param name="db">What is changed.</param>
    /// <param name="only">These tables, as far as they are about cases that were not erased; none: all of all.</param>
    public static async Task<Tampering> OverAsync(DbSession db, params string[] only)
    {
        var drawn = new Tampering();
        var which = only.Length == 0 ? "" : " WHERE case_id NOT IN (SELECT case_id FROM cases WHERE erased_at IS NOT NULL)";
        foreach (var table in HeldColumnsTests.Held().GroupBy(name => name.Split('.')[0], StringComparer.Ordinal).Where(t => only.Length == 0 || only.Contains(t.Key, StringComparer.Ordinal)))
        {
            string[] names = [.. table.Select(name => name.Split('.')[1])];
            var statement = new SqlStatement("tamper", "tamper", $"SELECT rowid, {string.Join(", ", names)} FROM {table.Key}{which}");
            drawn.columns[table.Key] = names;
            drawn.rows[table.Key] = [.. await db.RawAsync(statement, null, CancellationToken.None)];
            if (drawn.rows[table.Key].Count > 0)
            {
                drawn.cells.AddRange(names.Where(c => !HeldColumns.InPart.Any(p => p.Table == table.Key && p.Column == c)).Select(c => (table.Key, c)));
            }
        }

        return drawn;
    }

    /// <returns>Null when what was drawn changes nothing.</returns>
    public Tampered? Draw(int seed)
    {
        // Hashed first: what Random draws from seeds that lie a fixed step apart, as those of one column do, is alike.
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(BitConverter.GetBytes(seed))));
        var (table, column) = cells[seed % cells.Count]; // each in its turn
        var all = rows[table];
        var row = all[random.Next(all.Count)];
        var index = Array.IndexOf(columns[table], column) + 1;
        var where = $"WHERE rowid = {row[0]}";
        var kind = random.Next(10);
        if (kind == 0 && !MayGo.Contains(table, StringComparer.Ordinal) && table != "checkpoints")
        {
            return new(table, null, "gone", $"DELETE FROM {table} {where}");
        }

        var value = kind switch
        {
            1 => null,
            2 or 3 or 4 => all[random.Next(all.Count)][index],
            _ => Flip(row[index], random),
        };
        return Equals(value, row[index]) || (value is byte[] one && row[index] is byte[] other && one.AsSpan().SequenceEqual(other))
            ? null
            : new(table, column, kind switch { 1 => "emptied", 2 or 3 or 4 => "swapped", _ => "flipped" }, $"UPDATE {table} SET {column} = {Literal(value)} {where}");
    }

    private static object? Flip(object? value, Random random)
    {
        switch (value)
        {
            case null:
                return "x";
            case long number:
                return number + (random.Next(2) == 0 ? 1L << random.Next(8) : 1_000_003); // also past all that are there
            case string { Length: 0 }:
                return "x";
            case string text:
                var at = random.Next(text.Length);
                var put = (char)('a' + random.Next(26));
                return text[at] == put || char.IsSurrogate(text[at]) ? text + "x" : text[..at] + put + text[(at + 1)..];
            case byte[] bytes:
                var flipped = bytes.ToArray();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            default:
                return value;
        }
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
