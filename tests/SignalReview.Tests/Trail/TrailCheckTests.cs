using SignalReview.Trail.Checking;

namespace SignalReview.Tests.Trail;

/// <summary>Changes to the database itself, over all that a few played cases and the desks of auditor and privacy officer have rows for.</summary>
[TestFixture]
internal sealed class TrailCheckTests
{
    private const int Draws = 1500;
    private const int Effective = 1000;

    private TamperWorld world = null!;
    private TamperRun run = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        world = await TamperWorld.MakeAsync();
        run = new(world.Database, world.CheckAsync);
    }

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

        await run.DrawAsync(tampering, Draws);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Missed, Is.Empty);
            Assert.That(tampering.EmptyTables, Is.SubsetOf(ContentsCheckTests.Tables));
            Assert.That(run.Effective, Is.GreaterThan(Effective));
            Assert.That(tampering.Cells.Except(run.Changed), Is.Empty, "never changed");
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
    [TestCase("UPDATE case_methods SET json = 'x', sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'", TrailFault.Document, "case_methods", Description = "the fingerprint of what is no document")]
    public async Task A_change_is_named_by_its_kind(string script, object fault, string table)
    {
        var findings = await run.FindingsAsync(script);

        Assert.That(findings!.Select(f => (f.Fault, f.Table)), Does.Contain(((TrailFault)fault, table)));
    }
}
