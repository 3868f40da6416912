using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>What only the embedded database promises.</summary>
internal sealed class SqliteDatabaseTests
{
    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["test/journal_mode.sql"] = "SELECT journal_mode FROM pragma_journal_mode",
        ["test/synchronous.sql"] = "SELECT synchronous FROM pragma_synchronous",
        ["test/secure_delete.sql"] = "SELECT secure_delete FROM pragma_secure_delete",
        ["test/foreign_keys.sql"] = "SELECT foreign_keys FROM pragma_foreign_keys",
        ["test/insert.sql"] = "INSERT INTO teams (team, time_zone, day_start, day_end, workdays) VALUES (@Team, 'Europe/Amsterdam', '09:00', '17:00', '12345')",
        ["test/insert_returning.sql"] =
            "INSERT INTO teams (team, time_zone, day_start, day_end, workdays) VALUES (@Team, 'Europe/Amsterdam', '09:00', '17:00', '12345') RETURNING team",
        ["test/count.sql"] = "SELECT COUNT(*) FROM teams",
    };

    [Test]
    public async Task Every_connection_keeps_its_promises()
    {
        await using var test = await TestDatabase.SqliteAsync(Queries);
        await using var write = await test.Database.BeginAsync(CancellationToken.None);
        await using var read = await test.Database.OpenReadAsync(CancellationToken.None);
        foreach (var session in (DbSession[])[write, read])
        {
            Assert.That(await session.ScalarAsync<string>("test/journal_mode", null, CancellationToken.None), Is.EqualTo("wal"));
            Assert.That(await session.ScalarAsync<int>("test/synchronous", null, CancellationToken.None), Is.EqualTo(2), "FULL");
            Assert.That(await session.ScalarAsync<int>("test/secure_delete", null, CancellationToken.None), Is.EqualTo(1));
            Assert.That(await session.ScalarAsync<int>("test/foreign_keys", null, CancellationToken.None), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_reader_sees_one_snapshot_and_does_not_wait_for_the_writer()
    {
        await using var test = await TestDatabase.SqliteAsync(Queries);
        await using var write = await test.Database.BeginAsync(CancellationToken.None);
        await write.ExecuteAsync("test/insert", new { Team = "one" }, CancellationToken.None);
        await using var read = await test.Database.OpenReadAsync(CancellationToken.None);
        Assert.That(await CountAsync(read), Is.Zero);

        await write.CommitAsync(CancellationToken.None);
        Assert.That(await CountAsync(read), Is.Zero, "still the first snapshot");
        await using var later = await test.Database.OpenReadAsync(CancellationToken.None);
        Assert.That(await CountAsync(later), Is.EqualTo(1));
    }

    [Test]
    public async Task A_reading_session_cannot_write_by_the_back_door()
    {
        await using var test = await TestDatabase.SqliteAsync(Queries);
        await using var read = await test.Database.OpenReadAsync(CancellationToken.None);
        Assert.ThrowsAsync<SqliteException>(() => read.ScalarAsync<string>("test/insert_returning", new { Team = "one" }, CancellationToken.None));
    }

    [Test]
    public async Task While_another_process_writes_the_failure_is_worth_a_retry()
    {
        await using var test = await TestDatabase.SqliteAsync(Queries);
        var path = Path.Combine(test.Folder, "signalreview.db");
        using var impatient = new SqliteDatabase($"Data Source={path};Default Timeout=1", SqlText.EmbeddedAnd(SqlDialect.Sqlite, Queries));
        var clock = Stopwatch.StartNew();
        SqliteException? busy;
        await using (await test.Database.BeginAsync(CancellationToken.None))
        {
            busy = Assert.ThrowsAsync<SqliteException>(() => impatient.BeginAsync(CancellationToken.None));
        }

        Assert.That(impatient.IsTransient(busy!));
        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(0.9)), "SQLite waited for the other first");
        await using var session = await impatient.BeginAsync(CancellationToken.None);
        await session.ExecuteAsync("test/insert", new { Team = "one" }, CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }

    [Test]
    public async Task Two_processes_that_write_at_once_lose_nothing()
    {
        const int Times = 50;
        await using var test = await TestDatabase.SqliteAsync(Queries);
        await using var other = test.Another();
        await Task.WhenAll(WriteAsync(test.Database, "here"), WriteAsync(other.Database, "there"));

        await using var read = await test.Database.OpenReadAsync(CancellationToken.None);
        Assert.That(await CountAsync(read), Is.EqualTo(2 * Times));

        static Task WriteAsync(IDatabase database, string prefix) => Task.Run(async () =>
        {
            for (var i = 0; i < Times; i++)
            {
                await using var session = await database.BeginAsync(CancellationToken.None);
                await session.ExecuteAsync("test/insert", new { Team = $"{prefix} {i}" }, CancellationToken.None);
                await session.CommitAsync(CancellationToken.None);
            }
        });
    }

    [Test]
    public async Task What_was_erased_is_no_longer_in_the_file()
    {
        const string Secret = "a-name-that-must-not-stay";
        await using var test = await TestDatabase.SqliteAsync(new Dictionary<string, string>(Queries, StringComparer.Ordinal)
        {
            ["test/erase.sql"] = "DELETE FROM teams WHERE team = @Team",
        });
        foreach (var query in (string[])["test/insert", "test/erase"])
        {
            await using var session = await test.Database.BeginAsync(CancellationToken.None);
            await session.ExecuteAsync(query, new { Team = Secret }, CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
        }

        ((IDisposable)test.Database).Dispose(); // the last connection moves the write-ahead log into the file and removes it
        var bytes = await File.ReadAllBytesAsync(Path.Combine(test.Folder, "signalreview.db"));
        Assert.That(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret)), Is.Negative);
        Assert.That(Directory.GetFiles(test.Folder, "*-wal"), Is.Empty);
    }

    [Test]
    public async Task The_trail_refuses_to_be_changed()
    {
        await using var test = await TestDatabase.SqliteAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["test/dossier.sql"] = "INSERT INTO dossiers (case_id, key_id, wrapped_key) VALUES ('c', 'k', x'00')",
            ["test/event.sql"] = """
                INSERT INTO trail_events (leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash)
                VALUES (0, 'e', 'c', 1, 't', 'a', '2026-01-01T00:00:00.000000Z', x'00', x'00')
                """,
            ["test/change.sql"] = "UPDATE trail_events SET type = 'other' WHERE leaf_index = 0",
            ["test/remove.sql"] = "DELETE FROM trail_events WHERE leaf_index = 0",
        });
        await using var session = await test.Database.BeginAsync(CancellationToken.None);
        await session.ExecuteAsync("test/dossier", null, CancellationToken.None);
        await session.ExecuteAsync("test/event", null, CancellationToken.None);
        foreach (var query in (string[])["test/change", "test/remove"])
        {
            var refused = Assert.ThrowsAsync<SqliteException>(() => session.ExecuteAsync(query, null, CancellationToken.None));
            Assert.That(refused!.Message, Does.Contain("append-only"));
        }
    }

    [Test]
    public async Task A_closed_database_opens_no_more_sessions()
    {
        await using var test = await TestDatabase.SqliteAsync(Queries);
        ((IDisposable)test.Database).Dispose();
        Assert.ThrowsAsync<ObjectDisposedException>(() => test.Database.BeginAsync(CancellationToken.None));
        Assert.ThrowsAsync<ObjectDisposedException>(() => test.Database.OpenReadAsync(CancellationToken.None));
    }

    private static Task<int> CountAsync(DbSession session) => session.ScalarAsync<int>("test/count", null, CancellationToken.None);
}
