using Microsoft.Extensions.DependencyInjection;
using SignalReview.Benchmarks.Cycles;
using SignalReview.Cases;
using SignalReview.Web.Hubs;
using SignalReview.Web.SignIn;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>The product as it starts, with rooms that are open for a vote.</summary>
internal sealed class ProductServer(BenchmarkHost host) : IRoomServer
{
    private readonly RoomFactory rooms = new(host.Services);

    public static ProductServer Start() => new(BenchmarkHost.Start());

    public async Task<ServerReady> PrepareAsync(CancellationToken ct)
    {
        await rooms.AddPeopleAsync(ct);
        var demo = host.Services.GetRequiredService<DemoSignIn>();
        var facilitator = await demo.FindAsync(RoomFactory.Facilitator, ct) ?? throw new InvalidOperationException("There is no facilitator.");
        return new(host.Address, demo.Token(facilitator).Token);
    }

    public async Task<IReadOnlyList<BenchRoom>> OpenRoomsAsync(int count, int voters, CancellationToken ct)
    {
        var opened = new List<BenchRoom>();
        for (var i = 0; i < count; i++)
        {
            opened.Add(await rooms.OpenAsync(voters, ct));
        }

        return opened;
    }

    public int Followers(Guid room) => host.Services.GetRequiredService<RoomTracker>().ChairsOf(new CaseId(room)).Count;

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
