using Microsoft.AspNetCore.SignalR;
using SignalReview.Cases;
using SignalReview.Web.Api;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Hubs;

internal static class HubSetup
{
    public const string Address = "/hubs/room";

    // Two reasons of the longest kind, written out in escapes.
    private const long LargestMessage = 128 * 1024;

    public static void AddRoomHub(this IServiceCollection services)
    {
        services.AddSingleton<IUserIdProvider, SubjectUserIds>();
        services.AddSingleton<RoomTracker>();
        services.AddSingleton<RoomBroadcast>();
        services.AddSingleton<IOutboxDelivery>(provider => provider.GetRequiredService<RoomBroadcast>());
        services.AddHostedService<OutboxPump>();
        services.AddHostedService<RoomCatchUp>();
        services.AddSignalR(options =>
            {
                options.AddFilter<HubFilter>();
                options.MaximumReceiveMessageSize = LargestMessage;
            })
            .AddJsonProtocol(options => ApiJson.ConfigureHub(options.PayloadSerializerOptions));
    }

    public static void MapRoomHub(this WebApplication app) => app.MapHub<RoomHub>(Address, options =>
    {
        // Replayed buffers lose messages with a backplane; clients join again and ask by sequence number.
        options.AllowStatefulReconnects = false;
        options.CloseOnAuthenticationExpiration = true;
    });

    /// <summary>SignalR's own name for somebody is the subject of their claims.</summary>
    private sealed class SubjectUserIds : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirst(Identity.Subject)?.Value;
    }
}
