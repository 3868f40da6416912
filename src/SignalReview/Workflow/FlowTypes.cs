using System.Globalization;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>Between JSON and the four types that definitions can speak of.</summary>
internal static class FlowTypes
{
    public static FlowType? Find(string typeName) => typeName switch
    {
        "Int32" => FlowType.Int32,
        "String" => FlowType.String,
        "Boolean" => FlowType.Boolean,
        "TimeSpan" => FlowType.TimeSpan,
        _ => null,
    };

    /// <summary>Reads a value strictly: what the trail and the case give must have the type itself.</summary>
    public static object? Read(JsonElement value, FlowType type) => type switch
    {
        FlowType.Int32 => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null,
        FlowType.String => value.ValueKind == JsonValueKind.String ? value.GetString() : null,
        FlowType.Boolean => value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        },
        FlowType.TimeSpan => value.ValueKind == JsonValueKind.String
            && TimeSpan.TryParseExact(value.GetString(), "c", CultureInfo.InvariantCulture, out var span) ? span : null,
    };

    /// <summary>Reads a literal of a definition: Elsa Studio also writes numbers and Booleans as text.</summary>
    public static object? ReadLiteral(JsonElement value, FlowType type)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return Read(value, type);
        }

        var text = value.GetString();
        return type switch
        {
            FlowType.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            FlowType.Boolean => bool.TryParse(text, out var truth) ? truth : null,
            FlowType.String or FlowType.TimeSpan => Read(value, type),
        };
    }

    public static JsonElement Write(object value) => value switch
    {
        int number => JsonSerializer.SerializeToElement(number),
        string text => JsonSerializer.SerializeToElement(text),
        bool truth => JsonSerializer.SerializeToElement(truth),
        TimeSpan span => JsonSerializer.SerializeToElement(span.ToString("c", CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"{value.GetType()} is no type of a workflow.", nameof(value)),
    };
}
