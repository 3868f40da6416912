using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Statistics;

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record StatisticsResult(StatisticsView? View, Refusal? Refusal);

/// <summary>
/// Statistics over a set of cases, for coordinators and auditors: those who answer for how the organisation consults. A colleague reads how far the others in their
/// own case agreed on that case's own pages. That somebody read them, and over which set, is in the trail before they are given.
/// </summary>
internal sealed class StatisticsReads(IDatabase database, KeyRing keys, TimeProvider time)
{
    public const int MostRounds = 99;

    /// <param name="actor">A coordinator or an auditor.</param>
    /// <param name="filter">Over which cases.</param>
    /// <param name="round">Of which round the votes are, from 1.</param>
    /// <param name="seed">What intervals are drawn from, from 0.</param>
    /// <param name="shown">What is given, for the trail: "page", "json", or the name of a table.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public async Task<StatisticsResult> ReadAsync(Actor actor, StatisticsFilter filter, int round, int seed, string shown, CancellationToken ct)
    {
        if (!MayRead(actor))
        {
            return await BusyRetry.RunAsync(database, time, token => RefuseAsync(actor, token), ct);
        }

        if (Problems(filter, round, seed) is { Count: > 0 } problems)
        {
            return new(null, Refusal.Invalid(problems));
        }

        var view = Build(await BusyRetry.RunAsync(database, time, LoadAsync, ct), filter, round, seed);
        await BusyRetry.RunAsync(database, time, token => LogAsync(actor, view, shown, token), ct);
        return new(view, null);
    }

    public static bool MayRead(Actor actor) => actor.Is(Role.Coordinator) || actor.Is(Role.Auditor);

    /// <summary>Everything that is told, from everything that was revealed.</summary>
    internal static StatisticsView Build(StatisticsData data, StatisticsFilter filter, int round, int seed)
    {
        var refused = SmallSets.Why(data.Cases, filter);
        return new(
            filter,
            round,
            seed,
            Bootstrap.Draws,
            refused is null ? data.Cases.Count(c => c.In(filter)) : null,
            refused,
            refused is null ? [.. Enum.GetValues<Variable>().Select(v => VariableStatistics.Of(v, data, filter, round, seed))] : [],
            refused is null ? Movement.Of(data, filter) : null,
            Choices(data));
    }

    private static StatisticsChoices Choices(StatisticsData data) => new(
        [.. data.Cases.SelectMany(c => new[] { c.Year, c.Quarter }).Distinct().OrderByDescending(Quarter.YearOf, StringComparer.Ordinal).ThenBy(p => p, StringComparer.Ordinal)],
        Distinct(data.Cases.Select(c => c.Team)),
        Distinct(data.Cases.Select(c => c.Platform)),
        Distinct(data.Cases.SelectMany(c => c.Themes)),
        Distinct(data.Cases.Select(c => c.Workflow)),
        [.. data.Rounds.Select(r => r.Round).Distinct().Order()]);

    private static IReadOnlyList<string> Distinct(IEnumerable<string> values) =>
        [.. values.Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static List<FieldProblem> Problems(StatisticsFilter filter, int round, int seed)
    {
        List<FieldProblem> problems = [];
        if (filter.Period is { } period && !Quarter.IsPeriod(period))
        {
            problems.Add(new("period", "unknown"));
        }

        if (round is < 1 or > MostRounds)
        {
            problems.Add(new("round", "range"));
        }

        if (seed < 0)
        {
            problems.Add(new("seed", "range"));
        }

        return problems;
    }

    private async Task<StatisticsData> LoadAsync(CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return await StatisticsData.LoadAsync(db, ct);
    }

    private async Task<StatisticsResult> RefuseAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ReadStatistics", Refusal.NotYours, time.GetUtcNow().Truncate(), ct);
        return new(null, Refusal.NotYours);
    }

    private async Task<bool> LogAsync(Actor actor, StatisticsView view, string shown, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        var role = Enums.Text(actor.Is(Role.Coordinator) ? CaseRole.Coordinator : CaseRole.Auditor);
        await ReadLog.StatisticsAsync(db, organisation, actor, role, new(shown, view.Filter, view.Round, view.Seed, view.Cases, actor.Client), time.GetUtcNow().Truncate(), ct);
        return true;
    }
}
