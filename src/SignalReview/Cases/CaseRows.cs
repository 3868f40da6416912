using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail.Audit;

namespace SignalReview.Cases;

// The rows of one case as the database holds them: ids, enumerations, numbers and times.

internal sealed record CaseRow
{
    public CaseId CaseId { get; init; }
    public long Seq { get; init; }
    public CasePhase Phase { get; init; }
    public DateTimeOffset PhaseSince { get; init; }
    public PersonId SubmitterId { get; init; }
    public PersonId OwnerId { get; init; }
    public PersonId? FacilitatorId { get; init; }

    /// <summary>Leads the room as the facilitator does, and appoints nobody.</summary>
    public PersonId? CoFacilitatorId { get; init; }
    public string Team { get; init; } = "";
    public string? Workflow { get; init; }
    public string? WorkflowSha256 { get; init; }
    public Urgency? Urgency { get; init; }
    public SubjectKind? SubjectKind { get; init; }
    public string? AgeBand { get; init; }
    public string? Platform { get; init; }
    public Visibility? Visibility { get; init; }
    public AccessRoute? AccessRoute { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public Guid? SubmissionEvent { get; init; }
    public DateTimeOffset? RevealedAt { get; init; }
    public RevealReason? RevealReason { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }
    public string? Escalation { get; init; }
    public DateOnly? ReviewOn { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Null: as the case's method has it.</summary>
    public Anonymity? ReadingAnonymity { get; init; }

    /// <summary>Null: as the case's method has it.</summary>
    public Anonymity? VoteAnonymity { get; init; }

    /// <summary>What people wrote was erased then; that there was a case stays.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

internal sealed record AdditionRow
{
    public Guid EventId { get; init; }
    public PersonId AddedById { get; init; }
    public DateTimeOffset AddedAt { get; init; }
}

internal sealed record ImageRow
{
    public Guid AttachmentId { get; init; }
    public Guid EventId { get; init; }
    public PersonId AddedById { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
}

internal sealed record InvitationRow
{
    public PersonId PersonId { get; init; }
    public InvitationState State { get; init; }
    public bool Near { get; init; }
    public bool Conflict { get; init; }
    public DateTimeOffset InvitedAt { get; init; }
    public Guid InvitedEvent { get; init; }
    public DateTimeOffset RespondBy { get; init; }
    public DateTimeOffset? RespondedAt { get; init; }
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Counts for "all in": asked and not fallen away.</summary>
    public bool Active => State is InvitationState.Invited or InvitationState.Accepted;
}

internal sealed record EmergencyRow
{
    public Guid AccessId { get; init; }
    public PersonId PersonId { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public Guid OpenedEvent { get; init; }
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>Null until the privacy officer judged it.</summary>
    public EmergencyVerdict? Verdict { get; init; }
    public PersonId? ReviewedById { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }
    public Guid? ReviewedEvent { get; init; }
}

internal sealed record FindingRow
{
    public Guid FindingId { get; init; }
    public long? AboutSeq { get; init; }
    public Guid? SampleId { get; init; }
    public FindingSeverity Severity { get; init; }
    public FindingState State { get; init; }
    public PersonId RaisedById { get; init; }
    public DateTimeOffset RaisedAt { get; init; }
    public Guid RaisedEvent { get; init; }
    public Guid? ReplacesId { get; init; }
    public PersonId? ClosedById { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Guid? ClosedEvent { get; init; }
}

internal sealed record QuestionRow
{
    public Guid QuestionId { get; init; }
    public PersonId AskedById { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public Guid AskedEvent { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public Guid? AnsweredEvent { get; init; }
    public bool? Helped { get; init; }
}

internal sealed record InterpretationRow
{
    public PersonId PersonId { get; init; }
    public Guid EventId { get; init; }
    public InterpretationKind Kind { get; init; }
    public ReadingPosition? ReadingPosition { get; init; }
    public int? Concern { get; init; }
    public int? Confidence { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Null while it is blind.</summary>
    public DateTimeOffset? RevealedAt { get; init; }
}

internal sealed record RoomRow
{
    public string Method { get; init; } = "";
    public RoomPhase RoomPhase { get; init; }
    public int Round { get; init; }

    /// <summary>In the phases of the case's method, from 1; null in rooms from before there were any.</summary>
    public int? PhaseNumber { get; init; }
    public DateTimeOffset PhaseSince { get; init; }
    public DateTimeOffset? PhaseEndsAt { get; init; }

    /// <summary>Who was given the floor, in this phase.</summary>
    public PersonId? FloorId { get; init; }
    public DateTimeOffset? FloorSince { get; init; }
}

internal sealed record HandRow
{
    public PersonId PersonId { get; init; }
    public DateTimeOffset RaisedAt { get; init; }
}

internal sealed record AttendanceRow
{
    public PersonId PersonId { get; init; }
    public DateTimeOffset JoinedAt { get; init; }
}

internal sealed record MessageRow
{
    public Guid EventId { get; init; }
    public PersonId PersonId { get; init; }
    public RoomPhase RoomPhase { get; init; }
    public long Seq { get; init; }
    public DateTimeOffset SaidAt { get; init; }
    public MessageKind Kind { get; init; }
    public Guid? ReplyTo { get; init; }
    public AnchorKind? AnchorKind { get; init; }
    public Guid? AnchorId { get; init; }

    /// <summary>Where its text stands since it was edited; null: in its own event.</summary>
    public Guid? TextEvent { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public DateTimeOffset? RetractedAt { get; init; }
    public PersonId? RetractedById { get; init; }
    public Guid? RetractedEvent { get; init; }

    public MessageAnchor? Anchor => AnchorKind is { } kind && AnchorId is { } id ? new(kind, id) : null;
}

internal sealed record VoteRoundRow
{
    public int Round { get; init; }
    public int Quorum { get; init; }
    public string Options { get; init; } = "";
    public VoteMethod Method { get; init; }

    /// <summary>For consent; null while none was chosen.</summary>
    public VoteOption? Proposal { get; init; }

    /// <summary>See <see cref="VoteQuorum"/>.</summary>
    public string RequiredRoles { get; init; } = "";

    /// <summary>Null before the reveal: until then they are judged anew each time.</summary>
    public string? MissingRoles { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? RevealedAt { get; init; }
    public RevealReason? RevealReason { get; init; }
}

internal sealed record BallotRow
{
    public int Round { get; init; }
    public PersonId PersonId { get; init; }
    public Guid EventId { get; init; }

    /// <summary>Of a single choice.</summary>
    public VoteOption? Choice { get; init; }

    /// <summary>Of any other method: <see cref="VoteAnswer.Text"/>. Without both it is an abstention.</summary>
    public string? Answer { get; init; }
    public int? Concern { get; init; }
    public int? Confidence { get; init; }
    public DateTimeOffset CastAt { get; init; }
}

internal sealed record DecisionRow
{
    public int Number { get; init; }
    public DecisionState State { get; init; }
    public Guid EventId { get; init; }
    public VoteOption Outcome { get; init; }
    public bool Deviates { get; init; }
    public PersonId DecidedById { get; init; }
    public DateTimeOffset DecidedAt { get; init; }
    public DateOnly ReviewOn { get; init; }
    public PersonId? ApproverId { get; init; }
    public DateTimeOffset? JudgedAt { get; init; }
    public Guid? JudgedEvent { get; init; }
}

internal sealed record DissentRow
{
    public PersonId PersonId { get; init; }
    public DissentState State { get; init; }
    public Guid? AskedEvent { get; init; }
    public Guid? StatementEvent { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>At the look back: says what happened, seen beside the statement.</summary>
    public Guid? ComparedEvent { get; init; }
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>The dissenter's last word.</summary>
    public Guid? ClosingEvent { get; init; }
}

internal sealed record FollowUpRow
{
    public Guid FollowUpId { get; init; }
    public Guid EventId { get; init; }
    public PersonId OwnerId { get; init; }
    public DateOnly DueOn { get; init; }
    public Channel? Channel { get; init; }
    public FollowUpTheme? Theme { get; init; }
    public PresenceTiming? Timing { get; init; }
    public bool OutsideHours { get; init; }
    public FollowUpState State { get; init; }
    public Guid? ResultEvent { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
}

internal sealed record ReviewRow
{
    public Guid EventId { get; init; }
    public PersonId ReviewedById { get; init; }
    public DateTimeOffset ReviewedAt { get; init; }
}

internal sealed record OpenStepRow
{
    public string Node { get; init; } = "";
    public string Activity { get; init; } = "";
    public string Inputs { get; init; } = "{}";
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>While it is paused: when it is due if nobody lets it run on earlier. So what is late is always judged by this alone.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Null while its deadline runs.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Then its deadline runs on by itself.</summary>
    public DateTimeOffset? ResumesAt { get; init; }

    /// <summary>Whose body says why it was paused.</summary>
    public Guid? PausedEvent { get; init; }
}
