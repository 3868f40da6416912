using SignalReview.Storage;
using SignalReview.Tests.Storage;
using SignalReview.Trail.Checking;

namespace SignalReview.Tests.Trail;

/// <summary>Whoever adds a column says what it is held against, or why against nothing.</summary>
[TestFixture]
internal sealed class HeldColumnsTests
{
    [Test]
    public async Task Every_column_of_every_table_is_held_against_something_or_says_why_not()
    {
        await using var test = await TestDatabase.SqliteAsync();
        await using var db = await test.Database.OpenReadAsync(CancellationToken.None);
        var schema = await SchemaAsync(db);
        var held = Held().ToHashSet(StringComparer.Ordinal);
        var not = Not(schema).ToHashSet(StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.Except(held).Except(not), Is.Empty, "neither held nor said why not");
            Assert.That(held.Union(not).Except(schema), Is.Empty, "the schema has no such column");
            Assert.That(held.Intersect(not), Is.Empty, "held, and said not to be");
            Assert.That(HeldColumns.InPart.Select(c => $"{c.Table}.{c.Column}").Except(held), Is.Empty, "held in part, and not held");
            Assert.That(NotHeldColumns.List.Concat(HeldColumns.InPart).Select(c => c.Why), Is.All.Length.GreaterThan(10));
        }
    }

    /// <summary>"cases.phase", of every table that a migration made.</summary>
    public static async Task<IReadOnlyList<string>> SchemaAsync(DbSession db)
    {
        var statement = new SqlStatement(
            "schema", "schema", "SELECT t.name || '.' || c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
        return [.. (await db.RawAsync(statement, null, CancellationToken.None)).Select(row => (string)row[0]!)];
    }

    public static IEnumerable<string> Held() =>
        new[] { HeldColumns.Trail, HeldColumns.Documents, HeldColumns.Sealed, HeldColumns.State }.SelectMany(map => map).SelectMany(t => t.Value.Select(c => $"{t.Key}.{c}")).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Not(IReadOnlyList<string> schema) => NotHeldColumns.List.SelectMany(
        c => c.Column == NotHeldColumns.All ? schema.Where(name => name.StartsWith($"{c.Table}.", StringComparison.Ordinal)).DefaultIfEmpty($"{c.Table}.*") : [$"{c.Table}.{c.Column}"]);
}
