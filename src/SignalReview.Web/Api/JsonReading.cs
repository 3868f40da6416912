using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SignalReview.Web.Api;

/// <summary>Reads JSON strictly, and says where and why it cannot be read.</summary>
internal static partial class JsonReading
{
    public static BodyFault? Parse<T>(byte[] bytes, out T? value)
        where T : class
    {
        value = null;
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            return new("bad-json", "$", "json.empty");
        }

        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth });
            if (JsonScan.Find(json.RootElement) is { } fault)
            {
                return fault;
            }

            return Read(json.RootElement, out value);
        }
        catch (JsonException e) when (e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase))
        {
            return new("bad-json", "$", "json.deep");
        }
        catch (JsonException e)
        {
            return new("bad-json", "$", "json.syntax", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }
    }

    public static BodyFault? Read<T>(JsonObject json, out T? value)
        where T : class =>
        Read(JsonSerializer.SerializeToElement(json), out value);

    private static BodyFault? Read<T>(JsonElement json, out T? value)
        where T : class
    {
        value = null;
        try
        {
            value = json.Deserialize<T>(ApiJson.Read);
            return value is null ? new("bad-value", "$", "json.object") : null;
        }
        catch (UnknownValueException e)
        {
            return new("bad-value", e.Path ?? "$", "json.enum", e.Known);
        }
        catch (JsonException e) when (Missing().Match(e.Message) is { Success: true } missing)
        {
            return new("bad-value", e.Path ?? "$", "json.missing", missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal));
        }
        catch (JsonException e) when (e.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return new("bad-value", e.Path ?? "$", "json.unknown");
        }
        catch (JsonException e)
        {
            return new("bad-value", e.Path ?? "$", json.ValueKind == JsonValueKind.Object ? "json.type" : "json.object");
        }
    }

    [GeneratedRegex("missing required properties including: (?<names>'[^.]*')", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();
}
