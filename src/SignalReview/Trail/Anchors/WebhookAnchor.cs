using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace SignalReview.Trail.Anchors;

/// <param name="Url">Where to.</param>
/// <param name="SecretFile">Holds what signs the body (HMAC-SHA256); null: it is not signed.</param>
/// <param name="BearerFile">Holds a bearer token; null: none is sent.</param>
internal sealed record WebhookSettings(Uri Url, string? SecretFile, string? BearerFile);

/// <summary>Posts each note as text. The header SignalReview-Signature holds "sha256=" and the HMAC of the body in hex.</summary>
internal sealed class WebhookAnchor(string name, TimeSpan every, WebhookSettings settings, TimeSpan patience) : ICheckpointAnchor, IDisposable
{
    private const int MostReceipt = 2000;

    private readonly AnchorHttp http = new(patience);

    public string Name => name;

    public AnchorKind Kind => AnchorKind.Webhook;

    public TimeSpan Every => every;

    public async Task<AnchorAnswer> SendAsync(string note, long size, CancellationToken ct)
    {
        var body = Encoding.UTF8.GetBytes(note);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("text/plain", "utf-8");
        request.Headers.Add("SignalReview-Tree-Size", size.ToString(CultureInfo.InvariantCulture));
        try
        {
            if (settings.SecretFile is { } secret)
            {
                var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(KeyFile.Read(secret).Trim()), body);
                request.Headers.Add("SignalReview-Signature", $"sha256={Convert.ToHexStringLower(mac)}");
            }

            if (settings.BearerFile is { } bearer)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KeyFile.Read(bearer).Trim());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(AnchorOutcome.Unreachable, e.Message); // it cannot be reached without its secret
        }

        var (answer, failure) = await http.PostAsync(request, ct);
        return failure ?? new(AnchorOutcome.Done, Receipt: answer!.Length <= MostReceipt ? answer : answer[..MostReceipt]);
    }

    public void Dispose() => http.Dispose();
}
