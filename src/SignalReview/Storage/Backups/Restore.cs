using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Trail;

namespace SignalReview.Storage.Backups;

/// <param name="Manifest">Of the backup.</param>
/// <param name="ErasedAgain">How many cases had been erased since, and were erased in it before it came into place.</param>
internal sealed record RestoreReport(BackupManifest Manifest, int ErasedAgain);

/// <summary>
/// Puts a backup back. Nothing that was erased comes with it: the copy is erased in, by the list outside the database, before it takes the place of the
/// database. A host that starts does the same with a file that was copied by hand.
/// </summary>
internal static class Restore
{
    /// <param name="folder">The data folder, with its keys.</param>
    /// <param name="backup">The backup's folder.</param>
    /// <param name="replace">There may be a database, which is replaced.</param>
    /// <param name="settings">Settings of the host that bear on it, such as Privacy:ErasureList.</param>
    /// <param name="logging">For what is found.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="BackupException">A host runs, the backup is damaged, or there is a database already.</exception>
    public static async Task<RestoreReport> RunAsync(
        DataFolder folder, string backup, bool replace, IConfiguration settings, Action<ILoggingBuilder> logging, CancellationToken ct)
    {
        using var alone = DataLock.TryAlone(folder) ?? throw new BackupException($"A host works on {folder.FullPath}. Stop it first.");
        if (File.Exists(folder.DatabaseFile) && !replace)
        {
            throw new BackupException($"{folder.DatabaseFile} is there already. Make a backup of it and say --replace.");
        }

        var manifest = BackupManifest.Read(backup);
        var source = Path.Combine(backup, manifest.Database);
        if (!File.Exists(source) || await Backup.HashAsync(source, ct) != manifest.Sha256)
        {
            throw new BackupException($"{source} is not the file that its manifest describes. Take another backup.");
        }

        var copy = folder.DatabaseFile + ".restoring";
        Remove(copy);
        File.Copy(source, copy);
        var again = await EraseAsync(folder, copy, manifest, settings, logging, ct);
        Remove(folder.DatabaseFile);
        Remove(Path.Combine(folder.FullPath, "elsa.db")); // the engine's storage is made again from ours
        File.Move(copy, folder.DatabaseFile);
        return new(manifest, again);
    }

    private static async Task<int> EraseAsync(
        DataFolder folder, string copy, BackupManifest manifest, IConfiguration settings, Action<ILoggingBuilder> logging, CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder()
            .AddConfiguration(settings)
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["data"] = folder.FullPath,
                ["Database:Provider"] = nameof(SqlDialect.Sqlite),
                ["Database:ConnectionString"] = $"Data Source={copy}",
            })
            .Build();
        await using var services = new ServiceCollection().AddLogging(logging).AddSingleton<IConfiguration>(configuration).AddSignalReview(configuration).BuildServiceProvider();
        await KnowAsync(folder, services.GetRequiredService<ErasureList>(), ct);
        await services.GetRequiredService<Migrator>().MigrateAsync(ct);
        var again = await services.GetRequiredService<ErasureStart>().RunAsync(ct);
        await TellAsync(services, manifest, again, ct);
        return again;
    }

    /// <summary>The database that goes may know of an erasure that a crash kept off the list.</summary>
    private static async Task KnowAsync(DataFolder folder, ErasureList list, CancellationToken ct)
    {
        if (!File.Exists(folder.DatabaseFile))
        {
            return;
        }

        try
        {
            using var database = SqliteDatabase.InFile(folder.DatabaseFile);
            await using var db = await database.OpenReadAsync(ct);
            var erased = await db.QueryAsync<ErasureRow>("privacy/erased", null, ct);
            await list.AddAsync([.. erased.Select(Destruction.Listed)], ct);
        }
        catch (DbException)
        {
            // It is damaged, which may be why a backup is put back: the list stands as it is.
        }
    }

    private static async Task TellAsync(ServiceProvider services, BackupManifest manifest, int again, CancellationToken ct)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().Truncate();
        await using var db = await services.GetRequiredService<IDatabase>().BeginAsync(ct);
        using var organisation = await ReadLog.OrganisationAsync(db, services.GetRequiredService<KeyRing>(), ct);
        var body = TrailJson.Canonical(new { backupAt = manifest.At, manifest.TrailSize, manifest.TrailRoot, erasedAgain = again });
        var restored = new PendingEvent(Guid.CreateVersion7(now), "backup.restored", PersonId.System, "system", body);
        await TrailLog.AppendAsync(db, organisation, [restored], cause: null, policy: null, now, ct);
        await db.CommitAsync(ct);
    }

    private static void Remove(string database)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(database + suffix);
        }
    }
}
