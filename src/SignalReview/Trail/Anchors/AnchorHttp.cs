namespace SignalReview.Trail.Anchors;

/// <summary>One POST, with its failures as values.</summary>
internal sealed class AnchorHttp(TimeSpan patience) : IDisposable
{
    private const int MostAnswer = 1 << 18;

    // An anchor that is redirected elsewhere is another anchor.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = patience,
        MaxResponseContentBufferSize = MostAnswer,
    };

    /// <returns>The answer's bytes, or why there are none.</returns>
    public async Task<(byte[]? Body, AnchorAnswer? Failure)> PostAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await http.SendAsync(request, ct);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadAsByteArrayAsync(ct), null)
                : (null, new(AnchorOutcome.BadStatus, $"HTTP {(int)response.StatusCode}"));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, new(AnchorOutcome.TimedOut, $"no answer within {patience.TotalSeconds} seconds"));
        }
        catch (HttpRequestException e)
        {
            return (null, new(AnchorOutcome.Unreachable, e.Message));
        }
    }

    public void Dispose() => http.Dispose();
}
