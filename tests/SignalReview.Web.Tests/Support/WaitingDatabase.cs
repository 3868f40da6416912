using System.Data.Common;
using SignalReview.Storage;

namespace SignalReview.Web.Tests.Support;

/// <summary>
/// The database as it is when others write too: each session is waited for. A page that cannot be drawn before what it reads has come shows that here,
/// and not only on a busy day.
/// </summary>
internal sealed class WaitingDatabase(SqliteDatabase inner) : IDatabase, IDisposable
{
    public string Provider => inner.Provider;

    public async Task<DbSession> OpenReadAsync(CancellationToken ct)
    {
        await Task.Yield();
        return await inner.OpenReadAsync(ct);
    }

    public async Task<DbSession> BeginAsync(CancellationToken ct)
    {
        await Task.Yield();
        return await inner.BeginAsync(ct);
    }

    public Task<bool> ForgetOverwrittenAsync(CancellationToken ct) => inner.ForgetOverwrittenAsync(ct);

    public Task RewriteAsync(CancellationToken ct) => inner.RewriteAsync(ct);

    public bool IsUniqueViolation(DbException e) => inner.IsUniqueViolation(e);

    public bool IsTransient(DbException e) => inner.IsTransient(e);

    public void Dispose() => inner.Dispose();
}
