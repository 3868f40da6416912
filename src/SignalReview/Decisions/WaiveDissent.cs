using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Decisions;

internal enum WaiveDissentOutcome
{
    Waived,
    NotOpen,
    NotAsked,
}

/// <summary>Somebody who was asked has nothing (more) to state.</summary>
internal sealed class WaiveDissent(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, WaiveDissentCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, WaiveDissentCommand command, CancellationToken ct)
    {
        var outcome = !DissentRules.IsOpen(work.File) ? WaiveDissentOutcome.NotOpen
            : DissentRules.Of(work.File, work.Me) is not { State: DissentState.Asked } ? WaiveDissentOutcome.NotAsked
            : WaiveDissentOutcome.Waived;
        if (outcome == WaiveDissentOutcome.Waived)
        {
            work.Append("dissent.waived", RoomRules.TakesPartAs(work.File, work.Me), new { });
            await work.ExecuteAsync("decisions/waive_dissent", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Dissent }, ct);
        }

        return Refuse(outcome);
    }

    private static Refusal? Refuse(WaiveDissentOutcome outcome) => outcome switch
    {
        WaiveDissentOutcome.Waived => null,
        WaiveDissentOutcome.NotOpen => Refusal.Conflict("dissent-not-open"),
        WaiveDissentOutcome.NotAsked => Refusal.Conflict("dissent-not-asked"),
    };
}
