using System.Globalization;
using SignalReview.Storage;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

/// <summary>
/// Changes to the database itself, by somebody who has it in their hands and takes its triggers away. Each is made in a transaction that is then
/// rolled back, so that hundreds pass in a second.
/// </summary>
[TestFixture]
internal sealed class TrailCheckTests
{
    private const int Changes = 600;

    /// <summary>What they hold, and how a row is found again. The time of a checkpoint is under no signature; a dossier's key id is a note beside the key.</summary>
    private static readonly (string Table, string Key, string[] Blobs, string[] Texts, string[] Numbers)[] Tables =
    [
        ("trail_events", "leaf_index", ["leaf", "leaf_hash"], ["event_id", "case_id", "type", "actor_id", "at"], ["leaf_index", "case_seq"]),
        ("trail_bodies", "rowid", ["body"], ["event_id", "case_id"], []),
        ("trail_nodes", "rowid", ["hash"], [], ["level", "node_index"]),
        ("trail_head", "rowid", ["frontier"], ["log"], ["size"]),
        ("dossiers", "rowid", ["wrapped_key"], ["case_id"], ["trail_seq"]),
        ("checkpoints", "tree_size", [], ["note"], ["tree_size"]),
    ];

    private CaseWorld world = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await using var bundle = (await world.Get<TrailExport>().RunAsync(BlindWorld.Auditor, world.Case, new("Controle"), CancellationToken.None)).Bundle!;
    }

    [OneTimeTearDown]
    public async Task Clean() => await world.DisposeAsync();

    [Test]
    public async Task A_trail_that_nobody_touched_has_no_faults()
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);

        Assert.That(await CheckAsync(db), Is.Empty);
    }

    [Test]
    public async Task Six_hundred_changes_to_any_column_and_row_are_found_and_named()
    {
        var missed = new List<string>();
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < Changes; seed++)
        {
            await using var db = await world.Database.BeginAsync(CancellationToken.None);
            await db.ExecuteScriptAsync("PRAGMA defer_foreign_keys = ON", CancellationToken.None);
            foreach (var trigger in new[] { "trail_events_no_update", "trail_events_no_delete", "trail_nodes_no_update", "trail_nodes_no_delete" })
            {
                await db.ExecuteScriptAsync($"DROP TRIGGER {trigger}", CancellationToken.None);
            }

            var random = new Random(seed);
            var (table, script) = Change(random);
            try
            {
                await db.ExecuteScriptAsync(script, CancellationToken.None);
            }
            catch (Microsoft.Data.Sqlite.SqliteException)
            {
                continue; // the schema itself refuses it
            }

            kinds[table] = kinds.GetValueOrDefault(table) + 1;
            var faults = await CheckAsync(db);
            if (!faults.Any(f => f.Table == table || (table == "trail_bodies" && f.Event is not null)))
            {
                missed.Add($"{seed}: {script}: {string.Join(" | ", faults.Take(3))}");
            }
        }

        Assert.That(missed, Is.Empty);
        Assert.That(kinds, Has.Count.EqualTo(Tables.Length));
        Assert.That(kinds.Values.Sum(), Is.GreaterThan(500));
        TestContext.Out.WriteLine(string.Join(", ", kinds.Select(k => $"{k.Key} {k.Value}")));
    }

    private static (string Table, string Script) Change(Random random)
    {
        var (table, key, blobs, texts, numbers) = Tables[random.Next(Tables.Length)];
        var pick = random.Next(1 << 20).ToString(CultureInfo.InvariantCulture);
        var row = $"(SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET {pick} % (SELECT COUNT(*) FROM {table}))";
        var other = $"(SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET ({pick} + 1) % (SELECT COUNT(*) FROM {table}))";
        var column = random.GetItems([.. blobs, .. texts, .. numbers], 1)[0];
        var kind = random.Next(5);
        if (kind == 4 && table != "checkpoints") // whose notes are copies of what others hold
        {
            return (table, $"DELETE FROM {table} WHERE {key} = {row}");
        }

        if (kind == 3 && blobs.Contains(column) && column != "frontier")
        {
            return (table, $"UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE {key} = {other}) WHERE {key} = {row} AND {column} <> (SELECT {column} FROM {table} WHERE {key} = {other})");
        }

        if (numbers.Contains(column))
        {
            return (table, $"UPDATE {table} SET {column} = {column} + {1 << random.Next(12)} WHERE {key} = {row}");
        }

        // One byte of it, as hexadecimal digits, becomes another.
        var hex = blobs.Contains(column) ? $"hex({column})" : $"hex(CAST({column} AS BLOB))";
        var at = $"(2 * ({random.Next(1 << 20).ToString(CultureInfo.InvariantCulture)} % (length({hex}) / 2)) + 2)";
        var changed = $"substr({hex}, 1, {at} - 1) || substr('123456789ABCDEF0', instr('0123456789ABCDEF', substr({hex}, {at}, 1)), 1) || substr({hex}, {at} + 1)";
        var value = blobs.Contains(column) ? $"unhex({changed})" : $"CAST(unhex({changed}) AS TEXT)";
        return (table, $"UPDATE {table} SET {column} = {value} WHERE {key} = {row}");
    }

    private async Task<IReadOnlyList<TrailFinding>> CheckAsync(DbSession db) =>
        await new TrailCheck(db, world.Get<KeyRing>(), world.Get<CheckpointSigner>()).RunAsync(CancellationToken.None);
}
