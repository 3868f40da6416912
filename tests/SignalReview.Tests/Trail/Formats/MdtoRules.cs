using System.Globalization;
using System.Xml.Linq;
using SignalReview.Trail.Formats;

namespace SignalReview.Tests.Trail.Formats;

/// <summary>What MDTO 1.0.1 allows where, in what order and how often, of the elements that are written here; told from its published schema.</summary>
internal static class MdtoRules
{
    private const int Many = int.MaxValue;

    private static readonly (string Name, int Least, int Most)[] Concept = [("begripLabel", 1, 1), ("begripCode", 0, 1), ("begripBegrippenlijst", 1, 1)];
    private static readonly (string Name, int Least, int Most)[] Reference = [("verwijzingNaam", 1, 1), ("verwijzingIdentificatie", 0, 1)];
    private static readonly (string Name, int Least, int Most)[] Identified = [("identificatieKenmerk", 1, 1), ("identificatieBron", 1, 1)];

    private static readonly Dictionary<string, (string Name, int Least, int Most)[]> Groups = new(StringComparer.Ordinal)
    {
        ["informatieobject"] =
        [
            ("identificatie", 1, Many), ("naam", 1, 1), ("aggregatieniveau", 0, 1), ("classificatie", 0, Many), ("dekkingInTijd", 0, Many), ("taal", 0, Many),
            ("event", 0, Many), ("waardering", 1, 1), ("bewaartermijn", 0, 1), ("informatiecategorie", 0, 1), ("heeftRepresentatie", 0, Many), ("archiefvormer", 1, Many),
            ("beperkingGebruik", 1, Many),
        ],
        ["bestand"] =
        [
            ("identificatie", 1, Many), ("naam", 1, 1), ("omvang", 1, 1), ("bestandsformaat", 1, 1), ("checksum", 1, Many), ("isRepresentatieVan", 1, 1),
        ],
        ["event"] = [("eventType", 1, 1), ("eventTijd", 0, 1), ("eventVerantwoordelijkeActor", 0, 1), ("eventResultaat", 0, 1)],
        ["dekkingInTijd"] = [("dekkingInTijdType", 1, 1), ("dekkingInTijdBegindatum", 1, 1), ("dekkingInTijdEinddatum", 0, 1)],
        ["bewaartermijn"] = [("termijnTriggerStartLooptijd", 0, 1), ("termijnStartdatumLooptijd", 0, 1), ("termijnLooptijd", 0, 1), ("termijnEinddatum", 0, 1)],
        ["beperkingGebruik"] = [("beperkingGebruikType", 1, 1), ("beperkingGebruikNadereBeschrijving", 0, 1)],
        ["checksum"] = [("checksumAlgoritme", 1, 1), ("checksumWaarde", 1, 1), ("checksumDatum", 1, 1)],
    };

    private static readonly string[] Concepts =
        ["aggregatieniveau", "classificatie", "dekkingInTijdType", "eventType", "waardering", "informatiecategorie", "beperkingGebruikType", "bestandsformaat", "checksumAlgoritme"];

    private static readonly string[] References =
        ["begripBegrippenlijst", "eventVerantwoordelijkeActor", "heeftRepresentatie", "isRepresentatieVan", "archiefvormer"];

    /// <summary>All that is against the rules, each with where.</summary>
    public static IReadOnlyList<string> Broken(XDocument document)
    {
        List<string> broken = [];
        if (document.Root!.Name != XName.Get("MDTO", MdtoXml.Namespace) || document.Root.Elements().Count() != 1)
        {
            broken.Add("one MDTO with one object");
        }

        foreach (var element in document.Root.DescendantNodes().OfType<XElement>())
        {
            var rules = RulesOf(element.Name.LocalName);
            if (element.Name.Namespace != MdtoXml.Namespace)
            {
                broken.Add($"{element.Name}: namespace");
            }
            else if (rules is null)
            {
                Text(element, broken);
            }
            else
            {
                Order(element, rules, broken);
            }
        }

        return broken;
    }

    private static (string Name, int Least, int Most)[]? RulesOf(string name) =>
        Groups.TryGetValue(name, out var own) ? own
        : Concepts.Contains(name) ? Concept
        : References.Contains(name) ? Reference
        : name is "identificatie" or "verwijzingIdentificatie" ? Identified
        : null;

    private static void Order(XElement element, (string Name, int Least, int Most)[] rules, List<string> broken)
    {
        var places = element.Elements().Select(child => Array.FindIndex(rules, r => r.Name == child.Name.LocalName)).ToList();
        if (places.Contains(-1) || !places.SequenceEqual(places.Order()))
        {
            broken.Add($"{element.Name.LocalName}: {string.Join(' ', element.Elements().Select(e => e.Name.LocalName))}");
        }

        foreach (var (name, least, most) in rules)
        {
            var count = element.Elements(XName.Get(name, MdtoXml.Namespace)).Count();
            if (count < least || count > most)
            {
                broken.Add($"{element.Name.LocalName}: {count} × {name}");
            }
        }
    }

    private static void Text(XElement element, List<string> broken)
    {
        var value = element.Value;
        var right = !element.HasElements && value.Trim().Length > 0 && element.Name.LocalName switch
        {
            "omvang" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            "dekkingInTijdBegindatum" or "dekkingInTijdEinddatum" or "termijnEinddatum" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "eventTijd" or "checksumDatum" => DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
            _ => true,
        };
        if (!right)
        {
            broken.Add($"{element.Name.LocalName}: {value}");
        }
    }
}
