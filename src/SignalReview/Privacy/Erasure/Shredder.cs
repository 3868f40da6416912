using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.Erasure;

/// <summary>What one erasure took away.</summary>
/// <param name="Dossier">With its new key, for what is appended from here on.</param>
/// <param name="EndedShare">Of the key that is to be ended after the commit.</param>
internal sealed record Shredded(Dossier Dossier, Guid? EndedShare, int Bodies, int Drafts, int Attachments);

/// <summary>
/// Takes out of the database what people wrote in one case, and what of its signal stands in the clear. ADR 0018 lists every table. Leaves,
/// tree, ids, times and enumerations of who did what stay.
/// </summary>
internal static class Shredder
{
    /// <returns>Null when the case is erased already.</returns>
    public static async Task<Shredded?> RunAsync(DbSession db, KeyRing keys, CaseId id, DateTimeOffset now, CancellationToken ct)
    {
        var key = new { CaseId = id };
        if (await db.ExecuteAsync("privacy/erase_case", new { CaseId = id, Now = now }, ct) == 0)
        {
            return null;
        }

        var bodies = await db.ExecuteAsync("privacy/delete_bodies", key, ct);
        var drafts = await db.ExecuteAsync("signals/delete_drafts", key, ct);
        var attachments = await db.ExecuteAsync("signals/delete_attachments", key, ct);
        await db.ExecuteAsync("privacy/delete_tags", key, ct);
        await db.ExecuteAsync("privacy/delete_pseudonyms", key, ct);
        await db.ExecuteAsync("privacy/delete_live_reads", key, ct);
        await db.ExecuteAsync("privacy/empty_urns", key, ct);
        await db.ExecuteAsync("privacy/blank_receipts", key, ct);
        await db.ExecuteAsync("access/forget_case", key, ct);
        await db.ExecuteAsync("access/forget_case", key, ct);
        // What still waits for a time: minutes to be fixed, a clock.
        await db.ExecuteAsync("workflow/delete_open_steps", key, ct);
        await db.ExecuteAsync("workflow/cancel_case_deadlines", new { CaseId = id, Now = now }, ct);
        var ended = await db.FirstOrDefaultAsync<Guid?>("privacy/dossier_share", key, ct);
        return new(await Dossier.ReplaceKeyAsync(db, keys, id, ct), ended, bodies, drafts, attachments);
    }
}
