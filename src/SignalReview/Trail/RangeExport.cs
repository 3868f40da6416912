using System.Data.Common;
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
        var end = period is null ? logged.Size : Math.Min(logged.Size, logged.Last + 2); // with the neighbour, which by now there may be
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
        long size, first, last;
        await using (var read = await database.OpenReadAsync(ct)) // to look for the period's edges may take a while: nobody waits for it
        {
            size = await read.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            (first, last) = period is { } asked && actor.Is(Role.Auditor) ? await LeavesAsync(read, asked, ct) : (0, size - 1);
            refusal = await JudgeAsync(read, actor, scope, request, period, first, last, ct);
        }

        if (refusal is not null)
        {
            await using var db = await database.BeginAsync(ct);
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ExportTrail", refusal, now, ct);
        }

        return new(refusal, now, first, last, size, period);
    }

    private static async Task<Refusal?> JudgeAsync(
        DbSession db, Actor actor, ExportScope scope, TrailExportRequest request, BundlePeriod? period, long first, long last, CancellationToken ct)
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

        if (first > last)
        {
            return Refusal.Conflict("trail-period-empty");
        }

        // Headers tell who handed in when, and who is behind a letter: that is not for somebody who has a part in the case.
        var own = await db.ScalarAsync<int>("trail/own_closed_cases", new { PersonId = actor.Person, First = first, End = last + 2 }, ct);
        return own == 0 ? null : Refusal.Conflict("trail-own-cases");
    }

    /// <summary>
    /// The leaf before the first one in the period, and the last one in it: between them, whatever their times, lie all of the period's.
    /// </summary>
    private static async Task<(long First, long Last)> LeavesAsync(DbSession db, BundlePeriod period, CancellationToken ct)
    {
        var first = await db.FirstOrDefaultAsync<long?>("trail/first_leaf_from", new { period.From }, ct);
        var last = await db.FirstOrDefaultAsync<long?>("trail/last_leaf_before", new { period.Before }, ct);
        return first is { } from && last is { } to && from <= to ? (Math.Max(0, from - 1), to) : (1, 0);
    }

    private async Task<long> TellCasesAsync(Telling telling, CancellationToken ct)
    {
        var told = 0L;
        for (var after = telling.Asked.First - 1; ;)
        {
            IReadOnlyList<CaseRow> page;
            await using (var read = await database.OpenReadAsync(ct))
            {
                page = await CasesAsync(read, telling, after, telling.Asked.Mark, CasesAtOnce, ct);
            }

            await BusyRetry.RunAsync(database, time, token => TellAsync(telling, page, token), ct);
            told += page.Count;
            if (page.Count < CasesAtOnce)
            {
                return told;
            }

            after = page[^1].LeafIndex;
        }
    }

    /// <summary>The cases whose first event in the range lies after one leaf and before another.</summary>
    private static Task<IReadOnlyList<CaseRow>> CasesAsync(DbSession db, Telling telling, long after, long mark, int take, CancellationToken ct)
    {
        var end = telling.Asked.IsOver ? Math.Min(mark, telling.Asked.Last + 2) : mark;
        return db.QueryAsync<CaseRow>(
            "trail/cases_of_range", new { After = after, Organisation = CaseId.Organisation, telling.Asked.First, End = end, Take = take }, ct);
    }

    private async Task<bool> TellAsync(Telling telling, IReadOnlyList<CaseRow> cases, CancellationToken ct)
    {
        if (cases.Count == 0)
        {
            return false;
        }

        try
        {
            await using var db = await database.BeginAsync(ct);
            foreach (var row in cases)
            {
                await AppendAsync(db, telling, row.CaseId, telling.Body, row.Workflow, ct);
            }

            await db.CommitAsync(ct);
            return true;
        }
        catch (Exception e) when (e is not (OperationCanceledException or DbException or DossierGoneException))
        {
            throw new ReadNotLoggedException(e);
        }
    }

    private async Task<Logged> TellOrganisationAsync(Telling telling, long told, CancellationToken ct)
    {
        var asked = telling.Asked;
        try
        {
            await using var db = await database.BeginAsync(ct);
            if (!asked.IsOver)
            {
                // Nobody appends from here on, so no case can come into the range that was not told.
                var head = await TrailLog.LockHeadAsync(db, CaseId.Organisation, ct);
                var late = await CasesAsync(db, telling, asked.Mark - 1, head.Size, int.MaxValue, ct);
                foreach (var row in late)
                {
                    await AppendAsync(db, telling, row.CaseId, telling.Body, row.Workflow, ct);
                }

                told += late.Count;
            }

            await AppendAsync(db, telling, CaseId.Organisation, telling.Body with { Cases = told }, null, ct);
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            var last = asked.Period is { } period && !asked.IsOver
                ? await db.FirstOrDefaultAsync<long?>("trail/last_leaf_before", new { period.Before }, ct) ?? asked.Last
                : asked.Last;
            await db.CommitAsync(ct);
            return new(time.GetUtcNow().Truncate(), size, last);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DbException or DossierGoneException))
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

    /// <param name="Refusal">Null when it may be exported.</param>
    /// <param name="At">When it was asked.</param>
    /// <param name="First">The first leaf that goes out.</param>
    /// <param name="Last">The last one of the period, so far.</param>
    /// <param name="Mark">How many leaves there were.</param>
    /// <param name="Period">Null for everything.</param>
    private sealed record Asked(Refusal? Refusal, DateTimeOffset At, long First, long Last, long Mark, BundlePeriod? Period)
    {
        /// <summary>Nothing that happens now can come into it any more.</summary>
        public bool IsOver => Period is { } period && period.Before <= At;
    }

    private sealed record Telling(Actor Actor, TrailExportedBody Body, Guid Cause, Asked Asked);

    private sealed record Logged(DateTimeOffset At, long Size, long Last);

    private sealed record CaseRow
    {
        public long LeafIndex { get; init; }
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
