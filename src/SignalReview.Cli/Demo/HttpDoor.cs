using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Demo;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Cli.Demo;

/// <summary>Plays the demo over the API and, in the room, over the hub: every call with the token of the person who makes it.</summary>
internal sealed class HttpDoor(Uri server, TimeProvider time) : IDemoDoor, IAsyncDisposable
{
    private readonly HttpClient http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HubConnection> hubs = new(StringComparer.Ordinal);

    public DateTimeOffset Now => time.GetUtcNow();

    public Guid IdOf(string subject) => DemoPeople.All.Single(p => p.Subject == subject).Id.Value;

    public string SubjectOf(Guid person) => DemoPeople.All.Single(p => p.Id.Value == person).Subject;

    public async Task<CaseId> StartAsync(string subject, CancellationToken ct)
    {
        var command = new StartSignalCommand(Guid.CreateVersion7(Now));
        return (await PostAsync<StartSignalCommand, Acknowledgement>(subject, "api/v1/signals", command, ct)).CaseId;
    }

    public async Task SendAsync<TCommand>(string subject, CaseId caseId, TCommand command, CancellationToken ct)
        where TCommand : ICommand
    {
        switch (command)
        {
            case JoinRoomCommand:
                await InvokeAsync(subject, "Join", ct, caseId, 0L);
                break;
            case SayCommand:
                await InvokeAsync(subject, "Say", ct, caseId, command);
                break;
            case CastVoteCommand:
                await InvokeAsync(subject, "CastVote", ct, caseId, command);
                break;
            case SubmitSignalCommand:
                await PostAsync<TCommand, Acknowledgement>(subject, $"api/v1/signals/{caseId}/submit", command, ct);
                break;
            default:
                await PostAsync<TCommand, Acknowledgement>(subject, $"api/v1/cases/{caseId}/{Route(typeof(TCommand))}", command, ct);
                break;
        }
    }

    public async Task<CaseView> ViewAsync(string subject, CaseId caseId, CancellationToken ct)
    {
        using var request = await RequestAsync(HttpMethod.Get, subject, $"api/v1/cases/{caseId}", ct);
        using var response = await http.SendAsync(request, ct);
        await ThrowIfRefusedAsync(subject, response, ct);
        return (await response.Content.ReadFromJsonAsync<CaseView>(ViewJson.Options, ct))!;
    }

    /// <summary>The case's bundle, as a file that the caller deletes.</summary>
    public async Task<string> ExportAsync(string subject, CaseId caseId, string reason, CancellationToken ct)
    {
        using var request = await RequestAsync(HttpMethod.Post, subject, $"api/v1/trail/cases/{caseId}/export", ct);
        request.Content = JsonContent.Create(new { reason }, options: TrailJson.Options);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await ThrowIfRefusedAsync(subject, response, ct);
        var path = Path.GetTempFileName();
        await using var file = File.Create(path);
        await response.Content.CopyToAsync(file, ct);
        return path;
    }

    public async Task<string> VerifierKeyAsync(string subject, CancellationToken ct)
    {
        using var request = await RequestAsync(HttpMethod.Get, subject, "api/v1/trail/vkey", ct);
        using var response = await http.SendAsync(request, ct);
        await ThrowIfRefusedAsync(subject, response, ct);
        return await response.Content.ReadAsStringAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in hubs.Values)
        {
            await hub.DisposeAsync();
        }

        http.Dispose();
    }

    /// <summary>CastVoteCommand → cast-vote.</summary>
    private static string Route(Type command)
    {
        var route = new StringBuilder();
        foreach (var letter in command.Name[..^"Command".Length])
        {
            if (char.IsUpper(letter) && route.Length > 0)
            {
                route.Append('-');
            }

            route.Append(char.ToLowerInvariant(letter));
        }

        return route.ToString();
    }

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(string subject, string path, TBody body, CancellationToken ct)
    {
        using var request = await RequestAsync(HttpMethod.Post, subject, path, ct);
        request.Content = JsonContent.Create(body, options: TrailJson.Options);
        using var response = await http.SendAsync(request, ct);
        await ThrowIfRefusedAsync(subject, response, ct);
        return (await response.Content.ReadFromJsonAsync<TAnswer>(TrailJson.Options, ct))!;
    }

    private async Task InvokeAsync(string subject, string method, CancellationToken ct, params object?[] arguments)
    {
        var hub = await HubAsync(subject, ct);
        var answer = await hub.InvokeCoreAsync<JsonElement>(method, arguments, ct);
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("refusal", out var refusal) && refusal.ValueKind == JsonValueKind.Object)
        {
            throw new DemoFailedException($"{subject} was refused in the room: {refusal}");
        }
    }

    private async Task<HubConnection> HubAsync(string subject, CancellationToken ct)
    {
        if (!hubs.TryGetValue(subject, out var hub))
        {
            hub = new HubConnectionBuilder()
                .WithUrl(new Uri(http.BaseAddress!, "hubs/room"), options => options.AccessTokenProvider = async () => await TokenAsync(subject, ct))
                .AddJsonProtocol(options => options.PayloadSerializerOptions = TrailJson.Options)
                .Build();
            hubs.Add(subject, hub);
        }

        if (hub.State == HubConnectionState.Disconnected)
        {
            await hub.StartAsync(ct);
        }

        return hub;
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string subject, string path, CancellationToken ct)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(subject, ct));
        return request;
    }

    private async Task<string> TokenAsync(string subject, CancellationToken ct)
    {
        if (!tokens.TryGetValue(subject, out var token))
        {
            using var response = await http.PostAsJsonAsync("demo/token", new { person = subject }, ct);
            if (!response.IsSuccessStatusCode)
            {
                throw new DemoFailedException(
                    $"{http.BaseAddress} gives no demo tokens ({(int)response.StatusCode}). It does so in Development and on loopback only.");
            }

            token = (await response.Content.ReadFromJsonAsync<TokenAnswer>(ct))!.AccessToken;
            tokens.Add(subject, token);
        }

        return token;
    }

    private static async Task ThrowIfRefusedAsync(string subject, HttpResponseMessage response, CancellationToken ct)
    {
        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadAsStringAsync(ct);
            throw new DemoFailedException(
                $"{subject}: {response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath} → {(int)response.StatusCode} {problem}");
        }
    }

    private sealed record Acknowledgement(CaseId CaseId);

    private sealed record TokenAnswer(string AccessToken);
}
