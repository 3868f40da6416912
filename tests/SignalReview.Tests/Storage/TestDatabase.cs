using System.Collections.Frozen;
using Microsoft.Extensions.Logging.Abstractions;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>A database of its own for one test, with the current schema, gone when it is disposed.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<ValueTask> remove;

    private TestDatabase(IDatabase database, string folder, Func<ValueTask> remove)
    {
        Database = database;
        Folder = folder;
        this.remove = remove;
    }

    public IDatabase Database { get; }

    /// <summary>A folder that goes with the database: for keys and what else a test wants to leave on disk.</summary>
    public string Folder { get; }

    /// <summary>SQLite in a temporary folder.</summary>
    /// <param name="queries">Statements beside the embedded ones, by "slice/name.sql".</param>
    /// <param name="migrate">False leaves the database empty.</param>
    public static async Task<TestDatabase> SqliteAsync(IReadOnlyDictionary<string, string>? queries = null, bool migrate = true)
    {
        var folder = NewFolder();
        var text = SqlText.EmbeddedAnd(SqlDialect.Sqlite, queries ?? FrozenDictionary<string, string>.Empty);
        var database = SqliteDatabase.InFile(DataFolder.At(folder).DatabaseFile, text);
        var test = new TestDatabase(database, folder, () =>
        {
            database.Dispose();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        });
        return await test.MigratedAsync(migrate);
    }

    public ValueTask DisposeAsync() => remove();

    private async Task<TestDatabase> MigratedAsync(bool migrate)
    {
        if (!migrate)
        {
            return this;
        }

        try
        {
            await new Migrator(Database, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
            return this;
        }
        catch
        {
            await remove();
            throw;
        }
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("signalreview-test-").FullName;
}
