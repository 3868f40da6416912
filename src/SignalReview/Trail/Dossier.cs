using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Trail;

/// <summary>Opens the key of one dossier. Dispose with the unit of work.</summary>
internal sealed class Dossier : IDisposable
{
    private Dossier(CaseId id, DossierKey key)
    {
        Id = id;
        Key = key;
    }

    public CaseId Id { get; }

    public DossierKey Key { get; }

    public static async Task<Dossier> CreateAsync(DbSession db, KeyRing keys, CaseId id, CancellationToken ct)
    {
        var key = keys.NewDossierKey(id.Value, out var wrapped);
        await db.ExecuteAsync("trail/insert_dossier", new { CaseId = id, KeyId = KeyRing.KeyIdOf(wrapped), WrappedKey = wrapped }, ct);
        return new(id, key);
    }

    /// <returns>Null when there is no such dossier.</returns>
    public static async Task<Dossier?> OpenAsync(DbSession db, KeyRing keys, CaseId id, CancellationToken ct)
    {
        var row = await db.FirstOrDefaultAsync<DossierRow>("trail/dossier", new { CaseId = id }, ct);
        return row is null ? null : new(id, keys.Unwrap(id.Value, row.WrappedKey));
    }

    public void Dispose() => Key.Dispose();

    private sealed record DossierRow
    {
        public byte[] WrappedKey { get; init; } = [];
    }
}
