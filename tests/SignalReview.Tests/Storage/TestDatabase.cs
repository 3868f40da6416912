using System.Collections.Frozen;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>A database of its own for one test, with the current schema, gone when it is disposed.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string ServerVariable = "SIGNALREVIEW_TEST_SQLSERVER";

    private readonly Func<IDatabase> connect;
    private readonly Func<ValueTask> remove;

    private TestDatabase(Func<IDatabase> connect, string folder, Func<ValueTask> remove)
    {
        this.connect = connect;
        Database = connect();
        Folder = folder;
        this.remove = remove;
    }

    public IDatabase Database { get; }

    /// <summary>A folder that goes with the database: for keys and what else a test wants to leave on disk.</summary>
    public string Folder { get; }

    public Migrator Migrator => new(Database, TimeProvider.System, NullLogger<Migrator>.Instance);

    /// <summary>SQLite in a temporary folder.</summary>
    /// <param name="queries">Statements beside the embedded ones, by "slice/name.sql".</param>
    /// <param name="migrate">False leaves the database empty.</param>
    public static Task<TestDatabase> SqliteAsync(IReadOnlyDictionary<string, string>? queries = null, bool migrate = true)
    {
        var folder = NewFolder();
        return MigratedAsync(new TestDatabase(Connect, folder, Remove), migrate);

        SqliteDatabase Connect() => SqliteDatabase.InFile(DataFolder.At(folder).DatabaseFile, Text(SqlDialect.Sqlite, queries));

        ValueTask Remove()
        {
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A new database on the server that <c>SIGNALREVIEW_TEST_SQLSERVER</c> names; without it the test is skipped, and says so.</summary>
    /// <inheritdoc cref="SqliteAsync"/>
    public static async Task<TestDatabase> SqlServerAsync(IReadOnlyDictionary<string, string>? queries = null, bool migrate = true)
    {
        var server = Environment.GetEnvironmentVariable(ServerVariable);
        if (string.IsNullOrWhiteSpace(server))
        {
            Assert.Ignore($"No SQL Server: {ServerVariable} holds no connection string.");
        }

        var name = $"signalreview_test_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ToString();
        await OnServerAsync(server, $"CREATE DATABASE [{name}]");
        var folder = NewFolder();
        return await MigratedAsync(new TestDatabase(Connect, folder, RemoveAsync), migrate);

        SqlServerDatabase Connect() => new(connectionString, Text(SqlDialect.SqlServer, queries));

        async ValueTask RemoveAsync()
        {
            SqlConnection.ClearAllPools();
            await OnServerAsync(server, $"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]");
            Directory.Delete(folder, recursive: true);
        }
    }

    public static Task<TestDatabase> OpenAsync(SqlDialect dialect, IReadOnlyDictionary<string, string>? queries = null, bool migrate = true) => dialect switch
    {
        SqlDialect.Sqlite => SqliteAsync(queries, migrate),
        SqlDialect.SqlServer => SqlServerAsync(queries, migrate),
    };

    /// <summary>The same database over connections of its own, as another process has it. Dispose it first; it removes nothing.</summary>
    public TestDatabase Another() => new(connect, Folder, () => ValueTask.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        (Database as IDisposable)?.Dispose();
        await remove();
    }

    private static async Task<TestDatabase> MigratedAsync(TestDatabase test, bool migrate)
    {
        if (!migrate)
        {
            return test;
        }

        try
        {
            await test.Migrator.MigrateAsync(CancellationToken.None);
            return test;
        }
        catch
        {
            await test.DisposeAsync();
            throw;
        }
    }

    private static SqlText Text(SqlDialect dialect, IReadOnlyDictionary<string, string>? queries) =>
        SqlText.EmbeddedAnd(dialect, queries ?? FrozenDictionary<string, string>.Empty);

    private static string NewFolder() => Directory.CreateTempSubdirectory("signalreview-test-").FullName;

    private static async Task OnServerAsync(string server, string statement)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(server) { InitialCatalog = "master" }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a name made above
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
