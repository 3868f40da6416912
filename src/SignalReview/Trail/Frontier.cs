using System.Numerics;

namespace SignalReview.Trail;

/// <summary>
/// The right edge of the tree: the roots of its complete subtrees, largest first, one per set bit of the size. It is all that
/// is needed to append and to compute the root, and it is what the one-row head of the log stores. Not thread-safe: it belongs
/// to the transaction that holds the head's lock.
/// </summary>
internal sealed class Frontier
{
    private readonly List<byte[]> hashes;

    private Frontier(long size, List<byte[]> hashes)
    {
        Size = size;
        this.hashes = hashes;
    }

    /// <summary>A new frontier of a tree without leaves.</summary>
    public static Frontier Empty => new(0, []);

    public long Size { get; private set; }

    /// <param name="size">Leaves in the tree.</param>
    /// <param name="hashes">What <see cref="ToBytes"/> gave: 32 bytes per set bit of the size.</param>
    public static Frontier Parse(long size, byte[] hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var count = BitOperations.PopCount((ulong)size);
        if (hashes.Length != count * MerkleTree.HashSize)
        {
            throw new FormatException($"A tree of {size} leaves has {count} hashes at its edge, not {hashes.Length} bytes.");
        }

        var edge = new List<byte[]>(count + 1);
        for (var i = 0; i < count; i++)
        {
            edge.Add(hashes.AsSpan(i * MerkleTree.HashSize, MerkleTree.HashSize).ToArray());
        }

        return new Frontier(size, edge);
    }

    /// <summary>Rebuilds the frontier of an earlier size from stored nodes.</summary>
    public static async Task<Frontier> LoadAsync(ITreeNodes nodes, long size, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var edge = new List<byte[]>();
        var start = 0L;
        for (var level = size == 0 ? -1 : BitOperations.Log2((ulong)size); level >= 0; level--)
        {
            if ((size >> level & 1) == 1)
            {
                edge.Add(await nodes.GetAsync(level, start >> level, ct));
                start += 1L << level;
            }
        }

        return new Frontier(size, edge);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[hashes.Count * MerkleTree.HashSize];
        for (var i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(bytes, i * MerkleTree.HashSize);
        }

        return bytes;
    }

    /// <summary>Adds a leaf and gives the interior nodes (level ≥ 1) that it completes, lowest first, to be stored.</summary>
    public IReadOnlyList<TreeNode> Append(ReadOnlySpan<byte> leafHash)
    {
        if (leafHash.Length != MerkleTree.HashSize)
        {
            throw new ArgumentException($"A leaf hash has {MerkleTree.HashSize} bytes, not {leafHash.Length}.", nameof(leafHash));
        }

        var index = Size;
        var hash = leafHash.ToArray();
        var merges = BitOperations.TrailingZeroCount(~Size);
        if (merges == 0)
        {
            hashes.Add(hash);
            Size++;
            return [];
        }

        var completed = new TreeNode[merges];
        for (var level = 1; level <= merges; level++)
        {
            hash = MerkleTree.NodeHash(hashes[^1], hash);
            hashes.RemoveAt(hashes.Count - 1);
            completed[level - 1] = new TreeNode(level, index >> level, hash);
        }

        hashes.Add(hash);
        Size++;
        return completed;
    }

    /// <summary>Adds a leaf where nobody wants the nodes that it completes: nothing is allocated but an entry at the edge.</summary>
    public void Add(ReadOnlySpan<byte> leafHash)
    {
        var merges = BitOperations.TrailingZeroCount(~Size);
        if (merges == 0)
        {
            hashes.Add(leafHash.ToArray());
            Size++;
            return;
        }

        Span<byte> hash = stackalloc byte[MerkleTree.HashSize];
        leafHash.CopyTo(hash);
        for (var level = 1; level <= merges; level++)
        {
            MerkleTree.NodeHash(hashes[^level], hash, hash);
        }

        hashes[^merges] = hash.ToArray();
        hashes.RemoveRange(hashes.Count - merges + 1, merges - 1);
        Size++;
    }

    public byte[] Root()
    {
        if (hashes.Count == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var root = hashes[^1];
        for (var i = hashes.Count - 2; i >= 0; i--)
        {
            root = MerkleTree.NodeHash(hashes[i], root);
        }

        return root;
    }
}
