using System.Globalization;
using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.Trail;

namespace SignalReview.Rooms.Anonymous;

/// <summary>
/// The keys of urns that are open: each in a file of its own beside the other keys, outside the database. Every ballot gets the urn a new key and
/// ends the old one, so what the database, its log or a backup of it still holds of an earlier content cannot be opened any more, and two
/// contents cannot be held against each other. With the reveal the last key ends too. Thread-safe.
/// </summary>
internal sealed class UrnKeys(KeyRing keys)
{
    private readonly string folder = Path.Combine(keys.Folder, "urns");

    /// <summary>Makes a key. It is on disk before this returns: a ballot that is acknowledged can be opened after a power cut.</summary>
    public DossierKey Create(CaseId caseId, int round, Guid keyId)
    {
        var key = RandomNumberGenerator.GetBytes(DossierKey.KeySize);
        try
        {
            SecretFile.Create(PathOf(caseId, round, keyId), key);
            return new(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <returns>Null when there is none: it has ended, or this is a backup of the database that was put back.</returns>
    public DossierKey? Find(CaseId caseId, int round, Guid keyId)
    {
        if (SecretFile.Find(PathOf(caseId, round, keyId)) is not { } key)
        {
            return null;
        }

        try
        {
            return key.Length == DossierKey.KeySize ? new(key) : throw new CryptographicException("The file of an urn's key does not hold a key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Ends one key: its file is overwritten, then deleted.</summary>
    public void End(CaseId caseId, int round, Guid keyId) => SecretFile.End(PathOf(caseId, round, keyId));

    /// <summary>
    /// Ends what transactions that came to nothing left behind. Only who has the case claimed may call it: then no other key can be on its way
    /// into the database.
    /// </summary>
    public void EndOthers(CaseId caseId, int round, Guid? keyId)
    {
        var kept = keyId is { } id ? PathOf(caseId, round, id) : null;
        foreach (var path in Files(Prefix(caseId, round)).Where(p => p != kept))
        {
            SecretFile.End(path);
        }
    }

    /// <summary>Ends every key of the case's urns: it was erased.</summary>
    public void EndAll(CaseId caseId)
    {
        foreach (var path in Files($"{caseId.Value:N}-"))
        {
            SecretFile.End(path);
        }
    }

    /// <summary>The urns that have a key here.</summary>
    public IReadOnlyList<(CaseId Case, int Round)> All() => [.. Files("").Select(Parse).OfType<(CaseId, int)>().Distinct()];

    private static string Prefix(CaseId caseId, int round) => string.Create(CultureInfo.InvariantCulture, $"{caseId.Value:N}-{round}-");

    private static (CaseId, int)? Parse(string path) =>
        Path.GetFileNameWithoutExtension(path).Split('-') is [var id, var number, _]
        && Guid.TryParseExact(id, "N", out var caseId)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var round)
            ? (new(caseId), round)
            : null;

    private IEnumerable<string> Files(string prefix) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"{prefix}*.key") : [];

    private string PathOf(CaseId caseId, int round, Guid keyId) => Path.Combine(folder, $"{Prefix(caseId, round)}{keyId:N}.key");
}
