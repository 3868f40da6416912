using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Workflow;

internal enum PauseDeadlineOutcome
{
    Paused,
    NotYours,
    NotOpen,
    AlreadyPaused,
    Passed,
    NotPausable,
    Incomplete,
}

/// <summary>Lets a waiting step's deadline stand still, with a reason: the submitter is ill, an answer from outside is waited for.</summary>
internal sealed class PauseDeadline(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, PauseDeadlineCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, PauseDeadlineCommand command, CancellationToken ct)
    {
        var step = work.File.OpenSteps.FirstOrDefault(s => s.Node == command.Node);
        var outcome = Judge(work, step, command);
        if (outcome == PauseDeadlineOutcome.Paused)
        {
            var until = work.Now + DeadlinePauses.Longest(step!);
            var paused = work.Append("deadline.paused", TimeKeepers.RoleOf(work), new DeadlinePausedBody(step!.Activity, until, command.Reason));
            await DeadlinePauses.PauseAsync(work, step, paused, ct);
        }

        return Refuse(outcome);
    }

    private static PauseDeadlineOutcome Judge(Work work, OpenStepRow? step, PauseDeadlineCommand command) =>
        !TimeKeepers.Include(work) ? PauseDeadlineOutcome.NotYours
        : step is null ? PauseDeadlineOutcome.NotOpen
        : step.PausedAt is not null ? PauseDeadlineOutcome.AlreadyPaused
        : work.Now >= step.DueAt ? PauseDeadlineOutcome.Passed // what is late is late, also when nothing fired yet
        : !DeadlinePauses.IsPossible(step, work.Now) ? PauseDeadlineOutcome.NotPausable
        : string.IsNullOrWhiteSpace(command.Reason) ? PauseDeadlineOutcome.Incomplete
        : PauseDeadlineOutcome.Paused;

    private static Refusal? Refuse(PauseDeadlineOutcome outcome) => outcome switch
    {
        PauseDeadlineOutcome.Paused => null,
        PauseDeadlineOutcome.NotYours => Refusal.NotYours,
        PauseDeadlineOutcome.NotOpen => Refusal.Conflict("step-not-open"),
        PauseDeadlineOutcome.AlreadyPaused => Refusal.Conflict("deadline-already-paused"),
        PauseDeadlineOutcome.Passed => Refusal.Conflict("deadline-passed"),
        PauseDeadlineOutcome.NotPausable => Refusal.Conflict("deadline-not-pausable"),
        PauseDeadlineOutcome.Incomplete => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}

/// <summary>Who may change a step's deadline: who leads the case, and coordinators.</summary>
internal static class TimeKeepers
{
    public static bool Include(Work work) => work.File.Facilitates(work.Me) || work.Actor.Is(Role.Coordinator);

    public static CaseRole RoleOf(Work work) => work.File.Facilitates(work.Me) ? CaseRole.Facilitator : CaseRole.Coordinator;
}

/// <summary>The body of <c>deadline.paused</c>.</summary>
internal sealed record DeadlinePausedBody(string Activity, DateTimeOffset Until, string Reason);

/// <summary>The body of <c>deadline.resumed</c>.</summary>
internal sealed record DeadlineResumedBody(string Activity, DateTimeOffset Due, bool ByItself);
