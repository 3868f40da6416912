using System.Globalization;
using SignalReview.Storage;

namespace SignalReview.Rooms;

/// <summary>
/// What one ballot answers, without who gave it and without a word of why: all that a tally needs. Without an answer it is an abstention.
/// </summary>
internal sealed record VoteAnswer
{
    public VoteOption? Option { get; init; }
    public ConsentPosition? Position { get; init; }
    public IReadOnlyList<OptionScore>? Scores { get; init; }

    /// <summary>The best first.</summary>
    public IReadOnlyList<VoteOption>? Ranking { get; init; }
    public int? Concern { get; init; }

    public bool Abstains => Option is null && Position is null && Scores is null && Ranking is null;

    /// <summary>
    /// As a ballot's row holds what is no single choice: "object", "talk:7,support:3", "talk,support". Enumerations and numbers only.
    /// </summary>
    public string? Text =>
        Position is { } position ? Enums.Text(position)
        : Scores is { } scores ? string.Join(',', scores.Select(s => string.Create(CultureInfo.InvariantCulture, $"{Enums.Text(s.Option)}:{s.Score}")))
        : Ranking is { } ranking ? string.Join(',', ranking.Select(Enums.Text))
        : null;

    /// <param name="method">Of the round.</param>
    /// <param name="choice">The row's; for a single choice.</param>
    /// <param name="text">The row's <see cref="Text"/>; null for a single choice and for an abstention.</param>
    /// <param name="concern">The row's.</param>
    public static VoteAnswer Of(VoteMethod method, VoteOption? choice, string? text, int? concern) => text is null
        ? new() { Option = choice, Concern = concern }
        : method switch
        {
            VoteMethod.Consent => new() { Position = Enums.Parse<ConsentPosition>(text), Concern = concern },
            VoteMethod.Score => new() { Scores = [.. text.Split(',').Select(Score)], Concern = concern },
            VoteMethod.Ranking => new() { Ranking = [.. text.Split(',').Select(Enums.Parse<VoteOption>)], Concern = concern },
            VoteMethod.SingleChoice => throw new FormatException($"A single choice has no answer such as '{text}'."),
        };

    /// <summary>
    /// The voter would be content with this outcome: it is what they chose, ranked first, gave their highest score, or a proposal they agree
    /// with. Who objects to a proposal favours any other. An abstention favours nothing.
    /// </summary>
    public bool Favours(VoteOption outcome, VoteOption? proposal) => this switch
    {
        { Option: { } option } => option == outcome,
        { Position: { } position } => position == ConsentPosition.Object ? outcome != proposal : outcome == proposal,
        { Scores: { Count: > 0 } scores } => scores.FirstOrDefault(s => s.Option == outcome) is { } given && given.Score == scores.Max(s => s.Score),
        { Ranking: [var first, ..] } => first == outcome,
        _ => false,
    };

    private static OptionScore Score(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new(Enums.Parse<VoteOption>(text[..colon]), int.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
