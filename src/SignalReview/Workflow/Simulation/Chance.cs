namespace SignalReview.Workflow.Simulation;

/// <summary>Chance that is the same for the same seed, on every machine and version of .NET (SplitMix64).</summary>
internal sealed class Chance(int seed, double spread)
{
    private ulong state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);

    /// <returns>From 0, below 1.</returns>
    public double Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>Lognormal around a median, in whole minutes, at least one.</summary>
    public TimeSpan Time(TimeSpan median) => TimeSpan.FromMinutes(Math.Max(1, Math.Round(median.TotalMinutes * Math.Exp(spread * Normal()))));

    /// <summary>0 to 10, mostly around 4.</summary>
    public int Concern() => (int)Math.Clamp(Math.Round(4 + (2.2 * Normal())), 0, 10);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
}
