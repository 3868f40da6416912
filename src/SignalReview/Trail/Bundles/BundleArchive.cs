using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Opens a bundle's zip without trusting it: no entry is written to disk, names are checked, and no more is read of an entry than
/// its declared size.
/// </summary>
internal sealed class BundleArchive : IDisposable
{
    public const int MaxEntries = 2_000_000;
    public const long MaxTotalBytes = 16L << 30;

    /// <summary>Files that are read whole: bodies, proofs, notes. A body holds what one person wrote at one moment.</summary>
    public const int MaxSmallFile = 16 << 20;

    private readonly ZipArchive zip;
    private readonly SharedStream file;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

    private BundleArchive(ZipArchive zip, SharedStream file)
    {
        this.zip = zip;
        this.file = file;
    }

    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>Opens the zip and reports its oddities; null when it cannot be used at all.</summary>
    public static BundleArchive? Open(Stream stream, Action<Finding> report)
    {
        ZipArchive opened;
        var shared = new SharedStream(stream);
        try
        {
            var head = new byte[4];
            stream.Position = 0;
            var got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (got < head.Length || !head.AsSpan().SequenceEqual("PK\x03\x04"u8))
            {
                report(new(FindingCode.NotAZip, Detail: "it does not begin as a zip"));
                return null;
            }

            opened = new ZipArchive(shared.View(), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
            _ = opened.Entries.Count; // reads the directory
        }
        catch (Exception e) when (IsDamage(e))
        {
            report(new(FindingCode.NotAZip, Detail: e.Message));
            return null;
        }

        var archive = new BundleArchive(opened, shared);
        if (archive.Accept(report))
        {
            return archive;
        }

        archive.Dispose();
        return null;
    }

    /// <summary>What a damaged zip makes .NET throw.</summary>
    public static bool IsDamage(Exception e) =>
        e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException or OverflowException;

    public bool Contains(string name) => entries.ContainsKey(name);

    /// <summary>How many bytes the directory says that an entry has; a reader of it holds it to that.</summary>
    public long LengthOf(string name) => entries[name].Length;

    /// <summary>A reader that ends with damage when the entry is longer or shorter than the directory says.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public Stream OpenRead(string name)
    {
        var entry = entries[name];
        return new ExactStream(entry.Open(), entry.Length);
    }

    /// <summary>Reads a large file with a thread and a view of its own.</summary>
    public HashedReader OpenLarge(string name, int longestLine) => new(() => OpenAlone(name), longestLine);

    public async Task<byte[]> ReadAsync(string name, CancellationToken ct)
    {
        var entry = entries[name];
        if (entry.Length > MaxSmallFile)
        {
            throw new InvalidDataException($"{entry.Length} bytes are too many for this file.");
        }

        using var whole = new MemoryStream((int)entry.Length);
        await using var stream = OpenRead(name);
        await stream.CopyToAsync(whole, ct);
        return whole.ToArray();
    }

    public async Task<byte[]> HashAsync(string name, CancellationToken ct)
    {
        await using var stream = OpenRead(name);
        return await SHA256.HashDataAsync(stream, ct);
    }

    public void Dispose() => zip.Dispose();

    /// <summary>Through another directory of the same zip: two entries of one archive must not be read at the same time.</summary>
    private ExactStream OpenAlone(string name)
    {
        var again = new ZipArchive(file.View(), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
        var entry = again.GetEntry(name) ?? throw new InvalidDataException("The entry is not there.");
        return new ExactStream(entry.Open(), entry.Length, again);
    }

    private bool Accept(Action<Finding> report)
    {
        if (zip.Entries.Count > MaxEntries)
        {
            report(new(FindingCode.TooLarge, Detail: $"{zip.Entries.Count} files"));
            return false;
        }

        if (zip.Comment.Length > 0)
        {
            report(new(FindingCode.HiddenData, Detail: "the zip has a comment"));
        }

        var total = 0L;
        var folded = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries)
        {
            total += entry.Length;
            if (total > MaxTotalBytes || entry.Length < 0)
            {
                report(new(FindingCode.TooLarge, entry.FullName, Detail: $"more than {MaxTotalBytes >> 30} GiB unpacked"));
                return false;
            }

            if (!IsSafe(entry.FullName))
            {
                report(new(FindingCode.UnsafeName, entry.FullName));
            }
            else if (!folded.Add(entry.FullName))
            {
                report(new(FindingCode.DuplicateEntry, entry.FullName)); // also names that one file system would take for another
            }
            else
            {
                entries.Add(entry.FullName, entry);
            }

            if (entry.Comment.Length > 0)
            {
                report(new(FindingCode.HiddenData, entry.FullName, Detail: "the entry has a comment"));
            }
        }

        return true;
    }

    /// <summary>Plain relative names of letters, digits and <c>. - _ /</c>: all that a bundle ever has.</summary>
    private static bool IsSafe(string name) =>
        name.Length is > 0 and <= 200
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/')
        && name.Split('/').All(part => part.Length > 0 && part.Trim('.').Length > 0);

    private sealed class ExactStream(Stream inner, long length, IDisposable? owner = null) : Stream
    {
        private long read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count), count);

        public override int Read(Span<byte> buffer) => Count(inner.Read(buffer), buffer.Length);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
            // nothing is written
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                owner?.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Count(int got, int wanted)
        {
            read += got;
            if (read > length || (got == 0 && wanted > 0 && read < length))
            {
                throw new InvalidDataException("The entry is not as long as the zip's directory says.");
            }

            return got;
        }
    }
}
