using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Retention;

internal enum ObjectToErasureOutcome
{
    Asked,
    NotYours,
    Draft,
    NotNoticed,
    AlreadyAsked,
    TooLate,
    Incomplete,
}

/// <summary>Somebody who knows the case asks to keep it longer, for as long as one exception allows. Until it was answered nothing is erased.</summary>
internal sealed class ObjectToErasure(CommandRunner commands, RuleSets sets)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ObjectToErasureCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, ObjectToErasureCommand command, CancellationToken ct)
    {
        var row = await RetentionStore.FindAsync(work.Db, work.Case, ct);
        var (rules, _) = await sets.CurrentAsync(work.Db, ct);
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var today = Reckoner.DayOf(work.Now);
        if (command.Until <= today)
        {
            check.Add("until", "notLater");
        }
        else if (command.Until > rules.LongestPostponement.After(row?.DueOn > today ? row.DueOn.Value : today))
        {
            check.Add("until", "tooFar");
        }

        var role = RetentionRoles.Of(work.File, work.Actor);
        var outcome = Judge(work.File, role, row, check);
        if (outcome == ObjectToErasureOutcome.Asked)
        {
            var id = work.Append("retention.objected", role!.Value, new ObjectionBody(command.Until, command.Reason.Trim()));
            var asked = new { CaseId = work.Case, EventId = id, PersonId = work.Me, command.Until };
            if (await work.ExecuteAsync("retention/object", asked, ct) == 0)
            {
                return Refusal.Conflict("retention-too-late"); // a host has begun to erase it meanwhile
            }
        }

        return Refuse(outcome, check.Problems);
    }

    private static ObjectToErasureOutcome Judge(CaseFile file, CaseRole? role, RetentionRow? row, FieldCheck check)
    {
        if (role is null)
        {
            return ObjectToErasureOutcome.NotYours;
        }

        if (file.Phase == CasePhase.Draft)
        {
            return ObjectToErasureOutcome.Draft;
        }

        return row?.State switch
        {
            RetentionStep.Objected => ObjectToErasureOutcome.AlreadyAsked,
            RetentionStep.Noticed => check.Problems.Count > 0 ? ObjectToErasureOutcome.Incomplete : ObjectToErasureOutcome.Asked,
            RetentionStep.Erasing or RetentionStep.Erased => ObjectToErasureOutcome.TooLate,
            RetentionStep.Running or RetentionStep.Counting or null => ObjectToErasureOutcome.NotNoticed,
        };
    }

    private static Refusal? Refuse(ObjectToErasureOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        ObjectToErasureOutcome.Asked => null,
        ObjectToErasureOutcome.NotYours => Refusal.NotYours,
        ObjectToErasureOutcome.Draft => Refusal.Conflict("retention-draft"),
        ObjectToErasureOutcome.NotNoticed => Refusal.Conflict("retention-not-noticed"),
        ObjectToErasureOutcome.AlreadyAsked => Refusal.Conflict("retention-already-asked"),
        ObjectToErasureOutcome.TooLate => Refusal.Conflict("retention-too-late"),
        ObjectToErasureOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

internal enum AnswerObjectionOutcome
{
    Granted,
    Declined,
    NotThePrivacyOfficer,
    OwnObjection,
    NothingAsked,
    Incomplete,
}

/// <summary>The privacy officer grants a dated exception, or says why not.</summary>
internal sealed class AnswerObjection(CommandRunner commands, RuleSets sets, Reckoner reckoner)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AnswerObjectionCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, AnswerObjectionCommand command, CancellationToken ct)
    {
        var row = await RetentionStore.FindAsync(work.Db, work.Case, ct);
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = Judge(work, row, command, check);
        if (outcome is AnswerObjectionOutcome.Granted or AnswerObjectionOutcome.Declined)
        {
            // The row count decides between two answers at once.
            var answer = new { CaseId = work.Case, PersonId = work.Me, Until = command.Grant ? row!.ObjectedUntil : null, Granted = command.Grant };
            if (await work.ExecuteAsync("retention/answer_objection", answer, ct) == 0)
            {
                return Refusal.Conflict("retention-nothing-asked");
            }

            work.Append(
                command.Grant ? "retention.postponed" : "retention.objectionDeclined", CaseRole.PrivacyOfficer, new ObjectionBody(row!.ObjectedUntil!.Value, command.Reason.Trim()));
            await ReckonAgainAsync(work, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private async Task ReckonAgainAsync(Work work, CancellationToken ct)
    {
        var (rules, _) = await sets.CurrentAsync(work.Db, ct);
        var row = await RetentionStore.FindAsync(work.Db, work.Case, ct);
        if (await reckoner.ReckonAsync(work.Db, rules, work.Case, row, ct) is { } reckoned
            && await RetentionStore.WriteAsync(work.Db, rules, reckoned, row, work.Now, ct) is { } told)
        {
            work.AppendAsSystem("retention.reckoned", told);
        }
    }

    private static AnswerObjectionOutcome Judge(Work work, RetentionRow? row, AnswerObjectionCommand command, FieldCheck check)
    {
        if (!work.Actor.Is(Role.PrivacyOfficer))
        {
            return AnswerObjectionOutcome.NotThePrivacyOfficer;
        }

        if (row is not { State: RetentionStep.Objected })
        {
            return AnswerObjectionOutcome.NothingAsked;
        }

        if (row.ObjectedById == work.Me)
        {
            return AnswerObjectionOutcome.OwnObjection;
        }

        return check.Problems.Count > 0 ? AnswerObjectionOutcome.Incomplete : command.Grant ? AnswerObjectionOutcome.Granted : AnswerObjectionOutcome.Declined;
    }

    private static Refusal? Refuse(AnswerObjectionOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        AnswerObjectionOutcome.Granted or AnswerObjectionOutcome.Declined => null,
        AnswerObjectionOutcome.NotThePrivacyOfficer => Refusal.NotYours,
        AnswerObjectionOutcome.OwnObjection => Refusal.Forbidden("retention-own-objection"),
        AnswerObjectionOutcome.NothingAsked => Refusal.Conflict("retention-nothing-asked"),
        AnswerObjectionOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>As whom somebody has a say in how long a case is kept.</summary>
internal static class RetentionRoles
{
    /// <returns>Null: they have none.</returns>
    public static CaseRole? Of(CaseFile file, Actor actor) => Of(file.RolesOf(actor));

    /// <inheritdoc cref="Of(CaseFile, Actor)"/>
    public static CaseRole? Of(IReadOnlySet<CaseRole> roles)
    {
        CaseRole[] said = [CaseRole.Owner, CaseRole.Coordinator, CaseRole.PrivacyOfficer];
        return said.Where(roles.Contains).Cast<CaseRole?>().FirstOrDefault();
    }
}

/// <summary>The body of <c>retention.objected</c>, <c>retention.postponed</c> and <c>retention.objectionDeclined</c>.</summary>
internal sealed record ObjectionBody(DateOnly Until, string Reason);
