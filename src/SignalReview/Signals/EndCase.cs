using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms.Anonymous;
using SignalReview.Signals.Images;
using SignalReview.Workflow;

namespace SignalReview.Signals;

/// <summary>Throws a draft away; that there was one stays in the trail, its content does not.</summary>
internal sealed class DiscardDraft(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, DiscardDraftCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, DiscardDraftCommand command, CancellationToken ct)
    {
        if (work.File.Phase != CasePhase.Draft)
        {
            return Refusal.Conflict("already-submitted");
        }

        await work.ExecuteAsync("signals/delete_drafts", new { CaseId = work.Case }, ct);
        await ImageRules.RemoveAllAsync(work, ct);
        work.Append("case.withdrawn", CaseRole.Submitter, new EndBody("draft"));
        await work.SetPhaseAsync(CasePhase.Withdrawn, ct);
        return null;
    }
}

internal enum EndCaseOutcome
{
    Ended,
    NotYours,
    NotRunning,
    Incomplete,
}

/// <summary>The submitter or owner takes the case back; its flow and deadlines end.</summary>
internal sealed class WithdrawCase(CommandRunner commands, WorkflowDriver workflow)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, WithdrawCaseCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, WithdrawCaseCommand command, CancellationToken ct)
    {
        var file = work.File;
        var mine = file.Case.SubmitterId == work.Me || file.Case.OwnerId == work.Me;
        var outcome = EndCaseRules.Judge(file, mine, command.Reason);
        if (outcome == EndCaseOutcome.Ended)
        {
            work.Append("case.withdrawn", file.Case.OwnerId == work.Me ? CaseRole.Owner : CaseRole.Submitter, new EndBody(command.Reason));
            await workflow.CancelAsync(work, ct);
            await Urns.DestroyAsync(work, ct);
            await work.SetPhaseAsync(CasePhase.Withdrawn, ct);
        }

        return EndCaseRules.Refuse(outcome);
    }
}

/// <summary>The privacy officer stops a case that should never have come in; nobody sees its content any more.</summary>
internal sealed class StopCase(CommandRunner commands, WorkflowDriver workflow)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, StopCaseCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, StopCaseCommand command, CancellationToken ct)
    {
        var outcome = EndCaseRules.Judge(work.File, work.Actor.Is(Role.PrivacyOfficer), command.Reason);
        if (outcome == EndCaseOutcome.Ended)
        {
            work.Append("case.stopped", CaseRole.PrivacyOfficer, new EndBody(command.Reason));
            await ImageRules.RemoveAllAsync(work, ct);
            await workflow.CancelAsync(work, ct);
            await Urns.DestroyAsync(work, ct);
            await work.SetPhaseAsync(CasePhase.Stopped, ct);
        }

        return EndCaseRules.Refuse(outcome);
    }
}

internal enum HandleStopOutcome
{
    Recorded,
    NotThePrivacyOfficer,
    NotStopped,
    AlreadyHandled,
    Incomplete,
}

/// <summary>The privacy officer records what was done about a legality stop, once.</summary>
internal sealed class HandleStop(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, HandleStopCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, HandleStopCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("measures", command.Measures);
        var outcome = Judge(work, check);
        if (outcome == HandleStopOutcome.Recorded)
        {
            work.Append("stop.handled", CaseRole.PrivacyOfficer, new StopHandledBody(command.Measures));
            await work.ExecuteAsync("signals/close_stop", new { CaseId = work.Case, work.Now }, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static HandleStopOutcome Judge(Work work, FieldCheck check)
    {
        if (!work.Actor.Is(Role.PrivacyOfficer))
        {
            return HandleStopOutcome.NotThePrivacyOfficer;
        }

        if (work.File.Phase != CasePhase.Stopped)
        {
            return HandleStopOutcome.NotStopped;
        }

        if (work.File.Case.ClosedAt is not null)
        {
            return HandleStopOutcome.AlreadyHandled;
        }

        return check.Problems.Count > 0 ? HandleStopOutcome.Incomplete : HandleStopOutcome.Recorded;
    }

    private static Refusal? Refuse(HandleStopOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        HandleStopOutcome.Recorded => null,
        HandleStopOutcome.NotThePrivacyOfficer => Refusal.NotYours,
        HandleStopOutcome.NotStopped => Refusal.Conflict("not-stopped"),
        HandleStopOutcome.AlreadyHandled => Refusal.Conflict("stop-already-handled"),
        HandleStopOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

internal static class EndCaseRules
{
    public static EndCaseOutcome Judge(CaseFile file, bool mine, string reason)
    {
        if (!mine)
        {
            return EndCaseOutcome.NotYours;
        }

        if (file.Phase == CasePhase.Draft || file.IsOver)
        {
            return EndCaseOutcome.NotRunning;
        }

        return string.IsNullOrWhiteSpace(reason) ? EndCaseOutcome.Incomplete : EndCaseOutcome.Ended;
    }

    public static Refusal? Refuse(EndCaseOutcome outcome) => outcome switch
    {
        EndCaseOutcome.Ended => null,
        EndCaseOutcome.NotYours => Refusal.NotYours,
        EndCaseOutcome.NotRunning => Refusal.Conflict("case-not-running"),
        EndCaseOutcome.Incomplete => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}

/// <summary>The body of <c>case.withdrawn</c> and <c>case.stopped</c>.</summary>
internal sealed record EndBody(string Reason);

/// <summary>The body of <c>stop.handled</c>.</summary>
internal sealed record StopHandledBody(string Measures);
