using System.Text.Json;

namespace SignalReview.Trail.Bundles;

internal enum BlindKind
{
    Interpretation,
    Vote,
}

internal sealed record BlindEntry(Guid Id, long CaseSeq, long LeafIndex, string Actor, int? Round);

/// <summary>A reveal with the entries that lay in the tree before it.</summary>
internal sealed record BlindReveal(BlindKind Kind, int? Round, long CaseSeq, long LeafIndex, DateTimeOffset At, IReadOnlyList<BlindEntry> Entries);

internal enum BlindViolation
{
    /// <summary>An entry stands after the reveal of the round it belongs to.</summary>
    AfterReveal,

    /// <summary>A reveal names an entry that does not stand before it.</summary>
    RevealedUnknown,
}

/// <summary>
/// Walks a case's events in the order of the tree and finds out whether each blind entry was committed to before it was
/// revealed. An entry's round and a reveal's round and entries come from their bodies, where the bundle has them; without them
/// an entry counts for the first reveal after it.
/// </summary>
internal sealed class BlindnessCheck
{
    public const string InterpretationSubmitted = "interpretation.submitted";
    public const string InterpretationsRevealed = "interpretations.revealed";
    public const string VoteCast = "vote.cast";
    public const string VotesRevealed = "votes.revealed";

    private readonly Track interpretations = new(BlindKind.Interpretation);
    private readonly Track votes = new(BlindKind.Vote);

    /// <summary>Entries that no reveal in the bundle has shown; at the end of a withdrawn case there may be some.</summary>
    public int StillBlind => interpretations.Open.Count + votes.Open.Count;

    /// <summary>Takes the next event; gives the reveal that it is, or the violation that it shows.</summary>
    public (BlindReveal? Reveal, BlindViolation? Violation) Add(EventHeader header, long leafIndex, JsonElement? body) => header.Type switch
    {
        InterpretationSubmitted => (null, interpretations.Enter(header, leafIndex, Round(body))),
        VoteCast => (null, votes.Enter(header, leafIndex, Round(body))),
        InterpretationsRevealed => interpretations.Reveal(header, leafIndex, Round(body), Named(body, "readings")),
        VotesRevealed => votes.Reveal(header, leafIndex, Round(body), Named(body, "ballots")),
        _ => (null, null),
    };

    private static int? Round(JsonElement? body) =>
        body is { ValueKind: JsonValueKind.Object } members
        && members.TryGetProperty("round", out var round)
        && round.ValueKind == JsonValueKind.Number
        && round.TryGetInt32(out var number)
            ? number
            : null;

    /// <summary>The event ids that a reveal's body names: <c>readings</c> or <c>ballots</c>.</summary>
    private static List<Guid>? Named(JsonElement? body, string member)
    {
        if (body is not { ValueKind: JsonValueKind.Object } members
            || !members.TryGetProperty(member, out var entries)
            || entries.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var ids = new List<Guid>();
        foreach (var entry in entries.EnumerateArray())
        {
            // Something that is no id cannot stand before the reveal: it becomes an id that nothing has.
            ids.Add(entry.ValueKind == JsonValueKind.String && entry.TryGetGuid(out var id) ? id : Guid.Empty);
        }

        return ids;
    }

    private sealed class Track(BlindKind kind)
    {
        private readonly HashSet<int> revealedRounds = [];

        public List<BlindEntry> Open { get; } = [];

        public BlindViolation? Enter(EventHeader header, long leafIndex, int? round)
        {
            if (round is { } known && revealedRounds.Contains(known))
            {
                return BlindViolation.AfterReveal;
            }

            Open.Add(new BlindEntry(header.Id, header.CaseSeq ?? 0, leafIndex, header.Actor, round));
            return null;
        }

        public (BlindReveal? Reveal, BlindViolation? Violation) Reveal(EventHeader header, long leafIndex, int? round, List<Guid>? named)
        {
            if (named is not null && named.Exists(id => !Open.Exists(e => e.Id == id)))
            {
                return (null, BlindViolation.RevealedUnknown);
            }

            var shown = Open.Where(e => named?.Contains(e.Id) ?? (round is null || e.Round is null || e.Round == round)).ToList();
            Open.RemoveAll(shown.Contains);
            if (round is { } known)
            {
                revealedRounds.Add(known);
            }

            return (new BlindReveal(kind, round, header.CaseSeq ?? 0, leafIndex, header.At, shown), null);
        }
    }
}
