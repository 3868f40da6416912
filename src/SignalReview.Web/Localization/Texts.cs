using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace SignalReview.Web.Localization;

/// <summary>
/// The product's words in the language of the request. A key is the resource file's name, a dot, and the entry:
/// <c>T["Nav.MyWork"]</c> stands in Resources/Nav.resx (Dutch) and Resources/Nav.en.resx.
/// </summary>
/// <remarks>An unknown key is a bug and throws; the tests look every key up that the pages name.</remarks>
internal sealed class Texts
{
    private readonly ConcurrentDictionary<string, ResourceManager> areas = new(StringComparer.Ordinal);

    public string this[string key] => Find(key) ?? throw new MissingManifestResourceException($"No text for '{key}'.");

    public string this[string key, params object?[] args] => string.Format(CultureInfo.CurrentCulture, this[key], args);

    /// <summary>The word for one member of an enumeration: <c>Enums.Urgency.Acute</c>.</summary>
    public string Of<TEnum>(TEnum member)
        where TEnum : struct, Enum
        => this[$"Enums.{typeof(TEnum).Name}.{member}"];

    public string? Find(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
        {
            throw new ArgumentException($"A key is 'Area.Entry'; '{key}' names no area.", nameof(key));
        }

        var area = areas.GetOrAdd(key[..dot], name => new ResourceManager($"SignalReview.Web.Resources.{name}", typeof(Texts).Assembly));
        return area.GetString(key[(dot + 1)..], CultureInfo.CurrentUICulture);
    }
}
