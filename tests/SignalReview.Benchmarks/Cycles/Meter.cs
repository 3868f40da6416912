using System.Diagnostics;

namespace SignalReview.Benchmarks.Cycles;

/// <param name="Rate">Cycles a second by the clock.</param>
/// <param name="Processor">Milliseconds of processor time a cycle, of the whole process.</param>
internal sealed record Speed(double Rate, double Processor);

/// <summary>Clock and processor, from the start on.</summary>
internal sealed record Meter(long Started, TimeSpan Processor)
{
    public static Meter Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public Speed Stop(int cycles) => new(
        cycles / Stopwatch.GetElapsedTime(Started).TotalSeconds,
        (Environment.CpuUsage.TotalTime - Processor).TotalMilliseconds / cycles);
}
