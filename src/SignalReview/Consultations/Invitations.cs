using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Consultations;

internal enum RespondOutcome
{
    Recorded,
    NotInvited,
    AlreadyAnswered,
    ReadingGiven,
    Over,
}

internal sealed class AcceptInvitation(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AcceptInvitationCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AcceptInvitationCommand command, CancellationToken ct)
    {
        var outcome = Judge(work.File, work.Me);
        // The guard (state = 'invited') has the last word on answering once.
        if (outcome == RespondOutcome.Recorded)
        {
            await work.ExecuteAsync("consultations/accept", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            await work.ExecuteAsync("workflow/cancel_person_deadlines", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            work.Append("reader.accepted", CaseRole.Reader, new { });
        }

        return InvitationRules.Refuse(outcome);
    }

    private static RespondOutcome Judge(CaseFile file, PersonId me) => file.Invitation(me) switch
    {
        null => RespondOutcome.NotInvited,
        _ when file.IsOver => RespondOutcome.Over,
        { State: InvitationState.Invited } => RespondOutcome.Recorded,
        _ => RespondOutcome.AlreadyAnswered,
    };
}

/// <summary>Declines, also after having accepted, as long as no reading was given; somebody else is asked at once.</summary>
internal sealed class DeclineInvitation(CommandRunner commands, Roster roster)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, DeclineInvitationCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, DeclineInvitationCommand command, CancellationToken ct)
    {
        var outcome = Judge(work.File, work.Me);
        if (outcome == RespondOutcome.Recorded)
        {
            work.Append("reader.declined", CaseRole.Reader, new DeclinedBody(command.ConflictOfInterest, command.Reason));
            await roster.DropAsync(work, work.Me, InvitationState.Declined, command.ConflictOfInterest, ct);
        }

        return InvitationRules.Refuse(outcome);
    }

    private static RespondOutcome Judge(CaseFile file, PersonId me)
    {
        if (file.Invitation(me) is not { } invitation)
        {
            return RespondOutcome.NotInvited;
        }

        if (file.IsOver)
        {
            return RespondOutcome.Over;
        }

        if (!invitation.Active)
        {
            return RespondOutcome.AlreadyAnswered;
        }

        return file.Interpretations.Any(i => i.PersonId == me) ? RespondOutcome.ReadingGiven : RespondOutcome.Recorded;
    }
}

internal enum ChangeRosterOutcome
{
    Changed,
    NotYours,
    Over,
    NotAReader,
    ReadingGiven,
    UnknownPerson,
    Unfit,
    Incomplete,
}

/// <summary>Puts one colleague in the place of another.</summary>
internal sealed class ReplaceReader(CommandRunner commands, Roster roster)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ReplaceReaderCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, ReplaceReaderCommand command, CancellationToken ct)
    {
        var reader = new PersonId(command.Reader);
        var replacement = command.Replacement is { } id ? await PeopleStore.FindAsync(work.Db, new PersonId(id), ct) : null;
        var outcome = Judge(work, reader, command, replacement);
        if (outcome == ChangeRosterOutcome.Changed)
        {
            work.Append("reader.replaced", InvitationRules.RoleOf(work), new ReplacedBody(reader, replacement?.Id, command.Reason));
            if (replacement is not null)
            {
                await Routing.InviteNamedAsync(work, replacement, command.Reason, ct);
            }

            await roster.DropAsync(work, reader, InvitationState.Replaced, conflict: false, ct, replace: replacement is null);
        }

        return InvitationRules.Refuse(outcome, "replacement");
    }

    private static ChangeRosterOutcome Judge(Work work, PersonId reader, ReplaceReaderCommand command, Person? replacement)
    {
        var file = work.File;
        if (!InvitationRules.MayChangeRoster(work))
        {
            return ChangeRosterOutcome.NotYours;
        }

        if (file.IsOver)
        {
            return ChangeRosterOutcome.Over;
        }

        if (!file.IsActiveReader(reader))
        {
            return ChangeRosterOutcome.NotAReader;
        }

        // Before the reveal this refusal would tell who has handed in: their reading then stays, and somebody else reads too.
        if (file.Case.RevealedAt is not null && file.Interpretations.Any(i => i.PersonId == reader))
        {
            return ChangeRosterOutcome.ReadingGiven;
        }

        if (command.Replacement is not null && replacement is null)
        {
            return ChangeRosterOutcome.UnknownPerson;
        }

        if (replacement is not null && !RoutingRules.MayRead(replacement, file))
        {
            return ChangeRosterOutcome.Unfit;
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? ChangeRosterOutcome.Incomplete : ChangeRosterOutcome.Changed;
    }
}

/// <summary>Asks one more colleague.</summary>
internal sealed class InviteReader(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, InviteReaderCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, InviteReaderCommand command, CancellationToken ct)
    {
        var person = await PeopleStore.FindAsync(work.Db, new PersonId(command.Reader), ct);
        var outcome = Judge(work, command, person);
        if (outcome == ChangeRosterOutcome.Changed)
        {
            await Routing.InviteNamedAsync(work, person!, command.Reason, ct);
        }

        return InvitationRules.Refuse(outcome, "reader");
    }

    private static ChangeRosterOutcome Judge(Work work, InviteReaderCommand command, Person? person)
    {
        if (!InvitationRules.MayChangeRoster(work))
        {
            return ChangeRosterOutcome.NotYours;
        }

        // After the reveal a reading would no longer be blind.
        if (work.File.IsOver || work.File.Case.RevealedAt is not null)
        {
            return ChangeRosterOutcome.Over;
        }

        if (person is null)
        {
            return ChangeRosterOutcome.UnknownPerson;
        }

        if (!RoutingRules.MayRead(person, work.File))
        {
            return ChangeRosterOutcome.Unfit;
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? ChangeRosterOutcome.Incomplete : ChangeRosterOutcome.Changed;
    }
}

/// <summary>Takes a reader off the roster; what that makes complete is seen in the same transaction.</summary>
internal sealed class Roster(Routing routing)
{
    public async Task DropAsync(Work work, PersonId reader, InvitationState state, bool conflict, CancellationToken ct, bool replace = true)
    {
        await work.ExecuteAsync(
            "consultations/drop_reader",
            new { CaseId = work.Case, PersonId = reader, State = state, Conflict = conflict, work.Now },
            ct);
        await work.ExecuteAsync("workflow/cancel_person_deadlines", new { CaseId = work.Case, PersonId = reader, work.Now }, ct);
        // A new reader after the reveal would not read blind; the vote goes on with those who are left.
        if (replace && work.File.Case.RevealedAt is null && !await routing.ReplaceAsync(work, ct))
        {
            work.AppendAsSystem("case.escalated", new { to = "coordinator", reason = "tooFewReaders" });
            await work.ExecuteAsync(
                "cases/set_escalation", new { CaseId = work.Case, EscalatedAt = work.Now, Escalation = "tooFewReaders" }, ct);
        }

        await InterpretationRound.CompleteIfAllInAsync(work, ct);
        await VoteRound.CompleteIfAllInAsync(work, ct);
    }
}

internal static class InvitationRules
{
    public static bool MayChangeRoster(Work work) => work.File.Facilitates(work.Me) || work.Actor.Is(Role.Coordinator);

    public static CaseRole RoleOf(Work work) => work.File.Facilitates(work.Me) ? CaseRole.Facilitator : CaseRole.Coordinator;

    public static Refusal? Refuse(RespondOutcome outcome) => outcome switch
    {
        RespondOutcome.Recorded => null,
        RespondOutcome.NotInvited => Refusal.Forbidden("not-a-reader"),
        RespondOutcome.AlreadyAnswered => Refusal.Conflict("invitation-answered"),
        RespondOutcome.ReadingGiven => Refusal.Conflict("reading-already-given"),
        RespondOutcome.Over => Refusal.Conflict("case-not-running"),
    };

    public static Refusal? Refuse(ChangeRosterOutcome outcome, string field) => outcome switch
    {
        ChangeRosterOutcome.Changed => null,
        ChangeRosterOutcome.NotYours => Refusal.NotYours,
        ChangeRosterOutcome.Over => Refusal.Conflict("roster-closed"),
        ChangeRosterOutcome.NotAReader => Refusal.Invalid(new FieldProblem("reader", "unknown")),
        ChangeRosterOutcome.ReadingGiven => Refusal.Conflict("reading-already-given"),
        ChangeRosterOutcome.UnknownPerson => Refusal.Invalid(new FieldProblem(field, "unknown")),
        ChangeRosterOutcome.Unfit => Refusal.Conflict("person-unfit"),
        ChangeRosterOutcome.Incomplete => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}

/// <summary>The body of <c>reader.declined</c>.</summary>
internal sealed record DeclinedBody(bool ConflictOfInterest, string? Reason);

/// <summary>The body of <c>reader.replaced</c>.</summary>
internal sealed record ReplacedBody(PersonId Reader, PersonId? Replacement, string Reason);
