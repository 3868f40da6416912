using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>Reads optional parts of a definition without throwing on a wrong kind: the caller says what is missing.</summary>
internal static class DefinitionJson
{
    /// <returns>The text, or null where the property is absent, empty or no text.</returns>
    public static string? Text(this JsonElement json, string property) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <returns>The items; a single value that is no list counts as one item, so that it is judged and not passed over.</returns>
    public static IEnumerable<JsonElement> List(this JsonElement json, string property) =>
        !json.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
        : [value];

    public static bool IsTrue(this JsonElement json, string property) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;
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
