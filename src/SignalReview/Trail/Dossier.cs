using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Trail;

/// <summary>
/// The file that holds a dossier's key was ended: the case was erased after this session began to read it, or the database is an older
/// one. Read again, and the erased case is seen.
/// </summary>
internal sealed class DossierGoneException(CaseId id) : Exception($"The key of dossier {id} has ended.");

/// <summary>
/// Opens the key of one dossier. Dispose with the unit of work. The key of a case is a random one in a file of its own in the keys folder
/// (its share), encrypted under a key that is stored in the database, which is wrapped by the wrapping key. All three are needed, and the file is
/// ended at the case's erasure: after that no copy of the database opens, not with the wrapping key either. See ADR 0018.
/// </summary>
internal sealed class Dossier : IDisposable
{
    private Dossier(CaseId id, DossierKey key, Guid? share)
    {
        Id = id;
        Key = key;
        Share = share;
    }

    public CaseId Id { get; }

    public DossierKey Key { get; }

    /// <summary>Names the file; null for the organisation's, which is never erased.</summary>
    public Guid? Share { get; }

    public static Task<Dossier> CreateAsync(DbSession db, KeyRing keys, CaseId id, CancellationToken ct) =>
        WithNewKeyAsync(db, keys, id, "trail/insert_dossier", ct);

    /// <summary>Gives a dossier that is erased a new key, for what is appended to it later. The caller ends the old share after its commit.</summary>
    public static Task<Dossier> ReplaceKeyAsync(DbSession db, KeyRing keys, CaseId id, CancellationToken ct) =>
        WithNewKeyAsync(db, keys, id, "privacy/replace_dossier_key", ct);

    /// <returns>Null when there is no such dossier.</returns>
    /// <exception cref="DossierGoneException">Its key has ended.</exception>
    public static async Task<Dossier?> OpenAsync(DbSession db, KeyRing keys, CaseId id, CancellationToken ct)
    {
        var row = await db.FirstOrDefaultAsync<DossierRow>("trail/dossier", new { CaseId = id }, ct);
        if (row is null)
        {
            return null;
        }

        var stored = keys.Unwrap(id.Value, row.WrappedKey);
        if (row.ShareId is not { } share)
        {
            return new(id, stored, null);
        }

        using (stored)
        {
            var sealedKey = SecretFile.Find(PathOf(keys, id, share)) ?? throw new DossierGoneException(id);
            var key = stored.Decrypt(sealedKey, share);
            var dossier = new Dossier(id, new(key), share);
            CryptographicOperations.ZeroMemory(key);
            return dossier;
        }
    }

    /// <summary>Ends a key for good: what was encrypted under it is random bytes from now on, in every copy.</summary>
    public static void End(KeyRing keys, CaseId id, Guid share) => SecretFile.End(PathOf(keys, id, share));

    public void Dispose() => Key.Dispose();

    private static async Task<Dossier> WithNewKeyAsync(DbSession db, KeyRing keys, CaseId id, string query, CancellationToken ct)
    {
        var stored = keys.NewDossierKey(id.Value, out var wrapped);
        Guid? share = id == CaseId.Organisation ? null : new Guid(RandomNumberGenerator.GetBytes(16));
        await db.ExecuteAsync(query, new { CaseId = id, KeyId = KeyRing.KeyIdOf(wrapped), WrappedKey = wrapped, ShareId = share }, ct);
        if (share is not { } file)
        {
            return new(id, stored, null);
        }

        using (stored)
        {
            var key = RandomNumberGenerator.GetBytes(DossierKey.KeySize);
            // A transaction that comes to nothing leaves a file that opens nothing: harmless.
            SecretFile.Create(PathOf(keys, id, file), stored.Encrypt(key, file));
            var dossier = new Dossier(id, new(key), file);
            CryptographicOperations.ZeroMemory(key);
            return dossier;
        }
    }

    private static string PathOf(KeyRing keys, CaseId id, Guid share) => Path.Combine(keys.Folder, "dossiers", $"{id.Value:N}-{share:N}.key");

    private sealed record DossierRow
    {
        public byte[] WrappedKey { get; init; } = [];
        public Guid? ShareId { get; init; }
    }
}
