using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace SignalReview.Trail.Anchors;

/// <summary>Judges a token of a time-stamping authority (RFC 3161), and says by name what is wrong with it.</summary>
internal static class TimestampToken
{
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    private const string TimeStampingPurpose = "1.3.6.1.5.5.7.3.8";
    private const string TokenContent = "1.2.840.113549.1.9.16.1.4";
    private const int GrantedWithChanges = 1;

    /// <summary>Takes the token out of an authority's answer.</summary>
    public static (byte[]? Token, AnchorAnswer? Failure) FromResponse(byte[] response)
    {
        try
        {
            var answer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
            var status = answer.ReadSequence();
            if (!status.TryReadInt32(out var code) || code is < 0 or > GrantedWithChanges)
            {
                var said = status.HasData && status.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)
                    ? status.ReadSequence() is { HasData: true } texts ? texts.ReadCharacterString(UniversalTagNumber.UTF8String) : null
                    : null;
                return (null, new(AnchorOutcome.NotGranted, $"status {code}{(said is null ? "" : $": {said}")}"));
            }

            return answer.HasData ? (answer.ReadEncodedValue().ToArray(), null) : (null, new(AnchorOutcome.Garbage, "granted, but without a token"));
        }
        catch (AsnContentException)
        {
            return (null, new(AnchorOutcome.Garbage, "no time-stamping answer"));
        }
    }

    /// <param name="token">The token's bytes (DER).</param>
    /// <param name="text">What it should be for.</param>
    /// <param name="trusted">Whose certificates are trusted; null: only the token's own signature is looked at.</param>
    /// <param name="time">The time in the token, when it is one.</param>
    public static AnchorAnswer Verify(byte[] token, ReadOnlySpan<byte> text, X509Certificate2Collection? trusted, out DateTimeOffset? time) =>
        Verify(token, text, trusted, nonce: null, policy: null, out time);

    /// <inheritdoc cref="Verify(byte[], ReadOnlySpan{byte}, X509Certificate2Collection?, out DateTimeOffset?)"/>
    /// <param name="nonce">That of the request; null: it is not known any more.</param>
    /// <param name="policy">The policy that was asked for; null: any.</param>
    public static AnchorAnswer Verify(
        byte[] token, ReadOnlySpan<byte> text, X509Certificate2Collection? trusted, ReadOnlyMemory<byte>? nonce, string? policy, out DateTimeOffset? time)
    {
        time = null;
        if (!Rfc3161TimestampToken.TryDecode(token, out var decoded, out var read) || read != token.Length)
        {
            // Decoding refuses a token that its signer did not sign, or that is no time stamper's: that is another thing than no token.
            return IsToken(token) ? new(AnchorOutcome.BadSignature) : new(AnchorOutcome.Garbage, "no time-stamping token");
        }

        var info = decoded.TokenInfo;
        var hash = SHA256.HashData(text);
        if (info.HashAlgorithmId.Value != Sha256Oid || !info.GetMessageHash().Span.SequenceEqual(hash))
        {
            return new(AnchorOutcome.OtherHash);
        }

        if (nonce is { } asked && !(info.GetNonce() is { } answered && Same(asked.Span, answered.Span)))
        {
            return new(AnchorOutcome.OtherNonce);
        }

        if (policy is not null && info.PolicyId.Value != policy)
        {
            return new(AnchorOutcome.OtherPolicy, info.PolicyId.Value);
        }

        var inside = decoded.AsSignedCms().Certificates;
        if (!decoded.VerifySignatureForHash(hash, HashAlgorithmName.SHA256, out var signer, trusted))
        {
            return new(AnchorOutcome.BadSignature);
        }

        time = info.Timestamp;
        return trusted is null || LeadsTo(trusted, signer, inside, info.Timestamp, out var why) ? new(AnchorOutcome.Done, Receipt: token) : new(AnchorOutcome.Untrusted, why);
    }

    private static bool IsToken(byte[] bytes)
    {
        try
        {
            var cms = new SignedCms();
            cms.Decode(bytes);
            return cms.ContentInfo.ContentType.Value == TokenContent;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool LeadsTo(X509Certificate2Collection trusted, X509Certificate2 signer, X509Certificate2Collection inside, DateTimeOffset at, out string why)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.ExtraStore.AddRange(inside);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStampingPurpose));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // it must be possible offline, and years later
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        var leads = chain.Build(signer);
        why = $"{signer.Subject}: {string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct())}";
        return leads;
    }

    /// <summary>Nonces are numbers: zeroes before them do not count.</summary>
    private static bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => one.TrimStart((byte)0).SequenceEqual(other.TrimStart((byte)0));
}
