using System.Text.Json;

namespace SignalReview.Storage.Backups;

/// <summary>What a backup says of itself.</summary>
/// <param name="Version">1.</param>
/// <param name="At">When the copy was made.</param>
/// <param name="Database">The file beside the manifest.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its bytes, in lower-case hex.</param>
/// <param name="Migration">The number of the last migration that ran.</param>
/// <param name="TrailSize">How many events its trail has.</param>
/// <param name="TrailRoot">The root of their tree, in base64.</param>
/// <param name="WrappingKey">The id of the wrapping key in use.</param>
internal sealed record BackupManifest(
    int Version, DateTimeOffset At, string Database, long Bytes, string Sha256, int Migration, long TrailSize, string TrailRoot, string WrappingKey)
{
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Options) + "\n");

    /// <exception cref="BackupException">There is none, or it cannot be read.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(path), Options) is { Version: 1, Database: not null, Sha256: not null } manifest
                && Path.GetFileName(manifest.Database) == manifest.Database
                ? manifest
                : throw new BackupException($"{path} is not the manifest of a backup that this version knows.");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new BackupException($"{path} cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>A backup could not be made or put back; the message says what to do.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
