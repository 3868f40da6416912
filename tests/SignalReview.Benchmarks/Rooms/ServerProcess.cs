using System.Diagnostics;
using System.Globalization;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>A server of its own process, as the benchmark sees it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, string kind, ServerReady ready)
    {
        this.process = process;
        Kind = kind;
        Ready = ready;
    }

    public string Kind { get; }

    public ServerReady Ready { get; }

    public static async Task<ServerProcess> StartAsync(string kind, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add(ServerChild.Argument);
        start.ArgumentList.Add(kind);
        var started = Process.Start(start) ?? throw new InvalidOperationException("The server process did not start.");
        return new(started, kind, Lines.Read<ServerReady>(await AnswerAsync(started, ct)));
    }

    public Task<ServerStat> StatAsync(CancellationToken ct) => AskAsync<ServerStat>("stat", ct);

    /// <summary>After a full collection.</summary>
    public Task<ServerStat> CollectAsync(CancellationToken ct) => AskAsync<ServerStat>("collect", ct);

    public Task<IReadOnlyList<BenchRoom>> OpenRoomsAsync(int count, int voters, CancellationToken ct) =>
        AskAsync<IReadOnlyList<BenchRoom>>(string.Create(CultureInfo.InvariantCulture, $"rooms {count} {voters}"), ct);

    public Task<int> FollowersAsync(Guid room, CancellationToken ct) => AskAsync<int>($"followers {room}", ct);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close(); // which ends it
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task<T> AskAsync<T>(string question, CancellationToken ct)
    {
        await process.StandardInput.WriteLineAsync(question.AsMemory(), ct);
        await process.StandardInput.FlushAsync(ct);
        return Lines.Read<T>(await AnswerAsync(process, ct));
    }

    /// <summary>Other lines are the server's log; they are passed on.</summary>
    private static async Task<string> AnswerAsync(Process server, CancellationToken ct)
    {
        while (await server.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith('{') || line.StartsWith('[') || int.TryParse(line, CultureInfo.InvariantCulture, out _))
            {
                return line;
            }

            await Console.Error.WriteLineAsync(line);
        }

        throw new InvalidOperationException("The server process has ended.");
    }
}
