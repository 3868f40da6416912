using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SignalReview.Storage;

/// <summary>One open SQLite connection with its settings made and its transaction statements prepared.</summary>
internal sealed class SqliteSessionConnection : IDisposable
{
    // FULL and secure_delete are the promise that a commit survives a power cut and that what is erased is overwritten.
    internal const string Settings = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        """;

    private const int PatienceForReaders = 250; // ms

    private static readonly SqlStatement BeginReading = new("begin", "", "BEGIN");
    private static readonly SqlStatement BeginWriting = new("begin immediate", "", "BEGIN IMMEDIATE");
    private static readonly SqlStatement CommitWork = new("commit", "", "COMMIT");
    private static readonly SqlStatement AskingVersion = new("data version", "", "PRAGMA data_version");
    // TRUNCATE: the log's pages are overwritten in the database file and the log is cut to nothing.
    private static readonly SqlStatement EmptyingLog = new("empty log", "", "PRAGMA wal_checkpoint(TRUNCATE)");
    private static readonly SqlStatement RollbackWork = new("rollback", "", "ROLLBACK");

    // Compiled once: that takes SQLite as long as running a short statement does, and a connection sees the same few over and over.
    private readonly Dictionary<SqlStatement, SqliteCommand> commands = [];
    private readonly SqliteConnection inner;

    private SqliteSessionConnection(SqliteConnection inner) => this.inner = inner;

    private bool IsInTransaction => raw.sqlite3_get_autocommit(inner.Handle) == 0;

    public static SqliteSessionConnection Open(string connectionString, bool readOnly)
    {
        var opened = new SqliteConnection(connectionString);
        try
        {
            opened.Open();
            using var settings = opened.CreateCommand();
            // A reader that tries to write is a bug and must hear so, not lose its work at the end of the session.
            settings.CommandText = readOnly ? Settings + "PRAGMA query_only = ON;" : Settings;
            // SQLite itself waits for another process, and wakes sooner than the driver, which asks again every 150 ms.
            raw.sqlite3_busy_timeout(opened.Handle, opened.DefaultTimeout * 1000);
            settings.ExecuteNonQuery();
            return new SqliteSessionConnection(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Begin(bool writes) => Command(writes ? BeginWriting : BeginReading).ExecuteNonQuery();

    /// <summary>Another number than before: another connection has committed since. Within a transaction.</summary>
    public long DataVersion() => (long)Command(AskingVersion).ExecuteScalar()!;

    /// <returns>False when a reader stays in the way: nobody else's work waits for this for longer than a moment.</returns>
    public bool EmptyLog()
    {
        raw.sqlite3_busy_timeout(inner.Handle, PatienceForReaders);
        try
        {
            return Command(EmptyingLog).ExecuteScalar() is 0L; // its first column: whether somebody was in the way
        }
        finally
        {
            raw.sqlite3_busy_timeout(inner.Handle, inner.DefaultTimeout * 1000);
        }
    }

    public void Commit() => Command(CommitWork).ExecuteNonQuery();

    /// <summary>Undoes an open transaction. SQLite may have done so by itself (disk full, I/O error): then there is nothing left to undo.</summary>
    public void Rollback()
    {
        if (IsInTransaction)
        {
            Command(RollbackWork).ExecuteNonQuery();
        }
    }

    public SqliteCommand Command(SqlStatement statement)
    {
        if (!commands.TryGetValue(statement, out var command))
        {
            command = NewCommand();
            statement.Prepare(command);
            commands.Add(statement, command);
        }

        return command;
    }

    public SqliteCommand NewCommand() => inner.CreateCommand();

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        inner.Dispose();
    }
}
