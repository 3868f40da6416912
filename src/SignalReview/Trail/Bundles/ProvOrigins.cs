using System.Text.Json;

namespace SignalReview.Trail.Bundles;

internal enum ProvOriginKind
{
    /// <summary>The act had the earlier record before it.</summary>
    Used,

    /// <summary>What was recorded was made out of it.</summary>
    Derived,

    /// <summary>What was recorded takes its place.</summary>
    Revised,
}

/// <summary>An earlier event on which one rests.</summary>
/// <param name="Event">Which.</param>
/// <param name="Kind">How.</param>
/// <param name="Role">As what, when there is more to say.</param>
internal readonly record struct ProvOrigin(Guid Event, ProvOriginKind Kind, string? Role = null);

/// <summary>
/// What came from what in a case, as far as its trail says so and no further: a body that is not in the bundle says nothing, and that one thing
/// stands before another is no reason. Above all no decision is said to follow from a vote: the owner decides, and the vote is what the decision was
/// held against.
/// </summary>
internal sealed class ProvOrigins
{
    private readonly NamedEvents named = new();
    private readonly List<Guid> reveals = [];
    private readonly Dictionary<int, Guid> decisions = [];
    private Guid? lastVote;

    /// <summary>Takes the next event.</summary>
    public IEnumerable<ProvOrigin> Of(EventHeader header, JsonElement? body)
    {
        var origins = body is { ValueKind: JsonValueKind.Object } members ? Of(header.Type, members) : [];
        Remember(header, body);
        return origins;
    }

    private List<ProvOrigin> Of(string type, JsonElement body)
    {
        var origins = new List<ProvOrigin>();
        foreach (var id in named.In(body))
        {
            origins.Add(new(id, KindOf(type)));
        }

        switch (type)
        {
            case "decision.made":
                AddOfDecision(body, origins);
                break;
            case "decision.approved" or "decision.returned" when Number(body) is { } number && decisions.TryGetValue(number, out var judged):
                origins.Add(new(judged, ProvOriginKind.Used, "judged"));
                break;
        }

        return origins;
    }

    private static ProvOriginKind KindOf(string type) => type switch
    {
        BlindnessCheck.InterpretationsRevealed or BlindnessCheck.VotesRevealed => ProvOriginKind.Derived,
        "message.edited" => ProvOriginKind.Revised,
        _ => ProvOriginKind.Used,
    };

    private void AddOfDecision(JsonElement body, List<ProvOrigin> origins)
    {
        if (Number(body) is { } number && decisions.TryGetValue(number - 1, out var before))
        {
            origins.Add(new(before, ProvOriginKind.Revised));
        }

        if (body.TryGetProperty("weighing", out var weighing) && weighing is { ValueKind: JsonValueKind.String } && weighing.GetString()!.Trim().Length > 0)
        {
            // Whoever decided says how they weighed the readings.
            origins.AddRange(reveals.Select(r => new ProvOrigin(r, ProvOriginKind.Derived, "weighed")));
        }

        var immediate = body.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String && state.ValueEquals("immediate");
        if (!immediate && lastVote is { } vote && body.TryGetProperty("deviates", out var deviates) && deviates.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            origins.Add(new(vote, ProvOriginKind.Used, "comparedWith"));
        }
    }

    private void Remember(EventHeader header, JsonElement? body)
    {
        named.Add(header);
        switch (header.Type)
        {
            case BlindnessCheck.InterpretationsRevealed:
                reveals.Add(header.Id);
                break;
            case BlindnessCheck.VotesRevealed:
                lastVote = header.Id;
                break;
            case "decision.made" when body is { ValueKind: JsonValueKind.Object } made && Number(made) is { } number:
                decisions[number] = header.Id;
                break;
        }
    }

    private static int? Number(JsonElement body) =>
        body.TryGetProperty("number", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : null;
}
