using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>Draws a sample of the cases that fit a filter; by an auditor.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Filter">Which cases it is drawn from.</param>
/// <param name="Amount">How many cases, or how many percent.</param>
/// <param name="Unit">Which of the two.</param>
/// <param name="Strata">Whether the shares of groups are kept.</param>
/// <param name="Seed">What the draw follows from; null: one is made.</param>
public sealed record DrawSampleCommand(
    Guid CommandId, string Purpose, TrailFilter Filter, int Amount, SampleUnit Unit = SampleUnit.Cases, SampleStrata Strata = SampleStrata.None, string? Seed = null) : ICommand;

/// <summary>The body of <c>sample.drawn</c>: all that it takes to draw it again.</summary>
internal sealed record SampleDrawnBody(
    string Purpose,
    TrailFilter Filter,
    string Seed,
    SampleUnit Unit,
    int Amount,
    SampleStrata Strata,
    long TreeSize,
    string PopulationSha256,
    IReadOnlyList<SampleCandidate> Population,
    IReadOnlyList<CaseId> Drawn);

internal sealed record SampleRow
{
    public Guid SampleId { get; init; }
    public PersonId MadeById { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public Guid MadeEvent { get; init; }
    public string Seed { get; init; } = "";
    public SampleUnit Unit { get; init; }
    public int Amount { get; init; }
    public SampleStrata Strata { get; init; }
    public int Population { get; init; }
    public int Drawn { get; init; }
    public long TreeSize { get; init; }
}

/// <summary>Draws samples. The population, the seed and what was drawn stand in one event of the organisation's dossier, so that nobody can draw until they like it unseen.</summary>
internal sealed class DrawSample(CommandRunner commands)
{
    public const int MostPopulation = 50_000;

    private const int MostSeed = 100;
    private const int SeedBytes = 16;

    public Task<CommandResult> RunAsync(Actor actor, DrawSampleCommand command, CancellationToken ct) =>
        commands.RunBesideAsync(actor, CaseId.Organisation, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, DrawSampleCommand command, CancellationToken ct)
    {
        if (!work.Actor.Is(Role.Auditor))
        {
            return Refusal.NotYours;
        }

        if (Problems(command) is { Count: > 0 } problems)
        {
            return Refusal.Invalid(problems);
        }

        var population = await PopulationAsync(work.Db, command.Filter, command.Strata, ct);
        if (population.Count is 0 or > MostPopulation)
        {
            return Refusal.Conflict(population.Count == 0 ? "sample-empty" : "sample-too-large");
        }

        await InsertAsync(work, command, population, ct);
        return null;
    }

    /// <summary>The cases that fit now, each with its stratum.</summary>
    public static async Task<IReadOnlyList<SampleCandidate>> PopulationAsync(DbSession db, TrailFilter filter, SampleStrata strata, CancellationToken ct) =>
    [
        .. (await db.QueryAsync<CandidateRow>("audit/population", new TrailReads.ListArgs(filter), ct)).Select(row => new SampleCandidate(row.CaseId, strata switch
        {
            SampleStrata.None => "",
            SampleStrata.Team => row.Team,
            SampleStrata.Outcome => row.Outcome is { } outcome ? Enums.Text(outcome) : "none",
        })),
    ];

    private static async Task InsertAsync(Work work, DrawSampleCommand command, IReadOnlyList<SampleCandidate> population, CancellationToken ct)
    {
        var seed = string.IsNullOrWhiteSpace(command.Seed) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedBytes)) : command.Seed.Trim();
        var drawn = SampleDraw.Draw(population, seed, command.Unit, command.Amount);
        var size = await work.Db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
        var body = new SampleDrawnBody(
            command.Purpose.Trim(), command.Filter, seed, command.Unit, command.Amount, command.Strata, size, SampleDraw.Fingerprint(population.Select(c => c.Case)),
            population, drawn);
        var made = work.Append("sample.drawn", CaseRole.Auditor, body);
        work.Created = work.NewId();
        await work.ExecuteAsync(
            "audit/insert_sample",
            new
            {
                SampleId = work.Created.Value,
                PersonId = work.Me,
                work.Now,
                EventId = made,
                Seed = seed,
                command.Unit,
                command.Amount,
                command.Strata,
                Population = population.Count,
                Drawn = drawn.Count,
                TreeSize = size,
            },
            ct);
    }

    private static IReadOnlyList<FieldProblem> Problems(DrawSampleCommand command)
    {
        var check = new FieldCheck();
        check.Required("purpose", command.Purpose);
        check.Range("amount", command.Amount, 1, command.Unit == SampleUnit.Percent ? 100 : MostPopulation, required: true);
        if (command.Seed?.Length > MostSeed)
        {
            check.Add("seed", "tooLong");
        }

        if (command.Filter is null)
        {
            check.Add("filter", "required");
        }

        return check.Problems;
    }

    private sealed record CandidateRow
    {
        public CaseId CaseId { get; init; }
        public string Team { get; init; } = "";
        public VoteOption? Outcome { get; init; }
    }
}
