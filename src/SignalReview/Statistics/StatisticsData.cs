using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Statistics;

/// <summary>Everything revealed, as one snapshot: enumerations and numbers, no word that anybody wrote.</summary>
internal sealed record StatisticsData(
    IReadOnlyList<SetCase> Cases,
    IReadOnlyList<StatisticsReading> Readings,
    IReadOnlyDictionary<CaseId, int> SilentReaders,
    IReadOnlyList<StatisticsRound> Rounds,
    IReadOnlyList<StatisticsBallot> Ballots)
{
    /// <summary>Cases of which both rounds were revealed and nobody knows who voted what.</summary>
    public IReadOnlySet<CaseId> DetachedCases { get; init; } = new HashSet<CaseId>();

    /// <param name="db">A session that only reads: the figures are worked out after it was closed, and keep no writer waiting.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task<StatisticsData> LoadAsync(DbSession db, CancellationToken ct)
    {
        var themes = (await db.QueryAsync<TagRow>("statistics/tags", null, ct)).ToLookup(t => t.CaseId, t => t.Tag);
        var cases = await db.QueryAsync<StatisticsCaseRow>("statistics/cases", null, ct);
        var readings = await db.QueryAsync<StatisticsReading>("statistics/readings", null, ct);
        var silent = await db.QueryAsync<SilentRow>("statistics/silent_readers", null, ct);
        var rounds = await db.QueryAsync<StatisticsRound>("statistics/rounds", null, ct);
        var ballots = await db.QueryAsync<StatisticsBallot>("statistics/ballots", null, ct);
        var detached = await db.QueryAsync<StatisticsBallot>("statistics/urn_ballots", null, ct);
        return new([.. cases.Select(c => Of(c, themes[c.CaseId]))], readings, silent.ToDictionary(s => s.CaseId, s => s.Silent), rounds, [.. ballots, .. detached])
        {
            DetachedCases = Followable(rounds).Intersect(detached.Where(b => b.Round <= 2).Select(b => b.CaseId)).ToHashSet(),
        };
    }

    /// <summary>Cases of which both the first and the second round were revealed.</summary>
    private static IEnumerable<CaseId> Followable(IReadOnlyList<StatisticsRound> rounds) =>
        rounds.Where(r => r.Round == 1).Select(r => r.CaseId).Intersect(rounds.Where(r => r.Round == 2).Select(r => r.CaseId));

    private static SetCase Of(StatisticsCaseRow row, IEnumerable<string> themes) =>
        new(row.CaseId, Quarter.Of(row.SubmittedAt), row.Team, row.Platform ?? "", row.Workflow?.Split('@')[0] ?? "", themes.ToHashSet(StringComparer.Ordinal));

    private sealed record StatisticsCaseRow
    {
        public CaseId CaseId { get; init; }
        public string Team { get; init; } = "";
        public string? Platform { get; init; }
        public string? Workflow { get; init; }
        public DateTimeOffset SubmittedAt { get; init; }
    }

    private sealed record TagRow
    {
        public CaseId CaseId { get; init; }
        public string Tag { get; init; } = "";
    }

    private sealed record SilentRow
    {
        public CaseId CaseId { get; init; }
        public int Silent { get; init; }
    }
}

internal sealed record StatisticsReading
{
    public CaseId CaseId { get; init; }

    /// <summary>Counted, never told: whether enough colleagues answered.</summary>
    public PersonId PersonId { get; init; }
    public InterpretationKind Kind { get; init; }
    public ReadingPosition? ReadingPosition { get; init; }
    public int? Concern { get; init; }
    public int? Confidence { get; init; }
}

internal sealed record StatisticsRound
{
    public CaseId CaseId { get; init; }
    public int Round { get; init; }
    public VoteMethod Method { get; init; }

    /// <summary>Could have voted and did not.</summary>
    public int Silent { get; init; }
}

internal sealed record StatisticsBallot
{
    public CaseId CaseId { get; init; }
    public int Round { get; init; }
    public VoteMethod Method { get; init; }

    /// <summary>Counted, and followed from one round to the next; never told. Null in a detached round.</summary>
    public PersonId? PersonId { get; init; }

    /// <summary>Of a single choice; null: abstained.</summary>
    public VoteOption? Choice { get; init; }
    public int? Concern { get; init; }
    public int? Confidence { get; init; }
}
