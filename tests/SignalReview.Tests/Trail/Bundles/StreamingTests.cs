using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

[TestFixture]
[NonParallelizable]
internal sealed class StreamingTests
{
    [Test]
    public async Task More_entries_than_a_plain_zip_can_count_are_read_back()
    {
        using var output = new MemoryStream();
        var folder = TestContext.CurrentContext.WorkDirectory;
        using (var zip = new ZipStreamWriter(output, folder, new DateTimeOffset(2026, 3, 16, 10, 0, 0, TimeSpan.Zero)))
        {
            for (var i = 0; i < 66_000; i++)
            {
                await zip.AddAsync($"data/{i}", BitConverter.GetBytes(i), default);
            }

            using var large = new PayloadFile(folder);
            large.Write(Encoding.UTF8.GetBytes(new string('x', 1_000_000)));
            await zip.AddAsync("data/large", large, default);
            await zip.FinishAsync(default);
        }

        using var archive = new ZipArchive(output, ZipArchiveMode.Read);
        Assert.That(archive.Entries, Has.Count.EqualTo(66_001));
        Assert.That(archive.GetEntry("data/large")!.Length, Is.EqualTo(1_000_000));
        Assert.That(archive.GetEntry("data/large")!.CompressedLength, Is.LessThan(100_000));
        Assert.That(archive.Entries[65_999].LastWriteTime.DateTime, Is.EqualTo(new DateTime(2026, 3, 16, 10, 0, 0)));
        using var last = archive.GetEntry("data/65999")!.Open();
        Assert.That(last.ReadByte() | (last.ReadByte() << 8) | (last.ReadByte() << 16), Is.EqualTo(65_999));
    }

    [Test]
    public async Task A_spool_moves_to_disk_and_leaves_nothing_there()
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, Path.GetRandomFileName()));
        var content = new byte[Spool.MemoryLimit * 3];
        new Random(1).NextBytes(content);
        using (var spool = new Spool(folder.FullName))
        {
            for (var at = 0; at < content.Length; at += 1000)
            {
                await spool.WriteAsync(content.AsMemory(at, Math.Min(1000, content.Length - at)));
            }

            Assert.That(spool.IsOnDisk, Is.True);
            spool.Position = 0;
            using var back = new MemoryStream();
            await spool.CopyToAsync(back);
            Assert.That(back.ToArray(), Is.EqualTo(content));
        }

        Assert.That(folder.GetFileSystemInfos(), Is.Empty);
        folder.Delete();
    }

    [Test]
    public async Task Memory_does_not_grow_with_the_number_of_events()
    {
        using var log = new TestLog();
        const int events = 6000;
        for (var i = 0; i < events; i++)
        {
            log.Add(TestLog.Case, "message.said", "w1", "reader", new() { ["text"] = $"bericht {i} met wat tekst eromheen" });
        }

        var levels = new List<long>();
        var request = await log.RequestAsync(TestLog.Case);
        await new BundleWriter(log.Signer).WriteAsync(Stream.Null, request, Measured(log.EventsOf(TestLog.Case), levels), log.Tree, default);

        // Everything an export keeps for the first thousand events it keeps for all: spools past their limit lie on disk.
        Assert.That(levels, Has.Count.EqualTo(6));
        Assert.That(levels[^1] - levels[2], Is.LessThan(512 * 1024), string.Join(' ', levels));
        Assert.That(Directory.GetFiles(log.Folder, "*.tmp"), Is.Empty);
    }

    private static async IAsyncEnumerable<BundleEvent> Measured(
        IEnumerable<BundleEvent> events, List<long> levels, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var count = 0;
        foreach (var item in events)
        {
            ct.ThrowIfCancellationRequested();
            yield return item;
            if (++count % 1000 == 0)
            {
                levels.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        await Task.CompletedTask;
    }
}
