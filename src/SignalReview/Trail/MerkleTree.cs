using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace SignalReview.Trail;

/// <summary>A complete subtree of 2^<paramref name="Level"/> leaves, the <paramref name="Index"/>-th of its level.</summary>
internal readonly record struct TreeNode(int Level, long Index, byte[] Hash);

/// <summary>
/// Where the hashes of complete subtrees are kept. Level 0 holds the leaf hashes, level n the roots of 2^n leaves; a node, once
/// complete, never changes.
/// </summary>
internal interface ITreeNodes
{
    ValueTask<byte[]> GetAsync(int level, long index, CancellationToken ct);
}

/// <summary>Hashing and proofs of RFC 6962 §2.1 and RFC 9162 §2.1 with SHA-256. Indexes are zero-based.</summary>
internal static class MerkleTree
{
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData(ReadOnlySpan<byte>.Empty);

    public static byte[] LeafHash(ReadOnlySpan<byte> leaf)
    {
        var hash = new byte[HashSize];
        LeafHash(leaf, hash);
        return hash;
    }

    public static void LeafHash(ReadOnlySpan<byte> leaf, Span<byte> hash)
    {
        var length = leaf.Length + 1;
        byte[]? rented = null;
        var input = length <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(length);
        input[0] = 0x00;
        leaf.CopyTo(input[1..]);
        SHA256.HashData(input[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[HashSize];
        NodeHash(left, right, hash);
        return hash;
    }

    /// <summary>The result may overwrite one of the two.</summary>
    public static void NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[1 + 2 * HashSize];
        input[0] = 0x01;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashSize)..]);
        SHA256.HashData(input, hash);
    }

    /// <summary>The sibling hashes from the leaf up to just below the root of the first <paramref name="treeSize"/> leaves.</summary>
    public static async Task<List<byte[]>> InclusionProofAsync(ITreeNodes nodes, long leafIndex, long treeSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leafIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leafIndex, treeSize);
        var topDown = new List<byte[]>();
        var (start, size) = (0L, treeSize);
        while (size > 1)
        {
            var split = LargestPowerOfTwoBelow(size);
            if (leafIndex - start < split)
            {
                topDown.Add(await RangeRootAsync(nodes, start + split, size - split, ct));
                size = split;
            }
            else
            {
                topDown.Add(await RangeRootAsync(nodes, start, split, ct));
                (start, size) = (start + split, size - split);
            }
        }

        topDown.Reverse();
        return topDown;
    }

    /// <summary>Proves that the tree of <paramref name="oldSize"/> leaves is the beginning of the tree of <paramref name="newSize"/>.</summary>
    public static async Task<List<byte[]>> ConsistencyProofAsync(ITreeNodes nodes, long oldSize, long newSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var topDown = new List<byte[]>();
        if (oldSize == 0 || oldSize == newSize)
        {
            return topDown; // the empty tree is the beginning of all, and a tree of itself
        }

        var (start, size, old, whole) = (0L, newSize, oldSize, true);
        while (old != size)
        {
            var split = LargestPowerOfTwoBelow(size);
            if (old <= split)
            {
                topDown.Add(await RangeRootAsync(nodes, start + split, size - split, ct));
                size = split;
            }
            else
            {
                topDown.Add(await RangeRootAsync(nodes, start, split, ct));
                (start, size, old, whole) = (start + split, size - split, old - split, false);
            }
        }

        if (!whole)
        {
            topDown.Add(await RangeRootAsync(nodes, start, size, ct));
        }

        topDown.Reverse();
        return topDown;
    }

    /// <summary>The root of the first <paramref name="size"/> leaves, also of a size that was passed long ago.</summary>
    public static async ValueTask<byte[]> RootAsync(ITreeNodes nodes, long size, CancellationToken ct) =>
        size == 0 ? EmptyRoot : await RangeRootAsync(nodes, 0, size, ct);

    /// <summary>RFC 9162 §2.1.3.2.</summary>
    public static bool VerifyInclusion(
        ReadOnlySpan<byte> leafHash, long leafIndex, long treeSize, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (leafIndex < 0 || leafIndex >= treeSize)
        {
            return false;
        }

        var (fn, sn) = (leafIndex, treeSize - 1);
        var hash = leafHash.ToArray();
        foreach (var sibling in proof)
        {
            if (sn == 0 || sibling.Length != HashSize)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = NodeHash(sibling, hash);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && root.SequenceEqual(hash);
    }

    /// <summary>RFC 9162 §2.1.4.2.</summary>
    public static bool VerifyConsistency(
        long oldSize, ReadOnlySpan<byte> oldRoot, long newSize, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        if (oldSize < 0 || oldSize > newSize || proof.Any(h => h.Length != HashSize))
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.Count == 0 && oldRoot.SequenceEqual(newRoot);
        }

        if (oldSize == 0)
        {
            return proof.Count == 0 && oldRoot.SequenceEqual(EmptyRoot);
        }

        var next = 0;
        var (fn, sn) = (oldSize - 1, newSize - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        if (!BitOperations.IsPow2(oldSize) && proof.Count == 0)
        {
            return false;
        }

        var fr = BitOperations.IsPow2(oldSize) ? oldRoot.ToArray() : proof[next++];
        var sr = fr;
        for (; next < proof.Count; next++)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (NodeHash(proof[next], fr), NodeHash(proof[next], sr));
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                sr = NodeHash(sr, proof[next]);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && oldRoot.SequenceEqual(fr) && newRoot.SequenceEqual(sr);
    }

    /// <summary>
    /// The root of the leaves [start, start + size). In this tree such a range always starts at a multiple of the power of two
    /// that covers it, so its complete parts are stored nodes: at most one read per set bit of the size.
    /// </summary>
    private static async ValueTask<byte[]> RangeRootAsync(ITreeNodes nodes, long start, long size, CancellationToken ct)
    {
        byte[]? hash = null;
        // From the smallest part, at the right, to the largest.
        for (var (rest, end) = (size, start + size); rest > 0;)
        {
            var level = BitOperations.TrailingZeroCount(rest);
            end -= 1L << level;
            var node = await nodes.GetAsync(level, end >> level, ct);
            hash = hash is null ? node : NodeHash(node, hash);
            rest &= rest - 1;
        }

        return hash!;
    }

    private static long LargestPowerOfTwoBelow(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
