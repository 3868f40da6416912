using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SignalReview.Rooms.Anonymous;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Tests.Rooms.Anonymous;

/// <summary>What somebody finds who has the server's disk: every table, the raw files, and every key that is in the keys' folder.</summary>
internal static class Forensics
{
    /// <summary>Every row of every table, each with all that can be decrypted of it.</summary>
    public static async Task<IReadOnlyList<(string Table, string Text)>> RowsAsync(CaseWorld world)
    {
        using var dossier = await DossierAsync(world);
        var rows = new List<(string, string)>();
        await using var connection = new SqliteConnection($"Data Source={world.Get<DataFolder>().DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        foreach (var table in await NamesAsync(connection))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a name out of the schema
            command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add((table, Row(reader, dossier)));
            }
        }

        return rows;
    }

    /// <summary>The database file and its log, as bytes.</summary>
    public static async Task<IReadOnlyList<byte[]>> FilesAsync(CaseWorld world)
    {
        var file = world.Get<DataFolder>().DatabaseFile;
        var bytes = new List<byte[]>();
        foreach (var path in new[] { file, $"{file}-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            bytes.Add(copy.ToArray());
        }

        return bytes;
    }

    /// <summary>The urn as a backup of the database made now would keep it.</summary>
    public static async Task<UrnCopy> UrnAsync(CaseWorld world, int round)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return await db.FirstOrDefaultAsync<UrnCopy>("anonymity/urn", new { CaseId = world.Case, Round = round }, CancellationToken.None) ?? new UrnCopy();
    }

    public static async Task<Dossier> DossierAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return (await Dossier.OpenAsync(db, world.Get<KeyRing>(), world.Case, CancellationToken.None))!;
    }

    public static IReadOnlyList<string> UrnKeyFiles(CaseWorld world) =>
        Directory.Exists(Path.Combine(world.Get<KeyRing>().Folder, "urns")) ? [.. Directory.GetFiles(Path.Combine(world.Get<KeyRing>().Folder, "urns"))] : [];

    public static bool Holds(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static async Task<IReadOnlyList<string>> NamesAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static string Row(SqliteDataReader reader, Dossier dossier)
    {
        var text = new StringBuilder();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var value = reader.GetValue(i) switch
            {
                byte[] blob => Opened(blob, reader, dossier) ?? Convert.ToHexString(blob.AsSpan(0, Math.Min(64, blob.Length))),
                var other => Convert.ToString(other, CultureInfo.InvariantCulture),
            };
            text.Append(reader.GetName(i)).Append('=').Append(value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A trail's body or a header as text; null for other bytes.</summary>
    private static string? Opened(byte[] blob, SqliteDataReader reader, Dossier dossier)
    {
        if (blob is [(byte)'{', ..])
        {
            return Encoding.UTF8.GetString(blob);
        }

        try
        {
            var id = Guid.Parse(reader.GetString(reader.GetOrdinal("event_id")));
            return Encoding.UTF8.GetString(TrailBodies.Open(dossier, id, blob).Body.Span);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null; // not a body of this case
        }
    }
}

internal sealed record UrnCopy
{
    public Guid? KeyId { get; init; }
    public byte[]? Content { get; init; }

    /// <summary>What it opens to with the keys that there are now; null when there is none.</summary>
    public string? Open(CaseWorld world, Dossier dossier, int round)
    {
        using var key = KeyId is { } id ? world.Get<UrnKeys>().Find(world.Case, round, id) : null;
        if (key is null || Content is null)
        {
            return null;
        }

        Span<byte> aad = stackalloc byte[16];
        world.Case.Value.TryWriteBytes(aad);
        aad[15] ^= (byte)round;
        var ballots = UrnContent.Unpack(dossier.Key.Decrypt(key.Decrypt(Content, new(aad)), new(aad)));
        return JsonSerializer.Serialize(ballots, TrailJson.Options);
    }
}
