using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Workflow;

internal enum ResumeDeadlineOutcome
{
    Resumed,
    NotYours,
    NotOpen,
    NotPaused,
}

/// <summary>Lets a paused deadline run on, with the time that was left.</summary>
internal sealed class ResumeDeadline(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ResumeDeadlineCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ResumeDeadlineCommand command, CancellationToken ct)
    {
        var step = work.File.OpenSteps.FirstOrDefault(s => s.Node == command.Node);
        var outcome = !TimeKeepers.Include(work) ? ResumeDeadlineOutcome.NotYours
            : step is null ? ResumeDeadlineOutcome.NotOpen
            : step.PausedAt is null ? ResumeDeadlineOutcome.NotPaused
            : ResumeDeadlineOutcome.Resumed;
        if (outcome == ResumeDeadlineOutcome.Resumed)
        {
            var due = await DeadlinePauses.ResumeAsync(work, step!, DeadlinePauses.End(step!, work.Now), ct);
            work.Append("deadline.resumed", TimeKeepers.RoleOf(work), new DeadlineResumedBody(step!.Activity, due, ByItself: false));
        }

        return Refuse(outcome);
    }

    private static Refusal? Refuse(ResumeDeadlineOutcome outcome) => outcome switch
    {
        ResumeDeadlineOutcome.Resumed => null,
        ResumeDeadlineOutcome.NotYours => Refusal.NotYours,
        ResumeDeadlineOutcome.NotOpen => Refusal.Conflict("step-not-open"),
        ResumeDeadlineOutcome.NotPaused => Refusal.Conflict("deadline-not-paused"),
    };
}
