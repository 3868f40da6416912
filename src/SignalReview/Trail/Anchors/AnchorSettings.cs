using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SignalReview.Trail.Anchors;

/// <summary>The anchors that the configuration names: sections <c>Trail:Anchors:{name}</c>, each with File, Webhook or Timestamp.</summary>
internal static class AnchorSettings
{
    private const string Section = "Trail:Anchors";
    private const int UsualMinutes = 60;
    private const int LongestName = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names it.</exception>
    public static IReadOnlyList<ICheckpointAnchor> Read(IConfiguration configuration, TimeProvider time) =>
        [.. configuration.GetSection(Section).GetChildren().Select(section => Read(section, time))];

    private static ICheckpointAnchor Read(IConfigurationSection section, TimeProvider time)
    {
        var name = section.Key.ToLowerInvariant();
        if (!IsName(name))
        {
            throw new InvalidOperationException($"The anchor {section.Path} needs a name of letters, digits and dashes, 40 at most.");
        }

        var every = Minutes(section);
        return (section["File"], section["Webhook"], section["Timestamp"]) switch
        {
            ({ Length: > 0 } path, null or "", null or "") => new FileAnchor(name, every, Path.GetFullPath(path)),
            (null or "", { Length: > 0 } url, null or "") => new WebhookAnchor(
                name, every, new(Address(section, "Webhook", url), Existing(section, "SecretFile"), Existing(section, "BearerFile")), Patience),
            (null or "", null or "", { Length: > 0 } url) => new TimestampAnchor(
                name,
                every,
                new(Address(section, "Timestamp", url), Existing(section, "Trusted") ?? throw Missing(section), section["Policy"] is { Length: > 0 } policy ? policy : null),
                Patience,
                time),
            _ => throw new InvalidOperationException($"The anchor {section.Path} needs one of File (a path), Webhook (an address) or Timestamp (an authority's address)."),
        };
    }

    private static InvalidOperationException Missing(IConfigurationSection section) =>
        new($"The setting {section.Path}:Trusted is missing: a file with the certificates (PEM) that the authority's own must lead to.");

    private static TimeSpan Minutes(IConfigurationSection section) => section["EveryMinutes"] is not { Length: > 0 } text
        ? TimeSpan.FromMinutes(UsualMinutes)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes)
        : throw new InvalidOperationException($"The setting {section.Path}:EveryMinutes is '{text}'; it is a whole number of minutes; 0 sends each checkpoint.");

    // A time stamp proves itself, so its authority may be reached without TLS, as many are.
    private static Uri Address(IConfigurationSection section, string setting, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || setting == "Timestamp")))
            ? url
            : throw new InvalidOperationException($"The setting {section.Path}:{setting} is '{text}'; it is an https address.");

    private static string? Existing(IConfigurationSection section, string setting) => section[setting] is not { Length: > 0 } file ? null
        : System.IO.File.Exists(file) ? file
        : throw new InvalidOperationException($"The file {file}, which the setting {section.Path}:{setting} names, is not there.");

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
