namespace SignalReview.Minutes;

/// <summary>The parts of the minutes. Each has facts that write themselves, and room for what the facilitator adds.</summary>
public enum MinutesSection
{
    /// <summary>How the talk went: the method, its phases, who was there.</summary>
    Course,
    Questions,
    Advice,
    Votes,
    Takeaways,

    /// <summary>What was agreed; written by people alone.</summary>
    Agreements,
}

/// <summary>How a version of the minutes stands.</summary>
public enum MinutesState
{
    /// <summary>Lies for approval with those who were present.</summary>
    Proposed,

    /// <summary>Something was changed before it was fixed.</summary>
    TakenBack,

    /// <summary>Stands, and is never changed: a later version can only come beside it.</summary>
    Fixed,
}
