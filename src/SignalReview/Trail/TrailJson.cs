using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SignalReview.Trail;

/// <summary>How bodies and drafts are written before they are made canonical: camelCase, enums as text, nulls left out.</summary>
internal static class TrailJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    // Members in the order of the canonical form: then a body mostly is canonical as it is written, and only that has to be seen.
    private static readonly JsonSerializerOptions Sorted = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { SortMembers } },
    };

    public static byte[] Canonical<T>(T body) => Jcs.AsCanonical(JsonSerializer.SerializeToUtf8Bytes(body, Sorted));

    private static void SortMembers(JsonTypeInfo type)
    {
        var order = 0;
        foreach (var member in type.Properties.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            member.Order = order++;
        }
    }
}
