using System.Globalization;

namespace SignalReview.Benchmarks.Engines;

/// <param name="Rounds">How often all take their turn.</param>
/// <param name="Cycles">Whole cycles a round.</param>
/// <param name="Cases">How many cases are under way at a time.</param>
/// <param name="Quick">Only to see that it works: too short to judge by.</param>
internal sealed record EnginesOptions(int Rounds, int Cycles, int Cases, bool Quick)
{
    /// <returns>Null when the arguments cannot be read.</returns>
    public static EnginesOptions? Parse(IReadOnlyList<string> args)
    {
        var quick = args.Contains("--quick", StringComparer.Ordinal);
        var options = quick ? new EnginesOptions(2, 4, 2, Quick: true) : new EnginesOptions(7, 64, 4, Quick: false);
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
