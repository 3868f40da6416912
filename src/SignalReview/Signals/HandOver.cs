using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Signals;

internal enum HandOverOutcome
{
    Done,
    NotYours,
    NotRunning,
    UnknownPerson,
    Unfit,
    Incomplete,
}

/// <summary>Hands the case to another owner, who decides from then on.</summary>
internal sealed class TransferCase(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, TransferCaseCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, TransferCaseCommand command, CancellationToken ct)
    {
        var file = work.File;
        var isOwner = file.Case.OwnerId == work.Me;
        var person = await PeopleStore.FindAsync(work.Db, new PersonId(command.NewOwner), ct);
        var fit = person is { Active: true, CoreOnly: false } && person.Roles.Contains(Role.Worker)
            // Four eyes: who is asked to approve cannot become the one whose decision it is.
            && file.CurrentDecision is not { State: Decisions.DecisionState.Proposed };
        var outcome = HandOverRules.Judge(file, isOwner || work.Actor.Is(Role.Coordinator), person, fit, command.Reason);
        if (outcome == HandOverOutcome.Done)
        {
            work.Append("case.transferred", isOwner ? CaseRole.Owner : CaseRole.Coordinator, new HandOverBody(person!.Id, command.Reason));
            await work.ExecuteAsync("signals/set_owner", new { CaseId = work.Case, OwnerId = person.Id }, ct);
            await InterpretationRound.CompleteIfAllInAsync(work, ct);
            await VoteRound.CompleteIfAllInAsync(work, ct);
        }

        return HandOverRules.Refuse(outcome, "newOwner");
    }
}

/// <summary>Names another facilitator.</summary>
internal sealed class AppointFacilitator(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AppointFacilitatorCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AppointFacilitatorCommand command, CancellationToken ct)
    {
        var file = work.File;
        var role = file.Case.FacilitatorId == work.Me ? CaseRole.Facilitator
            : file.Case.OwnerId == work.Me ? CaseRole.Owner
            : CaseRole.Coordinator;
        var mine = role != CaseRole.Coordinator || work.Actor.Is(Role.Coordinator);
        var person = await PeopleStore.FindAsync(work.Db, new PersonId(command.Facilitator), ct);
        // Who leads beside the facilitator can take over at once.
        var fit = person is { Active: true } && (person.Roles.Contains(Role.Facilitator) || file.Case.CoFacilitatorId == person.Id);
        var outcome = HandOverRules.Judge(file, mine, person, fit, command.Reason);
        if (outcome == HandOverOutcome.Done)
        {
            work.Append("facilitator.appointed", role, new HandOverBody(person!.Id, command.Reason));
            await work.ExecuteAsync("consultations/set_facilitator", new { CaseId = work.Case, FacilitatorId = person.Id }, ct);
        }

        return HandOverRules.Refuse(outcome, "facilitator");
    }
}

internal static class HandOverRules
{
    public static HandOverOutcome Judge(CaseFile file, bool mine, Person? person, bool fit, string reason)
    {
        if (!mine)
        {
            return HandOverOutcome.NotYours;
        }

        if (file.Phase == CasePhase.Draft || file.IsOver)
        {
            return HandOverOutcome.NotRunning;
        }

        if (person is null)
        {
            return HandOverOutcome.UnknownPerson;
        }

        if (!fit)
        {
            return HandOverOutcome.Unfit;
        }

        return string.IsNullOrWhiteSpace(reason) ? HandOverOutcome.Incomplete : HandOverOutcome.Done;
    }

    public static Refusal? Refuse(HandOverOutcome outcome, string field) => outcome switch
    {
        HandOverOutcome.Done => null,
        HandOverOutcome.NotYours => Refusal.NotYours,
        HandOverOutcome.NotRunning => Refusal.Conflict("case-not-running"),
        HandOverOutcome.UnknownPerson => Refusal.Invalid(new FieldProblem(field, "unknown")),
        HandOverOutcome.Unfit => Refusal.Conflict("person-unfit"),
        HandOverOutcome.Incomplete => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}

/// <summary>The body of <c>case.transferred</c> and <c>facilitator.appointed</c>.</summary>
internal sealed record HandOverBody(PersonId Person, string Reason);
