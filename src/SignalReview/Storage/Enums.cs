using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;

namespace SignalReview.Storage;

/// <summary>
/// The text of an enum's member, in the database as in JSON: its name in camelCase (<c>NoConcern</c> ↔ <c>noConcern</c>). Case matters.
/// </summary>
internal static class Enums
{
    private static readonly ConcurrentDictionary<Type, FrozenDictionary<object, string>> TextsByType = new();

    public static string Text<T>(T value) where T : struct, Enum =>
        Names<T>.Texts.TryGetValue(value, out var text) ? text : throw NotAMember(typeof(T), value);

    public static T Parse<T>(string text) where T : struct, Enum =>
        Names<T>.Values.TryGetValue(text, out var value) ? value : throw Unknown(typeof(T), text, Names<T>.Texts.Values);

    public static bool TryParse<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && Names<T>.Values.TryGetValue(text, out value);
    }

    /// <summary>As <see cref="Text{T}"/>, where the type is only known at run time.</summary>
    internal static string TextOf(Type type, object value)
    {
        var texts = TextsByType.GetOrAdd(type, static t =>
            Enum.GetValues(t).Cast<object>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()!)));
        return texts.TryGetValue(value, out var text) ? text : throw NotAMember(type, value);
    }

    /// <summary>As <see cref="Parse{T}"/>, where the type is only known at run time.</summary>
    internal static object ParseAs(Type type, string text) =>
        Enum.GetValues(type).Cast<object>().FirstOrDefault(value => TextOf(type, value) == text) ?? throw Unknown(type, text, Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static FormatException Unknown(Type type, string text, IEnumerable<string> known) =>
        new($"'{text}' is no {type.Name}; known are: {string.Join(", ", known)}.");

    private static ArgumentOutOfRangeException NotAMember(Type type, object value) =>
        new(nameof(value), value, $"{value} is no member of {type.Name}.");

    private static class Names<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Texts =
            Enum.GetValues<T>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));

        public static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
