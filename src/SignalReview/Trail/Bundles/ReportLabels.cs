using System.Collections.Frozen;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Words for the codes in a trail. A code without words is shown as it is (an event) or taken apart ("reviewDate" → "Review
/// date"), so that a report stays complete when an older trail holds codes that are gone.
/// </summary>
internal sealed partial class ReportLabels
{
    private readonly FrozenDictionary<string, string> events;
    private readonly FrozenDictionary<string, string> roles;
    private readonly FrozenDictionary<string, string> fields;
    private readonly FrozenDictionary<string, string> values;
    private readonly FrozenDictionary<string, int> order;

    private ReportLabels(
        Dictionary<string, string> events, Dictionary<string, string> roles, Dictionary<string, string> fields, Dictionary<string, string> values)
    {
        this.events = events.ToFrozenDictionary(StringComparer.Ordinal);
        this.roles = roles.ToFrozenDictionary(StringComparer.Ordinal);
        this.fields = fields.ToFrozenDictionary(StringComparer.Ordinal);
        this.values = values.ToFrozenDictionary(StringComparer.Ordinal);
        order = fields.Keys.Index().ToFrozenDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, int> FieldOrder => Dutch.order;

    public static ReportLabels For(string language) => language switch
    {
        "nl" => Dutch,
        "en" => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "There are labels in nl and en."),
    };

    public bool KnowsEvent(string type) => events.ContainsKey(type);

    /// <summary>What somebody did, to be read after their name: "gaf een lezing".</summary>
    public string Event(string type) => events.GetValueOrDefault(type, type);

    public string Role(string role) => roles.GetValueOrDefault(role) ?? Apart(role);

    public string Field(string name) => fields.GetValueOrDefault(name) ?? Apart(name);

    /// <summary>Only known codes are replaced: anything else may be what somebody wrote.</summary>
    public string Value(string value) => values.GetValueOrDefault(value, value);

    /// <summary>Fields are told in the order in which the forms ask them; canonical JSON has them by the alphabet.</summary>
    public static int Order(string field) => FieldOrder.GetValueOrDefault(field, int.MaxValue);

    private static string Apart(string camelCase)
    {
        var words = new StringBuilder(camelCase.Length + 4);
        foreach (var c in camelCase)
        {
            if (char.IsUpper(c) && words.Length > 0)
            {
                words.Append(' ').Append(char.ToLowerInvariant(c));
            }
            else
            {
                words.Append(words.Length == 0 ? char.ToUpperInvariant(c) : c);
            }
        }

        return words.ToString();
    }
}
