using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail;

/// <summary>Of each reading and vote of a case what is proved of its blindness, by the same check that judges a bundle.</summary>
internal static class TrailReadsProof
{
    /// <param name="db">The session.</param>
    /// <param name="dossier">The case's.</param>
    /// <param name="blind">What stays closed.</param>
    /// <param name="people">For names.</param>
    /// <param name="shown">The number of the last event that is shown.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task<IReadOnlyList<TrailBlindProof>> ReadAsync(
        DbSession db, Dossier dossier, TrailReadsBlind blind, PeopleSnapshot people, long shown, CancellationToken ct)
    {
        var check = new BlindnessCheck();
        var proofs = new List<TrailBlindProof>();
        foreach (var row in await db.QueryAsync<EventRow>("trail/blind_events", new { CaseId = dossier.Id, Until = shown }, ct))
        {
            var header = EventHeader.Parse(row.Leaf);
            var (body, changed) = Body(row, header, dossier, blind);
            proofs.AddRange(check.Add(header, row.LeafIndex, body, changed).Proofs.Select(View));
        }

        return [.. proofs, .. check.NotRevealed.Select(View)];

        TrailBlindProof View(BlindProof proof) => Of(proof, blind, people);
    }

    private static (JsonElement? Body, bool Changed) Body(EventRow row, EventHeader header, Dossier dossier, TrailReadsBlind blind)
    {
        if (row.Body is not { } blob || blind.IsBlind(row.EventId) || blind.IsClosedByStop(row.Type))
        {
            return (null, false);
        }

        var (salt, body) = TrailBodies.Open(dossier, row.EventId, blob);
        using var json = JsonDocument.Parse(body);
        return (json.RootElement.Clone(), !Commitment.Matches(header.Commit, salt, body.Span));
    }

    private static TrailBlindProof Of(BlindProof proof, TrailReadsBlind blind, PeopleSnapshot people)
    {
        // An entry that is never revealed keeps its writer and its time to itself, here as in the story.
        var entry = blind.IsBlind(proof.Event) ? null : proof.Entry;
        return new(
            proof.Kind,
            proof.Round,
            entry is not null && proof.Kind != BlindKind.Urn && Guid.TryParse(entry.Actor, out var actor) ? people.Ref(new PersonId(actor)) : null,
            proof.Entry?.CaseSeq,
            entry?.LeafIndex,
            entry?.At,
            proof.RevealSeq,
            proof.RevealLeafIndex,
            proof.RevealedAt,
            proof.Verdict,
            entry?.Ballots,
            proof.Voters?.Count);
    }

    private sealed record EventRow
    {
        public long LeafIndex { get; init; }
        public Guid EventId { get; init; }
        public string Type { get; init; } = "";
        public byte[] Leaf { get; init; } = [];
        public byte[]? Body { get; init; }
    }
}
