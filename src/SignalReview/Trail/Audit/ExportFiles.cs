using System.Globalization;
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

    /// <summary>
    /// Where the setting says, or else in the data folder: right in it, because a folder that is made on the way to another has not the rights that a spool wants.
    /// </summary>
    public static ExportFiles From(IConfiguration configuration, DataFolder data) =>
        new(configuration[Setting] is { Length: > 0 } given ? Path.GetFullPath(given) : Path.Combine(data.FullPath, "exports-waiting"));

    public string Folder
    {
        get
        {
            KeyFile.EnsureFolder(path);
            return path;
        }
    }

    /// <summary>Writes beside the name it will have, so that half a file is never taken for a whole one.</summary>
    /// <param name="job">The job.</param>
    /// <param name="attempt">Which time it is built: who lost the claim to another host must not write over what that one made.</param>
    /// <param name="content">From its start.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>How large it is, and its SHA-256 in lower-case hex.</returns>
    public async Task<(long Bytes, string Sha256)> KeepAsync(Guid job, int attempt, Stream content, CancellationToken ct)
    {
        var partial = PathOf(job, attempt) + ".part";
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

        File.Move(partial, PathOf(job, attempt), overwrite: true);
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <returns>Null when it is not on this host.</returns>
    public Stream? Open(Guid job, int attempt)
    {
        try
        {
            return new FileStream(PathOf(job, attempt), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>All there is of a job.</summary>
    public void Delete(Guid job)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, $"{job:D}.*").ToList())
        {
            File.Delete(file);
        }
    }

    /// <summary>What one attempt made.</summary>
    public void Delete(Guid job, int attempt)
    {
        File.Delete(PathOf(job, attempt));
        File.Delete(PathOf(job, attempt) + ".part");
    }

    /// <summary>The jobs of which something lies here.</summary>
    public IReadOnlyList<Guid> Kept() =>
        [.. Directory.EnumerateFiles(Folder).Select(p => Guid.TryParse(Path.GetFileName(p).Split('.')[0], out var job) ? job : (Guid?)null).OfType<Guid>().Distinct()];

    private string PathOf(Guid job, int attempt) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{job:D}.{attempt}.zip"));
}
