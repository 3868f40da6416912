using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Signing;

namespace SignalReview.Cli;

/// <summary>
/// Commands that work on a data folder, beside a host that may be running: the product without its doors and services. Settings are the host's
/// environment variables, and what <c>--set</c> adds.
/// </summary>
internal sealed class DataCommand
{
    private readonly Option<DirectoryInfo> data = new("--data")
    {
        Description = "De map met gegevens van de server / the server's data folder",
        Required = true,
    };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Een instelling van de server, zoals Keys:Signing:Source=Vault / one of the server's settings",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> language = new("--lang") { Description = "nl | en", DefaultValueFactory = _ => "nl" };

    public DataCommand() => language.AcceptOnlyFromAmong("nl", "en");

    /// <summary>Adds the options to a command and gives it its action.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">The work; the outcome is the exit code.</param>
    /// <param name="failed">The exit code when it cannot be done at all.</param>
    public Command On(Command command, Func<DataSession, ParseResult, CancellationToken, Task<int>> run, int failed = ExitCodes.Failed)
    {
        command.Add(data);
        command.Add(set);
        command.Add(language);
        command.SetAction((parsed, ct) => RunAsync(parsed, run, failed, ct));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<DataSession, ParseResult, CancellationToken, Task<int>> run, int failed, CancellationToken ct)
    {
        var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var folder = parsed.GetRequiredValue(data);
        var dutch = parsed.GetRequiredValue(language) == "nl";
        if (!folder.Exists)
        {
            await errors.WriteLineAsync(dutch ? $"De map {folder.FullName} bestaat niet." : $"The folder {folder.FullName} is not there.");
            return ExitCodes.Usage;
        }

        try
        {
            var session = new DataSession(Configuration(folder, parsed.GetValue(set) ?? []), output, dutch);
            return await run(session, parsed, ct);
        }
        catch (Exception e) when (e is CheckpointKeyException or TrailRewrittenException or FormatException or UnauthorizedAccessException or IOException
            or InvalidOperationException or System.Security.Cryptography.CryptographicException or System.Data.Common.DbException)
        {
            await errors.WriteLineAsync(e.Message);
            return failed;
        }
    }

    private static IConfiguration Configuration(DirectoryInfo folder, IReadOnlyList<string> settings) => new ConfigurationBuilder()
        .AddEnvironmentVariables()
        .AddInMemoryCollection(settings.Select(Pair))
        .AddInMemoryCollection([new("data", folder.FullName)])
        .Build();

    private static KeyValuePair<string, string?> Pair(string setting) => setting.Split('=', 2) is [{ Length: > 0 } key, var value]
        ? new(key, value)
        : throw new FormatException($"--set {setting}: expected KEY=VALUE.");
}

/// <param name="Configuration">As the host has it.</param>
/// <param name="Output">Where to write.</param>
/// <param name="Dutch">Or English.</param>
internal sealed record DataSession(IConfiguration Configuration, TextWriter Output, bool Dutch)
{
    public DataFolder Folder { get; } = DataFolder.From(Configuration, "");

    /// <summary>The product on this data. It changes no schema: that is the host's.</summary>
    public ServiceProvider Open() => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
        .AddSingleton(Configuration)
        .AddSignalReview(Configuration)
        .BuildServiceProvider();

    public string Say(string dutch, string english) => Dutch ? dutch : english;

    public Task TellAsync(string dutch, string english) => Output.WriteLineAsync(Say(dutch, english));
}
