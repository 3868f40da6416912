using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.People;

namespace SignalReview.Consultations;

/// <summary>
/// Which parts of a case one viewer may see now: need-to-know, and blindness until a reveal. Pure; <see cref="BlindView"/> opens only what
/// this allows, and nobody else decides.
/// </summary>
internal sealed class BlindViewSight
{
    private readonly CaseFile file;
    private readonly PersonId me;

    public BlindViewSight(CaseFile file, Actor actor, bool coreOnly)
    {
        this.file = file;
        me = actor.Person;
        Roles = file.RolesOf(actor);
        var mine = Has(CaseRole.Submitter) || Has(CaseRole.Owner);
        var inside = mine || Has(CaseRole.Facilitator) || Has(CaseRole.Reader) || Has(CaseRole.Approver) || Has(CaseRole.Emergency);
        var visible = file.Phase switch
        {
            _ when file.IsErased => false, // there is nothing left to see
            CasePhase.Stopped => false, // nobody's any more, whoever wrote it
            CasePhase.Withdrawn => mine, // taken back: colleagues have nothing to do with it any more
            _ => true,
        };

        IsMine = visible && mine;
        Core = visible && inside && coreOnly && !mine;
        Content = visible && inside && !Core;
        Advice = visible && inside;
        TitleAndOutcome = visible && !inside && file.FollowUps.Any(f => f.OwnerId == me && f.State != FollowUpState.Proposed);
        Room = visible && (file.MayEnterRoom(me) || Has(CaseRole.Approver));
        Messages = visible && file.MayEnterRoom(me);
        RoutingReasons = !file.IsErased
            && file.Phase is not (CasePhase.Stopped or CasePhase.Withdrawn)
            && (Has(CaseRole.Owner) || Has(CaseRole.Facilitator) || Has(CaseRole.Coordinator));
        FullFacts = file.Phase != CasePhase.Stopped && !file.IsErased && (Content || Has(CaseRole.Coordinator));
        Measures = file.Phase == CasePhase.Stopped && !file.IsErased && Has(CaseRole.PrivacyOfficer);
    }

    public IReadOnlySet<CaseRole> Roles { get; }

    /// <summary>False: for this viewer there is no such case. An action that was only proposed tells its owner nothing yet.</summary>
    public bool KnowsOfCase => Roles.Count > 0 && (TitleAndOutcome || !Roles.SetEquals([CaseRole.ActionOwner]));

    /// <summary>Submitter or owner.</summary>
    public bool IsMine { get; }

    /// <summary>The whole signal, its additions, all questions, the decisions, all follow-up.</summary>
    public bool Content { get; }

    /// <summary>Of the signal only what was seen online, the age band and the question; nothing by which a subject could be known.</summary>
    public bool Core { get; }

    /// <summary>What colleagues wrote after its reveal: readings and votes.</summary>
    public bool Advice { get; }

    /// <summary>What is in an urn that was opened.</summary>
    public bool Votes => Advice && file.Phase != CasePhase.Stopped;

    /// <summary>Carries an action and is nothing else: the title, what was decided, and the own actions.</summary>
    public bool TitleAndOutcome { get; }

    public bool Room { get; }

    public bool Messages { get; }

    /// <summary>Why routing chose each reader.</summary>
    public bool RoutingReasons { get; }

    /// <summary>Platform, tags, age band: what is kept in the clear.</summary>
    public bool FullFacts { get; }

    /// <summary>What was done about a legality stop.</summary>
    public bool Measures { get; }

    /// <summary>Why somebody opened the case in an emergency is for those who answer for it, and for who did.</summary>
    public bool Emergency(EmergencyRow access) =>
        access.PersonId == me || Has(CaseRole.Owner) || Has(CaseRole.Coordinator) || Has(CaseRole.PrivacyOfficer);

    /// <summary>What was made of the readings once they were revealed.</summary>
    public bool Comparison => Advice && file.Case.RevealedAt is not null;

    /// <summary>Another's reading is seen from its reveal on; one's own always.</summary>
    public bool Reading(InterpretationRow reading) =>
        file.Phase != CasePhase.Stopped && !file.IsErased && (reading.PersonId == me || (Advice && IsRevealed(reading)));

    /// <summary>Another's ballot is seen from the reveal of its round on; one's own always.</summary>
    public bool Ballot(BallotRow ballot) =>
        file.Phase != CasePhase.Stopped && !file.IsErased && (ballot.PersonId == me || (Advice && IsRevealed(file, ballot)));

    public bool Question(QuestionRow question) => Content || (Core && question.AskedById == me);

    /// <summary>What was fixed is read inside the case; what is still being agreed on, by those of the room.</summary>
    public bool Minutes(MinutesVersionRow version) => Messages || (Advice && version.State == MinutesState.Fixed);

    /// <summary>From within all of them; from outside only what stands.</summary>
    public bool Decision(DecisionRow decision) =>
        Content || ((Core || TitleAndOutcome) && (decision.State is DecisionState.Approved or DecisionState.Immediate));

    /// <summary>A statement is for everyone inside; that one was asked for or waived is between the asked and those who decide.</summary>
    public bool Dissent(DissentRow dissent) =>
        dissent.PersonId == me && Advice
        || (Content && (dissent.State == DissentState.Stated || Has(CaseRole.Owner) || Has(CaseRole.Approver) || Has(CaseRole.Facilitator)));

    /// <summary>How an invitation stands. That a reading came in unannounced must not show by its acceptance before the reveal.</summary>
    public InvitationState StateOf(InvitationRow invitation) =>
        invitation.PersonId != me
        && invitation.State == InvitationState.Accepted
        && file.Interpretations.FirstOrDefault(i => i.PersonId == invitation.PersonId) is { } reading
        && !IsRevealed(reading)
        && invitation.RespondedAt == reading.SubmittedAt
            ? InvitationState.Invited
            : invitation.State;

    /// <summary>An action of one's own is seen once the decision that asks for it was approved.</summary>
    public bool FollowUp(FollowUpRow followUp) =>
        Content || ((Core || TitleAndOutcome) && followUp.OwnerId == me && followUp.State != FollowUpState.Proposed);

    /// <summary>After a reopening a new collection may be open: what came in since the reveal is blind again.</summary>
    public static bool IsRevealed(InterpretationRow reading) => reading.RevealedAt is not null;

    public static bool IsRevealed(CaseFile file, BallotRow ballot) =>
        file.Rounds.Any(r => r.Round == ballot.Round && r.RevealedAt is not null);

    private bool Has(CaseRole role) => Roles.Contains(role);
}
