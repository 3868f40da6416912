using System.Diagnostics;
using System.Globalization;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Statistics;

namespace SignalReview.Benchmarks.Statistics;

/// <summary>
/// All that the page tells over thousands of cases, intervals and all, against one α worked out pair by pair as its definition reads. The latter is what a draw would cost
/// somebody who wrote it down as it stands in the literature; an interval has 1999 of them.
/// </summary>
internal static class StatisticsBenchmark
{
    private const int People = 40;
    private const int Readers = 5;

    public static async Task RunAsync(BenchmarkOptions options, TextWriter output, CancellationToken ct)
    {
        var data = Data(options.Cases);
        var concerns = data.Readings.GroupBy(r => r.CaseId, r => r.Concern!.Value).Select(g => g.ToArray()).ToArray();
        await WriteAsync(output, $"{options.Cases} cases, {data.Readings.Count} readings, {data.Ballots.Count} ballots in two rounds; {Environment.ProcessorCount} processors");
        await WriteAsync(output, "round   page ms   MB allocated   one α by definition ms   ratio (page ÷ one α)");
        _ = Page(Data(200)); // compiled before it counts
        List<double> ratios = [];
        for (var round = 1; round <= options.Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var (page, view) = Timed(() => Page(data));
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var (naive, alpha) = Timed(() => AlphaByDefinition(concerns));
            var ours = view.Variables.Single(v => v.Variable == Variable.Concern).Figures.Single(f => f.Kind == FigureKind.AlphaInterval).Value!.Value;
            if (Math.Abs(ours - alpha) > 1e-9)
            {
                throw new InvalidOperationException($"The two ways give {ours:R} and {alpha:R}: the benchmark compares different things.");
            }

            ratios.Add(page / naive);
            await WriteAsync(output, $"{round,5} {page,9:F0} {allocated / 1e6,14:F1} {naive,24:F0} {page / naive,22:F2}");
        }

        ratios.Sort();
        var figures = Page(data).Variables.Sum(v => v.Figures.Count);
        await WriteAsync(output, $"median ratio {ratios[ratios.Count / 2]:F2}: the page has {figures} figures with {Bootstrap.Draws} draws each{(options.Quick ? " (quick: too short to judge by)" : "")}");
    }

    private static StatisticsView Page(StatisticsData data) => StatisticsReads.Build(data, StatisticsFilter.All, round: 1, seed: 1);

    private static (double Milliseconds, T Result) Timed<T>(Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, result);
    }

    /// <summary>α with the interval distance, each pair of ratings at its turn.</summary>
    private static double AlphaByDefinition(int[][] units)
    {
        var all = units.Where(u => u.Length > 1).SelectMany(u => u).ToArray();
        double observed = 0, expected = 0;
        foreach (var unit in units.Where(u => u.Length > 1))
        {
            foreach (var a in unit)
            {
                foreach (var b in unit)
                {
                    observed += (double)((a - b) * (a - b)) / (unit.Length - 1);
                }
            }
        }

        foreach (var a in all)
        {
            foreach (var b in all)
            {
                expected += (a - b) * (a - b);
            }
        }

        return 1 - ((all.Length - 1) * observed / expected);
    }

    private static StatisticsData Data(int count)
    {
        var random = new Random(1);
        PersonId[] people = [.. Enumerable.Range(1, People).Select(i => new PersonId(new Guid(i, 1, 0, new byte[8])))];
        SetCase[] cases = [.. Enumerable.Range(1, count).Select(i => new SetCase(new(new Guid(i, 0, 0, new byte[8])), "2026-Q1", "Noord", "TikTok", "quick-reading", new HashSet<string>()))];
        List<StatisticsReading> readings = [];
        List<StatisticsBallot> ballots = [];
        foreach (var one in cases)
        {
            var (position, concern, option) = (random.Next(4), random.Next(11), random.Next(7));
            foreach (var person in random.GetItems(people, People).Distinct().Take(Readers))
            {
                readings.Add(new()
                {
                    CaseId = one.Id,
                    PersonId = person,
                    ReadingPosition = (ReadingPosition)Or(position, 4),
                    Concern = Near(concern),
                    Confidence = random.Next(101),
                });
                ballots.AddRange([Ballot(one.Id, 1, person), Ballot(one.Id, 2, person)]);
            }

            StatisticsBallot Ballot(CaseId id, int round, PersonId person) => new()
            {
                CaseId = id,
                Round = round,
                PersonId = person,
                Choice = (VoteOption)Or(option, 7),
                Concern = Near(concern),
                Confidence = random.Next(101),
            };
        }

        return new(cases, readings, new Dictionary<CaseId, int>(), [], ballots);

        int Or(int value, int among) => random.NextDouble() < 0.6 ? value : random.Next(among);

        int Near(int concern) => Math.Clamp(concern + random.Next(-2, 3), 0, 10);
    }

    private static Task WriteAsync(TextWriter output, FormattableString text) => output.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));

    private static Task WriteAsync(TextWriter output, string text) => output.WriteLineAsync(text);
}
