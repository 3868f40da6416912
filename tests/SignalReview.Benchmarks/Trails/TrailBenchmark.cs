using System.Diagnostics;
using System.Globalization;
using SignalReview.Benchmarks.Cycles;
using SignalReview.Benchmarks.Rooms;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Benchmarks.Trails;

/// <summary>What the trail costs: to append to, to read, to export and to verify, and whether that grows with its length.</summary>
internal static class TrailBenchmark
{
    private const double MegaByte = 1e6;

    public static async Task RunAsync(TrailOptions options, TextWriter output, CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), "signalreview-trail-" + Path.GetRandomFileName());
        try
        {
            var (small, large) = (Path.Combine(folder, "small"), Path.Combine(folder, "large"));
            await BuildAsync(small, TrailOptions.Small, ct);
            var clock = Stopwatch.StartNew();
            await BuildAsync(large, options.Events, ct);
            await WriteAsync(output, $"a log of {options.Events} events in {clock.Elapsed.TotalSeconds:F0} s; {Environment.ProcessorCount} processors");
            await ScaleAsync(options, small, large, output, ct);
            await AppendAsync(options, output, ct);
            await ExportAsync(options, large, output, ct);
            await WriteAsync(output, $"{(options.Quick ? "quick: too short to judge by" : "done")}");
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task BuildAsync(string folder, int events, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        using var parts = TrailParts.Open(folder);
        await LogBuilder.BuildAsync(parts.Database, parts.Keys, DataFolder.At(folder).DatabaseFile, events, ct);
    }

    /// <summary>The proofs and the page of one case, in a short log and in a long one.</summary>
    private static async Task ScaleAsync(TrailOptions options, string small, string large, TextWriter output, CancellationToken ct)
    {
        using var few = TrailParts.Open(small);
        using var many = TrailParts.Open(large);
        List<double> proofs = [];
        List<double> pages = [];
        await WriteAsync(output, $"round   proofs of a case, ms: {TrailOptions.Small} / {options.Events}   ratio   page of a case, ms   ratio");
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (proofFew, proofMany) = (await ProofsAsync(few, TrailOptions.Small, options.Repeats, ct), await ProofsAsync(many, options.Events, options.Repeats, ct));
            var (pageFew, pageMany) = (await PagesAsync(few, TrailOptions.Small, options.Repeats, ct), await PagesAsync(many, options.Events, options.Repeats, ct));
            if (round == 0)
            {
                continue; // compiled, and in the cache, before it counts
            }

            proofs.Add(proofMany / proofFew);
            pages.Add(pageMany / pageFew);
            await WriteAsync(output, $"{round,5} {proofFew,24:F2} / {proofMany,-12:F2} {proofs[^1],10:F2} {pageFew,11:F2} / {pageMany,-8:F2} {pages[^1],6:F2}");
        }

        await WriteAsync(output, $"proofs of a case: median ratio {Median(proofs):F2}; page of a case: median ratio {Median(pages):F2} (goal: at most 1.5)");
    }

    /// <summary>All inclusion proofs of a case, as its bundle has them.</summary>
    private static async Task<double> ProofsAsync(TrailParts parts, int events, int repeats, CancellationToken ct)
    {
        List<double> all = [];
        for (var i = 0; i < repeats; i++)
        {
            await using var db = await parts.Database.OpenReadAsync(ct);
            var first = (LogBuilder.MiddleCase(events) * LogBuilder.EventsOfCase) + (i % LogBuilder.AtOnce);
            var clock = Stopwatch.StartNew();
            var tree = new DatabaseTree(db);
            for (var n = 0L; n < LogBuilder.EventsOfCase; n++)
            {
                await MerkleTree.InclusionProofAsync(tree, first + (n * LogBuilder.AtOnce), events, ct);
            }

            all.Add(clock.Elapsed.TotalMilliseconds);
        }

        return Median(all);
    }

    /// <summary>What an auditor sees first of a case; it is written to the trail too.</summary>
    private static async Task<double> PagesAsync(TrailParts parts, int events, int repeats, CancellationToken ct)
    {
        var actor = new Actor(LogBuilder.Auditor, new HashSet<Role> { Role.Auditor }, "bench");
        List<double> all = [];
        for (var i = 0; i < repeats; i++)
        {
            var clock = Stopwatch.StartNew();
            var page = await parts.Reads.ReadAsync(actor, LogBuilder.CaseAt(LogBuilder.MiddleCase(events) + (i % LogBuilder.AtOnce)), 0, 50, ct);
            all.Add(clock.Elapsed.TotalMilliseconds);
            if (page.View is not { Events.Count: 50 })
            {
                throw new InvalidOperationException($"The page was refused or is not whole: {page.Refusal?.Code}");
            }
        }

        return Median(all);
    }

    private static async Task AppendAsync(TrailOptions options, TextWriter output, CancellationToken ct)
    {
        await using var host = BenchmarkHost.Start();
        var rooms = new RoomFactory(host.Services);
        await rooms.AddPeopleAsync(ct);
        List<double> ratios = [];
        List<double> withWords = [];
        await WriteAsync(output, $"round   a message's command, ms: without its event   with it   ratio   without its words either   ratio");
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (nothing, words, whole) = await AppendMeasure.RoundAsync(host, rooms, options.Repeats, ct);
            if (round > 0)
            {
                ratios.Add(whole / words);
                withWords.Add(whole / nothing);
                await WriteAsync(output, $"{round,5} {words,42:F3} {whole,9:F3} {ratios[^1],7:F3} {nothing,26:F3} {withWords[^1],7:F3}");
            }
        }

        await WriteAsync(output, $"append: median ratio {Median(ratios):F3} (goal: at most 1.15); with the words counted as the trail's: {Median(withWords):F3}");
    }

    private static async Task ExportAsync(TrailOptions options, string large, TextWriter output, CancellationToken ct)
    {
        var export = await TrailChild.StartAsync("export", large, 1, ct);
        await WriteMemoryAsync(output, "export", export);
        var size = new FileInfo(Path.Combine(large, "bundle.zip")).Length;
        var verify = await TrailChild.StartAsync("verify", large, options.Quick ? 1 : 3, ct);
        await WriteMemoryAsync(output, "verify", verify);
        var ratio = verify.HashMilliseconds / verify.Milliseconds;
        await WriteAsync(
            output,
            $"the bundle: {size / MegaByte:F0} MB, unpacked {verify.Bytes / MegaByte:F0} MB; the same hashing alone {verify.HashMilliseconds:F0} ms, of it {verify.OnceMilliseconds:F0} ms to hash each byte once; verify reaches {ratio:F2} of that rate (goal: at least 0.3)");
    }

    private static Task WriteMemoryAsync(TextWriter output, string what, ChildFigures figures) => WriteAsync(
        output,
        $"{what}: {figures.Milliseconds / 1000:F1} s; idle {figures.Idle / MegaByte:F0} MB, peak {figures.Peak / MegaByte:F0} MB: {(figures.Peak - figures.Idle) / MegaByte:F0} MB over idle (goal: at most 150), of these {figures.Heap / MegaByte:F0} MB managed heap");

    public static double Median(List<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[sorted.Count / 2];
    }

    private static Task WriteAsync(TextWriter output, FormattableString text) => output.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));
}
