using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Signals;
using SignalReview.Trail.Audit;
using SignalReview.Workflow;

namespace SignalReview.Consultations;

/// <summary>
/// What a person can do in a case now, judged by the same facts as the use cases. It never depends on what another wrote, chose or has
/// handed in before a reveal: only on counts that everyone knows.
/// </summary>
internal sealed class BlindViewActions
{
    private const int FewestToReveal = 2;

    private readonly CaseFile file;
    private readonly Actor actor;
    private readonly PersonId me;
    private readonly DateTimeOffset now;
    private readonly HashSet<string> can = new(StringComparer.Ordinal);

    private BlindViewActions(CaseFile file, Actor actor, DateTimeOffset now)
    {
        this.file = file;
        this.actor = actor;
        this.now = now;
        me = actor.Person;
    }

    private bool IsOwner => file.Case.OwnerId == me;

    private bool IsMine => IsOwner || file.Case.SubmitterId == me;

    private bool IsFacilitator => file.Facilitates(me);

    private bool Coordinates => actor.Is(Role.Coordinator);

    private bool IsRunning => file.Phase != CasePhase.Draft && !file.IsOver;

    /// <returns>Names of commands in camelCase without "Command".</returns>
    public static IReadOnlySet<string> For(CaseFile file, Actor actor, DateTimeOffset now)
    {
        if (file.RolesOf(actor).Count == 0 || file.IsErased)
        {
            return new HashSet<string>(StringComparer.Ordinal);
        }

        var actions = new BlindViewActions(file, actor, now);
        actions.AddCase();
        actions.AddReading();
        actions.AddComparing();
        actions.AddRoom();
        actions.AddDecision();
        return actions.can;
    }

    private void AddCase()
    {
        Add("submitSignal", file.Phase == CasePhase.Draft && file.Case.SubmitterId == me);
        Add("discardDraft", file.Phase == CasePhase.Draft);
        Add("addToSignal", IsRunning && IsMine);
        Add("withdrawCase", IsRunning && IsMine);
        Add("stopCase", IsRunning && actor.Is(Role.PrivacyOfficer));
        Add("handleStop", file.Phase == CasePhase.Stopped && file.Case.ClosedAt is null && actor.Is(Role.PrivacyOfficer));
        Add("transferCase", IsRunning && (IsOwner || Coordinates) && file.CurrentDecision is not { State: DecisionState.Proposed });
        Add("tightenAnonymity", IsRunning && (RoomRules.Leads(file, me) || IsOwner) && AnonymityRules.Possible(file).Count > 0);
        Add("appointFacilitator", IsRunning && AppointCoFacilitator.Appoints(file, actor));
        var appoints = file.Case.FacilitatorId is not null && AppointCoFacilitator.Appoints(file, actor);
        Add("appointCoFacilitator", IsRunning && (appoints || file.Case.CoFacilitatorId == me));
        Add("extendDeadline", (IsFacilitator || Coordinates) && file.OpenSteps.Count > 0);
        Add("pauseDeadline", (IsFacilitator || Coordinates) && file.OpenSteps.Any(s => DeadlinePauses.IsPossible(s, now)));
        Add("resumeDeadline", (IsFacilitator || Coordinates) && file.OpenSteps.Any(s => s.PausedAt is not null));
        Add("reviewEmergency", EmergencyRules.MayReview(file, actor));
        Add("raiseFinding", FindingRules.MayRaise(actor));
        Add("replyToFinding", FindingRules.MayReply(file, actor) && file.Findings.Any(FindingRules.IsOpen));
        Add("reviseFinding", file.Findings.Any(f => FindingRules.MayJudge(f, actor)));
        Add("closeFinding", file.Findings.Any(f => FindingRules.MayJudge(f, actor)));
        Add("reopenCase", file.Phase == CasePhase.Closed && (IsOwner || Coordinates));
    }

    private void AddReading()
    {
        var invitation = file.Invitation(me);
        var given = file.Interpretations.Any(i => i.PersonId == me);
        var clarifying = ClarifyingRules.IsOpen(file);
        Add("acceptInvitation", !file.IsOver && invitation is { State: InvitationState.Invited });
        Add("declineInvitation", !file.IsOver && invitation is { Active: true } && !given);
        Add("replaceReader", IsRunning && (IsFacilitator || Coordinates) && file.Invitations.Any(i => i.Active));
        Add("inviteReader", IsRunning && (IsFacilitator || Coordinates) && file.Case.RevealedAt is null);
        Add("askQuestion", clarifying && invitation is { Active: true });
        Add("readyToRead", clarifying && invitation is { Active: true, ReadyAt: null });
        Add("answerQuestion", !file.IsOver && IsMine && file.Questions.Any(q => q.AnsweredAt is null));
        Add("markQuestion", !file.IsOver && IsMine && file.Questions.Any(q => q.AnsweredAt is not null));
        Add("finishClarifying", clarifying && (IsFacilitator || IsOwner));
        var collecting = file.OpenStep("CollectInterpretations");
        Add("submitInterpretation", collecting is not null && invitation is { Active: true } && !given && !(now > collecting.DueAt));
        Add("revealInterpretations", collecting is not null && IsFacilitator && file.Interpretations.Count >= FewestToReveal);
        Add("finishComparing", file.OpenStep("Compare") is not null && (IsOwner || IsFacilitator));
    }

    /// <summary>Whether there is something to tick or to take up only the view knows, which has the readings' words: it takes back what is too much.</summary>
    private void AddComparing()
    {
        var comparing = ComparingRules.IsOpen(file) && ComparingRules.MayTakePart(file, me);
        var enquiries = file.Enquiries;
        Add("checkMissing", comparing);
        Add("uncheckMissing", comparing && file.MissingChecks.Count > 0);
        Add("takeEnquiry", comparing && file.Interpretations.Any(r => BlindViewSight.IsRevealed(r) && ComparingRules.EnquiryInto(file, r) is null));
        var taken = comparing && enquiries.Any(e => e.State == EnquiryState.Taken && e.TakenById == me);
        Add("leaveEnquiry", taken);
        Add("reportEnquiry", taken);
        Add("answerEnquiry", comparing && ComparingRules.AsksAbout(file, me));
    }

    private void AddRoom()
    {
        var open = RoomRules.IsOpen(file);
        var leads = RoomRules.Leads(file, me);
        Add("joinRoom", open && file.MayEnterRoom(me));
        Add("say", open && file.MayEnterRoom(me) && PhaseRules.Kinds(file, me, inReply: true).Count > 0);
        Add("movePhase", leads && PhaseMoves.Possible(file).Count > 0);
        Add("raiseHand", open && file.MayEnterRoom(me) && !HandRules.IsUp(file, me) && file.Room!.FloorId != me);
        Add("lowerHand", open && file.MayEnterRoom(me) && (HandRules.IsUp(file, me) || (leads && file.Hands.Count > 0)));
        Add("giveFloor", open && leads);
        Add("endFloor", open && file.Room!.FloorId is { } floor && (leads || floor == me));
        Add("editMessage", open && file.MayEnterRoom(me) && file.Messages.Any(m => m.PersonId == me && m.RetractedAt is null));
        Add("retractMessage", file.Messages.Any(m => RetractMessage.MayRetract(file, me, m)));
        Add("retractAnyMessage", leads && file.Messages.Any(m => m.PersonId != me && RetractMessage.MayRetract(file, me, m)));
        Add("setRoomClock", open && leads);
        Add("extendRoomClock", open && leads && file.Room!.PhaseEndsAt is not null);
        Add("openVote", leads && file.OpenStep("Discuss") is not null);
        var writes = MinutesRules.MayWrite(file, me) && MinutesRules.AreOpen(file);
        Add("editMinutes", writes);
        Add("proposeMinutes", writes && MinutesRules.IsRoomClosed(file) && MinutesRules.Proposed(file) is null);
        Add("answerMinutes", MinutesRules.MayAnswer(file, me, now));
        if (file.OpenStep("CollectVotes") is not null && file.CurrentRound is { RevealedAt: null } round)
        {
            Add("chooseOptions", leads && !file.BallotsOf(round.Round).Any());
            Add("castVote", CastVote.IsReady(round) && file.Voters.Contains(me) && file.BallotsOf(round.Round).All(b => b.PersonId != me) && now <= round.DueAt);
            Add("revealVotes", leads && VoteQuorum.IsMet(file, round));
        }

        if (file.OpenStep("Weigh") is { } weigh)
        {
            Add("secondRound", leads && weigh.Input("Round") < weigh.Input("MaxRounds"));
            Add("harvest", leads || IsOwner);
        }
    }

    private void AddDecision()
    {
        Add("decide", IsOwner && (file.OpenStep("AwaitImmediateDecision") ?? file.OpenStep("AskDecision")) is not null);
        var dissenting = DissentRules.IsOpen(file);
        Add("askDissent", dissenting && IsOwner && file.Voters.Any(v => v != me && DissentRules.MayBeAsked(file, v)));
        Add("stateDissent", dissenting && DissentRules.MayState(file, me));
        Add("closeDissent", DissentRules.MayClose(file, me));
        Add("waiveDissent", dissenting && DissentRules.Of(file, me) is { State: DissentState.Asked });
        if (file.OpenStep("AskApproval") is not null && file.CurrentDecision is { State: DecisionState.Proposed } decision)
        {
            var approves = decision.ApproverId == me;
            Add("approveDecision", approves && decision.DecidedById != me && !IsOwner && !DissentRules.IsPending(file));
            Add("returnDecision", approves || IsOwner);
        }

        var decided = file.Decisions.Any(d => d.State is DecisionState.Approved or DecisionState.Immediate);
        Add("planFollowUp", !file.IsOver && IsOwner && decided);
        Add("completeFollowUp", file.Phase is not (CasePhase.Withdrawn or CasePhase.Stopped)
            && file.FollowUps.Any(f => f.State == FollowUpState.Planned && (f.OwnerId == me || IsOwner)));
        Add("reviewCase", IsOwner && file.OpenStep("FollowUp") is not null);
    }

    private void Add(string command, bool holds)
    {
        if (holds)
        {
            can.Add(command);
        }
    }
}
