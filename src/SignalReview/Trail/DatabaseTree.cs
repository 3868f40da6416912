using SignalReview.Storage;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail;

/// <summary>
/// The stored tree. Level 0 stands with the events, complete subtrees of 16 leaves and more in a table of their own; what lies between is hashed from
/// its leaves. A node that is there never changes, and the proofs of a case need many that lie near each other: so neighbours are read together, and
/// those that were read last are kept.
/// </summary>
internal sealed class DatabaseTree(DbSession db) : ITreeNodes
{
    /// <summary>Below it a table would cost each event a row, to spare a proof a few hashes.</summary>
    public const int LowestStored = 4;

    private const int Kept = 8192;
    private const int Together = 32;

    private readonly Dictionary<(int Level, long Index), byte[]> nodes = [];

    /// <summary>Whether a complete subtree has a row of its own.</summary>
    public static bool Stores(TreeNode node) => node.Level >= LowestStored;

    public async ValueTask<byte[]> GetAsync(int level, long index, CancellationToken ct)
    {
        if (nodes.TryGetValue((level, index), out var known))
        {
            return known;
        }

        if (nodes.Count > Kept)
        {
            nodes.Clear();
        }

        if (level is > 0 and < LowestStored)
        {
            var (left, right) = (await GetAsync(level - 1, index * 2, ct), await GetAsync(level - 1, (index * 2) + 1, ct));
            return nodes[(level, index)] = MerkleTree.NodeHash(left, right);
        }

        var first = index / Together * Together;
        var args = new { Level = level, First = first, End = first + Together };
        var rows = level == 0
            ? await db.QueryAsync<NodeRow>("trail/leaf_hashes", new { args.First, args.End }, ct)
            : await db.QueryAsync<NodeRow>("trail/subtrees", args, ct);
        foreach (var row in rows)
        {
            nodes[(level, row.NodeIndex)] = row.Hash;
        }

        return nodes.TryGetValue((level, index), out var hash)
            ? hash
            : throw new TrailRewrittenException(
                new(TrailAlarmKind.TreeDamaged, 0, 0, level == 0 ? index : null), $"The trail lacks node {index} of level {level}: it was removed.");
    }

    private sealed record NodeRow
    {
        public long NodeIndex { get; init; }
        public byte[] Hash { get; init; } = [];
    }
}
