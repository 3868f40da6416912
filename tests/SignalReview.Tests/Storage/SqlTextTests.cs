using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

internal sealed class SqlTextTests
{
    private static readonly KeyValuePair<string, string>[] Files =
    [
        KeyValuePair.Create("rooms/page.sqlserver.sql", "SELECT TOP (@Take) seq FROM rooms"),
        KeyValuePair.Create("rooms/page.sql", "SELECT seq FROM rooms LIMIT @Take"),
        KeyValuePair.Create("rooms/one.sql", "SELECT seq FROM rooms WHERE room_id = @Room"),
    ];

    [Test]
    public void SQL_Server_takes_the_twin_and_SQLite_never_does()
    {
        Assert.That(SqlText.EmbeddedAnd(SqlDialect.SqlServer, Files).Find("rooms/page").File, Is.EqualTo("rooms/page.sqlserver.sql"));
        Assert.That(SqlText.EmbeddedAnd(SqlDialect.Sqlite, Files).Find("rooms/page").File, Is.EqualTo("rooms/page.sql"));
        Assert.That(SqlText.EmbeddedAnd(SqlDialect.SqlServer, Files).Find("rooms/one").File, Is.EqualTo("rooms/one.sql"));
    }

    [Test]
    public void An_unknown_name_is_refused_with_the_nearest()
    {
        var unknown = Assert.Throws<ArgumentException>(() => SqlText.EmbeddedAnd(SqlDialect.Sqlite, Files).Find("rooms/pages"));
        Assert.That(unknown!.Message, Does.Contain("'rooms/pages'").And.Contain("'rooms/page'"));
    }

    [Test]
    public void Every_file_of_the_repository_is_embedded_and_every_twin_has_a_common_file()
    {
        var folder = Path.Combine(Repository.Root, "db", "queries");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))];
        var sqlite = SqlText.Embedded(SqlDialect.Sqlite).All.Select(s => s.File).ToList();
        var sqlServer = SqlText.Embedded(SqlDialect.SqlServer).All.ToList();
        Assert.That(sqlite.Union(sqlServer.Select(s => s.File)), Is.EquivalentTo(files));
        Assert.That(sqlServer.Select(s => s.Name + ".sql"), Is.EquivalentTo(sqlite));
    }

    [TestCase(SqlDialect.Sqlite)]
    [TestCase(SqlDialect.SqlServer)]
    public void Every_statement_either_reads_or_says_which_table_it_writes(SqlDialect dialect)
    {
        foreach (var statement in SqlText.Embedded(dialect).All)
        {
            var reads = statement.Text.Split('\n').First(line => !line.StartsWith("--", StringComparison.Ordinal)).StartsWith("SELECT", StringComparison.Ordinal);
            Assert.That(statement.Writes, reads ? Is.Null : Is.Not.Null, statement.File);
        }
    }

    [TestCase("UPDATE cases SET seq = 1", "cases")]
    [TestCase("-- why\nINSERT INTO ballots (round) SELECT round FROM vote_rounds", "ballots")]
    [TestCase("DELETE FROM drafts", "drafts")]
    [TestCase("SELECT update_of FROM t", null)]
    public void The_table_that_is_written_is_known(string sql, string? table) =>
        Assert.That(new SqlStatement("a/b", "a/b.sql", sql).Writes, Is.EqualTo(table));

    [TestCase("SELECT a FROM t WHERE b = @First AND c = @Second AND d = @First", "First,Second")]
    [TestCase("SELECT a FROM t -- WHERE b = @No\nWHERE c = @Yes", "Yes")]
    [TestCase("SELECT a FROM t WHERE b = 'it''s @no' AND c = @Yes /* @no */", "Yes")]
    [TestCase("UPDATE t SET a = 1 WHERE b = @Yes; SELECT @@ROWCOUNT", "Yes")]
    [TestCase("DECLARE @local INT = @Yes; SELECT @local", "Yes")]
    [TestCase("SELECT a FROM t", "")]
    public void Parameters_are_read_from_the_statement(string text, string names) =>
        Assert.That(string.Join(',', new SqlStatement("test/x", "test/x.sql", text).Parameters), Is.EqualTo(names));
}
