using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Bundles;

namespace SignalReview.Benchmarks.Trails;

/// <param name="Idle">Resident bytes when all was ready and nothing done.</param>
/// <param name="Peak">The most resident bytes while it worked.</param>
/// <param name="Heap">Bytes in the managed heap after the last collection while it worked.</param>
/// <param name="Milliseconds">What the work took.</param>
/// <param name="Bytes">Unpacked bytes of the bundle.</param>
/// <param name="HashMilliseconds">What the same hashing alone takes.</param>
/// <param name="OnceMilliseconds">What hashing as many bytes once, in one piece, takes.</param>
internal sealed record ChildFigures(long Idle, long Peak, long Heap, double Milliseconds, long Bytes, double HashMilliseconds, double OnceMilliseconds);

/// <summary>One export or one verification, in a process of its own so that its memory is nobody else's.</summary>
internal static class TrailChild
{
    public const string Argument = "trail-child";

    public static async Task RunAsync(string work, string folder, int rounds, CancellationToken ct)
    {
        var figures = work == "export" ? await ExportAsync(folder, ct) : await VerifyAsync(folder, rounds, ct);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(figures));
    }

    public static async Task<ChildFigures> StartAsync(string work, string folder, int rounds, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(TrailChild).Assembly.Location);
        }

        foreach (var argument in new[] { Argument, work, folder, rounds.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(ct);
        await child.WaitForExitAsync(ct);
        return child.ExitCode == 0 && JsonSerializer.Deserialize<ChildFigures>(output) is { } figures
            ? figures
            : throw new InvalidOperationException($"The {work} ended with {child.ExitCode}: {output}");
    }

    private static async Task<ChildFigures> ExportAsync(string folder, CancellationToken ct)
    {
        using var parts = TrailParts.Open(folder);
        await parts.Directory.GetAsync(ct);
        using var memory = new PeakMemory();
        var clock = Stopwatch.StartNew();
        var actor = new Actor(LogBuilder.Auditor, new HashSet<Role> { Role.Auditor }, "bench");
        var result = await parts.Export.RunAsync(actor, new ExportScope.OfEverything(), new("Benchmark"), job: null, progress: null, ct);
        var bundle = result.Bundle ?? throw new InvalidOperationException($"Refused: {result.Refusal!.Code}");
        await using (bundle)
        {
            await using var file = File.Create(Path.Combine(folder, "bundle.zip"));
            await bundle.Content.CopyToAsync(file, ct);
        }

        var took = clock.Elapsed.TotalMilliseconds;
        await File.WriteAllTextAsync(Path.Combine(folder, "log.vkey"), parts.Signer.VerifierKey + "\n", ct);
        return memory.Figures(took, 0, 0, 0);
    }

    private static async Task<ChildFigures> VerifyAsync(string folder, int rounds, CancellationToken ct)
    {
        var key = VerifierKey.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "log.vkey"), ct));
        await using var stream = new FileStream(
            Path.Combine(folder, "bundle.zip"), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.RandomAccess });
        long bytes, headers, bodies;
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            bytes = zip.Entries.Sum(e => e.Length);
            headers = zip.GetEntry(BundleLayout.Headers)!.Length;
            bodies = zip.GetEntry(BundleLayout.Bodies)!.Length;
        }

        using var memory = new PeakMemory();
        List<double> verified = [];
        List<double> hashed = [];
        List<double> once = [];
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var result = await BundleVerifier.VerifyAsync(stream, key, null, ct);
            verified.Add(clock.Elapsed.TotalMilliseconds);
            once.Add(Once(bytes));
            hashed.Add(once[^1] + Pieces(result.Events, headers / result.Events, bodies / result.Events));
            if (result.Verdict != Verdict.Valid)
            {
                throw new InvalidOperationException($"The bundle is not valid: {result.Findings[0]}");
            }
        }

        return memory.Figures(Median(verified), bytes, Median(hashed), Median(once));
    }

    /// <summary>SHA-256 over so many bytes that lie in memory already: nothing is read, unpacked, or looked at.</summary>
    private static double Once(long bytes)
    {
        var block = new byte[1 << 20];
        new Random(1).NextBytes(block);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var clock = Stopwatch.StartNew();
        for (var left = bytes; left > 0; left -= block.Length)
        {
            sha256.AppendData(block, 0, (int)Math.Min(left, block.Length));
        }

        sha256.GetHashAndReset();
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Each leaf, its share of the tree's nodes (one), and each commitment: what proves the events, of the length that they have on average.</summary>
    private static double Pieces(long events, long leafLength, long bodyLength)
    {
        var leaf = new byte[leafLength];
        var body = new byte[bodyLength];
        var hash = new byte[MerkleTree.HashSize];
        var clock = Stopwatch.StartNew();
        for (var i = 0L; i < events; i++)
        {
            MerkleTree.LeafHash(leaf, hash);
            MerkleTree.NodeHash(hash, hash, hash);
            Commitment.Compute(hash, body, hash);
        }

        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}

/// <summary>The most memory that this process has held since it was made; on Linux as the kernel counts it.</summary>
internal sealed class PeakMemory : IDisposable
{
    private const string Status = "/proc/self/status";

    private readonly Timer timer;
    private readonly long idle;
    private long peak;

    public PeakMemory()
    {
        GC.Collect();
        if (File.Exists(Status))
        {
            File.WriteAllText("/proc/self/clear_refs", "5"); // the kernel forgets the peak so far
        }

        idle = peak = Environment.WorkingSet;
        timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    public ChildFigures Figures(double milliseconds, long bytes, double hashMilliseconds, double onceMilliseconds)
    {
        Look();
        if (File.Exists(Status))
        {
            var line = File.ReadLines(Status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            peak = Math.Max(peak, long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
        }

        return new(idle, peak, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes, milliseconds, bytes, hashMilliseconds, onceMilliseconds);
    }

    public void Dispose() => timer.Dispose();

    private void Look() => peak = Math.Max(peak, Environment.WorkingSet);
}

/// <summary>The parts of the product that export and read a trail, over one folder.</summary>
internal sealed class TrailParts : IDisposable
{
    private TrailParts(string folder)
    {
        var data = DataFolder.At(folder);
        Keys = KeyRing.OpenOrCreate(data.KeysFolder);
        Database = SqliteDatabase.InFile(data.DatabaseFile);
        Signer = new CheckpointSigner(Keys, TrailLog.Name);
        Directory = new PeopleDirectory(Database, TimeProvider.System);
        var desk = new ExportDesk(Database, Signer, Directory, data, new TrailOrganisation("Benchmark"), TimeProvider.System);
        var policy = ExportPolicy.From(new ConfigurationBuilder().Build());
        Export = new TrailExport(Database, Keys, desk, new RangeExport(Database, Keys, desk, TimeProvider.System), policy, TimeProvider.System);
        Reads = new TrailReads(Database, Keys, Directory, TimeProvider.System);
    }

    public KeyRing Keys { get; }

    public SqliteDatabase Database { get; }

    public CheckpointSigner Signer { get; }

    public PeopleDirectory Directory { get; }

    public TrailExport Export { get; }

    public TrailReads Reads { get; }

    public static TrailParts Open(string folder) => new(folder);

    public void Dispose()
    {
        Database.Dispose();
        Signer.Dispose();
        Keys.Dispose();
    }
}
