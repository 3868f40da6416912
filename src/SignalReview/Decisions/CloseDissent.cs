using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Decisions;

internal enum CloseDissentOutcome
{
    Closed,
    NotADissenter,
    NotCompared,
    AlreadySaid,
    Incomplete,
}

/// <summary>The dissenter's last word, after their statement was put beside what happened. The case may be closed by then.</summary>
internal sealed class CloseDissent(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, CloseDissentCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, CloseDissentCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("word", command.Word);
        var outcome = Judge(work.File, work.Me, check.Problems);
        if (outcome == CloseDissentOutcome.Closed)
        {
            var statement = DissentRules.Of(work.File, work.Me)!.StatementEvent!.Value;
            var eventId = work.Append("dissent.closed", RoomRules.TakesPartAs(work.File, work.Me), new DissentClosedBody(statement, command.Word));
            var closed = await work.ExecuteAsync(
                "decisions/close_dissent", new { CaseId = work.Case, PersonId = work.Me, EventId = eventId }, ct);
            outcome = closed == 1 ? CloseDissentOutcome.Closed : CloseDissentOutcome.AlreadySaid;
        }

        return Refuse(outcome, check.Problems);
    }

    private static CloseDissentOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems) => DissentRules.Of(file, me) switch
    {
        null or { StatementEvent: null } => CloseDissentOutcome.NotADissenter,
        { ComparedEvent: null } => CloseDissentOutcome.NotCompared,
        { ClosingEvent: not null } => CloseDissentOutcome.AlreadySaid,
        _ when !DissentRules.MayClose(file, me) => CloseDissentOutcome.NotCompared,
        _ => problems.Count > 0 ? CloseDissentOutcome.Incomplete : CloseDissentOutcome.Closed,
    };

    private static Refusal? Refuse(CloseDissentOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        CloseDissentOutcome.Closed => null,
        CloseDissentOutcome.NotADissenter => Refusal.Forbidden("not-a-dissenter"),
        CloseDissentOutcome.NotCompared => Refusal.Conflict("dissent-not-compared"),
        CloseDissentOutcome.AlreadySaid => Refusal.Conflict("dissent-already-closed"),
        CloseDissentOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>dissent.closed</c>.</summary>
/// <param name="Dissent">The event of the statement.</param>
/// <param name="Word">The dissenter's last word on it.</param>
internal sealed record DissentClosedBody(Guid Dissent, string Word);
