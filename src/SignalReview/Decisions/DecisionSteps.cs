using SignalReview.Cases;
using SignalReview.Workflow;

namespace SignalReview.Decisions;

/// <summary>What the workflow asks around a decision.</summary>
internal static class DecisionSteps
{
    /// <summary>When the look back is due: at the end of the review date that the decision names.</summary>
    /// <returns>Null without a decision, or when that moment has passed: then the step's own deadline holds, again and again.</returns>
    public static async Task<DateTimeOffset?> ReviewDueAsync(Work work, CancellationToken ct)
    {
        if (work.File.CurrentDecision is not { } decision)
        {
            return null;
        }

        var calendar = await TeamHours.LoadAsync(work.Db, work.File.Case.Team, ct);
        var due = calendar.EndOf(decision.ReviewOn);
        return due > work.Now ? due : null;
    }

    /// <summary>Says that the case is stuck, and why, until <see cref="SettleAsync"/>.</summary>
    public static async Task EscalateAsync(Work work, string to, string reason, CancellationToken ct)
    {
        work.AppendAsSystem("case.escalated", new EscalatedBody(to, reason));
        await work.ExecuteAsync("cases/set_escalation", new { CaseId = work.Case, EscalatedAt = work.Now, Escalation = reason }, ct);
    }

    /// <summary>
    /// An escalation is over when the case goes on: a step came to a result, not to its deadline and not with too few. "Done" is said by
    /// steps that escalate or pass the time, so it settles nothing.
    /// </summary>
    public static async Task SettleAsync(Work work, string outcome, CancellationToken ct)
    {
        if (outcome is not ("Deadline" or "TooFew" or "Done"))
        {
            await work.ExecuteAsync("decisions/settle_escalation", new { CaseId = work.Case }, ct);
        }
    }

    public static async Task CloseAsync(Work work, CancellationToken ct)
    {
        if (await work.ExecuteAsync("decisions/close", new { CaseId = work.Case, work.Now }, ct) == 1)
        {
            work.AppendAsSystem("case.closed", new { });
        }
    }
}

/// <summary>The body of <c>case.escalated</c>.</summary>
internal sealed record EscalatedBody(string To, string Reason);
