using System.Globalization;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>
/// The server side of a measurement, in a process of its own so that its processor time and memory are nobody else's. It does what it is told
/// on its standard input, a line at a time, and ends with it.
/// </summary>
internal static class ServerChild
{
    public const string Argument = "room-server";

    public static async Task RunAsync(string kind, CancellationToken ct)
    {
        await using IRoomServer server = kind == "product" ? ProductServer.Start() : await BareServer.StartAsync(ct);
        await Console.Out.WriteLineAsync(Lines.Write(await server.PrepareAsync(ct)));
        while (await Console.In.ReadLineAsync(ct) is { } line)
        {
            var answer = line.Split(' ') switch
            {
                ["stat"] => Lines.Write(Stat(collect: false)),
                ["collect"] => Lines.Write(Stat(collect: true)),
                ["rooms", var count, var voters] => Lines.Write(await server.OpenRoomsAsync(Number(count), Number(voters), ct)),
                ["followers", var room] => Lines.Write(server.Followers(Guid.Parse(room))),
                _ => throw new InvalidOperationException($"Unknown: {line}"),
            };
            await Console.Out.WriteLineAsync(answer);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ServerStat Stat(bool collect)
    {
        if (collect)
        {
            // Twice, so that what has a finalizer goes too; aggressive, so that what is free is given back.
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return new(Environment.CpuUsage.TotalTime.TotalMilliseconds, GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }
}

/// <summary>One of the two servers that are compared.</summary>
internal interface IRoomServer : IAsyncDisposable
{
    Task<ServerReady> PrepareAsync(CancellationToken ct);

    Task<IReadOnlyList<BenchRoom>> OpenRoomsAsync(int count, int voters, CancellationToken ct);

    /// <summary>How many connections follow the room.</summary>
    int Followers(Guid room);
}
