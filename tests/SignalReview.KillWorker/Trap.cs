using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Workflow;

namespace SignalReview.KillWorker;

/// <summary>Kills this very process at the n-th time that it comes to a place: as SIGKILL does, with nothing tidied up.</summary>
internal sealed class Trap(int at)
{
    private int visits;

    /// <param name="trap">Null, or "engine:12" for around the engine's 12th step, inside the transaction; "commit:3" for just after a commit.</param>
    public static void Set(IServiceCollection services, string? trap)
    {
        if (trap is null)
        {
            return;
        }

        var (place, number) = (trap.Split(':')[0], int.Parse(trap.Split(':')[1], CultureInfo.InvariantCulture));
        switch (place)
        {
            case "engine":
                var engine = services.Last(s => s.ServiceType == typeof(IWorkflowEngine));
                services.Remove(engine);
                services.AddSingleton<IWorkflowEngine>(provider => new TrappedEngine(
                    (IWorkflowEngine)(engine.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, engine.ImplementationType!)),
                    new(number)));
                break;
            case "commit":
                services.AddSingleton(provider => new CommitTrap(provider.GetRequiredService<CommitSignal>(), new(number)));
                break;
            default:
                throw new InvalidOperationException($"There is no trap at '{place}'.");
        }
    }

    public void Visit()
    {
        if (Interlocked.Increment(ref visits) == at)
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}

/// <summary>Before and after each step of the engine.</summary>
internal sealed class TrappedEngine(IWorkflowEngine engine, Trap trap) : IWorkflowEngine
{
    public string Name => engine.Name;

    public Task<StartedFlow> StartAsync(
        Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct) =>
        AroundAsync(() => engine.StartAsync(work, definitionId, inputs, ct));

    public Task<IReadOnlyList<AskedStep>> RestartAsync(
        Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct) =>
        AroundAsync(() => engine.RestartAsync(work, inputs, ct));

    public Task<IReadOnlyList<AskedStep>> AdvanceAsync(Work work, StepCompletion completion, CancellationToken ct) =>
        AroundAsync(() => engine.AdvanceAsync(work, completion, ct));

    public Task CancelAsync(Work work, CancellationToken ct) => engine.CancelAsync(work, ct);

    private async Task<T> AroundAsync<T>(Func<Task<T>> step)
    {
        trap.Visit();
        var result = await step();
        trap.Visit();
        return result;
    }
}

/// <summary>As soon after a commit as another thread can hear of it: before, while or after it is acknowledged.</summary>
internal sealed class CommitTrap(CommitSignal commits, Trap trap)
{
    public void Arm() => new Thread(Watch) { IsBackground = true }.Start();

    private void Watch()
    {
        for (; ; )
        {
            commits.Next.Wait();
            trap.Visit();
        }
    }
}
