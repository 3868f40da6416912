using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Formats;

/// <summary>
/// MDTO 1.0.1 metadata of a case's bundle, for an e-depot: a zip with one informatieobject for the trail and a bestand beside each payload file. It is
/// laid over the unpacked bundle: each metadata file stands beside what it describes.
/// </summary>
internal sealed class MdtoPackage(BundleArchive archive, VerificationResult bundle, MdtoStatement said)
{
    private const string EventsOfMdto = "Begrippenlijst EventTypeLijst MDTO";
    private const string OwnEvents = "SignalReview gebeurtenissen";
    private const string OwnConcepts = "SignalReview begrippen";

    /// <summary>PRONOM's identifiers of the plain formats; for one that PRONOM does not know, its media type.</summary>
    private static readonly Dictionary<string, (string Label, string Code, string List)> Formats = new(StringComparer.Ordinal)
    {
        [".json"] = ("JSON Data Interchange Format", "fmt/817", "PRONOM-register"),
        [".html"] = ("Hypertext Markup Language", "fmt/471", "PRONOM-register"),
        [".csv"] = ("Comma Separated Values", "x-fmt/18", "PRONOM-register"),
        [".txt"] = ("Plain Text File", "x-fmt/111", "PRONOM-register"),
        [".pdf"] = ("application/pdf", "application/pdf", "IANA Media Types"),
        [".jsonl"] = ("application/x-ndjson", "application/x-ndjson", "IANA Media Types"),
        [".tsr"] = ("application/timestamp-reply", "application/timestamp-reply", "IANA Media Types"),
        [""] = ("Plain Text File", "x-fmt/111", "PRONOM-register"),
    };

    private readonly string caseId = bundle.Case!.Value.ToString("D");

    private string Name => $"Beslisspoor van zaak {caseId}";

    public async Task WriteAsync(Stream output, CancellationToken ct)
    {
        await using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        await using (var entry = await Entry(zip, $"{caseId}.mdto.xml").OpenAsync(ct))
        {
            await using var xml = await MdtoXml.StartAsync(entry, "informatieobject");
            await DescribeTrailAsync(xml, ct);
        }

        await EachFileAsync(
            async (file, hash) =>
            {
                await using var entry = await Entry(zip, $"{file}.bestand.mdto.xml").OpenAsync(ct);
                await using var xml = await MdtoXml.StartAsync(entry, "bestand");
                await DescribeFileAsync(xml, file, hash);
            },
            ct);
    }

    /// <summary>The same bundle gives the same bytes, whenever it is converted.</summary>
    private ZipArchiveEntry Entry(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry($"{caseId}/{name}", CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(bundle.Last!.Value.UtcDateTime, TimeSpan.Zero);
        return entry;
    }

    private async Task DescribeTrailAsync(MdtoXml xml, CancellationToken ct)
    {
        await xml.IdentifiedAsync("identificatie", caseId, said.Source!);
        await xml.TextAsync("naam", Name);
        await xml.ConceptAsync("aggregatieniveau", "Dossier", null, "Begrippenlijst Aggregatieniveaus MDTO");
        foreach (var concept in said.Classification ?? [])
        {
            await xml.ConceptAsync("classificatie", concept.Label!, concept.Code, concept.List!);
        }

        await xml.StartAsync("dekkingInTijd");
        await xml.ConceptAsync("dekkingInTijdType", "Looptijd van het beslisspoor", null, OwnConcepts);
        await xml.DateAsync("dekkingInTijdBegindatum", Day(bundle.First!.Value));
        await xml.DateAsync("dekkingInTijdEinddatum", Day(bundle.Last!.Value));
        await xml.EndAsync();
        await xml.TextAsync("taal", said.Language!);
        var keptUntil = await DescribeEventsAsync(xml, ct);
        var (label, code) = said.Appraisal == "B" ? ("Blijvend te bewaren", "B") : ("Tijdelijk te bewaren", "V");
        await xml.ConceptAsync("waardering", label, code, "Begrippenlijst Waarderingen MDTO");
        if (keptUntil is { } day)
        {
            await xml.StartAsync("bewaartermijn");
            await xml.DateAsync("termijnEinddatum", day);
            await xml.EndAsync();
        }

        if (said.Category is { } category)
        {
            await xml.ConceptAsync("informatiecategorie", category.Label!, category.Code, category.List!);
        }

        await EachFileAsync((file, _) => xml.ReferenceAsync("heeftRepresentatie", file, FileId(file), said.Source), ct);
        await xml.ReferenceAsync("archiefvormer", said.Creator!.Name!, said.Creator.Id, said.Creator.Source);
        await RestrictAsync(xml, new("Bevat persoonsgegevens", OwnConcepts, "AVG", "Persoonsgegevens in de zin van de AVG, ook van minderjarigen; de koppen zijn gepseudonimiseerd."));
        foreach (var restriction in said.Restrictions ?? [])
        {
            await RestrictAsync(xml, restriction);
        }
    }

    /// <returns>Until when the case is kept, where the bundle says so.</returns>
    private async Task<DateOnly?> DescribeEventsAsync(MdtoXml xml, CancellationToken ct)
    {
        Guid? reckoned = null;
        await new BundleEvents(archive, BundleScope.Case).EachAsync(
            async (_, leaf) =>
            {
                var header = EventHeader.Parse(leaf.Span);
                if (header.Type == "retention.reckoned")
                {
                    reckoned = header.Id;
                }

                if (header.CaseSeq == 1 || EventDeeds.Of(header.Type).Archived)
                {
                    await DescribeEventAsync(xml, header);
                }
            },
            ct);
        return reckoned is { } id ? await KeptUntilAsync(id, ct) : null;
    }

    private async Task DescribeEventAsync(MdtoXml xml, EventHeader header)
    {
        await xml.StartAsync("event");
        if (header.CaseSeq == 1)
        {
            await xml.ConceptAsync("eventType", "Creatie", null, EventsOfMdto);
        }
        else
        {
            await xml.ConceptAsync("eventType", ReportLabels.For("nl").Event(header.Type), header.Type, OwnEvents);
        }

        await xml.TimeAsync("eventTijd", header.At);
        await xml.ReferenceAsync("eventVerantwoordelijkeActor", ReportLabels.For("nl").Role(header.Role), header.Actor, said.Source);
        await xml.EndAsync();
    }

    /// <summary>The rule's own day, when the event that reckoned it last is there with its body.</summary>
    private async Task<DateOnly?> KeptUntilAsync(Guid reckoned, CancellationToken ct)
    {
        if (!archive.Contains(BundleLayout.Body(reckoned)))
        {
            return null;
        }

        using var body = JsonDocument.Parse(await archive.ReadAsync(BundleLayout.Body(reckoned), ct));
        return body.RootElement.GetProperty("body").TryGetProperty("dueOn", out var due) && due.ValueKind == JsonValueKind.String
            ? DateOnly.ParseExact(due.GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    private static async Task RestrictAsync(MdtoXml xml, MdtoConcept concept)
    {
        await xml.StartAsync("beperkingGebruik");
        await xml.ConceptAsync("beperkingGebruikType", concept.Label!, concept.Code, concept.List!);
        if (!string.IsNullOrWhiteSpace(concept.Description))
        {
            await xml.TextAsync("beperkingGebruikNadereBeschrijving", concept.Description);
        }

        await xml.EndAsync();
    }

    private async Task DescribeFileAsync(MdtoXml xml, string file, string hash)
    {
        await xml.IdentifiedAsync("identificatie", FileId(file), said.Source!);
        await xml.TextAsync("naam", file[(file.LastIndexOf('/') + 1)..]);
        await xml.TextAsync("omvang", archive.LengthOf(file).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var (label, code, list) = Formats.TryGetValue(Path.GetExtension(file), out var known) ? known : ("application/octet-stream", "application/octet-stream", "IANA Media Types");
        await xml.ConceptAsync("bestandsformaat", label, code, list);
        await xml.StartAsync("checksum");
        await xml.ConceptAsync("checksumAlgoritme", "SHA256", null, "Begrippenlijst ChecksumAlgoritme MDTO");
        await xml.TextAsync("checksumWaarde", hash);
        await xml.TimeAsync("checksumDatum", bundle.Last!.Value); // the bundle was made, and its files hashed, right after its last event: that of its export
        await xml.EndAsync();
        await xml.ReferenceAsync("isRepresentatieVan", Name, caseId, said.Source);
    }

    private string FileId(string file) => $"{caseId}/{file}";

    /// <summary>By the manifest, whose hashes were verified.</summary>
    private async Task EachFileAsync(Func<string, string, Task> tell, CancellationToken ct)
    {
        using var lines = archive.OpenLarge(BundleLayout.Manifest, 1 << 10);
        while (Next(lines) is { } line)
        {
            ct.ThrowIfCancellationRequested();
            await tell(line[66..], line[..64]);
        }
    }

    private static string? Next(HashedReader lines) => lines.TryReadLine(out var line) ? Encoding.UTF8.GetString(line) : null;

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, ExportDesk.Zone).DateTime);
}
