using System.Diagnostics;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Workflow;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>The product's own engine, with the processor time of every call added up: its judging and its statements.</summary>
internal sealed class MeteredEngine(IWorkflowEngine engine) : IWorkflowEngine
{
    private long ticks;

    public string Name => engine.Name;

    /// <summary>Since the start.</summary>
    public TimeSpan Spent => new(Interlocked.Read(ref ticks));

    public Task<StartedFlow> StartAsync(
        Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct) =>
        MeterAsync(() => engine.StartAsync(work, definitionId, inputs, ct));

    public Task<IReadOnlyList<AskedStep>> RestartAsync(
        Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct) =>
        MeterAsync(() => engine.RestartAsync(work, inputs, ct));

    public Task<IReadOnlyList<AskedStep>> AdvanceAsync(Work work, StepCompletion completion, CancellationToken ct) =>
        MeterAsync(() => engine.AdvanceAsync(work, completion, ct));

    public Task CancelAsync(Work work, CancellationToken ct) =>
        MeterAsync(async () =>
        {
            await engine.CancelAsync(work, ct);
            return true;
        });

    private async Task<T> MeterAsync<T>(Func<Task<T>> call)
    {
        var thread = Environment.CurrentManagedThreadId;
        var (processor, clock) = (ThreadTime.Now, Stopwatch.GetTimestamp());
        var result = await call();
        // SQLite never gives the thread up; should a call come back on another one, the clock is what is left.
        var spent = thread == Environment.CurrentManagedThreadId ? ThreadTime.Now - processor : Stopwatch.GetElapsedTime(clock);
        Interlocked.Add(ref ticks, spent.Ticks);
        return result;
    }
}
