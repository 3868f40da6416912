using System.Security.Cryptography;

namespace SignalReview.Trail.Signing;

/// <summary>
/// The private key that signs checkpoints (ECDSA on P-256), wherever it lies: in this process, behind a command, in a vault or in a hardware
/// module. Safe to use from several threads.
/// </summary>
internal interface ICheckpointKey : IDisposable
{
    /// <summary>The public half, as SubjectPublicKeyInfo (DER).</summary>
    byte[] PublicKey { get; }

    /// <summary>A signature over SHA-256 of the message, as the ASN.1 sequence that signed notes carry.</summary>
    /// <exception cref="CheckpointKeyException">Who holds the key did not sign, or signed with another one.</exception>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct);
}

/// <summary>
/// A key cannot be had or used: a setting is wrong, a vault does not answer, a module is locked. The message says what to mend; it holds no secret.
/// </summary>
internal sealed class CheckpointKeyException : Exception
{
    public CheckpointKeyException(string message)
        : base(message)
    {
    }

    public CheckpointKeyException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

internal static class P256
{
    public const string Oid = "1.2.840.10045.3.1.7";

    /// <summary>A hook's answer counts only when it is the signature of the key that it was asked for.</summary>
    public static byte[] Checked(byte[] publicKey, ReadOnlySpan<byte> message, byte[] signature, string who)
    {
        using var key = ImportPublic(publicKey, who);
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? signature
            : throw new CheckpointKeyException($"{who} gave a signature that is not by the key it names.");
    }

    /// <summary>A public key in PEM, as a SubjectPublicKeyInfo on this curve.</summary>
    public static byte[] PublicFromPem(string pem, string who)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new CheckpointKeyException($"{who} gave no public key in PEM form.", e);
        }

        RefuseOtherCurve(key, who);
        return key.ExportSubjectPublicKeyInfo();
    }

    public static void RefuseOtherCurve(ECDsa key, string who)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != Oid)
        {
            throw new FormatException($"{who} does not hold an ECDSA key on the curve P-256.");
        }
    }

    private static ECDsa ImportPublic(byte[] publicKey, string who)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            RefuseOtherCurve(key, who);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
