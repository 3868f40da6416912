using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Privacy.Erasure;
using SignalReview.Storage;
using SignalReview.Storage.Backups;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview backup</c> and <c>restore</c>, on the data folder of a host with the embedded database. Exit code 0 = done, 1 = refused.
/// </summary>
internal static class BackupCommands
{
    public static Command CreateBackup()
    {
        var data = Data();
        var to = new Option<DirectoryInfo>("--to") { Description = "A folder for backups, on another disk", Required = true };
        var keys = new Option<DirectoryInfo?>("--keys") { Description = "Mirror the keys there too: a third place, apart from the backups" };
        var list = List();
        var command = new Command("backup", "Copies the database while the host runs, with a manifest of its hash and its trail") { data, to, keys, list };
        command.SetAction((parsed, ct) => GuardAsync(parsed, output => BackupAsync(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(to), parsed.GetValue(keys), Settings(parsed.GetValue(list)), output, ct)));
        return command;
    }

    public static Command CreateRestore()
    {
        var data = Data();
        var from = new Option<DirectoryInfo>("--from") { Description = "The folder of one backup", Required = true };
        var replace = new Option<bool>("--replace") { Description = "There is a database, and it is replaced" };
        var list = List();
        var command = new Command("restore", "Puts a backup back, without what was erased since; the host must be stopped") { data, from, replace, list };
        command.SetAction((parsed, ct) => GuardAsync(parsed, output => RestoreAsync(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(from), parsed.GetValue(replace), Settings(parsed.GetValue(list)), output, ct)));
        return command;
    }

    private static Option<DirectoryInfo> Data() => new("--data") { Description = "The host's data folder", Required = true };

    private static Option<FileInfo?> List() => new("--erasure-list") { Description = "The list of erasures, when the host's setting Privacy:ErasureList names one" };

    private static IConfiguration Settings(FileInfo? list) => new ConfigurationBuilder()
        .AddEnvironmentVariables()
        .AddInMemoryCollection(list is null ? [] : [KeyValuePair.Create<string, string?>("Privacy:ErasureList", list.FullName)])
        .Build();

    private static async Task<int> GuardAsync(ParseResult parsed, Func<TextWriter, Task> run)
    {
        try
        {
            await run(parsed.InvocationConfiguration.Output);
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is BackupException or ErasureListException or IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task BackupAsync(
        DirectoryInfo data, DirectoryInfo to, DirectoryInfo? mirror, IConfiguration settings, TextWriter output, CancellationToken ct)
    {
        var folder = Existing(data);
        var configuration = new ConfigurationBuilder()
            .AddConfiguration(settings)
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("data", folder.FullPath)])
            .Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSignalReview(configuration).BuildServiceProvider();
        var backup = ActivatorUtilities.CreateInstance<Backup>(services);
        var (path, manifest) = await backup.RunAsync(to.FullName, ct);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {manifest.Bytes} bytes, {manifest.TrailSize} events in the trail, sha256 {manifest.Sha256}"));
        if (mirror is null)
        {
            await output.WriteLineAsync("The keys are not in it. Without them nothing that people wrote can be read: mirror them with --keys, to a third place.");
            return;
        }

        backup.MirrorKeys(mirror.FullName, to.FullName);
        await output.WriteLineAsync($"{mirror.FullName}: the keys as they are now. Keep no older copy of it: that could open what was erased since.");
    }

    private static async Task RestoreAsync(
        DirectoryInfo data, DirectoryInfo from, bool replace, IConfiguration settings, TextWriter output, CancellationToken ct)
    {
        var report = await Restore.RunAsync(Existing(data), from.FullName, replace, settings, logging => logging.AddSimpleConsole(), ct);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Put back as of {report.Manifest.At:O}. Erased again: {report.ErasedAgain} cases."));
        await output.WriteLineAsync("The trail is shorter than what was signed, so checkpoints and exports raise an alarm until somebody acknowledges it: see docs/guides/running.md.");
    }

    private static DataFolder Existing(DirectoryInfo data) => data.Exists
        ? DataFolder.At(data.FullName)
        : throw new BackupException($"{data.FullName} is not there.");
}
