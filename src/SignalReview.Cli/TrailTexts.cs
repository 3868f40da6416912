using SignalReview.Trail.Checking;

namespace SignalReview.Cli;

/// <summary>What <c>signalreview trail check</c> says, in one language; for a reader who is no engineer.</summary>
internal abstract class TrailTexts
{
    public static readonly TrailTexts Dutch = new DutchTrailTexts();
    public static readonly TrailTexts English = new EnglishTrailTexts();

    public abstract string Events { get; }

    public abstract string Dossiers { get; }

    public abstract string Erased { get; }

    public abstract string Rows { get; }

    public abstract string Checkpoints { get; }

    public abstract string Proved { get; }

    public abstract string NotProved { get; }

    public abstract string Unreadable { get; }

    public abstract string Headline(bool sound);

    public abstract string More(long count);

    public abstract string Finding(TrailFault fault);
}
