using System.Globalization;

namespace SignalReview.Benchmarks.Rooms;

/// <param name="Rounds">How often product and bare hub take turns.</param>
/// <param name="Clients">In the one large room.</param>
/// <param name="Votes">Measured a round; each voter votes once.</param>
/// <param name="Rooms">At once, for the count of what was lost.</param>
/// <param name="Idle">Connections for the measurement of memory.</param>
/// <param name="Quick">Only to see that it works: too short to judge by.</param>
internal sealed record RoomOptions(int Rounds, int Clients, int Votes, int Rooms, int Idle, bool Quick)
{
    /// <summary>In each of the many rooms.</summary>
    public const int Members = 8;

    /// <summary>Votes before those that are measured.</summary>
    public const int WarmUp = 10;

    /// <returns>Null when the arguments cannot be read.</returns>
    public static RoomOptions? Parse(IReadOnlyList<string> args)
    {
        var options = args.Contains("--quick", StringComparer.Ordinal) ? new RoomOptions(1, 20, 8, 4, 20, Quick: true) : new(5, 200, 180, 300, 1000, Quick: false);
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
                case "--rooms":
                    options = options with { Rooms = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
