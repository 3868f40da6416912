using System.CommandLine;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using SignalReview.Cli;
using SignalReview.Tests.Consultations;
using SignalReview.Tests.Trail.Bundles;
using SignalReview.Tests.Trail.Formats;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;
using SignalReview.Trail.Formats;

namespace SignalReview.Tests.Cli;

[TestFixture]
internal sealed class ConvertCommandTests
{
    private static readonly XNamespace Mdto = MdtoXml.Namespace;

    private TestLog log = null!;
    private string bundle = null!;
    private string range = null!;
    private string vkey = null!;
    private string said = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        log = TestLog.WithCase();
        log.Add(TestLog.Case, "retention.reckoned", "system", "system", new JsonObject { ["rule"] = "kort", ["dueOn"] = "2031-03-17" });
        log.Add(TestLog.Case, "command.refused", "w9", "requester", []);
        log.Add(TestLog.Case, "trail.exported", "w10", "auditor", []);
        (bundle, range) = (At("bundle.zip"), At("range.zip"));
        (vkey, said) = (At("log.vkey"), At("mdto.json"));
        await File.WriteAllBytesAsync(bundle, await log.BundleAsync(TestLog.Case));
        await File.WriteAllBytesAsync(range, await log.RangeAsync(4, 9));
        await File.WriteAllTextAsync(vkey, log.Key + "\n");
        await File.WriteAllTextAsync(said, MdtoStatementTests.Whole);
    }

    [OneTimeTearDown]
    public void Clean() => log.Dispose();

    [TestCase("fhir")]
    [TestCase("ocsf")]
    public async Task Each_event_of_a_case_is_a_line_with_its_place_in_the_log(string to)
    {
        var (code, output, said) = await RunAsync("convert", bundle, "--to", to, "--vkey", vkey);
        var places = Lines(output).Select(line => PlaceOf(JsonNode.Parse(line)!));

        Assert.That(code, Is.Zero, said);
        Assert.That(places, Is.EqualTo(log.EventsOf(TestLog.Case).Select(e => e.LeafIndex)));
    }

    [Test]
    public async Task Of_a_range_the_places_are_those_of_the_range()
    {
        var (code, output, _) = await RunAsync("convert", range, "--to", "ocsf", "--vkey", vkey);

        Assert.That(code, Is.Zero);
        Assert.That(Lines(output).Select(line => PlaceOf(JsonNode.Parse(line)!)), Is.EqualTo(new[] { 3L, 4, 5, 6, 7, 8, 9 }));
    }

    [TestCase("fhir")]
    [TestCase("ocsf")]
    [TestCase("mdto")]
    public async Task Of_a_bundle_that_was_tampered_with_nothing_is_written_and_the_exit_code_is_1(string to)
    {
        var files = BundleFiles.Open(await File.ReadAllBytesAsync(bundle));
        files[files.Files.Keys.First(k => k.StartsWith("data/bodies/", StringComparison.Ordinal))] = BundleLayout.BodyFile("{}"u8, new byte[32]);
        var (changed, target) = (At($"changed-{to}.zip"), At($"changed-{to}.out"));
        await File.WriteAllBytesAsync(changed, files.Zip());
        var (code, output, told) = await RunAsync("convert", changed, "--to", to, "--vkey", vkey, "--mdto", said, "--out", target);
        var (again, piped, _) = to == "mdto" ? (1, "", "") : await RunAsync("convert", changed, "--to", to, "--vkey", vkey);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(again, Is.EqualTo(1));
            Assert.That(told, Does.StartWith("NIET GELDIG."));
            Assert.That(output + piped, Is.Empty);
            Assert.That(Directory.GetFiles(log.Folder, $"changed-{to}.out*"), Is.Empty);
        });
    }

    [Test]
    public async Task Half_a_bundle_and_one_that_is_not_there_exit_with_2()
    {
        var whole = await File.ReadAllBytesAsync(bundle);
        await File.WriteAllBytesAsync(At("half.zip"), whole[..(whole.Length / 2)]);

        Assert.That((await RunAsync("convert", At("half.zip"), "--to", "fhir", "--vkey", vkey)).Code, Is.EqualTo(2));
        Assert.That((await RunAsync("convert", At("none.zip"), "--to", "fhir", "--vkey", vkey)).Code, Is.EqualTo(2));
        Assert.That((await RunAsync("convert", bundle, "--to", "fhir", "--vkey", bundle)).Code, Is.EqualTo(2));
    }

    [Test]
    public async Task A_file_that_is_there_is_not_overwritten()
    {
        var target = At("mine.ndjson");
        await File.WriteAllTextAsync(target, "van mij");
        var (code, _, told) = await RunAsync("convert", bundle, "--to", "fhir", "--vkey", vkey, "--out", target);

        Assert.That((code, await File.ReadAllTextAsync(target)), Is.EqualTo((2, "van mij")));
        Assert.That(told, Does.Contain("bestaat al"));
    }

    [TestCase("nl", "alleen de organisatie")]
    [TestCase("en", "only the organisation")]
    public async Task Mdto_asks_for_what_only_the_organisation_can_say(string language, string words)
    {
        var (code, _, told) = await RunAsync("convert", bundle, "--to", "mdto", "--vkey", vkey, "--out", At($"no-{language}.zip"), "--lang", language);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(told, Does.Contain(words));
    }

    [TestCase("nl", "- waardering: is B")]
    [TestCase("en", "- archiefvormer.naam: is missing or empty")]
    public async Task What_is_not_said_well_is_named_and_nothing_is_written(string language, string words)
    {
        var poor = At($"poor-{language}.json");
        await File.WriteAllTextAsync(poor, """{"bron": "x", "waardering": "ooit", "taal": "nl"}""");
        var target = At($"poor-{language}.zip");
        var (code, _, told) = await RunAsync("convert", bundle, "--to", "mdto", "--vkey", vkey, "--mdto", poor, "--out", target, "--lang", language);

        Assert.That((code, File.Exists(target)), Is.EqualTo((2, false)));
        Assert.That(told, Does.Contain(words));
    }

    [Test]
    public async Task Mdto_needs_a_place_and_a_bundle_of_one_case()
    {
        var (noPlace, _, told) = await RunAsync("convert", bundle, "--to", "mdto", "--vkey", vkey, "--mdto", said, "--lang", "en");
        var (period, _, why) = await RunAsync("convert", range, "--to", "mdto", "--vkey", vkey, "--mdto", said, "--out", At("period.zip"), "--lang", "en");

        Assert.That((noPlace, period), Is.EqualTo((2, 2)));
        Assert.That(told, Does.Contain("--out"));
        Assert.That(why, Does.Contain("one case"));
    }

    [Test]
    public async Task Mdto_describes_the_trail_and_each_payload_file_in_the_order_that_the_schema_asks()
    {
        var documents = await MdtoAsync("case.mdto.zip");
        var payload = BundleFiles.Open(await File.ReadAllBytesAsync(bundle)).Files.Where(f => f.Key.StartsWith("data/", StringComparison.Ordinal)).ToDictionary();

        Assert.That(documents.SelectMany(d => MdtoRules.Broken(d.Value).Select(b => $"{d.Key}: {b}")), Is.Empty);
        Assert.That(documents.Keys, Is.EquivalentTo(payload.Keys.Select(name => $"{TestLog.Case}/{name}.bestand.mdto.xml").Append($"{TestLog.Case}/{TestLog.Case}.mdto.xml")));
        foreach (var (name, bytes) in payload)
        {
            var file = documents[$"{TestLog.Case}/{name}.bestand.mdto.xml"].Root!.Element(Mdto + "bestand")!;
            Assert.That(file.Element(Mdto + "omvang")!.Value, Is.EqualTo($"{bytes.Length}"), name);
            Assert.That(file.Descendants(Mdto + "checksumWaarde").Single().Value, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))), name);
        }
    }

    [Test]
    public async Task Mdto_says_what_the_organisation_said_and_what_the_bundle_says()
    {
        var trail = (await MdtoAsync("said.mdto.zip"))[$"{TestLog.Case}/{TestLog.Case}.mdto.xml"].Root!.Element(Mdto + "informatieobject")!;

        Assert.Multiple(() =>
        {
            Assert.That(trail.Element(Mdto + "naam")!.Value, Is.EqualTo($"Beslisspoor van zaak {TestLog.Case}"));
            Assert.That(trail.Element(Mdto + "archiefvormer")!.Element(Mdto + "verwijzingNaam")!.Value, Is.EqualTo("Gemeente Voorbeeld"));
            Assert.That(trail.Element(Mdto + "classificatie")!.Element(Mdto + "begripLabel")!.Value, Is.EqualTo("Jeugd & <zorg>"));
            Assert.That(trail.Element(Mdto + "waardering")!.Element(Mdto + "begripCode")!.Value, Is.EqualTo("V"));
            Assert.That(trail.Element(Mdto + "bewaartermijn")!.Element(Mdto + "termijnEinddatum")!.Value, Is.EqualTo("2031-03-17"));
            Assert.That(trail.Elements(Mdto + "beperkingGebruik").Count(), Is.EqualTo(2), "personal data, and what the organisation added");
            Assert.That(trail.Element(Mdto + "event")!.Value, Does.StartWith("Creatie"));
            Assert.That(trail.Elements(Mdto + "event").Any(e => e.Value.Contains("case.read", StringComparison.Ordinal)), Is.False, "who looked is not about the record");
            Assert.That(trail.ToString(), Does.Not.Contain("Samira").And.Not.Contain("straatnaam"));
        });
    }

    [Test]
    public async Task Where_the_bundle_does_not_say_until_when_neither_does_mdto()
    {
        var without = At("without.zip");
        await File.WriteAllBytesAsync(without, await log.BundleAsync(TestLog.OtherCase));
        var (code, _, told) = await RunAsync("convert", without, "--to", "mdto", "--vkey", vkey, "--mdto", said, "--out", At("without.mdto.zip"));
        var trail = Documents(At("without.mdto.zip"))[$"{TestLog.OtherCase}/{TestLog.OtherCase}.mdto.xml"];

        Assert.That(code, Is.Zero, told);
        Assert.That(trail.Descendants(Mdto + "bewaartermijn"), Is.Empty);
    }

    [Test]
    public async Task A_whole_case_of_the_product_goes_all_three_ways()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var exported = await world.Get<TrailExport>().RunAsync(BlindWorld.Auditor, world.Case, new("Controle"), CancellationToken.None);
        await using var content = exported.Bundle!;
        var (file, key) = (At("world.zip"), At("world.vkey"));
        await using (var copy = File.Create(file))
        {
            content.Content.Position = 0;
            await content.Content.CopyToAsync(copy);
        }

        await File.WriteAllTextAsync(key, world.Get<CheckpointSigner>().VerifierKey + "\n");
        var trail = await world.TrailAsync();
        foreach (var to in new[] { "fhir", "ocsf" })
        {
            var (code, output, told) = await RunAsync("convert", file, "--to", to, "--vkey", key);
            Assert.That(code, Is.Zero, told);
            Assert.That(Lines(output).Select(line => TypeOf(JsonNode.Parse(line)!)), Is.EqualTo(trail.Select(e => e.Type)), to);
        }

        var (last, _, said3) = await RunAsync("convert", file, "--to", "mdto", "--vkey", key, "--mdto", said, "--out", At("world.mdto.zip"));
        Assert.That(last, Is.Zero, said3);
        Assert.That(Documents(At("world.mdto.zip")).SelectMany(d => MdtoRules.Broken(d.Value)), Is.Empty);
    }

    [Test]
    public async Task Lines_leave_while_a_long_bundle_is_still_read()
    {
        using var many = new TestLog();
        for (var i = 0; i < 5000; i++)
        {
            many.Add(TestLog.Case, "case.read", "w1", "reader", []);
        }

        using var zip = new MemoryStream(await many.RangeAsync());
        var verified = await BundleVerifier.VerifyAsync(zip, many.Key, null, CancellationToken.None);
        var output = new Portions();
        var count = await BundleConversion.WriteLinesAsync(zip, verified, EventFormat.Fhir, output, CancellationToken.None);

        Assert.That(count, Is.EqualTo(5000));
        Assert.That(output.Sizes.Max(), Is.LessThan(1 << 17), "no more is held than a portion");
        Assert.That(output.Sizes, Has.Count.GreaterThan(50));
    }

    private string At(string name) => Path.Combine(log.Folder, name);

    private async Task<Dictionary<string, XDocument>> MdtoAsync(string name)
    {
        var (code, _, told) = await RunAsync("convert", bundle, "--to", "mdto", "--vkey", vkey, "--mdto", said, "--out", At(name));
        Assert.That(code, Is.Zero, told);
        return Documents(At(name));
    }

    private static Dictionary<string, XDocument> Documents(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return zip.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var stream = entry.Open();
                return XDocument.Load(stream);
            });
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static long PlaceOf(JsonNode line) => line["metadata"]?["sequence"] is { } sequence
        ? (long)sequence
        : long.Parse((string)line["entity"]![0]!["detail"]![0]!["valueString"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static string TypeOf(JsonNode line) =>
        (string)(line["metadata"]?["event_code"] ?? line["subtype"]!.AsArray().Single(s => ((string)s!["system"]!).EndsWith("event-type", StringComparison.Ordinal))!["code"])!;

    private static async Task<(int Code, string Output, string Told)> RunAsync(params string[] args)
    {
        using var error = new StringWriter();
        using var output = new MemoryStream();
        var root = new RootCommand { ConvertCommand.Create(() => output) };
        var code = await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = error, Error = error });
        return (code, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class Portions : MemoryStream
    {
        public List<int> Sizes { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Sizes.Add(buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
