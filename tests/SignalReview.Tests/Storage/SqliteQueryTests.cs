using Microsoft.Data.Sqlite;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>SQLite itself compiles every query over the migrated schema, so an unknown table, column or function is found.</summary>
internal sealed class SqliteQueryTests
{
    [Test]
    public async Task Every_query_compiles()
    {
        var problems = await ProblemsAsync(SqlText.Embedded(SqlDialect.Sqlite));
        Assert.That(string.Join(Environment.NewLine, problems), Is.Empty);
    }

    [TestCase("SELECT nope FROM schema_migrations", "nope")]
    [TestCase("SELECT number FROM nowhere", "nowhere")]
    [TestCase("SELECT LEN(name) FROM schema_migrations", "LEN")]
    [TestCase("SELECT number FROM schema_migrations WHERE name = \"text\"", "text")]
    [TestCase("SELECT number FROM schema_migrations; SELECT name FROM schema_migrations", "one statement")]
    public async Task A_wrong_query_is_found(string query, string named)
    {
        var problems = await ProblemsAsync(SqlText.EmbeddedAnd(SqlDialect.Sqlite, [KeyValuePair.Create("test/wrong.sql", query)]));
        Assert.That(problems, Has.One.StartsWith("test/wrong.sql: ").And.Contains(named));
    }

    /// <summary>What write sessions remember hangs on this: nothing may be read or written that the statement does not name.</summary>
    [Test]
    public async Task Every_query_reads_and_writes_the_tables_that_it_says()
    {
        await using var test = await TestDatabase.SqliteAsync();
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(test.Folder, "signalreview.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        HashSet<string> read = new(StringComparer.OrdinalIgnoreCase), written = new(StringComparer.OrdinalIgnoreCase);
        SQLitePCL.raw.sqlite3_set_authorizer(connection.Handle, Note, null);
        Assert.Multiple(() =>
        {
            foreach (var query in SqlText.Embedded(SqlDialect.Sqlite).All)
            {
                read.Clear();
                written.Clear();
                Assert.That(SQLitePCL.raw.sqlite3_prepare_v2(connection.Handle, query.Text, out var statement), Is.EqualTo(SQLitePCL.raw.SQLITE_OK), query.File);
                statement.Dispose();
                Assert.That(written, Is.EquivalentTo(query.Writes is null ? Array.Empty<string>() : [query.Writes]), $"{query.File} writes");
                if (query.Writes is null)
                {
                    Assert.That(read, Is.SubsetOf(query.Reads), $"{query.File} reads");
                }
            }
        });

        int Note(object user, int action, string table, string column, string database, string trigger)
        {
            (action switch
            {
                SQLitePCL.raw.SQLITE_READ => read,
                SQLitePCL.raw.SQLITE_INSERT or SQLitePCL.raw.SQLITE_UPDATE or SQLitePCL.raw.SQLITE_DELETE => written,
                _ => [],
            }).Add(table);
            return SQLitePCL.raw.SQLITE_OK;
        }
    }

    /// <summary>A row that goes along with another's would be remembered.</summary>
    [Test]
    public void No_table_is_written_by_the_way()
    {
        var migrations = Directory.EnumerateFiles(Path.Combine(Repository.Root, "db", "migrations", "sqlite"), "*.sql").ToList();
        Assert.That(migrations, Is.Not.Empty);
        foreach (var file in migrations)
        {
            Assert.That(File.ReadAllText(file), Does.Not.Match(@"(?i)\bON\s+(DELETE|UPDATE)\s+(CASCADE|SET)\b"), file);
        }
    }

    private static async Task<List<string>> ProblemsAsync(SqlText queries)
    {
        await using var test = await TestDatabase.SqliteAsync();
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(test.Folder, "signalreview.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        // SQLite takes an unknown "name" for a text unless told not to.
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_DQS_DML, 0, out _);
        List<string> problems = [];
        foreach (var query in queries.All)
        {
            var result = SQLitePCL.raw.sqlite3_prepare_v2(connection.Handle, query.Text, out var statement, out var rest);
            using (statement)
            {
                if (result != SQLitePCL.raw.SQLITE_OK)
                {
                    problems.Add($"{query.File}: {SQLitePCL.raw.sqlite3_errmsg(connection.Handle).utf8_to_string()}");
                }
                else if (!string.IsNullOrWhiteSpace(rest))
                {
                    problems.Add($"{query.File}: more than one statement");
                }
            }
        }

        return problems;
    }
}
