using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Decisions;

internal enum ReopenCaseOutcome
{
    Reopened,
    NotYours,
    NotClosed,
    Incomplete,
}

/// <summary>
/// Opens a closed case again: its flow starts anew on the definition that it began with. All that was read, voted and decided stays.
/// </summary>
internal sealed class ReopenCase(CommandRunner commands, WorkflowDriver workflow)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ReopenCaseCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, ReopenCaseCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = Judge(work, check.Problems);
        if (outcome == ReopenCaseOutcome.Reopened)
        {
            outcome = await ReopenAsync(work, command.Reason, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private async Task<ReopenCaseOutcome> ReopenAsync(Work work, string reason, CancellationToken ct)
    {
        var file = work.File;
        var role = file.Case.OwnerId == work.Me ? CaseRole.Owner : CaseRole.Coordinator;
        work.Append("case.reopened", role, new ReopenedBody(reason));
        // Two people may reopen at the same time: the row count decides.
        if (await work.ExecuteAsync("decisions/reopen", new { CaseId = work.Case, work.Now }, ct) == 0)
        {
            return ReopenCaseOutcome.NotClosed;
        }

        var inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["CaseId"] = JsonSerializer.SerializeToElement(work.Case),
            ["Urgency"] = JsonSerializer.SerializeToElement(Enums.Text(file.Case.Urgency!.Value)),
            ["Reopened"] = JsonSerializer.SerializeToElement(true),
        };
        await workflow.RestartAsync(work, inputs, ct);
        return ReopenCaseOutcome.Reopened;
    }

    private static ReopenCaseOutcome Judge(Work work, IReadOnlyList<FieldProblem> problems)
    {
        var file = work.File;
        if (file.Case.OwnerId != work.Me && !work.Actor.Is(Role.Coordinator))
        {
            return ReopenCaseOutcome.NotYours;
        }

        if (file.Phase != CasePhase.Closed)
        {
            return ReopenCaseOutcome.NotClosed;
        }

        return problems.Count > 0 ? ReopenCaseOutcome.Incomplete : ReopenCaseOutcome.Reopened;
    }

    private static Refusal? Refuse(ReopenCaseOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        ReopenCaseOutcome.Reopened => null,
        ReopenCaseOutcome.NotYours => Refusal.NotYours,
        ReopenCaseOutcome.NotClosed => Refusal.Conflict("case-not-closed"),
        ReopenCaseOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>case.reopened</c>.</summary>
internal sealed record ReopenedBody(string Reason);
