using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum HarvestOutcome
{
    Harvested,
    NotYours,
    NotWeighing,
}

/// <summary>The room has advised enough: the owner decides.</summary>
internal sealed class Harvest(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, HarvestCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, HarvestCommand command, CancellationToken ct)
    {
        var file = work.File;
        var step = file.OpenStep("Weigh");
        var leads = RoomRules.Leads(file, work.Me);
        var outcome = !leads && file.Case.OwnerId != work.Me ? HarvestOutcome.NotYours
            : step is null ? HarvestOutcome.NotWeighing
            : HarvestOutcome.Harvested;
        if (outcome == HarvestOutcome.Harvested)
        {
            work.Append("room.harvested", leads ? RoomRules.LeadsAs(file) : CaseRole.Owner, new { });
            await RoomSteps.CloseAsync(work, ct);
            work.Complete(step!, "Harvest");
        }

        return Refuse(outcome);
    }

    private static Refusal? Refuse(HarvestOutcome outcome) => outcome switch
    {
        HarvestOutcome.Harvested => null,
        HarvestOutcome.NotYours => Refusal.NotYours,
        HarvestOutcome.NotWeighing => Refusal.Conflict("not-weighing"),
    };
}
