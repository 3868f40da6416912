using System.Data.Common;
using SignalReview.Trail;

namespace SignalReview.Storage;

/// <summary>Runs a unit of work again from its start while the database is busy or chose it as a deadlock's
/// victim, or when what it read was erased under its eyes.</summary>
internal static class BusyRetry
{
    private const int Attempts = 6;

    public static async Task<T> RunAsync<T>(IDatabase database, TimeProvider time, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(ct);
            }
            catch (Exception e) when (attempt < Attempts && (e is DossierGoneException || (e is DbException busy && database.IsTransient(busy))))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5 << attempt), time, ct);
            }
        }
    }
}
