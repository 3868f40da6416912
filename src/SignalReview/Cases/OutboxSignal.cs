namespace SignalReview.Cases;

/// <summary>Wakes the outbox pump of this process after a commit; the pump also looks by itself, so a lost wake-up only delays.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Notify()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // The pump was woken already and has not looked yet.
        }
    }

    /// <summary>Returns when something was committed, or after the given time.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(atMost, ct);

    public void Dispose() => signal.Dispose();
}
