using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>One call of the engine: tokens with the case's values beside them.</summary>
internal sealed class FlowRun
{
    private readonly WorkflowDefinition definition;
    private readonly Dictionary<string, object> inputs;
    private readonly List<AskedStep> asked = [];

    public FlowRun(
        WorkflowDefinition definition, Dictionary<string, object> inputs, Dictionary<string, object> variables, Action<FlowConnection>? taken)
        : this(definition, inputs, variables, new(StringComparer.Ordinal), new(StringComparer.Ordinal), taken)
    {
    }

    private FlowRun(
        WorkflowDefinition definition,
        Dictionary<string, object> inputs,
        Dictionary<string, object> variables,
        SortedSet<string> open,
        SortedDictionary<string, SortedSet<int>> arrived,
        Action<FlowConnection>? taken)
    {
        this.definition = definition;
        this.inputs = inputs;
        Values = variables;
        Tokens = new(definition.Graph, Ask, Pass, taken) { Open = open, Arrived = arrived };
    }

    public FlowTokens Tokens { get; }

    /// <summary>The variables, by name.</summary>
    public Dictionary<string, object> Values { get; }

    private FlowValues Scope => new(inputs, Values);

    public static FlowRun Resume(WorkflowDefinition d, FlowState s, Action<FlowConnection>? taken)
    {
        var given = d.Inputs.ToDictionary(i => i.Name, i => Stored(s.Inputs, i.Name, i.Type), StringComparer.Ordinal);
        var variables = d.Variables.ToDictionary(v => v.Name, v => Stored(s.Variables, v.Name, v.Type), StringComparer.Ordinal);
        var arrived = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (var (join, connections) in s.Arrived)
        {
            arrived.Add(join, [.. connections]);
        }

        return new(d, given, variables, new(s.Open, StringComparer.Ordinal), arrived, taken);
    }

    public (FlowState State, IReadOnlyList<AskedStep> Asked) Result() =>
        (new(
            inputs.ToImmutableSortedDictionary(i => i.Key, i => FlowTypes.Write(i.Value), StringComparer.Ordinal),
            Values.ToImmutableSortedDictionary(v => v.Key, v => FlowTypes.Write(v.Value), StringComparer.Ordinal),
            [.. Tokens.Open],
            Tokens.Arrived.ToImmutableSortedDictionary(a => a.Key, a => a.Value.ToImmutableArray(), StringComparer.Ordinal),
            Tokens.Finished),
        // A later branch of the same call may have ended a step that was asked a moment before.
        [.. asked.Where(a => Tokens.Open.Contains(a.Node))]);

    private static object Stored(ImmutableSortedDictionary<string, System.Text.Json.JsonElement> values, string name, FlowType type) =>
        FlowTypes.Read(values[name], type) ?? throw new InvalidOperationException($"The stored '{name}' is no {type}.");

    private void Ask(FlowNode node) =>
        asked.Add(new(node.Id, node.Step.Name, node.Inputs.ToImmutableSortedDictionary(i => i.Key, i => FlowTypes.Write(i.Value.Evaluate(Scope)), StringComparer.Ordinal)));

    private string Pass(FlowNode node)
    {
        switch (node.Step.Kind)
        {
            case StepKind.Decision:
                return (bool)node.Inputs["Condition"].Evaluate(Scope) ? "True" : "False";
            case StepKind.Switch:
                return node.Cases.FirstOrDefault(c => (bool)c.Condition.Evaluate(Scope))?.Label ?? "Default";
            case StepKind.SetVariable:
                Values[node.Variable!] = node.Inputs["Value"].Evaluate(Scope);
                return "Done";
            case StepKind.Join:
                return "Done";
            default:
                throw new InvalidOperationException($"{node.Type} '{node.Id}' is not passed through.");
        }
    }
}
