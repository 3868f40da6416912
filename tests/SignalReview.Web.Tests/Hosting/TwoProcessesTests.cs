using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SignalReview.Web.Tests.Hubs.Chaos;

namespace SignalReview.Web.Tests.Hosting;

/// <summary>Two hosts, each a process of its own, on one database: each deadline that comes is fired by one of them, once, also right after a restart.</summary>
[NonParallelizable]
internal sealed class TwoProcessesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private DirectoryInfo data;

    [SetUp]
    public void MakeFolder() => data = Directory.CreateTempSubdirectory("signalreview-two-");

    [TearDown]
    public void RemoveFolder() => data.Delete(recursive: true);

    [Test]
    public async Task Each_deadline_is_fired_once()
    {
        await using var one = new KilledServer(data.FullName);
        await using var other = new KilledServer(data.FullName);
        await one.StartAsync(); // makes and fills the database
        await other.StartAsync();

        var whileBothRun = await DueAsync("kind = 'reminder'");
        await FiredAsync(whileBothRun);

        await Task.WhenAll(one.KillAsync(), other.KillAsync());
        var whileNobodyRan = await DueAsync("kind IN ('step', 'invitation')");
        await Task.WhenAll(one.StartAsync(), other.StartAsync());
        await FiredAsync(whileNobodyRan);

        // The next look would fire what is still there to be fired twice.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var events = await EventsByCauseAsync();
        using (Assert.EnterMultipleScope())
        {
            foreach (var deadline in whileBothRun.Concat(whileNobodyRan))
            {
                Assert.That(events.GetValueOrDefault(deadline), Is.EqualTo(1), $"events that tell of deadline {deadline}");
            }
        }
    }

    /// <summary>Lets open deadlines be due by now.</summary>
    /// <returns>Which they are.</returns>
    private async Task<IReadOnlyList<string>> DueAsync(string which)
    {
        await using var db = await OpenAsync();
        await using var update = db.CreateCommand();
        // Twelve cases, one deadline each: whichever of a case comes first settles its others.
        update.CommandText =
            $"UPDATE deadlines SET due_at = @now WHERE deadline_id IN (SELECT MIN(deadline_id) FROM deadlines WHERE state = 'open' AND {which} GROUP BY case_id) RETURNING deadline_id";
        update.Parameters.AddWithValue("@now", TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        var ids = new List<string>();
        await using var rows = await update.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            ids.Add(rows.GetString(0));
        }

        Assert.That(ids, Has.Count.GreaterThan(4));
        return ids;
    }

    private async Task FiredAsync(IReadOnlyList<string> deadlines)
    {
        await using var db = await OpenAsync();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await using var open = db.CreateCommand();
            open.CommandText = $"SELECT COUNT(*) FROM deadlines WHERE state <> 'fired' AND deadline_id IN ('{string.Join("', '", deadlines)}')";
            if (await open.ExecuteScalarAsync() is 0L)
            {
                return;
            }

            Assert.That(clock.Elapsed, Is.LessThan(Patience), "not all deadlines fired");
            await Task.Delay(100);
        }
    }

    /// <summary>A deadline's id is that of the command that fires it, and so the cause of the first event that tells of it.</summary>
    private async Task<Dictionary<string, long>> EventsByCauseAsync()
    {
        await using var db = await OpenAsync();
        await using var read = db.CreateCommand();
        read.CommandText =
            "SELECT json_extract(CAST(leaf AS TEXT), '$.cause'), COUNT(*) FROM trail_events WHERE type IN ('deadline.fired', 'deadline.reminded', 'reader.expired') GROUP BY 1";
        var events = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            events.Add(rows.GetString(0), rows.GetInt64(1));
        }

        return events;
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "signalreview.db")};Pooling=False;Default Timeout=30");
        await db.OpenAsync();
        return db;
    }
}
