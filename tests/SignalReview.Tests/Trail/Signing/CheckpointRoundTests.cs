using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Checking;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Trail.Signing;

[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.SqlServer)]
internal sealed class CheckpointRoundTests(SqlDialect dialect)
{
    [Test]
    public async Task A_checkpoint_is_signed_when_something_changed_and_only_then()
    {
        await using var world = await StartAsync();
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Unchanged), "an empty trail");
        await world.SubmitAsync();
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Signed));
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Unchanged));
        var before = (await LastAsync(world)).TreeSize;

        await world.SubmitAsync();
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Signed));
        var last = await LastAsync(world);
        Assert.That(last.TreeSize, Is.EqualTo(await SizeAsync(world)).And.GreaterThan(before));
        Assert.That(SignedNote.Parse(last.Note).Verify(world.Get<CheckpointSigner>().VerifierKey), Is.EqualTo(NoteVerdict.Signed));
        Assert.That((await HealthAsync(world)).State, Is.EqualTo(TrailState.Signed));
    }

    [Test]
    public async Task Hosts_that_look_at_the_same_time_sign_once()
    {
        await using var world = await StartAsync();
        await using var other = await world.AnotherAsync();
        other.FaultsAllowed = true;
        for (var i = 0; i < 5; i++)
        {
            await world.SubmitAsync();
            var outcomes = await Task.WhenAll(Task.Run(() => RoundAsync(world)), Task.Run(() => RoundAsync(other)));

            Assert.That(outcomes.Count(o => o == CheckpointOutcome.Signed), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_host_that_dies_between_signing_and_storing_loses_no_checkpoint()
    {
        await using var world = await StartAsync();
        await world.SubmitAsync();
        var size = await SizeAsync(world);
        await using (var db = await world.Database.OpenReadAsync(default))
        {
            await world.Get<CheckpointSigner>().SignGrownAsync(new DatabaseTree(db), size, _ => Task.CompletedTask, default); // and here it dies
        }

        Assert.That((await LastAsync(world)).TreeSize, Is.Not.EqualTo(size));
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Signed));
        Assert.That((await LastAsync(world)).TreeSize, Is.EqualTo(size));
        Assert.That((await LastAsync(world)).Note, Is.EqualTo(world.Get<SignerState>().Last()));
    }

    [Test]
    public async Task Events_that_nobody_signs_are_told_as_being_behind()
    {
        await using var world = await StartAsync();
        await RoundAsync(world);
        await world.SubmitAsync();
        Assert.That((await HealthAsync(world)).State, Is.EqualTo(TrailState.Signed), "a moment ago");

        world.Time.Advance(TimeSpan.FromMinutes(4));
        var report = await HealthAsync(world);
        Assert.That(report.State, Is.EqualTo(TrailState.Behind));
        Assert.That(report.UnsignedFor, Is.EqualTo(TimeSpan.FromMinutes(4)));
        Assert.That(report.SignedSize, Is.LessThan(report.Size));
    }

    // Whoever administers the database can switch triggers and denials off; so does this.
    [TestCase("UPDATE trail_events SET type = 'vote.cast' WHERE leaf_index = 1", TrailAlarmKind.EventChanged)]
    [TestCase("UPDATE trail_events SET actor_id = '00000000-0000-7000-8000-00000000abcd' WHERE leaf_index = 1", TrailAlarmKind.EventChanged)]
    [TestCase("UPDATE trail_events SET leaf = (SELECT leaf FROM trail_events WHERE leaf_index = 2) WHERE leaf_index = 1", TrailAlarmKind.EventChanged)]
    [TestCase("DELETE FROM trail_events WHERE leaf_index = 1", TrailAlarmKind.EventChanged)]
    [TestCase("UPDATE trail_subtrees SET hash = (SELECT leaf_hash FROM trail_events WHERE leaf_index = 0) WHERE level = 4 AND node_index = 0", TrailAlarmKind.TreeDamaged)]
    [TestCase("DELETE FROM trail_subtrees WHERE level = 4 AND node_index = 0", TrailAlarmKind.TreeDamaged)]
    public async Task What_was_changed_in_the_database_raises_the_alarm_and_names_it(string statement, TrailAlarmKind kind)
    {
        await using var world = await StartAsync();
        await world.InRoomAsync();
        await RoundAsync(world);
        await TamperAsync(world, statement);

        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Alarm));
        var alarm = world.Get<TrailAlarms>().Read().Single();
        Assert.That(alarm.Kind, Is.EqualTo(kind).Or.EqualTo(TrailAlarmKind.Rewritten));
        Assert.That(alarm.Recorded, Is.True);
        Assert.That((await HealthAsync(world)).State, Is.EqualTo(TrailState.Alarm));
    }

    [Test]
    public async Task New_events_that_do_not_hash_to_the_tree_are_not_signed()
    {
        await using var world = await StartAsync();
        await world.SubmitAsync();
        await RoundAsync(world);
        var signed = await SizeAsync(world);
        await world.SubmitAsync();
        await TamperAsync(world, $"UPDATE trail_events SET type = 'case.read' WHERE leaf_index = {await SizeAsync(world) - 1}");

        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Alarm));
        Assert.That(world.Get<CheckpointSigner>().Last()!.Checkpoint.Size, Is.EqualTo(signed), "nothing was vouched for");
        Assert.That(world.Get<TrailAlarms>().Read().Single().LeafIndex, Is.GreaterThanOrEqualTo(signed));
    }

    [Test]
    public async Task A_restored_old_backup_raises_the_alarm_which_stays_until_somebody_says_what_it_was()
    {
        if (dialect != SqlDialect.Sqlite)
        {
            Assert.Ignore("The backup is a copy of SQLite's file; the rule is the same for both.");
        }

        await using var world = await StartAsync();
        await world.SubmitAsync();
        await RoundAsync(world);
        var data = world.Get<DataFolder>();
        var backup = Path.Combine(data.FullPath, "backup.db");
        await CopyAsync(data.DatabaseFile, backup);
        await world.SubmitAsync();
        await RoundAsync(world);
        var signed = world.Get<SignerState>().Last()!;

        await CopyAsync(backup, data.DatabaseFile);
        var restored = world;
        Assert.That(await RoundAsync(restored), Is.EqualTo(CheckpointOutcome.Alarm));
        Assert.That(await RoundAsync(restored), Is.EqualTo(CheckpointOutcome.Alarm), "and again");
        var alarm = restored.Get<TrailAlarms>().Read().Single();
        Assert.That(alarm.Kind, Is.EqualTo(TrailAlarmKind.RolledBack));
        Assert.That(alarm.Checkpoint, Is.EqualTo(signed));
        Assert.That(await EventsAsync(restored, "trail.alarmRaised"), Is.EqualTo(1));

        var acknowledge = restored.Get<AcknowledgeTrailAlarm>();
        Assert.That((await acknowledge.RunAsync(CaseWorld.Colleague(1), alarm.Id, "Laat maar.", default))?.Code, Is.EqualTo("not-yours"));
        Assert.That((await acknowledge.RunAsync(Auditor, alarm.Id, " ", default))?.Fields!.Single().Path, Is.EqualTo("reason"));
        Assert.That((await acknowledge.RunAsync(Auditor, Guid.Empty, "Wat dan ook.", default))?.Code, Is.EqualTo("trail-alarm-gone"));
        Assert.That(restored.Get<TrailAlarms>().Read(), Has.Count.EqualTo(1), "refusals close nothing");
        Assert.That(await acknowledge.RunAsync(Auditor, alarm.Id, "De schijf was stuk; de kopie van gisteren is teruggezet.", default), Is.Null);

        Assert.That(restored.Get<TrailAlarms>().Read(), Is.Empty);
        Assert.That(await EventsAsync(restored, "trail.alarmAcknowledged"), Is.EqualTo(1));
        Assert.That(await EventsAsync(restored, "command.refused"), Is.GreaterThanOrEqualTo(3));
        Assert.That(await RoundAsync(restored), Is.EqualTo(CheckpointOutcome.Signed), "the signer goes on with the tree as it is");
        Assert.That((await HealthAsync(restored)).State, Is.EqualTo(TrailState.Signed));
        Assert.That(Directory.GetFiles(restored.Get<SignerState>().Alarms, "abandoned-*").Select(File.ReadAllText), Is.EqualTo(new[] { signed }), "what it gave up is kept");
    }

    [Test]
    public async Task An_alarm_stays_when_the_right_database_is_put_back_and_closes_without_a_break()
    {
        await using var world = await StartAsync();
        await RoundAsync(world);
        var alarms = world.Get<TrailAlarms>();
        var last = world.Get<SignerState>().Last();
        alarms.Raise(new(TrailAlarmKind.RolledBack, 99, 1), "as another host found it", last, world.Now);

        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Unchanged).Or.EqualTo(CheckpointOutcome.Signed));
        Assert.That((await HealthAsync(world)).State, Is.EqualTo(TrailState.Alarm));
        Assert.That(await world.Get<AcknowledgeTrailAlarm>().RunAsync(Auditor, alarms.Read().Single().Id, "Verkeerde schijf aangekoppeld.", default), Is.Null);
        Assert.That(Directory.GetFiles(world.Get<SignerState>().Alarms, "abandoned-*"), Is.Empty);
        Assert.That(world.Get<SignerState>().Last(), Is.EqualTo(last));
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Signed));
    }

    [Test]
    public async Task Changed_memory_of_the_signer_raises_the_alarm()
    {
        await using var world = await StartAsync();
        await world.SubmitAsync();
        await RoundAsync(world);
        var state = world.Get<SignerState>();
        state.Remember(state.Last()!.Replace($"\n{await SizeAsync(world)}\n", "\n1\n", StringComparison.Ordinal));

        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Alarm));
        Assert.That(world.Get<TrailAlarms>().Read().Single().Kind, Is.EqualTo(TrailAlarmKind.MemoryChanged));
    }

    [Test]
    public async Task An_alarm_is_an_error_in_the_log_once_an_hour_and_not_at_each_look()
    {
        var log = new LogLines();
        await using var world = await StartAsync(log);
        await RoundAsync(world);
        world.Get<SignerState>().Remember("no note");
        for (var i = 0; i < 90; i++)
        {
            await RoundAsync(world);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(log.Errors(3001), Is.EqualTo(1));
        Assert.That(log.Errors(3002), Is.EqualTo(1), "after an hour");
    }

    [Test]
    public async Task Damage_that_was_looked_into_is_not_raised_again()
    {
        await using var world = await StartAsync();
        await world.SubmitAsync();
        await RoundAsync(world);
        await TamperAsync(world, "UPDATE trail_events SET type = 'vote.cast' WHERE leaf_index = 1");
        await RoundAsync(world);
        await world.Get<AcknowledgeTrailAlarm>().RunAsync(Auditor, world.Get<TrailAlarms>().Read().Single().Id, "Een stukke schijf.", default);
        await RoundAsync(world);

        Assert.That(world.Get<TrailAlarms>().Read(), Is.Empty);
    }

    [Test]
    public async Task A_rotation_is_in_the_trail_once_and_old_checkpoints_still_verify()
    {
        await using var world = await StartAsync();
        await using var other = await world.AnotherAsync();
        other.FaultsAllowed = true;
        await world.SubmitAsync();
        await RoundAsync(world);
        var (signer, old) = (world.Get<CheckpointSigner>(), world.Get<CheckpointSigner>().VerifierKey);
        var before = SignedNote.Parse(world.Get<SignerState>().Last()!);
        var note = await RotateAsync(world);

        await Task.WhenAll(Task.Run(() => RoundAsync(other)), Task.Run(() => RoundAsync(world)));
        await RoundAsync(other);
        var after = SignedNote.Parse(world.Get<SignerState>().Last()!);
        Assert.Multiple(async () =>
        {
            Assert.That(await EventsAsync(world, "trail.keyRotated"), Is.EqualTo(1));
            Assert.That(note.Old.ToString(), Is.EqualTo(old.ToString()));
            Assert.That(signer.VerifierKey.ToString(), Is.EqualTo(note.New.ToString()));
            Assert.That(other.Get<CheckpointSigner>().VerifierKey.ToString(), Is.EqualTo(note.New.ToString()), "a host that was running picked it up");
            Assert.That(before.Verify(old), Is.EqualTo(NoteVerdict.Signed));
            Assert.That(after.Verify(old), Is.EqualTo(NoteVerdict.OtherKey));
            Assert.That(KeyChain.Of(old, signer.Chain.Notes).Verify(after, Checkpoint.Parse(after.Text).Size), Is.EqualTo(ChainVerdict.Signed));
            Assert.That(File.Exists(Path.Combine(world.Get<KeyRing>().Folder, "signing-next.key")), Is.False);
        });
    }

    [Test]
    public async Task A_rotation_that_was_cut_short_is_made_good()
    {
        await using var world = await StartAsync();
        await RoundAsync(world);
        var keys = world.Get<KeyRing>();
        var prepared = keys.Signing.OpenNext().PublicKey.ToArray(); // the key is there, and here it dies
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Unchanged), "the old key still signs");

        var old = File.ReadAllText(Path.Combine(keys.Folder, "signing.key"));
        var note = await RotateAsync(world);
        Assert.That(note.New.PublicKey.ToArray(), Is.EqualTo(prepared), "it goes on with the key that was prepared");
        var @new = File.ReadAllText(Path.Combine(keys.Folder, "signing.key"));

        // It died after the note and before the file took its place.
        KeyFile.Replace(Path.Combine(keys.Folder, "signing-next.key"), @new);
        KeyFile.Replace(Path.Combine(keys.Folder, "signing.key"), old);
        await using var restarted = await world.AnotherAsync();
        Assert.That(restarted.Get<CheckpointSigner>().VerifierKey.ToString(), Is.EqualTo(note.New.ToString()));
        Assert.That(await RoundAsync(restarted), Is.EqualTo(CheckpointOutcome.Signed));
        Assert.That(File.ReadAllText(Path.Combine(keys.Folder, "signing.key")), Is.EqualTo(@new));
        Assert.That(File.Exists(Path.Combine(keys.Folder, "signing-next.key")), Is.False);
    }

    [Test]
    public async Task A_tree_that_does_not_fit_is_not_handed_over()
    {
        await using var world = await StartAsync();
        await world.SubmitAsync();
        await RoundAsync(world);
        var key = world.Get<CheckpointSigner>().VerifierKey.ToString();
        await using var db = await world.Database.OpenReadAsync(default);

        Assert.That(async () => await world.Get<CheckpointSigner>().RotateAsync(new DatabaseTree(db), 1, default), Throws.InstanceOf<TrailRewrittenException>());
        Assert.That(world.Get<CheckpointSigner>().VerifierKey.ToString(), Is.EqualTo(key));
        Assert.That(world.Get<SignerState>().Rotations(), Is.Empty);
    }

    [Test]
    public async Task All_chunks_of_a_longer_trail_are_looked_at_and_each_damage_is_found_in_its_turn()
    {
        if (dialect != SqlDialect.Sqlite)
        {
            Assert.Ignore("The events are written straight into SQLite; the rule is the same for both.");
        }

        await using var world = await StartAsync();
        await GrowAsync(world, (3 * TreeCheck.ChunkSize) + 77);
        Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Signed));
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await RoundAsync(world), Is.EqualTo(CheckpointOutcome.Unchanged));
        }

        await TamperAsync(world, $"UPDATE trail_subtrees SET hash = (SELECT leaf_hash FROM trail_events WHERE leaf_index = 0) WHERE level = 13 AND node_index = 0");
        List<CheckpointOutcome> outcomes = [];
        for (var i = 0; i < 4; i++)
        {
            outcomes.Add(await RoundAsync(world));
        }

        Assert.That(outcomes, Does.Contain(CheckpointOutcome.Alarm));
    }

    private static Actor Auditor => CaseWorld.Colleague(10);

    private static async Task GrowAsync(CaseWorld world, int count)
    {
        await using var db = await world.Database.BeginAsync(default);
        using var organisation = await ReadLog.OrganisationAsync(db, world.Get<KeyRing>(), default);
        var events = Enumerable.Range(0, count)
            .Select(_ => new PendingEvent(world.NewId(), "list.read", PersonId.System, "system", TrailJson.Canonical(new { list = "test" })))
            .ToList();
        await TrailLog.AppendAsync(db, organisation, events, null, null, world.Now, default);
        await db.CommitAsync(default);
    }

    private static async Task<KeyRotationNote> RotateAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(default);
        return await world.Get<CheckpointSigner>().RotateAsync(new DatabaseTree(db), await SizeAsync(world), default);
    }

    private static Task<CheckpointOutcome> RoundAsync(CaseWorld world) => world.Get<CheckpointRound>().RunAsync(CancellationToken.None);

    private static Task<TrailHealthReport> HealthAsync(CaseWorld world) => world.Get<TrailHealth>().ReadAsync(CancellationToken.None);

    private static async Task<long> SizeAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(default);
        return await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, default);
    }

    private static async Task<int> EventsAsync(CaseWorld world, string type)
    {
        await using var db = await world.Database.OpenReadAsync(default);
        return (await db.QueryAsync<TypeRow>("trail/case_events", new { CaseId = CaseId.Organisation }, default)).Count(e => e.Type == type);
    }

    private static async Task<CheckpointRow> LastAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(default);
        return await db.FirstOrDefaultAsync<CheckpointRow>("signing/last_checkpoint", null, default) ?? new();
    }

    private static async Task CopyAsync(string from, string to)
    {
        await using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        await source.OpenAsync();
        await using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        await target.OpenAsync();
        source.BackupDatabase(target);
    }

    private async Task TamperAsync(CaseWorld world, string statement)
    {
        await using var db = await world.Database.BeginAsync(default);
        foreach (var off in dialect == SqlDialect.Sqlite
            ? ["DROP TRIGGER IF EXISTS trail_events_no_update", "DROP TRIGGER IF EXISTS trail_events_no_delete", "DROP TRIGGER IF EXISTS trail_subtrees_no_update", "DROP TRIGGER IF EXISTS trail_subtrees_no_delete"]
            : Array.Empty<string>())
        {
            await db.ExecuteScriptAsync(off, default);
        }

        await db.ExecuteScriptAsync(statement, default);
        await db.CommitAsync(default);
    }

    private async Task<CaseWorld> StartAsync(ILoggerProvider? log = null)
    {
        var world = await CaseWorld.StartAsync(
            dialect,
            (services, _) =>
            {
                if (log is not null)
                {
                    services.AddLogging(logging => logging.AddProvider(log));
                }
            });
        world.FaultsAllowed = true; // an alarm is an error in the log
        return world;
    }

    private sealed record CheckpointRow
    {
        public long TreeSize { get; init; }
        public string Note { get; init; } = "";
    }

    private sealed record TypeRow
    {
        public string Type { get; init; } = "";
    }
}
