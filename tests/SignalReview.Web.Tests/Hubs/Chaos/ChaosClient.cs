using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Tests.Hubs.Chaos;

/// <summary>
/// A program that follows a room as the guide of the API says: it joins after every loss, reads the case when it hears of a number it does not
/// show, and sends a command again, with the same id, until it is acknowledged.
/// </summary>
internal sealed class ChaosClient(Uri server, Guid caseId, string person, Loss loss) : IAsyncDisposable
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(5) };
    private HubConnection connection = null!;
    private Task following = Task.CompletedTask;
    private long heard;

    public string Person => person;

    /// <summary>What it shows now.</summary>
    public Screen Screen { get; private set; } = new(0, [], 0);

    /// <summary>The ids of messages that the server acknowledged.</summary>
    public ConcurrentBag<Guid> Acknowledged { get; } = [];

    public void Start() => following = FollowAsync(stop.Token);

    public async Task SayAsync(string text)
    {
        var command = new { commandId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), text };
        var answer = await UntilAcknowledgedAsync("Say", command);
        Acknowledged.Add(answer.GetProperty("created").GetGuid());
    }

    public Task VoteAsync() => UntilAcknowledgedAsync(
        "CastVote",
        new { commandId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), round = 1, option = "talk", concern = 5, confidence = 60, reason = $"Stem van {person}." });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await following;
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        http.Dispose();
        stop.Dispose();
    }

    private async Task<JsonElement> UntilAcknowledgedAsync(string method, object command)
    {
        while (true)
        {
            try
            {
                using var patience = new CancellationTokenSource(Answer);
                var answer = await connection.InvokeAsync<JsonElement>(method, caseId, command, patience.Token);
                Assert.That(answer.GetProperty("refusal").ValueKind, Is.EqualTo(JsonValueKind.Null), $"{person} {method}: {answer}");
                return answer;
            }
            catch (Exception e) when (e is not AssertionException)
            {
                // Killed, or the answer got lost: perhaps done, perhaps not. The same again.
                stop.Token.ThrowIfCancellationRequested();
                await Task.Delay(Pause, stop.Token);
            }
        }
    }

    /// <summary>It has joined, or heard of the case, over the line that it has now.</summary>
    public bool IsBack { get; private set; }

    private async Task FollowAsync(CancellationToken ct)
    {
        connection = Connect();
        connection.Closed += _ =>
        {
            IsBack = false;
            return Task.CompletedTask;
        };
        var joining = Task.CompletedTask;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (connection.State == HubConnectionState.Disconnected)
                {
                    IsBack = false;
                    await connection.StartAsync(ct);
                    joining = JoinAsync(ct);
                }
                else if (joining.IsFaulted && connection.State == HubConnectionState.Connected)
                {
                    joining = JoinAsync(ct); // its answer got lost
                }

                // Not only after the join's answer: the numbers that are said show that the server has it, and what was missed.
                if (Interlocked.Read(ref heard) > Screen.Seq)
                {
                    Show(await http.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{caseId}", ct));
                }
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                // The server is away: tried again below.
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(50, CancellationToken.None);
        }

        await joining.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private async Task JoinAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Answer);
        try
        {
            var answer = await connection.InvokeAsync<JsonElement>("Join", caseId, Screen.Seq, patience.Token);
            Show(answer.GetProperty("view"));
            IsBack = true;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("The answer got lost.", e); // faulted, and not cancelled: it is asked again
        }
    }

    private void Show(JsonElement view)
    {
        if (view.GetProperty("seq").GetInt64() < Screen.Seq)
        {
            return; // asked before what is shown, and answered after it
        }

        var room = view.GetProperty("room");
        var ballot = room.GetProperty("ballot");
        Screen = new(
            view.GetProperty("seq").GetInt64(),
            [.. room.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("id").GetGuid()).Order()],
            ballot.ValueKind == JsonValueKind.Null ? -1 : ballot.GetProperty("in").GetInt32());
    }

    private HubConnection Connect()
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, "/hubs/room"), options => options.AccessTokenProvider = TokenAsync);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHubProtocol>(new LossyProtocol(loss)));
        var line = builder.Build();
        line.On<JsonElement>("CaseChanged", Hear);
        line.On<JsonElement>("CaseAt", Hear);
        return line;
    }

    private void Hear(JsonElement told)
    {
        IsBack = true;
        var seq = told.GetProperty("seq").GetInt64();
        var before = Interlocked.Read(ref heard);
        while (seq > before && Interlocked.CompareExchange(ref heard, seq, before) != before)
        {
            before = Interlocked.Read(ref heard);
        }
    }

    /// <summary>A demo token dies with the process that gave it, so each connection asks for one.</summary>
    private async Task<string?> TokenAsync()
    {
        using var response = await http.PostAsJsonAsync("/demo/token", new DemoTokenRequest(person));
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadFromJsonAsync<DemoTokenResponse>())!.AccessToken;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }
}

/// <summary>What somebody sees, or what the database holds.</summary>
/// <param name="Seq">Where the case is.</param>
/// <param name="Messages">Their ids, in order.</param>
/// <param name="Ballots">How many are in.</param>
internal sealed record Screen(long Seq, IReadOnlyList<Guid> Messages, int Ballots)
{
    public bool Shows(Screen other) => Seq == other.Seq && Ballots == other.Ballots && Messages.SequenceEqual(other.Messages);
}
