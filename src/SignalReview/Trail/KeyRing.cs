using System.Security.Cryptography;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail;

/// <summary>
/// The two secrets that live outside the database: the wrapping key, under which each dossier's key is stored, and the key that signs
/// checkpoints. By default both are files in a folder that only the owner may enter, made at the first start; settings put them elsewhere.
/// Dossiers wrapped under an older wrapping key still open while that key is there. Thread-safe.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    private const byte WrapVersion = 1;
    private const int KeyIdSize = 8;

    /// <summary>What the system gives as the time of a file that is not there.</summary>
    private static readonly DateTime Missing = DateTime.FromFileTimeUtc(0);

    private readonly KeySettings wrappingSettings;
    private readonly Lock opening = new();
    private volatile OpenKeys wrapping;

    private KeyRing(string folder, KeyRingSettings settings)
    {
        Folder = folder;
        wrappingSettings = settings.Wrapping;
        wrapping = OpenKeys.From(folder, settings.Wrapping);
        State = new(settings.StateFolder ?? folder);
        Signing = SigningKeys.Open(folder, settings.Signing, State);
    }

    public string Folder { get; }

    /// <summary>16 hex digits that name the wrapping key in use; derived from it, and safe to store and to log.</summary>
    public string WrappingKeyId => wrapping.Current;

    /// <summary>The key that signs checkpoints.</summary>
    public SigningKeys Signing { get; }

    /// <summary>What the signer remembers.</summary>
    public SignerState State { get; }

    /// <exception cref="UnauthorizedAccessException">The folder or a key in it can be reached by others than its owner.</exception>
    /// <exception cref="FormatException">A key file does not hold a key.</exception>
    public static KeyRing OpenOrCreate(string folder) => OpenOrCreate(folder, KeyRingSettings.None);

    /// <inheritdoc cref="OpenOrCreate(string)"/>
    /// <exception cref="CheckpointKeyException">A setting is wrong, or who holds a key does not answer.</exception>
    public static KeyRing OpenOrCreate(string folder, KeyRingSettings settings)
    {
        KeyFile.EnsureFolder(folder);
        return new(folder, settings);
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
        wrapped.Length > KeyIdSize && Convert.ToHexStringLower(wrapped.Slice(1, KeyIdSize)) == Latest().Current;

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

    public void Dispose()
    {
        wrapping.Clear();
        Signing.Dispose();
    }

    /// <summary>Under which wrapping key a dossier's key is.</summary>
    public static string KeyIdOf(ReadOnlySpan<byte> wrapped) => Convert.ToHexStringLower(wrapped.Slice(1, KeyIdSize));

    internal static string IdText(ReadOnlySpan<byte> key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, "signalreview/key-id/v1"u8).AsSpan(0, KeyIdSize));

    private static byte[] WrapContext(Guid dossier, ReadOnlySpan<byte> keyId) =>
        [.. "signalreview/wrap/v1\n"u8, .. dossier.ToByteArray(bigEndian: true), .. keyId];

    private byte[] Wrap(Guid dossier, ReadOnlySpan<byte> key)
    {
        var keys = Latest();
        var id = Convert.FromHexString(keys.Current);
        using var cipher = new AesGcm(keys.ById[keys.Current], AeadBlob.TagSize);
        var blob = AeadBlob.Seal(cipher, key, WrapContext(dossier, id));
        return [WrapVersion, .. id, .. blob];
    }

    private byte[] Open(Guid dossier, byte[] wrapped)
    {
        if (wrapped.Length != 1 + KeyIdSize + AeadBlob.Overhead + DossierKey.KeySize || wrapped[0] != WrapVersion)
        {
            throw new CryptographicException("Not a wrapped dossier key of version 1.");
        }

        var id = wrapped.AsSpan(1, KeyIdSize);
        var text = Convert.ToHexStringLower(id);
        var key = wrapping.ById.GetValueOrDefault(text)
            ?? Reopened().ById.GetValueOrDefault(text)
            ?? throw new CryptographicException($"The dossier key is wrapped under key {text}, which is not in the keys folder.");
        using var cipher = new AesGcm(key, AeadBlob.TagSize);
        return AeadBlob.Open(cipher, wrapped.AsSpan(1 + KeyIdSize), WrapContext(dossier, id));
    }

    /// <summary>A key that another process put in place while this one runs is the one to wrap under.</summary>
    private OpenKeys Latest()
    {
        try
        {
            return wrapping.Stamp == OpenKeys.StampOf(Folder) ? wrapping : Reopened();
        }
        catch (CheckpointKeyException)
        {
            // The new key is in a vault that this host's settings do not know, or that is away: what is new goes under the one it has. That one is not
            // removed while a dossier hangs on it.
            return wrapping;
        }
    }

    private OpenKeys Reopened()
    {
        lock (opening)
        {
            // The ones that were open are not cleared: somebody may be unwrapping with them.
            return wrapping.Stamp == OpenKeys.StampOf(Folder) ? wrapping : wrapping = OpenKeys.From(Folder, wrappingSettings);
        }
    }

    private sealed record OpenKeys(string Current, IReadOnlyDictionary<string, byte[]> ById, DateTime Stamp)
    {
        public static OpenKeys From(string folder, KeySettings settings)
        {
            var before = StampOf(folder);
            var keys = WrappingKeys.Open(folder, settings);
            var byId = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var key in keys)
            {
                byId[IdText(key)] = key;
            }

            // A file that is replaced while it is read is read again; one that was made by reading it is not.
            return new(IdText(keys[0]), byId, before == Missing ? StampOf(folder) : before);
        }

        /// <summary>One look at the disk, for what is done once a new case.</summary>
        public static DateTime StampOf(string folder) => File.GetLastWriteTimeUtc(Path.Combine(folder, WrappingKeys.File));

        public void Clear()
        {
            foreach (var key in ById.Values)
            {
                CryptographicOperations.ZeroMemory(key);
            }
        }
    }
}
