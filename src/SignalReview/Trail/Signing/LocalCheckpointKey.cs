using System.Security.Cryptography;

namespace SignalReview.Trail.Signing;

/// <summary>A key in this process's memory, from a file or the environment.</summary>
internal sealed class LocalCheckpointKey : ICheckpointKey
{
    private readonly ECDsa key;
    private readonly Lock signing = new();

    private LocalCheckpointKey(ECDsa key)
    {
        this.key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
    }

    public byte[] PublicKey { get; }

    /// <summary>A new key in PEM.</summary>
    public static string NewPem()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return made.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <param name="text">PEM, or the PKCS#8 bytes in base64.</param>
    /// <param name="where">What to name in an error: a file or a variable.</param>
    /// <exception cref="FormatException">No such key.</exception>
    public static LocalCheckpointKey Parse(string text, string where)
    {
        var made = ECDsa.Create();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                made.ImportFromPem(text);
            }
            else
            {
                made.ImportPkcs8PrivateKey(Convert.FromBase64String(text.Trim()), out _);
            }

            _ = made.ExportParameters(includePrivateParameters: true); // a public key alone signs nothing
            P256.RefuseOtherCurve(made, where);
            return new(made);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or FormatException)
        {
            made.Dispose();
            throw e is FormatException && e.Message.StartsWith(where, StringComparison.Ordinal)
                ? e
                : new FormatException($"{where} does not hold a private key in PEM form or as PKCS#8 in base64.", e);
        }
    }

    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (signing)
        {
            return Task.FromResult(key.SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    public void Dispose() => key.Dispose();
}
