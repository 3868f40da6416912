using System.Globalization;

namespace SignalReview.Benchmarks;

/// <param name="Rounds">How often all that is measured takes its turn.</param>
/// <param name="Cycles">Whole cycles a round.</param>
/// <param name="Cases">How many cases are under way at a time.</param>
/// <param name="Quick">Only to see that it works: too short to judge by.</param>
internal sealed record BenchmarkOptions(int Rounds, int Cycles, int Cases, bool Quick)
{
    /// <param name="args">What was given.</param>
    /// <param name="whole">For what is not given.</param>
    /// <param name="quick">The same with <c>--quick</c>.</param>
    /// <returns>Null when the arguments cannot be read.</returns>
    public static BenchmarkOptions? Parse(IReadOnlyList<string> args, BenchmarkOptions whole, BenchmarkOptions quick)
    {
        var options = args.Contains("--quick", StringComparer.Ordinal) ? quick : whole;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--quick")
            {
                continue;
            }

            if (i + 1 == args.Count || !int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value) || value < 1)
            {
                return null;
            }

            switch (args[i++])
            {
                case "--rounds":
                    options = options with { Rounds = value };
                    break;
                case "--cycles":
                    options = options with { Cycles = value };
                    break;
                case "--cases":
                    options = options with { Cases = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
