namespace SignalReview.Trail.Bundles;

/// <summary>
/// Bytes that are written once and read back once: in memory while few, then in a temporary file that only the owner may read
/// and that is gone with the handle. So an export's memory does not grow with its number of events.
/// </summary>
/// <param name="folder">Where the file comes when there is much.</param>
/// <param name="memoryLimit">How much is kept in memory.</param>
internal sealed class Spool(string folder, int memoryLimit = Spool.MemoryLimit) : Stream
{
    public const int MemoryLimit = 256 * 1024;

    private Stream inner = new MemoryStream();
    private string? path;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public bool IsOnDisk => inner is FileStream;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        MoveWhenLarge(buffer.Length);
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        MoveWhenLarge(buffer.Length);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            if (path is not null && File.Exists(path))
            {
                File.Delete(path);
            }
        }

        base.Dispose(disposing);
    }

    private void MoveWhenLarge(int more)
    {
        if (inner is not MemoryStream memory || memory.Length + more <= memoryLimit)
        {
            return;
        }

        path = Path.Combine(folder, $"export-{Path.GetRandomFileName()}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path); // the open handle keeps the bytes; a crash leaves nothing behind
        }

        memory.Position = 0;
        memory.CopyTo(file);
        memory.Dispose();
        inner = file;
    }
}
