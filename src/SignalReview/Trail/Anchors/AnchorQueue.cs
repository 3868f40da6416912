using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail.Anchors;

/// <param name="Anchor">The anchor's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="TreeSize">The size in the checkpoint.</param>
/// <param name="Note">The checkpoint that was sent, verbatim.</param>
/// <param name="SentAt">When it was there.</param>
/// <param name="Receipt">A token (RFC 3161, DER), or what a webhook answered.</param>
internal sealed record AnchorReceipt(string Anchor, AnchorKind Kind, long TreeSize, string Note, DateTimeOffset SentAt, byte[]? Receipt);

/// <param name="Anchor">The anchor's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Waiting">How many checkpoints were not taken yet.</param>
/// <param name="OldestWaiting">Since when the first of these waits.</param>
/// <param name="LastSent">When it took one last.</param>
/// <param name="Failure">What the last try came to, while it fails.</param>
internal sealed record AnchorState(string Anchor, AnchorKind Kind, int Waiting, DateTimeOffset? OldestWaiting, DateTimeOffset? LastSent, AnchorOutcome? Failure)
{
    /// <summary>An anchor that is away for a moment is no news.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public bool IsFailing(DateTimeOffset now) => OldestWaiting is { } since && now - since > Patience;
}

/// <summary>
/// What is to be sent, and what was: one row a checkpoint and anchor. A row is claimed before it is sent, so of several hosts one sends it; a host
/// that dies leaves a claim that runs out. No event tells of a send: it would make the next checkpoint, and that the next send.
/// </summary>
internal sealed class AnchorQueue(IDatabase database, IReadOnlyList<ICheckpointAnchor> anchors, TimeProvider time)
{
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    public IReadOnlyList<ICheckpointAnchor> Anchors => anchors;

    /// <summary>In the transaction that stores the checkpoint.</summary>
    public async Task EnqueueAsync(DbSession db, SignedCheckpoint signed, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var anchor in await DueAsync(db, signed.Checkpoint.Size, now, ct))
        {
            await db.ExecuteAsync(
                "signing/insert_anchor", new { Anchor = anchor.Name, TreeSize = signed.Checkpoint.Size, anchor.Kind, signed.Note, QueuedAt = now }, ct);
        }
    }

    /// <summary>The anchors that should get this checkpoint and have not: one that an export signed and stored, say, or one that came too soon after the last.</summary>
    public async Task<IReadOnlyList<ICheckpointAnchor>> DueAsync(DbSession db, long size, DateTimeOffset now, CancellationToken ct)
    {
        List<ICheckpointAnchor> due = [];
        foreach (var anchor in anchors)
        {
            var last = await db.ScalarAsync<LastRow>("signing/last_anchored", new { Anchor = anchor.Name }, ct);
            if (last.QueuedAt is not { } at || (size != last.TreeSize && (now - at >= anchor.Every || now < at)))
            {
                due.Add(anchor);
            }
        }

        return due;
    }

    /// <summary>Sends what is due, oldest first.</summary>
    /// <returns>What each send came to.</returns>
    public async Task<IReadOnlyList<(string Anchor, long TreeSize, AnchorAnswer Answer)>> SendDueAsync(CancellationToken ct)
    {
        List<(string, long, AnchorAnswer)> done = [];
        IReadOnlyList<DueRow> due;
        await using (var db = await database.OpenReadAsync(ct))
        {
            due = await db.QueryAsync<DueRow>("signing/due_anchors", new { Now = time.GetUtcNow() }, ct);
        }

        foreach (var row in due)
        {
            if (anchors.FirstOrDefault(a => a.Name == row.Anchor) is { } anchor && await ClaimAsync(row, ct) is { } claim)
            {
                var answer = await anchor.SendAsync(row.Note, row.TreeSize, ct);
                await SettleAsync(row, claim, answer, ct);
                done.Add((row.Anchor, row.TreeSize, answer));
            }
        }

        return done;
    }

    /// <summary>The checkpoints up to a size that an anchor took, largest first: what a bundle can hold for its proof.</summary>
    public static async Task<IReadOnlyList<AnchorReceipt>> ReceiptsAsync(DbSession db, long upTo, AnchorKind? kind, CancellationToken ct) =>
        [.. (await db.QueryAsync<ReceiptRow>("signing/anchor_receipts", new { Size = upTo, Kind = kind }, ct))
            .Select(row => new AnchorReceipt(row.Anchor, row.Kind, row.TreeSize, row.Note, row.SentAt, row.Receipt))];

    /// <summary>How each configured anchor does.</summary>
    public async Task<IReadOnlyList<AnchorState>> StatesAsync(DbSession db, CancellationToken ct)
    {
        var rows = (await db.QueryAsync<StateRow>("signing/anchor_states", null, ct)).ToDictionary(row => row.Anchor, StringComparer.Ordinal);
        List<AnchorState> states = [];
        foreach (var anchor in anchors)
        {
            var row = rows.GetValueOrDefault(anchor.Name);
            var failure = row is { Waiting: > 0 }
                ? await db.FirstOrDefaultAsync<AnchorOutcome?>("signing/anchor_failure", new { Anchor = anchor.Name }, ct)
                : null;
            states.Add(new(anchor.Name, anchor.Kind, row?.Waiting ?? 0, row?.OldestWaiting, row?.LastSent, failure));
        }

        return states;
    }

    private Task<Guid?> ClaimAsync(DueRow row, CancellationToken ct) => BusyRetry.RunAsync<Guid?>(
        database,
        time,
        async token =>
        {
            var now = time.GetUtcNow().Truncate();
            var claim = Guid.CreateVersion7(now);
            await using var db = await database.BeginAsync(token);
            // Another host may have seen the same row due: the second finds it claimed here.
            var won = await db.ExecuteAsync("signing/claim_anchor", new { row.Anchor, row.TreeSize, Claim = claim, Until = now + Claim, Now = now }, token) == 1;
            await db.CommitAsync(token);
            return won ? claim : null;
        },
        ct);

    private Task<bool> SettleAsync(DueRow row, Guid claim, AnchorAnswer answer, CancellationToken ct) => BusyRetry.RunAsync(
        database,
        time,
        async token =>
        {
            var now = time.GetUtcNow().Truncate();
            await using var db = await database.BeginAsync(token);
            if (answer.Outcome == AnchorOutcome.Done)
            {
                await db.ExecuteAsync("signing/settle_anchor", new { row.Anchor, row.TreeSize, Claim = claim, SentAt = now, answer.Receipt }, token);
            }
            else
            {
                var wait = FirstWait * Math.Pow(2, Math.Min(row.Attempts, 10));
                var next = now + (wait < LongestWait ? wait : LongestWait);
                await db.ExecuteAsync("signing/postpone_anchor", new { row.Anchor, row.TreeSize, Claim = claim, Failure = answer.Outcome, NextAt = next }, token);
            }

            await db.CommitAsync(token);
            return true;
        },
        ct);

    private sealed record DueRow
    {
        public string Anchor { get; init; } = "";
        public long TreeSize { get; init; }
        public string Note { get; init; } = "";
        public int Attempts { get; init; }
    }

    private sealed record ReceiptRow
    {
        public string Anchor { get; init; } = "";
        public AnchorKind Kind { get; init; }
        public long TreeSize { get; init; }
        public string Note { get; init; } = "";
        public DateTimeOffset SentAt { get; init; }
        public byte[]? Receipt { get; init; }
    }

    private sealed record LastRow
    {
        public DateTimeOffset? QueuedAt { get; init; }
        public long? TreeSize { get; init; }
    }

    private sealed record StateRow
    {
        public string Anchor { get; init; } = "";
        public int Waiting { get; init; }
        public DateTimeOffset? OldestWaiting { get; init; }
        public DateTimeOffset? LastSent { get; init; }
    }
}
