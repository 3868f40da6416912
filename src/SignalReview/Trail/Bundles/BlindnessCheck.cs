using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Walks a case's events in the order of the tree and finds out of each blind entry whether it was committed to before it was
/// revealed. An entry's round and a reveal's round and entries come from their bodies, where the bundle has them; without them
/// an entry counts for the first reveal after it.
/// </summary>
internal sealed class BlindnessCheck
{
    public const string InterpretationSubmitted = "interpretation.submitted";
    public const string InterpretationsRevealed = "interpretations.revealed";
    public const string VoteCast = "vote.cast";
    public const string VotesRevealed = "votes.revealed";

    /// <summary>Somebody voted in a detached round: that they did, and no more.</summary>
    public const string UrnCast = "urn.cast";

    /// <summary>The ballots of a detached round, in no one's order, just before their reveal.</summary>
    public const string UrnSealed = "urn.sealed";

    private readonly BlindTrack interpretations = new(BlindKind.Interpretation);
    private readonly BlindTrack votes = new(BlindKind.Vote);
    private readonly BlindTrack urns = new(BlindKind.Urn);
    private readonly BlindUrnVoters voters = new();

    /// <summary>The types that matter here.</summary>
    public static IReadOnlyList<string> Types { get; } =
        [InterpretationSubmitted, InterpretationsRevealed, VoteCast, VotesRevealed, UrnCast, UrnSealed];

    /// <summary>Entries that no reveal in the bundle has shown; at the end of a withdrawn case there may be some.</summary>
    public IReadOnlyList<BlindProof> NotRevealed => [.. interpretations.NotRevealed(), .. votes.NotRevealed(), .. urns.NotRevealed()];

    public int StillBlind => NotRevealed.Count;

    /// <summary>Takes the next event.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="leafIndex">Its place in the tree.</param>
    /// <param name="body">Its body; null when it is not known.</param>
    /// <param name="changed">The body is not the one that was committed to.</param>
    public BlindStep Add(EventHeader header, long leafIndex, JsonElement? body, bool changed = false)
    {
        var entry = new BlindEntry(header.Id, header.CaseSeq ?? 0, leafIndex, header.At, header.Actor, Round(body), changed, Count(body));
        return header.Type switch
        {
            InterpretationSubmitted => interpretations.Enter(entry),
            VoteCast => votes.Enter(entry),
            UrnCast => EnterUrn(entry),
            UrnSealed => urns.Enter(entry),
            InterpretationsRevealed => interpretations.Reveal(entry, Named(body, "readings")),
            VotesRevealed => RevealVotes(entry, body),
            _ => BlindStep.Nothing,
        };
    }

    private BlindStep EnterUrn(BlindEntry entry)
    {
        voters.Add(entry);
        return urns.HasEnded(entry.Round) || urns.Open.Exists(u => u.Round is { } sealedRound && sealedRound == entry.Round)
            ? new(null, [BlindTrack.Late(BlindKind.Vote, entry)])
            : BlindStep.Nothing;
    }

    /// <summary>A round is revealed from its urn, or from the ballots themselves; the other kind must then be empty.</summary>
    private BlindStep RevealVotes(BlindEntry reveal, JsonElement? body)
    {
        var urn = Id(body, "urn");
        var shownVotes = votes.Reveal(reveal, Named(body, "ballots") ?? (urn is null ? null : []));
        var shownUrns = urns.Reveal(reveal, body is null ? null : urn is { } id ? [id] : []);
        var isUrn = urn is not null || (shownUrns.Reveal!.Entries.Count > 0 && shownVotes.Reveal!.Entries.Count == 0);
        return new(isUrn ? shownUrns.Reveal : shownVotes.Reveal, [.. shownUrns.Proofs.Select(voters.Judge), .. shownVotes.Proofs]);
    }

    private static int? Round(JsonElement? body) =>
        Member(body, "round") is { ValueKind: JsonValueKind.Number } round && round.TryGetInt32(out var number) ? number : null;

    private static int? Count(JsonElement? body) => Member(body, "ballots") is { ValueKind: JsonValueKind.Array } ballots ? ballots.GetArrayLength() : null;

    private static JsonElement? Member(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Something that is no id cannot stand before the reveal: it becomes an id that nothing has.</summary>
    private static Guid? Id(JsonElement? body, string member) => Member(body, member) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text when text.TryGetGuid(out var id) => id,
        _ => Guid.Empty,
    };

    /// <summary>The event ids that a reveal's body names: <c>readings</c> or <c>ballots</c>.</summary>
    private static List<Guid>? Named(JsonElement? body, string member) =>
        Member(body, member) is { ValueKind: JsonValueKind.Array } entries
            ? [.. entries.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String && e.TryGetGuid(out var id) ? id : Guid.Empty)]
            : null;
}
