using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>
/// A document in PROV-JSON, held against the rules of the member submission: the objects that may stand in it, what each record must and may say, that
/// whatever is referred to is there and is of the right kind, that names have a prefix, and that values have the type that they say.
/// </summary>
internal sealed partial class ProvDocument
{
    private static readonly string[] Elements = ["entity", "activity", "agent"];

    /// <summary>Of each relation what it must name and what it may name, and of which kind that is; "time" is a moment.</summary>
    private static readonly Dictionary<string, (string[] Must, string[] May)> Relations = new(StringComparer.Ordinal)
    {
        ["wasGeneratedBy"] = (["prov:entity entity"], ["prov:activity activity", "prov:time time"]),
        ["used"] = (["prov:activity activity"], ["prov:entity entity", "prov:time time"]),
        ["wasAssociatedWith"] = (["prov:activity activity"], ["prov:agent agent", "prov:plan entity"]),
        ["wasAttributedTo"] = (["prov:entity entity", "prov:agent agent"], []),
        ["actedOnBehalfOf"] = (["prov:delegate agent", "prov:responsible agent"], ["prov:activity activity"]),
        ["wasDerivedFrom"] = (["prov:generatedEntity entity", "prov:usedEntity entity"], ["prov:activity activity", "prov:generation -", "prov:usage -"]),
        ["hadMember"] = (["prov:collection entity", "prov:entity entity"], []),
    };

    private readonly JsonObject json;
    private readonly JsonObject prefixes;

    public ProvDocument(string text)
    {
        json = JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false })!.AsObject();
        prefixes = json["prefix"]!.AsObject();
    }

    public JsonObject this[string section] => json[section]!.AsObject();

    /// <summary>The records of a relation, as "from to".</summary>
    public IEnumerable<string> Edges(string relation, string from, string to) => this[relation].Select(r => $"{r.Value![from]} {r.Value[to]}");

    /// <summary>What breaks a rule; nothing of a valid document.</summary>
    public IEnumerable<string> Problems() => json
        .Where(section => section.Key != "prefix")
        .SelectMany(section => Elements.Contains(section.Key) ? section.Value!.AsObject().SelectMany(r => OfElement(section.Key, r.Key, r.Value!.AsObject()))
            : Relations.TryGetValue(section.Key, out var rule) ? section.Value!.AsObject().SelectMany(r => OfRelation(rule, r.Key, r.Value!.AsObject()))
            : [$"{section.Key}: no object of PROV-JSON"])
        .Concat(this["entity"].Where(e => this["activity"].ContainsKey(e.Key)).Select(e => $"{e.Key}: entity and activity"));

    private IEnumerable<string> OfElement(string kind, string id, JsonObject record) =>
        IsName(id) ? record.SelectMany(m => m.Key is "prov:startTime" or "prov:endTime"
            ? kind == "activity" && IsTime(m.Value) ? [] : [$"{id}: {m.Key}"]
            : OfAttribute(id, m.Key, m.Value!)) : [$"{id}: no name"];

    private IEnumerable<string> OfRelation((string[] Must, string[] May) rule, string id, JsonObject record)
    {
        if (!BlankNode().IsMatch(id) && !IsName(id))
        {
            yield return $"{id}: no id";
        }

        var formal = rule.Must.Concat(rule.May).Select(r => r.Split(' ')).ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
        foreach (var must in rule.Must.Select(r => r.Split(' ')[0]).Where(m => !record.ContainsKey(m)))
        {
            yield return $"{id}: without {must}";
        }

        foreach (var (name, value) in record)
        {
            if (!formal.TryGetValue(name, out var kind))
            {
                foreach (var problem in OfAttribute(id, name, value!))
                {
                    yield return problem;
                }
            }
            else if (kind == "time" ? !IsTime(value) : !this[kind].ContainsKey((string)value!))
            {
                yield return $"{id}: {name} {value}";
            }
        }
    }

    private IEnumerable<string> OfAttribute(string id, string name, JsonNode value)
    {
        if (!IsName(name))
        {
            yield return $"{id}: {name} has no prefix";
        }

        foreach (var one in value is JsonArray many ? many : [value.DeepClone()])
        {
            if (one is JsonObject typed && (!typed.Select(m => m.Key).SequenceEqual(["$", "type"]) || !IsOfItsType(typed)))
            {
                yield return $"{id}: {name} {one.ToJsonString()}";
            }
        }
    }

    private bool IsOfItsType(JsonObject typed) => (string)typed["$"]! is var text && (string)typed["type"]! switch
    {
        "prov:QUALIFIED_NAME" => IsName(text),
        "xsd:long" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "xsd:base64Binary" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        _ => false,
    };

    private bool IsName(string text) => Name().Match(text) is { Success: true } name && prefixes.ContainsKey(name.Groups["prefix"].Value);

    private static bool IsTime(JsonNode? value) => Time().IsMatch((string)value!);

    /// <summary>A prefix, and a local name by the grammar of PROV-N, of the characters that we use of it.</summary>
    [GeneratedRegex(@"^(?<prefix>[a-z]+):(?:[A-Za-z0-9_]|%[0-9A-F]{2})(?:(?:[A-Za-z0-9_.-]|%[0-9A-F]{2})*(?:[A-Za-z0-9_-]|%[0-9A-F]{2}))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^_:[A-Za-z][A-Za-z0-9]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BlankNode();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
