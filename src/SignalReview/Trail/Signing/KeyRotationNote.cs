using System.Globalization;

namespace SignalReview.Trail.Signing;

/// <summary>
/// The signing key's handing over, as a signed note (C2SP) with two signatures: by the key that goes, and by the one that comes. The old key
/// signs nothing larger than the tree that stands in it.
/// </summary>
/// <param name="Origin">The log.</param>
/// <param name="Old">The key that goes.</param>
/// <param name="New">The key that comes.</param>
/// <param name="Size">How many events there were.</param>
/// <param name="Root">The root of the tree of these.</param>
/// <param name="Note">The note, verbatim.</param>
internal sealed record KeyRotationNote(string Origin, VerifierKey Old, VerifierKey New, long Size, byte[] Root, string Note)
{
    public const string Head = "signalreview/key-rotation/v1";

    public static async Task<KeyRotationNote> SignAsync(
        ICheckpointKey from, ICheckpointKey to, Checkpoint checkpoint, CancellationToken ct)
    {
        var (old, @new) = (new VerifierKey(checkpoint.Origin, from.PublicKey), new VerifierKey(checkpoint.Origin, to.PublicKey));
        var note = await SignedNote.SignAsync([from, to], checkpoint.Origin, TextOf(checkpoint.Origin, old, @new, checkpoint.Size, checkpoint.Root), ct);
        return Parse(note);
    }

    /// <exception cref="FormatException">No such note, or its signatures are not those of the two keys that it names.</exception>
    public static KeyRotationNote Parse(string note)
    {
        var signed = SignedNote.Parse(note);
        if (signed.Text.Split('\n') is not [Head, var origin, var oldLine, var newLine, var sizeText, var rootText, ""]
            || Value(oldLine, "old ") is not { } oldText
            || Value(newLine, "new ") is not { } newText
            || !Checkpoint.TryParseNumber(sizeText, out var size))
        {
            throw new FormatException("A note on a key's rotation has six lines: its head, origin, old key, new key, size, root.");
        }

        var (old, @new, root) = (VerifierKey.Parse(oldText), VerifierKey.Parse(newText), TlogProof.ParseHash(rootText));
        if (TextOf(origin, old, @new, size, root) != signed.Text)
        {
            throw new FormatException("A note on a key's rotation has one form only.");
        }

        if (old.Name != origin || @new.Name != origin || old.Id == @new.Id)
        {
            throw new FormatException("A key's rotation names two keys of the log.");
        }

        if (signed.Signatures.Count != 2 || signed.Verify(old) != NoteVerdict.Signed || signed.Verify(@new) != NoteVerdict.Signed)
        {
            throw new FormatException($"The rotation from key {old.IdText} to {@new.IdText} is not signed by both.");
        }

        return new(origin, old, @new, size, root, note);
    }

    private static string TextOf(string origin, VerifierKey old, VerifierKey @new, long size, byte[] root) =>
        $"{Head}\n{origin}\nold {old}\nnew {@new}\n{size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(root)}\n";

    private static string? Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;
}

/// <summary>What a chain of keys says of a signed note.</summary>
internal enum ChainVerdict
{
    Signed,

    /// <summary>By none of the keys.</summary>
    OtherKey,

    /// <summary>It names one of the keys, but is not its signature.</summary>
    BadSignature,

    /// <summary>By a key of the chain that had been handed over before.</summary>
    RetiredKey,
}

/// <summary>
/// The keys of a log one after the other, as its rotations tell. Whoever trusts one of them can follow the notes to all others: each is vouched
/// for by its neighbour. With no rotations it is that one key.
/// </summary>
internal sealed class KeyChain
{
    private KeyChain(VerifierKey trusted, IReadOnlyList<KeyRotationNote> notes)
    {
        Trusted = trusted;
        Notes = notes;
        Keys = notes.Count == 0 ? [trusted] : [notes[0].Old, .. notes.Select(n => n.New)];
    }

    public VerifierKey Trusted { get; }

    public IReadOnlyList<KeyRotationNote> Notes { get; }

    /// <summary>First to last.</summary>
    public IReadOnlyList<VerifierKey> Keys { get; }

    public VerifierKey Last => Keys[^1];

    public static KeyChain Of(VerifierKey trusted) => new(trusted, []);

    /// <param name="trusted">The key that the verifier got over a way of their own.</param>
    /// <param name="text">The notes one after the other, an empty line between two; as <see cref="ToText"/> gives.</param>
    /// <exception cref="FormatException">A note is forged, the notes do not follow one another, or the trusted key is not among them.</exception>
    public static KeyChain Parse(VerifierKey trusted, string text)
    {
        List<KeyRotationNote> notes = [];
        var starts = $"\n\n{KeyRotationNote.Head}\n";
        for (var rest = text; rest.Length > 0;)
        {
            var next = rest.IndexOf(starts, StringComparison.Ordinal);
            notes.Add(KeyRotationNote.Parse(next < 0 ? rest : rest[..(next + 1)]));
            rest = next < 0 ? "" : rest[(next + 2)..];
        }

        return Of(trusted, notes);
    }

    /// <inheritdoc cref="Parse"/>
    public static KeyChain Of(VerifierKey trusted, IReadOnlyList<KeyRotationNote> notes)
    {
        for (var i = 1; i < notes.Count; i++)
        {
            if (notes[i].Old.ToString() != notes[i - 1].New.ToString() || notes[i].Size < notes[i - 1].Size)
            {
                throw new FormatException($"The rotation to key {notes[i].New.IdText} does not follow that to {notes[i - 1].New.IdText}.");
            }
        }

        var chain = new KeyChain(trusted, notes);
        if (chain.Keys.Select(k => k.Id).Distinct().Count() != chain.Keys.Count)
        {
            throw new FormatException("A key comes back after it was handed over.");
        }

        return chain.Keys.Any(k => k.ToString() == trusted.ToString())
            ? chain
            : throw new FormatException($"The key {trusted.IdText} that is trusted is not among those that were rotated.");
    }

    public static string ToText(IEnumerable<KeyRotationNote> notes) => string.Join("\n", notes.Select(n => n.Note));

    /// <param name="note">The note.</param>
    /// <param name="size">The tree's size in it, when it is a checkpoint: a key that was handed over signs nothing larger than what it had by then.</param>
    public ChainVerdict Verify(SignedNote note, long? size)
    {
        var verdict = ChainVerdict.OtherKey;
        foreach (var (place, key) in Keys.Index())
        {
            switch (note.Verify(key))
            {
                case NoteVerdict.BadSignature:
                    return ChainVerdict.BadSignature;
                case NoteVerdict.Signed when place == Notes.Count || size is null || size <= Notes[place].Size:
                    return ChainVerdict.Signed;
                case NoteVerdict.Signed:
                    verdict = ChainVerdict.RetiredKey;
                    break;
                case NoteVerdict.OtherKey:
                    break;
            }
        }

        return verdict;
    }
}
