using System.Collections.Frozen;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// The events of a case that later ones point to, by their number. Kept in memory, an id and a number each: so only of the types that anything
/// names, never of reads, which are the most.
/// </summary>
internal sealed class NamedEvents
{
    private static readonly FrozenSet<string> Types = new[]
    {
        BlindnessCheck.InterpretationSubmitted, BlindnessCheck.VoteCast, BlindnessCheck.UrnSealed, "question.asked", "question.answered", "message.said",
        "message.edited", "minutes.noted", "dissent.stated", "followup.planned", "finding.raised",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<Guid, long> numbers = [];

    public void Add(EventHeader header)
    {
        if (Types.Contains(header.Type))
        {
            numbers[header.Id] = header.CaseSeq ?? 0;
        }
    }

    public bool TryGet(JsonElement text, out Guid id, out long number)
    {
        number = 0;
        return text.TryGetGuid(out id) && numbers.TryGetValue(id, out number);
    }

    /// <summary>All that a body names, each once.</summary>
    public IReadOnlySet<Guid> In(JsonElement body)
    {
        var found = new HashSet<Guid>();
        Collect(body, found);
        return found;
    }

    private void Collect(JsonElement value, HashSet<Guid> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Collect(member.Value, found);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Collect(item, found);
                }

                break;
            case JsonValueKind.String when TryGet(value, out var id, out _):
                found.Add(id);
                break;
        }
    }
}
