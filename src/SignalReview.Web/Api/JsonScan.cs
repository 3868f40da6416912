using System.Text.Json;

namespace SignalReview.Web.Api;

/// <summary>Finds what is JSON by its grammar, but nothing that can be kept: half characters, names that stand twice, nulls in lists.</summary>
internal static class JsonScan
{
    public static BodyFault? Find(JsonElement element) => Find(element, "$");

    private static BodyFault? Find(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => FindInObject(element, path),
        JsonValueKind.Array => FindInArray(element, path),
        JsonValueKind.String => IsWhole(element) ? null : new("bad-value", path, "json.surrogate"),
        _ => null,
    };

    private static BodyFault? FindInObject(JsonElement element, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                return new("bad-value", path, "json.surrogate");
            }

            if (!names.Add(name))
            {
                return new("bad-value", $"{path}.{name}", "json.duplicate");
            }

            if (Find(property.Value, $"{path}.{name}") is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static BodyFault? FindInArray(JsonElement element, string path)
    {
        var index = 0;
        foreach (var entry in element.EnumerateArray())
        {
            var at = $"{path}[{index++}]";
            var fault = entry.ValueKind == JsonValueKind.Null ? new("bad-value", at, "json.null") : Find(entry, at);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null; // an escaped lone surrogate cannot become a text
        }
    }

    private static bool IsWhole(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false; // an escaped lone surrogate cannot become a text
        }
    }
}
