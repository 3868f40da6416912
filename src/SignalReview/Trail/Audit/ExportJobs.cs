using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Audit;

internal enum ExportJobOutcome
{
    Done,
    NotYours,
    NotFresh,
    NoSuchJob,
    NotOpen,
    OwnRequest,
    Incomplete,
}

/// <summary>Asks for exports, has a second person judge them, and takes them back. Everything that content leaves by needs a fresh sign-in.</summary>
internal sealed class ExportJobs(CommandRunner commands, ExportPolicy policy, ExportFiles files, IDatabase database, TimeProvider time)
{
    private const int MostReason = 1000;

    /// <param name="actor">An auditor.</param>
    /// <param name="command">What is asked for.</param>
    /// <param name="signedInAt">When they last proved who they are; null: unknown.</param>
    /// <param name="ct">The caller's token.</param>
    public Task<CommandResult> AskAsync(Actor actor, AskExportCommand command, DateTimeOffset? signedInAt, CancellationToken ct) =>
        commands.RunBesideAsync(actor, CaseId.Organisation, command, (work, asked, token) => AskAsync(work, asked, signedInAt, token), ct);

    /// <param name="actor">Another auditor, or the privacy officer.</param>
    /// <param name="command">Yes or no.</param>
    /// <param name="signedInAt">When they last proved who they are; null: unknown.</param>
    /// <param name="ct">The caller's token.</param>
    public Task<CommandResult> JudgeAsync(Actor actor, JudgeExportCommand command, DateTimeOffset? signedInAt, CancellationToken ct) =>
        commands.RunBesideAsync(actor, CaseId.Organisation, command, (work, judged, token) => JudgeAsync(work, judged, signedInAt, token), ct);

    public async Task<CommandResult> CancelAsync(Actor actor, CancelExportCommand command, CancellationToken ct)
    {
        var result = await commands.RunBesideAsync(actor, CaseId.Organisation, command, CancelAsync, ct);
        if (result.Done)
        {
            files.Delete(command.Job);
        }

        return result;
    }

    /// <summary>Deletes what is kept of exports that may hold this case: it was erased. What is being built is given up.</summary>
    public async Task ForgetAsync(CaseId caseId, CancellationToken ct)
    {
        var jobs = await BusyRetry.RunAsync(database, time, async token =>
        {
            await using var db = await database.BeginAsync(token);
            var held = await db.QueryAsync<Guid>("audit/export_jobs_holding", new { CaseId = caseId }, token);
            foreach (var job in held)
            {
                await db.ExecuteAsync("audit/forget_export_job", new { JobId = job }, token);
            }

            await db.CommitAsync(token);
            return held;
        }, ct);
        foreach (var job in jobs)
        {
            files.Delete(job);
        }
    }

    /// <inheritdoc cref="ExportPolicy.IsFresh"/>
    public bool IsFresh(DateTimeOffset? signedInAt) => policy.IsFresh(signedInAt, time.GetUtcNow());

    /// <summary>Who may say yes or no: another auditor, or the privacy officer.</summary>
    public static bool MayJudge(Actor actor, ExportJobRow job) =>
        (actor.Is(Role.Auditor) || actor.Is(Role.PrivacyOfficer)) && job.RequestedById != actor.Person && job.State == ExportJobState.Asked;

    public static bool MayCancel(Actor actor, ExportJobRow job) => job.RequestedById == actor.Person
        && job.State is ExportJobState.Asked or ExportJobState.Approved or ExportJobState.Building or ExportJobState.Ready;

    private async Task<Refusal?> AskAsync(Work work, AskExportCommand command, DateTimeOffset? signedInAt, CancellationToken ct)
    {
        var check = Check(command);
        if (command is { Scope: ExportJobScope.Case, Case: { } id } && await CaseStore.LoadAsync(work.Db, new(id), ct) is not { Phase: not CasePhase.Draft })
        {
            check.Add("case", "unknown");
        }

        var outcome = !work.Actor.Is(Role.Auditor) ? ExportJobOutcome.NotYours
            : !IsFresh(signedInAt) ? ExportJobOutcome.NotFresh
            : check.Problems.Count > 0 ? ExportJobOutcome.Incomplete
            : ExportJobOutcome.Done;
        if (outcome == ExportJobOutcome.Done)
        {
            await InsertAsync(work, command, ct);
        }

        return Refuse(outcome, check);
    }

    private async Task InsertAsync(Work work, AskExportCommand command, CancellationToken ct)
    {
        var job = work.NewId();
        var scope = command.Scope!.Value;
        var needs = policy.Asks(scope, command.Profile);
        CaseId? @case = scope == ExportJobScope.Case ? new CaseId(command.Case!.Value) : null;
        var (from, to) = scope == ExportJobScope.Period ? (command.From, command.To) : (null, null);
        var asked = work.Append("export.asked", CaseRole.Auditor, new ExportAskedBody(
            job, scope, @case, from, to, command.Profile, command.Language, command.Reason.Trim(), needs, work.Actor.Client));
        work.Created = job;
        await work.ExecuteAsync(
            "audit/insert_export_job",
            new
            {
                JobId = job,
                PersonId = work.Me,
                work.Now,
                EventId = asked,
                Scope = scope,
                CaseId = @case,
                FromOn = from,
                ToOn = to,
                command.Profile,
                command.Language,
                State = needs ? ExportJobState.Asked : ExportJobState.Approved,
            },
            ct);
    }

    private async Task<Refusal?> JudgeAsync(Work work, JudgeExportCommand command, DateTimeOffset? signedInAt, CancellationToken ct)
    {
        var check = new FieldCheck();
        if (!command.Approves)
        {
            check.Required("remark", command.Remark);
        }

        check.Lengths("remark", command.Remark);
        var job = await work.Db.FirstOrDefaultAsync<ExportJobRow>("audit/export_job", new { JobId = command.Job }, ct);
        var outcome = !work.Actor.Is(Role.Auditor) && !work.Actor.Is(Role.PrivacyOfficer) ? ExportJobOutcome.NotYours
            : job is null ? ExportJobOutcome.NoSuchJob
            : job.RequestedById == work.Me ? ExportJobOutcome.OwnRequest
            : job.State != ExportJobState.Asked ? ExportJobOutcome.NotOpen
            : !IsFresh(signedInAt) ? ExportJobOutcome.NotFresh
            : check.Problems.Count > 0 ? ExportJobOutcome.Incomplete
            : ExportJobOutcome.Done;
        if (outcome == ExportJobOutcome.Done)
        {
            var role = work.Actor.Is(Role.Auditor) ? CaseRole.Auditor : CaseRole.PrivacyOfficer;
            var remark = string.IsNullOrWhiteSpace(command.Remark) ? null : command.Remark.Trim();
            var judged = work.Append("export.judged", role, new ExportJudgedBody(command.Job, command.Approves, remark));
            var state = command.Approves ? ExportJobState.Approved : ExportJobState.Refused;
            var rows = await work.ExecuteAsync(
                "audit/judge_export_job", new { JobId = command.Job, PersonId = work.Me, work.Now, EventId = judged, State = state }, ct);
            outcome = rows == 1 ? outcome : ExportJobOutcome.NotOpen;
        }

        return Refuse(outcome, check);
    }

    private static async Task<Refusal?> CancelAsync(Work work, CancelExportCommand command, CancellationToken ct)
    {
        var job = await work.Db.FirstOrDefaultAsync<ExportJobRow>("audit/export_job", new { JobId = command.Job }, ct);
        var outcome = job is null || job.RequestedById != work.Me ? ExportJobOutcome.NoSuchJob
            : !MayCancel(work.Actor, job) ? ExportJobOutcome.NotOpen
            : ExportJobOutcome.Done;
        if (outcome == ExportJobOutcome.Done)
        {
            work.Append("export.cancelled", CaseRole.Auditor, new ExportJobBody(command.Job));
            var rows = await work.ExecuteAsync("audit/cancel_export_job", new { JobId = command.Job, PersonId = work.Me }, ct);
            outcome = rows == 1 ? outcome : ExportJobOutcome.NotOpen;
        }

        return Refuse(outcome, new());
    }

    private static FieldCheck Check(AskExportCommand command)
    {
        var check = new FieldCheck();
        check.Required("scope", command.Scope);
        check.Required("reason", command.Reason);
        if (command.Reason?.Length > MostReason)
        {
            check.Add("reason", "tooLong");
        }

        if (RedactionProfile.Find(command.Profile) is null)
        {
            check.Add("profile", "unknown");
        }

        if (command.Language is not ("nl" or "en"))
        {
            check.Add("language", "unknown");
        }

        if (command.Scope == ExportJobScope.Case && command.Case is null)
        {
            check.Add("case", "required");
        }

        if (command.Scope == ExportJobScope.Period)
        {
            check.Required("from", command.From);
            check.Required("to", command.To);
            if (command.From > command.To)
            {
                check.Add("to", "range");
            }
        }

        return check;
    }

    private static Refusal? Refuse(ExportJobOutcome outcome, FieldCheck check) => outcome switch
    {
        ExportJobOutcome.Done => null,
        ExportJobOutcome.NotYours => Refusal.NotYours,
        ExportJobOutcome.NotFresh => Refusal.Forbidden("sign-in-again"),
        ExportJobOutcome.NoSuchJob => new("export-not-found", RefusalKind.NotFound),
        ExportJobOutcome.NotOpen => Refusal.Conflict("export-not-open"),
        ExportJobOutcome.OwnRequest => Refusal.Forbidden("export-own-request"),
        ExportJobOutcome.Incomplete => Refusal.Invalid(check.Problems),
    };
}
