using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Cases;

/// <summary>What somebody is asked to do next in a case.</summary>
public enum WorkKind
{
    /// <summary>A signal that was begun and not yet submitted.</summary>
    FinishDraft,

    /// <summary>Acute: record what was done at once.</summary>
    DecideNow,
    RespondToInvitation,
    AnswerQuestion,

    /// <summary>Ask what is unclear, or say that nothing is.</summary>
    AskQuestions,
    GiveReading,
    Compare,

    /// <summary>Look into what would change a colleague's mind: this person took that up.</summary>
    LookInto,

    /// <summary>A colleague found something; say what it does to one's reading.</summary>
    AnswerEnquiry,
    JoinRoom,

    /// <summary>A colleague mentioned this person in the room, which they have not seen since.</summary>
    Mentioned,

    /// <summary>Was in the room, and is asked whether its minutes are right.</summary>
    ApproveMinutes,

    /// <summary>The room waits for its facilitator: to open the vote, another round, or the harvest.</summary>
    LeadRoom,
    Vote,
    Decide,
    StateDissent,
    Approve,
    FollowUpAction,
    Review,
    HandleStop,

    /// <summary>A case is stuck and waits for a coordinator.</summary>
    HelpStuckCase,

    /// <summary>Somebody opened the case in an emergency, which was not judged yet; for its owner and the coordinator to know.</summary>
    SeeEmergency,

    /// <summary>And for the privacy officer to judge.</summary>
    ReviewEmergency,

    /// <summary>An auditor wrote a finding, which waits for a reply.</summary>
    ReplyToFinding,

    /// <summary>A finding of one's own was replied to, and waits for its conclusion.</summary>
    CloseFinding,

    /// <summary>It was told that the case is kept no longer soon.</summary>
    RetentionNotice,

    /// <summary>Somebody asks to keep a case longer, and waits for the privacy officer.</summary>
    RetentionObjection,
}

/// <summary>One line of "my work".</summary>
/// <param name="Case">The case.</param>
/// <param name="Title">Null where this person may not see it, or none was written yet.</param>
/// <param name="Pseudonym">Null where this person may not see it.</param>
/// <param name="Phase">Where the case is.</param>
/// <param name="Urgency">How soon colleagues are needed.</param>
/// <param name="MyRoles">What the person is in the case.</param>
/// <param name="Kind">What is asked of this person; null when nothing is.</param>
/// <param name="Activity">What the case waits for, such as "CollectVotes"; null when it waits for nothing.</param>
/// <param name="Since">Since when it waits, or the case is in this phase.</param>
/// <param name="DueAt">Until when; null without a deadline.</param>
/// <param name="WaitsOn">On whom the case waits.</param>
/// <param name="FollowUp">The action, for <see cref="WorkKind.FollowUpAction"/>.</param>
/// <param name="Action">What that action is, in the words of the decision; null where this person may not see it.</param>
/// <param name="ReviewOn">When it is looked back on.</param>
/// <param name="ClosedAt">When the case was closed.</param>
/// <param name="PausedUntil">What it waits for is paused, until then or earlier; null while its deadline runs.</param>
public sealed record WorkItem(
    CaseId Case,
    string? Title,
    string? Pseudonym,
    CasePhase Phase,
    Urgency? Urgency,
    IReadOnlySet<CaseRole> MyRoles,
    WorkKind? Kind,
    string? Activity,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    IReadOnlyList<PersonRef> WaitsOn,
    Guid? FollowUp,
    string? Action,
    DateOnly? ReviewOn,
    DateTimeOffset? ClosedAt,
    DateTimeOffset? PausedUntil);

/// <summary>One page of a list, and how many there are in all.</summary>
public sealed record WorkPage(IReadOnlyList<WorkItem> Items, int Total);

/// <param name="Waiting">On this person, soonest deadline first.</param>
/// <param name="Running">Involved in, but now it is another's turn.</param>
/// <param name="LookBack">Closed, newest first: what did it turn out to be?</param>
/// <param name="Page">From 1; the same for the three lists.</param>
/// <param name="PageSize">Lines a list.</param>
public sealed record WorkListView(WorkPage Waiting, WorkPage Running, WorkPage LookBack, int Page, int PageSize);
