using System.Globalization;
using System.Runtime.InteropServices;
using SignalReview.Benchmarks.Cycles;
using SignalReview.Workflow;

namespace SignalReview.Benchmarks.Engines;

/// <summary>
/// Whole workflows a second and the processor time that a step costs: the bare flow, which is pure computing, and each engine in the product's real
/// transactions. All take turns, because a machine is seldom quiet.
/// </summary>
internal static class EnginesBenchmark
{
    private const string Definition = DefinitionLibrary.CollegialConsultation;
    private const string Flow = "bare flow";
    private const double StepGoal = 1; // ms of processor time
    private const double RatioGoal = 50;

    /// <summary>The bare flow is so much faster that a round of it needs more cycles to be measured at all.</summary>
    private const int FlowFactor = 50;

    /// <summary>So many rounds are played before the first that counts: the runtime compiles what runs often again, and better, meanwhile.</summary>
    private const int WarmUp = 6;

    public static async Task RunAsync(BenchmarkOptions options, TextWriter output, CancellationToken ct)
    {
        var definition = DefinitionLibrary.Shipped()[Definition];
        var path = MainWay(definition);
        List<EngineWorld> worlds = [];
        try
        {
            foreach (var engine in MeasuredEngine.All)
            {
                worlds.Add(await EngineWorld.StartAsync(engine, ct));
            }

            PlayFlow(definition, path, options.Cycles * FlowFactor, ct);
            foreach (var world in worlds)
            {
                await world.RunAsync(Definition, path, options.Cycles * (options.Quick ? 1 : WarmUp), options.Cases, ct);
            }

            await DescribeAsync(options, path, output);
            List<Row> rows = [];
            for (var round = 1; round <= options.Rounds; round++)
            {
                rows.Add(MeasureFlow(definition, path, options, ct));
                foreach (var world in worlds)
                {
                    rows.Add(await MeasureAsync(world, path, options, ct));
                }

                foreach (var row in rows.TakeLast(worlds.Count + 1))
                {
                    await WriteAsync(output, $"{round,5}  {Text(row, path.Steps.Length)}");
                }
            }

            await SummarizeAsync(options, rows, path.Steps.Length, output);
        }
        finally
        {
            foreach (var world in worlds)
            {
                await world.DisposeAsync();
            }
        }
    }

    /// <summary>The way without a detour: nothing is late, nobody is missing, one round of votes.</summary>
    private static FlowPath MainWay(WorkflowDefinition definition) => FlowPaths.All(definition).First(path =>
        path.Steps.Any(s => s.Activity == "CollectVotes")
        && path.Steps.All(s => s.Outcome is not ("Deadline" or "TooFew" or "Early" or "Returned" or "SecondRound")));

    private static Row MeasureFlow(WorkflowDefinition definition, FlowPath path, BenchmarkOptions options, CancellationToken ct)
    {
        var (cycles, meter) = (options.Cycles * FlowFactor, Meter.Start());
        PlayFlow(definition, path, cycles, ct);
        var speed = meter.Stop(cycles);
        return new(Flow, speed, speed.Processor);
    }

    private static async Task<Row> MeasureAsync(EngineWorld world, FlowPath path, BenchmarkOptions options, CancellationToken ct)
    {
        var (spent, meter) = (world.Spent, Meter.Start());
        await world.RunAsync(Definition, path, options.Cycles, options.Cases, ct);
        var speed = meter.Stop(options.Cycles);
        return new(world.Engine.Name, speed, (world.Spent - spent).TotalMilliseconds / options.Cycles);
    }

    /// <summary>As the embedded engine does it, without the database: its state becomes text and comes back at each step.</summary>
    private static void PlayFlow(WorkflowDefinition definition, FlowPath path, int cycles, CancellationToken ct)
    {
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            ct.ThrowIfCancellationRequested();
            var stored = EmbeddedFlow.Start(definition, path.Inputs).State.ToJson();
            foreach (var step in path.Steps)
            {
                stored = EmbeddedFlow.Complete(definition, FlowState.FromJson(stored), step.Completion).State.ToJson();
            }

            if (!FlowState.FromJson(stored).Finished)
            {
                throw new InvalidOperationException("The way does not lead to the end.");
            }
        }
    }

    private static async Task DescribeAsync(BenchmarkOptions options, FlowPath path, TextWriter output)
    {
        await WriteAsync(output, $"Whole workflows of '{Definition}', {path.Steps.Length} steps each: {string.Join(", ", path.Steps.Select(s => s.Node))}.");
        await WriteAsync(output, $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.");
        await WriteAsync(output, $"Engines: SQLite, every commit on disk; a command to start and one a step, each with trail, receipt, outbox and deadlines; {options.Cases} cases at a time, {options.Cycles} cycles a round.");
        await WriteAsync(output, $"Bare flow: no database; the state becomes text and comes back at each step; {options.Cycles * FlowFactor} cycles a round.");
        await output.WriteLineAsync();
        await WriteAsync(output, $"                              processor ms");
        await WriteAsync(output, $"round  engine       cycles/s    a cycle    a step   of it in the engine, a step");
    }

    private static async Task SummarizeAsync(BenchmarkOptions options, IReadOnlyList<Row> rows, int steps, TextWriter output)
    {
        await output.WriteLineAsync();
        var medians = rows.GroupBy(r => r.Engine, StringComparer.Ordinal).Select(g => new Row(
            g.Key, new(Median(g.Select(r => r.Speed.Rate)), Median(g.Select(r => r.Speed.Processor))), Median(g.Select(r => r.Inside)))).ToList();
        foreach (var median in medians)
        {
            await WriteAsync(output, $"median {Text(median, steps)}");
        }

        await output.WriteLineAsync();
        if (options.Quick)
        {
            await WriteAsync(output, $"Too short to judge by: run without --quick.");
            return;
        }

        var ours = medians.Single(m => m.Engine == MeasuredEngine.All[0].Name);
        var step = ours.Speed.Processor / steps;
        await WriteAsync(output, $"{ours.Engine}, processor time a step, median {step:F3} ms: {(step < StepGoal ? "meets" : "MISSES")} the goal of less than {StepGoal} ms.");
        foreach (var other in medians.Where(m => m.Engine != ours.Engine && m.Engine != Flow))
        {
            var ratio = ours.Speed.Rate / other.Speed.Rate;
            await WriteAsync(output, $"{ours.Engine} ÷ {other.Engine}, cycles a second, {ratio:F1}: {(ratio >= RatioGoal ? "meets" : "MISSES")} the goal of at least {RatioGoal}.");
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string Text(Row row, int steps) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Engine,-10} {row.Speed.Rate,10:F1} {row.Speed.Processor,10:F3} {row.Speed.Processor / steps,9:F4} {row.Inside / steps,9:F4}");

    private static Task WriteAsync(TextWriter output, FormattableString line) => output.WriteLineAsync(FormattableString.Invariant(line));

    /// <param name="Engine">Which.</param>
    /// <param name="Speed">All of the process.</param>
    /// <param name="Inside">Processor milliseconds a cycle inside the engine.</param>
    private sealed record Row(string Engine, Speed Speed, double Inside);
}
