using SignalReview.Trail.Signing;

namespace SignalReview.Trail.Checking;

/// <summary>
/// The kept checkpoints, and the one that the signer signed last: that one lies outside the database, so an older database, or one in which it was
/// deleted, is seen. Older notes that were deleted are not missed: they are copies of what others hold.
/// </summary>
internal sealed class CheckpointsCheck(CheckRun run, SignedCheckpoint? known)
{
    /// <summary>Hosts' clocks differ by so much at most.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly DatabaseTree tree = new(run.Db);

    public long Count { get; private set; }

    public async Task RunAsync(CancellationToken ct)
    {
        var last = known ?? Remembered();
        var kept = false;
        for (var after = -1L; ;)
        {
            var rows = await run.RowsAsync<CheckpointRow>("trail/check_checkpoints", new { After = after, Take = CheckRun.Page }, TrailFault.Checkpoint, "checkpoints", ct);
            foreach (var row in rows)
            {
                kept |= row.TreeSize == last?.Checkpoint.Size;
                if (await ComplaintAsync(row, ct) is { } complaint)
                {
                    run.Add(new(TrailFault.Checkpoint, "checkpoints", $"size {row.TreeSize}", Detail: complaint));
                }

                Count++;
            }

            if (rows.Count < CheckRun.Page)
            {
                break;
            }

            after = rows[^1].TreeSize;
        }

        if (last is not null)
        {
            await CheckLastAsync(last.Checkpoint, kept, ct);
        }
    }

    private SignedCheckpoint? Remembered()
    {
        try
        {
            return run.Signer.Last();
        }
        catch (Exception e) when (e is TrailRewrittenException or CheckpointKeyException)
        {
            run.Add(new(TrailFault.Signed, SignerState.LastFile, "the signer's memory", Detail: e.Message));
            return null;
        }
    }

    private async Task CheckLastAsync(Checkpoint last, bool kept, CancellationToken ct)
    {
        if (await RootComplaintAsync(last, ct) is { } complaint)
        {
            run.Add(new(TrailFault.Signed, "trail_events", $"size {last.Size}", Detail: complaint));
        }

        if (!kept && last.Size > 0)
        {
            run.Add(new(TrailFault.CheckpointMissing, "checkpoints", $"size {last.Size}", Detail: "it was signed, and is not kept"));
        }
    }

    private async Task<string?> ComplaintAsync(CheckpointRow row, CancellationToken ct)
    {
        Checkpoint checkpoint;
        try
        {
            var note = SignedNote.Parse(row.Note);
            if (!run.Signer.Chain.Keys.Any(k => note.Verify(k) is NoteVerdict.Signed))
            {
                return "it is not signed with a key of the log";
            }

            checkpoint = Checkpoint.Parse(note.Text);
        }
        catch (FormatException e)
        {
            return e.Message;
        }

        if (checkpoint.Size != row.TreeSize)
        {
            return $"its note is of {checkpoint.Size} leaves";
        }

        return await RootComplaintAsync(checkpoint, ct) ?? await TimeComplaintAsync(row, ct);
    }

    private async Task<string?> RootComplaintAsync(Checkpoint checkpoint, CancellationToken ct)
    {
        if (checkpoint.Size > run.Frontier.Size)
        {
            return $"it is of {checkpoint.Size} leaves, and there are {run.Frontier.Size}";
        }

        try
        {
            return run.TreeBroken || (await MerkleTree.RootAsync(tree, checkpoint.Size, ct)).AsSpan().SequenceEqual(checkpoint.Root)
                ? null
                : "the tree has another root";
        }
        catch (TrailRewrittenException e)
        {
            return e.Message; // a node is missing; told with the tree too
        }
    }

    /// <summary>No note holds a time; but none was kept before its last event.</summary>
    private async Task<string?> TimeComplaintAsync(CheckpointRow row, CancellationToken ct) =>
        row.TreeSize > 0
        && !run.TreeBroken
        && await run.Db.FirstOrDefaultAsync<DateTimeOffset?>("signing/event_at", new { LeafIndex = row.TreeSize - 1 }, ct) is { } happened
        && row.At < happened - Skew
            ? "it was kept before its last event"
            : null;

    private sealed record CheckpointRow
    {
        public long TreeSize { get; init; }
        public DateTimeOffset At { get; init; }
        public string Note { get; init; } = "";
    }
}
