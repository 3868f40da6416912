namespace SignalReview.Statistics;

/// <summary>What colleagues were asked. Urgency is not here: the submitter alone states it, so there is nobody to agree with.</summary>
public enum Variable
{
    /// <summary>Of a reading; nominal.</summary>
    Position,

    /// <summary>Of a reading, 0–10; ordinal and interval.</summary>
    Concern,

    /// <summary>Of a reading, 0–100; ordinal and interval.</summary>
    Confidence,

    /// <summary>Of a vote; nominal.</summary>
    Option,

    /// <summary>Of a vote, 0–10; ordinal and interval.</summary>
    VoteConcern,

    /// <summary>Of a vote, 0–100; ordinal and interval.</summary>
    VoteConfidence,
}

/// <summary>Statistics over a set of cases. Nothing in it is about one case or one person.</summary>
/// <param name="Filter">Which set.</param>
/// <param name="Round">Of which round the votes are.</param>
/// <param name="Seed">What the intervals were drawn from.</param>
/// <param name="Draws">How many draws an interval has.</param>
/// <param name="Cases">How many cases are in the set; null when it is too small to tell.</param>
/// <param name="Refused">Why nothing is told of this set; null when something is.</param>
/// <param name="Variables">Empty when refused.</param>
/// <param name="Movement">From the first round to the second; null when refused.</param>
/// <param name="Choices">What there is to choose from.</param>
public sealed record StatisticsView(
    StatisticsFilter Filter,
    int Round,
    int Seed,
    int Draws,
    int? Cases,
    SmallSet? Refused,
    IReadOnlyList<VariableView> Variables,
    MovementView? Movement,
    StatisticsChoices Choices);

/// <param name="Periods">Years and quarters, the last first.</param>
/// <param name="Rounds">1, 2, …</param>
public sealed record StatisticsChoices(
    IReadOnlyList<string> Periods,
    IReadOnlyList<string> Teams,
    IReadOnlyList<string> Platforms,
    IReadOnlyList<string> Themes,
    IReadOnlyList<string> Workflows,
    IReadOnlyList<int> Rounds);

/// <param name="Variable">What was asked.</param>
/// <param name="Refused">Why nothing is told of it; null when something is. With <see cref="SmallSet.AllTheSame"/> only the counts are told.</param>
/// <param name="Counts">Null when even that would tell too much.</param>
/// <param name="Distribution">How often each answer was given; empty when refused.</param>
/// <param name="Pairs">Which answers met within cases; empty when refused, and for confidence, which has too many answers.</param>
/// <param name="Figures">Empty when refused.</param>
public sealed record VariableView(
    Variable Variable,
    SmallSet? Refused,
    VariableCounts? Counts,
    IReadOnlyList<CategoryCount> Distribution,
    IReadOnlyList<CategoryPair> Pairs,
    IReadOnlyList<Figure> Figures);

/// <param name="Cases">With at least one answer.</param>
/// <param name="PairableCases">With at least two: what agreement is counted in.</param>
/// <param name="Ratings">Answers.</param>
/// <param name="NoValue">Missing, and said so: "cannot judge", "question unclear", an abstention.</param>
/// <param name="NoAnswer">Missing: was asked and did not answer.</param>
/// <param name="LeftOut">Rounds voted in another way than by single choice, whose answers cannot be counted together with it.</param>
public sealed record VariableCounts(int Cases, int PairableCases, int Ratings, int NoValue, int NoAnswer, int LeftOut);

/// <param name="From">The answer: a name such as "negotiated", or a number; of a range its lowest.</param>
/// <param name="To">Of a range its highest; else the same as <paramref name="From"/>.</param>
/// <param name="Count">How often.</param>
public sealed record CategoryCount(string From, string To, int Count);

/// <param name="One">An answer.</param>
/// <param name="Other">An answer, the same or further on the scale.</param>
/// <param name="Weight">How much of all comparisons within cases: their sum is the number of answers in cases with two or more.</param>
public sealed record CategoryPair(string One, string Other, double Weight);

/// <summary>How votes moved from the first round to the second.</summary>
/// <param name="Refused">Why nothing is told of it.</param>
/// <param name="Cases">With a vote in both rounds.</param>
/// <param name="Votes">By colleagues who voted in both.</param>
/// <param name="Moved">Of which with another choice.</param>
/// <param name="Detached">Cases left out since nobody knows who voted what.</param>
/// <param name="Moves">From what to what; null is an abstention.</param>
public sealed record MovementView(SmallSet? Refused, int Cases, int Votes, int Moved, int Detached, IReadOnlyList<Move> Moves);

/// <param name="From">In the first round; null: abstained.</param>
/// <param name="To">In the second round; null: abstained.</param>
/// <param name="Count">How many votes.</param>
public sealed record Move(string? From, string? To, int Count);
