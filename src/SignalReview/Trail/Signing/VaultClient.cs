using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace SignalReview.Trail.Signing;

/// <summary>
/// HashiCorp Vault's transit engine, or what speaks its API (OpenBao). The key's version is pinned: a key that the vault rotates by itself would
/// otherwise change under a log whose verifiers hold the old one.
/// </summary>
/// <param name="Url">The engine's mount, such as https://vault.example:8200/v1/transit.</param>
/// <param name="Key">The key's name.</param>
/// <param name="Version">The key's version, from 1.</param>
/// <param name="TokenFile">Holds the token; read at each call, so that an agent may renew it.</param>
internal sealed record VaultSettings(Uri Url, string Key, int Version, string TokenFile);

internal sealed class VaultClient(VaultSettings settings) : IDisposable
{
    private const string Prefix = "vault:v";

    private readonly HttpClient http = new() { Timeout = KeySettings.HookPatience, MaxResponseContentBufferSize = 1 << 20 };

    public string Who => $"The vault {settings.Url.GetLeftPart(UriPartial.Path)}, key {settings.Key}";

    /// <exception cref="CheckpointKeyException">The vault does not answer, or not with what was asked.</exception>
    public async Task<byte[]> PublicKeyAsync(CancellationToken ct)
    {
        using var json = await SendAsync(HttpMethod.Get, $"keys/{settings.Key}", null, ct);
        var version = settings.Version.ToString(CultureInfo.InvariantCulture);
        return json.RootElement.TryGetProperty("data", out var data)
            && data.TryGetProperty("keys", out var keys)
            && keys.TryGetProperty(version, out var key)
            && key.ValueKind == JsonValueKind.Object
            && key.TryGetProperty("public_key", out var pem)
            ? P256.PublicFromPem(pem.GetString()!, Who)
            : throw new CheckpointKeyException($"{Who} has no public key of version {version}: it must be of the type ecdsa-p256.");
    }

    public async Task<byte[]> SignAsync(byte[] digest, CancellationToken ct)
    {
        var text = await AskAsync(
            $"sign/{settings.Key}/sha2-256",
            new { input = Convert.ToBase64String(digest), prehashed = true, marshaling_algorithm = "asn1", key_version = settings.Version },
            "signature",
            ct);
        var parts = text.Split(':', 3);
        return parts.Length == 3 ? HookAnswer.Base64(parts[2], Who) : throw new CheckpointKeyException($"{Who} gave no signature.");
    }

    public async Task<string> EncryptAsync(byte[] plain, CancellationToken ct)
    {
        var sealedText = await AskAsync(
            $"encrypt/{settings.Key}", new { plaintext = Convert.ToBase64String(plain), key_version = settings.Version }, "ciphertext", ct);
        return sealedText.StartsWith(Prefix, StringComparison.Ordinal) ? sealedText : throw new CheckpointKeyException($"{Who} gave no ciphertext.");
    }

    public async Task<byte[]> DecryptAsync(string sealedText, CancellationToken ct) =>
        HookAnswer.Base64(await AskAsync($"decrypt/{settings.Key}", new { ciphertext = sealedText }, "plaintext", ct), Who);

    public void Dispose() => http.Dispose();

    private async Task<string> AskAsync(string path, object body, string member, CancellationToken ct)
    {
        using var json = await SendAsync(HttpMethod.Post, path, body, ct);
        return json.RootElement.TryGetProperty("data", out var data) && data.TryGetProperty(member, out var value) && value.GetString() is { } text
            ? text
            : throw new CheckpointKeyException($"{Who} gave an answer without {member}.");
    }

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{settings.Url.AbsoluteUri.TrimEnd('/')}/{path}"));
        request.Headers.Add("X-Vault-Token", KeyFile.Read(settings.TokenFile).Trim());
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
            {
                throw new CheckpointKeyException($"{Who} answered {(int)response.StatusCode} to {path}: may the token do this, and is the key there?");
            }

            return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new CheckpointKeyException($"{Who} does not answer: {e.Message}", e);
        }
    }
}

internal sealed class VaultCheckpointKey : ICheckpointKey
{
    private readonly VaultClient vault;

    private VaultCheckpointKey(VaultClient vault, byte[] publicKey)
    {
        this.vault = vault;
        PublicKey = publicKey;
    }

    public byte[] PublicKey { get; }

    public static async Task<VaultCheckpointKey> OpenAsync(VaultSettings settings, CancellationToken ct)
    {
        var client = new VaultClient(settings);
        try
        {
            return new(client, await client.PublicKeyAsync(ct));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var signature = await vault.SignAsync(SHA256.HashData(message.Span), ct);
        return P256.Checked(PublicKey, message.Span, signature, vault.Who);
    }

    public void Dispose() => vault.Dispose();
}
