using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Storage.Backups;
using SignalReview.Tests.Privacy;
using SignalReview.Trail;

namespace SignalReview.Tests.Storage;

internal sealed class BackupTests
{
    private static readonly IConfiguration Nothing = new ConfigurationBuilder().Build();

    private CaseWorld world = null!;
    private TempFolder elsewhere = null!;

    [SetUp]
    public async Task Start()
    {
        world = await (await CaseWorld.StartAsync()).ClosedAsync();
        elsewhere = new();
    }

    [TearDown]
    public async Task End()
    {
        await world.DisposeAsync();
        elsewhere.Dispose();
    }

    [Test]
    public async Task A_backup_is_made_while_others_write_and_its_manifest_describes_it()
    {
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "case", CancellationToken.None);
            }
        });
        var (path, manifest) = await BackupAsync();
        await writing;

        var copy = Path.Combine(path, manifest.Database);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(BackupManifest.Read(path), Is.EqualTo(manifest));
            Assert.That(await Backup.HashAsync(copy, CancellationToken.None), Is.EqualTo(manifest.Sha256));
            Assert.That(manifest.TrailSize, Is.GreaterThan(30));
            Assert.That(Directory.GetFiles(path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "manifest.json", "signalreview.db" }), "no keys, no log");
        }
    }

    [Test]
    public async Task What_was_backed_up_is_read_again_after_it_was_put_back()
    {
        var (path, manifest) = await BackupAsync();
        var folder = DataFolder.At(Path.Combine(elsewhere.Path, "restored"));
        TempFolder.Copy(Path.Combine(world.Folder, "keys"), Path.Combine(folder.FullPath, "keys"));

        var report = await Restore.RunAsync(folder, path, replace: false, Nothing, _ => { }, CancellationToken.None);

        Assert.That((report.ErasedAgain, report.Manifest), Is.EqualTo((0, manifest)));
        using var database = SqliteDatabase.InFile(folder.DatabaseFile);
        await using var db = await database.OpenReadAsync(CancellationToken.None);
        using var dossier = await Dossier.OpenAsync(db, world.Get<KeyRing>(), world.Case, CancellationToken.None);
        var file = await CaseStore.LoadAsync(db, world.Case, CancellationToken.None);
        var signal = await TrailBodies.ReadAsync<SignalReview.Signals.SignalSubmission>(db, dossier!, file!.Case.SubmissionEvent!.Value, CancellationToken.None);
        Assert.That(signal!.Title, Is.EqualTo("Clip met een mes-emoji"));
        Assert.That(await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, CancellationToken.None), Is.EqualTo(manifest.TrailSize + 1), "that it was put back");
    }

    [Test]
    public async Task Nothing_is_put_back_under_a_running_host()
    {
        var (path, _) = await BackupAsync();

        Assert.That(
            async () => await Restore.RunAsync(DataFolder.At(world.Folder), path, replace: true, Nothing, _ => { }, CancellationToken.None),
            Throws.InstanceOf<BackupException>().With.Message.Contains("Stop it first"));
    }

    [Test]
    public async Task A_host_does_not_start_while_a_backup_is_put_back()
    {
        var folder = DataFolder.At(Path.Combine(elsewhere.Path, "data"));
        using var alone = DataLock.TryAlone(folder);
        using var host = new DataLock(folder);

        Assert.That(host.Share, Throws.InvalidOperationException);
        alone!.Dispose();
        host.Share();
        Assert.That(DataLock.TryAlone(folder), Is.Null);
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_damaged_backup_or_a_database_in_the_way_is_refused()
    {
        var (path, manifest) = await BackupAsync();
        var folder = DataFolder.At(Path.Combine(elsewhere.Path, "restored"));
        await File.WriteAllTextAsync(folder.DatabaseFile, "something");
        Assert.That(async () => await RestoreAsync(folder, path), Throws.InstanceOf<BackupException>().With.Message.Contains("--replace"));

        File.Delete(folder.DatabaseFile);
        await File.AppendAllTextAsync(Path.Combine(path, manifest.Database), "x");
        Assert.That(async () => await RestoreAsync(folder, path), Throws.InstanceOf<BackupException>().With.Message.Contains("manifest"));
        Assert.That(File.Exists(folder.DatabaseFile), Is.False);
    }

    [Test]
    public async Task The_mirror_of_the_keys_forgets_what_was_erased()
    {
        var backup = ActivatorUtilities.CreateInstance<Backup>(world.Services);
        var (mirror, backups) = (Path.Combine(elsewhere.Path, "mirror"), Path.Combine(elsewhere.Path, "backups"));
        backup.MirrorKeys(mirror, backups);
        var before = Shares(mirror);
        await world.ErasedAsync();

        backup.MirrorKeys(mirror, backups);

        Assert.That(before, Has.Count.EqualTo(1));
        Assert.That(Shares(mirror), Has.Count.EqualTo(1).And.Not.EqualTo(before), "the old share is gone, that of what came after is there");
        Assert.That(File.Exists(Path.Combine(mirror, "erasures.list")), Is.True);
        Assert.That(() => backup.MirrorKeys(backups, backups), Throws.InstanceOf<BackupException>());
        Assert.That(() => backup.MirrorKeys(Path.Combine(world.Folder, "mirror"), backups), Throws.InstanceOf<BackupException>());
    }

    private static List<string?> Shares(string keys) => [.. Directory.GetFiles(Path.Combine(keys, "dossiers")).Select(Path.GetFileName)];

    private Task<(string Folder, BackupManifest Manifest)> BackupAsync() =>
        ActivatorUtilities.CreateInstance<Backup>(world.Services).RunAsync(Path.Combine(elsewhere.Path, "backups"), CancellationToken.None);

    private static Task<RestoreReport> RestoreAsync(DataFolder folder, string path) =>
        Restore.RunAsync(folder, path, replace: false, Nothing, _ => { }, CancellationToken.None);
}
