using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// A large file of a bundle on its way into the zip: counted, hashed and packed as it is written, so that it passes once and only its packed form
/// waits on disk.
/// </summary>
internal sealed class PayloadFile : Stream
{
    private readonly Spool packed;
    private readonly DeflateStream deflate;
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc32 crc = new();
    private byte[]? hash;
    private long length;

    public PayloadFile(string folder)
    {
        packed = new Spool(folder);
        deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => hash is null;

    /// <summary>Of the content as it is read.</summary>
    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    public uint Crc => crc.GetCurrentHashAsUInt32();

    /// <summary>Ends the file. After it nothing can be written.</summary>
    /// <returns>Its SHA-256.</returns>
    public byte[] Complete()
    {
        if (hash is null)
        {
            hash = sha256.GetHashAndReset();
            deflate.Dispose();
        }

        return hash;
    }

    /// <summary>The packed bytes of a complete file, from their start.</summary>
    public Spool Packed()
    {
        Complete();
        packed.Position = 0;
        return packed;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        sha256.AppendData(buffer);
        crc.Append(buffer);
        deflate.Write(buffer);
        length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // What is packed leaves when there is enough of it.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (hash is null)
            {
                deflate.Dispose();
            }

            packed.Dispose();
            sha256.Dispose();
        }

        base.Dispose(disposing);
    }
}
