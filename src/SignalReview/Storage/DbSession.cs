using System.Data.Common;
using System.Runtime.CompilerServices;

namespace SignalReview.Storage;

/// <summary>
/// One connection, and for a write its transaction. Queries are named as their file under db/queries ("rooms/cast_vote"); arguments
/// are the public properties of one object. Rows are records with init properties, filled by name from snake_case columns.
/// Disposing without a commit rolls back. Not for two tasks at once.
/// </summary>
/// <param name="lease">The connection.</param>
/// <param name="queries">The statements.</param>
/// <param name="memory">What earlier write sessions read; null where that cannot be told to be still so.</param>
internal sealed class DbSession(IDbLease lease, SqlText queries, RowMemory? memory = null) : IAsyncDisposable
{
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private readonly HashSet<string> everWritten = new(StringComparer.OrdinalIgnoreCase);
    private bool ended;

    public SqlDialect Dialect => queries.Dialect;

    /// <summary>The number of rows that were changed, which decides who won a race.</summary>
    public Task<int> ExecuteAsync(string query, object? args, CancellationToken ct)
    {
        NoteWritten(query);
        return RunAsync(query, args, static (command, ct) => command.ExecuteNonQueryAsync(ct), ct);
    }

    /// <summary>The tables that this session wrote since the last call, so that what was read before need not all be read again.</summary>
    public IReadOnlySet<string> TakeWritten()
    {
        var taken = written.ToHashSet(StringComparer.Ordinal);
        written.Clear();
        return taken;
    }

    /// <summary>The first row, or default: null for a record, and for a value only when T itself is nullable (<c>long?</c>).</summary>
    public Task<T?> FirstOrDefaultAsync<T>(string query, object? args, CancellationToken ct) => RunAsync(
        query,
        args,
        static async (command, ct) =>
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? Rows.Parser<T>(reader)(reader) : default;
        },
        ct);

    /// <summary>The first row, which must exist: of a count or a sum, say. NULL is an answer only when T may be null.</summary>
    public Task<T> ScalarAsync<T>(string query, object? args, CancellationToken ct) => RunAsync(
        query,
        args,
        async (command, token) =>
        {
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? Rows.Parser<T>(reader)(reader) : throw new InvalidOperationException($"The query '{query}' gave no row.");
        },
        ct);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string query, object? args, CancellationToken ct) => RunAsync(
        query,
        args,
        static async (command, ct) =>
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            List<T> rows = [];
            if (await reader.ReadAsync(ct))
            {
                var parse = Rows.Parser<T>(reader);
                do
                {
                    rows.Add(parse(reader));
                }
                while (await reader.ReadAsync(ct));
            }

            return (IReadOnlyList<T>)rows;
        },
        ct);

    /// <summary>
    /// As <see cref="QueryAsync{T}"/>, for rows that change seldom: they are not read again as long as nobody has written a table that the statement
    /// reads.
    /// </summary>
    /// <param name="query">Its only argument is the owner.</param>
    /// <param name="owner">Of all the rows: a case.</param>
    /// <param name="args">With the owner.</param>
    /// <param name="ct">The caller's token.</param>
    public async Task<IReadOnlyList<T>> RecallAsync<T>(string query, Guid owner, object args, CancellationToken ct)
    {
        var statement = queries.Find(query);
        if (memory?.Find(statement, owner) is IReadOnlyList<T> known)
        {
            ThrowIfEnded();
            return known;
        }

        var rows = await QueryAsync<T>(query, args, ct);
        if (!statement.Reads.Any(everWritten.Contains))
        {
            memory?.Keep(statement, owner, rows);
        }

        return rows;
    }

    /// <summary>Row by row as the database yields them. No other query can run in this session until the last row was read.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string query, object? args, [EnumeratorCancellation] CancellationToken ct)
    {
        var command = Command(query, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            if (!await reader.ReadAsync(ct))
            {
                yield break;
            }

            var parse = Rows.Parser<T>(reader);
            do
            {
                yield return parse(reader);
            }
            while (await reader.ReadAsync(ct));
        }
        finally
        {
            lease.Return(command);
        }
    }

    /// <summary>
    /// The columns as they are stored, for a check that must not stumble over a value that is none of its column's kind. Both databases give the same:
    /// <see cref="DbValues.Stored"/>.
    /// </summary>
    public Task<IReadOnlyList<object?[]>> RawAsync(string query, object? args, CancellationToken ct) => RawAsync(queries.Find(query), args, ct);

    /// <summary>As <see cref="RawAsync(string, object?, CancellationToken)"/>, of a statement that was made of names and no file holds.</summary>
    public async Task<IReadOnlyList<object?[]>> RawAsync(SqlStatement statement, object? args, CancellationToken ct)
    {
        List<object?[]> rows = [];
        await foreach (var row in RawRowsAsync(statement, args, ct))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>As <see cref="StreamAsync{T}"/>, of the columns as they are stored.</summary>
    public IAsyncEnumerable<object?[]> StreamRawAsync(string query, CancellationToken ct) => RawRowsAsync(queries.Find(query), null, ct);

    /// <summary>Makes the work durable and ends the session. When it throws, the work may or may not have been committed.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        if (!lease.CanWrite)
        {
            throw new InvalidOperationException("A session that was opened for reading has nothing to commit.");
        }

        ThrowIfEnded();
        await lease.CommitAsync(ct);
        ended = true;
        // Given back at once: what the caller does after its commit must not keep the next writer waiting.
        await lease.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!ended)
        {
            ended = true;
            await lease.DisposeAsync();
        }
    }

    /// <summary>Runs a migration's batch. Slices never come here: their statements are files.</summary>
    internal async Task ExecuteScriptAsync(string batch, CancellationToken ct)
    {
        ThrowIfEnded();
        memory?.Forget();
        await using var command = lease.ScriptCommand();
#pragma warning disable CA2100 // the text of a file in db/migrations
        command.CommandText = batch;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private async IAsyncEnumerable<object?[]> RawRowsAsync(SqlStatement statement, object? args, [EnumeratorCancellation] CancellationToken ct)
    {
        var command = Command(statement, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var row = new object?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = DbValues.Stored(reader, i);
                }

                yield return row;
            }
        }
        finally
        {
            lease.Return(command);
        }
    }

    private async Task<T> RunAsync<T>(string query, object? args, Func<DbCommand, CancellationToken, Task<T>> run, CancellationToken ct)
    {
        var command = Command(query, args);
        try
        {
            return await run(command, ct);
        }
        finally
        {
            lease.Return(command);
        }
    }

    private DbCommand Command(string query, object? args) => Command(queries.Find(query), args);

    private DbCommand Command(SqlStatement statement, object? args)
    {
        ThrowIfEnded();
        if (statement.Writes is { } table)
        {
            everWritten.Add(table);
            memory?.Written(table);
        }

        var command = lease.Command(statement);
        try
        {
            statement.Bind(command, args);
            return command;
        }
        catch
        {
            lease.Return(command);
            throw;
        }
    }

    private void NoteWritten(string query)
    {
        if (!lease.CanWrite)
        {
            throw new InvalidOperationException($"The query '{query}' writes, but the session was opened for reading only.");
        }

        written.Add(queries.Find(query).Writes ?? throw new InvalidOperationException($"The query '{query}' writes no table."));
    }

    private void ThrowIfEnded()
    {
        if (ended)
        {
            throw new InvalidOperationException("The session has ended.");
        }
    }
}
