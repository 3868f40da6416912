using SignalReview.Cases;

namespace SignalReview.Privacy.Erasure;

/// <summary>On which ground a case is erased: article 17(1) of the GDPR, or a retention period that is over.</summary>
public enum ErasureGround
{
    /// <summary>Not needed any more for what it was kept for (a).</summary>
    NoLongerNeeded,

    /// <summary>Consent was withdrawn, and there is no other basis (b).</summary>
    ConsentWithdrawn,

    /// <summary>Somebody objects, and nothing weighs more (c).</summary>
    Objection,

    /// <summary>It was seen or kept in a way that is not allowed (d).</summary>
    UnlawfulSource,

    /// <summary>A law requires it (e).</summary>
    LegalObligation,

    /// <summary>Gathered from a child, for an online service (f).</summary>
    ChildService,

    /// <summary>The time for which it may be kept is over.</summary>
    RetentionOver,
}

/// <summary>Who wants it.</summary>
public enum ErasureAskedBy
{
    /// <summary>The young person.</summary>
    Subject,

    /// <summary>A parent or guardian.</summary>
    Parent,

    /// <summary>A lawyer, a confidant.</summary>
    Representative,

    /// <summary>We ourselves.</summary>
    Organisation,

    /// <summary>A court or a supervisory authority.</summary>
    Authority,

    /// <summary>A retention rule; never by request.</summary>
    Rule,
}

public enum ErasureState
{
    Requested,

    /// <summary>Nothing that weighs more was found; waits for the second person.</summary>
    Checked,

    /// <summary>By somebody else; can be carried out.</summary>
    Approved,

    /// <summary>Will not be carried out.</summary>
    Declined,
    Erased,
}

/// <summary>Whose interest may weigh more than erasure.</summary>
public enum Interest
{
    /// <summary>The reporting code for domestic violence and child abuse, and the duty to keep records that goes with it.</summary>
    ReportingCode,

    /// <summary>Another young person in the same case.</summary>
    OtherSubject,

    /// <summary>A claim of or against somebody.</summary>
    Claim,
}

public enum InterestOutcome
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>There is one, and erasure weighs more; the reasoning says why.</summary>
    Yields,

    /// <summary>It weighs more: the case is not erased.</summary>
    Prevails,
}

/// <param name="Interest">Whose.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Reasoning">Required unless there is none.</param>
public sealed record InterestCheck(Interest? Interest, InterestOutcome? Outcome, string? Reasoning = null);

/// <summary>Somebody wants the case erased.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Ground">On which ground.</param>
/// <param name="AskedBy">Who wants it.</param>
/// <param name="Explanation">What was asked, in words; erased with the rest.</param>
public sealed record RequestErasureCommand(Guid CommandId, ErasureGround? Ground, ErasureAskedBy? AskedBy, string? Explanation) : ICommand;

/// <summary>Records what each check came to; every interest has an answer.</summary>
public sealed record CheckErasureCommand(Guid CommandId, Guid Erasure, IReadOnlyList<InterestCheck>? Interests) : ICommand;

/// <summary>The second person agrees; never who asked or checked.</summary>
public sealed record ApproveErasureCommand(Guid CommandId, Guid Erasure) : ICommand;

/// <summary>It will not be done.</summary>
public sealed record DeclineErasureCommand(Guid CommandId, Guid Erasure, string? Reason) : ICommand;

/// <summary>Carries out what was approved. There is no way back.</summary>
public sealed record EraseCaseCommand(Guid CommandId, Guid Erasure) : ICommand;

/// <summary>Erases a case of which the time is over, by a rule that people agreed on before.</summary>
/// <param name="CommandId">Made by who runs the rule.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="RuleApprovedBy">Who agreed on the rule.</param>
public sealed record EraseByRuleCommand(Guid CommandId, string Rule, Guid? RuleApprovedBy) : ICommand;

/// <summary>The body of <c>erasure.requested</c>.</summary>
internal sealed record ErasureRequestedBody(Guid Erasure, ErasureGround Ground, ErasureAskedBy AskedBy, string Explanation);

/// <summary>The body of <c>erasure.checked</c>.</summary>
internal sealed record ErasureCheckedBody(Guid Erasure, IReadOnlyList<InterestCheck> Interests, bool LegalHold, CasePhase Phase);

/// <summary>The body of <c>erasure.approved</c>.</summary>
internal sealed record ErasureApprovedBody(Guid Erasure);

/// <summary>The body of <c>erasure.declined</c>.</summary>
internal sealed record ErasureDeclinedBody(Guid Erasure, string? Reason, Interest? Interest);

/// <summary>The body of <c>erasure.certified</c>: a certificate was given out.</summary>
internal sealed record ErasureCertifiedBody(Guid Erasure, string Format, string Client);

/// <summary>The body of <c>subject.erased</c>: facts of the erasure, nothing of what was erased.</summary>
/// <param name="Erasure">Its id.</param>
/// <param name="Ground">On which ground.</param>
/// <param name="AskedBy">Who wanted it.</param>
/// <param name="Rule">By which retention rule.</param>
/// <param name="Interests">What was weighed.</param>
/// <param name="RequestedBy">By whom it was asked for here.</param>
/// <param name="CheckedBy">Who checked.</param>
/// <param name="ApprovedBy">Who agreed to it.</param>
/// <param name="Bodies">How many events lost what was written in them.</param>
/// <param name="Drafts">How many drafts are gone.</param>
/// <param name="Attachments">How many images are gone.</param>
/// <param name="FirstErasedAt">In a database that was put back: when it was erased the first time.</param>
internal sealed record SubjectErasedBody(
    Guid Erasure,
    ErasureGround Ground,
    ErasureAskedBy AskedBy,
    string? Rule,
    string? Interests,
    Guid RequestedBy,
    Guid? CheckedBy,
    Guid? ApprovedBy,
    int Bodies,
    int Drafts,
    int Attachments,
    DateTimeOffset? FirstErasedAt);
