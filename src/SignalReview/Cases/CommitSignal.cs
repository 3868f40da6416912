namespace SignalReview.Cases;

/// <summary>
/// Wakes what follows a commit of this process: the outbox pump, an engine outside our transaction. Each also looks by itself, so a
/// wake-up that comes to nobody only delays.
/// </summary>
internal sealed class CommitSignal
{
    private TaskCompletionSource next = Fresh();

    /// <summary>Tells of which case each commit of this process was. Whoever listens only notes it: a command waits for them.</summary>
    public event Action<CaseId>? Committed;

    /// <summary>Ends with the next commit. Take it before looking: what is committed while you look then wakes you too.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Notify(CaseId caseId)
    {
        Committed?.Invoke(caseId);
        Interlocked.Exchange(ref next, Fresh()).TrySetResult();
    }

    /// <summary>Returns when the task has ended, or after the given time.</summary>
    public static async Task WaitAsync(Task next, TimeSpan atMost, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(next, Task.Delay(atMost, enough.Token));
        await enough.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
