using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;

namespace SignalReview.Trail.Checking;

/// <summary>
/// What lies outside the events under a dossier's key: that each opens as what its row says it is, and that a picture is the one whose fingerprint is
/// told. Nothing of it is kept or shown.
/// </summary>
internal sealed class SealedCheck(CheckRun run)
{
    public async Task RunAsync(Dossier dossier, CancellationToken ct)
    {
        foreach (var row in await RowsAsync("trail/check_attachments", dossier, ct))
        {
            var picture = Open(dossier, "attachments", $"attachment_id {row[0]}", "content", row[2], IdOf(row[0]));
            if (picture is not null && !Equals(row[1], Convert.ToHexStringLower(SHA256.HashData(picture))))
            {
                Add(dossier, "attachments", $"attachment_id {row[0]}", "content", "it is not the picture of that fingerprint");
            }
        }

        foreach (var row in await RowsAsync("trail/check_drafts", dossier, ct))
        {
            var aad = IdOf(row[0]) is { } writer && Enums.TryParse<DraftKind>(row[1] as string, out var kind) ? DraftStore.Aad(new PersonId(writer), kind) : (Guid?)null;
            Open(dossier, "drafts", $"case {dossier.Id}, person_id {row[0]}, kind {row[1]}", "content", row[2], aad);
        }

        foreach (var row in await RowsAsync("trail/check_access_files", dossier, ct))
        {
            foreach (var (column, blob) in new[] { ("marks", row[1]), ("page", row[2]), ("data", row[3]) }.Where(cell => cell.Item2 is not null))
            {
                Open(dossier, "access_files", $"file_id {row[0]}", column, blob, IdOf(row[0]));
            }
        }
    }

    /// <summary>Drafts whose dossier is none: no dossier meets them, and no event tells of them.</summary>
    public async Task StraysAsync(CancellationToken ct)
    {
        foreach (var row in await run.Db.RawAsync("trail/check_stray_drafts", null, ct))
        {
            run.Add(new(TrailFault.RowUntold, "drafts", $"case {row[0]}", Detail: "there is no such dossier"));
        }
    }

    private Task<IReadOnlyList<object?[]>> RowsAsync(string query, Dossier dossier, CancellationToken ct) => run.Db.RawAsync(query, new { CaseId = dossier.Id }, ct);

    /// <returns>Null when it does not open.</returns>
    private byte[]? Open(Dossier dossier, string table, string row, string column, object? blob, Guid? aad)
    {
        try
        {
            return dossier.Key.Decrypt(blob as byte[] ?? [], aad ?? Guid.Empty);
        }
        catch (CryptographicException e)
        {
            Add(dossier, table, row, column, e.Message);
            return null;
        }
    }

    private void Add(Dossier dossier, string table, string row, string column, string detail) =>
        run.Add(new(TrailFault.Sealed, table, row, Detail: detail, Column: column, Case: dossier.Id.Value));

    private static Guid? IdOf(object? value) => Guid.TryParseExact(value as string, "D", out var id) ? id : null;
}
