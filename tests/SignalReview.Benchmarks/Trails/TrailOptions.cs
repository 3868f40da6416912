namespace SignalReview.Benchmarks.Trails;

/// <param name="Events">In the large log.</param>
/// <param name="Rounds">How often all that is timed takes its turn.</param>
/// <param name="Repeats">Transactions, proofs and pages a round.</param>
/// <param name="Quick">Only to see that it works: too short to judge by.</param>
internal sealed record TrailOptions(int Events, int Rounds, int Repeats, bool Quick)
{
    /// <summary>In the small log, which the large one is held against.</summary>
    public const int Small = 1000;

    /// <returns>Null when the arguments cannot be read.</returns>
    public static TrailOptions? Parse(IReadOnlyList<string> args) => Arguments.Read<TrailOptions>(
        args,
        whole: new(1_000_000, 5, 200, Quick: false),
        quick: new(5000, 2, 20, Quick: true),
        static (options, name, value) => name switch
        {
            "--events" => options with { Events = value },
            "--rounds" => options with { Rounds = value },
            "--repeats" => options with { Repeats = value },
            _ => null,
        });
}
