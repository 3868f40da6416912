namespace SignalReview.Benchmarks;

/// <param name="Rounds">How often all that is measured takes its turn.</param>
/// <param name="Cycles">Whole cycles a round.</param>
/// <param name="Cases">How many cases are under way at a time.</param>
/// <param name="Quick">Only to see that it works: too short to judge by.</param>
internal sealed record BenchmarkOptions(int Rounds, int Cycles, int Cases, bool Quick)
{
    /// <inheritdoc cref="Arguments.Read"/>
    public static BenchmarkOptions? Parse(IReadOnlyList<string> args, BenchmarkOptions whole, BenchmarkOptions quick) =>
        Arguments.Read(args, whole, quick, static (options, name, value) => name switch
        {
            "--rounds" => options with { Rounds = value },
            "--cycles" => options with { Cycles = value },
            "--cases" => options with { Cases = value },
            _ => null,
        });
}
