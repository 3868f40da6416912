using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>How things are called in prov.json: qualified names, each a prefix and a part that stands for itself in it.</summary>
/// <param name="log">The log's origin: an actor's id means something in its own log only.</param>
internal sealed class ProvNames(string log)
{
    private const string Base = "urn:signalreview:";

    public string Log { get; } = $"log:{Local(log)}";

    public IEnumerable<(string Prefix, string Uri)> Prefixes =>
    [
        ("prov", "http://www.w3.org/ns/prov#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ("sr", $"{Base}prov:v1:"),
        ("event", "urn:uuid:"),
        ("case", "urn:uuid:"),
        ("command", "urn:uuid:"),
        ("act", $"{Base}act:"),
        ("log", $"{Base}log:"),
        ("actor", $"{Base}actor:{Local(log)}:"),
        ("plan", $"{Base}plan:{Local(log)}:"),
        ("checkpoint", $"{Base}checkpoint:{Local(log)}:"),
    ];

    /// <summary>What was recorded.</summary>
    public static string Event(Guid id) => $"event:{id:D}";

    /// <summary>That it was done: the same id, but never the same name, for what is done is not what is recorded.</summary>
    public static string Act(Guid id) => $"act:{id:D}";

    public static string Case(Guid id) => $"case:{id:D}";

    public static string Actor(string id) => $"actor:{Local(id)}";

    public static string Plan(string policy) => $"plan:{Local(policy)}";

    public static string Checkpoint(long size) => string.Create(CultureInfo.InvariantCulture, $"checkpoint:{size}");

    public static void Name(Utf8JsonWriter json, string member, string name) => Typed(json, member, name, "prov:QUALIFIED_NAME");

    public static void Type(Utf8JsonWriter json, string type) => Name(json, "prov:type", $"sr:{Local(type)}");

    public static void Number(Utf8JsonWriter json, string member, long number) =>
        Typed(json, member, number.ToString(CultureInfo.InvariantCulture), "xsd:long");

    public static void Bytes(Utf8JsonWriter json, string member, byte[] bytes) => Typed(json, member, Convert.ToBase64String(bytes), "xsd:base64Binary");

    private static void Typed(Utf8JsonWriter json, string member, string value, string type)
    {
        json.WriteStartObject(member);
        json.WriteString("$", value);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    /// <summary>PROV-N lets few characters stand in a name, and not all of them at its ends: what is not plain is escaped as in an address.</summary>
    private static string Local(string text)
    {
        var local = new StringBuilder(text.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            var inside = local.Length > 0 && (unit is (byte)'-' or (byte)'.');
            if (char.IsAsciiLetterOrDigit((char)unit) || unit == '_' || inside)
            {
                local.Append((char)unit);
            }
            else
            {
                local.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        if (local.Length > 0 && local[^1] == '.')
        {
            local.Length--;
            local.Append("%2E");
        }

        return local.ToString();
    }
}
