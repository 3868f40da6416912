using System.Security.Cryptography;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Trail.Checking.State;

namespace SignalReview.Trail.Checking;

/// <summary>The events of one dossier in their order: their numbers, and that each body is the one that was committed to.</summary>
internal sealed class DossierEvents(CheckRun run, CaseId id, Dossier? dossier, ToldDossier told)
{
    private TrailFinding? missing;
    private long seq;

    public bool WasErased { get; private set; }

    /// <summary>How many bodies could be opened.</summary>
    public long Opened { get; private set; }

    /// <summary>How many could not.</summary>
    public long Closed { get; private set; }

    public async Task RunAsync(CancellationToken ct)
    {
        object after = 0L;
        for (var read = CheckRun.Page; read == CheckRun.Page;)
        {
            var rows = await run.Db.RawAsync("trail/check_dossier_events", new { CaseId = id, After = after, Take = CheckRun.Page }, ct);
            foreach (var row in rows)
            {
                Check(new(row[0] as long?, row[1] as string, row[2] as long?, row[3] as byte[], row[4] as string, row[5]));
                after = row[2] ?? after;
            }

            read = rows.Count;
        }

        if (missing is not null)
        {
            run.Add(missing);
        }
    }

    private void Check(EventRow row)
    {
        if (row.CaseSeq != ++seq)
        {
            run.Add(new(TrailFault.CaseSeq, "trail_events", $"leaf {row.LeafIndex}", EventOf(row), $"number {row.CaseSeq}, expected {seq}", "case_seq", id.Value));
            seq = row.CaseSeq ?? seq;
        }

        EventHeader header;
        try
        {
            header = EventHeader.Parse(row.Leaf ?? []);
        }
        catch (FormatException)
        {
            return; // told with the leaf
        }

        if (header.Type == "subject.erased")
        {
            WasErased = true;
            missing = null; // what was told until then is gone, and this says why
        }

        told.Add(header, Body(row, header));
    }

    private JsonElement? Body(EventRow row, EventHeader header)
    {
        var place = $"event {header.Id:D}";
        if (row.BodyCase is null && row.Body is null)
        {
            missing ??= new(TrailFault.BodyMissing, "trail_bodies", place, header.Id, Case: id.Value);
            return null;
        }

        if (row.BodyCase != id.Value.ToString("D"))
        {
            run.Add(new(TrailFault.Body, "trail_bodies", place, header.Id, "it belongs to another dossier", "case_id", id.Value));
        }

        if (row.Body is not byte[] blob)
        {
            run.Add(new(TrailFault.Body, "trail_bodies", place, header.Id, "it is none", "body", id.Value));
            return null;
        }

        if (dossier is null)
        {
            return null; // told with the dossier
        }

        try
        {
            var (salt, body) = TrailBodies.Open(dossier, header.Id, blob);
            Opened++;
            if (Commitment.Matches(header.Commit, salt, body.Span))
            {
                using var document = JsonDocument.Parse(body);
                return document.RootElement.Clone();
            }

            run.Add(new(TrailFault.Body, "trail_bodies", place, header.Id, "it is not what was committed to", "body", id.Value));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or JsonException)
        {
            Closed++;
            run.Add(new(TrailFault.Body, "trail_bodies", place, header.Id, e.Message, "body", id.Value));
        }

        return null;
    }

    private static Guid? EventOf(EventRow row) => Guid.TryParse(row.EventId, out var known) ? known : null;

    private sealed record EventRow(long? LeafIndex, string? EventId, long? CaseSeq, byte[]? Leaf, string? BodyCase, object? Body);
}
