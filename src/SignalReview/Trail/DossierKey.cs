using System.Security.Cryptography;

namespace SignalReview.Trail;

/// <summary>
/// The AES-256-GCM key of one dossier (a case). Everything that people wrote in it is encrypted under it, so that destroying
/// it erases them all, in backups too. A blob is nonce (12 bytes) ‖ tag (16) ‖ ciphertext; the id of what it belongs to (event,
/// draft, attachment) is authenticated with it, so that one blob cannot be passed off as another.
/// Not thread-safe; dispose it with the unit of work.
/// </summary>
internal sealed class DossierKey : IDisposable
{
    public const int KeySize = 32;
    public const int Overhead = AeadBlob.Overhead;

    private readonly AesGcm cipher;

    internal DossierKey(ReadOnlySpan<byte> key)
    {
        cipher = new AesGcm(key, AeadBlob.TagSize);
    }

    public byte[] Encrypt(ReadOnlySpan<byte> plain, Guid aad)
    {
        Span<byte> context = stackalloc byte[16];
        aad.TryWriteBytes(context, bigEndian: true, out _);
        return AeadBlob.Seal(cipher, plain, context);
    }

    /// <exception cref="AuthenticationTagMismatchException">The blob was changed, belongs to another id or to another dossier.</exception>
    /// <exception cref="CryptographicException">The blob is too short to be one.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> blob, Guid aad)
    {
        Span<byte> context = stackalloc byte[16];
        aad.TryWriteBytes(context, bigEndian: true, out _);
        return AeadBlob.Open(cipher, blob, context);
    }

    public void Dispose() => cipher.Dispose();
}
