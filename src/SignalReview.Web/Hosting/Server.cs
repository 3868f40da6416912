namespace SignalReview.Web.Hosting;

internal static class Server
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    // The largest thing a person sends is one photograph; the rest is text.
    private const long LargestRequest = 12 * 1024 * 1024;

    /// <summary>
    /// Listens on loopback unless told otherwise. Forwarded headers stay off: whoever puts a proxy in front turns them on
    /// for that proxy's address, because the demo sign-in trusts the addresses of the connection.
    /// </summary>
    public static void ConfigureServer(this WebApplicationBuilder builder)
    {
        if (!HasAddress(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
        });
    }

    private static bool HasAddress(ConfigurationManager configuration)
        => AddressKeys.Any(key => !string.IsNullOrEmpty(configuration[key]))
            || configuration.GetSection("Kestrel:Endpoints").Exists();
}
