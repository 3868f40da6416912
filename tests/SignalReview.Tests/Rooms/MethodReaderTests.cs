using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Rooms;
using SignalReview.Rooms.Methods;
using SignalReview.Workflow;

namespace SignalReview.Tests.Rooms;

/// <summary>Templates of methods: what is read, and what is refused with its place and how to mend it.</summary>
[TestFixture]
internal sealed class MethodReaderTests
{
    private static readonly string[] Shipped = ["incident", "short-round", "ten-steps"];

    [Test]
    public void Three_methods_ship()
    {
        Assert.That(MethodLibrary.Shipped().All.Select(m => m.Id), Is.EqualTo(Shipped));
        Assert.That(MethodLibrary.Shipped().Find("ten-steps")!.Phases, Has.Length.EqualTo(10), "it is called so");
    }

    [Test]
    public void A_method_is_read_whole()
    {
        var (method, problems) = Read(Valid());
        Assert.That(problems, Is.Empty);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((method!.Id, method.Version, method.Anonymity), Is.EqualTo(("test", 3, Anonymity.Pseudonymous)));
            Assert.That(method.Name, Is.EqualTo(new MethodText("Proef", "Test")));
            Assert.That(method.Vote.Method, Is.EqualTo(VoteMethod.Consent));
            Assert.That(method.Vote.RequiredRoles, Is.EqualTo(new[] { RequiredRole.Owner, RequiredRole.Near }));
            Assert.That(method.Phases.Select(p => (p.Id, p.Kind, p.Minutes)), Is.EqualTo(new[]
            {
                ("ask", PhaseKind.Questions, 5), ("vote", PhaseKind.Vote, (int?)null), ("again", PhaseKind.SecondRound, 10), ("harvest", PhaseKind.Harvest, null),
            }));
            Assert.That((method.VoteNumber, method.SecondRoundNumber, method.HarvestNumber), Is.EqualTo((2, (int?)3, 4)));
            Assert.That(method.Sha256, Has.Length.EqualTo(64));
        }
    }

    [Test]
    public void A_method_without_a_second_round_talks_again_as_it_did_last()
    {
        var json = Valid();
        Phases(json).RemoveAt(2);
        Assert.That(Read(json).Method!.TalkNumber(again: true), Is.EqualTo(1));
        Assert.That(Read(Valid()).Method!.TalkNumber(again: true), Is.EqualTo(3));
    }

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return Refusal("Unknown_property", m => m["colour"] = "red", "colour", "is unknown");
        yield return Refusal("No_id", m => m.Remove("id"), "id", "is missing");
        yield return Refusal("Id_with_capitals", m => m["id"] = "Test", "id", "'Test' is no id");
        yield return Refusal("Id_of_a_talk_without_template", m => m["id"] = "open", "id", "means a talk without a template");
        yield return Refusal("Version_as_text", m => m["version"] = "3", "version", "must be a whole number from 1");
        yield return Refusal("Version_zero", m => m["version"] = 0, "version", "must be a whole number from 1");
        yield return Refusal("No_English_name", m => m["name"]!.AsObject().Remove("en"), "name.en", "is missing");
        yield return Refusal("Blank_Dutch_text", m => m["text"]!["nl"] = " ", "text.nl", "is missing");
        yield return Refusal("Third_language", m => m["name"]!["fr"] = "Essai", "name.fr", "is unknown");
        yield return Refusal("Name_too_long", m => m["name"]!["nl"] = new string('a', 41), "name.nl", "is 41 characters long");
        yield return Refusal("Unknown_anonymity", m => m["anonymity"] = "hidden", "anonymity", "'hidden' is unknown");
        yield return Refusal("No_vote", m => m.Remove("vote"), "vote", "is missing");
        yield return Refusal("Unknown_vote", m => m["vote"]!["method"] = "dots", "vote.method", "'dots' is unknown");
        yield return Refusal("Unknown_role", m => m["vote"]!["requiredRoles"]!.AsArray().Add("judge"), "vote.requiredRoles[2]", "'judge' is no role");
        yield return Refusal("Role_twice", m => m["vote"]!["requiredRoles"]!.AsArray().Add("near"), "vote.requiredRoles[2]", "stands there twice");
        yield return Refusal("No_phases", m => m.Remove("phases"), "phases", "there are 0 of kind vote");
        yield return Refusal("Phase_that_is_a_text", m => Phases(m)[0] = "ask", "phases[0]", "is no phase");
        yield return Refusal("Unknown_kind", m => Phases(m)[0]!["kind"] = "party", "phases[0].kind", "'party' is unknown");
        yield return Refusal("Two_phases_of_one_name", m => Phases(m)[1]!["id"] = "ask", "phases[1].id", "another phase is called 'ask' too");
        yield return Refusal("No_title", m => Phases(m)[0]!.AsObject().Remove("title"), "phases[0].title", "is missing");
        yield return Refusal("Minutes_without_end", m => Phases(m)[0]!["minutes"] = 241, "phases[0].minutes", "from 1 to 240");
        yield return Refusal("Minutes_as_text", m => Phases(m)[0]!["minutes"] = "5", "phases[0].minutes", "from 1 to 240");
        yield return Refusal("Two_votes", m => Phases(m)[0]!["kind"] = "vote", "phases", "there are 2 of kind vote");
        yield return Refusal("No_harvest", m => Phases(m).RemoveAt(3), "phases", "there are 0 of kind harvest");
        yield return Refusal("Vote_first", m => Phases(m).RemoveAt(0), "phases[0]", "the vote is the first phase");
        yield return Refusal("Talk_after_the_vote", m => Move(m, 0, 2), "phases[2]", "a phase of kind questions stands after the vote");
        yield return Refusal("Second_round_first", m => Move(m, 2, 0), "phases[0]", "the second round stands before the vote");
        yield return Refusal("Harvest_not_last", m => Move(m, 3, 2), "phases[2]", "the harvest is not the last phase");
    }

    [TestCaseSource(nameof(Refusals))]
    public void What_a_room_could_not_hold_to_is_refused(Action<JsonObject> change, string place, string reason)
    {
        var json = Valid();
        change(json);
        var (method, problems) = Read(json);
        Assert.That(method, Is.Null);
        Assert.That(problems.Where(p => p.Node == place && p.Reason.Contains(reason, StringComparison.Ordinal)), Is.Not.Empty, string.Join('\n', problems));
        Assert.That(problems, Has.All.Matches<DefinitionProblem>(p => p.Mend.Length > 0 && p.File == "test.json"));
    }

    [Test]
    public void What_is_no_JSON_is_named_as_such()
    {
        var (method, problems) = MethodReader.Read("test.json", Encoding.UTF8.GetBytes("{ \"id\": \"a\", }"));
        Assert.That(method, Is.Null);
        Assert.That(problems.Single().Reason, Does.Contain("not readable as JSON"));
        Assert.That(MethodReader.Read("test.json", new byte[] { 0xEF, 0xBB, 0xBF, 0x7B, 0x7D }).Problems, Is.Not.Empty, "a byte order mark");
        Assert.That(MethodReader.Read("test.json", Encoding.UTF8.GetBytes("{ \"id\": \"a\", \"id\": \"b\" }")).Problems, Is.Not.Empty, "a name twice");
    }

    [Test]
    public void Two_files_with_one_id_are_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Valid().ToJsonString());
        var (_, problems) = MethodLibrary.Check([("a.json", bytes), ("b.json", bytes)]);
        Assert.That(problems.Single().ToString(), Does.StartWith("b.json: id: another file has the id 'test' too"));
    }

    private static TestCaseData Refusal(string name, Action<JsonObject> change, string place, string reason) =>
        new TestCaseData(change, place, reason).SetName($"{nameof(What_a_room_could_not_hold_to_is_refused)}({name})");

    private static JsonArray Phases(JsonNode method) => method["phases"]!.AsArray();

    private static void Move(JsonNode method, int from, int to)
    {
        var phase = Phases(method)[from];
        Phases(method).RemoveAt(from);
        Phases(method).Insert(to, phase);
    }

    private static (RoomMethod? Method, IReadOnlyList<DefinitionProblem> Problems) Read(JsonObject json)
    {
        var (method, problems) = MethodReader.Read("test.json", Encoding.UTF8.GetBytes(json.ToJsonString()));
        return (method, problems);
    }

    private static JsonObject Valid() => JsonNode.Parse("""
        {
          "id": "test", "version": 3, "name": { "nl": "Proef", "en": "Test" }, "text": { "nl": "Om te proberen.", "en": "To try." },
          "anonymity": "pseudonymous", "vote": { "method": "consent", "requiredRoles": ["owner", "near"] },
          "phases": [
            { "id": "ask", "kind": "questions", "title": { "nl": "Vragen", "en": "Questions" }, "text": { "nl": "Vraag.", "en": "Ask." }, "minutes": 5 },
            { "id": "vote", "kind": "vote", "title": { "nl": "Stemmen", "en": "Vote" }, "text": { "nl": "Stem.", "en": "Vote." } },
            { "id": "again", "kind": "secondRound", "title": { "nl": "Nog eens", "en": "Again" }, "text": { "nl": "Praat.", "en": "Talk." }, "minutes": 10 },
            { "id": "harvest", "kind": "harvest", "title": { "nl": "Oogst", "en": "Harvest" }, "text": { "nl": "Zeg.", "en": "Say." } }
          ]
        }
        """)!.AsObject();
}
