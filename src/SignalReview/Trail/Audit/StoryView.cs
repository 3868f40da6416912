using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Trail.Audit;

/// <summary>A part of a case's story.</summary>
public enum StoryChapterKind
{
    Signal,
    Clarifying,
    Reading,
    Comparing,
    Room,
    Voting,
    Weighing,
    Deciding,
    FollowUp,
    Ended,
    Again,
}

/// <param name="Kind">What.</param>
/// <param name="Seen">How many of them this person had seen, or made.</param>
/// <param name="Of">How many there were.</param>
/// <param name="Since">Since when they had seen the first.</param>
public sealed record KnownLine(KnownKind Kind, int Seen, int Of, DateTimeOffset? Since);

/// <summary>What one person knew at a moment.</summary>
public sealed record PersonKnew(PersonRef Person, IReadOnlyList<KnownLine> Known);

/// <summary>What each knew when something weighty happened.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Seq">Its number.</param>
/// <param name="At">When.</param>
/// <param name="People">Who took part by then.</param>
public sealed record StoryKnowledge(string Type, long Seq, DateTimeOffset At, IReadOnlyList<PersonKnew> People);

/// <summary>One thing that happened.</summary>
/// <param name="Event">The event, with what is proved of it.</param>
/// <param name="Said">What was written, where one sentence says it: a reason, a question, a message.</param>
/// <param name="Beside">A look, a clock or a step of the workflow: in the trail, but not what happened.</param>
/// <param name="Knowledge">What each knew then, of what weighs.</param>
public sealed record StoryLine(TrailEvent Event, string? Said, bool Beside, StoryKnowledge? Knowledge);

/// <param name="Day">In the organisation's time zone.</param>
/// <param name="Lines">In their order.</param>
public sealed record StoryDay(DateOnly Day, IReadOnlyList<StoryLine> Lines);

public sealed record StoryChapter(StoryChapterKind Kind, IReadOnlyList<StoryDay> Days);

/// <summary>Why it was decided so.</summary>
/// <param name="Seq">The number of the decision's event.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Proof">What is proved of it.</param>
/// <param name="Outcome">What.</param>
/// <param name="Deviates">It departs from the vote.</param>
/// <param name="Rationale">Why; null when it was erased.</param>
/// <param name="Weighing">How diverging readings were weighed.</param>
/// <param name="DeviationReason">Why it departs from the vote.</param>
/// <param name="Dissents">Who saw it otherwise, in their own words, with the number of the event.</param>
/// <param name="ApprovedBy">Who approved it.</param>
/// <param name="ApprovedSeq">The number of that event.</param>
public sealed record StoryDecision(
    long Seq,
    DateTimeOffset At,
    PersonRef? By,
    TrailProofState Proof,
    VoteOption? Outcome,
    bool Deviates,
    string? Rationale,
    string? Weighing,
    string? DeviationReason,
    IReadOnlyList<StoryDissent> Dissents,
    PersonRef? ApprovedBy,
    long? ApprovedSeq);

public sealed record StoryDissent(PersonRef? By, long Seq, TrailProofState Proof, string? Statement);

/// <param name="Case">The case.</param>
/// <param name="Phase">Where it is now.</param>
/// <param name="Chapters">In their order.</param>
/// <param name="Decisions">Each that was made, oldest first.</param>
/// <param name="Total">How many events there are.</param>
/// <param name="HeldBack">How many of them are told only after the reveal of what is being collected now.</param>
/// <param name="Broken">The numbers of events whose bytes are not those that were committed to.</param>
/// <param name="Signed">How many a signed checkpoint covers.</param>
/// <param name="KnowledgeHidden">Colleagues are shown by letters: who knew what when would tell whose they are, so it is told to nobody but an auditor without a part in the case.</param>
public sealed record StoryView(
    CaseId Case,
    CasePhase Phase,
    IReadOnlyList<StoryChapter> Chapters,
    IReadOnlyList<StoryDecision> Decisions,
    long Total,
    long HeldBack,
    IReadOnlyList<long> Broken,
    int Signed,
    bool KnowledgeHidden);

/// <summary>An item as a column of a table.</summary>
public sealed record SeenItem(KnownKind Kind, long Seq, DateTimeOffset At, int? Round, int Count);

/// <param name="State">How it stood; for several, such as messages, whether all were seen.</param>
/// <param name="Since">Since when it was seen.</param>
/// <param name="Seen">How many of them.</param>
/// <param name="Of">How many were there.</param>
public sealed record SeenCell(SeenState State, DateTimeOffset? Since, int Seen, int Of);

/// <summary>A voter, and how each item stood with them when they voted.</summary>
/// <param name="Person">Who.</param>
/// <param name="Seq">The number of their ballot's event.</param>
/// <param name="At">When they voted.</param>
/// <param name="Choice">What; null where nobody may know, or they abstained.</param>
/// <param name="Cells">One an item.</param>
public sealed record SeenVoter(PersonRef Person, long Seq, DateTimeOffset At, VoteOption? Choice, IReadOnlyList<SeenCell> Cells);

/// <param name="Round">Which.</param>
/// <param name="RevealedAt">When its votes were revealed.</param>
/// <param name="Detached">Nobody can find out who voted what.</param>
/// <param name="Items">What there was to know until the last ballot.</param>
/// <param name="Voters">Null where names would tell whose a letter is: then only the counts are told.</param>
/// <param name="SeenBy">Of how many voters each item had been seen, in the order of the items.</param>
/// <param name="Voted">How many voted.</param>
public sealed record SeenRound(
    int Round, DateTimeOffset? RevealedAt, bool Detached, IReadOnlyList<SeenItem> Items, IReadOnlyList<SeenVoter>? Voters, IReadOnlyList<int> SeenBy, int Voted);

/// <param name="Case">The case.</param>
/// <param name="Decision">The last decision; null before there is one.</param>
/// <param name="Rounds">Each round of votes that was revealed.</param>
/// <param name="Since">What came after the last ballot and before the decision: no voter can have known it.</param>
public sealed record SeenView(CaseId Case, StoryDecision? Decision, IReadOnlyList<SeenRound> Rounds, IReadOnlyList<SeenItem> Since);

/// <summary>The bytes of one event.</summary>
/// <param name="Case">The case.</param>
/// <param name="Event">The event.</param>
/// <param name="Checkpoint">The signed note that covers it; null when none does yet.</param>
/// <param name="TreeSize">Its size.</param>
/// <param name="Proof">That the event is in it, as a tlog-proof.</param>
/// <param name="Last">The number of the last event that is shown.</param>
public sealed record EventBytesView(CaseId Case, TrailEvent Event, string? Checkpoint, long? TreeSize, string? Proof, long Last);
