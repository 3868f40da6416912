using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SignalReview.Trail;

namespace SignalReview.Cli;

/// <summary>Calls a running server's API as one person; a refusal is an answer.</summary>
internal sealed class ApiDoor : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient http;
    private readonly TimeProvider time;

    public ApiDoor(Uri server, string language, TimeProvider time)
    {
        this.time = time;
        http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    /// <summary>By the token in the file, else that in SIGNALREVIEW_TOKEN, else as a person of the demo.</summary>
    /// <exception cref="InvalidOperationException">None of these was given, or the server gives no demo tokens.</exception>
    public async Task SignInAsync(FileInfo? tokenFile, string? person, CancellationToken ct)
    {
        var token = tokenFile is not null ? (await File.ReadAllTextAsync(tokenFile.FullName, ct)).Trim()
            : person is not null ? await DemoTokenAsync(person, ct)
            : Environment.GetEnvironmentVariable("SIGNALREVIEW_TOKEN")
                ?? throw new InvalidOperationException("Say who you are: --token-file FILE, or SIGNALREVIEW_TOKEN in the environment.");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<(bool Done, JsonElement Answer)> GetAsync(string path, CancellationToken ct)
    {
        using var response = await http.GetAsync(path, ct);
        return (response.IsSuccessStatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(ct));
    }

    /// <summary>Posts one command on a case, with an id of its own.</summary>
    public async Task<(bool Done, JsonElement Answer)> PostAsync<T>(Guid @case, string command, T body, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToNode(body, TrailJson.Options)!.AsObject();
        json["commandId"] = Guid.CreateVersion7(time.GetUtcNow());
        using var response = await http.PostAsJsonAsync($"api/v1/cases/{@case}/{command}", json, ct);
        return (response.IsSuccessStatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(ct));
    }

    public static string Pretty(JsonElement answer) => JsonSerializer.Serialize(answer, Indented);

    /// <summary>What, why and what now, as the server says it.</summary>
    public static string Refusal(JsonElement problem)
    {
        var text = new StringBuilder();
        foreach (var member in (string[])["title", "detail", "next"])
        {
            if (problem.TryGetProperty(member, out var said))
            {
                text.AppendLine(said.ToString());
            }
        }

        if (problem.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array)
        {
            foreach (var field in fields.EnumerateArray())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- {field.GetProperty("path")}: {field.GetProperty("message")}");
            }
        }

        return text.ToString().TrimEnd();
    }

    public void Dispose() => http.Dispose();

    private async Task<string> DemoTokenAsync(string person, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync("demo/token", new { person }, ct);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("accessToken").GetString()!
            : throw new InvalidOperationException($"{http.BaseAddress} gives no demo tokens ({(int)response.StatusCode}). It does so in Development and on loopback only.");
    }
}
