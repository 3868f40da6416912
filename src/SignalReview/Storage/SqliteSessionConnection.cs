using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SignalReview.Storage;

/// <summary>One open SQLite connection with its settings made and its transaction statements prepared.</summary>
internal sealed class SqliteSessionConnection : IDisposable
{
    // FULL and secure_delete are the promise that a commit survives a power cut and that what is erased is overwritten.
    private const string Settings = """
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    private SqliteSessionConnection(SqliteConnection inner) => Inner = inner;

    public SqliteConnection Inner { get; }

    public bool IsInTransaction => raw.sqlite3_get_autocommit(Inner.Handle) == 0;

    public static SqliteSessionConnection Open(string connectionString, bool readOnly)
    {
        var inner = new SqliteConnection(connectionString);
        try
        {
            inner.Open();
            using var settings = inner.CreateCommand();
            // A reader that tries to write is a bug and must hear so, not lose its work at the end of the session.
            settings.CommandText = readOnly ? Settings + "PRAGMA query_only = ON;" : Settings;
            settings.ExecuteNonQuery();
            return new SqliteSessionConnection(inner);
        }
        catch
        {
            inner.Dispose();
            throw;
        }
    }

    /// <summary>BEGIN, BEGIN IMMEDIATE, COMMIT, ROLLBACK.</summary>
    public void Run(string statement)
    {
        if (!prepared.TryGetValue(statement, out var command))
        {
            command = Inner.CreateCommand();
#pragma warning disable CA2100 // only the four statements named above come here
            command.CommandText = statement;
#pragma warning restore CA2100
            prepared.Add(statement, command);
        }

        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        Inner.Dispose();
    }
}
