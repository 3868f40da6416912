using System.Collections.Immutable;

namespace SignalReview.Cases;

/// <summary>
/// Wakes what follows a commit of this process: the outbox pump, an engine outside our transaction. Each also looks by itself, so a
/// wake-up that comes to nobody only delays.
/// </summary>
internal sealed class CommitSignal
{
    private TaskCompletionSource next = Fresh();

    private ImmutableArray<Action<CaseId>> listeners = [];

    /// <summary>Is told of which case each commit of this process was, from now on. It may only note that: the command waits for it.</summary>
    public void Listen(Action<CaseId> listener) => ImmutableInterlocked.Update(ref listeners, known => known.Add(listener));

    /// <summary>Ends with the next commit. Take it before looking: what is committed while you look then wakes you too.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Notify(CaseId caseId)
    {
        foreach (var listener in listeners)
        {
            listener(caseId);
        }

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
