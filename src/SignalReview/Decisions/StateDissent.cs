using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Decisions;

internal enum StateDissentOutcome
{
    Stated,
    NotOpen,
    NotADissenter,
    Incomplete,
}

/// <summary>A dissenter's own words, approved by them. Nobody else writes, changes or approves them.</summary>
internal sealed class StateDissent(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, StateDissentCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, StateDissentCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("statement", command.Statement);
        if (!command.Approved)
        {
            check.Add("approved", "notApproved");
        }

        var outcome = Judge(work.File, work.Me, check.Problems);
        if (outcome == StateDissentOutcome.Stated)
        {
            var eventId = work.Append("dissent.stated", RoomRules.TakesPartAs(work.File, work.Me), new DissentBody(command.Statement));
            var query = DissentRules.Of(work.File, work.Me) is null ? "decisions/insert_dissent" : "decisions/state_dissent";
            await work.ExecuteAsync(query, new { CaseId = work.Case, PersonId = work.Me, EventId = eventId, work.Now }, ct);
            await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Dissent }, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static StateDissentOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems)
    {
        if (!DissentRules.IsOpen(file))
        {
            return StateDissentOutcome.NotOpen;
        }

        if (!DissentRules.MayState(file, me))
        {
            return StateDissentOutcome.NotADissenter;
        }

        return problems.Count > 0 ? StateDissentOutcome.Incomplete : StateDissentOutcome.Stated;
    }

    private static Refusal? Refuse(StateDissentOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        StateDissentOutcome.Stated => null,
        StateDissentOutcome.NotOpen => Refusal.Conflict("dissent-not-open"),
        StateDissentOutcome.NotADissenter => Refusal.Forbidden("not-a-dissenter"),
        StateDissentOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>dissent.stated</c>.</summary>
internal sealed record DissentBody(string Statement);
