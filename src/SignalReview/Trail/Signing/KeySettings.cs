using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SignalReview.Trail.Signing;

/// <summary>Where a key lies.</summary>
internal enum KeySource
{
    /// <summary>In the keys folder, made at the first start.</summary>
    File,

    /// <summary>In an environment variable.</summary>
    Environment,

    /// <summary>Behind a program of the administrator's.</summary>
    Command,

    /// <summary>In the transit engine of HashiCorp Vault, or what speaks its API.</summary>
    Vault,

    /// <summary>In a hardware module; for the signing key only.</summary>
    Pkcs11,
}

/// <summary>
/// One key's settings, a section such as <c>Keys:Signing</c>. Every setting is read when it is used, so that an error names the setting that is missing.
/// </summary>
internal sealed class KeySettings(IConfigurationSection? section, string path)
{
    /// <summary>How long a hook may take for one answer.</summary>
    public static readonly TimeSpan HookPatience = TimeSpan.FromSeconds(10);

    /// <summary>Nothing is set: files in the keys folder.</summary>
    public static KeySettings None(string path) => new(null, path);

    public string Path => path;

    public KeySource Source
    {
        get
        {
            var text = section?["Source"];
            return string.IsNullOrWhiteSpace(text) ? KeySource.File
                : Enum.TryParse<KeySource>(text, ignoreCase: true, out var source) && Enum.IsDefined(source) ? source
                : throw new CheckpointKeyException($"The setting {path}:Source is '{text}'; known are {string.Join(", ", Enum.GetNames<KeySource>())}.");
        }
    }

    /// <summary>The settings of the key that the next rotation goes to; null when none are given.</summary>
    public KeySettings? Next => section?.GetSection("Next") is { } next && next.Exists() ? new(next, $"{path}:Next") : null;

    /// <summary>The value of the environment variable that holds the key.</summary>
    /// <param name="setting">Which setting names the variable.</param>
    /// <param name="usual">Its name when the setting is not given.</param>
    public (string Name, string? Value) Variable(string setting, string usual)
    {
        var name = Given(setting) ?? usual;
        return (name, Environment.GetEnvironmentVariable(name));
    }

    public KeyCommand Command() => new(Needed("Command"), section?.GetSection("Arguments").Get<string[]>() ?? []);

    public VaultSettings Vault()
    {
        var url = Needed("Url");
        return new(
            Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
                ? uri
                : throw new CheckpointKeyException($"The setting {path}:Url is '{url}'; it is an https address (http on this machine only), such as https://vault.example:8200/v1/transit."),
            Needed("Key"),
            Number("KeyVersion", 1),
            ExistingFile("TokenFile"));
    }

    public Pkcs11Settings Pkcs11() => new(Needed("Library"), Needed("Token"), Needed("Key"), ExistingFile("PinFile"));

    public string? Given(string name) => section?[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private int Number(string name, int usual) => Given(name) is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new CheckpointKeyException($"The setting {path}:{name} is '{text}'; it is a whole number, 1 or more.");

    private string ExistingFile(string name) => Needed(name) is var file && File.Exists(file)
        ? file
        : throw new CheckpointKeyException($"The file {file}, which the setting {path}:{name} names, is not there.");

    private string Needed(string name) =>
        Given(name) ?? throw new CheckpointKeyException($"The setting {path}:{name} is missing; {path}:Source {Source} needs it.");
}

/// <summary>What the configuration says of both keys.</summary>
/// <param name="Signing">The section <c>Keys:Signing</c>.</param>
/// <param name="Wrapping">The section <c>Keys:Wrapping</c>.</param>
/// <param name="StateFolder"><c>Keys:Signing:State</c>: where the signer keeps what it signed last; null: the keys folder.</param>
internal sealed record KeyRingSettings(KeySettings Signing, KeySettings Wrapping, string? StateFolder)
{
    public static KeyRingSettings None { get; } = new(KeySettings.None("Keys:Signing"), KeySettings.None("Keys:Wrapping"), null);

    public static KeyRingSettings From(IConfiguration configuration)
    {
        var signing = new KeySettings(configuration.GetSection("Keys:Signing"), "Keys:Signing");
        return new(signing, new(configuration.GetSection("Keys:Wrapping"), "Keys:Wrapping"), signing.Given("State"));
    }
}
