namespace SignalReview.Signals;

/// <summary>
/// A signal: what was seen online, what is known offline, and how the submitter reads it, kept apart. It is the content of a draft (where
/// everything may still be missing) and, once submitted, the body of <c>signal.submitted</c>.
/// Confidence is 0–100. Lists hold short entries.
/// </summary>
public sealed record SignalSubmission
{
    public string? Title { get; init; }
    public SubjectKind? SubjectKind { get; init; }

    /// <summary>A pseudonym chosen for this case; never a name or handle.</summary>
    public string? Pseudonym { get; init; }
    public string? AgeBand { get; init; }

    /// <summary>For a group or phenomenon: how many, roughly.</summary>
    public string? Size { get; init; }
    public DateTimeOffset? ObservedAt { get; init; }
    public Urgency? Urgency { get; init; }
    public bool SecondHand { get; init; }
    public string? Purpose { get; init; }
    public string? LawfulBasis { get; init; }
    public string? ConsultationQuestion { get; init; }

    /// <summary>Themes in the clear, used to find colleagues who know them: "drill", "gaming".</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>An intimate image of a minor: nothing may be uploaded, the form says what to do instead.</summary>
    public bool IntimateImageOfMinor { get; init; }

    public OnlineContext Online { get; init; } = new();
    public OfflineContext Offline { get; init; } = new();
    public SubmitterReading Reading { get; init; } = new();
}

/// <summary>What was seen, as plain facts.</summary>
public sealed record OnlineContext
{
    public string? Platform { get; init; }
    public string? Surface { get; init; }
    public Visibility? Visibility { get; init; }
    public AccessRoute? AccessRoute { get; init; }
    public string? AccountUsed { get; init; }
    public string? FactualDescription { get; init; }
    public string? LiteralText { get; init; }
    public IReadOnlyList<string> Signs { get; init; } = [];
    public string? Reactions { get; init; }
    public string? OnlinePattern { get; init; }
    public string? EvidenceKept { get; init; }
    public string? EvidenceReason { get; init; }
}

/// <summary>What is known of the young person's world outside the screen.</summary>
public sealed record OfflineContext
{
    public string? Relationship { get; init; }
    public LifeDomains LifeDomains { get; init; } = new();
    public string? RecentEvents { get; init; }
    public string? ObservedOffline { get; init; }
    public IReadOnlyList<string> ProtectiveFactors { get; init; } = [];
    public IReadOnlyList<string> ContradictingSignals { get; init; } = [];
    public IReadOnlyList<string> Unknowns { get; init; } = [];

    /// <summary>Nothing was filled in but, perhaps, what is unknown.</summary>
    internal bool IsEmpty =>
        string.IsNullOrWhiteSpace(Relationship) && string.IsNullOrWhiteSpace(RecentEvents) && string.IsNullOrWhiteSpace(ObservedOffline)
        && ProtectiveFactors.Count == 0 && ContradictingSignals.Count == 0 && LifeDomains == new LifeDomains();
}

public sealed record LifeDomains
{
    public string? Home { get; init; }
    public string? School { get; init; }
    public string? Friends { get; init; }
    public string? Leisure { get; init; }
    public string? Wellbeing { get; init; }
    public string? Safety { get; init; }
    public string? Money { get; init; }
}

/// <summary>The submitter's own reading: the first of several, not the right one.</summary>
public sealed record SubmitterReading
{
    public string? EncodingHypothesis { get; init; }
    public string? IntendedAudience { get; init; }
    public string? OwnDecoding { get; init; }
    public string? OwnFrame { get; init; }
    public string? AlternativeReading { get; init; }
    public int? Confidence { get; init; }
}
