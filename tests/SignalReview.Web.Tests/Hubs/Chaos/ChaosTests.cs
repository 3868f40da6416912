using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs.Chaos;

/// <summary>
/// Twenty people's windows in one room, two of them browsers, while the server is killed and started again ten times and three of ten messages
/// of the hub get lost: within five seconds of each, counted from the moment the server answers again, every screen shows what the database holds. At the
/// end nothing that was acknowledged is lost, and no ballot is there twice.
///
/// Five seconds on a machine that has nothing else to do; on one that is busy they are counted by a probe. At each return of the server a client
/// that loses nothing signs in, connects and joins, once, at the same time as the others. That takes it well under <see cref="ProbeUsually"/> where
/// twenty windows come back at a server that has just started; where it takes longer, everything does, by the same factor, and the
/// five seconds are stretched by it.
/// </summary>
[NonParallelizable]
internal sealed partial class ChaosTests
{
    private const int Kills = 10;
    private const int Programs = 18;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    // What the probe printed while the machine had little else to do: 0.7 to 1.7, mostly about 1.1.
    private static readonly TimeSpan ProbeUsually = TimeSpan.FromSeconds(1);

    // Only so that the test ends.
    private static readonly TimeSpan AtLast = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Every_screen_comes_to_show_what_the_database_holds_and_nothing_acknowledged_is_lost()
    {
        var seed = 20_26;
        var data = Directory.CreateTempSubdirectory("signalreview-chaos-");
        try
        {
            var (caseId, voters, database) = await PrepareAsync(data.FullName);
            await using var server = new KilledServer(data.FullName);
            await server.StartAsync();
            string[] people = [.. voters, "w12"];
            var loss = new Loss(seed);
            var clients = Enumerable.Range(0, Programs).Select(i => new ChaosClient(server.Address, caseId, people[i % people.Length], loss)).ToList();
            clients.ForEach(client => client.Start());
            var browsers = new List<IPage>();
            foreach (var person in voters.Take(2))
            {
                browsers.Add(await EnterAsync(server, caseId, person, loss));
            }

            var dice = new Random(seed);
            var took = new List<Return>();
            for (var kill = 1; kill <= Kills; kill++)
            {
                var doing = Work(clients, voters, kill, dice);
                await Task.Delay(dice.Next(50, 400));
                await server.KillAsync();
                await server.StartAsync();
                var back = Stopwatch.StartNew();
                var probe = ProbeAsync(server, caseId, voters[0], back);
                await EqualAsync(database, caseId, clients, browsers, back);
                var all = back.Elapsed;

                // Whoever waits for an acknowledgement sends again; when the last has it, the same holds of what that changed.
                await Task.WhenAll(doing);
                var late = Stopwatch.StartNew();
                await EqualAsync(database, caseId, clients, browsers, late);
                took.Add(new(all > late.Elapsed ? all : late.Elapsed, await probe));
            }

            await TestContext.Out.WriteLineAsync($"{loss.Lost} of {loss.Lost + loss.Passed} messages were lost; seconds until all were equal, and until the probe had joined: {string.Join(", ", took)}");
            var truth = await ReadAsync(database, caseId);
            Assert.Multiple(() =>
            {
                Assert.That(took.Where(r => r.Equal > Soon * Math.Max(1, r.Probe / ProbeUsually)), Is.Empty);
                Assert.That(clients.SelectMany(c => c.Acknowledged), Is.SubsetOf(truth.Messages), "acknowledged and not there");
                Assert.That(clients.SelectMany(c => c.Acknowledged), Is.Unique.And.Not.Empty);
                Assert.That(truth.Messages, Has.Count.EqualTo(clients.Sum(c => c.Acknowledged.Count)), "each was said once, however often it was sent");
                Assert.That(truth.Ballots, Is.EqualTo(voters.Count - 1), "each of those who voted, once");
                Assert.That(loss.Lost, Is.GreaterThan(loss.Passed / 5));
            });
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }

            foreach (var browser in browsers)
            {
                await browser.Context.CloseAsync();
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>What happens while the server dies: some talk, and now and then somebody votes. All but one vote in the end, so that the round stays open.</summary>
    private static List<Task> Work(IReadOnlyList<ChaosClient> clients, IReadOnlyList<string> voters, int kill, Random dice)
    {
        var doing = clients.OrderBy(_ => dice.Next()).Take(5).Select(client => client.SayAsync($"Ronde {kill} van {client.Person}.")).ToList();
        if (kill % 3 == 0 && kill / 3 <= voters.Count - 1)
        {
            doing.Add(clients.First(client => client.Person == voters[(kill / 3) - 1]).VoteAsync());
        }

        return doing;
    }

    private static async Task<(Guid Case, IReadOnlyList<string> Voters, string Database)> PrepareAsync(string data)
    {
        await using var host = WebHost.Start(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Data"] = data });
        await using var doors = new Doors(host);
        var readers = await doors.ToVoteAsync();
        var folder = (Storage.DataFolder)host.Services.GetService(typeof(Storage.DataFolder))!;
        return (doors.Case, [.. readers, "w2"], folder.DatabaseFile);
    }

    /// <summary>A client that loses nothing: how long signing in, connecting and joining take at this moment.</summary>
    private static async Task<TimeSpan> ProbeAsync(KilledServer server, Guid caseId, string person, Stopwatch clock)
    {
        await using var probe = new ChaosClient(server.Address, caseId, person, Loss.None);
        probe.Start();
        while (!probe.IsBack && clock.Elapsed < AtLast)
        {
            await Task.Delay(20);
        }

        return clock.Elapsed;
    }

    private static async Task EqualAsync(string database, Guid caseId, IReadOnlyList<ChaosClient> clients, IReadOnlyList<IPage> browsers, Stopwatch clock)
    {
        while (true)
        {
            var truth = await ReadAsync(database, caseId);
            var behind = clients.Where(client => !client.IsBack || !client.Screen.Shows(truth)).Select(client => $"{client.Person} {client.Screen.Seq}").ToList();
            foreach (var browser in browsers)
            {
                if (!await ShowsAsync(browser, truth))
                {
                    behind.Add("a browser");
                }
            }

            if (behind.Count == 0)
            {
                return;
            }

            Assert.That(clock.Elapsed, Is.LessThan(AtLast), $"the database is at {truth.Seq}; behind: {string.Join(", ", behind)}");
            await Task.Delay(50);
        }
    }

    private static async Task<bool> ShowsAsync(IPage browser, Screen truth)
    {
        try
        {
            var ids = await browser.EvaluateAsync<string[]>("() => [...document.querySelectorAll(\"[id^='m-']\")].map((message) => message.id.slice(2))");
            var head = await browser.Locator("[data-live=head]").InnerTextAsync(new() { Timeout = 1000 });
            return ids.Select(Guid.Parse).Order().SequenceEqual(truth.Messages) && Votes().Match(head).Groups["in"].Value == truth.Ballots.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return false; // it is reading the page anew
        }
    }

    private static async Task<Screen> ReadAsync(string database, Guid caseId)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var id = caseId.ToString("D");
        var messages = await ColumnAsync("SELECT event_id FROM messages WHERE case_id = @id");
        return new(
            long.Parse((await ColumnAsync("SELECT seq FROM cases WHERE case_id = @id")).Single(), CultureInfo.InvariantCulture),
            [.. messages.Select(Guid.Parse).Order()],
            (await ColumnAsync("SELECT person_id FROM ballots WHERE case_id = @id")).Count);

        async Task<List<string>> ColumnAsync(string sql)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the three above
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Parameters.AddWithValue("@id", id);
            await using var reader = await command.ExecuteReaderAsync();
            var values = new List<string>();
            while (await reader.ReadAsync())
            {
                values.Add(reader.GetValue(0).ToString()!);
            }

            return values;
        }
    }

    private static async Task<IPage> EnterAsync(KilledServer server, Guid caseId, string person, Loss loss)
    {
        var page = await Browser.OpenAsync(server.Address);
        await page.RouteWebSocketAsync("**/hubs/room*", line => line.ConnectToServer().OnMessage(frame =>
        {
            // A frame may hold several messages; the handshake's answer has no type and always passes.
            foreach (var message in frame.Text!.Split('\x1e', StringSplitOptions.RemoveEmptyEntries))
            {
                var counts = message.Contains("\"type\":1", StringComparison.Ordinal) || message.Contains("\"type\":3", StringComparison.Ordinal);
                if (!counts || !loss.Takes())
                {
                    line.Send(message + '\x1e');
                }
            }
        }));
        await page.GotoAsync("/sign-in");
        await page.Locator($"button[value='{person}']").ClickAsync();
        await page.LeavesAsync("/sign-in");
        await page.GotoAsync($"/cases/{caseId}/room");
        return page;
    }

    /// <param name="Equal">From the moment the server answered until every screen showed what the database holds.</param>
    /// <param name="Probe">Until a client that loses nothing had joined.</param>
    private sealed record Return(TimeSpan Equal, TimeSpan Probe)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Equal.TotalSeconds:F1} ({Probe.TotalSeconds:F1})");
    }

    [GeneratedRegex(@"(?<in>\d+) van \d+ stem", RegexOptions.None, 1000)]
    private static partial Regex Votes();
}
