using System.Globalization;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <param name="Content">From its start; dispose it when it was sent.</param>
/// <param name="FileName">To save it under.</param>
/// <param name="Bytes">How large it is.</param>
internal sealed record ExportDownload(Stream Content, string FileName, long Bytes);

/// <summary>How many exports wait for somebody.</summary>
internal sealed record ExportJobCounts
{
    /// <summary>For their yes or no.</summary>
    public int ToJudge { get; init; }

    /// <summary>To be fetched.</summary>
    public int Ready { get; init; }
}

/// <summary>Exports that were asked for, and the file of one that is ready. Each read, and each download, is in the trail first.</summary>
internal sealed class ExportJobReads(IDatabase database, KeyRing keys, PeopleDirectory directory, ExportJobs jobs, ExportFiles files, TimeProvider time)
{
    public const int MostJobs = 100;

    private const int Whole = 100;

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<ExportJobList>> ListAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostJobs);
        return BusyRetry.RunAsync(database, time, token => TryListAsync(actor, page, pageSize, token), ct);
    }

    /// <summary>How many wait for somebody: for "my work". Numbers only, so it is no read of anything.</summary>
    /// <returns>Null for who has nothing to do with exports.</returns>
    public async Task<ExportJobCounts?> CountsAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.Is(Role.Auditor) && !actor.Is(Role.PrivacyOfficer))
        {
            return null;
        }

        await using var db = await database.OpenReadAsync(ct);
        return await db.ScalarAsync<ExportJobCounts>("audit/export_jobs_for", new { PersonId = actor.Person, Now = time.GetUtcNow() }, ct);
    }

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<ExportJobView>> ReadAsync(Actor actor, Guid job, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, job, token), ct);

    /// <param name="actor">Who asked for it.</param>
    /// <param name="job">The job.</param>
    /// <param name="signedInAt">When they last proved who they are; null: unknown.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The download could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<ExportDownload>> DownloadAsync(Actor actor, Guid job, DateTimeOffset? signedInAt, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryDownloadAsync(actor, job, signedInAt, token), ct);

    private static bool MaySee(Actor actor, ExportJobRow? row) =>
        row is not null && (row.RequestedById == actor.Person || actor.Is(Role.Auditor) || actor.Is(Role.PrivacyOfficer));

    private async Task<TrailReadResult<ExportJobList>> TryListAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        if (!actor.Is(Role.Auditor) && !actor.Is(Role.PrivacyOfficer))
        {
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ListExports", Refusal.NotYours, now, ct);
            return new(null, Refusal.NotYours);
        }

        var total = await db.ScalarAsync<int>("audit/export_job_count", null, ct);
        var rows = await db.QueryAsync<ExportJobRow>("audit/export_jobs", new { Skip = (page - 1) * pageSize, Take = pageSize }, ct);
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        var views = new List<ExportJobView>();
        foreach (var row in rows)
        {
            views.Add(await ViewAsync(db, organisation, row, actor, people, now, ct));
        }

        await ReadLog.ListAsync(db, organisation, actor, RoleOf(actor), "exports", [.. rows.Select(r => r.CaseId).OfType<CaseId>()], now, ct);
        return new(new(views, total, page, pageSize), null);
    }

    private async Task<TrailReadResult<ExportJobView>> TryReadAsync(Actor actor, Guid job, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        var row = await db.FirstOrDefaultAsync<ExportJobRow>("audit/export_job", new { JobId = job }, ct);
        if (!MaySee(actor, row))
        {
            return await RefuseAsync<ExportJobView>(db, actor, "ReadExport", NotFound, now, ct);
        }

        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        var view = await ViewAsync(db, organisation, row!, actor, people, now, ct);
        await ReadLog.ItemAsync(db, organisation, actor, RoleOf(actor), "export", job, row!.CaseId is { } @case ? [@case] : [], now, ct);
        return new(view, null);
    }

    private async Task<TrailReadResult<ExportDownload>> TryDownloadAsync(Actor actor, Guid job, DateTimeOffset? signedInAt, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        var row = await db.FirstOrDefaultAsync<ExportJobRow>("audit/export_job", new { JobId = job }, ct);
        var refusal = row is null || row.RequestedById != actor.Person ? NotFound
            : !actor.Is(Role.Auditor) ? Refusal.NotYours
            : row.State != ExportJobState.Ready || !(now < row.ExpiresAt) ? Refusal.Conflict("export-not-open")
            : !jobs.IsFresh(signedInAt) ? Refusal.Forbidden("sign-in-again")
            : null;
        var content = refusal is null ? files.Open(job, row!.Attempts) : null;
        if (refusal is not null || content is null)
        {
            return await RefuseAsync<ExportDownload>(db, actor, "DownloadExport", refusal ?? Refusal.Conflict("export-elsewhere"), now, ct);
        }

        try
        {
            using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
            var body = TrailJson.Canonical(new ExportJobBody(job, Bytes: row!.FileBytes, Sha256: row.FileSha256));
            var downloaded = new PendingEvent(Guid.CreateVersion7(now), "export.downloaded", actor.Person, RoleOf(actor), body);
            await TrailLog.AppendAsync(db, organisation, [downloaded], cause: null, policy: null, now, ct);
            await db.CommitAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await content.DisposeAsync();
            throw new ReadNotLoggedException(e);
        }

        var what = row.CaseId is { } @case ? @case.ToString() : row is { FromOn: { } from, ToOn: { } to } ? $"{Day(from)}-{Day(to)}" : "everything";
        return new(new(content, $"signalreview-{what}-{Day(DateOnly.FromDateTime(now.UtcDateTime))}.zip", row.FileBytes ?? content.Length), null);
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static Refusal NotFound { get; } = new("export-not-found", RefusalKind.NotFound);

    private static string RoleOf(Actor actor) => Enums.Text(actor.Is(Role.Auditor) ? CaseRole.Auditor : CaseRole.PrivacyOfficer);

    private async Task<TrailReadResult<T>> RefuseAsync<T>(DbSession db, Actor actor, string read, Refusal refusal, DateTimeOffset now, CancellationToken ct)
        where T : class
    {
        await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, read, refusal, now, ct);
        return new(null, refusal);
    }

    private static async Task<ExportJobView> ViewAsync(
        DbSession db, Dossier organisation, ExportJobRow row, Actor actor, PeopleSnapshot people, DateTimeOffset now, CancellationToken ct)
    {
        var asked = await TrailBodies.ReadAsync<ExportAskedBody>(db, organisation, row.RequestedEvent, ct);
        var judged = row.JudgedEvent is { } id ? await TrailBodies.ReadAsync<ExportJudgedBody>(db, organisation, id, ct) : null;
        var can = new HashSet<string>(StringComparer.Ordinal);
        var isOver = row.State == ExportJobState.Ready && !(now < row.ExpiresAt); // judged by the clock, whether or not somebody has tidied up
        if (ExportJobs.MayJudge(actor, row))
        {
            can.Add("judgeExport");
        }

        if (ExportJobs.MayCancel(actor, row) && !isOver)
        {
            can.Add("cancelExport");
        }

        if (row.State == ExportJobState.Ready && row.RequestedById == actor.Person && !isOver)
        {
            can.Add("download");
        }

        var percent = row.State == ExportJobState.Ready ? Whole : row.TotalEvents == 0 ? 0 : (int)Math.Min(Whole - 1, row.DoneEvents * Whole / row.TotalEvents);
        return new(
            row.JobId, row.Scope, row.CaseId, row.FromOn, row.ToOn, row.Profile, isOver ? ExportJobState.Expired : row.State, people.Ref(row.RequestedById), row.RequestedAt,
            asked?.Reason, row.JudgedById is { } by ? people.Ref(by) : null, row.JudgedAt, judged?.Remark, percent, row.TotalEvents, row.FileBytes, row.FileSha256, row.ExpiresAt,
            row.Failure, can);
    }
}
