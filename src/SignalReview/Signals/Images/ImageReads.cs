using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Signals.Images;

/// <summary>Gives one image to who may see the whole signal; that it was looked at is in the trail before it is given.</summary>
internal sealed class ImageReads(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    /// <returns>JPEG; null when there is no such image for this viewer.</returns>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<byte[]?> ReadAsync(Actor actor, CaseId caseId, Guid image, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, image, token), ct);

    private async Task<byte[]?> TryReadAsync(Actor actor, CaseId caseId, Guid image, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : (await CaseStore.LoadAsync(db, caseId, ct))?.At(now);
        var sight = file is null ? null : BlindView.SightOf(file, actor, people);
        if (sight is not { Content: true }
            || await db.FirstOrDefaultAsync<byte[]>("signals/attachment", new { CaseId = caseId, AttachmentId = image }, ct) is not { } content)
        {
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ReadImage", Refusal.NotFound, now, ct);
            return null;
        }

        var jpeg = dossier!.Key.Decrypt(content, image);
        await ReadLog.CaseAsync(db, dossier, actor, sight.Roles, "image", file!.Case.Workflow, now, ct);
        return jpeg;
    }
}
