using System.Diagnostics;
using System.Globalization;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>
/// What one client that stands still does to the others, and how soon it is dropped. In each room one half of the votes has it and the other
/// has not; which comes first changes from room to room, for a vote costs more the more ballots there are. The last one is left to be dropped.
/// </summary>
internal static class StallMeasure
{
    private const double Goal = 1.2;
    private static readonly TimeSpan DroppedWithin = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(ServerProcess product, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        List<double> with = [], without = [];
        var dropped = TimeSpan.Zero;
        for (var table = 1; table <= options.Stalls; table++)
        {
            var room = (await product.OpenRoomsAsync(1, options.Clients + 1, ct))[0];
            await using var crowd = await Crowd.SeatAsync(product, room, options.Clients - 1, time, ct);
            await crowd.VoteAsync(room.Case, 0, RoomOptions.WarmUp, ct);
            var half = (options.Clients - 1 - RoomOptions.WarmUp) / 2;
            var isLast = table == options.Stalls;
            if (isLast || table % 2 == 0)
            {
                without.AddRange(await crowd.VoteAsync(room.Case, RoomOptions.WarmUp, half, ct));
            }

            var clock = Stopwatch.GetTimestamp();
            using (var stalled = await StallAsync(product, room, options, ct))
            {
                with.AddRange(await crowd.VoteAsync(room.Case, isLast || table % 2 == 0 ? RoomOptions.WarmUp + half : RoomOptions.WarmUp, half, ct));
                if (isLast)
                {
                    while (await product.FollowersAsync(room.Case, ct) == options.Clients && Stopwatch.GetElapsedTime(clock) < 2 * DroppedWithin)
                    {
                        await Task.Delay(100, ct);
                    }

                    dropped = Stopwatch.GetElapsedTime(clock);
                }
            }

            if (!isLast && table % 2 == 1)
            {
                await WaitForFollowersAsync(product, room, options.Clients - 1, ct);
                without.AddRange(await crowd.VoteAsync(room.Case, RoomOptions.WarmUp + half, half, ct));
            }
        }

        var (slowed, usual) = (Percentiles.Of(with, 99), Percentiles.Of(without, 99));
        await output.WriteLineAsync();
        await WriteAsync(output, $"One of {options.Clients} clients stands still, in {options.Stalls} rooms; {with.Count} votes with it, {without.Count} without.");
        await WriteAsync(output, $"The others' p50 {Percentiles.Of(with, 50):F1} and {Percentiles.Of(without, 50):F1} ms; p99 {slowed:F1} and {usual:F1} ms, ratio {slowed / usual:F2}; goal: at most {Goal:F1}.");
        await WriteAsync(output, $"It was dropped after {dropped.TotalSeconds:F0} s; goal: at most {DroppedWithin.TotalSeconds:F0}.");
    }

    private static async Task<StalledClient> StallAsync(ServerProcess product, BenchRoom room, RoomOptions options, CancellationToken ct)
    {
        var stalled = await StalledClient.JoinAsync(product.Ready.Address, room.Tokens[options.Clients - 1], room.Case, ct);
        await WaitForFollowersAsync(product, room, options.Clients, ct);
        await Task.Delay(Crowd.Settling, ct);
        return stalled;
    }

    private static async Task WaitForFollowersAsync(ServerProcess product, BenchRoom room, int followers, CancellationToken ct)
    {
        while (await product.FollowersAsync(room.Case, ct) != followers)
        {
            await Task.Delay(10, ct);
        }
    }

    private static Task WriteAsync(TextWriter output, FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));
}
