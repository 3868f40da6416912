using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>Reads optional parts of a definition without throwing on a wrong kind: the caller says what is missing.</summary>
internal static class DefinitionJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a file whose every text can be had: an escape such as \ud800, half of a character, passes as JSON and fails only when it is read.</summary>
    /// <exception cref="JsonException">It is no such JSON; the message says where.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsWhole(in reader))
            {
                throw new JsonException($"The text at byte {reader.TokenStartIndex} holds half of a character.");
            }
        }

        return JsonDocument.Parse(bytes, Options);
    }

    /// <returns>False where the property is absent, and where this is no object at all.</returns>
    public static bool Has(this JsonElement json, string property, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(property, out value);
    }

    /// <returns>The text, or null where the property is absent, empty or no text.</returns>
    public static string? Text(this JsonElement json, string property) =>
        json.Has(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <returns>The items; a single value that is no list counts as one item, so that it is judged and not passed over.</returns>
    public static IEnumerable<JsonElement> List(this JsonElement json, string property) =>
        !json.Has(property, out var value) || value.ValueKind == JsonValueKind.Null ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
        : [value];

    public static bool IsTrue(this JsonElement json, string property) =>
        json.Has(property, out var value) && value.ValueKind == JsonValueKind.True;

    private static bool IsWhole(in Utf8JsonReader text)
    {
        try
        {
            _ = text.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // so the reader says it; there is no way to ask
        }
    }
}

internal sealed class ProblemList(string file)
{
    private readonly List<DefinitionProblem> problems = [];

    public int Count => problems.Count;

    /// <summary>Of the definition as a whole.</summary>
    public void Head(string reason, string mend) => Add(DefinitionProblem.Head, reason, mend);

    public void Add(string node, string reason, string mend) => problems.Add(new(file, node, reason, mend));

    public ImmutableArray<DefinitionProblem> ToImmutable() => [.. problems];
}
