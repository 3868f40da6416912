using System.Globalization;

namespace SignalReview.Benchmarks;

/// <summary>The command line of every benchmark: <c>--quick</c>, and whole numbers from 1 by name.</summary>
internal static class Arguments
{
    /// <param name="args">What was given.</param>
    /// <param name="whole">For what is not given.</param>
    /// <param name="quick">The same with <c>--quick</c>.</param>
    /// <param name="set">The options with one number set; null for a name that they do not have.</param>
    /// <returns>Null when the arguments cannot be read.</returns>
    public static T? Read<T>(IReadOnlyList<string> args, T whole, T quick, Func<T, string, int, T?> set)
        where T : class
    {
        var options = args.Contains("--quick", StringComparer.Ordinal) ? quick : whole;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--quick")
            {
                continue;
            }

            if (i + 1 == args.Count
                || !int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value)
                || value < 1
                || set(options, args[i++], value) is not { } next)
            {
                return null;
            }

            options = next;
        }

        return options;
    }
}
