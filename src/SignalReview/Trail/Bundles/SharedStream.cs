namespace SignalReview.Trail.Bundles;

/// <summary>One file read in several places at once: each view has a position of its own, and they take turns.</summary>
internal sealed class SharedStream(Stream source)
{
    private readonly Lock turn = new();

    public Stream View() => new BufferedStream(new Window(source, turn), 1 << 16);

    private sealed class Window(Stream source, Lock turn) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length
        {
            get
            {
                lock (turn)
                {
                    return source.Length;
                }
            }
        }

        public override long Position
        {
            get => position;
            set => position = value;
        }

        public override int Read(Span<byte> buffer)
        {
            lock (turn)
            {
                source.Position = position;
                var read = source.Read(buffer);
                position += read;
                return read;
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            SeekOrigin.End => Length + offset,
        };

        public override void Flush()
        {
            // nothing is written
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
