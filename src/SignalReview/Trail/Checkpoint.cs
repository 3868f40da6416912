using System.Globalization;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail;

/// <summary>What a log says of itself at one moment: its origin, its number of leaves, its root (C2SP tlog-checkpoint).</summary>
internal sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    public string ToText() =>
        $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    public Task<string> SignAsync(ICheckpointKey key, CancellationToken ct) => SignedNote.SignAsync([key], Origin, ToText(), ct);

    /// <exception cref="FormatException">Not the text of a checkpoint, or one with extension lines, which this log never writes.</exception>
    public static Checkpoint Parse(string noteText)
    {
        var lines = noteText.Split('\n');
        if (lines is not [{ Length: > 0 } origin, var sizeText, var rootText, ""]
            || !TryParseNumber(sizeText, out var size))
        {
            throw new FormatException("A checkpoint has three lines: origin, size, root.");
        }

        var root = Convert.FromBase64String(rootText);
        if (root.Length != MerkleTree.HashSize || Convert.ToBase64String(root) != rootText)
        {
            throw new FormatException("A checkpoint's root has 32 bytes in base64.");
        }

        return new Checkpoint(origin, size, root);
    }

    /// <summary>A decimal without sign or leading zeroes.</summary>
    internal static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number.ToString(CultureInfo.InvariantCulture) == text;
}
