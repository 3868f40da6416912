using System.Text.Json;
using SignalReview.Storage;

namespace SignalReview.Trail;

/// <summary>Opens what people wrote.</summary>
internal static class TrailBodies
{
    /// <returns>Null when the body was erased.</returns>
    public static async Task<T?> ReadAsync<T>(DbSession db, Dossier dossier, Guid eventId, CancellationToken ct)
        where T : class
    {
        var blob = await db.FirstOrDefaultAsync<byte[]>("trail/body", new { EventId = eventId, CaseId = dossier.Id }, ct);
        return blob is null ? null : JsonSerializer.Deserialize<T>(Open(dossier, eventId, blob).Body.Span, TrailJson.Options);
    }

    /// <summary>Salt and canonical body.</summary>
    public static (byte[] Salt, ReadOnlyMemory<byte> Body) Open(Dossier dossier, Guid eventId, byte[] blob)
    {
        var plain = dossier.Key.Decrypt(blob, eventId);
        return (plain[..Commitment.SaltSize], plain.AsMemory(Commitment.SaltSize));
    }
}
