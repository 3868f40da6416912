using SignalReview.Trail.Signing;

namespace SignalReview.Trail;

/// <summary>
/// The database no longer holds the tree that was signed before: an old backup was restored, or history was rewritten.
/// This is an alarm, not a refusal to be shown to a user.
/// </summary>
internal sealed class TrailRewrittenException(TrailDamage damage, string message) : Exception(message)
{
    public TrailDamage Damage => damage;
}

/// <param name="Kind">What does not fit.</param>
/// <param name="SignedSize">For how many events was signed last.</param>
/// <param name="FoundSize">How many there are.</param>
/// <param name="LeafIndex">The event that it is about, where it is about one.</param>
internal sealed record TrailDamage(TrailAlarmKind Kind, long SignedSize, long FoundSize, long? LeafIndex = null);

/// <param name="Note">The signed note.</param>
/// <param name="Checkpoint">What it says.</param>
internal sealed record SignedCheckpoint(string Note, Checkpoint Checkpoint);

/// <summary>
/// Signs checkpoints, and remembers outside the database the last one it signed. It refuses to sign a tree of which that one is not the
/// beginning. Safe to use from several processes on one folder.
/// </summary>
internal sealed class CheckpointSigner(KeyRing keys, string origin) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public string Origin => origin;

    /// <summary>What an auditor needs to verify; publish it outside the system. The key in use now.</summary>
    public VerifierKey VerifierKey => new(origin, keys.Signing.Current.PublicKey);

    public SignerState State => keys.State;

    /// <summary>The keys that this log had, with the notes by which one handed over to the next.</summary>
    public KeyChain Chain => KeyChain.Of(VerifierKey, keys.State.Rotations());

    /// <summary>
    /// Signs for the first <paramref name="size"/> leaves of a log that has <paramref name="headSize"/> now. An export signs the size
    /// just after its own event, so that the bundle can show that nothing of the case is missing at its end.
    /// </summary>
    /// <exception cref="TrailRewrittenException">The tree is not the one that was signed before.</exception>
    /// <exception cref="CheckpointKeyException">Who holds the key does not sign.</exception>
    public async Task<string> SignAsync(ITreeNodes nodes, long headSize, long size, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, headSize);
        return (await LockedAsync(
            async last =>
            {
                if (last is not null)
                {
                    await RefuseRewrittenAsync(nodes, headSize, last.Checkpoint, ct);
                }

                return await SignAsync(nodes, size, last, ct);
            },
            ct)).Note;
    }

    /// <summary>
    /// Signs the whole tree when it grew since the last checkpoint; otherwise gives that one. Several hosts on one folder sign it once.
    /// </summary>
    /// <param name="nodes">The stored tree.</param>
    /// <param name="headSize">Its size.</param>
    /// <param name="check">Looks closer at what came since; gets the last checkpoint's size. Throws <see cref="TrailRewrittenException"/>.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>Null when there is nothing to sign yet.</returns>
    /// <exception cref="TrailRewrittenException">The tree is not the one that was signed before.</exception>
    /// <exception cref="CheckpointKeyException">Who holds the key does not sign.</exception>
    public Task<SignedCheckpoint?> SignGrownAsync(ITreeNodes nodes, long headSize, Func<long, Task> check, CancellationToken ct) => LockedAsync(
        async last =>
        {
            if (last is not null)
            {
                await RefuseRewrittenAsync(nodes, headSize, last.Checkpoint, ct);
            }

            if (headSize == (last?.Checkpoint.Size ?? 0))
            {
                return last;
            }

            await check(last?.Checkpoint.Size ?? 0);
            return await SignAsync(nodes, headSize, last, ct);
        },
        ct);

    /// <summary>Hands the signing over to the next key: both sign for the tree as it is now. From then on the new key signs, on all hosts.</summary>
    /// <inheritdoc cref="SignGrownAsync"/>
    public Task<KeyRotationNote> RotateAsync(ITreeNodes nodes, long headSize, CancellationToken ct) => LockedAsync(
        async last =>
        {
            if (last is not null)
            {
                await RefuseRewrittenAsync(nodes, headSize, last.Checkpoint, ct);
            }

            var (from, to) = (keys.Signing.Refresh(), keys.Signing.OpenNext());
            if (from.PublicKey.AsSpan().SequenceEqual(to.PublicKey))
            {
                throw new CheckpointKeyException("The next signing key is the one in use; nothing was rotated.");
            }

            var checkpoint = new Checkpoint(origin, headSize, await MerkleTree.RootAsync(nodes, headSize, ct));
            var note = await KeyRotationNote.SignAsync(from, to, checkpoint, ct);
            keys.State.Add(note); // this is the moment; what follows is made good when it is cut short
            keys.Signing.Settle();
            _ = keys.Signing.Refresh();
            return note;
        },
        ct);

    /// <summary>Signs a text that is no checkpoint; its first line must say what it is, so that it cannot pass for one.</summary>
    /// <exception cref="CheckpointKeyException">Who holds the key does not sign.</exception>
    public Task<string> SignTextAsync(string text, CancellationToken ct) => SignedNote.SignAsync([keys.Signing.Refresh()], origin, text, ct);

    /// <summary>Runs alone among all processes that share the signer's memory.</summary>
    public async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await using var fileLock = await keys.State.LockAsync(ct);
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What was signed last; null before the first.</summary>
    /// <exception cref="TrailRewrittenException">The memory was changed, or belongs to another log.</exception>
    public SignedCheckpoint? Last()
    {
        if (keys.State.Last() is not { } text)
        {
            return null;
        }

        var path = keys.State.LastPath;
        try
        {
            var note = SignedNote.Parse(text);
            var checkpoint = Checkpoint.Parse(note.Text);
            return Chain.Verify(note, checkpoint.Size) == ChainVerdict.Signed
                ? new(text, checkpoint)
                : throw Changed($"{path} is not signed by this log's key: it was changed, or belongs to another log.");
        }
        catch (FormatException)
        {
            throw Changed($"{path} does not hold a checkpoint: it was changed.");
        }

        static TrailRewrittenException Changed(string message) => new(new(TrailAlarmKind.MemoryChanged, 0, 0), message);
    }

    public void Dispose() => turn.Dispose();

    private Task<T> LockedAsync<T>(Func<SignedCheckpoint?, Task<T>> work, CancellationToken ct) => AloneAsync(
        () =>
        {
            keys.Signing.Settle(); // a rotation that was cut short
            _ = keys.Signing.Refresh();
            return work(Last());
        },
        ct);

    private async Task<SignedCheckpoint> SignAsync(ITreeNodes nodes, long size, SignedCheckpoint? last, CancellationToken ct)
    {
        var checkpoint = new Checkpoint(origin, size, await MerkleTree.RootAsync(nodes, size, ct));
        var note = await checkpoint.SignAsync(keys.Signing.Current, ct);
        if (last is null || size > last.Checkpoint.Size)
        {
            // Written before the note leaves: a crash in between costs a checkpoint, never the memory of one.
            keys.State.Remember(note);
        }

        return new(note, checkpoint);
    }

    private static async Task RefuseRewrittenAsync(ITreeNodes nodes, long headSize, Checkpoint last, CancellationToken ct)
    {
        if (headSize < last.Size)
        {
            throw new TrailRewrittenException(
                new(TrailAlarmKind.RolledBack, last.Size, headSize),
                $"The trail has {headSize} events, but {last.Size} were signed for: an older state of the database was put back.");
        }

        var root = await MerkleTree.RootAsync(nodes, last.Size, ct);
        if (!root.AsSpan().SequenceEqual(last.Root))
        {
            throw new TrailRewrittenException(
                new(TrailAlarmKind.Rewritten, last.Size, headSize),
                $"The first {last.Size} events of the trail are not those that were signed for: history was rewritten.");
        }
    }
}
