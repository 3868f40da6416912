using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Decisions;

internal enum ReviewCaseOutcome
{
    Reviewed,
    NotTheOwner,
    NotFollowingUp,
    Incomplete,
}

/// <summary>The look back: what the signal turned out to mean, and what is learnt from it. Then the workflow closes the case.</summary>
internal sealed class ReviewCase(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ReviewCaseCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ReviewCaseCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("actualMeaning", command.ActualMeaning);
        check.Required("learning", command.Learning);
        // JSON can say null where the contract says that there is a list.
        var outcomes = command.Dissents ?? [];
        DissentOutcomes.Check(check, work.File, outcomes);
        var step = work.File.OpenStep("FollowUp");
        var outcome = Judge(work.File, work.Me, step, check.Problems);
        if (outcome == ReviewCaseOutcome.Reviewed)
        {
            await DissentOutcomes.RecordAsync(work, outcomes, ct);
            var eventId = work.Append("case.reviewed", CaseRole.Owner, new ReviewBody(command.ActualMeaning, command.Learning));
            await work.ExecuteAsync(
                "decisions/insert_review", new { EventId = eventId, CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            work.Complete(step!, "Reviewed");
        }

        return Refuse(outcome, check.Problems);
    }

    private static ReviewCaseOutcome Judge(CaseFile file, PersonId me, OpenStepRow? step, IReadOnlyList<FieldProblem> problems)
    {
        if (file.Case.OwnerId != me)
        {
            return ReviewCaseOutcome.NotTheOwner;
        }

        if (step is null)
        {
            return ReviewCaseOutcome.NotFollowingUp;
        }

        return problems.Count > 0 ? ReviewCaseOutcome.Incomplete : ReviewCaseOutcome.Reviewed;
    }

    private static Refusal? Refuse(ReviewCaseOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        ReviewCaseOutcome.Reviewed => null,
        ReviewCaseOutcome.NotTheOwner => Refusal.NotYours,
        ReviewCaseOutcome.NotFollowingUp => Refusal.Conflict("not-following-up"),
        ReviewCaseOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>case.reviewed</c>.</summary>
internal sealed record ReviewBody(string ActualMeaning, string Learning);
