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
                problems.Add(id ?? DefinitionProblem.Head, "an activity needs an id and a type", "give it both: the id is a name of its own, the type one of the table in workflows/README.md");
            }
            else if (nodes.Any(n => n.Id == id))
            {
                problems.Add(id, "two activities have this id", "give one of them an id of its own, and change the connections that mean it");
            }
            else if (StepCatalog.Find(type) is { } step)
            {
                nodes.Add(Node(json, id, step));
            }
            else
            {
                problems.Add(id, $"unknown activity '{type}'", Similar(type) is { } similar ? $"is {similar} meant? All are in the table in workflows/README.md" : "use one of the table in workflows/README.md");
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
                var known = step.Inputs.Select(i => i.Name).Concat(step.Outputs.Select(o => o.Name)).Select(n => char.ToLowerInvariant(n[0]) + n[1..]);
                problems.Add(id, $"{step.Type} has no input '{property.Name}'", $"remove it, or use one of these: {string.Join(", ", known)}");
            }
        }

        Missing(json, id, step, catalog);
        ImmutableArray<string> ports = [.. cases.Select(c => c.Label), .. step.Outcomes.Select(o => o.Name)];
        return new(id, step.Type, step, given.ToImmutable(), outputs.ToImmutable(), ports)
        {
            Cases = cases,
            Variable = variable?.Name,
            DisplayText = json.Has("metadata", out var metadata) ? metadata.Text("displayText") : null,
            WaitsForAny = step.Kind == StepKind.Join && given.GetValueOrDefault("Mode") is FlowExpression.Constant { Value: "WaitAny" },
        };
    }

    private void Common(JsonElement json, string id)
    {
        var custom = json.Has("customProperties", out var properties) ? properties : default;
        if (json.IsTrue("canStartWorkflow") || custom.IsTrue("canStartWorkflow"))
        {
            problems.Add(id, "canStartWorkflow must be false: a case starts its workflow", "write \"canStartWorkflow\": false");
        }

        if (json.IsTrue("runAsynchronously") || custom.IsTrue("runAsynchronously"))
        {
            problems.Add(id, "runAsynchronously must be false: a step is asked together with what led to it", "write \"runAsynchronously\": false");
        }

        if (json.Has("version", out var version) && !(version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == 1))
        {
            problems.Add(id, "version of the activity must be 1", "write \"version\": 1; only the definition as a whole gets a higher number");
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
            problems.Add(id, $"input '{input.Name}' has typeName '{typeName}', not {input.Type}", $"write \"typeName\": \"{input.Type}\", with a value of that type");
            return null;
        }

        var (expression, reason) = expressions.Read(json.Has("expression", out var inner) ? inner : default, input.Type);
        reason ??= Judge(input, expression!);
        if (reason is not null)
        {
            problems.Add(id, $"input '{input.Name}': {reason}", ExpressionReader.Mend(input.Type, input.Allowed));
            return null;
        }

        return expression;
    }

    private static string? Judge(StepInput input, FlowExpression expression) => (expression as FlowExpression.Constant)?.Value switch
    {
        null when input.Allowed.Length > 0 => $"must be a literal, one of {string.Join(", ", input.Allowed)}",
        null when input.IsLiteral => "must be a literal",
        string text when input.Allowed.Length > 0 && !input.Allowed.Contains(text) => $"'{text}' is none of {string.Join(", ", input.Allowed)}",
        int number when number < input.Minimum && input.Name != "Value" => $"must be at least {input.Minimum}",
        int number when number > input.Maximum => $"must be at most {input.Maximum}",
        TimeSpan span when span > TimeSpan.FromHours(StepCatalog.MostHours) && input.Name != "Value" => $"must be at most {StepCatalog.MostHours} hours",
        TimeSpan span when span <= TimeSpan.Zero && input.Name != "Value" => "must be longer than nothing",
        _ => null,
    };

    private string? Output(JsonElement json, string id, StepOutput output)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var variable = json.Has("memoryReference", out var reference) && reference.Text("id") is { } variableId
            ? variables.FirstOrDefault(v => v.Id == variableId)
            : null;
        if (variable is null)
        {
            problems.Add(id, $"output '{output.Name}' refers to an unknown variable", $"refer to the id of a variable at the top of the file: {Known()}");
        }
        else if (variable.Type != output.Type || json.Text("typeName") != $"{output.Type}")
        {
            problems.Add(id, $"output '{output.Name}' is {output.Type}; it cannot fill '{variable.Name}' of type {variable.Type}", $"let it fill a variable of type {output.Type}, with \"typeName\": \"{output.Type}\"");
        }

        return variable?.Name;
    }

    private void Missing(JsonElement json, string id, StepDescription step, ImmutableArray<StepInput> catalog)
    {
        bool Given(string name) => json.EnumerateObject().Any(p => Matches(name, p.Name) && !ExpressionReader.IsAbsent(p.Value));

        foreach (var input in catalog.Where(i => i.Required && !Given(i.Name)))
        {
            problems.Add(
                id,
                $"input '{input.Name}' is missing",
                $"add \"{char.ToLowerInvariant(input.Name[0])}{input.Name[1..]}\": {{ \"typeName\": \"{input.Type}\", \"expression\": {{ \"type\": \"Literal\", \"value\": … }} }}. {input.Description.TrimEnd('.')}");
        }

        if (step.Waits && Given(StepCatalog.DeadlineHours) == Given(StepCatalog.DeadlineMinutes))
        {
            problems.Add(
                id,
                Given(StepCatalog.DeadlineHours) ? "two deadlines, in hours and in minutes" : "waits without a deadline",
                Given(StepCatalog.DeadlineHours)
                    ? "remove deadlineHours or deadlineMinutes"
                    : "add \"deadlineHours\": { \"typeName\": \"Int32\", \"expression\": { \"type\": \"Literal\", \"value\": 8 } }, or deadlineMinutes");
        }
    }

    private ImmutableArray<FlowCase> Cases(JsonElement json, string id)
    {
        // Elsa's other mode starts a branch for every case that holds.
        if (json.Has("mode", out var mode) && !ExpressionReader.IsAbsent(mode)
            && !(mode.Has("expression", out var chosen) && chosen.Text("type") == "Literal" && chosen.Text("value") == "MatchFirst"))
        {
            problems.Add(id, "the switch's mode must be the literal MatchFirst", "choose Match first in Elsa Studio, or remove the mode");
        }

        var cases = ImmutableArray.CreateBuilder<FlowCase>();
        foreach (var item in json.List("cases"))
        {
            var label = item.Text("label");
            if (label is null or "Default" || cases.Any(c => c.Label == label))
            {
                problems.Add(id, $"each case needs a label of its own, not '{label}'", "give it another label; Default is for when no case holds");
                continue;
            }

            var (condition, reason) = expressions.Read(item.Has("condition", out var inner) ? inner : default, FlowType.Boolean);
            if (condition is null)
            {
                problems.Add(id, $"case '{label}': {reason}", ExpressionReader.Mend(FlowType.Boolean, []));
                continue;
            }

            cases.Add(new(label, condition));
        }

        if (!json.List("cases").Any())
        {
            problems.Add(id, "a switch needs at least one case", "add \"cases\": [{ \"label\": …, \"condition\": { \"type\": \"JavaScript\", \"value\": … } }]");
        }

        return cases.ToImmutable();
    }

    private FlowVariable? Target(JsonElement json, string id)
    {
        var variableId = json.Has("variable", out var reference) ? reference.Text("id") : null;
        var variable = variables.FirstOrDefault(v => v.Id == variableId);
        if (variable is null)
        {
            problems.Add(id, $"sets an unknown variable '{variableId}'", $"refer to the id of a variable at the top of the file: {Known()}");
        }

        return variable;
    }

    private string Known() => variables.IsEmpty ? "there is none yet" : string.Join(", ", variables.Select(v => v.Id));

    // Forgotten prefixes and other capitals are what people get wrong.
    private static string? Similar(string type) =>
        StepCatalog.All.FirstOrDefault(s => s.Name.Equals(type[(type.LastIndexOf('.') + 1)..], StringComparison.OrdinalIgnoreCase))?.Type;

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
