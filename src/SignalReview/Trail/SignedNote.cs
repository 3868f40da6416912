using System.Buffers.Binary;
using System.Text;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail;

internal readonly record struct NoteSignature(string Name, uint KeyId, byte[] Bytes);

internal enum NoteVerdict
{
    Signed,

    /// <summary>No signature names the key that is trusted.</summary>
    OtherKey,

    /// <summary>A signature names the trusted key, but is not its signature over this text.</summary>
    BadSignature,
}

/// <summary>A text with signatures below it, as C2SP signed-note lays it out. Nothing in the text counts before <see cref="Verify"/>.</summary>
internal sealed class SignedNote
{
    private const string SignaturePrefix = "— ";
    private const int MaxSignatures = 64;
    private const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>Ends in a newline.</summary>
    public string Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <param name="keys">Who sign, one line each.</param>
    /// <param name="name">The keys' name; for a log, its origin.</param>
    /// <param name="text">Lines, the last one ending in a newline too.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="CheckpointKeyException">A key could not be used.</exception>
    public static async Task<string> SignAsync(IReadOnlyList<ICheckpointKey> keys, string name, string text, CancellationToken ct)
    {
        RefuseUnsignable(text);
        var note = new StringBuilder(text).Append('\n');
        foreach (var key in keys)
        {
            var signature = await key.SignAsync(Utf8.GetBytes(text), ct);
            var bytes = new byte[4 + signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, new VerifierKey(name, key.PublicKey).Id);
            signature.CopyTo(bytes, 4);
            note.Append(SignaturePrefix).Append(name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }

        return note.ToString();
    }

    /// <exception cref="FormatException">Not a signed note.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength)
        {
            throw new FormatException("A note of more than 1 MiB is not read.");
        }

        try
        {
            return Parse(Utf8.GetString(utf8));
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("The note is not UTF-8.", e);
        }
    }

    /// <exception cref="FormatException">Not a signed note.</exception>
    public static SignedNote Parse(string note)
    {
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || note[^1] != '\n')
        {
            throw new FormatException("Not a signed note: text, an empty line and signatures are expected.");
        }

        var text = note[..(split + 1)];
        RefuseUnsignable(text);
        var lines = note[(split + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MaxSignatures)
        {
            throw new FormatException($"A signed note has 1 to {MaxSignatures} signatures.");
        }

        return new SignedNote(text, [.. lines.Select(ParseSignature)]);
    }

    public NoteVerdict Verify(VerifierKey key)
    {
        var mine = Signatures.Where(s => s.KeyId == key.Id && s.Name == key.Name).ToList();
        if (mine.Count == 0)
        {
            return NoteVerdict.OtherKey;
        }

        var message = Utf8.GetBytes(Text);
        return mine.TrueForAll(s => key.Verify(message, s.Bytes)) ? NoteVerdict.Signed : NoteVerdict.BadSignature;
    }

    internal static bool IsKeyName(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAny('+', '\n') && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static NoteSignature ParseSignature(string line)
    {
        var parts = line.StartsWith(SignaturePrefix, StringComparison.Ordinal) ? line[SignaturePrefix.Length..].Split(' ') : [];
        if (parts.Length != 2 || !IsKeyName(parts[0]))
        {
            throw new FormatException("A signature line is: em dash, space, key name, space, base64.");
        }

        var bytes = Convert.FromBase64String(parts[1]);
        if (bytes.Length <= 4 || Convert.ToBase64String(bytes) != parts[1])
        {
            throw new FormatException("A signature is too short or not in plain base64.");
        }

        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]);
    }

    private static void RefuseUnsignable(string text)
    {
        if (!text.EndsWith('\n') || text.Any(c => c < ' ' && c != '\n'))
        {
            throw new FormatException("A note's text ends in a newline and holds no other control characters.");
        }
    }
}
