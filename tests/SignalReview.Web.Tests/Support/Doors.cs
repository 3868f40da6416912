using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Web.Tests.Support;

/// <summary>
/// Uses the product as programs do: over HTTP, each call as one of the demo's people. It remembers everything that anybody was answered, so
/// that a test can ask afterwards who got to see what.
/// </summary>
internal sealed class Doors(WebHost host) : IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> clients = new(StringComparer.Ordinal);
    private readonly List<RoomListener> listeners = [];

    /// <summary>Every body that was answered, with who got it.</summary>
    public List<(string Person, string Path, string Body)> Answers { get; } = [];

    /// <summary>The case that was started last.</summary>
    public Guid Case { get; private set; }

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static Guid IdOf(string person) => DemoPeople.All.Single(p => p.Subject == person).Id.Value;

    public static string SubjectOf(Guid id) => DemoPeople.All.Single(p => p.Id.Value == id).Subject;

    public string Path(string rest) => $"/api/v1/cases/{Case}{(rest.Length == 0 ? "" : "/")}{rest}";

    public async Task<HttpResponseMessage> SendAsync(
        string person, HttpMethod method, string path, object? body = null, string? language = null, params (string Name, string Value)[] headers)
    {
        if (!clients.TryGetValue(person, out var client))
        {
            clients.Add(person, client = await host.ClientAsync(person));
        }

        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        }

        if (language is not null)
        {
            request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request);
        await response.Content.LoadIntoBufferAsync();
        Answers.Add((person, path, await response.Content.ReadAsStringAsync()));
        return response;
    }

    /// <summary>Gives a command that must succeed; a commandId is added.</summary>
    public async Task<JsonNode> DoAsync(string person, string path, object? command = null)
    {
        var body = JsonSerializer.SerializeToNode(command ?? new { }, JsonSerializerOptions.Web)!.AsObject();
        body["commandId"] ??= NewId();
        using var response = await SendAsync(person, HttpMethod.Post, path, body.ToJsonString());
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, $"{person} POST {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Gives a command of the case that must succeed.</summary>
    public Task<JsonNode> GiveAsync(string person, string command, object? content = null) => DoAsync(person, Path(command), content);

    public async Task<JsonNode> GetAsync(string person, string path)
    {
        using var response = await SendAsync(person, HttpMethod.Get, path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{person} GET {path}: {text}");
        return JsonNode.Parse(text)!;
    }

    public Task<JsonNode> ViewAsync(string person) => GetAsync(person, Path(""));

    /// <summary>Somebody listening in the room; started, not yet joined.</summary>
    public async Task<RoomListener> ListenAsync(string person)
    {
        var listener = await RoomListener.StartAsync(host, person);
        listeners.Add(listener);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
        {
            await listener.DisposeAsync();
        }

        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    // The walk of one case, as w2's.

    public async Task StartAsync()
    {
        var started = await DoAsync("w2", "/api/v1/signals");
        Case = started["caseId"]!.GetValue<Guid>();
    }

    public async Task SubmitAsync(string? marker = null)
    {
        await StartAsync();
        await DoAsync("w2", $"/api/v1/signals/{Case}/submit", new { signal = Signal(marker), workflow = "collegial-consultation" });
    }

    /// <returns>The readers.</returns>
    public async Task<IReadOnlyList<string>> ToInterpretingAsync()
    {
        await SubmitAsync();
        var readers = await ReadersAsync();
        foreach (var reader in readers)
        {
            await GiveAsync(reader, "accept-invitation");
        }

        await GiveAsync("w2", "finish-clarifying");
        return readers;
    }

    public async Task<IReadOnlyList<string>> ToRoomAsync()
    {
        var readers = await ToComparingAsync();
        await GiveAsync("w2", "finish-comparing", new { openRoom = true });
        return readers;
    }

    /// <summary>A room that was opened for a talk without phases, as before there were methods: everyone may say anything.</summary>
    public async Task<IReadOnlyList<string>> ToTalkAsync()
    {
        var readers = await ToComparingAsync();
        await using (var db = await host.Services.GetRequiredService<IDatabase>().BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync("DELETE FROM case_methods", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        await GiveAsync("w2", "finish-comparing", new { openRoom = true });
        return readers;
    }

    public async Task<IReadOnlyList<string>> ToComparingAsync()
    {
        var readers = await ToInterpretingAsync();
        foreach (var reader in readers)
        {
            await GiveAsync(reader, "submit-interpretation", new { interpretation = Reading("niets") });
        }

        return readers;
    }

    public async Task<IReadOnlyList<string>> ToVoteAsync()
    {
        var readers = await ToRoomAsync();
        await GiveAsync("w12", "open-vote");
        return readers;
    }

    public async Task<IReadOnlyList<string>> ReadersAsync() =>
        [.. (await ViewAsync("w2"))["people"]!["readers"]!.AsArray().Select(r => SubjectOf(r!["person"]!["id"]!.GetValue<Guid>()))];

    public static object Signal(string? marker = null) => new
    {
        title = "Clip met een mes-emoji",
        subjectKind = "group",
        pseudonym = "Groep Merel",
        ageBand = "15-18",
        observedAt = TimeProvider.System.GetUtcNow().AddDays(-1),
        urgency = "days",
        consultationQuestion = "Is dit een dreiging of muziek?",
        tags = new[] { "drill" },
        online = new
        {
            platform = "YouTube",
            visibility = "public",
            accessRoute = "professionalAccount",
            factualDescription = $"Vijf jongens op een plein. {marker}",
        },
        offline = new { relationship = "Ik ken twee van hen drie jaar.", unknowns = new[] { "wie er reageerde" } },
        reading = new
        {
            encodingHypothesis = "Laten zien dat ze niet bang zijn.",
            ownDecoding = "Ik lees het als een dreiging.",
            alternativeReading = "De regel rijmt gewoon.",
        },
    };

    public static object Reading(string marker, int concern = 4) => new
    {
        kind = "reading",
        positionality = $"Ken de scene. {marker}",
        encodingHypothesis = $"Status herstellen. {marker}",
        decoding = $"Muziek met een rand. {marker}",
        readingPosition = "negotiated",
        evidenceFor = new[] { marker },
        concern,
        confidence = 70,
    };

    public static object Vote(string marker = "Omdat we het kunnen vragen.", string? option = "talk", int round = 1) => new
    {
        round,
        option,
        concern = option is null ? (int?)null : 5,
        confidence = option is null ? (int?)null : 60,
        reason = marker,
        changedMyMind = round > 1 ? "Niets." : null,
    };
}
