using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    public static byte[] Canonical<T>(T body) => Jcs.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(body, Options));
}
