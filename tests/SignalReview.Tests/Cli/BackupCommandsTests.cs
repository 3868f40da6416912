using System.CommandLine;
using SignalReview.Cli;
using SignalReview.Storage;
using SignalReview.Storage.Backups;
using SignalReview.Tests.Privacy;

namespace SignalReview.Tests.Cli;

/// <summary><c>signalreview backup</c> and <c>restore</c>, as an administrator types them.</summary>
internal sealed class BackupCommandsTests
{
    private CaseWorld world = null!;
    private TempFolder elsewhere = null!;

    private string Backups => Path.Combine(elsewhere.Path, "backups");

    private string Mirror => Path.Combine(elsewhere.Path, "mirror");

    [SetUp]
    public async Task Start()
    {
        world = await (await CaseWorld.StartAsync()).ClosedAsync();
        elsewhere = new();
        Directory.CreateDirectory(Backups);
    }

    [TearDown]
    public async Task End()
    {
        await world.DisposeAsync();
        elsewhere.Dispose();
    }

    [Test]
    public async Task A_backup_is_put_back_beside_its_mirrored_keys()
    {
        var made = await BackupAsync("--keys", Mirror);
        Assert.That(made.Code, Is.Zero, made.Errors);
        var backup = Directory.GetDirectories(Backups).Single();
        Assert.That(made.Output, Does.Contain(BackupManifest.Read(backup).Sha256).And.Contain(Mirror));
        var data = Directory.CreateDirectory(Path.Combine(elsewhere.Path, "data")).FullName;
        TempFolder.Copy(Mirror, Path.Combine(data, "keys"));

        var (code, output, errors) = await RestoreAsync(data, backup);

        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Does.Contain("Erased again: 0 cases").And.Contain("docs/guides/running.md"));
        using var database = SqliteDatabase.InFile(DataFolder.At(data).DatabaseFile);
        await using var db = await database.OpenReadAsync(CancellationToken.None);
        Assert.That(await db.ScalarAsync<long>("trail/head_size", new { Log = "signalreview" }, CancellationToken.None), Is.GreaterThan(30));
    }

    [Test]
    public async Task Without_a_place_for_the_keys_it_says_that_they_are_not_in_it()
    {
        var (code, output, _) = await BackupAsync();

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("The keys are not in it").And.Contain("--keys"));
        Assert.That(Directory.EnumerateFiles(Backups, "*", SearchOption.AllDirectories).Select(Path.GetFileName), Is.EquivalentTo(new[] { "manifest.json", "signalreview.db" }));
    }

    [Test]
    public async Task What_was_erased_after_the_backup_is_erased_again()
    {
        await BackupAsync();
        await world.ErasedAsync();
        var before = Directory.GetDirectories(Backups).Single();
        var later = Path.Combine(elsewhere.Path, "later"); // its own folder: a backup is named by the second
        var after = await InvokeAsync(BackupCommands.CreateBackup(), ["--data", world.Folder, "--to", later, "--keys", Mirror]);
        Assert.That(after.Code, Is.Zero, after.Errors);
        var data = Directory.CreateDirectory(Path.Combine(elsewhere.Path, "data")).FullName;
        TempFolder.Copy(Mirror, Path.Combine(data, "keys"));

        var (code, output, errors) = await RestoreAsync(data, before);

        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Does.Contain("Erased again: 1 cases"));
    }

    [Test]
    public async Task A_database_in_the_way_a_folder_that_is_not_there_and_one_without_a_backup_are_refused()
    {
        await BackupAsync("--keys", Mirror);
        var backup = Directory.GetDirectories(Backups).Single();
        var data = Directory.CreateDirectory(Path.Combine(elsewhere.Path, "data")).FullName;
        TempFolder.Copy(Mirror, Path.Combine(data, "keys"));
        await File.WriteAllTextAsync(DataFolder.At(data).DatabaseFile, "something");

        var inTheWay = await RestoreAsync(data, backup);
        var nowhere = await RestoreAsync(Path.Combine(elsewhere.Path, "not-there"), backup);
        var nothing = await RestoreAsync(Directory.CreateDirectory(Path.Combine(elsewhere.Path, "empty")).FullName, elsewhere.Path);

        Assert.That((inTheWay.Code, nowhere.Code, nothing.Code), Is.EqualTo((1, 1, 1)));
        Assert.That(inTheWay.Errors, Does.Contain("--replace"));
        Assert.That(nowhere.Errors, Does.Contain("not-there"));
        Assert.That(nothing.Errors, Does.Contain("manifest.json"));
        Assert.That(await File.ReadAllTextAsync(DataFolder.At(data).DatabaseFile), Is.EqualTo("something"));
        Assert.That((await RestoreAsync(data, backup, "--replace")).Code, Is.Zero);
    }

    private Task<(int Code, string Output, string Errors)> BackupAsync(params string[] options) =>
        InvokeAsync(BackupCommands.CreateBackup(), ["--data", world.Folder, "--to", Backups, .. options]);

    private static Task<(int Code, string Output, string Errors)> RestoreAsync(string data, string from, params string[] options) =>
        InvokeAsync(BackupCommands.CreateRestore(), ["--data", data, "--from", from, .. options]);

    private static async Task<(int Code, string Output, string Errors)> InvokeAsync(Command command, string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await command.Parse(args).InvokeAsync(new() { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
