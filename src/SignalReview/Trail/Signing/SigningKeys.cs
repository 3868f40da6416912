using System.Security.Cryptography;

namespace SignalReview.Trail.Signing;

/// <summary>
/// The key that signs now: the one that the last rotation handed over to, or the settings' own when there was none. Also opens the key of a
/// rotation to come. Thread-safe; a key that was handed over stays open for who is just signing with it.
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    public const string File = "signing.key";
    public const string NextFile = "signing-next.key";
    private const string Variable = "SIGNALREVIEW_SIGNING_KEY";

    private readonly string folder;
    private readonly KeySettings settings;
    private readonly SignerState state;
    private readonly List<ICheckpointKey> opened = [];
    private readonly Lock changing = new();
    private volatile ICheckpointKey current;

    private SigningKeys(string folder, KeySettings settings, SignerState state)
    {
        this.folder = folder;
        this.settings = settings;
        this.state = state;
        try
        {
            current = Find(state.Rotations());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ICheckpointKey Current => current;

    /// <exception cref="CheckpointKeyException">A setting is wrong, or who holds the key does not answer.</exception>
    /// <exception cref="FormatException">A file or variable does not hold a key.</exception>
    /// <exception cref="UnauthorizedAccessException">A key's file can be reached by others than its owner.</exception>
    public static SigningKeys Open(string folder, KeySettings settings, SignerState state) => new(folder, settings, state);

    /// <summary>Looks whether the key was handed over meanwhile, by another process.</summary>
    public ICheckpointKey Refresh()
    {
        var rotations = state.Rotations();
        if (rotations is [.., var last] && !current.PublicKey.AsSpan().SequenceEqual(last.New.PublicKey))
        {
            lock (changing)
            {
                current = Find(rotations);
            }
        }

        return current;
    }

    /// <summary>The key to hand over to: that of the settings' <c>Next</c>, or a new file. Made once, however often a rotation is begun.</summary>
    public ICheckpointKey OpenNext()
    {
        lock (changing)
        {
            if (settings.Next is { } next)
            {
                return Keep(Open(next, File));
            }

            if (settings.Source != KeySource.File)
            {
                throw new CheckpointKeyException(
                    $"The signing key's source is {settings.Source}: say where the next key is with the settings {settings.Path}:Next:Source and what belongs to it.");
            }

            var path = Path.Combine(folder, NextFile);
            return Keep(LocalCheckpointKey.Parse(KeyFile.ReadOrCreate(path, LocalCheckpointKey.NewPem), NextFile));
        }
    }

    /// <summary>After a rotation: the file of the new key takes the place of the old one's, which ends with it. Under the signer's lock.</summary>
    public void Settle()
    {
        var (path, next) = (Path.Combine(folder, File), Path.Combine(folder, NextFile));
        if (settings.Source != KeySource.File || !System.IO.File.Exists(next))
        {
            return;
        }

        using var waiting = LocalCheckpointKey.Parse(KeyFile.Read(next), NextFile);
        if (state.Rotations() is [.., var last] && waiting.PublicKey.AsSpan().SequenceEqual(last.New.PublicKey))
        {
            System.IO.File.Move(next, path, overwrite: true);
        }
    }

    public void Dispose()
    {
        foreach (var key in opened)
        {
            key.Dispose();
        }
    }

    private ICheckpointKey Find(IReadOnlyList<KeyRotationNote> rotations)
    {
        var wanted = rotations is [.., var last] ? last : null;
        var first = Keep(Open(settings, File));
        if (wanted is null || first.PublicKey.AsSpan().SequenceEqual(wanted.New.PublicKey))
        {
            return first;
        }

        if (settings.Next is { } next && Keep(Open(next, File)) is var second && second.PublicKey.AsSpan().SequenceEqual(wanted.New.PublicKey))
        {
            return second;
        }

        if (settings.Source == KeySource.File)
        {
            // A rotation that goes on elsewhere renames the one to the other: it is in this file, or by now in the first.
            foreach (var file in (string[])[NextFile, File])
            {
                if (TryRead(file) is { } text && Keep(LocalCheckpointKey.Parse(text, file)) is var waiting && waiting.PublicKey.AsSpan().SequenceEqual(wanted.New.PublicKey))
                {
                    return waiting;
                }
            }
        }

        throw new CheckpointKeyException(
            $"The signing key was handed over to {wanted.New.IdText}, but the settings {settings.Path} lead to another key. Give this host the key that the rotation went to.");
    }

    private string? TryRead(string file)
    {
        try
        {
            return KeyFile.Read(Path.Combine(folder, file));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private ICheckpointKey Keep(ICheckpointKey key)
    {
        opened.Add(key);
        return key;
    }

    private ICheckpointKey Open(KeySettings from, string file)
    {
        switch (from.Source)
        {
            case KeySource.File:
                return LocalCheckpointKey.Parse(KeyFile.ReadOrCreate(Path.Combine(folder, file), LocalCheckpointKey.NewPem), file);
            case KeySource.Environment:
                var (name, value) = from.Variable("Variable", Variable);
                return string.IsNullOrWhiteSpace(value)
                    ? throw new CheckpointKeyException($"The environment variable {name} is empty; {from.Path}:Source Environment needs the signing key in it, in PEM or as PKCS#8 in base64.")
                    : LocalCheckpointKey.Parse(value, name);
            case KeySource.Command:
                return Wait(() => CommandCheckpointKey.OpenAsync(from.Command(), CancellationToken.None));
            case KeySource.Vault:
                return Wait(() => VaultCheckpointKey.OpenAsync(from.Vault(), CancellationToken.None));
            case KeySource.Pkcs11:
                return Pkcs11CheckpointKey.Open(from.Pkcs11());
            default:
                throw new CryptographicException($"No such source: {from.Source}.");
        }
    }

    /// <summary>At start-up, and when a key was handed over: never for a signature.</summary>
    private static T Wait<T>(Func<Task<T>> open) => Task.Run(open).GetAwaiter().GetResult();
}
