using System.Globalization;
using SignalReview.Benchmarks;
using SignalReview.Benchmarks.Cycles;
using SignalReview.Benchmarks.Engines;
using SignalReview.Benchmarks.Rooms;
using SignalReview.Benchmarks.Statistics;
using SignalReview.Benchmarks.Trails;

Func<CancellationToken, Task>? run = args switch
{
    ["cycle", .. var rest] when BenchmarkOptions.Parse(rest, new(9, 64, 8, Quick: false), new(2, 8, 4, Quick: true)) is { } options => ct => CycleBenchmark.RunAsync(options, Console.Out, ct),
    ["engines", .. var rest] when BenchmarkOptions.Parse(rest, new(7, 64, 4, Quick: false), new(2, 4, 2, Quick: true)) is { } options => ct => EnginesBenchmark.RunAsync(options, Console.Out, ct),
    ["statistics", .. var rest] when BenchmarkOptions.Parse(rest, new(5, 1, 5000, Quick: false), new(1, 1, 300, Quick: true)) is { } options => ct => StatisticsBenchmark.RunAsync(options, Console.Out, ct),
    ["room", .. var rest] when RoomOptions.Parse(rest) is { } options => ct => RoomBenchmark.RunAsync(options, Console.Out, ct),
    ["trail", .. var rest] when TrailOptions.Parse(rest) is { } options => ct => TrailBenchmark.RunAsync(options, Console.Out, ct),
    [TrailChild.Argument, "export" or "verify", var folder, var rounds] => ct => TrailChild.RunAsync(args[1], folder, int.Parse(rounds, CultureInfo.InvariantCulture), ct), // started by "trail" itself
    [ServerChild.Argument, "product" or "bare"] => ct => ServerChild.RunAsync(args[1], ct), // started by "room" itself
    _ => null,
};
if (run is null)
{
    await Console.Error.WriteLineAsync(
        "Usage: cycle | engines | statistics [--quick] [--rounds <n>] [--cycles <n a round>] [--cases <n at a time>]\n       room [--quick] [--rounds <n>] [--rooms <n at once>]\n       trail [--quick] [--events <n>] [--rounds <n>] [--repeats <n a round>]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true; // so that the temporary folders go
    stop.Cancel();
};
await run(stop.Token);
return 0;
