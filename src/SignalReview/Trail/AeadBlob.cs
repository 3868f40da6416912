using System.Security.Cryptography;

namespace SignalReview.Trail;

/// <summary>
/// nonce (12) ‖ tag (16) ‖ ciphertext of AES-GCM. Nonces are random: a dossier holds thousands of blobs, far below the 2^32 that
/// NIST SP 800-38D allows per key.
/// </summary>
internal static class AeadBlob
{
    public const int NonceSize = 12;
    public const int TagSize = 16;
    public const int Overhead = NonceSize + TagSize;

    public static byte[] Seal(AesGcm cipher, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var blob = new byte[Overhead + plain.Length];
        var nonce = blob.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, plain, blob.AsSpan(Overhead), blob.AsSpan(NonceSize, TagSize), context);
        return blob;
    }

    public static byte[] Open(AesGcm cipher, ReadOnlySpan<byte> blob, ReadOnlySpan<byte> context)
    {
        if (blob.Length < Overhead)
        {
            throw new CryptographicException($"An encrypted blob has at least {Overhead} bytes, not {blob.Length}.");
        }

        var plain = new byte[blob.Length - Overhead];
        cipher.Decrypt(blob[..NonceSize], blob[Overhead..], blob[NonceSize..Overhead], plain, context);
        return plain;
    }
}
