using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Api;

/// <summary>The examples of docs/guides/api.md run as they stand there, on the demo as it opens; only the port is another.</summary>
internal sealed class GuideExamplesTests
{
    private const string Port = "http://127.0.0.1:5080";

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task The_first_steps_with_curl_open_a_signal_once_and_are_told_what_it_misses()
    {
        await NeedAsync("sh", "-c", "curl --version && node --version");
        var script = Example("sh").Replace(Port, host.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

        using var shell = Run("sh", ["-c", script], host.DataFolder);
        var said = shell.StandardOutput.ReadToEndAsync();
        var complained = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        var output = await said;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shell.ExitCode, Is.Zero, await complained);
            Assert.That(output, Does.Contain("\"name\":\"Joost Verbeek\"").And.Contain("\"waiting\":"));
            Assert.That(output, Does.Contain("201 Created").And.Contain("Location: /api/v1/cases/").And.Contain("\"seq\":1,\"created\":null"));
            Assert.That(output, Does.Contain("\"status\":422").And.Contain("signal.reading.alternativeReading"));
            Assert.That(await DraftsAsync(), Is.EqualTo(1), "the same command twice is one draft");
        }
    }

    [Test]
    public async Task The_client_of_the_hub_joins_the_room_and_hears_its_own_question()
    {
        await NeedAsync("node", "--version");
        var folder = Directory.CreateDirectory(Path.Combine(host.DataFolder, "client"));
        var modules = Path.Combine(Repository.Root, "src", "SignalReview.Web", "node_modules");
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), modules);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "room.mjs"), Example("js"));

        using var client = Run("node", ["room.mjs", host.Address.ToString().TrimEnd('/'), await RoomOfAsync("w3"), "w3"], folder.FullName);
        var output = new StringBuilder();
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!Done(output.ToString()) && await client.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                output.AppendLine(line);
            }
        }
        finally
        {
            client.Kill(entireProcessTree: true);
        }

        Assert.That(output.ToString(), Does.Contain("joined at").And.Contain("refusal: null").And.Contain("Rachelle Pinas: What did the clip show, exactly?"));
    }

    private static bool Done(string output) =>
        output.Contains("refusal:", StringComparison.Ordinal) && output.Contains("Rachelle Pinas: ", StringComparison.Ordinal);

    private static string Example(string language)
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "api.md")).ReplaceLineEndings("\n");
        var start = guide.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];
    }

    /// <summary>As the guide says to find it.</summary>
    private async Task<string> RoomOfAsync(string person)
    {
        var work = await WorkAsync(person);
        return new[] { "waiting", "running" }
            .SelectMany(list => work[list]!["items"]!.AsArray())
            .First(item => item!["phase"]!.GetValue<string>() == "room")!["case"]!.GetValue<string>();
    }

    private async Task<int> DraftsAsync() =>
        (await WorkAsync("w2"))["waiting"]!["items"]!.AsArray().Count(item => item!["phase"]!.GetValue<string>() == "draft");

    private async Task<JsonNode> WorkAsync(string person)
    {
        using var client = await host.ClientAsync(person);
        return JsonNode.Parse(await client.GetStringAsync("/api/v1/work"))!;
    }

    private static async Task NeedAsync(string tool, params string[] arguments)
    {
        try
        {
            using var process = Run(tool, arguments, Repository.Root);
            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
            {
                return;
            }
        }
        catch (Win32Exception)
        {
            // Told below.
        }

        Assert.Ignore($"'{tool} {string.Join(' ', arguments)}' does not run here.");
    }

    private static Process Run(string tool, string[] arguments, string folder) => Process.Start(new ProcessStartInfo(tool, arguments)
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
