using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Trail.Audit;

namespace SignalReview.Cases;

/// <summary>One thing that waits for a person.</summary>
/// <param name="Kind">What.</param>
/// <param name="DueAt">Until when.</param>
/// <param name="FollowUp">Which action.</param>
internal sealed record WaitingWork(WorkKind Kind, DateTimeOffset? DueAt, Guid? FollowUp = null);

/// <summary>
/// What of a case waits for one person: of what they can do (<see cref="BlindViewActions"/>) the part that is asked of them. Pure.
/// </summary>
internal static class WorkListRules
{
    /// <param name="file">The case.</param>
    /// <param name="actor">Whose work list.</param>
    /// <param name="knows">What the person may know of the case at all.</param>
    /// <param name="endOfDay">When a date ends, in the team's time zone.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<WaitingWork> For(
        CaseFile file, Actor actor, BlindViewSight knows, Func<DateOnly, DateTimeOffset> endOfDay, DateTimeOffset now)
    {
        var can = BlindViewActions.For(file, actor, now);
        var me = actor.Person;
        var work = new List<WaitingWork>();
        Add(can.Contains("submitSignal"), WorkKind.FinishDraft, null);
        Add(can.Contains("handleStop"), WorkKind.HandleStop, null);
        Add(can.Contains("decide"), file.OpenStep("AwaitImmediateDecision") is null ? WorkKind.Decide : WorkKind.DecideNow,
            (file.OpenStep("AwaitImmediateDecision") ?? file.OpenStep("AskDecision"))?.DueAt);
        AddReading();
        AddRoom();
        AddEnquiries();
        Add(can.Contains("waiveDissent"), WorkKind.StateDissent, file.OpenStep("AskApproval")?.DueAt ?? file.OpenStep("AskDecision")?.DueAt);
        Add(can.Contains("approveDecision"), WorkKind.Approve, file.OpenStep("AskApproval")?.DueAt);
        AddFollowUp();
        Add(
            IsStuck(file) && actor.Is(Role.Coordinator),
            WorkKind.HelpStuckCase,
            file.Case.EscalatedAt);
        AddAudit();
        return work;

        void AddAudit()
        {
            var review = can.Contains("reviewEmergency");
            Add(review, WorkKind.ReviewEmergency, null);
            var answers = file.Case.OwnerId == me || actor.Is(Role.Coordinator);
            Add(!review && answers && file.Emergencies.Any(e => e.Verdict is null), WorkKind.SeeEmergency, null);
            Add(can.Contains("replyToFinding") && file.Findings.Any(f => f.State == FindingState.Open), WorkKind.ReplyToFinding, null);
            Add(file.Findings.Any(f => f.State == FindingState.Answered && f.RaisedById == me), WorkKind.CloseFinding, null);
        }

        void AddReading()
        {
            // Who is asked to read answers the invitation first; a reading given without an answer is an answer too.
            if (can.Contains("acceptInvitation"))
            {
                Add(true, WorkKind.RespondToInvitation, file.Invitation(me)!.RespondBy);
                return;
            }

            Add(can.Contains("readyToRead"), WorkKind.AskQuestions, file.OpenStep("Clarify")?.DueAt);
            Add(can.Contains("submitInterpretation"), WorkKind.GiveReading, file.OpenStep("CollectInterpretations")?.DueAt);
        }

        void AddRoom()
        {
            Add(can.Contains("answerQuestion") && file.Case.SubmitterId == me, WorkKind.AnswerQuestion, file.OpenStep("Clarify")?.DueAt);
            Add(can.Contains("finishComparing") && file.Case.OwnerId == me, WorkKind.Compare, file.OpenStep("Compare")?.DueAt);
            var leads = can.Contains("openVote") || can.Contains("secondRound") || (can.Contains("harvest") && file.OpenStep("Weigh") is not null);
            Add(leads, WorkKind.LeadRoom, file.OpenStep("Discuss")?.DueAt ?? file.OpenStep("Weigh")?.DueAt);
            Add(can.Contains("castVote"), WorkKind.Vote, file.OpenStep("CollectVotes")?.DueAt);
            Add(can.Contains("joinRoom") && file.Mentions.Any(m => m.PersonId == me && m.SeenAt is null), WorkKind.Mentioned, null);
            // Asked until answered; an answer can be changed, but nobody is asked to.
            var minutes = MinutesRules.Proposed(file);
            Add(
                can.Contains("answerMinutes") && MinutesRules.AnswersTo(file, minutes!.Number).Any(a => a.PersonId == me && a.Agrees is null),
                WorkKind.ApproveMinutes,
                minutes?.DueAt);
            // Who has not come in yet is asked to while there is talk; who leads is there for that, and who votes is asked to vote.
            var discuss = file.OpenStep("Discuss");
            var absent = file.Attendance.All(a => a.PersonId != me);
            Add(can.Contains("joinRoom") && absent && discuss is not null && !leads, WorkKind.JoinRoom, discuss?.DueAt);
        }

        // Nobody sets a time for what somebody volunteered for.
        void AddEnquiries()
        {
            Add(can.Contains("reportEnquiry"), WorkKind.LookInto, null);
            Add(can.Contains("answerEnquiry"), WorkKind.AnswerEnquiry, null);
        }

        void AddFollowUp()
        {
            foreach (var action in file.FollowUps.Where(f => f.OwnerId == me && f.State == FollowUpState.Planned && knows.FollowUp(f)))
            {
                Add(can.Contains("completeFollowUp"), WorkKind.FollowUpAction, endOfDay(action.DueOn), action.FollowUpId);
            }

            // Looking back waits for its day; a case in which an action is still open is not asked about sooner.
            var review = file.OpenStep("FollowUp");
            Add(can.Contains("reviewCase") && review is not null && IsReviewDay(file, endOfDay, now), WorkKind.Review, review?.DueAt);
        }

        void Add(bool holds, WorkKind kind, DateTimeOffset? due, Guid? followUp = null)
        {
            if (holds)
            {
                work.Add(new(kind, due, followUp));
            }
        }
    }

    /// <summary>Escalated in the phase that it is still in: a case that has moved on since got its help.</summary>
    public static bool IsStuck(CaseFile file) =>
        file.Case.EscalatedAt is { } at && at >= file.Case.PhaseSince && file.Phase != CasePhase.Draft && !file.IsOver;

    private static bool IsReviewDay(CaseFile file, Func<DateOnly, DateTimeOffset> endOfDay, DateTimeOffset now) =>
        file.Case.ReviewOn is not { } day || endOfDay(day.AddDays(-1)) <= now;
}
