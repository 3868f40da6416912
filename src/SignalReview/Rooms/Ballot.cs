namespace SignalReview.Rooms;

/// <summary>
/// The body of <c>vote.cast</c>, whatever the method: which of the answers it holds follows from <see cref="Method"/>. An abstention has no
/// answer, no concern and no confidence.
/// </summary>
internal sealed record Ballot(int Round, VoteOption? Option, int? Concern, int? Confidence, string? Reason, string? ChangedMyMind)
{
    /// <summary>Null in ballots from before there was more than one: a single choice.</summary>
    public VoteMethod? Method { get; init; }

    /// <summary>Consent: the proposal that the voter read.</summary>
    public VoteOption? Proposal { get; init; }

    /// <summary>Consent: where the voter stands towards it.</summary>
    public ConsentPosition? Position { get; init; }

    /// <summary>Consent: what would go wrong, and what would have to change.</summary>
    public string? Objection { get; init; }

    /// <summary>Score: every option's, in the order of the options.</summary>
    public IReadOnlyList<OptionScore>? Scores { get; init; }

    /// <summary>Ranking: the best first; what was left out stands below, side by side.</summary>
    public IReadOnlyList<VoteOption>? Ranking { get; init; }

    public bool Abstains => Option is null && Position is null && Scores is null && Ranking is null;

    public static Ballot From(CastVoteCommand command, VoteMethod method)
    {
        var ballot = new Ballot(command.Round, command.Option, command.Concern, command.Confidence, command.Reason, command.ChangedMyMind)
        {
            Method = method,
            Position = command.Position,
            Scores = command.Scores is { } scores ? [.. scores.OrderBy(s => s?.Option)] : null,
            Ranking = command.Ranking,
        };
        return ballot.Abstains
            ? ballot with { Concern = null, Confidence = null }
            : ballot with { Proposal = command.Proposal, Objection = string.IsNullOrWhiteSpace(command.Objection) ? null : command.Objection };
    }

    /// <summary>What it answers, without words.</summary>
    public VoteAnswer Answer() => new() { Option = Option, Position = Position, Scores = Scores, Ranking = Ranking, Concern = Concern };
}
