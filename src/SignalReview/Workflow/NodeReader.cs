using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>Reads the activities of a flowchart against <see cref="StepCatalog"/>.</summary>
internal sealed class NodeReader(ProblemList problems, ImmutableArray<FlowInput> inputs, ImmutableArray<FlowVariable> variables)
{
    /// <summary>What Elsa and its Studio write on every activity.</summary>
    public static readonly ImmutableHashSet<string> CommonProperties =
        ["id", "nodeId", "name", "type", "version", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously", "source", "line"];

    private readonly ExpressionReader expressions = new(inputs, variables);

    /// <returns>In the order of the file, without those that cannot be read at all.</returns>
    public ImmutableArray<FlowNode> Read(JsonElement flowchart)
    {
        var nodes = ImmutableArray.CreateBuilder<FlowNode>();
        foreach (var json in flowchart.List("activities"))
        {
            var (id, type) = (json.Text("id"), json.Text("type"));
            if (id is null || type is null)
            {
                problems.Add(id ?? DefinitionProblem.Head, "an activity needs an id and a type");
            }
            else if (nodes.Any(n => n.Id == id))
            {
                problems.Add(id, "two activities have this id");
            }
            else if (StepCatalog.Find(type) is { } step)
            {
                nodes.Add(Node(json, id, step));
            }
            else
            {
                problems.Add(id, $"unknown activity '{type}'");
            }
        }

        return nodes.ToImmutable();
    }

    private FlowNode Node(JsonElement json, string id, StepDescription step)
    {
        Common(json, id);
        var cases = step.Kind == StepKind.Switch ? Cases(json, id) : [];
        var variable = step.Kind == StepKind.SetVariable ? Target(json, id) : null;
        var catalog = variable is null ? step.Inputs : [new("Value", variable.Type, Required: true, "")];

        var given = ImmutableSortedDictionary.CreateBuilder<string, FlowExpression>(StringComparer.Ordinal);
        var outputs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject().Where(p => !CommonProperties.Contains(p.Name) && !IsOwn(step.Kind, p.Name)))
        {
            if (catalog.FirstOrDefault(i => Matches(i.Name, property.Name)) is { } input)
            {
                if (Input(property.Value, id, step.Kind, input) is { } expression)
                {
                    given.Add(input.Name, expression);
                }
            }
            else if (step.Outputs.FirstOrDefault(o => Matches(o.Name, property.Name)) is { } output)
            {
                if (Output(property.Value, id, output) is { } name)
                {
                    outputs.Add(output.Name, name);
                }
            }
            else
            {
                problems.Add(id, $"{step.Type} has no input '{property.Name}'");
            }
        }

        Missing(json, id, step, catalog);
        ImmutableArray<string> ports = [.. cases.Select(c => c.Label), .. step.Outcomes.Select(o => o.Name)];
        return new(id, step.Type, step, given.ToImmutable(), outputs.ToImmutable(), ports)
        {
            Cases = cases,
            Variable = variable?.Name,
            WaitsForAny = step.Kind == StepKind.Join && given.GetValueOrDefault("Mode") is FlowExpression.Constant { Value: "WaitAny" },
        };
    }

    private void Common(JsonElement json, string id)
    {
        var custom = json.TryGetProperty("customProperties", out var properties) ? properties : default;
        if (json.IsTrue("canStartWorkflow") || custom.IsTrue("canStartWorkflow"))
        {
            problems.Add(id, "canStartWorkflow must be false: a case starts its workflow");
        }

        if (json.IsTrue("runAsynchronously") || custom.IsTrue("runAsynchronously"))
        {
            problems.Add(id, "runAsynchronously must be false: a step is asked together with what led to it");
        }

        if (json.TryGetProperty("version", out var version) && !(version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == 1))
        {
            problems.Add(id, "version of the activity must be 1");
        }
    }

    private FlowExpression? Input(JsonElement json, string id, StepKind kind, StepInput input)
    {
        if (ExpressionReader.IsAbsent(json))
        {
            return null;
        }

        // Elsa writes an enum's input with the enum's long name, and a variable's new value as Object.
        var typeName = json.Text("typeName");
        var typed = kind switch
        {
            StepKind.Join => typeName?.Contains("FlowJoinMode", StringComparison.Ordinal) == true,
            StepKind.SetVariable => typeName == "Object" || typeName == $"{input.Type}",
            _ => typeName == $"{input.Type}",
        };
        if (!typed)
        {
            problems.Add(id, $"input '{input.Name}' has typeName '{typeName}', not {input.Type}");
            return null;
        }

        var (expression, reason) = expressions.Read(json.TryGetProperty("expression", out var inner) ? inner : default, input.Type);
        reason ??= Judge(input, expression!);
        if (reason is not null)
        {
            problems.Add(id, $"input '{input.Name}': {reason}");
            return null;
        }

        return expression;
    }

    private static string? Judge(StepInput input, FlowExpression expression) => (expression as FlowExpression.Constant)?.Value switch
    {
        null when input.Allowed.Length > 0 => $"must be a literal, one of {string.Join(", ", input.Allowed)}",
        string text when input.Allowed.Length > 0 && !input.Allowed.Contains(text) => $"'{text}' is none of {string.Join(", ", input.Allowed)}",
        int number when number < input.Minimum && input.Name != "Value" => $"must be at least {input.Minimum}",
        TimeSpan span when span <= TimeSpan.Zero && input.Name != "Value" => "must be longer than nothing",
        _ => null,
    };

    private string? Output(JsonElement json, string id, StepOutput output)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var variable = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("memoryReference", out var reference) && reference.Text("id") is { } variableId
            ? variables.FirstOrDefault(v => v.Id == variableId)
            : null;
        if (variable is null)
        {
            problems.Add(id, $"output '{output.Name}' refers to an unknown variable");
        }
        else if (variable.Type != output.Type || json.Text("typeName") != $"{output.Type}")
        {
            problems.Add(id, $"output '{output.Name}' is {output.Type}; it cannot fill '{variable.Name}' of type {variable.Type}");
        }

        return variable?.Name;
    }

    private void Missing(JsonElement json, string id, StepDescription step, ImmutableArray<StepInput> catalog)
    {
        bool Given(string name) => json.EnumerateObject().Any(p => Matches(name, p.Name) && !ExpressionReader.IsAbsent(p.Value));

        foreach (var input in catalog.Where(i => i.Required && !Given(i.Name)))
        {
            problems.Add(id, $"input '{input.Name}' is missing");
        }

        if (step.Waits && Given(StepCatalog.DeadlineHours) == Given(StepCatalog.DeadlineMinutes))
        {
            problems.Add(id, Given(StepCatalog.DeadlineHours)
                ? "two deadlines: give DeadlineHours or DeadlineMinutes, not both"
                : "waits without a deadline: give DeadlineHours or DeadlineMinutes");
        }
    }

    private ImmutableArray<FlowCase> Cases(JsonElement json, string id)
    {
        // Elsa's other mode starts a branch for every case that holds.
        if (json.TryGetProperty("mode", out var mode) && !ExpressionReader.IsAbsent(mode)
            && !(mode.TryGetProperty("expression", out var chosen) && chosen.Text("type") == "Literal" && chosen.Text("value") == "MatchFirst"))
        {
            problems.Add(id, "the switch's mode must be the literal MatchFirst");
        }

        var cases = ImmutableArray.CreateBuilder<FlowCase>();
        foreach (var item in json.List("cases"))
        {
            var label = item.Text("label");
            if (label is null or "Default" || cases.Any(c => c.Label == label))
            {
                problems.Add(id, $"each case needs a label of its own, not '{label}'");
                continue;
            }

            var (condition, reason) = expressions.Read(item.TryGetProperty("condition", out var inner) ? inner : default, FlowType.Boolean);
            if (condition is null)
            {
                problems.Add(id, $"case '{label}': {reason}");
                continue;
            }

            cases.Add(new(label, condition));
        }

        if (!json.List("cases").Any())
        {
            problems.Add(id, "a switch needs at least one case");
        }

        return cases.ToImmutable();
    }

    private FlowVariable? Target(JsonElement json, string id)
    {
        var variableId = json.TryGetProperty("variable", out var reference) ? reference.Text("id") : null;
        var variable = variables.FirstOrDefault(v => v.Id == variableId);
        if (variable is null)
        {
            problems.Add(id, $"sets an unknown variable '{variableId}'");
        }

        return variable;
    }

    private static bool IsOwn(StepKind kind, string property) => kind switch
    {
        StepKind.Switch => property is "cases" or "mode",
        StepKind.SetVariable => property is "variable",
        _ => false,
    };

    // Elsa writes CollectVotes.Quorum as "quorum".
    private static bool Matches(string name, string property) =>
        property.Length == name.Length && property[0] == char.ToLowerInvariant(name[0]) && property.AsSpan(1).SequenceEqual(name.AsSpan(1));
}
