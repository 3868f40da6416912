using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>What an engine asks of the product.</summary>
/// <param name="Node">The node's id in the definition; one node is open at most once at a time.</param>
/// <param name="Activity">The step's name in <see cref="StepCatalog"/> without prefix, or "Delay" for <c>Elsa.Delay</c>.</param>
/// <param name="Inputs">The resolved inputs by their catalog name; an optional input that the definition leaves out is absent.</param>
public sealed record AskedStep(string Node, string Activity, IReadOnlyDictionary<string, JsonElement> Inputs);

/// <summary>A step's completion as the trail tells it.</summary>
/// <param name="Node">The node that was asked.</param>
/// <param name="Outcome">One of the step's outcomes in <see cref="StepCatalog"/>.</param>
/// <param name="Outputs">By catalog name. Every output that the definition binds to a variable must be there.</param>
public sealed record StepCompletion(string Node, string Outcome, IReadOnlyDictionary<string, JsonElement>? Outputs = null);
