using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Signals;

internal enum CoFacilitatorOutcome
{
    Done,
    NotYours,
    NotRunning,
    NoFacilitator,
    NobodyToWithdraw,
    UnknownPerson,
    Unfit,
    Incomplete,
}

/// <summary>
/// Names somebody who leads beside the facilitator, or withdraws them. Who does so appoints nobody, and steps back whenever they want.
/// </summary>
internal sealed class AppointCoFacilitator(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AppointCoFacilitatorCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AppointCoFacilitatorCommand command, CancellationToken ct)
    {
        var person = command.CoFacilitator is { } id ? await PeopleStore.FindAsync(work.Db, new PersonId(id), ct) : null;
        var outcome = command.CoFacilitator is null ? JudgeWithdrawal(work, command) : Judge(work, command, person);
        if (outcome == CoFacilitatorOutcome.Done)
        {
            var changed = person?.Id ?? work.File.Case.CoFacilitatorId!.Value;
            var type = person is null ? "coFacilitator.withdrawn" : "coFacilitator.appointed";
            work.Append(type, RoleOf(work.File, work.Me), new HandOverBody(changed, command.Reason));
            await work.ExecuteAsync("consultations/set_co_facilitator", new { CaseId = work.Case, CoFacilitatorId = person?.Id }, ct);
        }

        return Refuse(outcome);
    }

    private static CoFacilitatorOutcome Judge(Work work, AppointCoFacilitatorCommand command, Person? person)
    {
        var file = work.File;
        if (!Appoints(file, work.Actor))
        {
            return CoFacilitatorOutcome.NotYours;
        }

        if (file.Phase == CasePhase.Draft || file.IsOver)
        {
            return CoFacilitatorOutcome.NotRunning;
        }

        if (file.Case.FacilitatorId is null)
        {
            return CoFacilitatorOutcome.NoFacilitator;
        }

        if (person is null)
        {
            return CoFacilitatorOutcome.UnknownPerson;
        }

        if (!MayLeadBeside(person, file))
        {
            return CoFacilitatorOutcome.Unfit;
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? CoFacilitatorOutcome.Incomplete : CoFacilitatorOutcome.Done;
    }

    private static CoFacilitatorOutcome JudgeWithdrawal(Work work, AppointCoFacilitatorCommand command)
    {
        var file = work.File;
        if (!Appoints(file, work.Actor) && file.Case.CoFacilitatorId != work.Me)
        {
            return CoFacilitatorOutcome.NotYours;
        }

        if (file.Phase == CasePhase.Draft || file.IsOver)
        {
            return CoFacilitatorOutcome.NotRunning;
        }

        if (file.Case.CoFacilitatorId is null)
        {
            return CoFacilitatorOutcome.NobodyToWithdraw;
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? CoFacilitatorOutcome.Incomplete : CoFacilitatorOutcome.Done;
    }

    /// <summary>As who appoints a facilitator: when that one is gone, somebody can.</summary>
    public static bool Appoints(CaseFile file, Actor actor) =>
        file.Case.FacilitatorId == actor.Person || file.Case.OwnerId == actor.Person || actor.Is(Role.Coordinator);

    /// <summary>Any colleague, but who votes does not lead the vote.</summary>
    public static bool MayLeadBeside(Person person, CaseFile file) =>
        person is { Active: true, CoreOnly: false }
        && (person.Roles.Contains(Role.Worker) || person.Roles.Contains(Role.Facilitator))
        && !file.Facilitates(person.Id)
        && !file.Voters.Contains(person.Id);

    private static CaseRole RoleOf(CaseFile file, PersonId me) => file.Facilitates(me) ? CaseRole.Facilitator
        : file.Case.OwnerId == me ? CaseRole.Owner
        : CaseRole.Coordinator;

    private static Refusal? Refuse(CoFacilitatorOutcome outcome) => outcome switch
    {
        CoFacilitatorOutcome.Done => null,
        CoFacilitatorOutcome.NotYours => Refusal.NotYours,
        CoFacilitatorOutcome.NotRunning => Refusal.Conflict("case-not-running"),
        CoFacilitatorOutcome.NoFacilitator => Refusal.Conflict("no-facilitator"),
        CoFacilitatorOutcome.NobodyToWithdraw => Refusal.Conflict("no-co-facilitator"),
        CoFacilitatorOutcome.UnknownPerson => Refusal.Invalid(new FieldProblem("coFacilitator", "unknown")),
        CoFacilitatorOutcome.Unfit => Refusal.Conflict("person-unfit"),
        CoFacilitatorOutcome.Incomplete => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}
