namespace SignalReview.Trail;

/// <summary>
/// The database no longer holds the tree that was signed before: an old backup was restored, or history was rewritten.
/// This is an alarm, not a refusal to be shown to a user.
/// </summary>
internal sealed class TrailRewrittenException(string message) : Exception(message);

/// <summary>
/// Signs checkpoints, and remembers in the keys folder, so outside the database, the last one it signed. It refuses to sign a
/// tree of which that one is not the beginning. Safe to use from several processes on one keys folder.
/// </summary>
internal sealed class CheckpointSigner(KeyRing keys, string origin) : IDisposable
{
    private const string LastFile = "last-checkpoint";
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);

    public string Origin => origin;

    /// <summary>What an auditor needs to verify; publish it outside the system.</summary>
    public VerifierKey VerifierKey { get; } = new(origin, keys.PublicKey);

    /// <summary>
    /// Signs for the first <paramref name="size"/> leaves of a log that has <paramref name="headSize"/> now. An export signs the size
    /// just after its own event, so that the bundle can show that nothing of the case is missing at its end.
    /// </summary>
    /// <exception cref="TrailRewrittenException">The tree is not the one that was signed before.</exception>
    public async Task<string> SignAsync(ITreeNodes nodes, long headSize, long size, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, headSize);
        await turn.WaitAsync(ct);
        try
        {
            await using var fileLock = await LockAsync(ct);
            var last = ReadLast();
            if (last is not null)
            {
                await RefuseRewrittenAsync(nodes, headSize, last, ct);
            }

            var checkpoint = new Checkpoint(origin, size, await MerkleTree.RootAsync(nodes, size, ct));
            var note = checkpoint.Sign(keys);
            if (last is null || size > last.Size)
            {
                // Written before the note leaves: a crash in between costs a checkpoint, never the memory of one.
                KeyFile.Replace(Path.Combine(keys.Folder, LastFile), note);
            }

            return note;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Signs a text that is no checkpoint; its first line must say what it is, so that it cannot pass for one.</summary>
    public Task<string> SignTextAsync(string text, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(SignedNote.Sign(keys, origin, text));
    }

    public void Dispose() => turn.Dispose();

    private static async Task RefuseRewrittenAsync(ITreeNodes nodes, long headSize, Checkpoint last, CancellationToken ct)
    {
        if (headSize < last.Size)
        {
            throw new TrailRewrittenException(
                $"The trail has {headSize} events, but {last.Size} were signed for: an older state of the database was put back.");
        }

        var root = await MerkleTree.RootAsync(nodes, last.Size, ct);
        if (!root.AsSpan().SequenceEqual(last.Root))
        {
            throw new TrailRewrittenException(
                $"The first {last.Size} events of the trail are not those that were signed for: history was rewritten.");
        }
    }

    private Checkpoint? ReadLast()
    {
        var path = Path.Combine(keys.Folder, LastFile);
        if (!File.Exists(path))
        {
            return null;
        }

        var note = SignedNote.Parse(KeyFile.Read(path));
        if (note.Verify(VerifierKey) is not NoteVerdict.Signed)
        {
            throw new TrailRewrittenException($"{path} is not signed by this log's key: it was changed, or belongs to another log.");
        }

        return Checkpoint.Parse(note.Text);
    }

    private async Task<FileStream> LockAsync(CancellationToken ct)
    {
        var path = Path.Combine(keys.Folder, LastFile + ".lock");
        for (var waited = TimeSpan.Zero; waited < LockPatience; waited += LockRetry)
        {
            if (KeyFile.TryLock(path) is { } held)
            {
                return held;
            }

            await Task.Delay(LockRetry, ct); // another process is signing
        }

        throw new IOException($"{path} is held by another process.");
    }
}
