using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SignalReview.Workflow;

/// <summary>
/// Where one case stands in its definition. Holds ids, enums and numbers only: whatever people wrote never enters a workflow.
/// </summary>
/// <param name="Open">The nodes that were asked and are not completed yet.</param>
/// <param name="Arrived">Per waiting join the indexes of the connections over which a branch arrived.</param>
/// <param name="Finished">Nothing will be asked any more.</param>
internal sealed record FlowState(
    [property: JsonPropertyName("i")] ImmutableSortedDictionary<string, JsonElement> Inputs,
    [property: JsonPropertyName("v")] ImmutableSortedDictionary<string, JsonElement> Variables,
    [property: JsonPropertyName("o")] ImmutableArray<string> Open,
    [property: JsonPropertyName("j")] ImmutableSortedDictionary<string, ImmutableArray<int>> Arrived,
    [property: JsonPropertyName("f")] bool Finished)
{
    private static readonly JsonSerializerOptions Options = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true };

    /// <summary>The same state always gives the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <exception cref="JsonException">The text is not a state.</exception>
    public static FlowState FromJson(string json) =>
        JsonSerializer.Deserialize<FlowState>(json, Options) ?? throw new JsonException("The state is null.");
}
