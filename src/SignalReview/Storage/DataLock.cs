namespace SignalReview.Storage;

/// <summary>
/// Tells who works on the data folder: any number of hosts at once, or one restore alone. Held until it is disposed of; a process that dies lets go.
/// </summary>
internal sealed class DataLock(DataFolder folder) : IDisposable
{
    private readonly Lock turn = new();
    private FileStream? held;

    private string FilePath => Path.Combine(folder.FullPath, "host.lock");

    /// <summary>As a host; may be called again.</summary>
    /// <exception cref="InvalidOperationException">A backup is being put back.</exception>
    public void Share()
    {
        lock (turn)
        {
            held ??= Open(FileAccess.Read, FileShare.Read)
                ?? throw new InvalidOperationException($"A backup is being put back into {folder.FullPath}. Start again when that is done.");
        }
    }

    /// <returns>Null while a host works on the folder.</returns>
    public static IDisposable? TryAlone(DataFolder folder) => new DataLock(folder).Open(FileAccess.ReadWrite, FileShare.None);

    public void Dispose() => held?.Dispose();

    private FileStream? Open(FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(FilePath, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }
}
