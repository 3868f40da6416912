using SignalReview.Benchmarks.Cycles;

if (args is not ["cycle", .. var rest] || CycleOptions.Parse(rest) is not { } options)
{
    await Console.Error.WriteLineAsync(
        "Usage: cycle [--quick] [--rounds <n>] [--cycles <n a round>] [--cases <n at a time>]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true; // so that the temporary folders go
    stop.Cancel();
};
await CycleBenchmark.RunAsync(options, Console.Out, stop.Token);
return 0;
