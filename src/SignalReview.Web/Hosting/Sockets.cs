using SignalReview.Web.Hubs;

namespace SignalReview.Web.Hosting;

internal static class Sockets
{
    /// <summary>
    /// Whether the request opens a hub's socket. It then stays for as long as the socket does, for hours, and with it in memory whatever waits around it; and
    /// nobody ever reads a body from it. What is not needed for the opening itself leaves such a request alone.
    /// </summary>
    public static bool OpensSocket(this HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 && request.IsForHub();
}
