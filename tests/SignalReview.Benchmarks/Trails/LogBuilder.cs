using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Benchmarks.Trails;

/// <summary>
/// Fills a database with a trail as the product would have written it: the same headers, encrypted bodies, commitments and tree, only without a
/// transaction for each event. Cases run side by side, a few at a time, and are over when the next ones begin.
/// </summary>
internal static class LogBuilder
{
    public const int EventsOfCase = 100;

    /// <summary>Cases that are under way at the same time.</summary>
    public const int AtOnce = 10;

    private static readonly DateTimeOffset Start = new(2020, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly (string Type, string Role, string Text)[] Kinds =
    [
        ("case.read", "reader", ""),
        ("message.said", "reader", "Ik lees het anders: de clip is van een vriend, en de zin eronder komt uit een nummer dat vorige zomer overal te horen was. \"Echt\", zei hij."),
        ("question.asked", "reader", "Weet iemand of het account van hemzelf is, of van de groep?"),
        ("step.completed", "system", ""),
        ("missing.checked", "owner", "Nagevraagd op school: hij was er gisteren gewoon bij, en hij praat met zijn mentor over thuis."),
    ];

    public static CaseId CaseAt(int number) => new(new Guid(number + 1, 0x6a5e, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    /// <summary>The first of the cases that were under way halfway. The same ones are read again and again: that a disk is slower than memory says nothing of the log's length.</summary>
    public static int MiddleCase(int events) => events / EventsOfCase / 2 / AtOnce * AtOnce;

    public static PersonId Auditor { get; } = new(new Guid(1, 0x1e90, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 2));

    /// <summary>How many leaves the log has afterwards: the events asked for.</summary>
    public static async Task BuildAsync(SqliteDatabase database, KeyRing keys, string file, int events, CancellationToken ct)
    {
        await new Migrator(database, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(ct);
        await new TrailPreparation(database, keys).RunAsync(ct);
        var cases = (events + EventsOfCase - 1) / EventsOfCase;
        var dossiers = await DossiersAsync(database, keys, cases, ct);
        try
        {
            Fill(file, dossiers, events, ct);
        }
        finally
        {
            foreach (var dossier in dossiers)
            {
                dossier.Dispose();
            }
        }
    }

    private static async Task<List<Dossier>> DossiersAsync(SqliteDatabase database, KeyRing keys, int cases, CancellationToken ct)
    {
        var dossiers = new List<Dossier>(cases);
        while (dossiers.Count < cases)
        {
            await using var db = await database.BeginAsync(ct);
            for (var more = 0; more < 500 && dossiers.Count < cases; more++)
            {
                dossiers.Add(await Dossier.CreateAsync(db, keys, CaseAt(dossiers.Count), ct));
            }

            await db.CommitAsync(ct);
        }

        return dossiers;
    }

    private static void Fill(string file, List<Dossier> dossiers, int events, CancellationToken ct)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Run(connection, "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;");
        using var transaction = connection.BeginTransaction();
        People(connection, dossiers);
        using var insertEvent = Prepared(
            connection,
            "INSERT INTO trail_events (leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)",
            9);
        using var insertBody = Prepared(connection, "INSERT INTO trail_bodies (event_id, case_id, body) VALUES ($0, $1, $2)", 3);
        using var insertNode = Prepared(connection, "INSERT INTO trail_subtrees (level, node_index, hash) VALUES ($0, $1, $2)", 3);
        var frontier = Frontier.Empty;
        var random = new Random(1);
        for (var i = 0; i < events; i++)
        {
            if (i % 10_000 == 0)
            {
                ct.ThrowIfCancellationRequested();
            }

            // Ten cases take turns until they are over, then the next ten.
            var (block, within) = (i / (AtOnce * EventsOfCase), i % (AtOnce * EventsOfCase));
            var number = Math.Min(block * AtOnce + within % AtOnce, dossiers.Count - 1);
            Append(dossiers[number], within / AtOnce + 1, i, random, frontier, insertEvent, insertBody, insertNode);
        }

        Run(connection, $"UPDATE trail_head SET size = {events.ToString(CultureInfo.InvariantCulture)}, frontier = x'{Convert.ToHexString(frontier.ToBytes())}'");
        transaction.Commit();
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Append(
        Dossier dossier, long seq, long index, Random random, Frontier frontier, SqliteCommand insertEvent, SqliteCommand insertBody, SqliteCommand insertNode)
    {
        var (type, role, text) = Kinds[random.Next(Kinds.Length)];
        var at = Start.AddSeconds(index);
        var id = Guid.CreateVersion7(at);
        var actor = new PersonId(new Guid(random.Next(2, 42), 0x1e90, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 2));
        var body = text.Length == 0
            ? TrailJson.Canonical(new { View = "case", Roles = new[] { role }, Client = "web" })
            : TrailJson.Canonical(new { Text = text, Number = random.Next(100_000) });
        var salt = Commitment.NewSalt();
        var header = new EventHeader(
            TrailLog.Name, id, at, type, dossier.Id.Value, seq, actor.ToString(), role, null, Guid.CreateVersion7(at), "collegial-consultation@3", Commitment.Compute(salt, body));
        var leaf = header.ToLeaf();
        var hash = MerkleTree.LeafHash(leaf);
        var (eventId, caseId) = (id.ToString("D"), dossier.Id.ToString());
        Execute(insertEvent, index, eventId, caseId, seq, type, actor.ToString(), DbValues.TimeText(at), leaf, hash);
        Execute(insertBody, eventId, caseId, dossier.Key.Encrypt([.. salt, .. body], id));
        foreach (var node in frontier.Append(hash).Where(DatabaseTree.Stores))
        {
            Execute(insertNode, node.Level, node.Index, node.Hash);
        }
    }

    /// <summary>An auditor, a team, and the cases' own rows, as far as reading a trail needs them.</summary>
    private static void People(SqliteConnection connection, List<Dossier> dossiers)
    {
        Run(connection, "INSERT INTO teams (team, time_zone, day_start, day_end, workdays) VALUES ('Noord', 'Europe/Amsterdam', '09:00', '17:00', '12345')");
        Run(
            connection,
            $"""
            INSERT INTO people (person_id, subject, display_name, job_title, team, hours_per_week, code_familiarity, knows_lifeworld, core_only, active)
            VALUES ('{Auditor}', 'auditor', 'Auditor', '', 'Noord', 36, 'none', 0, 0, 1)
            """);
        using var insertCase = Prepared(
            connection,
            """
            INSERT INTO cases (case_id, seq, phase, phase_since, submitter_id, owner_id, team, created_at, submitted_at, closed_at)
            VALUES ($0, 1, 'closed', $1, $2, $2, 'Noord', $1, $1, $1)
            """,
            3);
        foreach (var dossier in dossiers)
        {
            Execute(insertCase, dossier.Id.ToString(), DbValues.TimeText(Start), Auditor.ToString());
        }
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string text, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // literals of this class
        command.CommandText = text;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i.ToString(CultureInfo.InvariantCulture)}" });
        }

        return command;
    }

    private static void Execute(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // literals of this class
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
