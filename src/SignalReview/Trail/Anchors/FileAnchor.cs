using System.Text;

namespace SignalReview.Trail.Anchors;

/// <summary>
/// Adds each note to a file, with an empty line after it, and waits until it is on disk. The file is never read for its content, only its end: a
/// note that stands there already is not written twice.
/// </summary>
internal sealed class FileAnchor(string name, TimeSpan every, string path) : ICheckpointAnchor
{
    private const int MostNote = 8192;

    public string Name => name;

    public AnchorKind Kind => AnchorKind.File;

    public TimeSpan Every => every;

    public async Task<AnchorAnswer> SendAsync(string note, long size, CancellationToken ct)
    {
        try
        {
            var entry = Encoding.UTF8.GetBytes(note + "\n");
            var end = await EndAsync(path, ct);
            if (!end.AsSpan().EndsWith(entry))
            {
                // What a full disk cut off must not run into this note.
                byte[] gap = end.Length == 0 || end.AsSpan().EndsWith("\n\n"u8) ? [] : [.. "\n\n"u8];
                await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read });
                await file.WriteAsync((byte[])[.. gap, .. entry], ct);
                file.Flush(flushToDisk: true);
            }

            return new(AnchorOutcome.Done);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(AnchorOutcome.Unwritable, e.Message);
        }
    }

    private static async Task<byte[]> EndAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite });
        file.Position = Math.Max(0, file.Length - MostNote);
        var end = new byte[file.Length - file.Position];
        await file.ReadExactlyAsync(end, ct);
        return end;
    }
}
