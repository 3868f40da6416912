using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <param name="Id">The sample.</param>
/// <param name="By">Who drew it.</param>
/// <param name="At">When.</param>
/// <param name="Seed">What the draw follows from.</param>
/// <param name="Unit">In what its size was told.</param>
/// <param name="Amount">That size.</param>
/// <param name="Strata">Whether the shares of groups were kept.</param>
/// <param name="Population">How many cases fitted.</param>
/// <param name="Drawn">How many were drawn.</param>
/// <param name="TreeSize">How many events the trail had then: a checkpoint of that size or more covers what was known.</param>
public sealed record SampleLine(
    Guid Id, PersonRef By, DateTimeOffset At, string Seed, SampleUnit Unit, int Amount, SampleStrata Strata, int Population, int Drawn, long TreeSize);

/// <param name="Items">Newest first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Samples a page.</param>
public sealed record SampleList(IReadOnlyList<SampleLine> Items, int Total, int Page, int PageSize);

/// <param name="Case">The case.</param>
/// <param name="Stratum">Its group; empty where there are none.</param>
/// <param name="Key">By which it was drawn.</param>
/// <param name="Findings">How many findings name this sample.</param>
public sealed record SampleCase(CaseId Case, string Stratum, string Key, int Findings);

/// <param name="Sample">Its size and seed.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Filter">Which cases it was drawn from.</param>
/// <param name="Cases">What was drawn, in the order of the draw.</param>
/// <param name="PopulationSha256">Over the ids that it was drawn from.</param>
/// <param name="SameAgain">Drawn again just now from the same population, it gave the same cases.</param>
/// <param name="Came">How many cases fit the filter now that did not then.</param>
/// <param name="Went">How many fitted then and do not now.</param>
public sealed record SampleView(
    SampleLine Sample, string Purpose, TrailFilter Filter, IReadOnlyList<SampleCase> Cases, string PopulationSha256, bool SameAgain, int Came, int Went);

/// <summary>Samples, for auditors. Each is drawn again when it is opened, and says whether it came out the same.</summary>
internal sealed class SampleReads(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    public const int MostSamples = 100;

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<SampleList>> ListAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostSamples);
        return BusyRetry.RunAsync(database, time, token => TryListAsync(actor, page, pageSize, token), ct);
    }

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<SampleView>> ReadAsync(Actor actor, Guid sample, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, sample, token), ct);

    private async Task<TrailReadResult<SampleList>> TryListAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        if (!actor.Is(Role.Auditor))
        {
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ListSamples", Refusal.NotYours, now, ct);
            return new(null, Refusal.NotYours);
        }

        var total = await db.ScalarAsync<int>("audit/sample_count", null, ct);
        var rows = await db.QueryAsync<SampleRow>("audit/samples", new { Skip = (page - 1) * pageSize, Take = pageSize }, ct);
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        await ReadLog.ListAsync(db, organisation, actor, Enums.Text(CaseRole.Auditor), "samples", [], now, ct);
        return new(new([.. rows.Select(row => Line(row, people))], total, page, pageSize), null);
    }

    private async Task<TrailReadResult<SampleView>> TryReadAsync(Actor actor, Guid id, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        var row = await db.FirstOrDefaultAsync<SampleRow>("audit/sample", new { SampleId = id }, ct);
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        var body = row is null ? null : await TrailBodies.ReadAsync<SampleDrawnBody>(db, organisation, row.MadeEvent, ct);
        if (!actor.Is(Role.Auditor) || row is null || body is null)
        {
            var refusal = actor.Is(Role.Auditor) ? new("sample-not-found", RefusalKind.NotFound) : Refusal.NotYours;
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ReadSample", refusal, now, ct);
            return new(null, refusal);
        }

        var again = SampleDraw.Draw(body.Population, body.Seed, body.Unit, body.Amount);
        var fits = (await DrawSample.PopulationAsync(db, body.Filter, body.Strata, ct)).Select(c => c.Case).ToHashSet();
        var strata = body.Population.ToDictionary(c => c.Case, c => c.Stratum);
        var findings = (await db.QueryAsync<FoundRow>("audit/sample_findings", new { SampleId = id }, ct)).ToDictionary(f => f.CaseId, f => f.Findings);
        var cases = body.Drawn.Select(c => new SampleCase(c, strata[c], SampleDraw.Key(body.Seed, c), findings.GetValueOrDefault(c))).ToList();
        var view = new SampleView(
            Line(row, people), body.Purpose, body.Filter, cases, body.PopulationSha256, again.SequenceEqual(body.Drawn),
            fits.Count(c => !strata.ContainsKey(c)), strata.Keys.Count(c => !fits.Contains(c)));
        await ReadLog.ItemAsync(db, organisation, actor, Enums.Text(CaseRole.Auditor), "sample", id, body.Drawn, now, ct);
        return new(view, null);
    }

    private static SampleLine Line(SampleRow row, PeopleSnapshot people) => new(
        row.SampleId, people.Ref(row.MadeById), row.MadeAt, row.Seed, row.Unit, row.Amount, row.Strata, row.Population, row.Drawn, row.TreeSize);

    private sealed record FoundRow
    {
        public CaseId CaseId { get; init; }
        public int Findings { get; init; }
    }
}
