using System.Net.WebSockets;
using System.Text;
using SignalReview.Web.Hubs;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>Joins a room and then stands still: it reads nothing and says nothing, as a phone that was frozen.</summary>
internal sealed class StalledClient : IDisposable
{
    private const char EndOfMessage = '\x1e';

    private readonly ClientWebSocket socket = new();

    public static async Task<StalledClient> JoinAsync(Uri server, string token, Guid room, CancellationToken ct)
    {
        var client = new StalledClient();
        client.socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        var address = new UriBuilder(new Uri(server, HubSetup.Address)) { Scheme = "ws", Query = $"access_token={Uri.EscapeDataString(token)}" };
        await client.socket.ConnectAsync(address.Uri, ct);
        await client.SayAsync("""{"protocol":"json","version":1}""", ct);
        await client.SayAsync($$"""{"type":1,"invocationId":"1","target":"Join","arguments":["{{room}}",0]}""", ct);
        return client;
    }

    public void Dispose() => socket.Dispose();

    private Task SayAsync(string message, CancellationToken ct) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, ct);
}
