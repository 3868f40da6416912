using System.Globalization;
using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.Trail;

namespace SignalReview.Storage.Backups;

/// <summary>
/// Backs up the embedded database while the host runs: a consistent copy, with a manifest that holds its hash and the root of its trail. The keys are never in
/// it; they can be mirrored to another place, where a key that has ended ends too.
/// </summary>
internal sealed class Backup(DataFolder folder, IDatabase database, KeyRing keys, TimeProvider time)
{
    private const string DatabaseFile = "signalreview.db";

    /// <param name="target">A folder for backups; each gets one of its own in it.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>The backup's folder, and its manifest.</returns>
    /// <exception cref="BackupException">Not SQLite, or the target lies in the data folder.</exception>
    public async Task<(string Folder, BackupManifest Manifest)> RunAsync(string target, CancellationToken ct)
    {
        if (database is not SqliteDatabase sqlite)
        {
            throw new BackupException("SQL Server is backed up by its own means; see docs/guides/running.md.");
        }

        RefuseInside(target, folder.FullPath, "A backup does not belong in the data folder: one disk would take both.");
        var now = time.GetUtcNow().Truncate();
        var path = Path.Combine(Path.GetFullPath(target), $"signalreview-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        if (Directory.Exists(path))
        {
            throw new BackupException($"{path} is there already.");
        }

        KeyFile.EnsureFolder(path);
        var copy = Path.Combine(path, DatabaseFile);
        await sqlite.CopyToAsync(copy, ct);
        var (migration, size, root) = await DescribeAsync(copy, ct);
        var manifest = new BackupManifest(
            1, now, DatabaseFile, new FileInfo(copy).Length, await HashAsync(copy, ct), migration, size, Convert.ToBase64String(root), keys.WrappingKeyId);
        manifest.Write(path);
        return (path, manifest);
    }

    /// <summary>
    /// Makes a folder hold the keys as they are now. What has ended since the last time is overwritten and deleted there too, so that a case that was erased stays
    /// erased; that is why there is one mirror, and no history of it.
    /// </summary>
    /// <exception cref="BackupException">The mirror would lie with the database or in the keys' own folder.</exception>
    public void MirrorKeys(string mirror, string backups)
    {
        RefuseInside(mirror, folder.FullPath, "The keys' mirror does not belong in the data folder.");
        RefuseInside(mirror, backups, "The keys' mirror does not belong with the backups: whoever has both can read everything.");
        RefuseInside(backups, mirror, "The keys' mirror does not belong with the backups: whoever has both can read everything.");
        KeyFile.EnsureFolder(mirror);
        var there = Files(keys.Folder).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in Files(mirror).Where(file => !there.Contains(file)).ToList())
        {
            SecretFile.End(Path.Combine(mirror, gone));
        }

        foreach (var file in there)
        {
            var (from, to) = (Path.Combine(keys.Folder, file), Path.Combine(mirror, file));
            if (!File.Exists(to) || !File.ReadAllBytes(from).AsSpan().SequenceEqual(File.ReadAllBytes(to)))
            {
                SecretFile.End(to);
                SecretFile.Create(to, File.ReadAllBytes(from));
            }
        }
    }

    public static async Task<string> HashAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }

    private static async Task<(int Migration, long Size, byte[] Root)> DescribeAsync(string copy, CancellationToken ct)
    {
        using var database = SqliteDatabase.InFile(copy);
        await using var db = await database.OpenReadAsync(ct);
        var migration = await db.ScalarAsync<int>("storage/last_migration", null, ct);
        var size = await db.FirstOrDefaultAsync<long?>("trail/head_size", new { Log = TrailLog.Name }, ct) ?? 0;
        return (migration, size, await MerkleTree.RootAsync(new DatabaseTree(db), size, ct));
    }

    /// <summary>Keys of open urns live for one ballot and belong in no copy; locks are nobody's.</summary>
    private static IEnumerable<string> Files(string root) => Directory
        .EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(root, path))
        .Where(path => !path.StartsWith("urns", StringComparison.Ordinal) && Path.GetExtension(path) is not (".lock" or ".tmp"));

    private static void RefuseInside(string path, string outer, string why)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(outer), Path.GetFullPath(path));
        if (relative == "." || !(relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)))
        {
            throw new BackupException($"{path}: {why}");
        }
    }
}
