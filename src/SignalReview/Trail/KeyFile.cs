using System.Runtime.Versioning;

namespace SignalReview.Trail;

/// <summary>A secret in a file that only the owner may read, made once, also when two processes start at the same moment.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    public static void EnsureFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        CreateForOwner(folder);
        RefuseWideRights(folder, "0700");
    }

    /// <summary>Missing parents too: .NET would give these the rights that everybody's folders have.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void CreateForOwner(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(folder)) is { Length: > 0 } parent)
        {
            CreateForOwner(parent);
        }

        Directory.CreateDirectory(folder, OwnerFolder);
    }

    /// <summary>The text of the file; made with <paramref name="create"/> when it is not there.</summary>
    public static string ReadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
        {
            CreateOnce(path, create);
        }

        return Read(path);
    }

    public static string Read(string path)
    {
        RefuseWideRights(path, "0600");
        return File.ReadAllText(path);
    }

    /// <summary>Replaces the file in one step: a crash leaves the old text or the new one, never half of it.</summary>
    public static void Replace(string path, string text)
    {
        var temporary = WriteTemporary(path, text);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>An exclusive lock among all processes, held until it is disposed of; null while another holds it.</summary>
    public static FileStream? TryLock(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    private static void CreateOnce(string path, Func<string> create)
    {
        // Moving without overwrite looks and then renames on Unix: of two processes that start at the same moment both could win,
        // and what one of them encrypted would be lost. So they take turns.
        FileStream? turn = null;
        if (!SpinWait.SpinUntil(() => (turn = TryLock(path + ".lock")) is not null, LockPatience))
        {
            throw new IOException($"{path}.lock is held by another process.");
        }

        using (turn)
        {
            if (!File.Exists(path))
            {
                Replace(path, create());
            }
        }
    }

    private static string WriteTemporary(string path, string text)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(temporary, options);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
        return temporary;
    }

    private static void RefuseWideRights(string path, string expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the folder's access list is the administrator's; see the guide on running it
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != UnixFileMode.None)
        {
            throw new UnauthorizedAccessException(
                $"{path} can be reached by others than its owner (mode {Convert.ToString((int)mode, 8)}). Make it {expected} (chmod) and, " +
                "if someone may have read it, replace the key.");
        }
    }
}
