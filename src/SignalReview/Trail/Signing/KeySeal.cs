namespace SignalReview.Trail.Signing;

/// <summary>
/// Seals the wrapping key, so that its file opens nothing by itself. It is asked when keys are opened and never for a dossier: a vault that is slow
/// or away keeps nobody waiting.
/// </summary>
internal interface IKeySeal
{
    /// <summary>As it stands in the file.</summary>
    string Name { get; }

    /// <exception cref="CheckpointKeyException">It does not answer.</exception>
    string Seal(byte[] key);

    /// <exception cref="CheckpointKeyException">It does not answer, or refuses.</exception>
    byte[] Open(string sealedText);
}

internal static class KeySeal
{
    /// <returns>Null when the settings name none.</returns>
    public static IKeySeal? From(KeySettings settings) => settings.Source switch
    {
        KeySource.File or KeySource.Environment => null,
        KeySource.Command => new CommandSeal(settings.Command()),
        KeySource.Vault => new VaultSeal(settings.Vault()),
        KeySource.Pkcs11 => throw new CheckpointKeyException(
            $"The setting {settings.Path}:Source cannot be Pkcs11: that is for the signing key. Known here are File, Environment, Command, Vault."),
    };

    public static T Wait<T>(Func<Task<T>> ask) => Task.Run(ask).GetAwaiter().GetResult();
}

/// <summary><c>wrap</c> gets 32 bytes in base64 and prints one line; <c>unwrap</c> gets that line and prints the 32 bytes in base64.</summary>
internal sealed class CommandSeal(KeyCommand command) : IKeySeal
{
    public string Name => "command";

    public string Seal(byte[] key)
    {
        var sealedText = KeySeal.Wait(() => command.AskAsync("wrap", Convert.ToBase64String(key), CancellationToken.None));
        return sealedText.Length > 0 && !sealedText.Contains('\n', StringComparison.Ordinal)
            ? sealedText
            : throw new CheckpointKeyException($"{command.Who} wrap did not print one line.");
    }

    public byte[] Open(string sealedText) =>
        HookAnswer.Base64(KeySeal.Wait(() => command.AskAsync("unwrap", sealedText, CancellationToken.None)), command.Who);
}

internal sealed class VaultSeal(VaultSettings settings) : IKeySeal
{
    public string Name => "vault";

    public string Seal(byte[] key)
    {
        using var vault = new VaultClient(settings);
        return KeySeal.Wait(() => vault.EncryptAsync(key, CancellationToken.None));
    }

    public byte[] Open(string sealedText)
    {
        using var vault = new VaultClient(settings);
        return KeySeal.Wait(() => vault.DecryptAsync(sealedText, CancellationToken.None));
    }
}
