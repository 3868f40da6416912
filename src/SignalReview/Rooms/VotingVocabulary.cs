namespace SignalReview.Rooms;

/// <summary>How a round is voted.</summary>
public enum VoteMethod
{
    /// <summary>Each chooses one option; the one most chosen leads.</summary>
    SingleChoice,

    /// <summary>One option is the proposal; it passes when nobody objects.</summary>
    Consent,

    /// <summary>Each gives every option 0–10; the highest mean leads.</summary>
    Score,

    /// <summary>Each puts options in order; the one that beats every other leads.</summary>
    Ranking,
}

/// <summary>Who must be among those who voted or abstained before a round can be revealed without everyone.</summary>
public enum RequiredRole { Owner, Submitter, Near, Far, Reader }
