using System.Diagnostics;
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
    private const double SeenGoal = 1.5;
    private const double ProcessorGoal = 2;
    private const double MemoryGoal = 1.3;
    private const double StalledGoal = 1.2;
    private static readonly TimeSpan DroppedWithin = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(RoomOptions options, TextWriter output, CancellationToken ct)
    {
        var time = TimeProvider.System;
        await WriteAsync(output, $"A room, over WebSockets on loopback; product with SQLite, every commit on disk before it is acknowledged.");
        await WriteAsync(output, $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; product, bare hub and clients in three processes.");
        await using var product = await ServerProcess.StartAsync("product", ct);
        await using var bare = await ServerProcess.StartAsync("bare", ct);
        await VotesAsync(product, bare, options, time, output, ct);
        await MemoryAsync(product, bare, options, time, output, ct);
        await StalledAsync(product, options, time, output, ct);
        await ManyAsync(product, options, time, output, ct);
        if (options.Quick)
        {
            await WriteAsync(output, $"Too short to judge by.");
        }
    }

    private static async Task VotesAsync(ServerProcess product, ServerProcess bare, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        await output.WriteLineAsync();
        await WriteAsync(output, $"A vote is seen by all of {options.Clients} clients; {options.Votes} votes a round, one after the other.");
        await WriteAsync(output, $"        milliseconds, p50 / p99                 processor ms a vote");
        await WriteAsync(output, $"round        product           bare    ratio    product     bare    ratio   bytes");
        List<(double Seen, double Processor)> ratios = [];
        for (var round = 1; round <= options.Rounds; round++)
        {
            var first = round % 2 == 0 ? await VoteRoundAsync(bare, options, time, ct) : null;
            var ours = await VoteRoundAsync(product, options, time, ct);
            var theirs = first ?? await VoteRoundAsync(bare, options, time, ct);
            ratios.Add((ours.P99 / theirs.P99, ours.Processor / theirs.Processor));
            await WriteAsync(
                output,
                $"{round,5}  {ours.P50,6:F1} / {ours.P99,5:F1}  {theirs.P50,6:F1} / {theirs.P99,5:F1}  {ratios[^1].Seen,6:F2}   {ours.Processor,8:F2} {theirs.Processor,8:F2}   {ratios[^1].Processor,6:F2}   {ours.Bytes}, {theirs.Bytes}");
        }

        await SummaryAsync(output, "p99", ratios.Select(r => r.Seen), SeenGoal);
        await SummaryAsync(output, "processor", ratios.Select(r => r.Processor), ProcessorGoal);
    }

    private static async Task<VoteRound> VoteRoundAsync(ServerProcess server, RoomOptions options, TimeProvider time, CancellationToken ct)
    {
        // One voter more than clients, so that no vote of the round is its last.
        var room = (await server.OpenRoomsAsync(1, options.Clients + 1, ct))[0];
        await using var crowd = await Crowd.ConnectAsync(server.Ready.Address, [.. room.Tokens.Take(options.Clients)], time, ct);
        await crowd.JoinAsync(room.Case, ct);
        await Task.Delay(TimeSpan.FromSeconds(1), ct); // the arrivals have been told by then
        await crowd.VoteAsync(room.Case, 0, RoomOptions.WarmUp, ct);
        var before = await server.StatAsync(ct);
        var seen = await crowd.VoteAsync(room.Case, RoomOptions.WarmUp, options.Votes, ct);
        var after = await server.StatAsync(ct);
        return new(Percentile(seen, 50), Percentile(seen, 99), (after.Processor - before.Processor) / options.Votes, crowd.EventBytes);
    }

    private static async Task MemoryAsync(ServerProcess product, ServerProcess bare, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        await output.WriteLineAsync();
        await WriteAsync(output, $"Memory a connected client, of {options.Idle} in rooms of {RoomOptions.Members} that wait, after a full collection.");
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

        await Task.Delay(TimeSpan.FromSeconds(3), ct);
        var before = await server.CollectAsync(ct);
        await using var sitting = await SitAsync(server, rooms, time, ct);
        await Task.Delay(TimeSpan.FromSeconds(3), ct);
        var after = await server.CollectAsync(ct);
        double clients = rooms.Count * RoomOptions.Members;
        return ((after.Heap - before.Heap) / clients, (after.Resident - before.Resident) / clients);
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

    private static async Task StalledAsync(ServerProcess product, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        var room = (await product.OpenRoomsAsync(1, options.Clients + 1, ct))[0];
        await using var crowd = await Crowd.ConnectAsync(product.Ready.Address, [.. room.Tokens.Take(options.Clients - 1)], time, ct);
        await crowd.JoinAsync(room.Case, ct);
        await Task.Delay(TimeSpan.FromSeconds(1), ct);
        var half = (options.Clients - 1 - RoomOptions.WarmUp) / 2;
        await crowd.VoteAsync(room.Case, 0, RoomOptions.WarmUp, ct);
        var without = Percentile(await crowd.VoteAsync(room.Case, RoomOptions.WarmUp, half, ct), 99);
        using var stalled = await StalledClient.JoinAsync(product.Ready.Address, room.Tokens[options.Clients - 1], room.Case, ct);
        var clock = Stopwatch.GetTimestamp();
        while (await product.FollowersAsync(room.Case, ct) < options.Clients)
        {
            await Task.Delay(10, ct);
        }

        var with = Percentile(await crowd.VoteAsync(room.Case, RoomOptions.WarmUp + half, half, ct), 99);
        while (await product.FollowersAsync(room.Case, ct) == options.Clients && Stopwatch.GetElapsedTime(clock) < 2 * DroppedWithin)
        {
            await Task.Delay(100, ct);
        }

        await output.WriteLineAsync();
        await WriteAsync(output, $"One of {options.Clients} clients stands still: p99 of the others {with:F1} ms, without it {without:F1} ms, ratio {with / without:F2}; goal: at most {StalledGoal:F1}.");
        await WriteAsync(output, $"It was dropped after {Stopwatch.GetElapsedTime(clock).TotalSeconds:F0} s; goal: at most {DroppedWithin.TotalSeconds:F0}.");
    }

    private static async Task ManyAsync(ServerProcess product, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        var rooms = await product.OpenRoomsAsync(options.Rooms, RoomOptions.Members, ct);
        var result = await new ManyRooms(product, time).RunAsync(rooms, ct);
        await output.WriteLineAsync();
        await WriteAsync(output, $"{options.Rooms} rooms of {RoomOptions.Members} at once, two rounds each, in {result.Seconds:F1} s; {result.Events} events heard.");
        await WriteAsync(output, $"Lost {result.Lost}, doubled {result.Doubled}, out of order {result.Disordered}; goal: 0, 0, 0.");
    }

    private static double Percentile(IReadOnlyList<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * percent / 100) - 1)];
    }

    private static Task SummaryAsync(TextWriter output, string what, IEnumerable<double> ratios, double goal)
    {
        var sorted = ratios.Order().ToList();
        return WriteAsync(output, $"{what,-10} ratio: min {sorted[0]:F2}, median {sorted[sorted.Count / 2]:F2}, max {sorted[^1]:F2}; goal: at most {goal:F1}");
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

    private sealed record VoteRound(double P50, double P99, double Processor, int Bytes);
}
