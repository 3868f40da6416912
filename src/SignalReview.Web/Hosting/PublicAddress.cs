namespace SignalReview.Web.Hosting;

/// <summary>
/// The address by which others reach this host. Behind a proxy the request names another one, so there it is a setting; without the setting it is
/// what the browser that asks was told to open.
/// </summary>
internal sealed class PublicAddress(Uri? configured)
{
    public const string Setting = "PublicUrl";

    public static PublicAddress From(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return new(null);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
                ? new(address)
                : throw new InvalidOperationException($"{Setting} must be an address such as https://signalreview.example.org, without a path; it is '{text}'.");
    }

    /// <param name="request">Who asks.</param>
    /// <param name="path">On this host, with a slash first.</param>
    public Uri Of(HttpRequest request, string path) => new(configured ?? new Uri($"{request.Scheme}://{request.Host}"), path);
}
