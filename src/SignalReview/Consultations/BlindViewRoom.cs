using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Consultations;

// The room, and what came of it.
internal sealed partial class BlindView
{
    private RoomView? Room() => sight.Room && file.Room is { } room
        ? new(
            room.RoomPhase,
            room.Round,
            room.PhaseSince,
            room.PhaseEndsAt,
            Members(),
            sight.Messages ? [.. file.Messages.Select(Message)] : [],
            BallotOf(),
            [.. file.Rounds.Where(r => r.RevealedAt is not null).Select(Round)])
        {
            Method = Method(),
            PhaseNumber = file.PhaseNumber,
            Hands = sight.Messages ? [.. file.Hands.Where(h => file.MayEnterRoom(h.PersonId)).Select(h => new HandView(Ref(h.PersonId), h.RaisedAt))] : [],
            Floor = sight.Messages && room.FloorId is { } floor ? Ref(floor) : null,
            MaySay = Kinds(inReply: false),
            MayReply = Kinds(inReply: true),
            Moves = RoomRules.Leads(file, me) ? [.. PhaseMoves.Possible(file).Select(p => p.Id)] : [],
            NextPhase = RoomRules.IsOpen(file) ? file.Method.Phase(PhaseMoves.Next(file))?.Id : null,
            Movement = Movement(),
            Pulls = Pulls(),
        }
        : null;

    private IReadOnlyList<RoomMemberView> Members()
    {
        var voters = file.Voters;
        var everyone = new[] { file.Case.FacilitatorId, file.Case.CoFacilitatorId }.OfType<PersonId>().Concat(voters).Distinct();
        // That somebody has voted may be known in the room, so that the others can wait for them; never what, and not outside.
        var voted = sight.Messages && file.CurrentRound is { RevealedAt: null } round
            ? file.BallotsOf(round.Round).Select(b => b.PersonId).ToHashSet()
            : [];
        return [.. everyone.Select(p =>
            new RoomMemberView(Ref(p), file.Attendance.Any(a => a.PersonId == p), voted.Contains(p) && SeesVoted(p), voters.Contains(p)) { HidesVoted = !SeesVoted(p) })];
    }

    private DecisionView Decision(DecisionRow decision) => new(
        decision.Number,
        decision.State,
        Ref(decision.DecidedById),
        decision.DecidedAt,
        decision.Deviates,
        sight.Content ? Content(decision) : new DecisionContent { Outcome = decision.Outcome },
        decision.ApproverId is { } approver ? Ref(approver) : null,
        decision.JudgedAt,
        bodies.Find<DecisionJudgedBody>(decision.JudgedEvent)?.Remark);

    /// <summary>The body also holds number, state and the like; the actions have bodies of their own.</summary>
    private DecisionContent? Content(DecisionRow decision) => bodies.Find<DecisionContent>(decision.EventId);

    private DissentView Dissent(DissentRow dissent) => new(
        Ref(dissent.PersonId),
        dissent.State,
        bodies.Find<DissentAskedBody>(dissent.AskedEvent)?.Proposal,
        bodies.Find<DissentBody>(dissent.StatementEvent)?.Statement)
    {
        Id = dissent.StatementEvent is { } statement ? ComparingIds.Dissent(statement) : null,
        Happened = bodies.Find<DissentComparedBody>(dissent.ComparedEvent)?.Happened,
        ComparedAt = dissent.ComparedAt,
        ClosingWord = bodies.Find<DissentClosedBody>(dissent.ClosingEvent)?.Word,
    };

    private FollowUpView FollowUp(FollowUpRow followUp) => new(
        followUp.FollowUpId,
        Ref(followUp.OwnerId),
        bodies.Find<FollowUpPlan>(followUp.EventId),
        followUp.DueOn,
        followUp.State,
        followUp.DoneAt,
        bodies.Find<FollowUpCompletedBody>(followUp.ResultEvent)?.Result);

    private ReviewView Review(ReviewRow row)
    {
        var review = bodies.Find<ReviewBody>(row.EventId);
        return new(Ref(row.ReviewedById), row.ReviewedAt, review?.ActualMeaning, review?.Learning);
    }

    private StopView? Stop(StopEvents? stop) => file.Phase != CasePhase.Stopped
        ? null
        : new(file.Case.PhaseSince, file.Case.ClosedAt, bodies.Find<Signals.EndBody>(stop?.Stopped)?.Reason, bodies.Find<Signals.StopHandledBody>(stop?.Handled)?.Measures);

    /// <summary>A stop has no rows of its own: its events are found by their type.</summary>
    private static async Task<StopEvents> StopAsync(DbSession db, Dossier dossier, CancellationToken ct) => new(
        await db.FirstOrDefaultAsync<Guid?>("trail/event_of_type", new { CaseId = dossier.Id, Type = "case.stopped" }, ct),
        await db.FirstOrDefaultAsync<Guid?>("trail/event_of_type", new { CaseId = dossier.Id, Type = "stop.handled" }, ct));

    /// <param name="Stopped">By a privacy officer, with a reason; null when the gate did it.</param>
    /// <param name="Handled">Null until measures were recorded.</param>
    private sealed record StopEvents(Guid? Stopped, Guid? Handled)
    {
        public IEnumerable<Guid?> Events => [Stopped, Handled];
    }
}
