using System.Text.Json.Nodes;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs;

/// <summary>
/// Whatever anybody is sent before a reveal, by API or hub, holds nothing of another's reading or vote. Each writes a word of their own;
/// afterwards every answer and every frame of everybody else is searched for it.
/// </summary>
internal sealed class BlindDoorsTests
{
    private static readonly string[] Everyone = [.. Enumerable.Range(1, 12).Select(n => $"w{n}")];

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
    public async Task Nobody_is_sent_anothers_reading_before_the_reveal_and_everyone_after()
    {
        var readers = await doors.ToInterpretingAsync();
        var listeners = await ListenAllAsync();
        foreach (var reader in readers.SkipLast(1))
        {
            await SaveDraftAsync(reader, "interpretation", new { encodingHypothesis = $"concept {Marker(reader)}" });
            await doors.GiveAsync(reader, "submit-interpretation", new { interpretation = Doors.Reading(Marker(reader), concern: 9) });
        }

        await SaveDraftAsync(readers[^1], "interpretation", new { encodingHypothesis = $"concept {Marker(readers[^1])}" });
        await LookEverywhereAsync(listeners);
        AssertBlind(readers, listeners);

        await doors.GiveAsync(readers[^1], "submit-interpretation", new { interpretation = Doors.Reading(Marker(readers[^1])) });
        var revealed = (await doors.ViewAsync(readers[0])).ToJsonString();
        Assert.That(readers.Select(Marker), Has.All.Matches<string>(revealed.Contains), "the search would not have found them");
    }

    [Test]
    public async Task Nobody_is_sent_anothers_vote_before_the_reveal_and_everyone_after()
    {
        var readers = await doors.ToVoteAsync();
        string[] voters = [.. readers, "w2"];
        var listeners = await ListenAllAsync();
        foreach (var voter in voters.SkipLast(1))
        {
            await SaveDraftAsync(voter, "vote", new { reason = $"concept {Marker(voter)}" });
            var answer = await listeners.Single(l => l.Person == voter).CallAsync(
                "CastVote",
                doors.Case,
                new { commandId = Doors.NewId(), round = 1, option = "doNotProcess", concern = 9, confidence = 91, reason = Marker(voter) });
            Assert.That(answer["refusal"], Is.Null);
        }

        await LookEverywhereAsync(listeners);
        AssertBlind(voters, listeners);
        AssertNoChoice(listeners);

        await doors.GiveAsync("w2", "cast-vote", Doors.Vote(Marker("w2")));
        var revealed = (await doors.ViewAsync(readers[0])).ToJsonString();
        Assert.That(voters.Select(Marker), Has.All.Matches<string>(revealed.Contains), "the search would not have found them");
    }

    [TestCase("pseudonymous")]
    [TestCase("detached")]
    public async Task Joining_tells_nobody_who_wrote_what_where_that_is_not_to_be_known(string mode)
    {
        var readers = await doors.ToInterpretingAsync();
        await doors.GiveAsync("w2", "tighten-anonymity", new { mode, reason = "Zo durft iedereen." });
        foreach (var reader in readers)
        {
            await doors.GiveAsync(reader, "submit-interpretation", new { interpretation = Doors.Reading(Marker(reader)) });
        }

        await doors.GiveAsync("w2", "finish-comparing", new { openRoom = true });
        await doors.GiveAsync("w12", "open-vote");
        foreach (var voter in readers.Append("w2"))
        {
            await doors.GiveAsync(voter, "cast-vote", Doors.Vote(Marker(voter)));
        }

        var real = Everyone.Select(Doors.IdOf).ToHashSet();
        foreach (var person in readers.Concat(["w2", "w12"]))
        {
            var view = (await (await doors.ListenAsync(person)).JoinAsync(doors.Case))["view"]!;
            var writers = view["readings"]!["revealed"]!.AsArray().Concat(view["room"]!["rounds"]!.AsArray().SelectMany(r => r!["votes"]!.AsArray()))
                .Select(entry => entry!["by"]!).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(writers, Has.Count.EqualTo((2 * readers.Count) + 1), person);
                Assert.That(writers.Select(by => by["id"]!.GetValue<Guid>()).Where(real.Contains), Is.Empty, person);
                Assert.That(writers.Select(by => by["name"]!.GetValue<string>()), Has.All.Match(@"^(Lezer|Stemmer|Stem) ?[A-Z0-9]*( \(jij\))?$"), person);
            }
        }
    }

    private async Task<IReadOnlyList<RoomListener>> ListenAllAsync()
    {
        var listeners = new List<RoomListener>();
        foreach (var person in Everyone)
        {
            var listener = await doors.ListenAsync(person);
            await listener.CallAsync("Join", doors.Case, 0L);
            listeners.Add(listener);
        }

        return listeners;
    }

    private async Task SaveDraftAsync(string person, string kind, object content)
    {
        using var response = await doors.SendAsync(person, HttpMethod.Put, doors.Path($"drafts/{kind}"), content);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Everybody asks for everything there is to get, and joins anew.</summary>
    private async Task LookEverywhereAsync(IReadOnlyList<RoomListener> listeners)
    {
        foreach (var person in Everyone)
        {
            foreach (var (_, path) in ApiRoutes.Of(host, doors.Case).Where(r => r.Method == "GET"))
            {
                using var answer = await doors.SendAsync(person, HttpMethod.Get, path);
            }

            foreach (var kind in new[] { "interpretation", "vote", "message", "decision", "signal" })
            {
                using var draft = await doors.SendAsync(person, HttpMethod.Get, doors.Path($"drafts/{kind}"));
            }

            using var export = await doors.SendAsync(person, HttpMethod.Post, $"/api/v1/trail/cases/{doors.Case}/export", new { reason = "Nieuwsgierig" });
            using var early = await doors.SendAsync(person, HttpMethod.Post, doors.Path("say"), new { commandId = Doors.NewId(), text = "Hallo?" });
        }

        foreach (var listener in listeners)
        {
            await listener.CallAsync("Join", doors.Case, 1L);
        }
    }

    private void AssertBlind(IEnumerable<string> writers, IReadOnlyList<RoomListener> listeners)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var writer in writers)
            {
                var marker = Marker(writer);
                Assert.That(
                    doors.Answers.Where(a => a.Person != writer && a.Body.Contains(marker, StringComparison.Ordinal)).Select(a => $"{a.Person} {a.Path}"),
                    Is.Empty,
                    $"what {writer} wrote");
                Assert.That(
                    listeners.Where(l => l.Person != writer).SelectMany(l => l.Heard).Where(h => h.Json.Contains(marker, StringComparison.Ordinal)),
                    Is.Empty,
                    $"what {writer} wrote");
            }
        }
    }

    /// <summary>Nor the choice or its numbers, in anything that is sent to all.</summary>
    private static void AssertNoChoice(IReadOnlyList<RoomListener> listeners)
    {
        var told = listeners.SelectMany(l => l.Of("CaseChanged")).Select(e => e.ToJsonString()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.Not.Empty);
            Assert.That(told.Where(e => e.Contains("doNotProcess", StringComparison.Ordinal) || e.Contains("91", StringComparison.Ordinal) && HasNumber(e, 91)), Is.Empty);
            Assert.That(told.SelectMany(e => JsonNode.Parse(e)!.AsObject().Select(m => m.Key)).Distinct(), Is.EquivalentTo(new[]
            {
                "caseId", "seq", "types", "created", "phase", "roomPhase", "round", "readingsIn", "readingsAsked", "votesIn", "votesAsked", "phaseEndsAt", "dueAt",
            }));
        }
    }

    private static bool HasNumber(string json, int number) => JsonNode.Parse(json)!.AsObject()
        .Any(m => m.Key != "seq" && m.Value is JsonValue value && value.TryGetValue<int>(out var found) && found == number);

    private static string Marker(string person) => $"MERKTEKEN-{person}-ZEEHOND";
}
