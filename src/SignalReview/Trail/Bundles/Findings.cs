namespace SignalReview.Trail.Bundles;

/// <summary>The exit code of <c>signalreview verify</c>.</summary>
internal enum Verdict
{
    Valid = 0,
    Tampered = 1,
    Incomplete = 2,
}

/// <summary>Everything that can be wrong with a bundle.</summary>
internal enum FindingCode
{
    // Incomplete or unreadable.
    NotAZip,
    TooLarge,
    UnreadableEntry,
    MissingFile,
    MissingBody,
    MissingProof,
    NoEvents,
    UnknownFormat,
    EndNotProved,
    PeriodNotProved,
    SinceUnreadable,
    SinceNotProved,

    // Tampered with.
    DuplicateEntry,
    UnsafeName,
    HiddenData,
    UnlistedFile,
    NotText,
    BadTag,
    BadManifest,
    HashMismatch,
    BadSignature,
    OtherKey,
    BadCheckpoint,
    BadHeader,
    OtherLog,
    OtherCase,
    CaseSeqGap,
    DuplicateEvent,
    OrderOfLeaves,
    BadProof,
    ProofMismatch,
    RangeMismatch,
    RootMismatch,
    BadBody,
    CommitmentMismatch,
    UnknownEvent,
    BadOmission,
    ErasureNotInTrail,
    BadTable,
    TableMismatch,
    NotBlind,
    SinceInconsistent,
    BadRotation,
    RetiredKey,
    BadAnchor,
    BagInfoMismatch,
}

/// <summary>One thing that is wrong: where, in which event, and the technical detail in English.</summary>
internal sealed record Finding(FindingCode Code, string? File = null, Guid? Event = null, long? CaseSeq = null, string? Detail = null)
{
    public Verdict Verdict => Code <= FindingCode.SinceNotProved ? Verdict.Incomplete : Verdict.Tampered;
}

/// <summary>An event whose body is not in the bundle.</summary>
internal sealed record OmittedBody(Guid Event, long CaseSeq, string Type, BodyOmission Reason);

/// <summary>What the verifier found out. The facts hold only as far as there are no findings.</summary>
internal sealed record VerificationResult
{
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Findings beyond the first thousand are counted, not kept.</summary>
    public required long FindingCount { get; init; }

    public required Verdict Verdict { get; init; }

    public string? Log { get; init; }

    public BundleScope? Scope { get; init; }

    public string? Profile { get; init; }

    public BundlePeriod? Period { get; init; }

    public Guid? Case { get; init; }

    public long Events { get; init; }

    public DateTimeOffset? First { get; init; }

    public DateTimeOffset? Last { get; init; }

    /// <summary>Of a range of the log: its first leaf, and the one after its last.</summary>
    public (long From, long To)? Range { get; init; }

    public Checkpoint? Checkpoint { get; init; }

    /// <summary>How many bodies are left out, and why.</summary>
    public IReadOnlyDictionary<BodyOmission, long> OmittedCounts { get; init; } = new Dictionary<BodyOmission, long>();

    /// <summary>Of one case: which.</summary>
    public IReadOnlyList<OmittedBody> Omitted { get; init; } = [];

    public IReadOnlyList<BlindReveal> Reveals { get; init; } = [];

    /// <summary>Of each blind entry: where it was committed to, where revealed, and what follows.</summary>
    public IReadOnlyList<BlindProof> BlindProofs { get; init; } = [];

    /// <summary>How many blind entries were fixed before their reveal; null when a bundle of this scope cannot tell.</summary>
    public long? BlindProved { get; init; }

    /// <summary>Blind entries that no reveal in the bundle shows.</summary>
    public long StillBlind { get; init; }

    /// <summary>Files that are signed and whole, but of which this version does not know what they should say.</summary>
    public IReadOnlyList<string> NotJudged { get; init; } = [];

    /// <summary>The key that signed, when it followed the one that was given.</summary>
    public VerifierKey? SignedBy { get; init; }

    /// <summary>By how many handings-over that key follows the one that was given; negative when it went before it.</summary>
    public int Handovers { get; init; }

    /// <summary>What authorities outside time-stamped of this log.</summary>
    public IReadOnlyList<StampedCheckpoint> Stamped { get; init; } = [];

    /// <summary>The size of the older checkpoint with which consistency was proved.</summary>
    public long? Since { get; init; }
}
