using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms.Methods;
using SignalReview.Workflow;

namespace SignalReview.Rooms;

internal enum MovePhaseOutcome
{
    /// <summary>To another talk, or to the harvest.</summary>
    Moved,

    /// <summary>The talk is over: the workflow opens the vote.</summary>
    Vote,

    /// <summary>The workflow goes back to talking, ahead of another vote.</summary>
    SecondRound,
    NotTheFacilitator,
    NotOpen,
    SomebodyWasFirst,
    VoteRuns,
    LastPhase,
    NotFromHere,
    LastRound,
    Unknown,
    NoReason,
}

/// <summary>
/// Moves the room to the next phase of its method, or with a reason to another one. Two who lead and do so at once move it once: each says from
/// which phase.
/// </summary>
internal sealed class MovePhase(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, MovePhaseCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, MovePhaseCommand command, CancellationToken ct)
    {
        var file = work.File;
        var target = PhaseMoves.Target(file, command.To);
        var outcome = Judge(file, work.Me, command, target);
        if (outcome is MovePhaseOutcome.Moved or MovePhaseOutcome.Vote or MovePhaseOutcome.SecondRound)
        {
            var from = file.PhaseNumber!.Value;
            IReadOnlyList<string> skipped = target!.Value > from + 1
                ? [.. file.Method.Phases[from..(target.Value - 1)].Where(p => p.Kind is not (PhaseKind.Vote or PhaseKind.SecondRound)).Select(p => p.Id)]
                : [];
            var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason;
            work.Append("room.phase", RoomRules.LeadsAs(file), new RoomPhaseBody(command.From, file.Method.Phase(target)!.Id, reason, skipped));
            if (outcome == MovePhaseOutcome.Moved && !await RoomSteps.MoveAsync(work, target.Value, ct))
            {
                outcome = MovePhaseOutcome.SomebodyWasFirst;
            }
        }

        Complete(work, outcome);
        return Refuse(outcome);
    }

    private static void Complete(Work work, MovePhaseOutcome outcome)
    {
        if (outcome == MovePhaseOutcome.Vote)
        {
            work.Complete(work.File.OpenStep("Discuss")!, "Vote");
        }
        else if (outcome == MovePhaseOutcome.SecondRound)
        {
            work.Append("round.again", RoomRules.LeadsAs(work.File), new RoundAgainBody(work.File.CurrentRound?.Round ?? 0));
            work.Complete(work.File.OpenStep("Weigh")!, "SecondRound");
        }
    }

    private static MovePhaseOutcome Judge(CaseFile file, PersonId me, MovePhaseCommand command, int? target)
    {
        if (!RoomRules.Leads(file, me))
        {
            return MovePhaseOutcome.NotTheFacilitator;
        }

        if (!RoomRules.IsOpen(file) || file.MethodPhase is not { } now)
        {
            return MovePhaseOutcome.NotOpen;
        }

        if (now.Id != command.From)
        {
            return MovePhaseOutcome.SomebodyWasFirst;
        }

        if (file.OpenStep("CollectVotes") is not null)
        {
            return MovePhaseOutcome.VoteRuns;
        }

        if (command.To is null && target is null)
        {
            return MovePhaseOutcome.LastPhase;
        }

        if (target is not { } number || file.Method.Phase(number) is not { } phase)
        {
            return MovePhaseOutcome.Unknown;
        }

        var outcome = PhaseMoves.To(file, phase.Kind);
        var goesOn = outcome is MovePhaseOutcome.Moved or MovePhaseOutcome.Vote or MovePhaseOutcome.SecondRound;
        if (goesOn && number == file.PhaseNumber && file.Room!.RoomPhase != RoomPhase.Revealed)
        {
            return MovePhaseOutcome.SomebodyWasFirst; // it is there already
        }

        return goesOn && number != PhaseMoves.Next(file) && string.IsNullOrWhiteSpace(command.Reason) ? MovePhaseOutcome.NoReason : outcome;
    }

    private static Refusal? Refuse(MovePhaseOutcome outcome) => outcome switch
    {
        MovePhaseOutcome.Moved or MovePhaseOutcome.Vote or MovePhaseOutcome.SecondRound => null,
        MovePhaseOutcome.NotTheFacilitator => Refusal.NotYours,
        MovePhaseOutcome.NotOpen => Refusal.Conflict("room-not-open"),
        MovePhaseOutcome.SomebodyWasFirst => Refusal.Conflict("phase-moved"),
        MovePhaseOutcome.VoteRuns => Refusal.Conflict("phase-vote-runs"),
        MovePhaseOutcome.LastPhase => Refusal.Conflict("phase-last"),
        MovePhaseOutcome.NotFromHere => Refusal.Conflict("phase-not-from-here"),
        MovePhaseOutcome.LastRound => Refusal.Conflict("last-round"),
        MovePhaseOutcome.Unknown => Refusal.Invalid(new FieldProblem("to", "unknown")),
        MovePhaseOutcome.NoReason => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}

/// <summary>Where a room can go from where it is. Pure.</summary>
internal static class PhaseMoves
{
    /// <summary>The number of the phase that comes next; null when none does.</summary>
    public static int? Next(CaseFile file)
    {
        if (file.PhaseNumber is not { } now)
        {
            return null;
        }

        var method = file.Method;
        if (file.OpenStep("Discuss") is not null)
        {
            return now < method.VoteNumber ? now + 1 : method.VoteNumber;
        }

        return file.OpenStep("Weigh") is not null && file.Room!.RoomPhase != RoomPhase.Harvest ? method.HarvestNumber : null;
    }

    public static int? Target(CaseFile file, string? to) => to is null ? Next(file) : file.Method.NumberOf(to);

    /// <summary>The phases to which whoever leads can move the room now, in their order.</summary>
    public static IReadOnlyList<MethodPhase> Possible(CaseFile file) => !RoomRules.IsOpen(file) || file.OpenStep("CollectVotes") is not null
        ? []
        : [.. file.Method.Phases
            .Where(p => To(file, p.Kind) is MovePhaseOutcome.Moved or MovePhaseOutcome.Vote or MovePhaseOutcome.SecondRound)
            .Where(p => p != file.MethodPhase || file.Room!.RoomPhase == RoomPhase.Revealed)];

    public static MovePhaseOutcome To(CaseFile file, PhaseKind kind)
    {
        if (file.OpenStep("Discuss") is { } talk)
        {
            return kind switch
            {
                PhaseKind.Vote => MovePhaseOutcome.Vote,
                PhaseKind.SecondRound => talk.Input("Round") > 1 ? MovePhaseOutcome.Moved : MovePhaseOutcome.NotFromHere,
                PhaseKind.Harvest => MovePhaseOutcome.NotFromHere,
                _ => MovePhaseOutcome.Moved,
            };
        }

        if (file.OpenStep("Weigh") is not { } weigh)
        {
            return MovePhaseOutcome.NotFromHere;
        }

        return kind switch
        {
            PhaseKind.Harvest => MovePhaseOutcome.Moved,
            PhaseKind.SecondRound => weigh.Input("Round") < weigh.Input("MaxRounds") ? MovePhaseOutcome.SecondRound : MovePhaseOutcome.LastRound,
            _ => MovePhaseOutcome.NotFromHere,
        };
    }
}

/// <summary>The body of <c>room.phase</c>.</summary>
/// <param name="FromPhase">The phase that was left, by its id in the method.</param>
/// <param name="ToPhase">The phase that begins.</param>
/// <param name="Reason">Always there when it is not the next one.</param>
/// <param name="Skipped">Phases between the two that were not held.</param>
internal sealed record RoomPhaseBody(string FromPhase, string ToPhase, string? Reason, IReadOnlyList<string> Skipped);
