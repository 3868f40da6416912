namespace SignalReview.Trail.Bundles;

/// <summary>The entries of one kind that wait for their reveal, and what each reveal does to them.</summary>
internal sealed class BlindTrack(BlindKind kind)
{
    private readonly HashSet<int> ended = [];

    public List<BlindEntry> Open { get; } = [];

    public static BlindProof Late(BlindKind kind, BlindEntry entry) =>
        new(kind, entry.Round, entry.Id, entry, null, null, null, BlindVerdict.AfterReveal);

    /// <summary>The round was revealed.</summary>
    public bool HasEnded(int? round) => round is { } known && ended.Contains(known);

    public IEnumerable<BlindProof> NotRevealed() =>
        Open.Select(e => new BlindProof(kind, e.Round, e.Id, e, null, null, null, e.Changed ? BlindVerdict.Changed : BlindVerdict.NotRevealed));

    public BlindStep Enter(BlindEntry entry)
    {
        if (HasEnded(entry.Round))
        {
            return new(null, [Late(kind, entry)]);
        }

        Open.Add(entry);
        return BlindStep.Nothing;
    }

    /// <param name="reveal">The reveal's own event.</param>
    /// <param name="named">The entries that it names; null when its body is not known.</param>
    public BlindStep Reveal(BlindEntry reveal, List<Guid>? named)
    {
        var proofs = new List<BlindProof>();
        var shown = new List<BlindEntry>();
        foreach (var entry in Open.ToList())
        {
            var isNamed = named?.Contains(entry.Id) ?? Fits(entry, reveal);
            if (!isNamed && (named is null || !BelongsTo(entry, reveal)))
            {
                continue; // of another round, or nobody can tell
            }

            Open.Remove(entry);
            var verdict = !isNamed ? BlindVerdict.LeftOut
                : !Fits(entry, reveal) ? BlindVerdict.OtherRound
                : entry.Changed ? BlindVerdict.Changed
                : BlindVerdict.Blind;
            if (isNamed)
            {
                shown.Add(entry);
            }

            proofs.Add(Proof(reveal, entry.Id, entry, verdict));
        }

        proofs.AddRange((named ?? []).Distinct().Where(id => shown.TrueForAll(e => e.Id != id)).Select(id => Proof(reveal, id, null, BlindVerdict.NotCommitted)));
        if (reveal.Round is { } round)
        {
            ended.Add(round);
        }

        return new(new(kind, reveal.Round, reveal.CaseSeq, reveal.LeafIndex, reveal.At, shown), proofs);
    }

    /// <summary>The entry's round is the reveal's, as far as both are known.</summary>
    private static bool Fits(BlindEntry entry, BlindEntry reveal) => entry.Round is null || reveal.Round is null || entry.Round == reveal.Round;

    /// <summary>A reading belongs to the next reveal; a vote to that of its round, when its round is known.</summary>
    private bool BelongsTo(BlindEntry entry, BlindEntry reveal) =>
        kind == BlindKind.Interpretation || (entry.Round is not null && entry.Round == reveal.Round);

    private BlindProof Proof(BlindEntry reveal, Guid id, BlindEntry? entry, BlindVerdict verdict) =>
        new(kind, reveal.Round ?? entry?.Round, id, entry, reveal.CaseSeq, reveal.LeafIndex, reveal.At, verdict);
}

/// <summary>Who voted in the detached rounds: as many as there are ballots in the urn.</summary>
internal sealed class BlindUrnVoters
{
    private readonly List<BlindEntry> all = [];

    public void Add(BlindEntry voter) => all.Add(voter);

    /// <summary>Holds an urn that is in order against the number of people who voted; when a body is not known nothing can be counted.</summary>
    public BlindProof Judge(BlindProof urn)
    {
        if (urn.Entry is not { } entry)
        {
            return urn;
        }

        var mine = all.Where(v => v.CaseSeq < entry.CaseSeq && (v.Round is null || entry.Round is null || v.Round == entry.Round)).ToList();
        var known = entry is { Ballots: not null, Round: not null } && mine.TrueForAll(v => v.Round is not null);
        return urn with
        {
            Voters = [.. mine.Select(v => v.LeafIndex)],
            Verdict = urn.Verdict == BlindVerdict.Blind && known && mine.Count != entry.Ballots ? BlindVerdict.UrnCount : urn.Verdict,
        };
    }
}
