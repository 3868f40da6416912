using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>prov.json: valid PROV-JSON, that says what the trail says and nothing else.</summary>
[TestFixture]
internal sealed class ProvTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 16, 9, 5, 0, TimeSpan.Zero);

    [Test]
    public async Task Every_event_is_something_recorded_something_done_and_somebodys()
    {
        using var log = TestLog.WithCase();
        var prov = Read(await log.BundleAsync(TestLog.Case));
        var headers = log.EventsOf(TestLog.Case).Select(e => EventHeader.Parse(e.Leaf)).ToList();

        Assert.That(prov.Problems(), Is.Empty);
        Assert.That(prov["activity"].Select(a => a.Key), Is.EqualTo(headers.Select(h => $"act:{h.Id}")));
        Assert.That(prov.Edges("wasGeneratedBy", "prov:entity", "prov:activity"), Is.EqualTo(headers.Select(h => $"event:{h.Id} act:{h.Id}")));
        Assert.That(prov.Edges("wasAssociatedWith", "prov:activity", "prov:agent"), Is.EqualTo(headers.Select(h => $"act:{h.Id} actor:{h.Actor}")));
        Assert.That(prov["hadMember"], Has.Count.EqualTo(19));
        Assert.That(prov["agent"].Select(a => a.Key), Is.EquivalentTo(headers.Select(h => $"actor:{h.Actor}").Distinct().Append("log:signalreview.example%2Fteam-noord")));
        Assert.That((string)prov["agent"]["actor:system"]!["prov:type"]!["$"]!, Is.EqualTo("prov:SoftwareAgent"));
        Assert.That((string)prov["agent"]["actor:w1"]!["prov:type"]!["$"]!, Is.EqualTo("prov:Person"));
        Assert.That(prov["agent"]["actor:w1"]!["sr:role"]!.AsArray().Select(r => (string)r!), Is.EqualTo(new[] { "owner", "reader", "submitter" }));
    }

    [Test]
    public async Task A_reveal_comes_from_the_entries_that_it_names_and_a_decision_from_no_vote()
    {
        using var log = new TestLog();
        var reading = log.Add(TestLog.Case, "interpretation.submitted", "w3", "reader", []);
        var readings = log.Add(TestLog.Case, "interpretations.revealed", "system", "system", new JsonObject { ["readings"] = new JsonArray(reading.ToString("D")) });
        var vote = log.Add(TestLog.Case, "vote.cast", "w3", "reader", new JsonObject { ["round"] = 1 });
        var votes = log.Add(TestLog.Case, "votes.revealed", "system", "system", new JsonObject { ["round"] = 1, ["ballots"] = new JsonArray(vote.ToString("D")) });
        var first = log.Add(TestLog.Case, "decision.made", "w1", "owner", new JsonObject { ["number"] = 1, ["state"] = "proposed", ["deviates"] = false, ["weighing"] = "zo gewogen" });
        var returned = log.Add(TestLog.Case, "decision.returned", "w7", "approver", new JsonObject { ["number"] = 1 });
        var second = log.Add(TestLog.Case, "decision.made", "w1", "owner", new JsonObject { ["number"] = 2, ["state"] = "immediate", ["deviates"] = false });
        var prov = Read(await log.BundleAsync(TestLog.Case));

        Assert.That(prov.Problems(), Is.Empty);
        Assert.That(prov.Edges("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity"), Is.EqualTo(new[]
        {
            $"event:{readings} event:{reading}", $"event:{votes} event:{vote}", $"event:{first} event:{readings}", $"event:{second} event:{first}", $"checkpoint:7 event:{second}",
        }));
        Assert.That(prov.Edges("used", "prov:activity", "prov:entity"), Is.EqualTo(new[]
        {
            $"act:{readings} event:{reading}", $"act:{votes} event:{vote}", $"act:{first} event:{readings}", $"act:{first} event:{votes}", $"act:{returned} event:{first}",
            $"act:{second} event:{first}",
        }), "an immediate decision was not held against a vote");
        Assert.That(prov["used"].Select(u => (string?)u.Value!["prov:role"]), Is.EqualTo(new[] { null, null, "weighed", "comparedWith", "judged", null }));
    }

    [Test]
    public async Task A_small_case_gives_exactly_this()
    {
        var (question, answer) = (new Guid("0191d0a0-0000-7000-8000-000000000001"), new Guid("0191d0a0-0000-7000-8000-000000000002"));
        var command = new Guid("0191d0a0-0000-7000-8000-00000000000a");
        using var log = new TestLog();
        log.Add(TestLog.Case, "case.read", "w1", "reader", []); // so that there is a checkpoint to ask with
        using var writer = new ProvWriter(await log.RequestAsync(TestLog.Case));
        var asked = new EventHeader("l", question, At, "question.asked", TestLog.Case, 1, "w 3", "reader", null, command, "quick@2", new byte[32]);
        var answered = new EventHeader("l", answer, At.AddSeconds(1.5), "question.answered", TestLog.Case, 2, "w1", "submitter", "-w9.", null, null, new byte[32]);
        using var body = System.Text.Json.JsonDocument.Parse($$"""{"question":"{{question}}","answer":"geheim"}""");
        writer.Add(asked, new BundleEvent(4, asked.ToLeaf(), BodyOmission.Closed), null);
        writer.Add(answered, new BundleEvent(7, answered.ToLeaf(), new BundleBody(new byte[32], [])), body.RootElement);
        using var output = new MemoryStream();
        await writer.WriteAsync(output, new Checkpoint("l/é", 8, new byte[32]), default);

        var expected = """
            {"prefix":{"prov":"http://www.w3.org/ns/prov#","xsd":"http://www.w3.org/2001/XMLSchema#","sr":"urn:signalreview:prov:v1:","event":"urn:uuid:","case":"urn:uuid:","command":"urn:uuid:","act":"urn:signalreview:act:","log":"urn:signalreview:log:","actor":"urn:signalreview:actor:l%2F%C3%A9:","plan":"urn:signalreview:plan:l%2F%C3%A9:","checkpoint":"urn:signalreview:checkpoint:l%2F%C3%A9:"},
            "entity":{"event:Q":{"prov:type":{"$":"sr:question.asked","type":"prov:QUALIFIED_NAME"},"sr:caseSeq":{"$":"1","type":"xsd:long"},"sr:leafIndex":{"$":"4","type":"xsd:long"},"sr:commit":{"$":"ZERO","type":"xsd:base64Binary"},"sr:content":"closed"},"event:A":{"prov:type":{"$":"sr:question.answered","type":"prov:QUALIFIED_NAME"},"sr:caseSeq":{"$":"2","type":"xsd:long"},"sr:leafIndex":{"$":"7","type":"xsd:long"},"sr:commit":{"$":"ZERO","type":"xsd:base64Binary"},"sr:content":"included"},"case:C":{"prov:type":{"$":"prov:Collection","type":"prov:QUALIFIED_NAME"}},"plan:quick%402":{"prov:type":{"$":"prov:Plan","type":"prov:QUALIFIED_NAME"}},"checkpoint:8":{"prov:type":{"$":"sr:checkpoint","type":"prov:QUALIFIED_NAME"},"sr:size":{"$":"8","type":"xsd:long"},"sr:root":{"$":"ZERO","type":"xsd:base64Binary"}}},
            "activity":{"act:Q":{"prov:startTime":"2026-03-16T09:05:00.000Z","prov:endTime":"2026-03-16T09:05:00.000Z","prov:type":{"$":"sr:question.asked","type":"prov:QUALIFIED_NAME"},"sr:command":{"$":"command:K","type":"prov:QUALIFIED_NAME"}},"act:A":{"prov:startTime":"2026-03-16T09:05:01.500Z","prov:endTime":"2026-03-16T09:05:01.500Z","prov:type":{"$":"sr:question.answered","type":"prov:QUALIFIED_NAME"}}},
            "agent":{"actor:%2Dw9%2E":{},"actor:w%203":{"prov:type":{"$":"prov:Person","type":"prov:QUALIFIED_NAME"},"sr:role":["reader"]},"actor:w1":{"prov:type":{"$":"prov:Person","type":"prov:QUALIFIED_NAME"},"sr:role":["submitter"]},"log:l%2F%C3%A9":{"prov:type":{"$":"prov:Organization","type":"prov:QUALIFIED_NAME"}}},
            "wasGeneratedBy":{"_:wasGeneratedBy1":{"prov:entity":"event:Q","prov:activity":"act:Q","prov:time":"2026-03-16T09:05:00.000Z"},"_:wasGeneratedBy2":{"prov:entity":"event:A","prov:activity":"act:A","prov:time":"2026-03-16T09:05:01.500Z"}},
            "used":{"_:used1":{"prov:activity":"act:A","prov:entity":"event:Q"}},
            "wasAssociatedWith":{"_:wasAssociatedWith1":{"prov:activity":"act:Q","prov:agent":"actor:w%203","prov:role":"reader","prov:plan":"plan:quick%402"},"_:wasAssociatedWith2":{"prov:activity":"act:A","prov:agent":"actor:w1","prov:role":"submitter"}},
            "wasAttributedTo":{"_:wasAttributedTo1":{"prov:entity":"event:Q","prov:agent":"actor:w%203"},"_:wasAttributedTo2":{"prov:entity":"event:A","prov:agent":"actor:w1"},"_:wasAttributedTo3":{"prov:entity":"checkpoint:8","prov:agent":"log:l%2F%C3%A9"}},
            "actedOnBehalfOf":{"_:actedOnBehalfOf1":{"prov:delegate":"actor:w1","prov:responsible":"actor:%2Dw9%2E","prov:activity":"act:A"}},
            "wasDerivedFrom":{"_:wasDerivedFrom1":{"prov:generatedEntity":"checkpoint:8","prov:usedEntity":"event:A"}},
            "hadMember":{"_:hadMember1":{"prov:collection":"case:C","prov:entity":"event:Q"},"_:hadMember2":{"prov:collection":"case:C","prov:entity":"event:A"}}}

            """.ReplaceLineEndings("\n")
            .Replace(":Q\"", $":{question}\"", StringComparison.Ordinal).Replace(":A\"", $":{answer}\"", StringComparison.Ordinal)
            .Replace(":C\"", $":{TestLog.Case}\"", StringComparison.Ordinal).Replace(":K\"", $":{command}\"", StringComparison.Ordinal)
            .Replace("ZERO", Convert.ToBase64String(new byte[32]), StringComparison.Ordinal);
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo(expected));
        Assert.That(new ProvDocument(expected).Problems(), Is.Empty);
    }

    [Test]
    public async Task Nothing_that_the_profile_leaves_out_leads_anywhere()
    {
        using var log = TestLog.WithCase();
        var prov = Read(await log.BundleAsync(TestLog.Case, r => r with { Profile = RedactionProfile.NoBodies }));

        Assert.That(prov.Problems(), Is.Empty);
        Assert.That(prov["used"], Is.Empty);
        Assert.That(prov.Edges("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity").Single(), Does.StartWith("checkpoint:"));
        Assert.That(prov["entity"].Count(e => (string?)e.Value!["sr:content"] == "profile"), Is.EqualTo(19));
    }

    [Test]
    public async Task Neither_names_nor_words_are_in_it()
    {
        using var log = TestLog.WithCase();
        var text = BundleFiles.Open(await log.BundleAsync(TestLog.Case)).Text("data/prov.json");

        foreach (var written in new[] { "Samira", "Daan", "Noor", "Drillclip", "reden van", "lezing van", "talk", "negotiated", "straatnaam", "controle" })
        {
            Assert.That(text, Does.Not.Contain(written));
        }
    }

    [Test]
    public async Task A_blind_entry_shows_no_more_than_its_header()
    {
        using var log = new TestLog();
        var blind = log.Add(TestLog.Case, "vote.cast", "w3", "reader", new JsonObject { ["round"] = 1 }, BodyOmission.Blind);
        log.Add(TestLog.Case, "trail.exported", "w10", "auditor", new JsonObject { ["reason"] = "controle" });
        var prov = Read(await log.BundleAsync(TestLog.Case));

        Assert.That(prov.Problems(), Is.Empty);
        Assert.That(prov["entity"][$"event:{blind}"]!.AsObject().Select(m => m.Key), Is.EqualTo(new[] { "prov:type", "sr:caseSeq", "sr:leafIndex", "sr:commit", "sr:content" }));
        Assert.That((string)prov["entity"][$"event:{blind}"]!["sr:content"]!, Is.EqualTo("blind"));
        Assert.That(prov["used"], Is.Empty);
    }

    [Test]
    public async Task Whatever_a_log_holds_the_document_is_valid()
    {
        using var keys = new LogKeys();
        var cases = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var log = new RandomLog(seed, keys);
            var files = BundleFiles.Open(await log.BundleAsync());
            Assert.That(files.Files.ContainsKey("data/prov.json"), Is.EqualTo(log.Scope == "case"), $"{seed}: a range has none");
            if (log.Scope == "case")
            {
                cases++;
                Assert.That(new ProvDocument(files.Text("data/prov.json")).Problems(), Is.Empty, $"seed {seed}");
            }
        }

        Assert.That(cases, Is.GreaterThan(10));
    }

    [Test]
    public async Task A_whole_consultation_is_told_from_signal_to_decision()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var result = await world.Get<TrailExport>().RunAsync(BlindWorld.Auditor, world.Case, new("Controle"), CancellationToken.None);
        await using var bundle = result.Bundle!;
        await using var zip = new ZipArchive(bundle.Content, ZipArchiveMode.Read, leaveOpen: true);
        using var reader = new StreamReader(await zip.GetEntry("data/prov.json")!.OpenAsync(), Encoding.UTF8);
        var prov = new ProvDocument(await reader.ReadToEndAsync());
        var trail = await world.TrailAsync();

        Assert.That(prov.Problems(), Is.Empty);
        Assert.That(prov["activity"], Has.Count.EqualTo(trail.Count));
        var decision = trail.Last(e => e.Type == "decision.made").EventId;
        var approval = trail.Last(e => e.Type == "decision.approved").EventId;
        Assert.That(prov.Edges("used", "prov:activity", "prov:entity"), Does.Contain($"act:{approval} event:{decision}"));
        foreach (var (entry, reveal) in new[] { ("interpretation.submitted", "interpretations.revealed"), ("vote.cast", "votes.revealed") })
        {
            var revealed = trail.Where(e => e.Type == reveal).Select(e => e.EventId).ToList();
            foreach (var one in trail.Where(e => e.Type == entry))
            {
                Assert.That(
                    prov.Edges("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity").Intersect(revealed.Select(r => $"event:{r} event:{one.EventId}")),
                    Has.Exactly(1).Items,
                    $"{entry} {one.EventId}");
            }
        }
    }

    private static ProvDocument Read(byte[] bundle) => new(BundleFiles.Open(bundle).Text("data/prov.json"));
}
