using System.Buffers;

namespace SignalReview.Trail.Bundles;

/// <summary>Lines as bytes, verbatim, none longer than a limit.</summary>
internal sealed class LineReader(Stream stream, int maxLength) : IAsyncDisposable
{
    private readonly byte[] buffer = new byte[81920];
    private readonly ArrayBufferWriter<byte> line = new(1024);
    private int at;
    private int end;

    public bool EndedInNewline { get; private set; } = true;

    public async ValueTask<byte[]?> ReadAsync(CancellationToken ct)
    {
        line.ResetWrittenCount();
        while (true)
        {
            if (at == end)
            {
                (at, end) = (0, await stream.ReadAsync(buffer, ct));
                if (end == 0)
                {
                    EndedInNewline = line.WrittenCount == 0;
                    return line.WrittenCount == 0 ? null : line.WrittenSpan.ToArray();
                }
            }

            var newline = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
            var take = newline < 0 ? end - at : newline;
            if (line.WrittenCount + take > maxLength)
            {
                throw new InvalidDataException($"A header is longer than {maxLength} bytes.");
            }

            line.Write(buffer.AsSpan(at, take));
            at += take;
            if (newline >= 0)
            {
                at++;
                return line.WrittenSpan.ToArray();
            }
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
