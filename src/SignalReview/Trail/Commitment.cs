using System.Buffers;
using System.Security.Cryptography;

namespace SignalReview.Trail;

/// <summary>
/// Ties a header to its body without telling what the body says: SHA-256 over a domain prefix, 32 fresh random bytes and the
/// canonical body. Without the salt a short body ("no concern") could be guessed from its hash, also after erasure.
/// </summary>
internal static class Commitment
{
    public const int SaltSize = 32;
    public const int Size = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Prefix => "signalreview/commit/v1\n"u8;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    public static byte[] Compute(ReadOnlySpan<byte> salt32, ReadOnlySpan<byte> bodyJcs)
    {
        var commitment = new byte[Size];
        Compute(salt32, bodyJcs, commitment);
        return commitment;
    }

    public static void Compute(ReadOnlySpan<byte> salt32, ReadOnlySpan<byte> bodyJcs, Span<byte> commitment)
    {
        if (salt32.Length != SaltSize)
        {
            throw new ArgumentException($"A salt has {SaltSize} bytes, not {salt32.Length}.", nameof(salt32));
        }

        var length = Prefix.Length + SaltSize + bodyJcs.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var input = rented.AsSpan(0, length);
            Prefix.CopyTo(input);
            salt32.CopyTo(input[Prefix.Length..]);
            bodyJcs.CopyTo(input[(Prefix.Length + SaltSize)..]);
            SHA256.HashData(input, commitment);
        }
        finally
        {
            // What people wrote must not linger in a pooled array.
            CryptographicOperations.ZeroMemory(rented.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static bool Matches(ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> salt32, ReadOnlySpan<byte> bodyJcs)
    {
        Span<byte> computed = stackalloc byte[Size];
        Compute(salt32, bodyJcs, computed);
        return CryptographicOperations.FixedTimeEquals(commitment, computed);
    }
}
