namespace SignalReview.Statistics;

/// <summary>
/// The figures of agreement. All but the first correct for chance, and say something about a <i>set</i> of cases only.
/// </summary>
public enum FigureKind
{
    /// <summary>Of each case: which share of all pairs of colleagues said the same; over a set, the mean of its cases.</summary>
    PercentAgreement,

    /// <summary>Krippendorff's α where two answers are the same or not.</summary>
    AlphaNominal,

    /// <summary>Krippendorff's α where answers have an order.</summary>
    AlphaOrdinal,

    /// <summary>Krippendorff's α where steps between answers are equal.</summary>
    AlphaInterval,

    /// <summary>Krippendorff's α where zero means none at all.</summary>
    AlphaRatio,

    /// <summary>Fleiss' κ, as Gwet extended it to cases with unequal numbers of colleagues.</summary>
    FleissKappa,

    /// <summary>Gwet's AC1.</summary>
    GwetAc1,
}

/// <summary>Why there is no figure. It is then neither 0 nor 1: it does not exist.</summary>
public enum NoFigure
{
    /// <summary>Nobody answered.</summary>
    NoRatings,

    /// <summary>No case was answered by two colleagues, so there is nothing to compare.</summary>
    NoPairs,

    /// <summary>One case alone: every chance-corrected figure would be 0, or 0/0, whatever was said.</summary>
    OneCase,

    /// <summary>All said the same in all cases: nothing shows what agreement by chance would be.</summary>
    OneCategory,
}

/// <summary>Why there is a figure without an interval.</summary>
public enum NoInterval
{
    /// <summary>There is no figure.</summary>
    NoFigure,

    /// <summary>Fewer cases than <see cref="Bootstrap.FewestUnits"/>.</summary>
    TooFewCases,

    /// <summary>Too many draws came out without a figure, as only a few cases have another answer than the rest.</summary>
    TooOneSided,

    /// <summary>Every draw gives the same figure; the interval would have no width, and pretend to certainty.</summary>
    NoSpread,
}

/// <param name="Low">2.5 % of the draws lie below.</param>
/// <param name="High">2.5 % of the draws lie above.</param>
/// <param name="Draws">How many draws had a figure.</param>
public sealed record ConfidenceInterval(double Low, double High, int Draws);

/// <param name="Kind">Which figure.</param>
/// <param name="Value">Null: it does not exist.</param>
/// <param name="Why">Why it does not exist; null when there is a value.</param>
/// <param name="Interval">95 %; null: there is none.</param>
/// <param name="WhyNoInterval">Why there is none; null when there is one.</param>
public sealed record Figure(FigureKind Kind, double? Value, NoFigure? Why, ConfidenceInterval? Interval, NoInterval? WhyNoInterval);
