using System.Globalization;
using System.Text;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Tests.Statistics;

/// <param name="Person">The demo's colleague, from 1.</param>
/// <param name="Position">Null: cannot judge.</param>
internal sealed record MadeUpReading(int Person, ReadingPosition? Position, int? Concern, int? Confidence)
{
    /// <summary>After the reveal, when a reopened case collects again.</summary>
    public bool Late { get; init; }
}

/// <param name="Person">The demo's colleague, from 1.</param>
/// <param name="Option">Null: abstained.</param>
internal sealed record MadeUpBallot(int Person, VoteOption? Option, int? Concern, int? Confidence);

internal sealed record MadeUpRound(IReadOnlyList<MadeUpBallot> Ballots, bool Revealed = true, VoteMethod Method = VoteMethod.SingleChoice)
{
    /// <summary>Nobody knows who voted what.</summary>
    public bool Detached { get; init; }
}

/// <summary>A case's state without its story: ids, enumerations and numbers, enough to take figures over.</summary>
internal sealed record MadeUpCase
{
    public CasePhase Phase { get; init; } = CasePhase.Closed;
    public DateTimeOffset SubmittedAt { get; init; } = new(2026, 2, 3, 9, 0, 0, TimeSpan.Zero);
    public string Team { get; init; } = "Noord";
    public string Platform { get; init; } = "TikTok";
    public string Theme { get; init; } = "muziek";
    public string Workflow { get; init; } = "collegial-consultation@1";
    public bool Revealed { get; init; } = true;

    /// <summary>A second collection is open.</summary>
    public bool Collecting { get; init; }

    public int Submitter { get; init; } = 1;
    public IReadOnlyList<MadeUpReading> Readings { get; init; } = [];

    /// <summary>Asked, and silent.</summary>
    public IReadOnlyList<int> Silent { get; init; } = [];

    public IReadOnlyList<MadeUpRound> Rounds { get; init; } = [];
}

/// <summary>Writes made-up cases straight into the tables: a walk through the commands of each would take minutes.</summary>
internal static class MadeUpCases
{
    /// <summary>Colleagues of two teams who each see a case's own answer more often than not, and move a little towards each other.</summary>
    public static IReadOnlyList<MadeUpCase> Many(int count, int seed)
    {
        var random = new Random(seed);
        string[] platforms = ["TikTok", "Instagram", "Snapchat"];
        string[] themes = ["muziek", "pesten", "zorgen om mezelf"];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var people = Enumerable.Range(1, 8).OrderBy(_ => random.Next()).Take(random.Next(3, 6)).ToList();
            var position = (ReadingPosition)random.Next(3);
            var concern = random.Next(1, 9);
            var option = (VoteOption)random.Next(1, 5);
            var first = Ballots(random, people, option, concern, 0.55);
            return new MadeUpCase
            {
                SubmittedAt = new DateTimeOffset(2025, 1, 8, 9, 0, 0, TimeSpan.Zero).AddDays(i * 600 / count),
                Team = i % 2 == 0 ? "Noord" : "Zuid",
                Platform = platforms[i % 3],
                Theme = themes[random.Next(3)],
                Workflow = i % 5 == 0 ? "quick-reading@1" : "collegial-consultation@1",
                Readings = [.. people.Select(p => Reading(random, p, position, concern))],
                Silent = random.Next(4) == 0 ? [9] : [],
                Rounds = i % 5 == 0 ? [] : i % 4 < 2 ? [first] : [first, Ballots(random, people, option, concern, 0.85)],
            };
        })];
    }

    public static async Task WriteAsync(IDatabase database, KeyRing keys, IEnumerable<MadeUpCase> cases)
    {
        await using var db = await database.BeginAsync(CancellationToken.None);
        foreach (var one in cases)
        {
            await WriteAsync(db, keys, one);
        }

        await db.CommitAsync(CancellationToken.None);
    }

    public static async Task<CaseId> WriteAsync(DbSession db, KeyRing keys, MadeUpCase one)
    {
        var id = new CaseId(Guid.CreateVersion7(one.SubmittedAt));
        using var dossier = await Dossier.CreateAsync(db, keys, id, CancellationToken.None);
        var (submitted, revealed, voted) = (one.SubmittedAt, one.SubmittedAt.AddDays(3), one.SubmittedAt.AddDays(5));
        var sql = new StringBuilder();
        Insert(sql, "cases", ("case_id", id.Value), ("seq", 1), ("phase", Enums.Text(one.Phase)), ("phase_since", voted), ("submitter_id", Person(one.Submitter)), ("owner_id", Person(one.Submitter)), ("team", one.Team), ("workflow", one.Workflow), ("platform", one.Platform), ("created_at", submitted), ("submitted_at", one.Phase == CasePhase.Draft ? null : submitted), ("revealed_at", one.Revealed ? revealed : null));
        Insert(sql, "case_tags", ("case_id", id.Value), ("tag", one.Theme));
        foreach (var person in one.Readings.Select(r => r.Person).Concat(one.Silent).Concat(one.Rounds.SelectMany(r => r.Ballots).Select(b => b.Person)).Distinct().Where(p => p != one.Submitter))
        {
            Insert(sql, "invitations", ("case_id", id.Value), ("person_id", Person(person)), ("state", "accepted"), ("near", 1), ("conflict", 0), ("invited_at", submitted), ("invited_event", NewId(submitted)), ("respond_by", revealed));
        }

        foreach (var r in one.Readings)
        {
            Insert(sql, "interpretations", ("case_id", id.Value), ("person_id", Person(r.Person)), ("event_id", NewId(submitted)), ("kind", r.Position is null ? "cannotJudge" : "reading"), ("reading_position", r.Position is { } p ? Enums.Text(p) : null), ("concern", r.Concern), ("confidence", r.Confidence), ("submitted_at", r.Late ? voted : submitted.AddDays(2)), ("revealed_at", !one.Revealed || (r.Late && one.Collecting) ? null : revealed));
        }

        if (one.Collecting)
        {
            Insert(sql, "open_steps", ("case_id", id.Value), ("node", "Collect"), ("activity", "CollectInterpretations"), ("inputs", "{}"), ("asked_at", voted));
        }

        foreach (var (i, round) in one.Rounds.Index())
        {
            Insert(sql, "vote_rounds", ("case_id", id.Value), ("round", i + 1), ("quorum", 2), ("options", VoteOptions.All), ("method", Enums.Text(round.Method)), ("opened_at", revealed), ("due_at", voted), ("revealed_at", round.Revealed ? voted : null));
            if (round.Detached)
            {
                Insert(sql, "urns", ("case_id", id.Value), ("round", i + 1));
            }

            foreach (var (place, b) in round.Ballots.Index())
            {
                var choice = b.Option is { } o ? Enums.Text(o) : null;
                Insert(sql, "ballots", ("case_id", id.Value), ("round", i + 1), ("person_id", Person(b.Person)), ("event_id", NewId(submitted)), ("choice", round.Detached ? null : choice), ("concern", round.Detached ? null : b.Concern), ("confidence", round.Detached ? null : b.Confidence), ("cast_at", voted));
                if (round.Detached)
                {
                    Insert(sql, "urn_ballots", ("case_id", id.Value), ("round", i + 1), ("place", place), ("choice", choice), ("concern", b.Concern), ("confidence", b.Confidence));
                }
            }
        }

        await db.ExecuteScriptAsync(sql.ToString(), CancellationToken.None);
        return id;
    }

    private static MadeUpReading Reading(Random random, int person, ReadingPosition position, int concern) => random.Next(20) == 0
        ? new(person, null, null, null)
        : new(person, random.NextDouble() < 0.6 ? position : (ReadingPosition)random.Next(4), Near(random, concern), 10 * random.Next(3, 10));

    private static MadeUpRound Ballots(Random random, List<int> people, VoteOption option, int concern, double together) => new(
        [.. people.Select(p => random.Next(20) == 0
            ? new MadeUpBallot(p, null, null, null)
            : new(p, random.NextDouble() < together ? option : (VoteOption)random.Next(1, 5), Near(random, concern), 10 * random.Next(4, 11)))]);

    private static int Near(Random random, int concern) => Math.Clamp(concern + random.Next(-2, 3), 0, 10);

    private static Guid Person(int number) => DemoPeople.Id(number).Value;

    private static Guid NewId(DateTimeOffset at) => Guid.CreateVersion7(at);

    private static void Insert(StringBuilder sql, string table, params (string Column, object? Value)[] row) =>
        sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} ({string.Join(", ", row.Select(r => r.Column))}) VALUES ({string.Join(", ", row.Select(r => Literal(r.Value)))});\n");

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => $"'{DbValues.TimeText(time)}'",
        Guid id => $"'{id:D}'",
        _ => $"'{((string)value).Replace("'", "''", StringComparison.Ordinal)}'",
    };
}
