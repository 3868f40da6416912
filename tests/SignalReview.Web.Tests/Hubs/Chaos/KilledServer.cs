using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs.Chaos;

/// <summary>The host as a process of its own, which can be killed in the middle of anything and started again at the same address on the same data.</summary>
internal sealed class KilledServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string data;
    private readonly HttpClient client;
    private Process? process;

    public KilledServer(string data)
    {
        this.data = data;
        Address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        client = new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
    }

    public Uri Address { get; }

    /// <summary>Returns when it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(Repository.Root, "src", "SignalReview.Web"),
        };
        string[] arguments = [Dll(), "--urls", Address.ToString(), "--data", data, "--environment", "Development", "--Workflow:Engine", "Embedded", "--Logging:LogLevel:Default", "Error"];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => TestContext.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            Assert.That(process.HasExited, Is.False, "the server ended by itself");
            Assert.That(clock.Elapsed, Is.LessThan(Patience), "the server does not answer");
            await Task.Delay(50);
        }
    }

    /// <summary>As by a power cut: SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        client.Dispose();
    }

    private static string Dll()
    {
        // Built beside the tests, in the same configuration; there lie its list of assets too.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository.Root, "src", "SignalReview.Web", "bin", output.Parent!.Name, output.Name, "SignalReview.Web.dll");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await client.GetAsync("health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
