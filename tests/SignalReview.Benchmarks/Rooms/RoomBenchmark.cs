using System.Globalization;
using System.Runtime.InteropServices;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>
/// What a room costs, beside a bare hub that sends the same bytes: how soon a vote is seen by everyone, processor time a vote, memory a
/// connected client; what one client that stands still does to the others; and whether anything is lost in many rooms at once. Product and
/// bare hub take turns, each in a process of its own; only the ratios of neighbouring rounds say something.
/// </summary>
internal static class RoomBenchmark
{
    private const double MemoryGoal = 1.3;

    public static async Task RunAsync(RoomOptions options, TextWriter output, CancellationToken ct)
    {
        var time = TimeProvider.System;
        await WriteAsync(output, $"A room, over WebSockets on loopback; product with SQLite, every commit on disk before it is acknowledged.");
        await WriteAsync(output, $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; product, bare hub and clients in three processes.");
        await using var product = await ServerProcess.StartAsync("product", ct);
        await using var bare = await ServerProcess.StartAsync("bare", ct);
        await VoteMeasure.RunAsync(product, bare, options, time, output, ct);
        await MemoryAsync(product, bare, options, time, output, ct);
        await StallMeasure.RunAsync(product, options, time, output, ct);
        await ManyAsync(product, options, time, output, ct);
        if (options.Quick)
        {
            await WriteAsync(output, $"Too short to judge by.");
        }
    }

    private static async Task MemoryAsync(ServerProcess product, ServerProcess bare, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        await output.WriteLineAsync();
        await WriteAsync(
            output, $"Memory a connected client, of {options.Idle} in rooms of {RoomOptions.Members} that wait, after a full collection; median of {options.Sittings} sittings.");
        await WriteAsync(output, $"          heap KiB   resident KiB");
        var ours = await MemoryAsync(product, options, time, ct);
        var theirs = await MemoryAsync(bare, options, time, ct);
        await WriteAsync(output, $"product   {ours.Heap / 1024,8:F1}   {ours.Resident / 1024,12:F1}");
        await WriteAsync(output, $"bare      {theirs.Heap / 1024,8:F1}   {theirs.Resident / 1024,12:F1}");
        await WriteAsync(output, $"ratio     {ours.Heap / theirs.Heap,8:F2}   {ours.Resident / theirs.Resident,12:F2}   goal: at most {MemoryGoal:F1}");
    }

    private static async Task<(double Heap, double Resident)> MemoryAsync(ServerProcess server, RoomOptions options, TimeProvider time, CancellationToken ct)
    {
        var rooms = await server.OpenRoomsAsync(Math.Max(1, options.Idle / RoomOptions.Members), RoomOptions.Members, ct);
        await using (var first = await SitAsync(server, rooms, time, ct))
        {
            // Whatever is compiled or pooled at first use is there from now on.
        }

        double clients = rooms.Count * RoomOptions.Members;
        List<(double Heap, double Resident)> sittings = [];
        for (var i = 0; i < options.Sittings; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), ct);
            var before = await server.CollectAsync(ct);
            await using var sitting = await SitAsync(server, rooms, time, ct);
            await Task.Delay(TimeSpan.FromSeconds(3), ct);
            var after = await server.CollectAsync(ct);
            sittings.Add(((after.Heap - before.Heap) / clients, (after.Resident - before.Resident) / clients));
        }

        return (Percentiles.Of(sittings.Select(s => s.Heap), 50), Percentiles.Of(sittings.Select(s => s.Resident), 50));
    }

    private static async Task<Sitting> SitAsync(ServerProcess server, IReadOnlyList<BenchRoom> rooms, TimeProvider time, CancellationToken ct)
    {
        var sitting = new Sitting([]);
        foreach (var room in rooms)
        {
            sitting.Crowds.Add(await Crowd.ConnectAsync(server.Ready.Address, room.Tokens, time, ct));
            await sitting.Crowds[^1].JoinAsync(room.Case, ct);
        }

        return sitting;
    }

    private static async Task ManyAsync(ServerProcess product, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        var rooms = await product.OpenRoomsAsync(options.Rooms, RoomOptions.Members, ct);
        var result = await new ManyRooms(product, time).RunAsync(rooms, ct);
        await output.WriteLineAsync();
        await WriteAsync(output, $"{options.Rooms} rooms of {RoomOptions.Members} at once, two rounds each, in {result.Seconds:F1} s; {result.Events} events heard.");
        await WriteAsync(output, $"Lost {result.Lost}, doubled {result.Doubled}, out of order {result.Disordered}; goal: 0, 0, 0.");
    }

    private static Task WriteAsync(TextWriter output, FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Sitting(List<Crowd> Crowds) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var crowd in Crowds)
            {
                await crowd.DisposeAsync();
            }
        }
    }
}
