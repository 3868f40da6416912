using System.Data.Common;

namespace SignalReview.Storage;

/// <summary>The two databases SignalReview runs on: embedded SQLite and SQL Server.</summary>
internal interface IDatabase
{
    /// <summary>"Sqlite" or "SqlServer", as in the setting <c>Database:Provider</c>.</summary>
    string Provider { get; }

    /// <summary>A session that only reads. On SQLite it sees one snapshot from its first statement on.</summary>
    Task<DbSession> OpenReadAsync(CancellationToken ct);

    /// <summary>A write transaction. It is lost unless <see cref="DbSession.CommitAsync"/> is called before the session is disposed.</summary>
    Task<DbSession> BeginAsync(CancellationToken ct);

    /// <summary>
    /// Overwrites what the database's own files still hold of rows that were overwritten or deleted, as far as it can: SQLite empties its
    /// write-ahead log. The log of a SQL Server is its administrator's.
    /// </summary>
    /// <returns>False: a reader is in the way. What was overwritten is still there; try again later.</returns>
    Task<bool> ForgetOverwrittenAsync(CancellationToken ct);

    /// <summary>
    /// Writes the whole database anew. On SQLite rows that move between pages leave copies behind that no later overwriting reaches; this leaves
    /// them out. Takes as long as a copy of the database, and others cannot write meanwhile: for before it serves.
    /// </summary>
    Task RewriteAsync(CancellationToken ct);

    /// <summary>A primary key or unique constraint refused a row: somebody else was first.</summary>
    bool IsUniqueViolation(DbException e);

    /// <summary>Busy, locked, deadlock victim or timed out: the same transaction may succeed when it is run again from its start.</summary>
    bool IsTransient(DbException e);
}
