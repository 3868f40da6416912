using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>
/// The values that are worth trying for a definition's inputs and its steps' outputs: for each that a decision or a switch looks at, one
/// on either side of every number it is compared with and every text it can equal; one value for all others.
/// </summary>
internal sealed class FlowPathValues
{
    private const string SampleCase = "00000000-0000-7000-8000-000000000000";

    private readonly WorkflowDefinition definition;
    private readonly HashSet<string> inputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> variables = new(StringComparer.Ordinal);
    private readonly ImmutableArray<FlowExpression> conditions;
    private readonly ImmutableArray<FlowExpression> copies;
    private readonly Dictionary<string, ImmutableArray<ImmutableSortedDictionary<string, JsonElement>>> outputs = new(StringComparer.Ordinal);

    public FlowPathValues(WorkflowDefinition definition)
    {
        this.definition = definition;
        var nodes = definition.Nodes.Values.OrderBy(n => n.Id, StringComparer.Ordinal).ToList();
        conditions =
        [
            .. nodes.Where(n => n.Step.Kind == StepKind.Decision).Select(n => n.Inputs["Condition"]),
            .. nodes.SelectMany(n => n.Cases).Select(c => c.Condition),
        ];
        copies = [.. nodes.Where(n => n.Step.Kind == StepKind.SetVariable).Select(n => n.Inputs["Value"])];
        Mark(conditions);
        for (var marked = -1; marked != inputs.Count + variables.Count;)
        {
            marked = inputs.Count + variables.Count;
            Mark(nodes.Where(n => n.Variable is { } variable && variables.Contains(variable)).Select(n => n.Inputs["Value"]));
        }
    }

    /// <summary>The ways to start: every combination of the inputs that matter.</summary>
    public IReadOnlyList<ImmutableSortedDictionary<string, JsonElement>> Starts() => Combine(definition.Inputs.Select(i => (i.Name, OfInput(i))));

    /// <summary>The ways to complete a node: every combination of the outputs that matter; the others have one value.</summary>
    public IReadOnlyList<ImmutableSortedDictionary<string, JsonElement>> Outputs(FlowNode node)
    {
        if (!outputs.TryGetValue(node.Id, out var known))
        {
            outputs[node.Id] = known = [.. Combine(node.Step.Outputs.Select(o => (o.Name, OfOutput(node, o))))];
        }

        return known;
    }

    private void Mark(IEnumerable<FlowExpression> expressions)
    {
        foreach (var part in expressions.SelectMany(e => e.Parts()))
        {
            _ = part switch
            {
                FlowExpression.Input input => inputs.Add(input.Name),
                FlowExpression.Variable variable => variables.Add(variable.Name),
                _ => false,
            };
        }
    }

    private IReadOnlyList<object> OfInput(FlowInput input)
    {
        var matters = inputs.Contains(input.Name);
        return input.Name switch
        {
            CaseInputs.Urgency => matters ? [.. CaseInputs.Urgencies] : ["days"],
            CaseInputs.CaseId => [SampleCase],
            _ when matters => Distinct(Candidates(input.Type, int.MinValue, int.MaxValue), e => e is FlowExpression.Input i && i.Name == input.Name),
            _ => [Plain(input.Type)],
        };
    }

    private IReadOnlyList<object> OfOutput(FlowNode node, StepOutput output) =>
        node.Outputs.TryGetValue(output.Name, out var variable) && variables.Contains(variable)
            ? Distinct(Candidates(output.Type, 0, output.Maximum), e => e is FlowExpression.Variable v && v.Name == variable)
            : [Plain(output.Type)];

    private static object Plain(FlowType type) => type switch
    {
        FlowType.Int32 => 0,
        FlowType.String => "",
        FlowType.Boolean => false,
        FlowType.TimeSpan => TimeSpan.Zero,
    };

    private IEnumerable<object> Candidates(FlowType type, int minimum, int maximum)
    {
        var constants = conditions.Concat(copies).SelectMany(e => e.Parts()).OfType<FlowExpression.Constant>()
            .Concat(definition.Variables.Select(v => new FlowExpression.Constant(v.Type, v.Initial)))
            .Where(c => c.Type == type)
            .Select(c => c.Value)
            .ToList();
        return type switch
        {
            FlowType.Boolean => [false, true],
            FlowType.Int32 => constants.Cast<int>().SelectMany(c => new[] { c, c - 1L, c + 1L }).Append(0)
                .Where(c => c >= minimum && c <= maximum).Distinct().Select(c => (object)(int)c),
            FlowType.String => [.. constants, Other(constants)],
            FlowType.TimeSpan => constants.Cast<TimeSpan>().Append(TimeSpan.Zero).Append(TimeSpan.FromHours(1)).Distinct().Cast<object>(),
        };
    }

    private static string Other(List<object> known)
    {
        var other = "other";
        while (known.Contains(other))
        {
            other += "'";
        }

        return other;
    }

    /// <summary>
    /// Two values that no comparison tells apart are one. That holds only where the value is compared with constants: next to another
    /// variable, or where it is handed on, every candidate stays.
    /// </summary>
    private IReadOnlyList<object> Distinct(IEnumerable<object> candidates, Func<FlowExpression, bool> isIt)
    {
        var compared = conditions.Concat(copies).SelectMany(e => e.Parts()).OfType<FlowExpression.Compare>()
            .Where(c => isIt(c.Left) || isIt(c.Right)).ToList();
        var handedOn = copies.Any(c => c.Parts().Any(isIt));
        return handedOn || compared.Exists(c => !(c.Left is FlowExpression.Constant || c.Right is FlowExpression.Constant))
            ? [.. candidates]
            : [.. candidates.DistinctBy(v => string.Concat(compared.Select(c => Truth(c, isIt, v) ? '1' : '0')) + (v is bool b ? $"{b}" : ""))];
    }

    private static bool Truth(FlowExpression.Compare compare, Func<FlowExpression, bool> isIt, object value)
    {
        FlowExpression With(FlowExpression side) => isIt(side) ? new FlowExpression.Constant(side.Type, value) : side;
        var nothing = ImmutableDictionary<string, object>.Empty;
        return (bool)new FlowExpression.Compare(compare.Operator, With(compare.Left), With(compare.Right)).Evaluate(new(nothing, nothing));
    }

    private static List<ImmutableSortedDictionary<string, JsonElement>> Combine(IEnumerable<(string Name, IReadOnlyList<object> Values)> parts)
    {
        List<ImmutableSortedDictionary<string, JsonElement>> combined = [ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal)];
        foreach (var (name, values) in parts)
        {
            combined = [.. combined.SelectMany(c => values.Select(v => c.Add(name, FlowTypes.Write(v))))];
        }

        return combined;
    }
}
