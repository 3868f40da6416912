using System.Globalization;
using System.Numerics;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Where the leaves [<paramref name="From"/>, <paramref name="To"/>) lie in the tree. With the roots of the complete subtrees before them and the
/// leaves themselves anybody computes the root of the first <paramref name="To"/> leaves; the consistency proof after them leads from there to
/// the checkpoint. So no leaf can be missing, added, changed or moved within the range.
/// </summary>
/// <param name="From">The first leaf.</param>
/// <param name="To">The one after the last.</param>
/// <param name="Before">The edge of the tree of <paramref name="From"/> leaves, largest subtree first: one hash per set bit.</param>
/// <param name="After">RFC 9162 §2.1.4, from <paramref name="To"/> to the checkpoint's size; none when these are equal.</param>
internal sealed record RangeFile(long From, long To, IReadOnlyList<byte[]> Before, IReadOnlyList<byte[]> After)
{
    private const string Head = "signalreview/range/v1";
    private const int MaxLines = 200;

    public static async Task<RangeFile> CreateAsync(ITreeNodes nodes, long from, long to, long size, CancellationToken ct)
    {
        var edge = (await Frontier.LoadAsync(nodes, from, ct)).ToBytes();
        return new(from, to, [.. edge.Chunk(MerkleTree.HashSize)], await MerkleTree.ConsistencyProofAsync(nodes, to, size, ct));
    }

    /// <summary>The tree just before the range.</summary>
    public Frontier Edge() => Frontier.Parse(From, [.. Before.SelectMany(h => h)]);

    public override string ToString()
    {
        var text = new StringBuilder(Head).Append('\n');
        text.Append("from ").Append(From.ToString(CultureInfo.InvariantCulture)).Append('\n');
        text.Append("to ").Append(To.ToString(CultureInfo.InvariantCulture)).Append('\n');
        text.Append("before\n");
        foreach (var hash in Before)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        text.Append("after\n");
        foreach (var hash in After)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">Anything else than what <see cref="ToString"/> gives.</exception>
    public static RangeFile Parse(string text)
    {
        var lines = text.Split('\n');
        var after = Array.IndexOf(lines, "after");
        if (lines.Length is < 6 or > MaxLines
            || lines[0] != Head
            || lines[^1].Length != 0
            || !lines[1].StartsWith("from ", StringComparison.Ordinal)
            || !Checkpoint.TryParseNumber(lines[1]["from ".Length..], out var from)
            || !lines[2].StartsWith("to ", StringComparison.Ordinal)
            || !Checkpoint.TryParseNumber(lines[2]["to ".Length..], out var to)
            || lines[3] != "before"
            || after < 0)
        {
            throw new FormatException("Not a range: expected its head, from, to, before with hashes, after with hashes.");
        }

        if (from >= to || after - 4 != BitOperations.PopCount((ulong)from))
        {
            throw new FormatException("A range has leaves, and as many hashes before it as its start has bits that are set.");
        }

        return new RangeFile(from, to, [.. lines[4..after].Select(TlogProof.ParseHash)], [.. lines[(after + 1)..^1].Select(TlogProof.ParseHash)]);
    }
}
