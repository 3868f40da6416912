using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SignalReview.Trail;

/// <summary>
/// The public half of the key that signs checkpoints, with its name, as C2SP signed-note writes it in a <c>vkey</c> file:
/// <c>name+keyid+base64(0x02 ‖ SubjectPublicKeyInfo)</c>. The key id of this type is the first four bytes of SHA-256 over the
/// SubjectPublicKeyInfo.
/// </summary>
internal sealed class VerifierKey
{
    private const byte EcdsaType = 0x02;

    private readonly byte[] publicKey;

    public VerifierKey(string name, byte[] publicKey)
    {
        if (!SignedNote.IsKeyName(name))
        {
            throw new FormatException("A key's name is not empty and holds no space and no plus sign.");
        }

        Name = name;
        this.publicKey = publicKey;
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(publicKey));
        using var key = Import();
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != "1.2.840.10045.3.1.7")
        {
            throw new FormatException("The public key does not lie on the curve P-256.");
        }
    }

    public string Name { get; }

    /// <summary>As SubjectPublicKeyInfo (DER).</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    public uint Id { get; }

    /// <summary>The id as it stands in a vkey: eight hex digits.</summary>
    public string IdText => Id.ToString("x8", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is no vkey, or one of a type other than ECDSA on P-256.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Trim().Split('+', 3);
        if (parts.Length != 3
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            || parts[1].Length != 8)
        {
            throw new FormatException("Not a verifier key: expected name+keyid+key on one line.");
        }

        var encoded = Convert.FromBase64String(parts[2]);
        if (encoded is not [EcdsaType, ..])
        {
            throw new FormatException("The verifier key is not of type 0x02 (ECDSA).");
        }

        var key = new VerifierKey(parts[0], encoded[1..]);
        return key.Id == id ? key : throw new FormatException("The key id does not belong to the key.");
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = Import();
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override string ToString() =>
        $"{Name}+{IdText}+{Convert.ToBase64String([EcdsaType, .. publicKey])}";

    private ECDsa Import()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            return read == publicKey.Length ? key : throw new FormatException("Bytes follow the public key.");
        }
        catch (Exception e)
        {
            key.Dispose();
            if (e is CryptographicException or PlatformNotSupportedException) // the latter for a curve that nobody knows
            {
                throw new FormatException("Not a public key (SubjectPublicKeyInfo).", e);
            }

            throw;
        }
    }
}
