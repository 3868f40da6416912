using System.Globalization;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>
/// How soon a vote is seen by a whole large room, and what it costs the server, beside the bare hub. Some rounds go before and are not
/// counted: while what is used much is compiled again, a third of the processor time is the compiler's, and the product has far more to compile.
/// </summary>
internal static class VoteMeasure
{
    private const double SeenGoal = 1.5;
    private const double ProcessorGoal = 2;

    public static async Task RunAsync(ServerProcess product, ServerProcess bare, RoomOptions options, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        await output.WriteLineAsync();
        await WriteAsync(output, $"A vote is seen by all of {options.Clients} clients; {options.Votes * options.Tables} votes a round in {options.Tables} rooms, one after the other.");
        await WriteAsync(output, $"        milliseconds, p50 / p99                 processor ms a vote");
        await WriteAsync(output, $"round        product           bare    ratio    product     bare    ratio   bytes");
        List<(VoteRound Ours, VoteRound Theirs)> rounds = [];
        for (var round = 1 - options.Before; round <= options.Rounds; round++)
        {
            var first = int.IsEvenInteger(round) ? await RoundAsync(bare, options, time, ct) : null;
            var ours = await RoundAsync(product, options, time, ct);
            var theirs = first ?? await RoundAsync(bare, options, time, ct);
            await WriteAsync(
                output,
                $"{(round <= 0 ? "warm" : round),5}  {ours.Seen(50),6:F1} / {ours.Seen(99),5:F1}  {theirs.Seen(50),6:F1} / {theirs.Seen(99),5:F1}  {ours.Seen(99) / theirs.Seen(99),6:F2}   {ours.Processor,8:F2} {theirs.Processor,8:F2}   {ours.Processor / theirs.Processor,6:F2}   {ours.Bytes}, {theirs.Bytes}");
            if (round > 0)
            {
                rounds.Add((ours, theirs));
            }
        }

        await SummaryAsync(output, "p50", rounds.Select(r => r.Ours.Seen(50) / r.Theirs.Seen(50)), null);
        await SummaryAsync(output, "p99", rounds.Select(r => r.Ours.Seen(99) / r.Theirs.Seen(99)), SeenGoal);
        await SummaryAsync(output, "processor", rounds.Select(r => r.Ours.Processor / r.Theirs.Processor), ProcessorGoal);
        var all = Percentiles.Of(rounds.SelectMany(r => r.Ours.Times), 99) / Percentiles.Of(rounds.SelectMany(r => r.Theirs.Times), 99);
        await WriteAsync(output, $"p99 of all rounds together: ratio {all:F2}");
    }

    private static async Task<VoteRound> RoundAsync(ServerProcess server, RoomOptions options, TimeProvider time, CancellationToken ct)
    {
        List<double> times = [];
        var processor = 0.0;
        var bytes = 0;
        for (var table = 0; table < options.Tables; table++)
        {
            // One voter more than clients, so that no vote is its round's last.
            var room = (await server.OpenRoomsAsync(1, options.Clients + 1, ct))[0];
            await using var crowd = await Crowd.SeatAsync(server, room, options.Clients, time, ct);
            await crowd.VoteAsync(room.Case, 0, RoomOptions.WarmUp, ct);
            var before = await server.StatAsync(ct);
            times.AddRange(await crowd.VoteAsync(room.Case, RoomOptions.WarmUp, options.Votes, ct));
            processor += (await server.StatAsync(ct)).Processor - before.Processor;
            bytes = crowd.EventBytes;
        }

        return new(times, processor / times.Count, bytes);
    }

    private static Task SummaryAsync(TextWriter output, string what, IEnumerable<double> ratios, double? goal)
    {
        var sorted = ratios.Order().ToList();
        var wanted = goal is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; goal: at most {goal:F1}");
        return WriteAsync(output, $"{what,-10} ratio: min {sorted[0]:F2}, median {sorted[sorted.Count / 2]:F2}, max {sorted[^1]:F2}{wanted}");
    }

    private static Task WriteAsync(TextWriter output, FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    /// <param name="Times">Milliseconds until the last client had heard, a vote.</param>
    /// <param name="Processor">Milliseconds of the server's processor time a vote.</param>
    /// <param name="Bytes">Of an event, as a client got it.</param>
    private sealed record VoteRound(IReadOnlyList<double> Times, double Processor, int Bytes)
    {
        public double Seen(double percent) => Percentiles.Of(Times, percent);
    }
}
