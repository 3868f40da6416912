using System.Globalization;
using System.Text.Json;
using SignalReview.Storage;

namespace SignalReview.Trail.Checking.State;

/// <summary>A value that a row cannot be held against: the body that said it was erased.</summary>
internal sealed class Unknown
{
    public static readonly Unknown Value = new();

    private Unknown()
    {
    }
}

/// <summary>One event as it is replayed.</summary>
/// <param name="Header">What the tree holds.</param>
/// <param name="Body">What was told; null when it was erased.</param>
/// <param name="Dossier">What was told before it.</param>
/// <param name="Item">Of a list in the body, the entry at hand.</param>
/// <param name="Index">And its place, from 0.</param>
internal sealed record Told(EventHeader Header, JsonElement? Body, ToldDossier Dossier, JsonElement? Item = null, int Index = 0);

/// <summary>Gives what a column must hold, in the form that SQLite stores: text, a whole number, null, or <see cref="Unknown"/>.</summary>
internal delegate object? Source(Told told);

/// <summary>A column and what says what it holds.</summary>
internal readonly record struct Col(string Name, Source Source);

/// <summary>Where a column's value comes from.</summary>
internal static class From
{
    public static readonly Source Id = told => told.Header.Id.ToString("D");
    public static readonly Source At = told => DbValues.TimeText(told.Header.At);
    public static readonly Source Actor = told => told.Header.Actor;
    public static readonly Source Case = told => told.Header.Case!.Value.ToString("D");
    public static readonly Source Policy = told => told.Header.Policy;
    public static readonly Source Nothing = _ => null;
    public static readonly Source Erased = _ => Unknown.Value;
    /// <summary>The event leaves the column as it was.</summary>
    public static readonly object Standing = new();

    public static readonly Source Index = told => (long)told.Index;

    public static Source Text(string value) => _ => value;

    public static Source Number(long value) => _ => value;

    /// <summary>A member of the body, by its path: text, a whole number, or yes and no as 1 and 0. One that is not there is null.</summary>
    public static Source Body(string path, object? otherwise = null) => told => told.Body is { } body ? Plain(body, path, otherwise) : Unknown.Value;

    /// <summary>As <see cref="Body(string, object?)"/>, of the entry at hand.</summary>
    public static Source Item(string path, object? otherwise = null) => told => told.Item is { } item ? Plain(item, path, otherwise) : Unknown.Value;

    public static Source Time(string path) => Of(path, value => DbValues.TimeText(value.GetDateTimeOffset()));

    /// <summary>A list, as rows hold one: separated by commas.</summary>
    public static Source List(string path, object? otherwise = null) => Of(path, value => string.Join(',', value.EnumerateArray().Select(v => v.GetString())), otherwise);

    public static Source Count(string path) => Of(path, value => (long)value.GetArrayLength());

    public static Source Less(string path, long by) => Of(path, value => value.GetInt64() - by);

    public static Source Of(string path, Func<JsonElement, object?> make, object? otherwise = null) => told =>
        told.Body is not { } body ? Unknown.Value : Find(body, path) is { ValueKind: not JsonValueKind.Null } value ? make(value) : otherwise;

    /// <summary>The whole body, or the entry at hand.</summary>
    public static Source All(Func<JsonElement, object?> make) => told => (told.Item ?? told.Body) is { } value ? make(value) : Unknown.Value;

    /// <summary>One of two, by a body's yes or no.</summary>
    public static Source Either(string path, string yes, string no) => Of(path, value => value.GetBoolean() ? yes : no, no);

    public static JsonElement? Find(JsonElement body, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out body))
            {
                return null;
            }
        }

        return body;
    }

    private static object? Plain(JsonElement body, string path, object? otherwise) => (path.Length == 0 ? body : Find(body, path)) is not { } value
        ? otherwise
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.TryGetInt64(out var number) ? number : value.GetDouble().ToString(CultureInfo.InvariantCulture),
            JsonValueKind.True => 1L,
            JsonValueKind.False => 0L,
            _ => otherwise,
        };
}
