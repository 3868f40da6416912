using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Retention;

namespace SignalReview.Privacy.AccessRequests;

internal enum RegisterAccessOutcome
{
    Registered,
    NotThePrivacyOfficer,
    Incomplete,
}

/// <summary>A request comes in. It gets a dossier of its own, and a day by which it is to be answered.</summary>
internal sealed class RegisterAccess(DeskCommands commands, AccessRules rules)
{
    public Task<CommandResult> RunAsync(Actor actor, RegisterAccessCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, null, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(DeskWork work, RegisterAccessCommand command, CancellationToken ct)
    {
        var check = Check(command, Reckoner.DayOf(work.Now));
        var outcome = !work.Actor.Is(Role.PrivacyOfficer) ? RegisterAccessOutcome.NotThePrivacyOfficer
            : check.Problems.Count > 0 ? RegisterAccessOutcome.Incomplete
            : RegisterAccessOutcome.Registered;
        if (outcome == RegisterAccessOutcome.Registered)
        {
            var due = rules.AnswerWithin.After(command.ReceivedOn!.Value);
            var id = work.Append(
                "access.registered",
                CaseRole.PrivacyOfficer,
                new AccessRegisteredBody(command.Requester!.Value, command.Age!.Value, command.Identity!.Value, command.ReceivedOn.Value, due, command.Note.Trim()));
            await work.Db.ExecuteAsync(
                "access/insert_request",
                new
                {
                    RequestId = work.Dossier.Id,
                    State = AccessState.Registered,
                    command.Requester,
                    command.Age,
                    IdentityCheck = command.Identity,
                    command.ReceivedOn,
                    DueOn = due,
                    PersonId = work.Me,
                    EventId = id,
                },
                ct);
            work.Created = work.Dossier.Id.Value;
        }

        return outcome switch
        {
            RegisterAccessOutcome.Registered => null,
            RegisterAccessOutcome.NotThePrivacyOfficer => Refusal.NotYours,
            RegisterAccessOutcome.Incomplete => Refusal.Invalid(check.Problems),
        };
    }

    private static FieldCheck Check(RegisterAccessCommand command, DateOnly today)
    {
        var check = new FieldCheck();
        check.Required("requester", command.Requester);
        check.Range("age", command.Age, 0, AccessRules.OldestAge, required: true);
        check.Required("identity", command.Identity);
        check.Required("receivedOn", command.ReceivedOn);
        if (command.ReceivedOn > today)
        {
            check.Add("receivedOn", "inFuture");
        }

        check.Required("note", command.Note);
        return check;
    }
}

internal enum ExtendAccessOutcome
{
    Extended,
    NotThePrivacyOfficer,
    NotOpen,
    ExtendedBefore,
    TooLate,
    Incomplete,
}

/// <summary>The law allows more time for what is complex, when the requester is told within the first month.</summary>
internal sealed class ExtendAccess(DeskCommands commands, AccessRules rules)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId request, ExtendAccessCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(DeskWork work, ExtendAccessCommand command, CancellationToken ct)
    {
        if (await AccessStore.FindAsync(work.Db, work.Dossier.Id, ct) is not { } row)
        {
            return Refusal.NotFound;
        }

        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = !work.Actor.Is(Role.PrivacyOfficer) ? ExtendAccessOutcome.NotThePrivacyOfficer
            : !row.IsOpen ? ExtendAccessOutcome.NotOpen
            : row.Extended ? ExtendAccessOutcome.ExtendedBefore
            : row.DueOn < Reckoner.DayOf(work.Now) ? ExtendAccessOutcome.TooLate
            : check.Problems.Count > 0 ? ExtendAccessOutcome.Incomplete
            : ExtendAccessOutcome.Extended;
        if (outcome == ExtendAccessOutcome.Extended)
        {
            var due = rules.ExtendBy.After(row.DueOn);
            work.Append("access.extended", CaseRole.PrivacyOfficer, new { DueOn = due, Reason = command.Reason.Trim() });
            if (await work.Db.ExecuteAsync("access/extend", new { row.RequestId, DueOn = due }, ct) == 0)
            {
                return Refusal.Conflict("access-extended");
            }
        }

        return outcome switch
        {
            ExtendAccessOutcome.Extended => null,
            ExtendAccessOutcome.NotThePrivacyOfficer => Refusal.NotYours,
            ExtendAccessOutcome.NotOpen => Refusal.Conflict("access-settled"),
            ExtendAccessOutcome.ExtendedBefore => Refusal.Conflict("access-extended"),
            ExtendAccessOutcome.TooLate => Refusal.Conflict("access-overdue"),
            ExtendAccessOutcome.Incomplete => Refusal.Invalid(check.Problems),
        };
    }
}

/// <summary>The body of <c>access.registered</c>.</summary>
internal sealed record AccessRegisteredBody(Requester Requester, int Age, IdentityCheck Identity, DateOnly ReceivedOn, DateOnly DueOn, string Note);
