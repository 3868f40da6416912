using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

internal sealed class StorageSetupTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("signalreview-test-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Without_settings_it_is_SQLite_in_the_data_folder()
    {
        await using var services = Services(("data", folder));
        var database = services.GetRequiredService<IDatabase>();
        Assert.That(database.Provider, Is.EqualTo("Sqlite"));

        await using var session = await database.BeginAsync(CancellationToken.None);
        Assert.That(File.Exists(services.GetRequiredService<DataFolder>().DatabaseFile));
    }

    [Test]
    public async Task SQL_Server_is_chosen_by_its_name()
    {
        await using var services = Services(("Database:Provider", "sqlserver"), ("Database:ConnectionString", "Server=nowhere"));
        Assert.That(services.GetRequiredService<IDatabase>().Provider, Is.EqualTo("SqlServer"));
    }

    [Test]
    public void A_wrong_setting_stops_the_start_and_is_named()
    {
        Assert.That(Assert.Throws<InvalidOperationException>(() => Services(("Database:Provider", "Oracle")))!.Message, Does.Contain("Oracle"));
        Assert.That(Assert.Throws<InvalidOperationException>(() => Services(("Database:Provider", "1")))!.Message, Does.Contain("'1'"));
        Assert.That(
            Assert.Throws<InvalidOperationException>(() => Services(("Database:Provider", "SqlServer")))!.Message,
            Does.Contain("Database:ConnectionString"));
    }

    [Test]
    public void The_data_folder_comes_from_the_command_line_then_the_environment_then_the_content_root()
    {
        var (given, environment) = (Path.Combine(folder, "given"), Path.Combine(folder, "environment"));
        Assert.That(DataFolder.From(Settings(("data", given), ("SIGNALREVIEW_DATA", environment)), folder).FullPath, Is.EqualTo(given));
        Assert.That(DataFolder.From(Settings(("SIGNALREVIEW_DATA", environment)), folder).FullPath, Is.EqualTo(environment));
        Assert.That(DataFolder.From(Settings(("SIGNALREVIEW_DATA", " ")), folder).FullPath, Is.EqualTo(Path.Combine(folder, "data")));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows folders inherit the rights of their parent.")]
    [UnsupportedOSPlatform("windows")]
    public void What_it_makes_is_its_owners_only()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var data = DataFolder.At(Path.Combine(folder, "new"));
        Assert.That(File.GetUnixFileMode(data.FullPath), Is.EqualTo(OwnerOnly));
        Assert.That(File.GetUnixFileMode(data.KeysFolder), Is.EqualTo(OwnerOnly));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddStorage(Settings(settings)).BuildServiceProvider();

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
}
