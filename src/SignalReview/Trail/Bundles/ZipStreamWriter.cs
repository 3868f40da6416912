using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Writes a zip (APPNOTE 6.3.x, with Zip64 where numbers ask for it) to a stream that need not seek. .NET's own writer keeps an
/// object per entry until the end; here the directory lies in a <see cref="Spool"/>, and every entry's sizes stand before it, so
/// that no reader has to guess where it ends.
/// </summary>
internal sealed class ZipStreamWriter(Stream output, string temporaryFolder, DateTimeOffset at) : IDisposable
{
    private const ushort Version = 45;
    private const ushort Utf8Names = 0x0800;
    private const ushort Deflate = 8;
    private const int WorthCompressing = 128;

    private readonly Spool directory = new(temporaryFolder);
    private readonly uint dosTime = DosTime(at);
    private long written;
    private long entries;

    public async Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var crc = Crc32.HashToUInt32(content.Span);
        if (content.Length >= WorthCompressing)
        {
            using var packed = new MemoryStream(content.Length);
            await using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                await deflate.WriteAsync(content, ct);
            }

            if (packed.Length < content.Length)
            {
                await WriteHeadersAsync(name, Deflate, crc, packed.Length, content.Length, ct);
                await WriteAsync(packed.GetBuffer().AsMemory(0, (int)packed.Length), ct);
                return;
            }
        }

        await WriteHeadersAsync(name, 0, crc, content.Length, content.Length, ct);
        await WriteAsync(content, ct);
    }

    /// <summary>Adds a whole file; nothing can be written to it after that.</summary>
    public async Task AddAsync(string name, PayloadFile content, CancellationToken ct)
    {
        var packed = content.Packed();
        await WriteHeadersAsync(name, Deflate, content.Crc, packed.Length, content.Length, ct);
        await CopyAsync(packed, ct);
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        var (start, size) = (written, directory.Length);
        await CopyAsync(directory, ct);
        var end = new Record(98);
        if (entries >= ushort.MaxValue || start >= uint.MaxValue || size >= uint.MaxValue)
        {
            var zip64At = written;
            end.U32(0x06064b50).U64(44).U16(Version).U16(Version).U32(0).U32(0).U64(entries).U64(entries).U64(size).U64(start);
            end.U32(0x07064b50).U32(0).U64(zip64At).U32(1);
        }

        var count = (ushort)Math.Min(entries, ushort.MaxValue);
        end.U32(0x06054b50).U16(0).U16(0).U16(count).U16(count).U32(Clip(size)).U32(Clip(start)).U16(0);
        await WriteAsync(end.Bytes, ct);
        await output.FlushAsync(ct);
    }

    public void Dispose() => directory.Dispose();

    private static uint Clip(long value) => (uint)Math.Min(value, uint.MaxValue);

    private static uint DosTime(DateTimeOffset at)
    {
        var time = at.UtcDateTime;
        var date = ((time.Year - 1980) << 9) | (time.Month << 5) | time.Day;
        return ((uint)date << 16) | (uint)((time.Hour << 11) | (time.Minute << 5) | (time.Second / 2));
    }

    private async Task WriteHeadersAsync(string name, ushort method, uint crc, long packed, long plain, CancellationToken ct)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var offset = written;
        var large = plain >= uint.MaxValue || packed >= uint.MaxValue;
        var local = new Record(30 + nameBytes.Length + 20);
        local.U32(0x04034b50).U16(Version).U16(Utf8Names).U16(method).U32(dosTime).U32(crc);
        local.U32(large ? uint.MaxValue : (uint)packed).U32(large ? uint.MaxValue : (uint)plain);
        local.U16((ushort)nameBytes.Length).U16((ushort)(large ? 20 : 0)).Raw(nameBytes);
        if (large)
        {
            local.U16(1).U16(16).U64(plain).U64(packed);
        }

        await WriteAsync(local.Bytes, ct);
        var far = offset >= uint.MaxValue;
        var extra = (large ? 16 : 0) + (far ? 8 : 0);
        var central = new Record(46 + nameBytes.Length + 28);
        central.U32(0x02014b50).U16((3 << 8) | Version).U16(Version).U16(Utf8Names).U16(method).U32(dosTime).U32(crc);
        central.U32(large ? uint.MaxValue : (uint)packed).U32(large ? uint.MaxValue : (uint)plain);
        central.U16((ushort)nameBytes.Length).U16((ushort)(extra > 0 ? extra + 4 : 0)).U16(0).U16(0).U16(0);
        central.U32(0x81A4u << 16).U32(far ? uint.MaxValue : (uint)offset).Raw(nameBytes); // a regular file, 0644
        if (extra > 0)
        {
            central.U16(1).U16((ushort)extra);
            if (large)
            {
                central.U64(plain).U64(packed);
            }

            if (far)
            {
                central.U64(offset);
            }
        }

        await directory.WriteAsync(central.Bytes, ct);
        entries++;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await output.WriteAsync(bytes, ct);
        written += bytes.Length;
    }

    private async Task CopyAsync(Spool spool, CancellationToken ct)
    {
        spool.Position = 0;
        await spool.CopyToAsync(output, ct);
        written += spool.Length;
    }

    private sealed class Record(int capacity)
    {
        private readonly byte[] bytes = new byte[capacity];
        private int at;

        public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, at);

        public Record U16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);
            at += 2;
            return this;
        }

        public Record U32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
            at += 4;
            return this;
        }

        public Record U64(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
            at += 8;
            return this;
        }

        public Record Raw(byte[] value)
        {
            value.CopyTo(bytes, at);
            at += value.Length;
            return this;
        }
    }
}
