using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.Decisions;

internal enum DecideOutcome
{
    Decided,
    NotTheOwner,
    NotAsked,
    Incomplete,
}

/// <summary>The owner decides. A decision is never edited: another one, once approved, supersedes it.</summary>
internal sealed class Decide(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, DecideCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, DecideCommand command, CancellationToken ct)
    {
        if (DecisionRules.IsMalformed(command.Decision))
        {
            return Refuse(DecideOutcome.Incomplete, [new FieldProblem("decision", "required")]);
        }

        var file = work.File;
        // In acute danger nobody waits for a vote or for a second pair of eyes.
        var immediate = file.OpenStep("AwaitImmediateDecision");
        var step = immediate ?? file.OpenStep("AskDecision");
        var problems = await ProblemsAsync(work, command, immediate is not null, ct);
        var outcome = Judge(file, work.Me, step, problems);
        if (outcome == DecideOutcome.Decided)
        {
            await DecideAsync(work, command, immediate is not null, ct);
            work.Complete(step!, "Decided");
        }

        return Refuse(outcome, problems);
    }

    private static async Task<IReadOnlyList<FieldProblem>> ProblemsAsync(
        Work work, DecideCommand command, bool immediate, CancellationToken ct)
    {
        var (file, decision) = (work.File, command.Decision);
        var calendar = await TeamHours.LoadAsync(work.Db, file.Case.Team, ct);
        var check = new FieldCheck();
        DecisionRules.Check(
            check,
            decision,
            !immediate && DecisionRules.Deviates(file, decision.Outcome),
            !immediate && DecisionRules.NeedsWeighing(file),
            calendar.Today(work.Now));
        DecisionRules.CheckFollowUps(check, decision.FollowUps, await FollowUps.ColleaguesAsync(work, decision.FollowUps, ct));
        if (!immediate)
        {
            var approver = command.Approver is { } id ? await PeopleStore.FindAsync(work.Db, new PersonId(id), ct) : null;
            DecisionRules.CheckApprover(check, file, work.Me, command.Approver, approver);
        }

        return check.Problems;
    }

    private static async Task DecideAsync(Work work, DecideCommand command, bool immediate, CancellationToken ct)
    {
        var (file, decision) = (work.File, command.Decision);
        var made = new DecisionMade(decision)
        {
            Number = (file.CurrentDecision?.Number ?? 0) + 1,
            State = immediate ? DecisionState.Immediate : DecisionState.Proposed,
            Deviates = !immediate && DecisionRules.Deviates(file, decision.Outcome),
            Approver = immediate ? null : new PersonId(command.Approver!.Value),
        };
        var eventId = work.Append("decision.made", CaseRole.Owner, made);
        var reviewOn = decision.ReviewDate!.Value;
        await work.ExecuteAsync(
            "decisions/insert",
            new
            {
                CaseId = work.Case,
                made.Number,
                made.State,
                EventId = eventId,
                Outcome = decision.Outcome!.Value,
                made.Deviates,
                DecidedById = work.Me,
                work.Now,
                ReviewOn = reviewOn,
                ApproverId = made.Approver,
            },
            ct);
        foreach (var plan in decision.FollowUps)
        {
            await FollowUps.AddAsync(work, plan, immediate ? FollowUpState.Planned : FollowUpState.Proposed, ct);
        }

        if (immediate)
        {
            await work.ExecuteAsync("decisions/set_review_on", new { CaseId = work.Case, ReviewOn = reviewOn }, ct);
        }

        await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Decision }, ct);
        work.Created = eventId;
    }

    private static DecideOutcome Judge(CaseFile file, PersonId me, OpenStepRow? step, IReadOnlyList<FieldProblem> problems)
    {
        if (file.Case.OwnerId != me)
        {
            return DecideOutcome.NotTheOwner;
        }

        if (step is null)
        {
            return DecideOutcome.NotAsked;
        }

        return problems.Count > 0 ? DecideOutcome.Incomplete : DecideOutcome.Decided;
    }

    private static Refusal? Refuse(DecideOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        DecideOutcome.Decided => null,
        DecideOutcome.NotTheOwner => Refusal.NotYours,
        DecideOutcome.NotAsked => Refusal.Conflict("decision-not-asked"),
        DecideOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
