using SignalReview.Storage;

namespace SignalReview.Trail;

/// <summary>
/// The stored tree. Level 0 stands with the events, complete subtrees above it in a table of their own. A node that is there never changes, so
/// those that were read last are kept: the proofs of one case share most of theirs.
/// </summary>
internal sealed class DatabaseTree(DbSession db) : ITreeNodes
{
    private const int Kept = 4096;

    private readonly Dictionary<(int Level, long Index), byte[]> nodes = [];

    public async ValueTask<byte[]> GetAsync(int level, long index, CancellationToken ct)
    {
        if (nodes.TryGetValue((level, index), out var known))
        {
            return known;
        }

        var hash = level == 0
            ? await db.FirstOrDefaultAsync<byte[]>("trail/leaf_hash", new { LeafIndex = index }, ct)
            : await db.FirstOrDefaultAsync<byte[]>("trail/node", new { Level = level, NodeIndex = index }, ct);
        if (nodes.Count == Kept)
        {
            nodes.Clear();
        }

        return nodes[(level, index)] = hash ?? throw new InvalidOperationException($"The trail lacks node {index} of level {level}.");
    }
}
