using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow.Outside;

namespace SignalReview.Rooms.Wall;

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record WallReadResult(WallView? View, Refusal? Refusal);

/// <summary>Reads the screen for the wall, for who leads the room. That it was put up is in the trail before anything is given.</summary>
internal sealed class WallReads(IDatabase database, KeyRing keys, PeopleDirectory directory, EngineCatchUp engine, TimeProvider time)
{
    public const string Shows = "wall";

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public async Task<WallReadResult> ReadAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        await engine.WaitAsync(caseId, ct);
        return await BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, token), ct);
    }

    /// <summary>Where the case is, as long as this person may put up its wall; a number, so it is no read of content.</summary>
    /// <returns>Null: there is no such screen for them, or no longer.</returns>
    public async Task<long?> SeqAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        await using var db = await database.OpenReadAsync(ct);
        return await CaseStore.LoadAsync(db, caseId, ct) is { } file && BlindView.MayPutUpWall(file, actor, people) ? file.Case.Seq : null;
    }

    private async Task<WallReadResult> TryReadAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, caseId, ct);
        var view = file is null ? null : await BlindView.WallAsync(db, dossier!, file, actor, people, ct);
        if (view is null)
        {
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ReadWall", Refusal.NotFound, now, ct);
            return new(null, Refusal.NotFound);
        }

        await ReadLog.CaseAsync(db, dossier!, actor, file!.RolesOf(actor), Shows, file.Case.Workflow, now, ct);
        return new(view, null);
    }
}
