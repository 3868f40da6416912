using System.Data.Common;

namespace SignalReview.Storage;

/// <summary>What a database lends to one session. Disposing rolls back what was not committed and takes the connection back.</summary>
internal interface IDbLease : IAsyncDisposable
{
    bool CanWrite { get; }

    /// <summary>
    /// A command for the statement, in this session's transaction, with parameters that still need their values. Call <see cref="Return"/> after use.
    /// </summary>
    DbCommand Command(SqlStatement statement);

    void Return(DbCommand command);

    /// <summary>A new command without text, in this session's transaction, with the time that a migration's batch may take.</summary>
    DbCommand ScriptCommand();

    Task CommitAsync(CancellationToken ct);
}
