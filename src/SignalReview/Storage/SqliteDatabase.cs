using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SignalReview.Storage;

/// <summary>
/// The embedded database: one writer at a time, readers beside it (WAL). A commit is on disk before it returns.
/// </summary>
internal sealed class SqliteDatabase : IDatabase, IDisposable
{
    private const int KeptReaders = 16;
    private const int WaitForOtherProcesses = 5; // seconds
    private const int Busy = 5;
    private const int Locked = 6;
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;

    private readonly string connectionString;
    private readonly SqlText queries;
    private readonly ConcurrentBag<SqliteSessionConnection> idleReaders = [];

    // Writers of this process queue here without spinning; only another process makes SQLite itself wait (busy_timeout).
    private readonly SemaphoreSlim writing = new(1, 1);
    private SqliteSessionConnection? idleWriter;

    // Both belong to whoever may write.
    private readonly RowMemory memory = new();
    private (SqliteSessionConnection? Writer, long Version) last;

    private volatile bool disposed;

    public SqliteDatabase(string connectionString, SqlText? queries = null)
    {
        TypeHandlers.Ensure();
        // The connections are kept here, with their settings and statements, so the driver's own pool would only be in the way.
        var settings = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        settings.DefaultTimeout = settings.ShouldSerialize("Default Timeout") ? settings.DefaultTimeout : WaitForOtherProcesses;
        this.connectionString = settings.ToString();
        this.queries = queries ?? SqlText.Embedded(SqlDialect.Sqlite);
    }

    public string Provider => nameof(SqlDialect.Sqlite);

    public static SqliteDatabase InFile(string path, SqlText? queries = null) =>
        new(new SqliteConnectionStringBuilder { DataSource = path }.ToString(), queries);

    public Task<DbSession> OpenReadAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!idleReaders.TryTake(out var connection))
        {
            connection = SqliteSessionConnection.Open(connectionString, readOnly: true);
        }

        return Task.FromResult(Begin(connection, writes: false, TakeBackReader));
    }

    public async Task<DbSession> BeginAsync(CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            var connection = Interlocked.Exchange(ref idleWriter, null) ?? SqliteSessionConnection.Open(connectionString, readOnly: false);
            return Begin(connection, writes: true, TakeBackWriter);
        }
        catch
        {
            writing.Release();
            throw;
        }
    }

    public async Task<bool> ForgetOverwrittenAsync(CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        var connection = Interlocked.Exchange(ref idleWriter, null);
        var usable = false;
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            connection ??= SqliteSessionConnection.Open(connectionString, readOnly: false);
            var emptied = connection.EmptyLog();
            usable = true;
            return emptied;
        }
        finally
        {
            if (connection is null)
            {
                writing.Release();
            }
            else
            {
                TakeBackWriter(connection, usable);
            }
        }
    }

    /// <summary>
    /// Writes a copy of the database as it is at one moment, while others go on working. Only what is there is copied: not a byte of what was deleted.
    /// </summary>
    /// <param name="path">A file that is not there yet.</param>
    /// <param name="ct">The caller's token.</param>
    public async Task CopyToAsync(string path, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO @path";
        command.Parameters.AddWithValue("@path", path);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task RewriteAsync(CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM";
            await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            writing.Release();
        }
    }

    public bool IsUniqueViolation(DbException e) =>
        e is SqliteException { SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    public bool IsTransient(DbException e) => e is SqliteException { SqliteErrorCode: Busy or Locked };

    public void Dispose()
    {
        disposed = true;
        while (idleReaders.TryTake(out var reader))
        {
            reader.Dispose();
        }

        // The last connection to close empties the write-ahead log into the database file.
        Interlocked.Exchange(ref idleWriter, null)?.Dispose();
    }

    private DbSession Begin(SqliteSessionConnection connection, bool writes, Action<SqliteSessionConnection, bool> takeBack)
    {
        try
        {
            connection.Begin(writes);
            if (writes)
            {
                ForgetWhenOthersWrote(connection);
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new DbSession(new Lease(connection, writes, takeBack), queries, writes ? memory : null);
    }

    private void ForgetWhenOthersWrote(SqliteSessionConnection writer)
    {
        var now = (writer, writer.DataVersion());
        if (last != now)
        {
            memory.Forget();
            last = now;
        }
    }

    private void TakeBackReader(SqliteSessionConnection connection, bool usable)
    {
        if (!usable || disposed || idleReaders.Count >= KeptReaders)
        {
            connection.Dispose();
        }
        else
        {
            idleReaders.Add(connection);
        }
    }

    private void TakeBackWriter(SqliteSessionConnection connection, bool usable)
    {
        if (!usable || disposed)
        {
            connection.Dispose();
        }
        else
        {
            idleWriter = connection;
        }

        writing.Release();
    }

    private sealed class Lease(SqliteSessionConnection connection, bool writes, Action<SqliteSessionConnection, bool> takeBack) : IDbLease
    {
        public bool CanWrite => writes;

        public DbCommand Command(SqlStatement statement) => connection.Command(statement);

        // The connection keeps its commands, with their compiled statements.
        public void Return(DbCommand command)
        {
        }

        public DbCommand ScriptCommand() => connection.NewCommand();

        public Task CommitAsync(CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            connection.Commit();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            var usable = false;
            try
            {
                connection.Rollback();
                usable = true;
            }
            finally
            {
                takeBack(connection, usable);
            }

            return ValueTask.CompletedTask;
        }
    }
}
