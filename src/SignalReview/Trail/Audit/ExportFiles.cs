using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>
/// Where exports wait until they are downloaded: a folder that only its owner can read. Several hosts need one that they share, or a download finds its file on the
/// host that built it alone.
/// </summary>
/// <param name="path">Made when it is not there.</param>
internal sealed class ExportFiles(string path)
{
    public const string Setting = "Exports:Folder";

    /// <summary>Where the setting says, or else in the data folder.</summary>
    public static ExportFiles From(IConfiguration configuration, DataFolder data) =>
        new(configuration[Setting] is { Length: > 0 } given ? Path.GetFullPath(given) : Path.Combine(data.FullPath, "exports", "waiting"));

    public string Folder
    {
        get
        {
            KeyFile.EnsureFolder(path);
            return path;
        }
    }

    /// <summary>Writes beside the name it will have, so that half a file is never taken for a whole one.</summary>
    /// <returns>How large it is, and its SHA-256 in lower-case hex.</returns>
    public async Task<(long Bytes, string Sha256)> KeepAsync(Guid job, Stream content, CancellationToken ct)
    {
        var partial = PathOf(job) + ".part";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var buffer = new byte[128 * 1024];
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
                bytes += read;
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(partial, PathOf(job), overwrite: true);
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <returns>Null when it is not on this host.</returns>
    public Stream? Open(Guid job)
    {
        try
        {
            return new FileStream(PathOf(job), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Delete(Guid job)
    {
        File.Delete(PathOf(job));
        File.Delete(PathOf(job) + ".part");
    }

    /// <summary>The jobs of which something lies here.</summary>
    public IReadOnlyList<Guid> Kept() =>
        [.. Directory.EnumerateFiles(Folder).Select(p => Guid.TryParse(Path.GetFileName(p).Split('.')[0], out var job) ? job : (Guid?)null).OfType<Guid>().Distinct()];

    private string PathOf(Guid job) => Path.Combine(Folder, $"{job:D}.zip");
}
