namespace SignalReview.Trail.Bundles;

public enum BlindKind
{
    Interpretation,
    Vote,

    /// <summary>All ballots of a detached round together: nobody's own, so there is one commitment for all.</summary>
    Urn,
}

/// <summary>What is proved of one blind entry.</summary>
public enum BlindVerdict
{
    /// <summary>Fixed in the tree before its reveal, and not changed since.</summary>
    Blind,

    /// <summary>Fixed in the tree; nothing in the bundle has shown it.</summary>
    NotRevealed,

    /// <summary>Its content is not what was committed to: what was shown need not be what was fixed.</summary>
    Changed,

    /// <summary>It stands after the reveal of the round it belongs to.</summary>
    AfterReveal,

    /// <summary>It was there, but the reveal of its round leaves it out.</summary>
    LeftOut,

    /// <summary>A reveal names it, and it does not stand before that reveal.</summary>
    NotCommitted,

    /// <summary>A reveal names an entry of another round.</summary>
    OtherRound,

    /// <summary>An urn holds more or fewer ballots than people voted.</summary>
    UrnCount,
}

/// <param name="Id">The event.</param>
/// <param name="CaseSeq">Its number in the case.</param>
/// <param name="LeafIndex">Its place in the tree; -1 when no proof gives it.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Actor">Who.</param>
/// <param name="Round">Null for a reading, or when its body is not known.</param>
/// <param name="Changed">Its body does not match its commitment.</param>
/// <param name="Ballots">Of an urn: how many it holds, if its body is known.</param>
internal sealed record BlindEntry(
    Guid Id, long CaseSeq, long LeafIndex, DateTimeOffset At, string Actor, int? Round, bool Changed = false, int? Ballots = null);

/// <summary>A reveal with the entries that lay in the tree before it.</summary>
internal sealed record BlindReveal(BlindKind Kind, int? Round, long CaseSeq, long LeafIndex, DateTimeOffset At, IReadOnlyList<BlindEntry> Entries);

/// <summary>One line of the proof: committed there, revealed there, so blind or not.</summary>
/// <param name="Kind">A reading, a vote, or an urn.</param>
/// <param name="Round">Of a vote.</param>
/// <param name="Event">The entry; of one that is not there, the id that the reveal gives it.</param>
/// <param name="Entry">Null when a reveal names what is not there.</param>
/// <param name="RevealSeq">The number of the reveal in the case; null when there is none.</param>
/// <param name="RevealLeafIndex">Its place in the tree.</param>
/// <param name="RevealedAt">When, by the server's clock.</param>
/// <param name="Verdict">What follows.</param>
/// <param name="Voters">Of an urn: the places in the tree of those who voted, in the order of the tree.</param>
internal sealed record BlindProof(
    BlindKind Kind,
    int? Round,
    Guid Event,
    BlindEntry? Entry,
    long? RevealSeq,
    long? RevealLeafIndex,
    DateTimeOffset? RevealedAt,
    BlindVerdict Verdict,
    IReadOnlyList<long>? Voters = null)
{
    /// <summary>The order of the tree or the reveal is wrong. A changed body is a finding of its own.</summary>
    public bool IsBreach => Verdict is not (BlindVerdict.Blind or BlindVerdict.NotRevealed or BlindVerdict.Changed);
}

/// <summary>What one event adds to the proof.</summary>
/// <param name="Reveal">The reveal that it is.</param>
/// <param name="Proofs">Entries of which the last word is said with it.</param>
internal sealed record BlindStep(BlindReveal? Reveal, IReadOnlyList<BlindProof> Proofs)
{
    public static readonly BlindStep Nothing = new(null, []);
}
