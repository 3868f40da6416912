using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Audit;

/// <summary>
/// Builds exports that were approved, one at a time on this host, and deletes those whose time is over. A job is claimed by its row for some minutes, and the claim is
/// renewed with the progress: when the host dies, another, or the same after its restart, begins it anew.
/// </summary>
internal sealed partial class ExportBuilder(
    IDatabase database, KeyRing keys, TrailExport export, ExportFiles files, ExportPolicy policy, PeopleDirectory directory, TimeProvider time, ILogger<ExportBuilder> logger)
{
    /// <summary>So long a claim holds without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const int MostAttempts = 3;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly string host = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <returns>Whether there was one.</returns>
    public async Task<bool> BuildNextAsync(CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } job)
        {
            return false;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var watch = new Watch(this, job.JobId, stop, ct);
        try
        {
            await BuildAsync(job, watch, stop.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            files.Delete(job.JobId, job.Attempts); // it was taken back, or another host has it
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, job.JobId, job.Attempts, e);
            files.Delete(job.JobId, job.Attempts);
            await (job.Attempts >= MostAttempts ? FailAsync(job.JobId, "export-failed", ct) : ReleaseAsync(job.JobId, ct));
        }

        return true;
    }

    /// <summary>Deletes the files of exports whose time is over, and what no job knows of.</summary>
    public async Task ExpireAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        IReadOnlyList<Guid> due;
        await using (var db = await database.OpenReadAsync(ct))
        {
            due = await db.QueryAsync<Guid>("audit/due_export_jobs", new { Now = now }, ct);
        }

        foreach (var job in due)
        {
            // The file first: an event that says so must not come before it is true.
            files.Delete(job);
            await TellAsync("export.expired", new(job), "audit/expire_export_job", new { JobId = job, Now = now }, ct);
        }

        foreach (var kept in files.Kept())
        {
            await using var db = await database.OpenReadAsync(ct);
            var row = await db.FirstOrDefaultAsync<ExportJobRow>("audit/export_job", new { JobId = kept }, ct);
            if (row is not { State: ExportJobState.Ready or ExportJobState.Building })
            {
                files.Delete(kept);
            }
        }
    }

    private async Task<ExportJobRow?> ClaimAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        IReadOnlyList<Guid> waiting;
        await using (var db = await database.OpenReadAsync(ct))
        {
            waiting = await db.QueryAsync<Guid>("audit/claimable_export_jobs", new { Now = now }, ct);
        }

        foreach (var id in waiting)
        {
            var claimed = await BusyRetry.RunAsync(database, time, async token =>
            {
                await using var db = await database.BeginAsync(token);
                if (await db.ExecuteAsync("audit/claim_export_job", new { JobId = id, Host = host, Now = now, Until = now + Lease }, token) == 0)
                {
                    return null; // another host was first
                }

                var row = await db.FirstOrDefaultAsync<ExportJobRow>("audit/export_job", new { JobId = id }, token);
                await db.CommitAsync(token);
                return row;
            }, ct);
            if (claimed is not null)
            {
                return claimed;
            }
        }

        return null;
    }

    private async Task BuildAsync(ExportJobRow job, Watch watch, CancellationToken ct)
    {
        ExportAskedBody? asked;
        await using (var db = await database.OpenReadAsync(ct))
        {
            using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
            asked = await TrailBodies.ReadAsync<ExportAskedBody>(db, organisation, job.RequestedEvent, ct);
        }

        // As whom they are now: who is no auditor any more gets nothing.
        if (asked is null || (await directory.RefreshAsync(ct)).Find(job.RequestedById) is not { Active: true } person || !person.Roles.Contains(Role.Auditor))
        {
            await FailAsync(job.JobId, "not-yours", ct);
            return;
        }

        var request = new TrailExportRequest(asked.Reason, asked.Language) { Profile = asked.Profile };
        var result = await export.RunAsync(new Actor(person.Id, person.Roles, asked.Client), ScopeOf(job), request, job.JobId, watch, ct);
        if (result.Bundle is not { } bundle)
        {
            await FailAsync(job.JobId, result.Refusal!.Code, ct);
            return;
        }

        await using (bundle)
        {
            var (bytes, sha256) = await files.KeepAsync(job.JobId, job.Attempts, bundle.Content, ct);
            var now = time.GetUtcNow().Truncate();
            var done = await TellAsync(
                "export.built",
                new(job.JobId, Bytes: bytes, Sha256: sha256),
                "audit/finish_export_job",
                new { job.JobId, Host = host, Now = now, Bytes = bytes, Sha256 = sha256, bundle.Events, ExpiresAt = now + policy.Kept },
                ct);
            if (!done)
            {
                files.Delete(job.JobId, job.Attempts);
            }
        }
    }

    private static ExportScope ScopeOf(ExportJobRow job) => job.Scope switch
    {
        ExportJobScope.Case => new ExportScope.OfCase(job.CaseId!.Value),
        ExportJobScope.Period => new ExportScope.OfPeriod(job.FromOn!.Value, job.ToOn!.Value),
        ExportJobScope.Everything => new ExportScope.OfEverything(),
    };

    private Task<bool> FailAsync(Guid job, string code, CancellationToken ct) => TellAsync(
        "export.failed", new(job, code), "audit/fail_export_job", new { JobId = job, Host = host, Now = time.GetUtcNow().Truncate(), Failure = code }, ct);

    private Task<bool> ReleaseAsync(Guid job, CancellationToken ct) => BusyRetry.RunAsync(database, time, async token =>
    {
        await using var db = await database.BeginAsync(token);
        await db.ExecuteAsync("audit/release_export_job", new { JobId = job, Host = host, Until = time.GetUtcNow().Truncate() + Lease }, token);
        await db.CommitAsync(token);
        return true;
    }, ct);

    /// <summary>Changes the job's row and says so in the organisation's dossier, in one transaction.</summary>
    /// <returns>False when the row was in another state by now.</returns>
    private Task<bool> TellAsync(string type, ExportJobBody body, string query, object args, CancellationToken ct) => BusyRetry.RunAsync(database, time, async token =>
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(token);
        if (await db.ExecuteAsync(query, args, token) == 0)
        {
            return false;
        }

        using var organisation = await ReadLog.OrganisationAsync(db, keys, token);
        var told = new PendingEvent(Guid.CreateVersion7(now), type, PersonId.System, "system", TrailJson.Canonical(body));
        await TrailLog.AppendAsync(db, organisation, [told], cause: null, policy: null, now, token);
        await db.CommitAsync(token);
        return true;
    }, ct);

    [LoggerMessage(1601, LogLevel.Error, "Building export {Job} failed, for the {Attempts}. time")]
    private static partial void LogFailed(ILogger logger, Guid job, int attempts, Exception e);

    [LoggerMessage(1602, LogLevel.Warning, "The progress of export {Job} could not be stored")]
    private static partial void LogNoProgress(ILogger logger, Guid job, Exception e);

    /// <returns>False when the row is no longer ours.</returns>
    private async Task<bool> RenewAsync(Guid job, long done, long total, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        var claim = new { JobId = job, Host = host, Done = done, Total = total, Until = time.GetUtcNow().Truncate() + Lease };
        var rows = await db.ExecuteAsync("audit/progress_export_job", claim, ct);
        await db.CommitAsync(ct);
        return rows == 1;
    }

    private async Task WatchAsync(Guid job, Watch watch, CancellationTokenSource stop, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Between, time, ended);
                if (!await RenewAsync(job, watch.Done, watch.Total, ended))
                {
                    await stop.CancelAsync();
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                LogNoProgress(logger, job, e); // the next look may succeed; until the claim runs out nobody else takes it
            }
        }
    }

    /// <summary>Stores how far it is and renews the claim, every second; when the row is no longer ours, the building stops.</summary>
    private sealed class Watch : IProgress<ExportProgress>, IAsyncDisposable
    {
        private readonly CancellationTokenSource ended;
        private readonly Task running;
        private long done;
        private long total;

        public Watch(ExportBuilder builder, Guid job, CancellationTokenSource stop, CancellationToken ct)
        {
            ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
            running = builder.WatchAsync(job, this, stop, ended.Token);
        }

        public long Done => Interlocked.Read(ref done);

        public long Total => Interlocked.Read(ref total);

        public void Report(ExportProgress value)
        {
            Interlocked.Exchange(ref total, value.Total);
            Interlocked.Exchange(ref done, value.Done);
        }

        public async ValueTask DisposeAsync()
        {
            await ended.CancelAsync();
            await running;
            ended.Dispose();
        }
    }
}
