using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;

namespace SignalReview.Privacy.AccessRequests;

internal enum AddAccessCaseOutcome
{
    Added,
    NotThePrivacyOfficer,
    NotOpen,
    NoSuchCase,
}

/// <summary>Links a case to a request; the case's own trail tells so. A draft is its writer's alone.</summary>
internal sealed class AddAccessCase(DeskCommands commands, KeyRing keys)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId request, AddAccessCaseCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(DeskWork work, AddAccessCaseCommand command, CancellationToken ct)
    {
        if (await AccessStore.FindAsync(work.Db, work.Dossier.Id, ct) is not { } row)
        {
            return Refusal.NotFound;
        }

        var id = new CaseId(command.Case);
        var file = await CaseStore.LoadAsync(work.Db, id, ct);
        var outcome = !work.Actor.Is(Role.PrivacyOfficer) ? AddAccessCaseOutcome.NotThePrivacyOfficer
            : !row.IsOpen ? AddAccessCaseOutcome.NotOpen
            : file is null || !file.RolesOf(work.Actor).Contains(CaseRole.PrivacyOfficer) || file.IsErased ? AddAccessCaseOutcome.NoSuchCase
            : AddAccessCaseOutcome.Added;
        if (outcome == AddAccessCaseOutcome.Added && await work.OpenAsync(keys, id, ct) is { } dossier)
        {
            var fileId = work.NewId();
            // The request and the case are UNIQUE together: twice is once.
            if (await work.Db.ExecuteAsync("access/insert_file", new { FileId = fileId, row.RequestId, CaseId = id, PersonId = work.Me, work.Now }, ct) == 1)
            {
                work.Append("access.caseAdded", CaseRole.PrivacyOfficer, new { Case = id });
                work.Append(dossier, "access.requested", CaseRole.PrivacyOfficer, new { Request = row.RequestId, row.Requester });
                work.Created = fileId;
            }
        }

        return outcome switch
        {
            AddAccessCaseOutcome.Added => null,
            AddAccessCaseOutcome.NotThePrivacyOfficer => Refusal.NotYours,
            AddAccessCaseOutcome.NotOpen => Refusal.Conflict("access-settled"),
            AddAccessCaseOutcome.NoSuchCase => Refusal.NotFound,
        };
    }
}

internal enum DecideAccessOutcome
{
    Granted,
    Refused,
    NotThePrivacyOfficer,
    AlreadyDecided,
    NotThisRequester,
    IdentityNotChecked,
    ExceptionHolds,
    NoCases,
    Incomplete,
}

/// <summary>A privacy officer gives access or refuses it, by the organisation's rules and with reasons.</summary>
internal sealed class DecideAccess(DeskCommands commands, KeyRing keys, AccessRules rules)
{
    public Task<CommandResult> GrantAsync(Actor actor, CaseId request, GrantAccessCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, GrantAsync, ct);

    public Task<CommandResult> RefuseAsync(Actor actor, CaseId request, RefuseAccessCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, RefuseAsync, ct);

    private async Task<Refusal?> GrantAsync(DeskWork work, GrantAccessCommand command, CancellationToken ct)
    {
        if (await AccessStore.FindAsync(work.Db, work.Dossier.Id, ct) is not { } row)
        {
            return Refusal.NotFound;
        }

        var files = await AccessStore.FilesAsync(work.Db, row.RequestId, ct);
        var met = rules.Met(row.Requester, [.. files.Select(f => f.Outcome).OfType<Rooms.VoteOption>()]).ToList();
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        check.Lengths("despite", command.Despite);
        var outcome = JudgeGrant(work, row, files, met.Count > 0 && string.IsNullOrWhiteSpace(command.Despite), check);
        if (outcome == DecideAccessOutcome.Granted)
        {
            var body = new AccessGrantedBody(
                rules.Label, rules.For(row.Age).Source, [.. met.Select(e => e.Id)], command.Reason.Trim(), met.Count > 0 ? command.Despite!.Trim() : null);
            var id = work.Append("access.granted", CaseRole.PrivacyOfficer, body);
            return await SettleAsync(work, row, AccessState.Granted, id, null, files, "access.granted", new { Request = row.RequestId }, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static DecideAccessOutcome JudgeCommon(DeskWork work, AccessRequestRow row, FieldCheck check, DecideAccessOutcome otherwise) =>
        !work.Actor.Is(Role.PrivacyOfficer) ? DecideAccessOutcome.NotThePrivacyOfficer
        : row.State != AccessState.Registered ? DecideAccessOutcome.AlreadyDecided
        : check.Problems.Count > 0 ? DecideAccessOutcome.Incomplete
        : otherwise;

    private DecideAccessOutcome JudgeGrant(DeskWork work, AccessRequestRow row, IReadOnlyList<AccessFileRow> files, bool excepted, FieldCheck check) =>
        JudgeCommon(
            work,
            row,
            check,
            !rules.May(row.Requester, row.Age) ? DecideAccessOutcome.NotThisRequester
                : row.IdentityCheck == IdentityCheck.NotChecked ? DecideAccessOutcome.IdentityNotChecked
                : excepted ? DecideAccessOutcome.ExceptionHolds
                : files.All(f => f.Erased) ? DecideAccessOutcome.NoCases
                : DecideAccessOutcome.Granted);

    private async Task<Refusal?> RefuseAsync(DeskWork work, RefuseAccessCommand command, CancellationToken ct)
    {
        if (await AccessStore.FindAsync(work.Db, work.Dossier.Id, ct) is not { } row)
        {
            return Refusal.NotFound;
        }

        var check = new FieldCheck();
        var ground = rules.Ground(command.Ground ?? "");
        if (ground is null)
        {
            check.Add("ground", string.IsNullOrEmpty(command.Ground) ? "required" : "unknown");
        }

        check.Required("letter", command.Letter);
        check.Required("reason", command.Reason);
        var outcome = JudgeCommon(work, row, check, DecideAccessOutcome.Refused);
        if (outcome == DecideAccessOutcome.Refused)
        {
            var body = new AccessRefusedBody(rules.Label, ground!.Id, ground.Source, command.Letter.Trim(), command.Reason.Trim());
            var id = work.Append("access.refused", CaseRole.PrivacyOfficer, body);
            var files = await AccessStore.FilesAsync(work.Db, row.RequestId, ct);
            return await SettleAsync(work, row, AccessState.Refused, id, ground.Id, files, "access.refused", new { Request = row.RequestId, Ground = ground.Id }, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private async Task<Refusal?> SettleAsync<T>(
        DeskWork work, AccessRequestRow row, AccessState state, Guid decided, string? ground, IReadOnlyList<AccessFileRow> files, string type, T inCases, CancellationToken ct)
    {
        var settled = new { row.RequestId, State = state, PersonId = work.Me, work.Now, EventId = decided, Ground = ground, rules.Head.Sha256 };
        // Decided once, also from two windows: the row count decides.
        if (await work.Db.ExecuteAsync("access/decide", settled, ct) == 0)
        {
            return Refusal.Conflict("access-settled");
        }

        foreach (var file in files.Where(f => !f.Erased))
        {
            if (await work.OpenAsync(keys, file.CaseId, ct) is { } dossier)
            {
                work.Append(dossier, type, CaseRole.PrivacyOfficer, inCases);
            }
        }

        return null;
    }

    private static Refusal? Refuse(DecideAccessOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        DecideAccessOutcome.Granted or DecideAccessOutcome.Refused => null,
        DecideAccessOutcome.NotThePrivacyOfficer => Refusal.NotYours,
        DecideAccessOutcome.AlreadyDecided => Refusal.Conflict("access-settled"),
        DecideAccessOutcome.NotThisRequester => Refusal.Conflict("access-not-this-requester"),
        DecideAccessOutcome.IdentityNotChecked => Refusal.Conflict("access-identity-not-checked"),
        DecideAccessOutcome.ExceptionHolds => Refusal.Conflict("access-exception-holds"),
        DecideAccessOutcome.NoCases => Refusal.Conflict("access-no-cases"),
        DecideAccessOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>access.granted</c> in the request's dossier.</summary>
internal sealed record AccessGrantedBody(string Rules, string Source, IReadOnlyList<string> Exceptions, string Reason, string? Despite);

/// <summary>The body of <c>access.refused</c> in the request's dossier.</summary>
internal sealed record AccessRefusedBody(string Rules, string Ground, string Source, string Letter, string Reason);
