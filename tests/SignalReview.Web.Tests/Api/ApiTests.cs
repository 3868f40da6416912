using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Api;

internal sealed class ApiTests
{
    private WebHost host;
    private Doors doors;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public void Enter() => doors = new Doors(host);

    [TearDown]
    public async Task LeaveAsync() => await doors.DisposeAsync();

    [Test]
    public async Task A_new_signal_is_created_at_the_address_of_its_case()
    {
        using var response = await doors.SendAsync("w2", HttpMethod.Post, "/api/v1/signals", new { commandId = Doors.NewId() });
        var receipt = await JsonAsync(response);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/api/v1/cases/{receipt["caseId"]}"));
            Assert.That((await doors.GetAsync("w2", response.Headers.Location!.ToString()))["phase"]!.GetValue<string>(), Is.EqualTo("draft"));
        }
    }

    [Test]
    public async Task The_same_command_again_gets_the_same_receipt_and_happens_once()
    {
        await doors.ToTalkAsync();
        var said = new { commandId = Doors.NewId(), text = "Eén keer gezegd." };
        using var first = await doors.SendAsync("w2", HttpMethod.Post, doors.Path("say"), said);
        using var again = await doors.SendAsync("w2", HttpMethod.Post, doors.Path("say"), said);
        var messages = (await doors.ViewAsync("w2"))["room"]!["messages"]!.AsArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
            Assert.That(messages, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task The_same_id_with_other_content_is_refused()
    {
        await doors.ToTalkAsync();
        var id = Doors.NewId();
        await doors.GiveAsync("w2", "say", new { commandId = id, text = "Zo." });
        using var other = await doors.SendAsync("w2", HttpMethod.Post, doors.Path("say"), new { commandId = id, text = "Anders." });
        using var theirs = await doors.SendAsync("w12", HttpMethod.Post, doors.Path("say"), new { commandId = id, text = "Zo." });

        using (Assert.EnterMultipleScope())
        {
            await AssertProblemAsync(other, HttpStatusCode.Conflict, "command-reused");
            await AssertProblemAsync(theirs, HttpStatusCode.Conflict, "command-reused");
        }
    }

    [TestCase(null, "Er ontbreekt nog iets", "andere lezing")]
    [TestCase("nl", "Er ontbreekt nog iets", "andere lezing")]
    [TestCase("en", "Something is missing", "other reading")]
    [TestCase("en-US", "Something is missing", "other reading")]
    [TestCase("fr", "Er ontbreekt nog iets", "andere lezing")]
    public async Task What_is_missing_is_named_field_by_field_in_the_language_asked_for(string? language, string title, string field)
    {
        await doors.StartAsync();
        var empty = new { commandId = Doors.NewId(), signal = new { title = "Alleen een titel" } };
        using var response = await doors.SendAsync("w2", HttpMethod.Post, $"/api/v1/signals/{doors.Case}/submit", empty, language);
        var problem = await AssertProblemAsync(response, HttpStatusCode.UnprocessableEntity, "invalid");
        var alternative = problem["fields"]!.AsArray().Single(f => f!["path"]!.GetValue<string>() == "signal.reading.alternativeReading")!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem["title"]!.GetValue<string>(), Does.StartWith(title));
            Assert.That(problem["next"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(alternative["code"]!.GetValue<string>(), Is.EqualTo("required"));
            Assert.That(alternative["message"]!.GetValue<string>(), Does.Contain(field));
        }
    }

    [TestCase("nl", "Deze kamer is niet voor jou")]
    [TestCase("en", "This room is not for you")]
    public async Task Each_kind_of_no_has_its_status_type_and_words(string language, string words)
    {
        await doors.ToTalkAsync();
        using var forbidden = await doors.SendAsync("w7", HttpMethod.Post, doors.Path("say"), new { commandId = Doors.NewId(), text = "Mag ik?" }, language);
        using var conflict = await doors.SendAsync("w2", HttpMethod.Post, doors.Path("decide"), Decide(), language);
        using var notFound = await doors.SendAsync("w9", HttpMethod.Post, $"/api/v1/cases/{Doors.NewId()}/say", new { commandId = Doors.NewId(), text = "Mag ik?" }, language);

        using (Assert.EnterMultipleScope())
        {
            // The coordinator may be one of the readers, by routing's choice: then the room is theirs.
            if (!(await doors.ReadersAsync()).Contains("w7"))
            {
                var problem = await AssertProblemAsync(forbidden, HttpStatusCode.Forbidden, "not-in-room");
                Assert.That(problem["title"]!.GetValue<string>(), Is.EqualTo(words));
            }

            await AssertProblemAsync(conflict, HttpStatusCode.Conflict, "decision-not-asked");
            await AssertProblemAsync(notFound, HttpStatusCode.NotFound, "case-not-found");
        }
    }

    [TestCase("en", "There is no such address")]
    [TestCase("nl", "Dit adres bestaat niet")]
    public async Task An_unknown_address_is_a_problem_in_words(string language, string title)
    {
        using var response = await doors.SendAsync("w2", HttpMethod.Get, "/api/v1/nothing/here", null, language);
        var problem = await AssertProblemAsync(response, HttpStatusCode.NotFound, "no-such-address");
        Assert.That(problem["title"]!.GetValue<string>(), Is.EqualTo(title));
    }

    [Test]
    public async Task A_known_address_is_not_used_in_another_way()
    {
        using var response = await doors.SendAsync("w2", HttpMethod.Delete, "/api/v1/work");
        await AssertProblemAsync(response, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Test]
    public async Task Before_there_is_a_room_there_are_no_minutes()
    {
        await doors.SubmitAsync();
        using var response = await doors.SendAsync("w2", HttpMethod.Get, doors.Path("minutes"));
        await AssertProblemAsync(response, HttpStatusCode.NotFound, "minutes-not-found");
    }

    [Test]
    public async Task A_draft_has_a_size_and_a_detached_vote_has_none()
    {
        await doors.StartAsync();
        var large = new { reading = new { ownFrame = new string('a', 250_000) } };
        using var tooLarge = await doors.SendAsync("w2", HttpMethod.Put, $"/api/v1/signals/{doors.Case}/draft", large);
        await AssertProblemAsync(tooLarge, HttpStatusCode.RequestEntityTooLarge, "draft-too-large");

        var readers = await doors.ToTalkAsync();
        await doors.GiveAsync("w2", "tighten-anonymity", new { mode = "detached", reason = "Het ligt gevoelig." });
        await doors.GiveAsync("w12", "open-vote");
        using var notKept = await doors.SendAsync(readers[0], HttpMethod.Put, doors.Path("drafts/vote"), new { forms = new { } });
        await AssertProblemAsync(notKept, HttpStatusCode.Conflict, "draft-not-kept");
    }

    [Test]
    public async Task Who_has_left_is_not_known_here_any_more()
    {
        await using var own = WebHost.Start();
        using var client = await own.ClientAsync("w8");
        await using (var db = await own.Services.GetRequiredService<IDatabase>().BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync("UPDATE people SET active = 0 WHERE subject = 'w8'", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        await own.Services.GetRequiredService<PeopleDirectory>().RefreshAsync(CancellationToken.None);
        using var response = await client.GetAsync("/api/v1/work");
        await AssertProblemAsync(response, HttpStatusCode.Forbidden, "unknown-person");
    }

    [Test]
    public async Task A_case_that_did_not_change_is_not_sent_again_and_the_read_is_logged_each_time()
    {
        await doors.SubmitAsync();
        using var first = await doors.SendAsync("w2", HttpMethod.Get, doors.Path(""));
        var tag = first.Headers.ETag!.ToString();
        using var same = await doors.SendAsync("w2", HttpMethod.Get, doors.Path(""), null, null, ("If-None-Match", tag));
        using var colleague = await doors.SendAsync("w12", HttpMethod.Get, doors.Path(""), null, null, ("If-None-Match", tag));
        await doors.GiveAsync("w2", "add-to-signal", new { text = "Nog iets gezien." });
        using var changed = await doors.SendAsync("w2", HttpMethod.Get, doors.Path(""), null, null, ("If-None-Match", tag));
        var reads = (await doors.GetAsync("w10", $"/api/v1/trail/cases/{doors.Case}/events"))["events"]!.AsArray()
            .Count(e => e!["type"]!.GetValue<string>() == "case.read" && e["actor"]!["id"]!.GetValue<Guid>() == Doors.IdOf("w2"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(await same.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(same.Headers.ETag!.ToString(), Is.EqualTo(tag));
            Assert.That(colleague.StatusCode, Is.EqualTo(HttpStatusCode.OK), "another's view is another's");
            Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(changed.Headers.ETag!.ToString(), Is.Not.EqualTo(tag));
            Assert.That(reads, Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Two_devices_never_overwrite_each_other_in_silence()
    {
        await doors.StartAsync();
        var path = $"/api/v1/signals/{doors.Case}/draft";
        using var phone = await doors.SendAsync("w2", HttpMethod.Put, path, new { title = "Op de telefoon" });
        using var laptop = await doors.SendAsync("w2", HttpMethod.Put, path, new { title = "Op de laptop" });
        var problem = await AssertProblemAsync(laptop, HttpStatusCode.PreconditionFailed, "draft-outdated");
        var newer = laptop.Headers.ETag!.ToString();
        using var merged = await doors.SendAsync("w2", HttpMethod.Put, path, new { title = "Samen" }, null, ("If-Match", newer));
        using var read = await doors.SendAsync("w2", HttpMethod.Get, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(phone.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(phone.Headers.ETag, Is.EqualTo(new EntityTagHeaderValue("\"1\"")));
            Assert.That(problem["draft"]!["content"]!["title"]!.GetValue<string>(), Is.EqualTo("Op de telefoon"));
            Assert.That(newer, Is.EqualTo("\"1\""));
            Assert.That(merged.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(read.Headers.ETag, Is.EqualTo(new EntityTagHeaderValue("\"2\"")));
            Assert.That((await JsonAsync(read))["content"]!["title"]!.GetValue<string>(), Is.EqualTo("Samen"));
        }
    }

    [TestCase("three")]
    [TestCase("W/\"1\"")]
    [TestCase("*")]
    [TestCase("\"-1\"")]
    [TestCase("\"99999999999999999999\"")]
    public async Task A_revision_that_is_none_is_refused(string ifMatch)
    {
        await doors.StartAsync();
        using var response = await doors.SendAsync(
            "w2", HttpMethod.Put, $"/api/v1/signals/{doors.Case}/draft", new { title = "x" }, null, ("If-Match", ifMatch));
        await AssertProblemAsync(response, HttpStatusCode.BadRequest, "bad-if-match");
    }

    [Test]
    public async Task A_draft_is_its_writers_alone_and_must_be_readable_as_what_it_is_of()
    {
        var readers = await doors.ToInterpretingAsync();
        var path = doors.Path("drafts/interpretation");
        using var saved = await doors.SendAsync(readers[0], HttpMethod.Put, path, new { encodingHypothesis = "Half af" });
        using var other = await doors.SendAsync(readers[1], HttpMethod.Get, path);
        using var outsider = await doors.SendAsync("w2", HttpMethod.Put, path, new { encodingHypothesis = "Van mij" });
        using var wrong = await doors.SendAsync(readers[0], HttpMethod.Put, path, new { concern = "veel" });
        using var unknown = await doors.SendAsync(readers[0], HttpMethod.Put, doors.Path("drafts/poem"), new { });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            await AssertProblemAsync(other, HttpStatusCode.NotFound, "draft-not-found");
            await AssertProblemAsync(outsider, HttpStatusCode.NotFound, "draft-not-yours");
            Assert.That((await AssertProblemAsync(wrong, HttpStatusCode.BadRequest, "bad-value"))["path"]!.GetValue<string>(), Is.EqualTo("$.concern"));
            await AssertProblemAsync(unknown, HttpStatusCode.NotFound, "no-such-address");
        }
    }

    [Test]
    public async Task People_come_in_pages_with_a_way_to_the_next()
    {
        var seen = new List<string>();
        for (var next = "/api/v1/people?pageSize=5"; next is not null;)
        {
            var page = await doors.GetAsync("w2", next);
            seen.AddRange(page["items"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()));
            Assert.That(page["total"]!.GetValue<int>(), Is.EqualTo(12));
            next = page["links"]!["next"]?.GetValue<string>();
        }

        Assert.That(seen, Has.Count.EqualTo(12).And.Unique);
    }

    [Test]
    public async Task Work_is_ones_own_and_the_board_the_coordinators()
    {
        await doors.SubmitAsync();
        var work = await doors.GetAsync("w2", "/api/v1/work?pageSize=100");
        var board = await doors.GetAsync("w7", "/api/v1/board?pageSize=100");
        using var refused = await doors.SendAsync("w2", HttpMethod.Get, "/api/v1/board");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(work.ToJsonString(), Does.Contain(doors.Case.ToString()));
            Assert.That(board.ToJsonString(), Does.Contain(doors.Case.ToString()).And.Not.Contain("Groep Merel"));
            await AssertProblemAsync(refused, HttpStatusCode.Forbidden, "not-yours");
        }
    }

    [Test]
    public async Task An_auditor_lists_reads_and_exports_a_trail_that_verifies()
    {
        await doors.SubmitAsync();
        var list = await doors.GetAsync("w10", "/api/v1/trail/cases?pageSize=100");
        var trail = await doors.GetAsync("w10", $"/api/v1/trail/cases/{doors.Case}/events?take=2");
        var rest = await doors.GetAsync("w10", $"/api/v1/trail/cases/{doors.Case}/events?after={trail["next"]}");
        using var withoutReason = await doors.SendAsync("w10", HttpMethod.Post, $"/api/v1/trail/cases/{doors.Case}/export", new { reason = " " });
        using var stranger = await doors.SendAsync("w3", HttpMethod.Get, "/api/v1/trail/cases");
        using var auditor = await host.ClientAsync("w10");
        using var export = await auditor.PostAsync(
            $"/api/v1/trail/cases/{doors.Case}/export", new StringContent("""{"reason":"Steekproef"}""", System.Text.Encoding.UTF8, "application/json"));
        var key = VerifierKey.Parse(await auditor.GetStringAsync("/api/v1/trail/vkey"));
        using var zip = new MemoryStream(await export.Content.ReadAsByteArrayAsync());
        var verified = await BundleVerifier.VerifyAsync(zip, key, since: null, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list["items"]!.AsArray().Select(i => i!["case"]!.GetValue<Guid>()), Does.Contain(doors.Case));
            Assert.That(trail["events"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(rest["events"]![0]!["caseSeq"]!.GetValue<long>(), Is.EqualTo(3));
            await AssertProblemAsync(withoutReason, HttpStatusCode.UnprocessableEntity, "invalid");
            await AssertProblemAsync(stranger, HttpStatusCode.Forbidden, "not-yours");
            Assert.That(export.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/zip"));
            Assert.That(verified.Verdict, Is.EqualTo(Verdict.Valid));
        }
    }

    [Test]
    public async Task What_is_answered_never_stays_in_a_cache()
    {
        using var response = await doors.SendAsync("w2", HttpMethod.Get, "/api/v1/me");
        Assert.That(response.Headers.CacheControl!.NoStore);
    }

    private static object Decide() => new { commandId = Doors.NewId(), decision = new { outcome = "talk" }, approver = (Guid?)null };

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    private static async Task<JsonNode> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status), text);
        var problem = JsonNode.Parse(text)!;
        Assert.That(problem["type"]!.GetValue<string>(), Is.EqualTo($"https://signalreview.example/problems/{code}"));
        Assert.That(problem["code"]!.GetValue<string>(), Is.EqualTo(code));
        return problem;
    }
}
