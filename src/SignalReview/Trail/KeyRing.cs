using System.Security.Cryptography;

namespace SignalReview.Trail;

/// <summary>
/// The two secrets that live outside the database: the wrapping key, under which each dossier's key is stored, and the key that
/// signs checkpoints (ECDSA P-256). Both are files in a folder that only the owner may enter, made at the first start.
/// To change the wrapping key, rename <c>wrapping.key</c> to <c>wrapping-&lt;anything&gt;.key</c> and restart: a new one is made, and
/// dossiers wrapped under the old one still open. Thread-safe.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    private const string WrappingFile = "wrapping.key";
    private const string SigningFile = "signing.key";
    private const string WrappingHead = "signalreview-wrapping-key-v1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const byte WrapVersion = 1;
    private const int KeyIdSize = 8;

    private readonly Dictionary<string, byte[]> wrappingKeys;
    private readonly byte[] wrappingKeyId;
    private readonly ECDsa signer;
    private readonly Lock signing = new();

    private KeyRing(string folder, Dictionary<string, byte[]> wrappingKeys, byte[] wrappingKeyId, ECDsa signer)
    {
        Folder = folder;
        this.wrappingKeys = wrappingKeys;
        this.wrappingKeyId = wrappingKeyId;
        this.signer = signer;
        PublicKey = signer.ExportSubjectPublicKeyInfo();
    }

    public string Folder { get; }

    /// <summary>16 hex digits that name the wrapping key in use; derived from it, and safe to store and to log.</summary>
    public string WrappingKeyId => Convert.ToHexStringLower(wrappingKeyId);

    /// <summary>The signing key's public half, as SubjectPublicKeyInfo (DER).</summary>
    public byte[] PublicKey { get; }

    /// <exception cref="UnauthorizedAccessException">The folder or a key in it can be reached by others than its owner.</exception>
    /// <exception cref="FormatException">A key file does not hold a key.</exception>
    public static KeyRing OpenOrCreate(string folder)
    {
        KeyFile.EnsureFolder(folder);
        var current = ParseWrappingKey(WrappingFile, KeyFile.ReadOrCreate(Path.Combine(folder, WrappingFile), NewWrappingKey));
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [IdText(current)] = current };
        foreach (var path in Directory.EnumerateFiles(folder, "wrapping-*.key"))
        {
            var old = ParseWrappingKey(Path.GetFileName(path), KeyFile.Read(path));
            keys[IdText(old)] = old;
        }

        var pem = KeyFile.ReadOrCreate(Path.Combine(folder, SigningFile), NewSigningKey);
        return new KeyRing(folder, keys, Id(current), ParseSigningKey(pem));
    }

    /// <summary>Makes the key of a new dossier; <paramref name="wrapped"/> is what to store.</summary>
    public DossierKey NewDossierKey(Guid dossier, out byte[] wrapped)
    {
        Span<byte> key = stackalloc byte[DossierKey.KeySize];
        RandomNumberGenerator.Fill(key);
        wrapped = Wrap(dossier, key);
        var dossierKey = new DossierKey(key);
        CryptographicOperations.ZeroMemory(key);
        return dossierKey;
    }

    /// <exception cref="CryptographicException">Changed, of another dossier, or wrapped under a key that is not in the folder.</exception>
    public DossierKey Unwrap(Guid dossier, byte[] wrapped)
    {
        var key = Open(dossier, wrapped);
        try
        {
            return new DossierKey(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public bool IsWrappedUnderCurrentKey(ReadOnlySpan<byte> wrapped) =>
        wrapped.Length > KeyIdSize && wrapped.Slice(1, KeyIdSize).SequenceEqual(wrappingKeyId);

    /// <summary>The same dossier key under the current wrapping key, for after a change of that key.</summary>
    public byte[] Rewrap(Guid dossier, byte[] wrapped)
    {
        var key = Open(dossier, wrapped);
        try
        {
            return Wrap(dossier, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>An ECDSA signature over SHA-256 of the message, as the ASN.1 sequence that signed notes carry.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        lock (signing)
        {
            return signer.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    public void Dispose()
    {
        foreach (var key in wrappingKeys.Values)
        {
            CryptographicOperations.ZeroMemory(key);
        }

        signer.Dispose();
    }

    private byte[] Wrap(Guid dossier, ReadOnlySpan<byte> key)
    {
        using var cipher = new AesGcm(wrappingKeys[WrappingKeyId], AeadBlob.TagSize);
        var blob = AeadBlob.Seal(cipher, key, WrapContext(dossier, wrappingKeyId));
        return [WrapVersion, .. wrappingKeyId, .. blob];
    }

    private byte[] Open(Guid dossier, byte[] wrapped)
    {
        if (wrapped.Length != 1 + KeyIdSize + AeadBlob.Overhead + DossierKey.KeySize || wrapped[0] != WrapVersion)
        {
            throw new CryptographicException("Not a wrapped dossier key of version 1.");
        }

        var id = wrapped.AsSpan(1, KeyIdSize);
        if (!wrappingKeys.TryGetValue(Convert.ToHexStringLower(id), out var wrapping))
        {
            throw new CryptographicException(
                $"The dossier key is wrapped under key {Convert.ToHexStringLower(id)}, which is not in the keys folder.");
        }

        using var cipher = new AesGcm(wrapping, AeadBlob.TagSize);
        return AeadBlob.Open(cipher, wrapped.AsSpan(1 + KeyIdSize), WrapContext(dossier, id));
    }

    private static byte[] WrapContext(Guid dossier, ReadOnlySpan<byte> keyId) =>
        [.. "signalreview/wrap/v1\n"u8, .. dossier.ToByteArray(bigEndian: true), .. keyId];

    private static string NewWrappingKey() =>
        $"{WrappingHead}\n{Convert.ToBase64String(RandomNumberGenerator.GetBytes(DossierKey.KeySize))}\n";

    private static string NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static byte[] ParseWrappingKey(string file, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var key = new byte[DossierKey.KeySize];
        return lines is [WrappingHead, var encoded]
            && Convert.TryFromBase64String(encoded, key, out var written)
            && written == DossierKey.KeySize
            ? key
            : throw new FormatException($"{file} does not hold a wrapping key.");
    }

    private static ECDsa ParseSigningKey(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value != P256)
            {
                throw new FormatException($"{SigningFile} does not hold an ECDSA key on the curve P-256.");
            }

            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException($"{SigningFile} does not hold a private key in PEM form.", e);
        }
    }

    private static byte[] Id(ReadOnlySpan<byte> key) => HMACSHA256.HashData(key, "signalreview/key-id/v1"u8)[..KeyIdSize];

    private static string IdText(ReadOnlySpan<byte> key) => Convert.ToHexStringLower(Id(key));
}
