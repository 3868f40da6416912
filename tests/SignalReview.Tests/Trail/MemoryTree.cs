using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

/// <summary>The tree's nodes in memory, filled the way the store fills its table: from what <see cref="Frontier.Append"/> gives.</summary>
internal sealed class MemoryTree : ITreeNodes
{
    private readonly Dictionary<(int Level, long Index), byte[]> nodes = [];

    public Frontier Frontier { get; } = Frontier.Empty;

    public void Append(ReadOnlySpan<byte> leaf)
    {
        var hash = MerkleTree.LeafHash(leaf);
        nodes.Add((0, Frontier.Size), hash);
        foreach (var node in Frontier.Append(hash))
        {
            nodes.Add((node.Level, node.Index), node.Hash);
        }
    }

    public ValueTask<byte[]> GetAsync(int level, long index, CancellationToken ct) => ValueTask.FromResult(nodes[(level, index)]);
}
