using SignalReview.Storage;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail;

/// <summary>The stored tree. Level 0 stands with the events, complete subtrees above it in a table of their own.</summary>
internal sealed class DatabaseTree(DbSession db) : ITreeNodes
{
    public async ValueTask<byte[]> GetAsync(int level, long index, CancellationToken ct)
    {
        var hash = level == 0
            ? await db.FirstOrDefaultAsync<byte[]>("trail/leaf_hash", new { LeafIndex = index }, ct)
            : await db.FirstOrDefaultAsync<byte[]>("trail/node", new { Level = level, NodeIndex = index }, ct);
        return hash ?? throw new TrailRewrittenException(
            new(TrailAlarmKind.TreeDamaged, 0, 0, level == 0 ? index : null), $"The trail lacks node {index} of level {level}: it was removed.");
    }
}
