using System.Data.Common;

namespace SignalReview.Storage;

/// <summary>What a database lends to one session. Disposing rolls back what was not committed and takes the connection back.</summary>
internal interface IDbLease : IAsyncDisposable
{
    DbConnection Connection { get; }

    DbTransaction? Transaction { get; }

    bool CanWrite { get; }

    /// <summary>Seconds that one batch of a migration may take.</summary>
    int ScriptTimeout { get; }

    Task CommitAsync(CancellationToken ct);
}
