namespace SignalReview.Trail;

/// <summary>A secret in a file of its own that ends some day, outside the database, so that ending it ends every copy of what it opens.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>It is on disk before this returns: what the database acknowledges can be opened after a power cut.</summary>
    public static void Create(string path, ReadOnlySpan<byte> secret)
    {
        KeyFile.EnsureFolder(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(secret);
        file.Flush(flushToDisk: true);
    }

    /// <returns>Null when there is none.</returns>
    public static byte[]? Find(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The file is overwritten, then deleted.</summary>
    public static void End(string path)
    {
        try
        {
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
            {
                file.Write(new byte[file.Length]);
                file.Flush(flushToDisk: true);
            }

            File.Delete(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Ended already, by another process that cleaned up.
        }
    }
}
