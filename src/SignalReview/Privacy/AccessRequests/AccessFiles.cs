using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Retention;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.AccessRequests;

internal enum AccessFileOutcome
{
    Done,
    NotYours,
    NotGranted,
    OtherRevision,
    NotMarking,
    StillBlind,
    NotProposed,
    OwnFile,
    NotApproved,
    Incomplete,
}

/// <summary>Marks, makes, approves and hands over the file of one case of a request.</summary>
internal sealed class AccessFiles(DeskCommands commands, KeyRing keys, AccessRules rules, RuleSets sets, TrailOrganisation organisation)
{
    public Task<CommandResult> MarkAsync(Actor actor, CaseId request, MarkAccessCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, MarkAsync, ct);

    public Task<CommandResult> MakeAsync(Actor actor, CaseId request, MakeAccessFileCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, MakeAsync, ct);

    public Task<CommandResult> JudgeAsync(Actor actor, CaseId request, JudgeAccessFileCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, JudgeAsync, ct);

    public Task<CommandResult> AnswerAsync(Actor actor, CaseId request, AnswerAccessCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, request, command, AnswerAsync, ct);

    /// <summary>Who may be the second person: somebody who approves decisions, or another privacy officer.</summary>
    public static bool MaySecond(Actor actor) => actor.Is(Role.Approver) || actor.Is(Role.PrivacyOfficer);

    private async Task<Refusal?> MarkAsync(DeskWork work, MarkAccessCommand command, CancellationToken ct)
    {
        var (row, file, dossier) = await FindAsync(work, command.Case, ct);
        if (row is null || file is null || dossier is null)
        {
            return Refusal.NotFound;
        }

        var check = new FieldCheck();
        if (command.Marks is null || command.Marks.Words.Count > AccessMarks.MostWords || command.Marks.Words.Any(w => string.IsNullOrWhiteSpace(w.Words) || w.Words.Length > FieldCheck.MostEntry))
        {
            check.Add("marks", "tooMany");
        }

        var outcome = JudgeWork(work, row, check) ?? (file.State != AccessFileState.Marking ? AccessFileOutcome.NotMarking : AccessFileOutcome.Done);
        if (outcome == AccessFileOutcome.Done)
        {
            var saved = new { file.FileId, command.Revision, Marks = MarksStore.Seal(dossier, file.FileId, command.Marks!) };
            if (await work.Db.ExecuteAsync("access/save_marks", saved, ct) == 0)
            {
                return Refuse(AccessFileOutcome.OtherRevision, []);
            }

            work.Append(dossier, "access.marked", CaseRole.PrivacyOfficer, new { Request = row.RequestId, Words = command.Marks!.Words.Count, Passages = command.Marks.Passages.Count });
        }

        return Refuse(outcome, check.Problems);
    }

    private async Task<Refusal?> MakeAsync(DeskWork work, MakeAccessFileCommand command, CancellationToken ct)
    {
        var (row, file, dossier) = await FindAsync(work, command.Case, ct);
        if (row is null || file is null || dossier is null)
        {
            return Refusal.NotFound;
        }

        var check = new FieldCheck();
        if (command.Language is not ("nl" or "en"))
        {
            check.Add("language", "unknown");
        }

        var outcome = JudgeWork(work, row, check)
            ?? (file.State is not (AccessFileState.Marking or AccessFileState.Expired) ? AccessFileOutcome.NotMarking
                : file.Revision != command.Revision ? AccessFileOutcome.OtherRevision
                : AccessFileOutcome.Done);
        if (outcome == AccessFileOutcome.Done)
        {
            outcome = await WriteAsync(work, row, file, dossier, command.Language, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private async Task<AccessFileOutcome> WriteAsync(DeskWork work, AccessRequestRow row, AccessFileRow file, Dossier dossier, string language, CancellationToken ct)
    {
        var @case = await CaseStore.LoadAsync(work.Db, file.CaseId, ct) ?? throw new InvalidOperationException($"Case {file.CaseId} is not there.");
        var reader = new AccessReader(work.Db, dossier, @case, rules, language);
        if (reader.IsCollecting)
        {
            return AccessFileOutcome.StillBlind;
        }

        var texts = AccessTexts.For(language);
        var content = await reader.ReadAsync(ct);
        var redactor = new Redactor(await MarksStore.FindAsync(work.Db, dossier, file.FileId, ct) ?? AccessMarks.None, texts);
        var head = await HeadAsync(work, file.CaseId, language, ct);
        var approved = !rules.SecondPerson;
        var made = new
        {
            file.FileId,
            file.Revision,
            State = approved ? AccessFileState.Approved : AccessFileState.Proposed,
            Page = dossier.Key.Encrypt(Encoding.UTF8.GetBytes(AccessPage.Html(content, head, redactor, texts)), file.FileId),
            Data = dossier.Key.Encrypt(AccessPage.Json(content, head, redactor, texts), file.FileId),
            PersonId = work.Me,
            work.Now,
            ExpiresAt = approved ? Expiry(work.Now) : (DateTimeOffset?)null,
        };
        if (await work.Db.ExecuteAsync("access/make_file", made, ct) == 0)
        {
            return AccessFileOutcome.OtherRevision;
        }

        work.Append(dossier, "access.fileMade", CaseRole.PrivacyOfficer, new { Request = row.RequestId, Language = language, Entries = content.Entries.Count, Approved = approved });
        return AccessFileOutcome.Done;
    }

    private async Task<AccessFileHead> HeadAsync(DeskWork work, CaseId id, string language, CancellationToken ct)
    {
        var (current, _) = await sets.CurrentAsync(work.Db, ct);
        var kept = await RetentionStore.FindAsync(work.Db, id, ct);
        var by = kept is null ? current : await sets.FindAsync(work.Db, kept.Sha256, ct);
        return new(organisation.Name, work.Now, kept?.DueOn, by.Ground(kept?.Ground ?? by.DefaultGround).Name.In(language), rules.About.In(language));
    }

    private async Task<Refusal?> JudgeAsync(DeskWork work, JudgeAccessFileCommand command, CancellationToken ct)
    {
        var (row, file, dossier) = await FindAsync(work, command.Case, ct);
        if (row is null || file is null || dossier is null)
        {
            return Refusal.NotFound;
        }

        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = !MaySecond(work.Actor) ? AccessFileOutcome.NotYours
            : file.State != AccessFileState.Proposed ? AccessFileOutcome.NotProposed
            : file.MadeById == work.Me ? AccessFileOutcome.OwnFile
            : check.Problems.Count > 0 ? AccessFileOutcome.Incomplete
            : AccessFileOutcome.Done;
        if (outcome == AccessFileOutcome.Done)
        {
            var judged = new { file.FileId, PersonId = work.Me, work.Now, ExpiresAt = Expiry(work.Now) };
            if (await work.Db.ExecuteAsync(command.Approve ? "access/approve_file" : "access/return_file", judged, ct) == 0)
            {
                return Refuse(AccessFileOutcome.NotProposed, []);
            }

            var role = work.Actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Approver;
            work.Append(dossier, command.Approve ? "access.fileApproved" : "access.fileReturned", role, new { Request = row.RequestId, Reason = command.Reason.Trim() });
        }

        return Refuse(outcome, check.Problems);
    }

    private async Task<Refusal?> AnswerAsync(DeskWork work, AnswerAccessCommand command, CancellationToken ct)
    {
        if (await AccessStore.FindAsync(work.Db, work.Dossier.Id, ct) is not { } row)
        {
            return Refusal.NotFound;
        }

        var check = new FieldCheck();
        check.Required("how", command.How);
        var files = await AccessStore.FilesAsync(work.Db, row.RequestId, ct);
        var outcome = JudgeWork(work, row, check)
            ?? (files.Any(f => !f.Erased && f.State is AccessFileState.Marking or AccessFileState.Proposed) ? AccessFileOutcome.NotApproved : AccessFileOutcome.Done);
        if (outcome == AccessFileOutcome.Done)
        {
            work.Append("access.answered", CaseRole.PrivacyOfficer, new { How = command.How.Trim() });
            if (await work.Db.ExecuteAsync("access/answer", new { row.RequestId, work.Now }, ct) == 0)
            {
                return Refuse(AccessFileOutcome.NotGranted, []);
            }
        }

        return Refuse(outcome, check.Problems);
    }

    /// <returns>Null: go on.</returns>
    private static AccessFileOutcome? JudgeWork(DeskWork work, AccessRequestRow row, FieldCheck check) =>
        !work.Actor.Is(Role.PrivacyOfficer) ? AccessFileOutcome.NotYours
        : row.State != AccessState.Granted ? AccessFileOutcome.NotGranted
        : check.Problems.Count > 0 ? AccessFileOutcome.Incomplete
        : null;

    private async Task<(AccessRequestRow? Row, AccessFileRow? File, Dossier? Dossier)> FindAsync(DeskWork work, Guid id, CancellationToken ct)
    {
        var row = await AccessStore.FindAsync(work.Db, work.Dossier.Id, ct);
        var file = row is null ? null : await AccessStore.FileAsync(work.Db, row.RequestId, new(id), ct);
        return (row, file, file is null or { Erased: true } ? null : await work.OpenAsync(keys, file.CaseId, ct));
    }

    private DateTimeOffset Expiry(DateTimeOffset now) => now + (rules.FilesExpire.After(Reckoner.DayOf(now)).ToDateTime(TimeOnly.MinValue) - Reckoner.DayOf(now).ToDateTime(TimeOnly.MinValue));

    private static Refusal? Refuse(AccessFileOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        AccessFileOutcome.Done => null,
        AccessFileOutcome.NotYours => Refusal.NotYours,
        AccessFileOutcome.NotGranted => Refusal.Conflict("access-not-granted"),
        AccessFileOutcome.OtherRevision => Refusal.Conflict("access-marks-changed"),
        AccessFileOutcome.NotMarking => Refusal.Conflict("access-file-made"),
        AccessFileOutcome.StillBlind => Refusal.Conflict("access-still-blind"),
        AccessFileOutcome.NotProposed => Refusal.Conflict("access-file-not-proposed"),
        AccessFileOutcome.OwnFile => Refusal.Forbidden("access-own-file"),
        AccessFileOutcome.NotApproved => Refusal.Conflict("access-files-open"),
        AccessFileOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
