using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>Reads an Elsa expression, <c>{"type": …, "value": …}</c>, as the type that is needed there.</summary>
internal sealed class ExpressionReader(ImmutableArray<FlowInput> inputs, ImmutableArray<FlowVariable> variables)
{
    private readonly FrozenDictionary<string, FlowType> inputTypes = inputs.ToFrozenDictionary(i => i.Name, i => i.Type, StringComparer.Ordinal);
    private readonly FrozenDictionary<string, FlowType> variableTypes = variables.ToFrozenDictionary(v => v.Name, v => v.Type, StringComparer.Ordinal);

    /// <summary>Elsa Studio writes an input that nobody filled in as null or with a literal null.</summary>
    public static bool IsAbsent(JsonElement input) =>
        input.ValueKind == JsonValueKind.Null
        || (input.Has("expression", out var expression)
            && (expression.ValueKind == JsonValueKind.Null
                || (expression.Text("type") == "Literal" && (!expression.Has("value", out var value) || value.ValueKind == JsonValueKind.Null))));

    /// <summary>What would be understood there.</summary>
    public static string Mend(FlowType type, ImmutableArray<string> allowed) =>
        !allowed.IsEmpty ? $"use the Literal {string.Join(" or ", allowed)}"
        : type switch
        {
            FlowType.Boolean => "use getInput('X'), variables.X, ==, !=, <, <=, >, >=, &&, ||, !, parentheses, whole numbers, 'texts', true and false",
            FlowType.Int32 => "use a Literal whole number from 1, or variables.X",
            FlowType.TimeSpan => "use a Literal such as 04:00:00 (four hours) or 1.00:00:00 (a day)",
            FlowType.String => "use a Literal text, getInput('X') or variables.X",
        };

    /// <returns>The expression, or why it is refused; never both.</returns>
    public (FlowExpression? Expression, string? Reason) Read(JsonElement json, FlowType type)
    {
        if (!json.Has("value", out var value))
        {
            return (null, "an expression needs a type and a value");
        }

        var (expression, reason) = json.Text("type") switch
        {
            "Literal" => FlowTypes.ReadLiteral(value, type) is { } literal
                ? (new FlowExpression.Constant(type, literal), null)
                : (null, $"the literal {value.GetRawText()} is no {type}"),
            "Input" => Input(value),
            "Variable" => Variable(value),
            "JavaScript" when value.ValueKind == JsonValueKind.String => ExpressionParser.Parse(value.GetString()!, inputTypes, variableTypes),
            "JavaScript" => (null, "JavaScript must be text"),
            var other => (null, $"'{other}' expressions are outside the subset (Literal, Input, Variable, JavaScript)"),
        };

        return expression is not null && expression.Type != type ? (null, $"the expression is {expression.Type}, not {type}") : (expression, reason);
    }

    private (FlowExpression? Expression, string? Reason) Input(JsonElement value)
    {
        var name = Reference(value).Text("name");
        return name is not null && inputTypes.TryGetValue(name, out var type)
            ? (new FlowExpression.Input(type, name), null)
            : (null, $"unknown input '{name}'");
    }

    private (FlowExpression? Expression, string? Reason) Variable(JsonElement value)
    {
        var reference = Reference(value);
        var variable = variables.FirstOrDefault(v => v.Id == reference.Text("id"));
        return variable is null
            ? (null, $"unknown variable '{reference.Text("id") ?? reference.Text("name")}'")
            : (new FlowExpression.Variable(variable.Type, variable.Name), null);
    }

    // Elsa writes the reference as JSON within a JSON string; an object is read as well.
    private static JsonElement Reference(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        try
        {
            using var inner = DefinitionJson.Parse(Encoding.UTF8.GetBytes(value.GetString()!));
            return inner.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Not a reference at all: the caller finds no name in it and reports it as unknown.
            return value;
        }
    }
}
