using System.Runtime.CompilerServices;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail;

/// <summary>
/// Exports a period of the trail, or all of it; for auditors. Each case in it is told first, by an event in its own dossier, in small transactions
/// so that nobody waits; then the organisation's dossier, and only then is the first byte written. When it breaks off in between, cases were told
/// of an export that nobody got: the trail claims rather too much than too little.
/// </summary>
internal sealed class RangeExport(IDatabase database, KeyRing keys, ExportDesk desk, TimeProvider time)
{
    private const int CasesAtOnce = 100;
    private static readonly string Auditor = Enums.Text(CaseRole.Auditor);

    /// <exception cref="ReadNotLoggedException">The export could not be written down, so nothing is given.</exception>
    /// <exception cref="TrailRewrittenException">The database no longer holds the tree that was signed before: an alarm.</exception>
    public async Task<TrailExportResult> RunAsync(
        Actor actor, ExportScope scope, TrailExportRequest request, Guid? job, IProgress<ExportProgress>? progress, CancellationToken ct)
    {
        var period = PeriodOf(scope);
        var asked = await BusyRetry.RunAsync(database, time, token => AskAsync(actor, scope, request, period, token), ct);
        if (asked.Refusal is { } refusal)
        {
            return new(null, refusal);
        }

        var kind = period is null ? BundleScope.Everything : BundleScope.Period;
        var body = new TrailExportedBody(BundleLayout.NameOf(kind), request.Reason.Trim(), actor.Client)
        {
            Profile = request.Profile,
            Period = period?.ToString(),
            Job = job,
        };
        var telling = new Telling(actor, body, Guid.CreateVersion7(asked.At), asked);
        var told = await TellCasesAsync(telling, ct);
        var logged = await BusyRetry.RunAsync(database, time, token => TellOrganisationAsync(telling, told, token), ct);

        var note = await desk.SignAsync(logged.Size, ct);
        var end = period is null ? logged.Size : asked.End;
        var bundle = (await desk.DescribeAsync(request, logged.At, note, ct)) with { Scope = kind, Period = period, FirstLeaf = asked.First };
        await using var events = await database.OpenReadAsync(ct);
        await using var tree = await database.OpenReadAsync(ct);
        using var dossiers = new OpenDossiers(tree, keys);
        var total = end - asked.First;
        var stream = TrailExport.CountedAsync(EventsAsync(events, dossiers, bundle, end, ct), total, progress, ct);
        var name = period is null ? "everything" : $"{((ExportScope.OfPeriod)scope).From:yyyyMMdd}-{((ExportScope.OfPeriod)scope).To:yyyyMMdd}";
        return new(await desk.WriteAsync(bundle, name, total, stream, new DatabaseTree(tree), ct), null);
    }

    /// <summary>Whole days by the house's calendar; in UTC they may begin at another hour.</summary>
    private static BundlePeriod? PeriodOf(ExportScope scope)
    {
        if (scope is not ExportScope.OfPeriod { From: var from, To: var to } || to < from || to == DateOnly.MaxValue)
        {
            return null;
        }

        return new(Start(from), Start(to.AddDays(1)));

        static DateTimeOffset Start(DateOnly day)
        {
            var local = day.ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(local, ExportDesk.Zone.GetUtcOffset(local)).ToUniversalTime();
        }
    }

    private async Task<Asked> AskAsync(Actor actor, ExportScope scope, TrailExportRequest request, BundlePeriod? period, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        Refusal? refusal;
        long size, first, end;
        await using (var read = await database.OpenReadAsync(ct)) // to look for the period's edges may take a while: nobody waits for it
        {
            size = await read.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            (first, end) = period is { } asked && actor.Is(Role.Auditor) ? await LeavesAsync(read, asked, size, ct) : (0, size);
            refusal = await JudgeAsync(read, actor, scope, request, period, first, end, ct);
        }

        if (refusal is not null)
        {
            await using var db = await database.BeginAsync(ct);
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ExportTrail", refusal, now, ct);
        }

        return new(refusal, now, first, end, size);
    }

    private static async Task<Refusal?> JudgeAsync(
        DbSession db, Actor actor, ExportScope scope, TrailExportRequest request, BundlePeriod? period, long first, long end, CancellationToken ct)
    {
        if (!actor.Is(Role.Auditor))
        {
            return Refusal.NotYours;
        }

        List<FieldProblem> problems = [.. ExportDesk.Problems(request)];
        if (scope is ExportScope.OfPeriod && period is null)
        {
            problems.Add(new("to", "range"));
        }

        if (problems.Count > 0)
        {
            return Refusal.Invalid(problems);
        }

        if (first >= end)
        {
            return Refusal.Conflict("trail-period-empty");
        }

        // Headers tell who handed in when, and who is behind a letter: that is not for somebody who has a part in the case.
        var own = await db.ScalarAsync<int>("trail/own_closed_cases", new { PersonId = actor.Person, First = first, End = end }, ct);
        return own == 0 ? null : Refusal.Conflict("trail-own-cases");
    }

    /// <summary>All leaves between the first and the last whose time lies in the period, and their neighbours, which show that it is all of them.</summary>
    private static async Task<(long First, long End)> LeavesAsync(DbSession db, BundlePeriod period, long size, CancellationToken ct)
    {
        var first = await db.FirstOrDefaultAsync<long?>("trail/first_leaf_from", new { period.From }, ct);
        var last = await db.FirstOrDefaultAsync<long?>("trail/last_leaf_before", new { period.Before }, ct);
        return first is { } from && last is { } to && from <= to ? (Math.Max(0, from - 1), Math.Min(size, to + 2)) : (0, 0);
    }

    private async Task<long> TellCasesAsync(Telling telling, CancellationToken ct)
    {
        var told = 0L;
        for (CaseId? after = new CaseId(Guid.Empty); after is { } from;)
        {
            var (count, last) = await BusyRetry.RunAsync(database, time, token => TellPageAsync(telling, from, token), ct);
            told += count;
            after = count == CasesAtOnce ? last : null;
        }

        return told;
    }

    private async Task<(int Count, CaseId Last)> TellPageAsync(Telling telling, CaseId after, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        var args = new { After = after, Organisation = CaseId.Organisation, telling.Asked.First, telling.Asked.End, Take = CasesAtOnce };
        var page = await db.QueryAsync<CaseRow>("trail/cases_of_range", args, ct);
        await TellAsync(db, telling, page, ct);
        return (page.Count, page.Count == 0 ? after : page[^1].CaseId);
    }

    private async Task TellAsync(DbSession db, Telling telling, IReadOnlyList<CaseRow> cases, CancellationToken ct)
    {
        if (cases.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var row in cases)
            {
                await AppendAsync(db, telling, row.CaseId, telling.Body, row.Workflow, ct);
            }

            await db.CommitAsync(ct);
        }
        catch (Exception e) when (e is not (OperationCanceledException or System.Data.Common.DbException))
        {
            throw new ReadNotLoggedException(e);
        }
    }

    private async Task<Logged> TellOrganisationAsync(Telling telling, long told, CancellationToken ct)
    {
        try
        {
            await using var db = await database.BeginAsync(ct);
            if (telling.Body.Period is null)
            {
                // Nobody appends from here on, so no case can come between that was not told.
                await db.ExecuteAsync("trail/lock_head", new { Log = TrailLog.Name }, ct);
                var late = await db.QueryAsync<CaseRow>("trail/cases_since", new { First = telling.Asked.Mark, Organisation = CaseId.Organisation }, ct);
                foreach (var row in late)
                {
                    await AppendAsync(db, telling, row.CaseId, telling.Body, row.Workflow, ct);
                }

                told += late.Count;
            }

            await AppendAsync(db, telling, CaseId.Organisation, telling.Body with { Cases = told }, null, ct);
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            await db.CommitAsync(ct);
            return new(time.GetUtcNow().Truncate(), size);
        }
        catch (Exception e) when (e is not (OperationCanceledException or System.Data.Common.DbException))
        {
            throw new ReadNotLoggedException(e);
        }
    }

    private async Task AppendAsync(DbSession db, Telling telling, CaseId id, TrailExportedBody body, string? policy, CancellationToken ct)
    {
        using var dossier = await Dossier.OpenAsync(db, keys, id, ct) ?? throw new InvalidOperationException($"Case {id} has no dossier.");
        var now = time.GetUtcNow().Truncate();
        var exported = new PendingEvent(Guid.CreateVersion7(now), "trail.exported", telling.Actor.Person, Auditor, TrailJson.Canonical(body));
        await TrailLog.AppendAsync(db, dossier, [exported], telling.Cause, policy, now, ct);
    }

    private static async IAsyncEnumerable<BundleEvent> EventsAsync(
        DbSession db, OpenDossiers dossiers, BundleRequest bundle, long end, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in db.StreamAsync<EventRow>("trail/export_range", new { First = bundle.FirstLeaf, End = end }, ct))
        {
            if (row.Body is not { } blob)
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Erased);
            }
            else if (row.Phase == CasePhase.Draft || (row.Phase == CasePhase.Stopped && TrailReadsBlind.ClosesWithStop(row.Type)))
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Closed);
            }
            else if (row.Blind != 0)
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Blind);
            }
            else if (!bundle.Profile.Keeps(row.Type))
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Profile); // it is not even opened
            }
            else
            {
                var (salt, body) = TrailBodies.Open(await dossiers.GetAsync(row.CaseId, ct), row.EventId, blob);
                yield return new(row.LeafIndex, row.Leaf, new BundleBody(salt, body.ToArray()));
            }
        }
    }

    private sealed record Asked(Refusal? Refusal, DateTimeOffset At, long First, long End, long Mark);

    private sealed record Telling(Actor Actor, TrailExportedBody Body, Guid Cause, Asked Asked);

    private sealed record Logged(DateTimeOffset At, long Size);

    private sealed record CaseRow
    {
        public CaseId CaseId { get; init; }
        public string? Workflow { get; init; }
    }

    private sealed record EventRow
    {
        public long LeafIndex { get; init; }
        public Guid EventId { get; init; }
        public CaseId CaseId { get; init; }
        public string Type { get; init; } = "";
        public byte[] Leaf { get; init; } = [];
        public byte[]? Body { get; init; }
        public CasePhase? Phase { get; init; }
        public int Blind { get; init; }
    }

    /// <summary>The keys of the dossiers that were used last: events of a case lie near each other.</summary>
    private sealed class OpenDossiers(DbSession db, KeyRing keys) : IDisposable
    {
        private const int Most = 1024;

        private readonly Dictionary<CaseId, Dossier> open = [];

        public async ValueTask<Dossier> GetAsync(CaseId id, CancellationToken ct)
        {
            if (open.TryGetValue(id, out var dossier))
            {
                return dossier;
            }

            if (open.Count == Most)
            {
                Dispose();
            }

            return open[id] = await Dossier.OpenAsync(db, keys, id, ct) ?? throw new InvalidOperationException($"Case {id} has no dossier.");
        }

        public void Dispose()
        {
            foreach (var dossier in open.Values)
            {
                dossier.Dispose();
            }

            open.Clear();
        }
    }
}
