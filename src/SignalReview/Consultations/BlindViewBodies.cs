using System.Text.Json;
using System.Text.Json.Nodes;
using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Consultations;

/// <summary>
/// The bodies that one viewer may read, opened at once. What is not among them gives null, whoever asks: so a part of a view that forgets
/// to ask whether it may be shown stays empty.
/// </summary>
internal sealed class BlindViewBodies
{
    public const string Masked = "[…]";

    private readonly Dictionary<Guid, ReadOnlyMemory<byte>> bodies;
    private readonly string? mask;

    private BlindViewBodies(Dictionary<Guid, ReadOnlyMemory<byte>> bodies, string? mask)
    {
        this.bodies = bodies;
        this.mask = mask;
    }

    /// <param name="db">The session.</param>
    /// <param name="dossier">The case's.</param>
    /// <param name="events">The events whose bodies may be read; nulls are skipped.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task<BlindViewBodies> OpenAsync(DbSession db, Dossier dossier, IEnumerable<Guid?> events, CancellationToken ct)
    {
        var ids = events.OfType<Guid>().Distinct().ToList();
        var opened = new Dictionary<Guid, ReadOnlyMemory<byte>>();
        if (ids.Count > 0)
        {
            // Only these rows leave the database; the rest of the dossier stays closed.
            var args = new { CaseId = dossier.Id, EventIds = JsonSerializer.Serialize(ids) };
            foreach (var row in await db.QueryAsync<BodyRow>("trail/bodies", args, ct))
            {
                opened[row.EventId] = TrailBodies.Open(dossier, row.EventId, row.Body).Body;
            }
        }

        return new(opened, mask: null);
    }

    /// <summary>The same bodies with a word struck out of every text: a viewer of the core never meets the pseudonym.</summary>
    public BlindViewBodies Without(string? word) => string.IsNullOrWhiteSpace(word) ? this : new(bodies, word.Trim());

    /// <returns>Null when it is not for this viewer, or was erased.</returns>
    public T? Find<T>(Guid? eventId)
        where T : class
    {
        if (eventId is not { } id || !bodies.TryGetValue(id, out var body))
        {
            return null;
        }

        if (mask is null)
        {
            return JsonSerializer.Deserialize<T>(body.Span, TrailJson.Options);
        }

        var node = JsonNode.Parse(body.Span);
        return Strike(node).Deserialize<T>(TrailJson.Options);
    }

    private JsonNode? Strike(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Strike(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Strike)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(text.Replace(mask!, Masked, StringComparison.OrdinalIgnoreCase)),
        _ => node?.DeepClone(),
    };

    private sealed record BodyRow
    {
        public Guid EventId { get; init; }
        public byte[] Body { get; init; } = [];
    }
}
