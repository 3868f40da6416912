using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Trail;

/// <summary>Appends events to the log, in the transaction of the state change that they tell of.</summary>
internal static class TrailLog
{
    /// <summary>The log's name; it stands in every header and is the origin of its checkpoints.</summary>
    public const string Name = "signalreview";

    /// <summary>
    /// Writes headers, bodies and tree nodes. Call it last before the commit: it locks the one-row head, for which every other writer waits.
    /// </summary>
    public static async Task AppendAsync(
        DbSession db, Dossier dossier, IReadOnlyList<PendingEvent> events, Guid? cause, string? policy, DateTimeOffset at, CancellationToken ct)
    {
        if (events.Count == 0)
        {
            return;
        }

        var head = await LockHeadAsync(db, dossier.Id, ct);
        var frontier = Frontier.Parse(head.Size, head.Frontier);
        var caseSeq = head.CaseSeq;

        foreach (var pending in events)
        {
            var salt = Commitment.NewSalt();
            var header = new EventHeader(
                Name, pending.Id, at, pending.Type, dossier.Id.Value, ++caseSeq, pending.Actor.ToString(), pending.Role,
                OnBehalfOf: null, cause, policy, Commitment.Compute(salt, pending.Body));
            var leaf = header.ToLeaf();
            var leafHash = MerkleTree.LeafHash(leaf);
            await db.ExecuteAsync(
                "trail/insert_event",
                new
                {
                    LeafIndex = frontier.Size,
                    EventId = pending.Id,
                    CaseId = dossier.Id,
                    CaseSeq = caseSeq,
                    pending.Type,
                    ActorId = pending.Actor,
                    At = at,
                    Leaf = leaf,
                    LeafHash = leafHash,
                },
                ct);
            var sealedBody = dossier.Key.Encrypt([.. salt, .. pending.Body], pending.Id);
            await db.ExecuteAsync("trail/insert_body", new { EventId = pending.Id, CaseId = dossier.Id, Body = sealedBody }, ct);
            foreach (var node in frontier.Append(leafHash).Where(DatabaseTree.Stores))
            {
                await db.ExecuteAsync("trail/insert_subtree", new { node.Level, NodeIndex = node.Index, node.Hash }, ct);
            }
        }

        var saved = await db.ExecuteAsync(
            "trail/save_head", new { Log = Name, frontier.Size, Frontier = frontier.ToBytes(), Before = head.Size }, ct);
        if (saved != 1)
        {
            throw new InvalidOperationException("The trail's head moved inside a transaction that had locked it.");
        }
    }

    /// <summary>From here until the commit nobody else appends.</summary>
    /// <returns>How many events the log has, and how many the dossier.</returns>
    public static async Task<HeadRow> LockHeadAsync(DbSession db, CaseId dossier, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<HeadRow>("trail/lock_head", new { Log = Name, CaseId = dossier }, ct)
        ?? throw new InvalidOperationException("The trail has no head; the database was not prepared.");

    internal sealed record HeadRow
    {
        public long Size { get; init; }
        public byte[] Frontier { get; init; } = [];
        public long CaseSeq { get; init; }
    }
}
