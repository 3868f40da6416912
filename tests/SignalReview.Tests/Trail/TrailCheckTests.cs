using Microsoft.Data.Sqlite;
using SignalReview.Trail.Checking;

namespace SignalReview.Tests.Trail;

/// <summary>
/// Changes to the database itself, by somebody who has it in their hands and takes its triggers away. Each is made in a transaction that is then
/// rolled back, so that hundreds pass in a minute.
/// </summary>
[TestFixture]
internal sealed class TrailCheckTests
{
    private const int Draws = 1500;
    private const int Effective = 1000;

    /// <summary>What this world has no rows for.</summary>
    private static readonly string[] Empty = ["access_files", "attachments", "urns", "urn_ballots"];

    private TamperWorld world = null!;

    [OneTimeSetUp]
    public async Task Make() => world = await TamperWorld.MakeAsync();

    [OneTimeTearDown]
    public async Task Clean() => await world.DisposeAsync();

    [Test]
    public async Task A_trail_that_nobody_touched_has_no_faults()
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);

        var report = await world.CheckAsync(db);

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Events, Is.GreaterThan(100));
        Assert.That(report.Dossiers, Is.EqualTo(6));
        Assert.That(report.Rows, Is.GreaterThan(120));
        Assert.That(report.Checkpoints, Is.EqualTo(2));
    }

    [Test]
    public async Task A_thousand_changes_over_every_held_column_are_found_and_named()
    {
        Tampering tampering;
        await using (var db = await world.Database.OpenReadAsync(CancellationToken.None))
        {
            tampering = await Tampering.OverAsync(db);
        }

        var missed = new List<string>();
        HashSet<(string, string)> changed = [];
        var effective = 0;
        for (var seed = 0; seed < Draws * 10; seed++)
        {
            if (seed >= Draws && changed.Contains(tampering.Cells[seed % tampering.Cells.Count]))
            {
                continue; // after the draws for all, more for those of which none took effect
            }

            if (tampering.Draw(seed) is not { } tampered || await FindingsAsync(tampered.Script) is not { } findings)
            {
                continue; // nothing changes, or the schema itself refuses it
            }

            effective++;
            if (tampered.Column is { } column)
            {
                changed.Add((tampered.Table, column));
            }

            if (!findings.Any(f => Names(f, tampered)))
            {
                missed.Add($"{seed} {tampered.Kind}: {Short(tampered.Script)}: {string.Join(" | ", findings.Take(2))}");
            }
        }

        TestContext.Out.WriteLine($"{effective} effective changes, of {changed.Count} of {tampering.Cells.Count} columns");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(missed, Is.Empty);
            Assert.That(tampering.EmptyTables, Is.SubsetOf(Empty));
            Assert.That(effective, Is.GreaterThan(Effective));
            Assert.That(tampering.Cells.Except(changed), Is.Empty, "never changed");
        }
    }

    [TestCase("UPDATE checkpoints SET at = '2020-01-01T00:00:00.000000Z' WHERE tree_size > 0", TrailFault.Checkpoint, "checkpoints")]
    [TestCase("DELETE FROM checkpoints WHERE tree_size = (SELECT MAX(tree_size) FROM checkpoints)", TrailFault.CheckpointMissing, "checkpoints")]
    [TestCase("UPDATE dossiers SET key_id = '0123456789abcdef'", TrailFault.Dossier, "dossiers")]
    [TestCase("UPDATE dossiers SET share_id = NULL", TrailFault.Dossier, "dossiers")]
    [TestCase("DELETE FROM ballots WHERE rowid = (SELECT MIN(rowid) FROM ballots)", TrailFault.RowMissing, "ballots")]
    [TestCase("INSERT INTO reviews SELECT 'ffffffff-ffff-7fff-bfff-ffffffffffff', case_id, reviewed_by_id, reviewed_at FROM reviews LIMIT 1", TrailFault.RowUntold, "reviews")]
    [TestCase("UPDATE decisions SET outcome = 'noConcern'", TrailFault.State, "decisions")]
    [TestCase("UPDATE decisions SET case_id = 'ffffffff-ffff-7fff-bfff-ffffffffffff' WHERE rowid = (SELECT MIN(rowid) FROM decisions)", TrailFault.RowUntold, "decisions")]
    [TestCase("UPDATE cases SET phase = 'closed' WHERE phase = 'deciding'", TrailFault.State, "cases")]
    [TestCase("UPDATE rooms SET room_phase = 'vote' WHERE room_phase = 'harvested'", TrailFault.State, "rooms")]
    public async Task A_change_is_named_by_its_kind(string script, object fault, string table)
    {
        var findings = await FindingsAsync(script);

        Assert.That(findings!.Select(f => (f.Fault, f.Table)), Does.Contain(((TrailFault)fault, table)));
    }

    private static bool Names(TrailFinding finding, Tampered tampered) =>
        finding.Table == tampered.Table
        && (tampered.Column is null || HeldColumns.Trail.ContainsKey(tampered.Table) || finding.Fault is not TrailFault.State || finding.Column == tampered.Column);

    private static string Short(string script) => script.Length > 200 ? script[..200] : script;

    /// <returns>Null when the schema refuses it.</returns>
    private async Task<IReadOnlyList<TrailFinding>?> FindingsAsync(string script)
    {
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync("PRAGMA defer_foreign_keys = ON", CancellationToken.None);
        foreach (var trigger in new[] { "trail_events_no_update", "trail_events_no_delete", "trail_subtrees_no_update", "trail_subtrees_no_delete" })
        {
            await db.ExecuteScriptAsync($"DROP TRIGGER {trigger}", CancellationToken.None);
        }

        try
        {
            await db.ExecuteScriptAsync(script, CancellationToken.None);
        }
        catch (SqliteException)
        {
            return null;
        }

        return (await world.CheckAsync(db)).Findings;
    }
}
