using System.Data.Common;

namespace SignalReview.Storage;

/// <summary>Runs a unit of work again from its start while the database is busy or chose it as a deadlock's victim.</summary>
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
            catch (DbException e) when (attempt < Attempts && database.IsTransient(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5 << attempt), time, ct);
            }
        }
    }
}
