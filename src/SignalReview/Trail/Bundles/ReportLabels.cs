using System.Collections.Frozen;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Words for the codes in a trail. A code without words is shown as it is (an event) or taken apart ("reviewDate" → "Review
/// date"), so that a report stays complete when an older trail holds codes that are gone.
/// </summary>
internal sealed partial class ReportLabels
{
    private static readonly char[] Digits = [.. "0123456789"];

    private readonly FrozenDictionary<string, string> events;
    private readonly FrozenDictionary<string, string> roles;
    private readonly FrozenDictionary<string, string> fields;
    private readonly FrozenDictionary<string, string> values;
    private readonly FrozenDictionary<string, string> codes;
    private readonly FrozenDictionary<string, string> reasons;
    private readonly FrozenDictionary<string, int> order;

    private ReportLabels(
        Dictionary<string, string> events,
        Dictionary<string, string> roles,
        Dictionary<string, string> fields,
        Dictionary<string, string> values,
        Dictionary<string, string> codes,
        Dictionary<string, string> reasons)
    {
        this.events = events.ToFrozenDictionary(StringComparer.Ordinal);
        this.roles = roles.ToFrozenDictionary(StringComparer.Ordinal);
        this.fields = fields.ToFrozenDictionary(StringComparer.Ordinal);
        this.values = values.ToFrozenDictionary(StringComparer.Ordinal);
        this.codes = codes.ToFrozenDictionary(StringComparer.Ordinal);
        this.reasons = reasons.ToFrozenDictionary(StringComparer.Ordinal);
        order = fields.Keys.Index().ToFrozenDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, int> FieldOrder => Dutch.order;

    public static ReportLabels For(string language) => language switch
    {
        "nl" => Dutch,
        "en" => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "There are labels in nl and en."),
    };

    /// <summary>The types that have words.</summary>
    public IEnumerable<string> EventTypes => events.Keys;

    public bool KnowsEvent(string type) => events.ContainsKey(type);

    /// <summary>What somebody did, to be read after their name: "gaf een lezing".</summary>
    public string Event(string type) => events.GetValueOrDefault(type, type);

    public string Role(string role) => roles.GetValueOrDefault(role) ?? Apart(role);

    /// <summary>A step's results are called as in its definition, with a capital: "MaxConcern".</summary>
    public string Field(string name) => fields.GetValueOrDefault(name)
        ?? (name.Length > 0 && char.IsUpper(name[0]) ? fields.GetValueOrDefault(char.ToLowerInvariant(name[0]) + name[1..]) : null)
        ?? Apart(name);

    /// <summary>Only known codes are replaced: anything else may be what somebody wrote.</summary>
    public string Value(string value) => values.GetValueOrDefault(value, value);

    /// <summary>As <see cref="Value(string)"/>, where the field is known: there more codes are.</summary>
    /// <param name="field">As it stands in the event, such as "outcome"; null outside any.</param>
    /// <param name="value">As it stands in the event.</param>
    public string Value(string? field, string value) => field switch
    {
        null => Value(value),
        "node" => Node(value),
        "roles" => Role(value),
        "reasons" => Reason(value),
        _ => codes.GetValueOrDefault($"{field}={value}") ?? Value(value),
    };

    public bool KnowsNode(string node) => codes.ContainsKey($"node={node.TrimEnd(Digits)}");

    public bool KnowsCode(string field, string value) => codes.ContainsKey($"{field}={value}") || values.ContainsKey(value);

    /// <summary>A definition calls its steps by their activity, with a number where there are several: "Discuss1".</summary>
    private string Node(string node)
    {
        var name = node.TrimEnd(Digits);
        return codes.TryGetValue($"node={name}", out var words) ? $"{words} {node[name.Length..]}".TrimEnd() : node;
    }

    /// <summary>Why somebody was invited: fixed English words, where there is more to say with a colon and what a colleague wrote.</summary>
    private string Reason(string reason) =>
        reason.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && reasons.TryGetValue(reason[..colon], out var head)
            ? $"{head}: {reason[(colon + 2)..]}"
            : reasons.GetValueOrDefault(reason, reason);

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
