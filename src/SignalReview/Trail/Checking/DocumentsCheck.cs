using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Storage;

namespace SignalReview.Trail.Checking;

/// <summary>
/// Documents that the database keeps beside their fingerprint: workflow definitions, methods, retention rules, and the scripts that made the schema.
/// A case names its definition by both, and each document says itself what it is.
/// </summary>
internal sealed class DocumentsCheck(CheckRun run, IReadOnlyList<MigrationScript> scripts)
{
    /// <summary>Which table keeps documents of a name and a version, and in which columns those stand.</summary>
    private static readonly (string Table, string Name)[] Kept = [("workflow_definitions", "definition"), ("case_methods", "method"), ("retention_rule_sets", "rule_set")];

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (table, name) in Kept)
        {
            await foreach (var row in run.Db.StreamRawAsync($"trail/check_{table}", ct))
            {
                foreach (var column in Complaints(row, name))
                {
                    run.Add(new(TrailFault.Document, table, $"{row[0]} {row[1]}@{row[2]}", Detail: "its text says something else", Column: column));
                }
            }
        }

        await foreach (var row in run.Db.StreamRawAsync("trail/check_case_workflows", ct))
        {
            if (!Equals(row[1], $"{row[2]}@{row[3]}"))
            {
                run.Add(new(TrailFault.Document, "cases", $"case_id {row[0]}", Detail: "its workflow is not the one of that fingerprint", Column: "workflow_sha256"));
            }
        }

        await CheckMigrationsAsync(ct);
    }

    private static IEnumerable<string> Complaints(object?[] row, string name)
    {
        if (row is not [_, _, _, string sha256, string json] || Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))) != sha256)
        {
            yield return "sha256";
            yield break;
        }

        using var document = Parse(json);
        if (document?.RootElement is not { } root)
        {
            yield return "json";
            yield break;
        }

        if ((Said(root, "definitionId") ?? Said(root, "id")) is { } id && !id.Equals(row[1]?.ToString(), StringComparison.Ordinal))
        {
            yield return name;
        }

        if (Said(root, "version") is { } version && version != $"{row[2]}")
        {
            yield return "version";
        }
    }

    /// <returns>Null when it is none, whatever its fingerprint says.</returns>
    private static JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Said(JsonElement root, string member) => State.From.Find(root, member)?.ToString();

    private async Task CheckMigrationsAsync(CancellationToken ct)
    {
        var rows = await run.Db.RawAsync("trail/check_migrations", null, ct);
        foreach (var row in rows.Where(row => !scripts.Any(s => Equals((long)s.Number, row[0]) && Equals(s.Name, row[1]) && Equals(s.Sha256, row[2]))))
        {
            run.Add(new(TrailFault.Document, "schema_migrations", $"{row[0]} {row[1]}", Detail: "this program has no such script"));
        }

        foreach (var script in scripts.Where(s => !rows.Any(row => Equals(row[0], (long)s.Number))))
        {
            run.Add(new(TrailFault.RowMissing, "schema_migrations", $"{script.Number} {script.Name}"));
        }
    }
}
