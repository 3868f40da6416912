using System.Globalization;
using System.Text;

namespace SignalReview.Trail;

/// <summary>One event's inclusion proof with the checkpoint it leads to (C2SP tlog-proof): verifiable without the rest of a bundle.</summary>
internal sealed record TlogProof(long Index, IReadOnlyList<byte[]> Hashes, string Checkpoint)
{
    private const string Head = "c2sp.org/tlog-proof@v1";

    /// <summary>An inclusion proof in a tree of 2^63 leaves has 63 hashes.</summary>
    private const int MaxHashes = 63;

    public override string ToString()
    {
        var text = new StringBuilder(Head).Append('\n');
        text.Append("index ").Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Hashes)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <exception cref="FormatException">Not a proof; one with an <c>extra</c> line, which this log never writes, neither.</exception>
    public static TlogProof Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : text[..end].Split('\n');
        if (lines.Length is < 2 or > 2 + MaxHashes
            || lines[0] != Head
            || !lines[1].StartsWith("index ", StringComparison.Ordinal)
            || !Trail.Checkpoint.TryParseNumber(lines[1]["index ".Length..], out var index))
        {
            throw new FormatException("Not a tlog-proof: expected its head, an index, hashes, an empty line and a checkpoint.");
        }

        return new TlogProof(index, [.. lines[2..].Select(ParseHash)], text[(end + 2)..]);
    }

    internal static byte[] ParseHash(string line)
    {
        var hash = Convert.FromBase64String(line);
        return hash.Length == MerkleTree.HashSize && Convert.ToBase64String(hash) == line
            ? hash
            : throw new FormatException("A line of a proof is 32 bytes in base64.");
    }
}
