using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace SignalReview.Storage;

/// <summary>
/// One connection, and for a write its transaction. Queries are named as their file under db/queries ("rooms/cast_vote"); arguments
/// are the public properties of one object. Rows are records with init properties, filled by name from snake_case columns.
/// Disposing without a commit rolls back. Not for two tasks at once.
/// </summary>
internal sealed class DbSession(IDbLease lease, SqlText queries) : IAsyncDisposable
{
    private bool ended;

    /// <summary>The number of rows that were changed, which decides who won a race.</summary>
    public Task<int> ExecuteAsync(string query, object? args, CancellationToken ct)
    {
        if (!lease.CanWrite)
        {
            throw new InvalidOperationException($"The query '{query}' writes, but the session was opened for reading only.");
        }

        return Connection.ExecuteAsync(Command(query, args, ct));
    }

    /// <summary>The first row, or default: null for a record, and for a value only when T itself is nullable (<c>long?</c>).</summary>
    public async Task<T?> FirstOrDefaultAsync<T>(string query, object? args, CancellationToken ct) =>
        await Connection.QueryFirstOrDefaultAsync<T>(Command(query, args, ct));

    /// <summary>The first column of the first row. It must exist; NULL is an answer only when T may be null.</summary>
    public Task<T> ScalarAsync<T>(string query, object? args, CancellationToken ct) =>
        Connection.QueryFirstAsync<T>(Command(query, args, ct));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string query, object? args, CancellationToken ct) =>
        (await Connection.QueryAsync<T>(Command(query, args, ct))).AsList();

    /// <summary>Row by row as the database yields them. No other query can run in this session until the last row was read.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string query, object? args, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var reader = await Connection.ExecuteReaderAsync(Command(query, args, ct));
        if (!await reader.ReadAsync(ct))
        {
            yield break;
        }

        var parse = reader.GetRowParser<T>();
        do
        {
            yield return parse(reader);
        }
        while (await reader.ReadAsync(ct));
    }

    /// <summary>Makes the work durable and ends the session. When it throws, the work may or may not have been committed.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        if (!lease.CanWrite)
        {
            throw new InvalidOperationException("A session that was opened for reading has nothing to commit.");
        }

        _ = Connection;
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
    internal Task<int> ExecuteScriptAsync(string batch, CancellationToken ct) =>
        Connection.ExecuteAsync(new CommandDefinition(batch, transaction: lease.Transaction, commandTimeout: lease.ScriptTimeout, cancellationToken: ct));

    private DbConnection Connection => ended ? throw new InvalidOperationException("The session has ended.") : lease.Connection;

    private CommandDefinition Command(string query, object? args, CancellationToken ct)
    {
        var statement = queries.Find(query);
        return new(statement.Text, new SqlArguments(statement, args), lease.Transaction, cancellationToken: ct);
    }
}
