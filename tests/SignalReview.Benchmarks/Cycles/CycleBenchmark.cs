using System.Globalization;
using System.Runtime.InteropServices;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>
/// Whole consultation cycles a second over HTTP, beside what the database alone would allow. Product and limit take turns, because a machine is
/// seldom quiet: only the ratios of neighbouring rounds say something.
/// </summary>
internal static class CycleBenchmark
{
    private const double RatioGoal = 0.4;
    private const double EngineGoal = 0.05;

    public static async Task RunAsync(BenchmarkOptions options, TextWriter output, CancellationToken ct)
    {
        await using var host = BenchmarkHost.Start();
        using var player = await CyclePlayer.CreateAsync(host, TimeProvider.System, ct);
        var folder = Directory.CreateTempSubdirectory("signalreview-limit-");
        try
        {
            // Whatever is compiled or filled at first use is done before anything is measured, on both sides.
            await player.RunAsync(options.Cycles, options.Cases, ct);
            var recorded = await RecordAsync(host, player, options, folder, ct);
            await DescribeAsync(options, recorded, output);

            List<Round> rounds = [];
            for (var number = 1; number <= options.Rounds; number++)
            {
                var round = await MeasureAsync(host, player, options, recorded, folder, number, ct);
                rounds.Add(round);
                await WriteAsync(
                    output,
                    $"{number,5}  {round.Product.Rate,8:F1}  {round.Limit.Rate,8:F1}  {round.Ratio,6:F3}  {round.EngineShare,7:P2}  {round.Product.Processor,8:F2}  {round.Limit.Processor,8:F2}");
            }

            await SummarizeAsync(options, rounds, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Recorded> RecordAsync(
        BenchmarkHost host, CyclePlayer player, BenchmarkOptions options, DirectoryInfo folder, CancellationToken ct)
    {
        var (before, after) = (Path.Combine(folder.FullName, "before.db"), Path.Combine(folder.FullName, "after.db"));
        var (commands, reads) = (player.Commands, player.Reads);
        using var recording = Recording.Start(host.DatabaseFile, before);
        await player.RunAsync(options.Cycles, options.Cases, ct);
        var transactions = recording.Stop(after);
        (commands, reads) = (player.Commands - commands, player.Reads - reads);
        if (transactions.Count < commands + reads)
        {
            throw new InvalidOperationException($"{commands + reads} requests wrote, but {transactions.Count} transactions were recorded.");
        }

        var limit = new BareDapper(before, transactions, options.Cycles);
        var copy = Path.Combine(folder.FullName, "compared.db");
        limit.Run(copy, ct);
        BareDapper.Compare(copy, after);
        double cycles = options.Cycles;
        return new(limit, commands / cycles, reads / cycles, transactions.Count / cycles, transactions.Sum(t => t.Count) / cycles);
    }

    private static async Task<Round> MeasureAsync(
        BenchmarkHost host, CyclePlayer player, BenchmarkOptions options, Recorded recorded, DirectoryInfo folder, int number, CancellationToken ct)
    {
        // By turns, so that neither always has the disk that the other has just kept busy.
        var limit = number % 2 == 0 ? MeasureLimit(recorded, folder, number, ct) : null;
        var engine = host.Engine.Spent;
        var meter = Meter.Start();
        await player.RunAsync(options.Cycles, options.Cases, ct);
        var product = meter.Stop(options.Cycles);
        var share = (host.Engine.Spent - engine).TotalMilliseconds / (product.Processor * options.Cycles);
        return new(product, limit ?? MeasureLimit(recorded, folder, number, ct), share);
    }

    private static Speed MeasureLimit(Recorded recorded, DirectoryInfo folder, int number, CancellationToken ct)
    {
        var file = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"limit-{number}.db"));
        var speed = recorded.Limit.Run(file, ct);
        File.Delete(file);
        return speed;
    }

    private static async Task DescribeAsync(BenchmarkOptions options, Recorded recorded, TextWriter output)
    {
        await WriteAsync(output, $"Whole consultation cycles over HTTP; SQLite, every commit on disk (WAL, synchronous=FULL, secure_delete).");
        await WriteAsync(output, $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; client and server in one process.");
        await WriteAsync(output, $"Definition: {CyclePlayer.Definition}; {options.Cases} cases at a time, {options.Cycles} cycles a round.");
        await WriteAsync(output, $"A cycle: {recorded.Commands:F0} commands and {recorded.Reads:F0} read of the case = {recorded.Transactions:F1} transactions, {recorded.Rows:F0} rows written.");
        await WriteAsync(output, $"The limit writes those rows, each once a transaction, with bare Dapper and one writer; checked: both leave the same tables.");
        await output.WriteLineAsync();
        await WriteAsync(output, $"       cycles a second                      processor ms a cycle");
        await WriteAsync(output, $"round   product     limit   ratio   engine   product     limit");
    }

    private static async Task SummarizeAsync(BenchmarkOptions options, IReadOnlyList<Round> rounds, TextWriter output)
    {
        await output.WriteLineAsync();
        await WriteAsync(output, $"          min   median      max");
        await LineAsync("product", rounds.Select(r => r.Product.Rate), "F1");
        await LineAsync("limit", rounds.Select(r => r.Limit.Rate), "F1");
        await LineAsync("ratio", rounds.Select(r => r.Ratio), "F3");
        await LineAsync("engine", rounds.Select(r => r.EngineShare), "P2");
        await WriteAsync(output, $"best    {rounds.Max(r => r.Product.Rate) / rounds.Max(r => r.Limit.Rate):F3} = the product's best round ÷ the limit's best round");
        await output.WriteLineAsync();
        if (options.Quick)
        {
            await WriteAsync(output, $"Too short to judge by: run without --quick.");
            return;
        }

        var (ratio, engine) = (Median(rounds.Select(r => r.Ratio)), Median(rounds.Select(r => r.EngineShare)));
        await WriteAsync(output, $"Ratio, median {ratio:F3}: {(ratio >= RatioGoal ? "meets" : "MISSES")} the goal of at least {RatioGoal}.");
        await WriteAsync(output, $"Engine's share of the processor time, median {engine:P2}: {(engine < EngineGoal ? "meets" : "MISSES")} the goal of less than {EngineGoal:P0}.");

        Task LineAsync(string name, IEnumerable<double> values, string format)
        {
            var sorted = values.Order().ToList();
            return WriteAsync(output, $"{name,-7}{Text(sorted[0]),8} {Text(Median(sorted)),8} {Text(sorted[^1]),8}");

            string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static Task WriteAsync(TextWriter output, FormattableString line) => output.WriteLineAsync(FormattableString.Invariant(line));

    /// <summary>One turn each.</summary>
    private sealed record Round(Speed Product, Speed Limit, double EngineShare)
    {
        public double Ratio => Product.Rate / Limit.Rate;
    }

    /// <summary>What a cycle writes, on average.</summary>
    private sealed record Recorded(BareDapper Limit, double Commands, double Reads, double Transactions, double Rows);
}
