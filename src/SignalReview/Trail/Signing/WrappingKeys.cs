using System.Security.Cryptography;

namespace SignalReview.Trail.Signing;

/// <summary>
/// The wrapping keys as they lie in the keys folder or the environment: the one in use, and older ones under which dossiers may still be. Opened
/// keys are held in memory for as long as the process lives; to shut a host out, take its access to the vault away and stop it.
/// </summary>
internal static class WrappingKeys
{
    public const string File = "wrapping.key";
    public const string OldFiles = "wrapping-*.key";
    private const string Head = "signalreview-wrapping-key-v1";
    private const string SealedHead = "signalreview-sealed-wrapping-key-v1";
    private const string Variable = "SIGNALREVIEW_WRAPPING_KEY";
    private const string OldVariable = "SIGNALREVIEW_WRAPPING_KEY_OLD";

    /// <returns>The key in use first.</returns>
    /// <exception cref="CheckpointKeyException">A setting is wrong, or who seals does not answer.</exception>
    /// <exception cref="FormatException">A file or variable does not hold a key.</exception>
    /// <exception cref="UnauthorizedAccessException">A key's file can be reached by others than its owner.</exception>
    public static IReadOnlyList<byte[]> Open(string folder, KeySettings settings)
    {
        var seal = KeySeal.From(settings);
        var path = Path.Combine(folder, File);
        List<byte[]> keys = [];
        if (settings.Source == KeySource.Environment)
        {
            var (name, value) = settings.Variable("Variable", Variable);
            keys.Add(string.IsNullOrWhiteSpace(value)
                ? throw new CheckpointKeyException($"The environment variable {name} is empty; {settings.Path}:Source Environment needs the wrapping key in it, 32 bytes in base64.")
                : Key(value.Trim(), name));
            var (oldName, old) = settings.Variable("OldVariable", OldVariable);
            keys.AddRange((old ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(text => Key(text, oldName)));
            if (System.IO.File.Exists(path))
            {
                keys.Add(Parse(KeyFile.Read(path), File, seal, settings)); // from before the key went to the environment
            }
        }
        else
        {
            var text = KeyFile.ReadOrCreate(path, () => New(seal));
            RefuseUnsealed(text, seal, settings);
            keys.Add(Parse(text, File, seal, settings));
        }

        keys.AddRange(Directory.EnumerateFiles(folder, OldFiles).Order(StringComparer.Ordinal).Select(old => Parse(KeyFile.Read(old), Path.GetFileName(old), seal, settings)));
        return keys;
    }

    /// <summary>Puts a new key in place of the one in use, which is kept as an old one under its id. Not for keys from the environment.</summary>
    /// <returns>The ids of the old key and the new one.</returns>
    public static (string Old, string New) Replace(string folder, KeySettings settings)
    {
        var path = Path.Combine(folder, File);
        var before = KeyFile.Read(path);
        var old = KeyRing.IdText(Parse(before, File, KeySeal.From(settings), settings));
        var text = New(KeySeal.From(settings));
        KeyFile.Replace(Path.Combine(folder, $"wrapping-{old}.key"), before); // first, so that a crash leaves both
        KeyFile.Replace(path, text);
        return (old, KeyRing.IdText(Parse(text, File, KeySeal.From(settings), settings)));
    }

    /// <summary>The file of an old key; null when there is none of that id.</summary>
    public static string? FindOld(string folder, KeySettings settings, string id) =>
        Directory.EnumerateFiles(folder, OldFiles).FirstOrDefault(path => KeyRing.IdText(Parse(KeyFile.Read(path), Path.GetFileName(path), KeySeal.From(settings), settings)) == id);

    private static string New(IKeySeal? seal)
    {
        var key = RandomNumberGenerator.GetBytes(DossierKey.KeySize);
        try
        {
            if (seal is null)
            {
                return $"{Head}\n{Convert.ToBase64String(key)}\n";
            }

            var sealedText = seal.Seal(key);
            // What cannot be opened again is worth nothing: better now than when dossiers hang on it.
            return CryptographicOperations.FixedTimeEquals(seal.Open(sealedText), key)
                ? $"{SealedHead}\n{seal.Name}\n{sealedText}\n"
                : throw new CheckpointKeyException("The wrapping key that was sealed does not open to what was sealed; nothing was changed.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The key in use lies open, and the settings say that it should be sealed.</summary>
    public static bool IsUnsealed(string folder, KeySettings settings) =>
        Path.Combine(folder, File) is var path && System.IO.File.Exists(path) && IsUnsealed(KeyFile.Read(path), KeySeal.From(settings));

    private static bool IsUnsealed(string text, IKeySeal? seal) => seal is not null && text.StartsWith(Head, StringComparison.Ordinal);

    private static void RefuseUnsealed(string text, IKeySeal? seal, KeySettings settings)
    {
        if (IsUnsealed(text, seal))
        {
            throw new CheckpointKeyException(
                $"{File} is not sealed, but {settings.Path}:Source is {settings.Source}. Run 'signalreview keys rotate-wrapping' with the same settings: it makes a sealed key and moves all dossiers to it.");
        }
    }

    private static byte[] Parse(string text, string file, IKeySeal? seal, KeySettings settings)
    {
        switch (text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            case [Head, var encoded]:
                return Key(encoded, file);
            case [SealedHead, var name, var sealedText]:
                if (seal?.Name != name)
                {
                    throw new CheckpointKeyException($"{file} is sealed by a {name}: set {settings.Path}:Source to it, and what belongs to it.");
                }

                var key = seal.Open(sealedText);
                return key.Length == DossierKey.KeySize ? key : throw new CheckpointKeyException($"{file} opens to {key.Length} bytes; a wrapping key has {DossierKey.KeySize}.");
            default:
                throw new FormatException($"{file} does not hold a wrapping key.");
        }
    }

    private static byte[] Key(string encoded, string where)
    {
        var key = new byte[DossierKey.KeySize];
        return Convert.TryFromBase64String(encoded, key, out var written) && written == DossierKey.KeySize
            ? key
            : throw new FormatException($"{where} does not hold a wrapping key.");
    }
}
