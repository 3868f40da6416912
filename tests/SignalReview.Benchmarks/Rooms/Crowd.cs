using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Rooms;
using SignalReview.Web.Api;
using SignalReview.Web.Hubs;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>Many clients in one room. A vote is seen when the last of them has heard of it.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>After somebody came in, until everybody has been told so.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<HubConnection> clients = [];
    private readonly TimeProvider time;
    private Sight? sight;

    private Crowd(TimeProvider time) => this.time = time;

    /// <summary>Bytes of the last event, as the clients got it.</summary>
    public int EventBytes { get; private set; }

    public static async Task<Crowd> ConnectAsync(Uri server, IReadOnlyList<string> tokens, TimeProvider time, CancellationToken ct)
    {
        var crowd = new Crowd(time);
        foreach (var token in tokens)
        {
            crowd.clients.Add(await crowd.ConnectOneAsync(server, token, ct));
        }

        return crowd;
    }

    /// <summary>The first of a room's voters, all in it.</summary>
    public static async Task<Crowd> SeatAsync(ServerProcess server, BenchRoom room, int clients, TimeProvider time, CancellationToken ct)
    {
        var crowd = await ConnectAsync(server.Ready.Address, [.. room.Tokens.Take(clients)], time, ct);
        await crowd.JoinAsync(room.Case, ct);
        await Task.Delay(Settling, ct);
        return crowd;
    }

    public async Task JoinAsync(Guid room, CancellationToken ct)
    {
        foreach (var client in clients)
        {
            await client.InvokeAsync<JsonElement>("Join", room, 0L, ct);
        }
    }

    /// <summary>One after the other, each by the next client; all others wait for it.</summary>
    /// <returns>Milliseconds from the call until the last client had heard, a vote.</returns>
    public async Task<IReadOnlyList<double>> VoteAsync(Guid room, int from, int count, CancellationToken ct)
    {
        List<double> seen = [];
        for (var voter = from; voter < from + count; voter++)
        {
            var command = new CastVoteCommand(Guid.CreateVersion7(time.GetUtcNow()), 1, VoteOption.Talk, 5, 60, "Omdat we het kunnen vragen.");
            var waiting = sight = new(clients.Count);
            var answer = await clients[voter].InvokeAsync<HubAnswer>("CastVote", room, command, ct);
            if (answer.Refusal is { } refusal)
            {
                throw new InvalidOperationException($"A vote was refused: {refusal.Code}");
            }

            seen.Add((await waiting.All.WaitAsync(Patience, ct)).TotalMilliseconds);
        }

        return seen;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));

    private async Task<HubConnection> ConnectOneAsync(Uri server, string token, CancellationToken ct)
    {
        var client = new HubConnectionBuilder()
            .WithUrl(new Uri(server, HubSetup.Address), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token.Length == 0 ? null : token))
            .AddJsonProtocol(options => ApiJson.ConfigureHub(options.PayloadSerializerOptions))
            .Build();
        client.On<JsonElement>("CaseChanged", changed =>
        {
            EventBytes = changed.GetRawText().Length;
            sight?.Seen();
        });
        await client.StartAsync(ct);
        return client;
    }

    /// <summary>One vote on its way to all.</summary>
    private sealed class Sight(int clients)
    {
        private readonly long started = Stopwatch.GetTimestamp();
        private readonly TaskCompletionSource<TimeSpan> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = clients;

        public Task<TimeSpan> All => all.Task;

        public void Seen()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.TrySetResult(Stopwatch.GetElapsedTime(started));
            }
        }
    }
}
