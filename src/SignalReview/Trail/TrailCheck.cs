using System.Numerics;
using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail;

/// <summary>What can be wrong with the trail as the database holds it.</summary>
internal enum TrailFault
{
    /// <summary>The one-row head is not there, or says something else than the events.</summary>
    Head,

    /// <summary>A leaf is missing, or stands where none can be.</summary>
    LeafMissing,

    /// <summary>What was stored as a header is none, or not in its form.</summary>
    LeafUnreadable,

    /// <summary>A leaf and its stored hash do not belong together.</summary>
    LeafHash,

    /// <summary>A column says something else than the header.</summary>
    Column,

    /// <summary>The numbers of a dossier have a gap, or its counter is wrong.</summary>
    CaseSeq,

    /// <summary>A node of the tree is not the hash of the two below it, is missing, or cannot be there.</summary>
    Node,

    /// <summary>A body cannot be opened, belongs to no event, or is not the one that was committed to.</summary>
    Body,

    /// <summary>A body is not there, and no erasure says why.</summary>
    BodyMissing,

    /// <summary>A dossier's key cannot be opened.</summary>
    Dossier,

    /// <summary>A kept checkpoint is not signed, or of another tree.</summary>
    Checkpoint,
}

/// <param name="Fault">What.</param>
/// <param name="Table">Where.</param>
/// <param name="Row">Which row: a leaf, a case, a node, a size.</param>
/// <param name="Event">Which event, when it is one.</param>
/// <param name="Detail">The technical detail, in English.</param>
internal sealed record TrailFinding(TrailFault Fault, string Table, string Row, Guid? Event = null, string? Detail = null);

/// <summary>
/// Holds every row of the trail's tables against what the others say: leaves against their hashes, columns and bodies, the tree against the leaves,
/// head, dossiers and checkpoints against both. It writes nothing. What it cannot see is a history that was rewritten as a whole by somebody who
/// holds database and keys; for that there is the checkpoint that lies elsewhere. A kept checkpoint that was deleted is not missed either: it is a
/// copy of what others hold.
/// </summary>
internal sealed class TrailCheck(DbSession db, KeyRing keys, CheckpointSigner signer)
{
    private const int Page = 500;
    private const int Most = 1000;

    private readonly List<TrailFinding> findings = [];
    private readonly Dictionary<CaseId, Dossier?> dossiers = [];
    private readonly Dictionary<CaseId, DossierState> cases = [];
    private readonly Frontier frontier = Frontier.Empty;
    private bool treeBroken;

    /// <summary>At most a thousand, in the order of the log.</summary>
    public async Task<IReadOnlyList<TrailFinding>> RunAsync(CancellationToken ct)
    {
        try
        {
            await CheckEventsAsync(ct);
            await CheckHeadAsync(ct);
            await CheckStraysAsync(ct);
            await CheckDossiersAsync(ct);
            await CheckCheckpointsAsync(ct);
            return findings;
        }
        finally
        {
            foreach (var dossier in dossiers.Values)
            {
                dossier?.Dispose();
            }
        }
    }

    private async Task CheckEventsAsync(CancellationToken ct)
    {
        var take = Page;
        for (var after = -1L; ;)
        {
            IReadOnlyList<EventRow> rows;
            try
            {
                rows = await db.QueryAsync<EventRow>("trail/check_events", new { After = after, Take = take }, ct);
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                if (take == 1)
                {
                    // The message names the column; those of the body's row begin with its table's name in this query.
                    var table = e.Message.Contains("(body", StringComparison.Ordinal) ? "trail_bodies" : "trail_events";
                    Add(new(TrailFault.Column, table, $"leaf {++after}", Detail: e.Message));
                    treeBroken = true;
                }

                take = 1; // one by one, to find out which row it is
                continue;
            }

            foreach (var row in rows)
            {
                if (row.LeafIndex != frontier.Size && !treeBroken)
                {
                    treeBroken = true; // from here on every place is another one
                    Add(new(TrailFault.LeafMissing, "trail_events", $"leaf {frontier.Size}", row.EventId, $"leaf {row.LeafIndex} came next"));
                }

                await CheckEventAsync(row, ct);
            }

            if (rows.Count < take)
            {
                return;
            }

            after = rows[^1].LeafIndex;
        }
    }

    private async Task CheckEventAsync(EventRow row, CancellationToken ct)
    {
        var place = $"leaf {row.LeafIndex}";
        var hash = MerkleTree.LeafHash(row.Leaf);
        if (!hash.AsSpan().SequenceEqual(row.LeafHash))
        {
            Add(new(TrailFault.LeafHash, "trail_events", place, row.EventId));
        }

        await CheckNodesAsync(hash, ct);
        EventHeader header;
        try
        {
            header = EventHeader.Parse(row.Leaf);
        }
        catch (FormatException e)
        {
            Add(new(TrailFault.LeafUnreadable, "trail_events", place, row.EventId, e.Message));
            return;
        }

        foreach (var column in Columns(row, header))
        {
            Add(new(TrailFault.Column, "trail_events", place, header.Id, column));
        }

        var state = State(row.CaseId);
        if (row.CaseSeq != ++state.Seq)
        {
            Add(new(TrailFault.CaseSeq, "trail_events", place, header.Id, $"number {row.CaseSeq}, expected {state.Seq}"));
            state.Seq = row.CaseSeq;
        }

        state.Erased |= header.Type == "subject.erased";
        await CheckBodyAsync(row, header, state, ct);
    }

    /// <summary>What a value that is none of its column's kind makes the database layer throw.</summary>
    private static bool IsUnreadable(Exception e) => e is System.Data.DataException or FormatException or InvalidCastException or ArgumentException or OverflowException or InvalidOperationException;

    /// <summary>Rows of a small table; one that cannot be read is told of.</summary>
    private async Task<IReadOnlyList<T>> RowsAsync<T>(string query, object? args, TrailFault fault, string table, CancellationToken ct)
    {
        try
        {
            return await db.QueryAsync<T>(query, args, ct);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            Add(new(fault, table, "a row", Detail: e.Message));
            return [];
        }
    }

    private static IEnumerable<string> Columns(EventRow row, EventHeader header)
    {
        if (header.Log != TrailLog.Name)
        {
            yield return "log";
        }

        if (header.Id != row.EventId)
        {
            yield return "event_id";
        }

        if (header.Case != row.CaseId.Value)
        {
            yield return "case_id";
        }

        if (header.CaseSeq != row.CaseSeq)
        {
            yield return "case_seq";
        }

        if (header.Type != row.Type)
        {
            yield return "type";
        }

        if (header.Actor != row.ActorId.ToString())
        {
            yield return "actor_id";
        }

        if (header.At != row.At)
        {
            yield return "at";
        }
    }

    private async Task CheckBodyAsync(EventRow row, EventHeader header, DossierState state, CancellationToken ct)
    {
        var place = $"event {header.Id:D}";
        if (row.Body is not { } blob)
        {
            state.Missing ??= new(TrailFault.BodyMissing, "trail_bodies", place, header.Id);
            return;
        }

        if (row.BodyCaseId != row.CaseId)
        {
            Add(new(TrailFault.Body, "trail_bodies", place, header.Id, "case_id"));
        }

        if (await OpenAsync(row.CaseId, ct) is not { } dossier)
        {
            return; // told with the dossier
        }

        try
        {
            var (salt, body) = TrailBodies.Open(dossier, header.Id, blob);
            if (!Commitment.Matches(header.Commit, salt, body.Span))
            {
                Add(new(TrailFault.Body, "trail_bodies", place, header.Id, "it is not what was committed to"));
            }
        }
        catch (CryptographicException e)
        {
            Add(new(TrailFault.Body, "trail_bodies", place, header.Id, e.Message));
        }
    }

    private async Task CheckNodesAsync(byte[] leafHash, CancellationToken ct)
    {
        foreach (var node in frontier.Append(leafHash))
        {
            var stored = treeBroken ? null : await db.FirstOrDefaultAsync<byte[]>("trail/node", new { node.Level, NodeIndex = node.Index }, ct);
            if (!treeBroken && (stored is null || !stored.AsSpan().SequenceEqual(node.Hash)))
            {
                Add(new(TrailFault.Node, "trail_nodes", $"level {node.Level}, node {node.Index}", Detail: stored is null ? "it is missing" : null));
            }
        }
    }

    private async Task CheckHeadAsync(CancellationToken ct)
    {
        var heads = await RowsAsync<HeadRow>("trail/check_heads", null, TrailFault.Head, "trail_head", ct);
        if (heads.Count != 1 || heads[0].Log != TrailLog.Name)
        {
            Add(new(TrailFault.Head, "trail_head", string.Join(", ", heads.Select(h => h.Log)), Detail: $"expected one row, {TrailLog.Name}"));
        }

        foreach (var head in heads)
        {
            if (head.Size > frontier.Size && !treeBroken)
            {
                // After the last leaf that is there no other shows that one is gone.
                Add(new(TrailFault.LeafMissing, "trail_events", $"leaf {frontier.Size}", Detail: $"the head counts {head.Size} leaves"));
            }

            if (head.Size != frontier.Size)
            {
                Add(new(TrailFault.Head, "trail_head", head.Log, Detail: $"size {head.Size}, but there are {frontier.Size} leaves"));
            }
            else if (!treeBroken && !head.Frontier.AsSpan().SequenceEqual(frontier.ToBytes()))
            {
                Add(new(TrailFault.Head, "trail_head", head.Log, Detail: "its frontier is not that of the leaves"));
            }
        }
    }

    /// <summary>Rows that belong to nothing.</summary>
    private async Task CheckStraysAsync(CancellationToken ct)
    {
        foreach (var body in await RowsAsync<Guid>("trail/check_stray_bodies", null, TrailFault.Body, "trail_bodies", ct))
        {
            Add(new(TrailFault.Body, "trail_bodies", $"event {body:D}", body, "there is no such event"));
        }

        var size = frontier.Size;
        for (var level = 0; level <= 64; level++)
        {
            var complete = level == 0 || level > BitOperations.Log2((ulong)Math.Max(size, 1)) ? 0 : size >> level;
            foreach (var index in await db.QueryAsync<long>("trail/check_stray_nodes", new { Level = level, Complete = complete, Last = level == 64 ? 1 : 0 }, ct))
            {
                Add(new(TrailFault.Node, "trail_nodes", $"level {level}, node {index}", Detail: "the tree has no such node"));
            }
        }
    }

    private async Task CheckDossiersAsync(CancellationToken ct)
    {
        foreach (var row in await RowsAsync<DossierRow>("trail/check_dossiers", null, TrailFault.Dossier, "dossiers", ct))
        {
            var state = State(row.CaseId);
            state.IsThere = true;
            if (row.TrailSeq != state.Seq)
            {
                Add(new(TrailFault.CaseSeq, "dossiers", $"case {row.CaseId}", Detail: $"trail_seq {row.TrailSeq}, but its last event is number {state.Seq}"));
            }

            await OpenAsync(row.CaseId, ct);
        }

        _ = State(CaseId.Organisation); // it has a dossier, if nothing yet in it
        foreach (var (id, state) in cases)
        {
            if (!state.IsThere)
            {
                Add(new(TrailFault.Dossier, "dossiers", $"case {id}", Detail: "it is missing"));
            }

            if (state is { Missing: { } missing, Erased: false })
            {
                Add(missing);
            }
        }
    }

    private async Task CheckCheckpointsAsync(CancellationToken ct)
    {
        var tree = new DatabaseTree(db);
        foreach (var row in await RowsAsync<CheckpointRow>("trail/check_checkpoints", null, TrailFault.Checkpoint, "checkpoints", ct))
        {
            if (await ComplaintAsync(row, tree, ct) is { } complaint)
            {
                Add(new(TrailFault.Checkpoint, "checkpoints", $"size {row.TreeSize}", Detail: complaint));
            }
        }
    }

    private async Task<string?> ComplaintAsync(CheckpointRow row, DatabaseTree tree, CancellationToken ct)
    {
        Checkpoint checkpoint;
        try
        {
            var note = SignedNote.Parse(row.Note);
            if (!signer.Chain.Keys.Any(k => note.Verify(k) is NoteVerdict.Signed))
            {
                return "it is not signed with a key of the log";
            }

            checkpoint = Checkpoint.Parse(note.Text);
        }
        catch (FormatException e)
        {
            return e.Message;
        }

        if (checkpoint.Size != row.TreeSize || checkpoint.Size > frontier.Size)
        {
            return $"its note is of {checkpoint.Size} leaves, and there are {frontier.Size}";
        }

        try
        {
            return treeBroken || (await MerkleTree.RootAsync(tree, checkpoint.Size, ct)).AsSpan().SequenceEqual(checkpoint.Root)
                ? null
                : "the tree has another root";
        }
        catch (TrailRewrittenException e)
        {
            return e.Message; // a node is missing; told with the tree too
        }
    }

    private DossierState State(CaseId id)
    {
        if (!cases.TryGetValue(id, out var state))
        {
            cases[id] = state = new DossierState();
        }

        return state;
    }

    private async Task<Dossier?> OpenAsync(CaseId id, CancellationToken ct)
    {
        if (dossiers.TryGetValue(id, out var dossier))
        {
            return dossier;
        }

        try
        {
            dossier = await Dossier.OpenAsync(db, keys, id, ct);
        }
        catch (Exception e) when (e is CryptographicException or DossierGoneException)
        {
            Add(new(TrailFault.Dossier, "dossiers", $"case {id}", Detail: e.Message));
        }

        return dossiers[id] = dossier;
    }

    private void Add(TrailFinding finding)
    {
        if (findings.Count < Most)
        {
            findings.Add(finding);
        }
    }

    private sealed class DossierState
    {
        public long Seq { get; set; }
        public bool Erased { get; set; }
        public bool IsThere { get; set; }
        public TrailFinding? Missing { get; set; }
    }

    private sealed record EventRow
    {
        public long LeafIndex { get; init; }
        public Guid EventId { get; init; }
        public CaseId CaseId { get; init; }
        public long CaseSeq { get; init; }
        public string Type { get; init; } = "";
        public PersonId ActorId { get; init; }
        public DateTimeOffset At { get; init; }
        public byte[] Leaf { get; init; } = [];
        public byte[] LeafHash { get; init; } = [];
        public byte[]? Body { get; init; }
        public CaseId? BodyCaseId { get; init; }
    }

    private sealed record HeadRow
    {
        public string Log { get; init; } = "";
        public long Size { get; init; }
        public byte[] Frontier { get; init; } = [];
    }

    private sealed record DossierRow
    {
        public CaseId CaseId { get; init; }
        public long TrailSeq { get; init; }
    }

    private sealed record CheckpointRow
    {
        public long TreeSize { get; init; }
        public string Note { get; init; } = "";
    }
}
