namespace SignalReview.Benchmarks.Rooms;

/// <param name="Rounds">How often product and bare hub take turns.</param>
/// <param name="Before">Rounds that go before and are not counted.</param>
/// <param name="Clients">In the one large room.</param>
/// <param name="Votes">Measured a room; each voter votes once.</param>
/// <param name="Tables">Large rooms one after the other, a round.</param>
/// <param name="Stalls">Large rooms in which one client stands still for one half of the votes.</param>
/// <param name="Rooms">At once, for the count of what was lost.</param>
/// <param name="Idle">Connections for the measurement of memory.</param>
/// <param name="Sittings">How often they come and go for it.</param>
/// <param name="Quick">Only to see that it works: too short to judge by.</param>
internal sealed record RoomOptions(int Rounds, int Before, int Clients, int Votes, int Tables, int Stalls, int Rooms, int Idle, int Sittings, bool Quick)
{
    /// <summary>In each of the many rooms.</summary>
    public const int Members = 8;

    /// <summary>Votes before those that are measured.</summary>
    public const int WarmUp = 10;

    /// <returns>Null when the arguments cannot be read.</returns>
    public static RoomOptions? Parse(IReadOnlyList<string> args) => Arguments.Read<RoomOptions>(
        args,
        whole: new(5, 4, 200, 180, 3, 12, 300, 1000, 7, Quick: false),
        quick: new(1, 1, 20, 8, 1, 2, 4, 20, 1, Quick: true),
        static (options, name, value) => name switch
        {
            "--rounds" => options with { Rounds = value },
            "--rooms" => options with { Rooms = value },
            _ => null,
        });
}
