using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SignalReview.Trail.Anchors;

/// <param name="Url">The authority.</param>
/// <param name="TrustedFile">The certificates in PEM that its own must lead to.</param>
/// <param name="Policy">The policy to ask for; null: the authority's own.</param>
internal sealed record TimestampSettings(Uri Url, string TrustedFile, string? Policy);

/// <summary>
/// Has each note time-stamped (RFC 3161): the authority gets the note's hash and a nonce, never the note, and vouches with its own key for when it
/// existed. A token that does not verify is not kept.
/// </summary>
internal sealed class TimestampAnchor(string name, TimeSpan every, TimestampSettings settings, TimeSpan patience, TimeProvider time) : ICheckpointAnchor, IDisposable
{
    private static readonly TimeSpan MostDrift = TimeSpan.FromHours(1);

    private readonly AnchorHttp http = new(patience);

    public string Name => name;

    public AnchorKind Kind => AnchorKind.Timestamp;

    public TimeSpan Every => every;

    public async Task<AnchorAnswer> SendAsync(string note, long size, CancellationToken ct)
    {
        var text = Encoding.UTF8.GetBytes(note);
        var nonce = RandomNumberGenerator.GetBytes(8);
        nonce[0] = (byte)((nonce[0] & 0x7f) | 0x40); // a positive number without zeroes before it
        var request = Rfc3161TimestampRequest.CreateFromData(
            text, HashAlgorithmName.SHA256, settings.Policy is { } policy ? new Oid(policy) : null, nonce, requestSignerCertificates: true);
        using var message = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(request.Encode()) };
        message.Content.Headers.ContentType = new("application/timestamp-query");
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/timestamp-reply"));
        var (answer, failure) = await http.PostAsync(message, ct);
        if (failure is not null)
        {
            return failure;
        }

        var (token, no) = TimestampToken.FromResponse(answer!);
        if (token is null)
        {
            return no!;
        }

        var trusted = new X509Certificate2Collection();
        try
        {
            trusted.ImportFromPemFile(settings.TrustedFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new(AnchorOutcome.Untrusted, $"{settings.TrustedFile}: {e.Message}");
        }

        var verdict = TimestampToken.Verify(token, text, trusted, nonce, settings.Policy, out var at);
        return verdict.Outcome == AnchorOutcome.Done && (at!.Value - time.GetUtcNow()).Duration() > MostDrift
            ? new(AnchorOutcome.OtherTime, $"{at:u}")
            : verdict;
    }

    public void Dispose() => http.Dispose();
}
