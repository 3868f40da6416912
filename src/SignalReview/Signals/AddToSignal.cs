using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Signals;

internal enum AddToSignalOutcome
{
    Added,
    NotYours,
    Over,
    Incomplete,
}

/// <summary>Adds a dated entry beside the frozen signal.</summary>
internal sealed class AddToSignal(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AddToSignalCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AddToSignalCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("text", command.Text);
        var outcome = Judge(work.File, work.Me, check);
        if (outcome == AddToSignalOutcome.Added)
        {
            var eventId = work.Append("signal.added", CaseRole.Submitter, new AdditionBody(command.Text));
            await work.ExecuteAsync(
                "signals/insert_addition", new { EventId = eventId, CaseId = work.Case, AddedById = work.Me, AddedAt = work.Now }, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static AddToSignalOutcome Judge(CaseFile file, PersonId me, FieldCheck check)
    {
        if (file.Case.SubmitterId != me && file.Case.OwnerId != me)
        {
            return AddToSignalOutcome.NotYours;
        }

        if (file.Phase == CasePhase.Draft || file.IsOver)
        {
            return AddToSignalOutcome.Over;
        }

        return check.Problems.Count > 0 ? AddToSignalOutcome.Incomplete : AddToSignalOutcome.Added;
    }

    private static Refusal? Refuse(AddToSignalOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        AddToSignalOutcome.Added => null,
        AddToSignalOutcome.NotYours => Refusal.NotYours,
        AddToSignalOutcome.Over => Refusal.Conflict("case-not-running"),
        AddToSignalOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>signal.added</c>.</summary>
internal sealed record AdditionBody(string Text);
