using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>One way through a definition from its start to a Finish, with the values that make a case go that way.</summary>
/// <param name="Inputs">What the case gives when it starts: exactly the inputs that the definition declares.</param>
/// <param name="Opening">The decisions and switches passed before the first step is asked.</param>
/// <param name="Steps">In the order in which they are completed.</param>
internal sealed record FlowPath(
    ImmutableSortedDictionary<string, JsonElement> Inputs, ImmutableArray<FlowChoice> Opening, ImmutableArray<FlowPathStep> Steps)
{
    public override string ToString() => string.Join(" ", Opening.Select(o => $"{o}").Concat(Steps.Select(s => $"{s}")));
}

/// <summary>One completion on a path.</summary>
/// <param name="Activity">As <see cref="AskedStep.Activity"/>.</param>
/// <param name="Outputs">Every output of the step by its catalog name, as the product would give them.</param>
/// <param name="Passed">The decisions and switches that the engine passes because of it, before it asks the next step.</param>
internal sealed record FlowPathStep(
    string Node, string Activity, string Outcome, ImmutableSortedDictionary<string, JsonElement> Outputs, ImmutableArray<FlowChoice> Passed)
{
    public StepCompletion Completion => new(Node, Outcome, Outputs);

    public override string ToString() => string.Join(" ", Passed.Select(p => $"{p}").Prepend($"{Node}.{Outcome}"));
}

/// <summary>Which way a decision or a switch went: its port is the truth of its condition, or the label of its case.</summary>
internal readonly record struct FlowChoice(string Node, string Port)
{
    public override string ToString() => $"{Node}={Port}";
}
