using SignalReview.Storage;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail.Checking;

/// <summary>
/// Looks below the tree's stored hashes: that each row says what its header says, the header hashes to what stands beside it, and these to the
/// tree above them. The signer vouches for no more than was looked at so.
/// </summary>
internal sealed class TreeCheck(DbSession db)
{
    /// <summary>How many events one round looks at again.</summary>
    public const int ChunkSize = 1 << ChunkLevel;

    /// <summary>At most so many new ones are looked at before they are signed for; what is older is looked at in its turn.</summary>
    public const int MostNew = 1 << 16;

    private const int ChunkLevel = 12;

    private readonly DatabaseTree nodes = new(db);

    /// <summary>The events that came since a checkpoint.</summary>
    /// <param name="from">The checkpoint's size.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="head">The head's frontier, as it is stored.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="TrailRewrittenException">They do not fit.</exception>
    public async Task NewAsync(long from, long size, byte[] head, CancellationToken ct)
    {
        var start = Math.Max(from, size - MostNew);
        var frontier = await Frontier.LoadAsync(nodes, start, ct);
        await foreach (var row in RowsAsync(start, size, ct))
        {
            frontier.Append(row.LeafHash);
        }

        var root = await MerkleTree.RootAsync(nodes, size, ct);
        if (!root.AsSpan().SequenceEqual(frontier.Root()) || !frontier.ToBytes().AsSpan().SequenceEqual(head))
        {
            throw Damaged(size, null, $"The hashes of the tree of {size} events do not fit its events.");
        }
    }

    /// <summary>One chunk of older events, with all of the tree that stands on it.</summary>
    /// <param name="chunk">Its number, from 0.</param>
    /// <param name="size">How many events there are; the last chunk may be shorter.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="TrailRewrittenException">They do not fit.</exception>
    public async Task SweepAsync(long chunk, long size, CancellationToken ct)
    {
        var start = chunk * ChunkSize;
        var until = Math.Min(start + ChunkSize, size);
        var computed = new List<TreeNode>();
        var frontier = Frontier.Empty;
        await foreach (var row in RowsAsync(start, until, ct))
        {
            computed.AddRange(frontier.Append(row.LeafHash).Where(DatabaseTree.Stores));
        }

        foreach (var level in computed.GroupBy(node => node.Level))
        {
            var offset = start >> level.Key;
            var stored = (await db.QueryAsync<NodeRow>("trail/subtrees", new { Level = level.Key, First = offset, End = offset + level.Count() }, ct))
                .ToDictionary(node => node.NodeIndex, node => node.Hash);
            foreach (var node in level)
            {
                Compare(level.Key, offset + node.Index, node.Hash, stored.GetValueOrDefault(offset + node.Index), size);
            }
        }

        // The last chunk below a larger subtree looks at that one's own hash.
        for (int level = ChunkLevel + 1; until == start + ChunkSize && ((chunk + 1) & ((1L << (level - ChunkLevel)) - 1)) == 0; level++)
        {
            var index = until - 1 >> level;
            var (left, right) = (await nodes.GetAsync(level - 1, index * 2, ct), await nodes.GetAsync(level - 1, (index * 2) + 1, ct));
            Compare(level, index, MerkleTree.NodeHash(left, right), await nodes.GetAsync(level, index, ct), size);
        }
    }

    private static void Compare(int level, long index, byte[] computed, byte[]? stored, long size)
    {
        if (stored is null || !stored.AsSpan().SequenceEqual(computed))
        {
            throw Damaged(size, index << level, $"Node {index} of level {level} of the tree is {(stored is null ? "missing" : "wrong")}.");
        }
    }

    private static TrailRewrittenException Damaged(long size, long? leaf, string message) => new(new(TrailAlarmKind.TreeDamaged, 0, size, leaf), message);

    private async IAsyncEnumerable<LeafRow> RowsAsync(long from, long until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var expected = from;
        await foreach (var row in db.StreamAsync<LeafRow>("signing/leaves", new { From = from, Until = until }, ct))
        {
            if (row.LeafIndex != expected || !Fits(row))
            {
                throw new TrailRewrittenException(
                    new(TrailAlarmKind.EventChanged, 0, until, expected),
                    row.LeafIndex == expected ? $"Event {expected} of the trail is not what its hash says: its row was changed." : $"Event {expected} of the trail is missing.");
            }

            expected++;
            yield return row;
        }

        if (expected != until)
        {
            throw new TrailRewrittenException(new(TrailAlarmKind.EventChanged, 0, until, expected), $"Event {expected} of the trail is missing.");
        }
    }

    private static bool Fits(LeafRow row) => LeafCheck.Complaints(row, out _, out _).Count == 0;

    private sealed record NodeRow
    {
        public long NodeIndex { get; init; }
        public byte[] Hash { get; init; } = [];
    }
}
