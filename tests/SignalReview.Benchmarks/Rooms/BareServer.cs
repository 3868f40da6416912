using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Web.Api;
using SignalReview.Web.Hubs;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>
/// The limit: a SignalR hub that does nothing but send what the product sends, the same record by the same serializer, to a group. No
/// signing in, no rules, no database.
/// </summary>
internal sealed class BareServer(WebApplication app) : IRoomServer
{
    public static async Task<BareServer> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR().AddJsonProtocol(options => ApiJson.ConfigureHub(options.PayloadSerializerOptions));
        var app = builder.Build();
        app.MapHub<BareHub>(HubSetup.Address);
        await app.StartAsync(ct);
        return new(app);
    }

    public Task<ServerReady> PrepareAsync(CancellationToken ct)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return Task.FromResult(new ServerReady(new(addresses.Addresses.Single()), ""));
    }

    public Task<IReadOnlyList<BenchRoom>> OpenRoomsAsync(int count, int voters, CancellationToken ct) => Task.FromResult<IReadOnlyList<BenchRoom>>(
        [.. Enumerable.Range(0, count).Select(_ => new BenchRoom(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), [.. Enumerable.Repeat("", voters)]))]);

    public int Followers(Guid room) => BareHub.Followers(room);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Joins a group, and sends one event to it for each vote.</summary>
internal sealed class BareHub : Hub<IRoomClient>
{
    private static readonly ConcurrentDictionary<string, Guid> Joined = new(StringComparer.Ordinal);
    private static readonly string[] Types = ["vote.cast"];
    private static long seq = 100;

    public static int Followers(Guid room) => Joined.Values.Count(r => r == room);

    public async Task<HubAnswer> Join(CaseId caseId, long lastSeq)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, caseId.ToString(), Context.ConnectionAborted);
        Joined[Context.ConnectionId] = caseId.Value;
        return new(Math.Max(lastSeq, Volatile.Read(ref seq)), null, null);
    }

    public async Task<HubAnswer> CastVote(CaseId caseId, CastVoteCommand command)
    {
        var number = Interlocked.Increment(ref seq);
        var until = TimeProvider.System.GetUtcNow().AddDays(1);
        await Clients.Group(caseId.ToString()).CaseChanged(new(
            caseId, number, Types, null, CasePhase.Room, RoomPhase.Vote, command.Round, 3, 3, 100, 201, null, new(until.Ticks / 10_000_000 * 10_000_000, TimeSpan.Zero)));
        return new(number, null, null);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Joined.TryRemove(Context.ConnectionId, out _);
        return Task.CompletedTask;
    }
}
