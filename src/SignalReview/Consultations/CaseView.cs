using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Methods;
using SignalReview.Rooms.Tallies;
using SignalReview.Signals;
using SignalReview.Trail.Audit;

namespace SignalReview.Consultations;

/// <summary>
/// What one viewer may see of one case, made by <see cref="BlindView"/> alone. A part that is null is not for this viewer, or not yet.
/// </summary>
/// <param name="Id">The case.</param>
/// <param name="Seq">Its live sequence number; the ETag is made of it and the viewer.</param>
/// <param name="Phase">Where the case is.</param>
/// <param name="MyRoles">What the viewer is in this case.</param>
/// <param name="Facts">Kind, urgency, platform and the like.</param>
/// <param name="Signal">What was submitted. For a viewer of the core only: without pseudonym and offline context.</param>
/// <param name="Additions">Later, dated entries.</param>
/// <param name="People">Owner, facilitator, readers, by whom they were asked.</param>
/// <param name="Questions">Clarifying questions.</param>
/// <param name="Readings">How many are in; who wrote what after the reveal only.</param>
/// <param name="MyInterpretation">The viewer's own, always.</param>
/// <param name="Room">Once it was opened.</param>
/// <param name="Decisions">Newest last.</param>
/// <param name="Dissents">Statements; those asked of the viewer.</param>
/// <param name="FollowUps">Actions.</param>
/// <param name="Reviews">Looks back.</param>
/// <param name="Waiting">What the case waits for, on whom, until when.</param>
/// <param name="Can">What the viewer can do now: names of commands in camelCase without "Command", such as "castVote"; and "retractAnyMessage": also another's.</param>
/// <param name="Stop">When it was stopped: that it was, and for the privacy officer why and what was done.</param>
public sealed record CaseView(
    CaseId Id,
    long Seq,
    CasePhase Phase,
    IReadOnlySet<CaseRole> MyRoles,
    CaseFacts Facts,
    SignalSubmission? Signal,
    IReadOnlyList<AdditionView> Additions,
    CasePeople People,
    IReadOnlyList<QuestionView> Questions,
    ReadingsView Readings,
    Interpretation? MyInterpretation,
    RoomView? Room,
    IReadOnlyList<DecisionView> Decisions,
    IReadOnlyList<DissentView> Dissents,
    IReadOnlyList<FollowUpView> FollowUps,
    IReadOnlyList<ReviewView> Reviews,
    IReadOnlyList<OpenStepView> Waiting,
    IReadOnlySet<string> Can,
    StopView? Stop = null)
{
    /// <summary>What people wrote was erased then, and nothing of it is in this view; null: it was not.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The minutes of the room; null in a view that was not asked for them.</summary>
    public MinutesView? Minutes { get; init; }

    /// <summary>The last version of the minutes that the viewer may read; null when there is none.</summary>
    public MinutesStanding? LatestMinutes { get; init; }

    /// <summary>Images that the submitter attached, for who may see the whole signal.</summary>
    public IReadOnlyList<ImageView> Images { get; init; } = [];

    /// <summary>Who opened the case in an emergency; for those who answer for it, and for who did.</summary>
    public IReadOnlyList<EmergencyView> Emergencies { get; init; } = [];

    /// <summary>Under what name readings and votes are shown to colleagues.</summary>
    public required AnonymityView Anonymity { get; init; }

    /// <summary>The readings side by side, from their reveal on.</summary>
    public ComparisonView? Comparison { get; init; }
}

/// <param name="Readings">Named or with letters; detached readings there are not.</param>
/// <param name="Votes">Named, with letters, or detached: then nobody can find out who voted what.</param>
/// <param name="CanBecome">The modes to which this viewer can tighten it now.</param>
/// <param name="FewReaders">So few are asked to read that letters hide little.</param>
/// <param name="FewVoters">So few may vote that letters, or no names at all, hide little.</param>
public sealed record AnonymityView(Anonymity Readings, Anonymity Votes, IReadOnlyList<Anonymity> CanBecome, bool FewReaders, bool FewVoters);

/// <param name="At">When the legality gate or the privacy officer stopped the case.</param>
/// <param name="HandledAt">When measures were recorded.</param>
/// <param name="Reason">The privacy officer's; for the privacy officer only.</param>
/// <param name="Measures">What was done; for the privacy officer only.</param>
public sealed record StopView(DateTimeOffset At, DateTimeOffset? HandledAt, string? Reason, string? Measures);

/// <param name="Id">What its bytes are asked by.</param>
/// <param name="Description">What is to be seen on it; shown first.</param>
public sealed record ImageView(Guid Id, PersonRef By, DateTimeOffset At, int Width, int Height, string? Description);

public sealed record CaseFacts(
    string? Workflow,
    Urgency? Urgency,
    SubjectKind? SubjectKind,
    string? AgeBand,
    string? Platform,
    Visibility? Visibility,
    AccessRoute? AccessRoute,
    string Team,
    IReadOnlyList<string> Tags,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset PhaseSince,
    DateTimeOffset? RevealedAt,
    RevealReason? RevealReason,
    DateTimeOffset? EscalatedAt,
    string? Escalation,
    DateOnly? ReviewOn,
    DateTimeOffset? ClosedAt);

/// <summary>A person as colleagues know them.</summary>
public sealed record PersonRef(PersonId Id, string Name, string JobTitle);

public sealed record CasePeople(PersonRef Submitter, PersonRef Owner, PersonRef? Facilitator, IReadOnlyList<ReaderView> Readers)
{
    /// <summary>Leads beside the facilitator.</summary>
    public PersonRef? CoFacilitator { get; init; }
}

/// <param name="Person">Who.</param>
/// <param name="State">Where the invitation stands.</param>
/// <param name="Near">Knows the lifeworld or the code.</param>
/// <param name="RespondBy">Until when they can respond.</param>
/// <param name="Reasons">Why the routing chose them.</param>
public sealed record ReaderView(PersonRef Person, InvitationState State, bool Near, DateTimeOffset RespondBy, IReadOnlyList<string> Reasons);

public sealed record AdditionView(PersonRef By, DateTimeOffset At, string? Text);

public sealed record QuestionView(Guid Id, PersonRef By, DateTimeOffset At, string? Question, DateTimeOffset? AnsweredAt, string? Answer, bool? Helped);

/// <param name="In">How many are in.</param>
/// <param name="Asked">How many are asked.</param>
/// <param name="DueAt">Until when.</param>
/// <param name="Revealed">Null before the reveal.</param>
public sealed record ReadingsView(int In, int Asked, DateTimeOffset? DueAt, IReadOnlyList<ReadingView>? Revealed);

public sealed record ReadingView(PersonRef By, DateTimeOffset At, Interpretation Interpretation)
{
    /// <summary>What a message names to be about this reading, and the commands of comparing; tells neither its writer nor its time.</summary>
    public Guid Id { get; init; }
}

/// <param name="Phase">What the room is doing.</param>
/// <param name="Round">1 or more once a vote was opened.</param>
/// <param name="PhaseSince">Since when.</param>
/// <param name="PhaseEndsAt">The room's clock.</param>
/// <param name="Members">Who may enter, who has.</param>
/// <param name="Messages">What was said.</param>
/// <param name="Ballot">The round that is open; null when none is.</param>
/// <param name="Rounds">Rounds that were revealed.</param>
public sealed record RoomView(
    RoomPhase Phase,
    int Round,
    DateTimeOffset PhaseSince,
    DateTimeOffset? PhaseEndsAt,
    IReadOnlyList<RoomMemberView> Members,
    IReadOnlyList<MessageView> Messages,
    BallotView? Ballot,
    IReadOnlyList<RoundView> Rounds)
{
    /// <summary>How the room is held; the case's own copy of its template.</summary>
    public RoomMethodView? Method { get; init; }

    /// <summary>What changed between the last two revealed rounds.</summary>
    public VoteMovement? Movement { get; init; }

    /// <summary>Whether votes moved towards whoever could steer them: for who leads the room, and nobody else.</summary>
    public VotePulls? Pulls { get; init; }

    /// <summary>In the method's phases, from 1.</summary>
    public int? PhaseNumber { get; init; }

    /// <summary>Who wants to say something, in the order in which their hands went up.</summary>
    public IReadOnlyList<HandView> Hands { get; init; } = [];

    /// <summary>Who was given the floor.</summary>
    public PersonRef? Floor { get; init; }

    /// <summary>What the viewer can say now that answers nothing, most fitting first.</summary>
    public IReadOnlyList<MessageKind> MaySay { get; init; } = [];

    /// <summary>What the viewer can say now in reply.</summary>
    public IReadOnlyList<MessageKind> MayReply { get; init; } = [];

    /// <summary>Where whoever leads can move the room now, by the ids of phases.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>The one of them that comes next.</summary>
    public string? NextPhase { get; init; }
}

/// <param name="Id">The template's name, or <c>open</c> or <c>roundTable</c> without one.</param>
/// <param name="Version">Of the template.</param>
/// <param name="Name">For people.</param>
/// <param name="Text">What it is good for.</param>
/// <param name="Phases">In their order.</param>
/// <param name="Anonymity">The mode in which the room began.</param>
/// <param name="Vote">How is voted.</param>
public sealed record RoomMethodView(
    string Id, int Version, MethodText Name, MethodText Text, IReadOnlyList<MethodPhase> Phases, Anonymity Anonymity, VotePlan Vote);

/// <param name="Person">Who.</param>
/// <param name="RaisedAt">Since when.</param>
public sealed record HandView(PersonRef Person, DateTimeOffset RaisedAt);

/// <param name="Person">Who.</param>
/// <param name="Joined">Was in the room at some time.</param>
/// <param name="HasVoted">Has voted in the open round; never what.</param>
/// <param name="MayVote">Counts for "all in".</param>
public sealed record RoomMemberView(PersonRef Person, bool Joined, bool HasVoted, bool MayVote)
{
    /// <summary>Whether this person has voted is not told to the viewer: then <see cref="HasVoted"/> says nothing.</summary>
    public bool HidesVoted { get; init; }
}

/// <param name="Id">The message.</param>
/// <param name="By">Who said it.</param>
/// <param name="At">When.</param>
/// <param name="Seq">In this order they were said.</param>
/// <param name="Text">Null when it was erased.</param>
public sealed record MessageView(Guid Id, PersonRef By, DateTimeOffset At, long Seq, string? Text)
{
    /// <summary>What it is for.</summary>
    public MessageKind Kind { get; init; } = MessageKind.Remark;

    /// <summary>The message that it answers.</summary>
    public Guid? ReplyTo { get; init; }

    /// <summary>What it is about; null also when that is not for this viewer.</summary>
    public MessageAnchor? Anchor { get; init; }

    /// <summary>Who was mentioned.</summary>
    public IReadOnlyList<PersonRef> Mentions { get; init; } = [];

    /// <summary>When its text became what it is now; null when it was never changed.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>What it said before, oldest first.</summary>
    public IReadOnlyList<EarlierText> Earlier { get; init; } = [];

    /// <summary>Null while it stands. Of a message that was retracted no text is shown, neither this nor an earlier one.</summary>
    public RetractionView? Retracted { get; init; }
}

/// <param name="At">From when on it said this.</param>
/// <param name="Text">Null when it was erased.</param>
public sealed record EarlierText(DateTimeOffset At, string? Text);

/// <param name="By">Who retracted it: who had said it, or who leads the room.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Always there when it was another's.</param>
public sealed record RetractionView(PersonRef By, DateTimeOffset At, string? Reason);

/// <param name="Round">The open round.</param>
/// <param name="Options">What may be chosen.</param>
/// <param name="OptionsFrozen">Somebody has voted.</param>
/// <param name="DueAt">Later ballots are refused.</param>
/// <param name="Quorum">How many are needed at the deadline.</param>
/// <param name="In">How many are in.</param>
/// <param name="Asked">How many may vote.</param>
/// <param name="Mine">The viewer's own ballot of this round.</param>
/// <param name="MyEarlier">The viewer's own ballot of the round before.</param>
public sealed record BallotView(
    int Round,
    IReadOnlyList<VoteOption> Options,
    bool OptionsFrozen,
    DateTimeOffset DueAt,
    int Quorum,
    int In,
    int Asked,
    VoteView? Mine,
    VoteView? MyEarlier)
{
    /// <summary>Also when one's own ballot cannot be shown, because it is detached.</summary>
    public bool HasVoted { get; init; }

    public VoteMethod Method { get; init; }

    /// <summary>For consent; null while the facilitator has chosen none, and then nobody can vote yet.</summary>
    public VoteOption? Proposal { get; init; }

    /// <summary>Who must be among the voters for a reveal without everyone.</summary>
    public IReadOnlyList<RequiredRole> RequiredRoles { get; init; } = [];

    /// <summary>Of these the ones that nobody present has; empty outside the room.</summary>
    public IReadOnlyList<RequiredRole> MissingRoles { get; init; } = [];
}

/// <param name="Leading">What the round advises, when that is one option.</param>
public sealed record RoundView(int Round, DateTimeOffset RevealedAt, RevealReason Reason, IReadOnlyList<VoteView> Votes, VoteOption? Leading)
{
    public VoteMethod Method { get; init; }

    /// <summary>What was offered.</summary>
    public IReadOnlyList<VoteOption> Options { get; init; } = [];

    /// <summary>For consent.</summary>
    public VoteOption? Proposal { get; init; }

    /// <summary>Required roles of whom nobody had voted, though everyone else had.</summary>
    public IReadOnlyList<RequiredRole> MissingRoles { get; init; } = [];

    public required VoteTally Tally { get; init; }

    /// <summary>The votes are a pile, sorted by what they say: nobody's, and not to be found again in another round.</summary>
    public bool IsDetached { get; init; }
}

/// <param name="By">Who.</param>
/// <param name="Option">Of a single choice.</param>
/// <param name="Concern">0–10.</param>
/// <param name="Confidence">0–100.</param>
/// <param name="Reason">Why.</param>
/// <param name="ChangedMyMind">From round two on.</param>
public sealed record VoteView(PersonRef By, VoteOption? Option, int? Concern, int? Confidence, string? Reason, string? ChangedMyMind)
{
    /// <summary>Consent: what was proposed, and where the voter stands towards it.</summary>
    public VoteOption? Proposal { get; init; }

    public ConsentPosition? Position { get; init; }

    public string? Objection { get; init; }

    /// <summary>Score: every option's.</summary>
    public IReadOnlyList<OptionScore>? Scores { get; init; }

    /// <summary>Ranking: the best first.</summary>
    public IReadOnlyList<VoteOption>? Ranking { get; init; }

    public bool Abstained => Answer.Abstains;

    internal VoteAnswer Answer => new() { Option = Option, Position = Position, Scores = Scores, Ranking = Ranking, Concern = Concern };
}

public sealed record DecisionView(
    int Number,
    DecisionState State,
    PersonRef By,
    DateTimeOffset At,
    bool Deviates,
    DecisionContent? Content,
    PersonRef? Approver,
    DateTimeOffset? JudgedAt,
    string? JudgedRemark);

public sealed record DissentView(PersonRef By, DissentState State, string? Proposal, string? Statement)
{
    /// <summary>What the look back names the statement by; null while there is none.</summary>
    public Guid? Id { get; init; }

    /// <summary>What happened, seen beside this statement; from the look back on.</summary>
    public string? Happened { get; init; }

    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>The dissenter's last word.</summary>
    public string? ClosingWord { get; init; }
}

public sealed record FollowUpView(
    Guid Id, PersonRef Owner, FollowUpPlan? Plan, DateOnly DueOn, FollowUpState State, DateTimeOffset? DoneAt, string? Result);

public sealed record ReviewView(PersonRef By, DateTimeOffset At, string? ActualMeaning, string? Learning);

/// <param name="Node">The step's name in the workflow definition; what extending a deadline names.</param>
/// <param name="Activity">What is waited for, such as "CollectVotes".</param>
/// <param name="Since">When it was asked.</param>
/// <param name="DueAt">Until when.</param>
/// <param name="WaitsOn">On whom; before a reveal only roles that give nothing away.</param>
/// <param name="Pause">Null while its deadline runs. <paramref name="DueAt"/> then is when it is due if nobody lets it run on earlier.</param>
public sealed record OpenStepView(
    string Node, string Activity, DateTimeOffset Since, DateTimeOffset? DueAt, IReadOnlyList<PersonRef> WaitsOn, PauseView? Pause);

/// <param name="Since">Since when the deadline stands still.</param>
/// <param name="Until">Then it runs on by itself.</param>
/// <param name="Reason">Null where the viewer may not read what the case says.</param>
public sealed record PauseView(DateTimeOffset Since, DateTimeOffset Until, string? Reason);
