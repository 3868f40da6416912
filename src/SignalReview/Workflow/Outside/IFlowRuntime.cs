using System.Text.Json;

namespace SignalReview.Workflow.Outside;

/// <summary>
/// An engine with a storage of its own, outside our transaction. It runs the definitions and waits at each step; it never judges and holds
/// ids, enumerations and numbers only. Each call is durable when it returns; any may be made again after a crash.
/// </summary>
internal interface IFlowRuntime
{
    /// <summary>For people, with its version: "Elsa 3.7.1".</summary>
    string Name { get; }

    /// <returns>Null when it knows no such instance.</returns>
    Task<FlowInstance?> FindAsync(string instance, CancellationToken ct);

    /// <summary>Starts an instance under an id that it does not have yet.</summary>
    /// <param name="inputs">Those that the definition declares.</param>
    Task<FlowInstance> StartAsync(
        string instance, WorkflowDefinition definition, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct);

    /// <summary>Goes on from a wait. A wait that is not there any more changes nothing.</summary>
    /// <param name="wait">A <see cref="FlowWait.Id"/>.</param>
    Task<FlowInstance> ResumeAsync(string instance, string wait, StepCompletion completion, CancellationToken ct);

    /// <summary>Ends an instance that still runs.</summary>
    Task CancelAsync(string instance, CancellationToken ct);

    /// <summary>Forgets an instance, so that its id can be started again.</summary>
    Task DeleteAsync(string instance, CancellationToken ct);

    /// <summary>All instances that have not ended.</summary>
    IAsyncEnumerable<(string Instance, FlowInstance State)> RunningAsync(CancellationToken ct);
}

internal enum FlowInstanceStatus
{
    Running,
    Finished,

    /// <summary>Faulted or cancelled by somebody else: nothing will come of it any more.</summary>
    Broken,
}

/// <summary>Where an instance stands, as its storage says.</summary>
internal sealed record FlowInstance(FlowInstanceStatus Status, IReadOnlyList<FlowWait> Waits);

/// <param name="Id">The engine's own; another one each time that a step is reached, never used twice.</param>
/// <param name="Step">What is asked there.</param>
internal sealed record FlowWait(string Id, AskedStep Step);
