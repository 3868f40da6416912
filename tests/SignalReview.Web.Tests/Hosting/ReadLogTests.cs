using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hosting;

/// <summary>
/// Content leaves only after the event that says so was committed. Every address that the host maps is asked by everyone: what gives content must have
/// added to the trail, and gives nothing, kindly, when the trail cannot be written. An address that is added is asked without being named here.
/// </summary>
internal sealed class ReadLogTests
{
    private const string DraftMark = "concept-merk-q9";

    private static readonly string[] People = ["w1", "w12", "w7", "w11", "w10", "w2"];

    /// <summary>What people wrote in the cases of this test.</summary>
    private static readonly string[] Content = ["Clip met een mes-emoji", "merkteken-", "Groep Merel", DraftMark, "kunnen het vragen"];

    /// <summary>Tells a number when something is new, and never ends.</summary>
    private static readonly string[] Endless = ["/cases/{id:guid}/room/wall/news"];

    private WebHost host;
    private CaseWalk walk;
    private CaseId draft;

    private static IEnumerable<string> Faults => ["append", "commit"];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        walk = await CaseWalk.FollowingUpAsync(host);
        var owner = await ActorAsync("w1");
        draft = (await Get<StartSignal>().RunAsync(owner, new(Id()), CancellationToken.None)).Case;
        await SaveDraftAsync(draft, DraftKind.Signal, new { title = DraftMark, online = new { factualDescription = DraftMark } });
        await SaveDraftAsync(walk.Case, DraftKind.Decision, new { rationale = DraftMark });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [TearDown]
    public Task MendAsync() => ScriptAsync("DROP TRIGGER IF EXISTS broken; DROP TABLE IF EXISTS broken_child; DROP TABLE IF EXISTS broken_parent");

    [Test]
    public async Task What_gives_content_is_in_the_trail_first_and_gives_nothing_when_the_trail_cannot_be_written()
    {
        var giving = new List<(string Person, bool Program, string Path)>();
        await EachAsync(async (client, person, program, path) =>
        {
            await ScriptAsync("DELETE FROM live_reads"); // nothing is covered by an earlier event
            var before = await SizeAsync();
            using var response = await client.GetAsync(path);
            if (ShowsContent(await response.Content.ReadAsStringAsync()))
            {
                Assert.That(await SizeAsync(), Is.GreaterThan(before), $"{person} GET {path} gave content without an event");
                giving.Add((person, program, path));
            }
        });

        var addresses = giving.Select(g => g.Path).Distinct(StringComparer.Ordinal).ToList();
        TestContext.Out.WriteLine($"{addresses.Count} addresses give content: {string.Join(' ', addresses)}");
        Assert.That(addresses, Has.Count.GreaterThan(18));
        foreach (var fault in Faults)
        {
            await BreakAsync(fault);
            await EachAsync(async (client, person, program, path) =>
            {
                await ScriptAsync("DELETE FROM live_reads");
                using var response = await client.GetAsync(path);
                var text = await response.Content.ReadAsStringAsync();
                Assert.That(ShowsContent(text), Is.False, $"{person} GET {path} gave content while the trail was broken ({fault})");
                Assert.That((int)response.StatusCode, Is.Not.EqualTo(500), $"{person} GET {path} {fault}");
                if (giving.Contains((person, program, path)))
                {
                    Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), $"{person} GET {path}");
                    Assert.That(response.Headers.RetryAfter, Is.Not.Null, path);
                    Assert.That(text, Does.Contain(program ? "read-not-logged" : "We kunnen dit nu niet laten zien"), path);
                }
            });
            await MendAsync();
        }
    }

    [Test]
    public async Task Commands_and_exports_give_nothing_either([ValueSource(nameof(Faults))] string fault)
    {
        await BreakAsync(fault);
        using var owner = await host.ClientAsync("w1");
        using var auditor = await host.ClientAsync("w10");
        using var stranger = await host.ClientAsync("w3");
        using var added = await owner.PostAsJsonAsync($"/api/v1/cases/{walk.Case}/add-to-signal", new { commandId = Id(), text = "Nog iets." });
        using var refused = await stranger.PostAsJsonAsync($"/api/v1/cases/{Id()}/add-to-signal", new { commandId = Id(), text = "Nog iets." });
        using var exported = await auditor.PostAsJsonAsync($"/api/v1/trail/cases/{walk.Case}/export", new { reason = "steekproef", language = "nl" });
        using var polled = await auditor.GetAsync("/api/v1/trail/events");

        Assert.Multiple(async () =>
        {
            Assert.That(polled.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(await polled.Content.ReadAsStringAsync(), Does.Contain("read-not-logged").And.Not.Contain("leafIndex"));
            Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(await added.Content.ReadAsStringAsync(), Does.Contain("trail-not-written"));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "a refusal is an event too");
            Assert.That(exported.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(exported.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        });
    }

    [Test]
    public async Task A_draft_that_was_saved_elsewhere_comes_back_only_after_its_event()
    {
        using var owner = await host.ClientAsync("w1");
        await ScriptAsync("DELETE FROM live_reads");
        var before = await SizeAsync();
        using var outdated = await owner.PutAsJsonAsync($"/api/v1/cases/{walk.Case}/drafts/decision", new { rationale = "een ander apparaat" });
        var grew = await SizeAsync() - before;
        await ScriptAsync("DELETE FROM live_reads");
        await BreakAsync("append");
        using var broken = await owner.PutAsJsonAsync($"/api/v1/cases/{walk.Case}/drafts/decision", new { rationale = "een ander apparaat" });

        Assert.Multiple(async () =>
        {
            Assert.That(outdated.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(await outdated.Content.ReadAsStringAsync(), Does.Contain(DraftMark));
            Assert.That(grew, Is.EqualTo(1));
            Assert.That(broken.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(await broken.Content.ReadAsStringAsync(), Does.Not.Contain(DraftMark));
        });
    }

    [Test]
    public async Task Who_joins_the_room_gets_nothing_when_the_trail_cannot_be_written([ValueSource(nameof(Faults))] string fault)
    {
        await using var reader = await RoomListener.StartAsync(host, walk.Readers[0]);
        await ScriptAsync("DELETE FROM live_reads");
        await BreakAsync(fault);
        var refused = Assert.CatchAsync(() => reader.CallAsync("Join", walk.Case.Value, 0))!;

        Assert.Multiple(() =>
        {
            Assert.That(refused.Message, Does.Contain("read-not-logged"));
            Assert.That(reader.Heard.Where(h => ShowsContent(h.Json)), Is.Empty);
        });
    }

    [Test]
    public async Task Words_of_the_room_reach_who_listens_for_longer_than_a_quarter_of_an_hour_only_after_another_event()
    {
        await using var doors = new Doors(host);
        await doors.ToTalkAsync();
        await using var facilitator = await RoomListener.StartAsync(host, "w12");
        await using var owner = await RoomListener.StartAsync(host, "w2");
        await facilitator.JoinAsync(doors.Case);
        await owner.JoinAsync(doors.Case);

        // The quarter of the facilitator is over, and no further read of theirs can be written.
        var lapse = $"UPDATE live_reads SET live_until = '2020-01-01T00:00:00.000000Z' WHERE case_id = '{doors.Case}' AND person_id = '{Doors.IdOf("w12")}'";
        await ScriptAsync(lapse);
        await ScriptAsync("CREATE TRIGGER broken BEFORE INSERT ON trail_events WHEN NEW.type = 'case.read' BEGIN SELECT RAISE(ABORT, 'no'); END");
        await doors.GiveAsync("w2", "say", new { text = "Eerste zin." });
        await owner.HearAsync("MessageSaid", m => m.ToJsonString().Contains("Eerste zin.", StringComparison.Ordinal));
        await facilitator.HearAsync("CaseChanged", m => m.ToJsonString().Contains("message.said", StringComparison.Ordinal));
        Assert.That(facilitator.Of("MessageSaid"), Is.Empty, "told that there is something new, not what");

        await MendAsync();
        await ScriptAsync(lapse);
        await doors.GiveAsync("w2", "say", new { text = "Tweede zin." });
        await facilitator.HearAsync("MessageSaid", m => m.ToJsonString().Contains("Tweede zin.", StringComparison.Ordinal));
    }

    /// <summary>Asks each address as each person, as a program or in a browser.</summary>
    private async Task EachAsync(Func<HttpClient, string, bool, string, Task> ask)
    {
        foreach (var person in People.Concat(walk.Readers).Append(walk.Approver).Distinct(StringComparer.Ordinal))
        {
            using var program = await host.ClientAsync(person);
            program.DefaultRequestHeaders.AcceptLanguage.ParseAdd("nl");
            foreach (var path in Paths())
            {
                await ask(program, person, path.StartsWith("/api/", StringComparison.Ordinal), path);
            }
        }
    }

    private IEnumerable<string> Paths() =>
        from endpoint in Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!
        where endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            || (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && !pattern.Contains("{**", StringComparison.Ordinal))
        where !Endless.Contains(pattern) && !IsAsset(pattern)
        from id in pattern.Contains("{id:guid}", StringComparison.OrdinalIgnoreCase) ? new[] { walk.Case, draft } : [walk.Case]
        from kind in pattern.Contains("{kind}", StringComparison.Ordinal) ? Enum.GetValues<DraftKind>().Select(Enums.Text) : ["signal"]
        let path = Fill(pattern, id, kind)
        orderby path
        select path;

    private static bool IsAsset(string pattern) => !pattern.StartsWith('/') && pattern.Contains('.', StringComparison.Ordinal);

    private static string Fill(string pattern, CaseId id, string kind)
    {
        var path = pattern
            .Replace("{id:guid}", id.ToString(), StringComparison.OrdinalIgnoreCase)
            .Replace("{kind}", kind, StringComparison.Ordinal)
            .Replace("{table}", "figures", StringComparison.Ordinal)
            .Replace("{code:int}", "503", StringComparison.OrdinalIgnoreCase)
            .Replace("{seq:long}", "1", StringComparison.OrdinalIgnoreCase);
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+:guid\}", _ => Id().ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\?*\}", _ => "nl", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        return path.StartsWith('/') ? path : $"/{path}";
    }

    private static bool ShowsContent(string text) => Content.Any(mark => text.Contains(mark, StringComparison.Ordinal));

    private Task BreakAsync(string fault) => fault switch
    {
        "append" => ScriptAsync("CREATE TRIGGER broken BEFORE INSERT ON trail_events BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"),
        // A row without a parent is found out when the transaction is committed, after everything was written.
        "commit" => ScriptAsync(
            """
            CREATE TABLE broken_parent (id INTEGER PRIMARY KEY);
            CREATE TABLE broken_child (id INTEGER REFERENCES broken_parent (id) DEFERRABLE INITIALLY DEFERRED);
            CREATE TRIGGER broken AFTER INSERT ON trail_events BEGIN INSERT INTO broken_child VALUES (NEW.leaf_index); END
            """),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private async Task ScriptAsync(string script)
    {
        await using var db = await Get<IDatabase>().BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync(script, CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }

    private async Task<long> SizeAsync()
    {
        await using var db = await Get<IDatabase>().OpenReadAsync(CancellationToken.None);
        return await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, CancellationToken.None);
    }

    private async Task SaveDraftAsync(CaseId @case, DraftKind kind, object content)
    {
        var saved = await Get<DraftStore>().SaveAsync(await ActorAsync("w1"), @case, kind, JsonSerializer.SerializeToElement(content, JsonSerializerOptions.Web), 0, CancellationToken.None);
        Assert.That(saved.Outcome, Is.EqualTo(SaveDraftOutcome.Saved));
    }

    private async Task<Actor> ActorAsync(string subject) => (await Get<Actors>().FindAsync(subject, "test", CancellationToken.None))!;

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    private static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
