using SignalReview.Trail.Bundles;

namespace SignalReview.Cli;

/// <summary>What <c>signalreview verify</c> says, in one language; for a reader who is no engineer.</summary>
internal abstract class VerifyTexts
{
    public static readonly VerifyTexts Dutch = new DutchVerifyTexts();
    public static readonly VerifyTexts English = new EnglishVerifyTexts();

    public abstract string Case { get; }

    public abstract string Log { get; }

    public abstract string Events { get; }

    public abstract string Checkpoint { get; }

    public abstract string Omitted { get; }

    public abstract string Blind { get; }

    public abstract string Since { get; }

    public abstract string Key { get; }

    public abstract string Stamped { get; }

    /// <param name="id">The id of the key that signed.</param>
    /// <param name="handovers">How far it is from the one that was given; negative: before it.</param>
    public abstract string SignedBy(string id, int handovers);

    public abstract string StampedAt(string authority, long size, string time, bool trusted);

    public abstract string None { get; }

    public abstract string Scope { get; }

    public abstract string Profile { get; }

    public abstract string Range { get; }

    public abstract string NotJudged { get; }

    /// <summary>What a valid bundle proves, for somebody who has to rely on it.</summary>
    public abstract string Proved(BundleScope scope);

    public abstract string ScopeOf(BundleScope scope, BundlePeriod? period);

    public abstract string ProfileOf(string profile);

    /// <summary>Of many cases at once.</summary>
    public abstract string EventsOfMany(long count, string first, string last);

    public abstract string Leaves(long from, long to);

    public abstract string BlindProved(long count);

    public abstract string NotJudgedWhy(string file);

    public abstract string NotProved { get; }

    public abstract string Headline(Verdict verdict);

    public abstract string EventRange(long count, string first, string last);

    public abstract string Tree(long size, string root);

    public abstract string SinceSize(long size);

    public abstract string OmittedBecause(BodyOmission reason);

    public abstract string Reveal(BlindReveal reveal);

    /// <summary>One blind entry: where it was fixed, where revealed, what follows.</summary>
    public abstract string Proof(BlindProof proof);

    public abstract string Urn { get; }

    public abstract string StillBlind(long count);

    public abstract string Where(Finding finding);

    public abstract string More(long count);

    public abstract string Unreadable(string what, string why);

    public abstract string Finding(FindingCode code);
}
