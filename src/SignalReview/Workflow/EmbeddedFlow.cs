using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>
/// Runs a checked definition. Pure: the same state and completion always give the same answer, so it may run inside the transaction
/// that writes the state change. Every step and every delay is asked and stays open until it is completed; decisions, switches,
/// joins, variables and the end happen inside.
/// </summary>
internal static class EmbeddedFlow
{
    /// <param name="inputs">Exactly the inputs that the definition declares.</param>
    /// <param name="taken">Told each connection on the way, in order.</param>
    /// <exception cref="ArgumentException">An input is missing, unknown or of another type.</exception>
    public static (FlowState State, IReadOnlyList<AskedStep> Asked) Start(
        WorkflowDefinition d, IReadOnlyDictionary<string, JsonElement> inputs, Action<FlowConnection>? taken = null)
    {
        var unknown = inputs.Keys.Except(d.Inputs.Select(i => i.Name), StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw new ArgumentException($"{d.DefinitionId} has no input '{unknown}'.", nameof(inputs));
        }

        var values = d.Inputs.ToDictionary(i => i.Name, i => Given(inputs, i.Name, i.Type, d.DefinitionId), StringComparer.Ordinal);
        var run = new FlowRun(d, values, d.Variables.ToDictionary(v => v.Name, v => v.Initial, StringComparer.Ordinal), taken);
        run.Tokens.Start();
        return run.Result();
    }

    /// <summary>Completing a node that is not open changes nothing: a retry, or a branch that a join ended.</summary>
    /// <exception cref="ArgumentException">The outcome is none of the node's, or an output that fills a variable is missing.</exception>
    public static (FlowState State, IReadOnlyList<AskedStep> Asked) Complete(
        WorkflowDefinition d, FlowState s, StepCompletion c, Action<FlowConnection>? taken = null)
    {
        if (!s.Open.Contains(c.Node))
        {
            return (s, []);
        }

        var node = d.Nodes[c.Node];
        if (!node.Ports.Contains(c.Outcome))
        {
            throw new ArgumentException($"{node.Type} '{node.Id}' has no outcome '{c.Outcome}'.", nameof(c));
        }

        var run = FlowRun.Resume(d, s, taken);
        var outputs = c.Outputs ?? ImmutableDictionary<string, JsonElement>.Empty;
        foreach (var (output, variable) in node.Outputs)
        {
            run.Values[variable] = Given(outputs, output, node.Step.Outputs.Single(o => o.Name == output).Type, node.Id);
        }

        run.Tokens.Leave(c.Node, c.Outcome);
        return run.Result();
    }

    private static object Given(IReadOnlyDictionary<string, JsonElement> values, string name, FlowType type, string where) =>
        (values.TryGetValue(name, out var value) ? FlowTypes.Read(value, type) : null)
        ?? throw new ArgumentException($"{where} needs '{name}' of type {type}.", nameof(values));
}
