namespace SignalReview.Trail.Signing;

/// <summary>
/// What the signer remembers, outside the database and for all hosts alike: the last checkpoint it signed, how its key was handed over, and
/// the alarms. One host at a time changes it, under its lock.
/// </summary>
internal sealed class SignerState
{
    public const string LastFile = "last-checkpoint";
    public const string RotationsFile = "key-rotations";
    private const string AlarmsFolder = "alarms";

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    public SignerState(string folder)
    {
        KeyFile.EnsureFolder(folder);
        Folder = folder;
    }

    public string Folder { get; }

    public string LastPath => Path.Combine(Folder, LastFile);

    /// <summary>Made when it is first asked for.</summary>
    public string Alarms
    {
        get
        {
            var path = Path.Combine(Folder, AlarmsFolder);
            KeyFile.EnsureFolder(path);
            return path;
        }
    }

    /// <returns>The note as it was written; null before the first.</returns>
    public string? Last() => File.Exists(LastPath) ? KeyFile.Read(LastPath) : null;

    public void Remember(string note) => KeyFile.Replace(LastPath, note);

    /// <summary>The signer begins anew with the tree that it finds; what it knew is kept beside.</summary>
    public void Abandon(string keptAs)
    {
        if (File.Exists(LastPath))
        {
            File.Move(LastPath, Path.Combine(Alarms, keptAs), overwrite: true);
        }
    }

    /// <summary>The handings-over of the signing key, oldest first.</summary>
    /// <exception cref="CheckpointKeyException">The file was changed.</exception>
    public IReadOnlyList<KeyRotationNote> Rotations()
    {
        var path = Path.Combine(Folder, RotationsFile);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            var text = KeyFile.Read(path);
            var first = KeyRotationNote.Parse(text.Split($"\n\n{KeyRotationNote.Head}\n", 2) is [var one, _] ? one + "\n" : text);
            return KeyChain.Parse(first.Old, text).Notes;
        }
        catch (FormatException e)
        {
            throw new CheckpointKeyException($"{path} was changed: {e.Message} Put it back from a copy of the keys folder.", e);
        }
    }

    /// <summary>From here on the new key signs.</summary>
    public void Add(KeyRotationNote note) =>
        KeyFile.Replace(Path.Combine(Folder, RotationsFile), KeyChain.ToText([.. Rotations(), note]));

    /// <exception cref="IOException">Another process holds it for longer than any signing takes.</exception>
    public async Task<FileStream> LockAsync(CancellationToken ct)
    {
        var path = LastPath + ".lock";
        for (var waited = TimeSpan.Zero; waited < LockPatience; waited += LockRetry)
        {
            if (KeyFile.TryLock(path) is { } held)
            {
                return held;
            }

            await Task.Delay(LockRetry, ct); // another process is signing
        }

        throw new IOException($"{path} is held by another process.");
    }
}
