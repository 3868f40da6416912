using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Privacy.Retention;

/// <summary>Where a case stands on its way out.</summary>
public enum RetentionStep
{
    /// <summary>It runs, or was reopened: its period has not begun.</summary>
    Running,
    Counting,

    /// <summary>It was told that the case is due.</summary>
    Noticed,

    /// <summary>Somebody asked to keep it longer, and the privacy officer has not answered.</summary>
    Objected,

    /// <summary>A host has begun to erase it: it is too late to object.</summary>
    Erasing,
    Erased,
}

/// <summary>Who said on which ground the case is.</summary>
public enum GroundSource
{
    /// <summary>Nobody: the rules' own.</summary>
    Standard,

    /// <summary>Whoever submitted the signal, in words that the rules know.</summary>
    Submission,

    /// <summary>Somebody chose it afterwards.</summary>
    Person,
}

/// <summary>Where a set of rules stands.</summary>
public enum RuleSetState { Loaded, Proposed, Active, Past }

internal sealed record RetentionRow
{
    public CaseId CaseId { get; init; }
    public long CaseSeq { get; init; }
    public string Sha256 { get; init; } = "";

    /// <summary>The rule's id; null while the case runs.</summary>
    public string? RuleName { get; init; }
    public string Ground { get; init; } = "";
    public GroundSource GroundBy { get; init; }
    public DateOnly? CountedFrom { get; init; }

    /// <summary>With what was granted beyond it.</summary>
    public DateOnly? DueOn { get; init; }
    public DateOnly? NoticeOn { get; init; }
    public RetentionAction? Action { get; init; }
    public RetentionStep State { get; init; }
    public DateTimeOffset ReckonedAt { get; init; }
    public DateOnly? PostponedUntil { get; init; }
    public Guid? NoticeEvent { get; init; }
    public DateTimeOffset? NoticedAt { get; init; }

    /// <summary>What the clock of looks said at the notice, in seconds.</summary>
    public long? SeenFrom { get; init; }
    public Guid? ObjectionEvent { get; init; }
    public PersonId? ObjectedById { get; init; }
    public DateOnly? ObjectedUntil { get; init; }
    public int Failures { get; init; }
}

internal sealed record RuleSetRow
{
    public string Sha256 { get; init; } = "";
    public string RuleSet { get; init; } = "";
    public int Version { get; init; }
    public string Json { get; init; } = "";
    public RuleSetState State { get; init; }
    public DateTimeOffset LoadedAt { get; init; }
    public PersonId? ProposedById { get; init; }
    public DateTimeOffset? ProposedAt { get; init; }
    public PersonId? ActivatedById { get; init; }
    public DateTimeOffset? ActivatedAt { get; init; }
}

internal sealed record RetentionFactsRow
{
    public CaseId CaseId { get; init; }
    public long Seq { get; init; }
    public CasePhase Phase { get; init; }
    public DateTimeOffset PhaseSince { get; init; }
    public SubjectKind? SubjectKind { get; init; }
    public string? AgeBand { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public Guid? SubmissionEvent { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public VoteOption? Outcome { get; init; }
    public DateTimeOffset? LastDraft { get; init; }
    public DateTimeOffset? LastEvent { get; init; }
}
