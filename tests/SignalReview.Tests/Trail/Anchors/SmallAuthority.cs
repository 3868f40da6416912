using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SignalReview.Tests.Trail.Anchors;

internal enum AuthorityMood
{
    Honest,
    OtherHash,
    OtherNonce,
    NoNonce,
    OtherPolicy,
    OtherTime,
    OtherRoot,
    NotForTimestamping,
    Flipped,
    Refuses,
    GrantsNothing,
    Garbage,
    Empty,
    Slow,
    Fails,
}

/// <summary>A time-stamping authority (RFC 3161) on loopback, with a root and a certificate of its own, that can be told to answer wrongly.</summary>
internal sealed class SmallAuthority : IAsyncDisposable
{
    public const string Policy = "1.3.6.1.4.1.99999.1.1";

    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly X509Certificate2 root;
    private readonly X509Certificate2 signer;
    private readonly X509Certificate2 otherSigner;
    private readonly X509Certificate2 wrongPurpose;
    private readonly X509Certificate2 otherRoot;
    private int serial;

    private SmallAuthority(WebApplication app, TimeProvider time)
    {
        this.app = app;
        this.time = time;
        root = Root("Kleine tijdstempel-dienst");
        otherRoot = Root("Een andere dienst");
        signer = Leaf(root, "Tijdstempels", "1.3.6.1.5.5.7.3.8");
        otherSigner = Leaf(otherRoot, "Tijdstempels", "1.3.6.1.5.5.7.3.8");
        wrongPurpose = Leaf(root, "Website", "1.3.6.1.5.5.7.3.1");
    }

    public AuthorityMood Mood { get; set; }

    public Uri Url => new(app.Urls.First());

    public int Requests { get; private set; }

    public string RootPem => root.ExportCertificatePem();

    public static async Task<SmallAuthority> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var made = builder.Build();
        made.Urls.Add("http://127.0.0.1:0");
        var authority = new SmallAuthority(made, time);
        made.Run(authority.AnswerAsync);
        await made.StartAsync();
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (var certificate in new[] { root, signer, otherSigner, wrongPurpose, otherRoot })
        {
            certificate.Dispose();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Requests++;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (!Rfc3161TimestampRequest.TryDecode(body.ToArray(), out var request, out _) || context.Request.ContentType != "application/timestamp-query")
        {
            context.Response.StatusCode = 400;
            return;
        }

        switch (Mood)
        {
            case AuthorityMood.Slow:
                await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
                return;
            case AuthorityMood.Fails:
                context.Response.StatusCode = 502;
                return;
        }

        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.Body.WriteAsync(Mood switch
        {
            AuthorityMood.Garbage => "<html>Even geduld</html>"u8.ToArray(),
            AuthorityMood.Empty => [],
            AuthorityMood.Refuses => Response(2, null),
            AuthorityMood.GrantsNothing => Response(0, null),
            _ => Response(0, Token(request)),
        });
    }

    private byte[] Token(Rfc3161TimestampRequest request)
    {
        var hash = Mood == AuthorityMood.OtherHash ? SHA256.HashData("iets anders"u8) : request.GetMessageHash();
        var nonce = Mood switch
        {
            AuthorityMood.NoNonce => null,
            AuthorityMood.OtherNonce => (ReadOnlyMemory<byte>?)new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 },
            _ => request.GetNonce(),
        };
        var info = new Rfc3161TimestampTokenInfo(
            new Oid(Mood == AuthorityMood.OtherPolicy ? Policy + ".9" : Policy),
            request.HashAlgorithmId,
            hash,
            new byte[] { (byte)++serial },
            time.GetUtcNow() + (Mood == AuthorityMood.OtherTime ? TimeSpan.FromDays(400) : TimeSpan.Zero),
            nonce: nonce);
        var certificate = Mood switch
        {
            AuthorityMood.OtherRoot => otherSigner,
            AuthorityMood.NotForTimestamping => wrongPurpose,
            _ => signer,
        };
        var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), info.Encode()), detached: false);
        var by = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        by.SignedAttributes.Add(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), SigningCertificate(certificate)));
        cms.ComputeSignature(by);
        var token = cms.Encode();
        if (Mood == AuthorityMood.Flipped)
        {
            token[^1] ^= 1; // the end of the signature
        }

        return token;
    }

    private static byte[] SigningCertificate(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        }

        return writer.Encode();
    }

    private static byte[] Response(int status, byte[]? token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(status);
                if (status > 1)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteCharacterString(UniversalTagNumber.UTF8String, "vandaag gesloten");
                    }
                }
            }

            if (token is not null)
            {
                writer.WriteEncodedValue(token);
            }
        }

        return writer.Encode();
    }

    private static X509Certificate2 Root(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(From, Until);
    }

    private static X509Certificate2 Leaf(X509Certificate2 issuer, string name, string purpose)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: true));
        using var made = request.Create(issuer, From, Until, RandomNumberGenerator.GetBytes(8).Select(b => (byte)(b & 0x7f)).ToArray());
        return made.CopyWithPrivateKey(key);
    }
}
