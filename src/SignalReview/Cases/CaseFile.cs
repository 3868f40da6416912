using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Rooms.Methods;
using SignalReview.Trail.Audit;

namespace SignalReview.Cases;

/// <summary>
/// One case as it stands, without a word of what people wrote: rules judge on it, <see cref="BlindView"/> decides from it who may read what.
/// </summary>
internal sealed record CaseFile(
    CaseRow Case,
    IReadOnlyList<string> Tags,
    IReadOnlyList<AdditionRow> Additions,
    IReadOnlyList<InvitationRow> Invitations,
    IReadOnlyList<QuestionRow> Questions,
    IReadOnlyList<InterpretationRow> Interpretations,
    RoomRow? Room,
    IReadOnlyList<AttendanceRow> Attendance,
    IReadOnlyList<MessageRow> Messages,
    IReadOnlyList<VoteRoundRow> Rounds,
    IReadOnlyList<BallotRow> Ballots,
    IReadOnlyList<DecisionRow> Decisions,
    IReadOnlyList<DissentRow> Dissents,
    IReadOnlyList<FollowUpRow> FollowUps,
    IReadOnlyList<ReviewRow> Reviews,
    IReadOnlyList<OpenStepRow> OpenSteps)
{
    public CaseId Id => Case.CaseId;

    /// <summary>Attached by the submitter; their content is read on its own.</summary>
    public IReadOnlyList<ImageRow> Images { get; init; } = [];

    /// <summary>Who opened the case in an emergency, oldest first.</summary>
    public IReadOnlyList<EmergencyRow> Emergencies { get; init; } = [];

    /// <summary>What auditors found, oldest first.</summary>
    public IReadOnlyList<FindingRow> Findings { get; init; } = [];

    /// <summary>Whose access in an emergency lasts; empty until a moment was named: see <see cref="At"/>.</summary>
    private HashSet<PersonId> EmergencyReaders { get; init; } = [];

    /// <summary>
    /// As those may see it at this moment who opened it in an emergency. The clock judges, and only reads ask: in a case that is loaded for a command
    /// they are nobody.
    /// </summary>
    public CaseFile At(DateTimeOffset now) => Emergencies.Count == 0 || Phase is CasePhase.Draft or CasePhase.Stopped or CasePhase.Withdrawn
        ? this
        : this with { EmergencyReaders = Emergencies.Where(e => now < e.EndsAt && e.Verdict != EmergencyVerdict.Unfounded).Select(e => e.PersonId).ToHashSet() };

    /// <summary>What was found of what readers missed.</summary>
    public IReadOnlyList<MissingCheckRow> MissingChecks { get; init; } = [];

    /// <summary>What somebody looks into because it would change a reader's mind.</summary>
    public IReadOnlyList<EnquiryRow> Enquiries { get; init; } = [];

    /// <summary>The copy of its template that the case carries; null before it was submitted, and in cases from before there were any.</summary>
    public RoomMethod? CopiedMethod { get; init; }

    /// <summary>How the room is held.</summary>
    public RoomMethod Method => CopiedMethod ?? RoomMethod.Without(Room?.Method);

    /// <summary>In which of the method's phases the room is, from 1; null where there is none.</summary>
    public int? PhaseNumber => Room is { } room ? room.PhaseNumber ?? Method.NumberOf(room.RoomPhase, room.Round) : null;

    /// <summary>The phase of the method in which the room is.</summary>
    public MethodPhase? MethodPhase => Method.Phase(PhaseNumber);

    /// <summary>Who wants to say something, in the order in which their hands went up.</summary>
    public IReadOnlyList<HandRow> Hands { get; init; } = [];

    /// <summary>Earlier texts of messages, oldest first.</summary>
    public IReadOnlyList<MessageEditRow> Edits { get; init; } = [];

    /// <summary>In the order of the messages.</summary>
    public IReadOnlyList<MentionRow> Mentions { get; init; } = [];

    /// <summary>What was written beside the facts of the minutes, all of it, by section and number.</summary>
    public IReadOnlyList<MinutesNoteRow> MinutesNotes { get; init; } = [];

    public IReadOnlyList<MinutesVersionRow> MinutesVersions { get; init; } = [];

    public IReadOnlyList<MinutesAnswerRow> MinutesAnswers { get; init; } = [];

    /// <summary>Of a pseudonymous case, as far as people have written.</summary>
    public IReadOnlyList<PseudonymRow> Pseudonyms { get; init; } = [];

    /// <summary>One a detached round, from its first ballot on.</summary>
    public IReadOnlyList<UrnRow> Urns { get; init; } = [];

    /// <summary>What the detached rounds came to.</summary>
    public IReadOnlyList<UrnBallotRow> UrnBallots { get; init; } = [];

    /// <summary>Never <see cref="Anonymity.Detached"/>: see <see cref="AnonymityRules.ForReadings"/>.</summary>
    public Anonymity ReadingAnonymity => Case.ReadingAnonymity ?? AnonymityRules.ForReadings(Method.Anonymity);

    public Anonymity VoteAnonymity => Case.VoteAnonymity ?? Method.Anonymity;

    public CasePhase Phase => Case.Phase;

    /// <summary>The decision that stands or is proposed; null before the first.</summary>
    public DecisionRow? CurrentDecision => Decisions.Count == 0 ? null : Decisions[^1];

    public VoteRoundRow? CurrentRound => Rounds.Count == 0 ? null : Rounds[^1];

    public bool IsOver => Phase is CasePhase.Closed or CasePhase.Withdrawn or CasePhase.Stopped;

    /// <summary>Nothing of what people wrote is left, and nothing more can be done in it.</summary>
    public bool IsErased => Case.ErasedAt is not null;

    public OpenStepRow? OpenStep(string activity) => OpenSteps.FirstOrDefault(step => step.Activity == activity);

    public InvitationRow? Invitation(PersonId person) => Invitations.FirstOrDefault(i => i.PersonId == person);

    public bool IsActiveReader(PersonId person) => Invitation(person) is { Active: true };

    /// <summary>
    /// Those who vote: the submitter, the owner and the active readers. Each counts once.
    /// </summary>
    public IReadOnlyList<PersonId> Voters =>
        [.. Invitations.Where(i => i.Active).Select(i => i.PersonId).Append(Case.SubmitterId).Append(Case.OwnerId).Distinct()];

    /// <summary>Those who may enter the room: the voters and who leads it.</summary>
    public bool MayEnterRoom(PersonId person) => Voters.Contains(person) || Facilitates(person);

    /// <summary>The facilitator, and who leads beside them.</summary>
    public bool Facilitates(PersonId person) => Case.FacilitatorId == person || Case.CoFacilitatorId == person;

    /// <summary>What this actor is in this case; empty means: does not know of it.</summary>
    public IReadOnlySet<CaseRole> RolesOf(Actor actor)
    {
        var roles = new HashSet<CaseRole>();
        var person = actor.Person;
        AddIf(Case.SubmitterId == person, CaseRole.Submitter);
        AddIf(Case.OwnerId == person, CaseRole.Owner);
        if (Phase == CasePhase.Draft)
        {
            return roles; // a draft is its writer's alone
        }

        AddIf(Facilitates(person), CaseRole.Facilitator);
        AddIf(IsActiveReader(person), CaseRole.Reader);
        AddIf(Decisions.Any(d => d.ApproverId == person), CaseRole.Approver);
        // An action that nobody approved lets nobody in.
        AddIf(FollowUps.Any(f => f.OwnerId == person && f.State is (FollowUpState.Planned or FollowUpState.Done)), CaseRole.ActionOwner);
        AddIf(EmergencyReaders.Contains(person), CaseRole.Emergency);
        AddIf(actor.Is(Role.Coordinator), CaseRole.Coordinator);
        AddIf(actor.Is(Role.PrivacyOfficer), CaseRole.PrivacyOfficer);
        AddIf(actor.Is(Role.Auditor), CaseRole.Auditor);
        return roles;

        void AddIf(bool holds, CaseRole role)
        {
            if (holds)
            {
                roles.Add(role);
            }
        }
    }

    /// <summary>The last round that was revealed; what a decision is held against.</summary>
    public VoteRoundRow? LastRevealedRound => Rounds.LastOrDefault(r => r.RevealedAt is not null);

    public IEnumerable<BallotRow> BallotsOf(int round) => Ballots.Where(b => b.Round == round);

    /// <summary>What a round's ballots answer, whoever gave them: where every tally gets them from.</summary>
    public IReadOnlyList<VoteAnswer> AnswersOf(VoteRoundRow round) =>
        IsDetached(round.Round)
            ? [.. UrnBallots.Where(b => b.Round == round.Round).Select(b => VoteAnswer.Of(round.Method, b.Choice, b.Answer, b.Concern))]
            : [.. BallotsOf(round.Round).Select(b => VoteAnswer.Of(round.Method, b.Choice, b.Answer, b.Concern))];

    /// <summary>Nobody knows who voted what in this round: <see cref="BallotsOf"/> tells only who voted.</summary>
    public bool IsDetached(int round) => Urns.Any(u => u.Round == round);

    public bool HasApprovedDecision => CurrentDecision is { State: DecisionState.Approved };
}
