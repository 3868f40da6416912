using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>
/// Runs once a database: SQLite always, SQL Server when <c>SIGNALREVIEW_TEST_SQLSERVER</c> holds a connection string. A suite derives as
/// <c>internal sealed class RoomStoreSuite(SqlDialect dialect) : StoreSuite(dialect)</c>. Each test has a database of its own.
/// </summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.SqlServer)]
internal abstract class StoreSuite(SqlDialect dialect)
{
    private TestDatabase? test;

    protected SqlDialect Dialect => dialect;

    protected TestDatabase Test => test ?? throw new InvalidOperationException("The database exists only while a test runs.");

    protected IDatabase Database => Test.Database;

    /// <summary>Statements beside the embedded ones, by "slice/name.sql".</summary>
    protected virtual IReadOnlyDictionary<string, string> Queries => new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>False for a suite that makes tables of its own instead of the product's.</summary>
    protected virtual bool Migrate => true;

    [SetUp]
    public async Task MakeDatabaseAsync() => test = await TestDatabase.OpenAsync(dialect, Queries, Migrate);

    [TearDown]
    public async Task RemoveDatabaseAsync()
    {
        if (test is not null)
        {
            await test.DisposeAsync();
            test = null;
        }
    }
}
