using System.Text.Json;
using SignalReview.Cases;

namespace SignalReview.Workflow;

/// <summary>
/// Asks for the next step of a case; it never judges and never sees content. The embedded engine answers in the same transaction;
/// an engine that works elsewhere answers with nothing and asks later, through the same <see cref="StepRunner"/>.
/// </summary>
internal interface IWorkflowEngine
{
    string Name { get; }

    /// <summary>Starts the newest version of a definition for the case of this work.</summary>
    /// <exception cref="KeyNotFoundException">No definition has that id.</exception>
    Task<StartedFlow> StartAsync(Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct);

    /// <summary>Starts anew the very version that the case began with, for a reopened case.</summary>
    Task<IReadOnlyList<AskedStep>> RestartAsync(Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct);

    /// <summary>Tells that a step is complete. A step that is not waiting any more changes nothing.</summary>
    Task<IReadOnlyList<AskedStep>> AdvanceAsync(Work work, StepCompletion completion, CancellationToken ct);

    /// <summary>Ends the case's flow, whatever it waits for.</summary>
    Task CancelAsync(Work work, CancellationToken ct);
}

/// <param name="Policy">definition@version, as headers of the trail carry it.</param>
/// <param name="Sha256">Of the definition's bytes, lower-case hex.</param>
/// <param name="Asked">The first steps.</param>
internal sealed record StartedFlow(string Policy, string Sha256, IReadOnlyList<AskedStep> Asked);
