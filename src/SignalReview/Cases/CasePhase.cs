namespace SignalReview.Cases;

/// <summary>Where a case is. Which phases it passes through is the workflow definition's to say.</summary>
public enum CasePhase
{
    Draft,
    Submitted,
    Clarifying,
    Interpreting,
    Comparing,
    Room,
    Deciding,
    Approving,
    FollowUp,
    Closed,
    Withdrawn,

    /// <summary>The legality gate: kept without content.</summary>
    Stopped,
}
