using SignalReview.People;

namespace SignalReview.Decisions;

/// <summary>
/// The body of <c>decision.made</c>: the decision as it was written, and to whom it went. Its actions are not in it: each has an event of
/// its own, so that nothing is stored twice.
/// </summary>
internal sealed record DecisionMade : DecisionContent
{
    /// <summary>For reading it back.</summary>
    public DecisionMade()
    {
    }

    public DecisionMade(DecisionContent content)
        : base(content) => FollowUps = [];

    public required int Number { get; init; }
    public required DecisionState State { get; init; }
    public required bool Deviates { get; init; }
    public PersonId? Approver { get; init; }
}
