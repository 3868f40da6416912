using System.Globalization;
using System.Text;

namespace SignalReview.Trail;

/// <summary>Proves that the log at an earlier checkpoint is the beginning of the log at a later one (RFC 9162 §2.1.4).</summary>
internal sealed record ConsistencyFile(long From, long To, IReadOnlyList<byte[]> Hashes)
{
    private const string Head = "signalreview/consistency/v1";
    private const int MaxHashes = 64;

    public override string ToString()
    {
        var text = new StringBuilder(Head).Append('\n');
        text.Append("from ").Append(From.ToString(CultureInfo.InvariantCulture)).Append('\n');
        text.Append("to ").Append(To.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Hashes)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">Anything else than what <see cref="ToString"/> gives.</exception>
    public static ConsistencyFile Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length is < 4 or > 4 + MaxHashes
            || lines[0] != Head
            || lines[^1].Length != 0
            || !lines[1].StartsWith("from ", StringComparison.Ordinal)
            || !Checkpoint.TryParseNumber(lines[1]["from ".Length..], out var from)
            || !lines[2].StartsWith("to ", StringComparison.Ordinal)
            || !Checkpoint.TryParseNumber(lines[2]["to ".Length..], out var to))
        {
            throw new FormatException("Not a consistency proof: expected its head, from, to and hashes.");
        }

        return new ConsistencyFile(from, to, [.. lines[3..^1].Select(TlogProof.ParseHash)]);
    }
}
