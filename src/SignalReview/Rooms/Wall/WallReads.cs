using System.Data.Common;
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

    /// <summary>As with the room, one event covers the quarter of an hour in which the screen that was put up goes on changing.</summary>
    /// <param name="actor">Who puts it up.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="opens">Somebody opens it, which is always an event; false: what hangs there is read again.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public async Task<WallReadResult> ReadAsync(Actor actor, CaseId caseId, bool opens, CancellationToken ct)
    {
        await engine.WaitAsync(caseId, ct);
        try
        {
            return await ReadAsync();
        }
        catch (DbException e) when (database.IsUniqueViolation(e))
        {
            return await ReadAsync(); // two screens at once
        }

        Task<WallReadResult> ReadAsync() => BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, opens, token), ct);
    }

    /// <summary>Where the case is, as long as this person may put up its wall; a number, so it is no read of content.</summary>
    /// <returns>Null: there is no such screen for them, or no longer.</returns>
    public async Task<long?> SeqAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        await using var db = await database.OpenReadAsync(ct);
        return await CaseStore.LoadAsync(db, caseId, ct) is { } file && BlindView.MayPutUpWall(file, actor, people) ? file.Case.Seq : null;
    }

    private async Task<WallReadResult> TryReadAsync(Actor actor, CaseId caseId, bool opens, CancellationToken ct)
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

        var roles = file!.RolesOf(actor);
        if (opens || !await ReadLog.IsLiveAsync(db, caseId, actor.Person, roles, Shows, now, ct))
        {
            await ReadLog.LiveAsync(db, dossier!, actor, roles, Shows, file.Case.Workflow, now, ct);
        }

        return new(view, null);
    }
}
