using Microsoft.AspNetCore.SignalR;
using SignalReview.Cases;
using SignalReview.Web.Api;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Hubs;

internal static class HubSetup
{
    /// <summary>Below it lie all hubs.</summary>
    public const string Root = "/hubs";

    public const string Address = Root + "/room";

    // Two reasons of the longest kind, written out in escapes.
    private const long LargestMessage = 128 * 1024;

    // How often an idle connection is told that the server is there; clients do the same every 15 s.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    // How long a socket may leave the server's ping without an answer.
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(12);

    // A client that says nothing for so long is gone, or stands still.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(25);

    // A client that talks but does not read is cut when what waits for it cannot be written for so long. Until then it waits alone: whatever
    // is sent is handed to all others without it.
    private static readonly TimeSpan Unread = TimeSpan.FromSeconds(10);

    public static bool IsForHub(this HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    public static void AddRoomHub(this IServiceCollection services)
    {
        services.AddSingleton<IUserIdProvider, SubjectUserIds>();
        services.AddSingleton<RoomTracker>();
        services.AddSingleton<RoomLines>();
        services.AddSingleton<RoomAccess>();
        services.AddSingleton<RoomBroadcast>();
        services.AddSingleton<IOutboxDelivery>(provider => provider.GetRequiredService<RoomBroadcast>());
        services.AddHostedService<OutboxPump>();
        services.AddSingleton<RoomNews>();
        services.AddHostedService(provider => provider.GetRequiredService<RoomNews>());
        services.AddHostedService<RoomCatchUp>();
        services.AddHostedService<RoomEcho>();
        // SignalR counts the silence of a client from its first ping on, which comes after 15 s. One that stands still before that is found
        // by the socket's own ping, which SignalR turns off.
        services.PostConfigure<WebSocketOptions>(options =>
        {
            options.KeepAliveInterval = KeepAlive;
            options.KeepAliveTimeout = Unanswered;
        });
        services.AddSignalR(options =>
            {
                options.AddFilter<HubFilter>();
                options.MaximumReceiveMessageSize = LargestMessage;
                options.KeepAliveInterval = KeepAlive;
                options.ClientTimeoutInterval = Silence;
            })
            .AddJsonProtocol(options => ApiJson.ConfigureHub(options.PayloadSerializerOptions));
    }

    public static void MapRoomHub(this WebApplication app) => app.MapHub<RoomHub>(Address, options =>
    {
        // Replayed buffers lose messages with a backplane; clients join again and ask by sequence number.
        options.AllowStatefulReconnects = false;
        options.CloseOnAuthenticationExpiration = true;
        options.TransportSendTimeout = Unread;
    }).Add(endpoint => endpoint.RequestDelegate = Light(endpoint.RequestDelegate!));

    /// <summary>
    /// A connection lasts for hours. What only its opening needed goes: the token or cookie, which nobody may find in memory later, and
    /// the opening's context (language, log scopes), into which each of a connection's steps would change and back, for every message. A call sets its
    /// own language (<see cref="HubFilter"/>).
    /// </summary>
    private static RequestDelegate Light(RequestDelegate hub) => context =>
    {
        context.Request.Headers.Authorization = default;
        context.Request.Headers.Cookie = default;
        using (ExecutionContext.SuppressFlow())
        {
            return hub(context);
        }
    };

    /// <summary>SignalR's own name for somebody is the subject of their claims.</summary>
    private sealed class SubjectUserIds : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirst(Identity.Subject)?.Value;
    }
}
