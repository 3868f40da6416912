using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;

namespace SignalReview.Web.Tests.Support;

/// <summary>One window with a hub connection; it keeps every word that it was sent.</summary>
internal sealed class RoomListener : IAsyncDisposable
{
    private static readonly string[] Events = ["CaseChanged", "CaseAt", "PresenceChanged", "MessageSaid", "SomebodyTypes", "AccessEnded"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HubConnection connection;
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RoomListener(HubConnection connection, string person)
    {
        this.connection = connection;
        Person = person;
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        foreach (var name in Events)
        {
            connection.On<JsonElement>(name, sent => Heard.Enqueue((name, sent.GetRawText())));
        }
    }

    public string Person { get; }

    public ConcurrentQueue<(string Name, string Json)> Heard { get; } = new();

    /// <summary>Ends when the connection has; this client does not connect again by itself.</summary>
    public Task Closed => closed.Task.WaitAsync(Patience);

    public static Task<RoomListener> StartAsync(WebHost host, string person, string language = "nl") =>
        StartAsync(host.Hub($"/hubs/room?culture={language}", person), person);

    /// <summary>Over a connection of the test's own making.</summary>
    public static async Task<RoomListener> StartAsync(HubConnection connection, string person)
    {
        var listener = new RoomListener(connection, person);
        await listener.connection.StartAsync();
        return listener;
    }

    /// <summary>Calls the hub; the answer is kept too.</summary>
    public async Task<JsonNode> CallAsync(string method, params object?[] arguments)
    {
        var answer = await connection.InvokeCoreAsync<JsonElement>(method, arguments);
        Heard.Enqueue((method, answer.GetRawText()));
        return JsonNode.Parse(answer.GetRawText())!;
    }

    /// <summary>Calls what answers nothing.</summary>
    public Task InvokeAsync(string method, params object?[] arguments) => connection.InvokeCoreAsync(method, arguments);

    public async Task<JsonNode> JoinAsync(Guid caseId, long lastSeq = 0)
    {
        var answer = await CallAsync("Join", caseId, lastSeq);
        Assert.That(answer["refusal"], Is.Null, $"{Person} could not join");
        return answer;
    }

    public IReadOnlyList<JsonNode> Of(string name) => [.. Heard.Where(h => h.Name == name).Select(h => JsonNode.Parse(h.Json)!)];

    /// <summary>Waits until something that fits was heard.</summary>
    public async Task<JsonNode> HearAsync(string name, Func<JsonNode, bool>? fits = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (Of(name).FirstOrDefault(fits ?? (_ => true)) is { } heard)
            {
                return heard;
            }

            Assert.That(clock.Elapsed, Is.LessThan(Patience), $"{Person} did not hear {name}; heard: {string.Join(" ", Heard)}");
            await Task.Delay(20);
        }
    }

    public Task StopAsync() => connection.StopAsync();

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
