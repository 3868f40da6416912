using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Trail;
using SignalReview.Trail.Signing;

namespace SignalReview.Privacy.Erasure;

/// <summary>One erasure on the list: ids, enumerations and times, enough to do it again and to certify it.</summary>
internal sealed record ListedErasure(
    Guid Erasure,
    Guid Case,
    ErasureGround Ground,
    ErasureAskedBy AskedBy,
    string? Rule,
    string? Interests,
    Guid RequestedBy,
    DateTimeOffset RequestedAt,
    Guid? CheckedBy,
    DateTimeOffset? CheckedAt,
    Guid? ApprovedBy,
    DateTimeOffset? ApprovedAt,
    Guid ErasedBy,
    DateTimeOffset ErasedAt,
    Guid? EndedShare);

/// <summary>The list cannot be trusted: it was changed, or belongs to another installation.</summary>
internal sealed class ErasureListException(string message) : Exception(message);

/// <summary>
/// The erasures, in a file outside the database: a line each, signed, holding the hash of the line before, on disk before anything is said to be erased. A
/// database that is put back from a backup is held against it before it serves anybody. Safe to use from several processes.
/// </summary>
/// <param name="signer">Signs each line.</param>
/// <param name="path">The file; keep it where backups of the database do not overwrite it.</param>
internal sealed class ErasureList(CheckpointSigner signer, string path)
{
    private const string Head = "signalreview/erasure-list/v1";
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    public string FilePath => path;

    /// <exception cref="ErasureListException">A line was changed, left out or moved.</exception>
    public async Task<IReadOnlyList<ListedErasure>> ReadAsync(CancellationToken ct)
    {
        await using var turn = await LockAsync(ct);
        return [.. Lines().Select(l => l.Entry)];
    }

    /// <summary>Adds what is not on it yet; returns when it is on disk.</summary>
    /// <exception cref="ErasureListException">A line was changed, left out or moved.</exception>
    public async Task AddAsync(IReadOnlyList<ListedErasure> erasures, CancellationToken ct)
    {
        await using var turn = await LockAsync(ct);
        var lines = Lines();
        var known = lines.Select(l => l.Entry.Erasure).ToHashSet();
        var previous = lines.Count == 0 ? "" : lines[^1].Hash;
        var text = new StringBuilder();
        foreach (var erasure in erasures.Where(e => known.Add(e.Erasure)))
        {
            var entry = Encoding.UTF8.GetString(TrailJson.Canonical(erasure));
            var note = await signer.SignTextAsync(TextOf(previous, entry), ct);
            var line = JsonSerializer.Serialize(new StoredLine(JsonDocument.Parse(entry).RootElement, previous, SignatureOf(note)), TrailJson.Options);
            text.Append(line).Append('\n');
            previous = HashOf(line);
        }

        if (text.Length > 0)
        {
            Append(text.ToString());
        }
    }

    private static string TextOf(string previous, string entry) => $"{Head}\n{previous}\n{entry}\n";

    private static string SignatureOf(string note) => note[(note.LastIndexOf("\n\n", StringComparison.Ordinal) + 2)..^1];

    private static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    private List<Line> Lines()
    {
        var lines = new List<Line>();
        if (!File.Exists(path))
        {
            return lines;
        }

        var previous = "";
        // A line without its end was cut off by a crash, before anybody was told of its erasure: it is written again.
        foreach (var (number, text) in KeyFile.Read(path).Split('\n')[..^1].Index())
        {
            var line = Parse(text, number + 1, previous);
            lines.Add(line);
            previous = line.Hash;
        }

        return lines;
    }

    private Line Parse(string text, int number, string previous)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<StoredLine>(text, TrailJson.Options)!;
            var entry = stored.Entry.Deserialize<ListedErasure>(TrailJson.Options)!;
            var note = SignedNote.Parse($"{TextOf(previous, Encoding.UTF8.GetString(TrailJson.Canonical(entry)))}\n{stored.Signature}\n");
            if (stored.Previous == previous && signer.Chain.Verify(note, size: null) == ChainVerdict.Signed)
            {
                return new(entry, HashOf(text));
            }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Damaged(number, e.Message);
        }

        throw Damaged(number, "it was changed, or a line before it is missing");
    }

    private ErasureListException Damaged(int number, string why) => new(
        $"{path}, line {number}: {why}. The list says which cases must not come back from a backup. Put back the newest good copy of it and start again.");

    private void Append(string text)
    {
        KeyFile.EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.SetLength(WholeLines(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The length up to the end of the last whole line.</summary>
    private static long WholeLines(FileStream file)
    {
        for (var at = file.Length; at > 0; at--)
        {
            file.Seek(at - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
            {
                return at;
            }
        }

        return 0;
    }

    private async Task<FileStream> LockAsync(CancellationToken ct)
    {
        KeyFile.EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        for (var waited = TimeSpan.Zero; waited < LockPatience; waited += LockRetry)
        {
            if (KeyFile.TryLock(path + ".lock") is { } held)
            {
                return held;
            }

            await Task.Delay(LockRetry, ct); // another process is writing
        }

        throw new IOException($"{path}.lock is held by another process.");
    }

    private sealed record Line(ListedErasure Entry, string Hash);

    private sealed record StoredLine(JsonElement Entry, string Previous, string Signature);
}
