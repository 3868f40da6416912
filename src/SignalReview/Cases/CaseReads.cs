using System.Data.Common;
using Microsoft.Extensions.Logging;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow.Outside;

namespace SignalReview.Cases;

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record CaseReadResult(CaseView? View, Refusal? Refusal);

/// <summary>
/// Reads one case for one viewer. That it was read is in the trail before anything is returned; a case that is not there and one that is not
/// for this viewer look the same.
/// </summary>
internal sealed partial class CaseReads(
    IDatabase database, KeyRing keys, PeopleDirectory directory, EngineCatchUp engine, TimeProvider time, ILogger<CaseReads> logger)
{
    /// <summary>The view that holds the minutes too.</summary>
    public const string Minutes = "minutes";

    private const string Room = "room";

    /// <param name="actor">Who reads.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="view">What is shown, for the trail: "case", "room", "decide".</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public async Task<CaseReadResult> ReadAsync(Actor actor, CaseId caseId, string view, CancellationToken ct)
    {
        await engine.WaitAsync(caseId, ct);
        return await BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, view, live: false, token), ct);
    }

    /// <summary>
    /// As <see cref="ReadAsync"/>, for a view that changes before its viewer's eyes: one event covers the quarter of an hour that follows, and
    /// within it a refresh writes nothing.
    /// </summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="view">What is shown, for the trail.</param>
    /// <param name="opens">Somebody opens it, which is always an event; false: what they have open is read again.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public async Task<CaseReadResult> ReadLiveAsync(Actor actor, CaseId caseId, string view, bool opens, CancellationToken ct)
    {
        await engine.WaitAsync(caseId, ct);
        if (!opens && await BusyRetry.RunAsync(database, time, token => TryFollowAsync(actor, caseId, view, token), ct) is { } followed)
        {
            return followed;
        }

        try
        {
            return await WriteAsync();
        }
        catch (DbException e) when (database.IsUniqueViolation(e))
        {
            return await WriteAsync(); // two windows at once
        }

        Task<CaseReadResult> WriteAsync() =>
            BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, view, live: true, token), ct);
    }

    /// <summary>
    /// Counts for everyone who follows the case, safe for the least informed of them. The caller has checked who listens.
    /// </summary>
    /// <returns>Null when there is no such case.</returns>
    public async Task<CasePulse?> PulseAsync(CaseId caseId, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return await db.FirstOrDefaultAsync<CasePulse>("cases/pulse", new { CaseId = caseId }, ct);
    }

    /// <summary>What this person is in the case now, without a read of its content; empty: there is no such case for them.</summary>
    public async Task<IReadOnlySet<CaseRole>> RolesAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        await using var db = await database.OpenReadAsync(ct);
        var file = await CaseStore.LoadAsync(db, caseId, ct);
        return file is not null && BlindView.SightOf(file, actor, people) is { KnowsOfCase: true } sight ? sight.Roles : new HashSet<CaseRole>();
    }

    /// <summary>
    /// Before something that was said goes to those who have the room open: whose quarter of an hour is over gets another event first, and of whom
    /// that cannot be written hears nothing.
    /// </summary>
    /// <returns>Who may be told.</returns>
    public async Task<IReadOnlySet<PersonId>> CoverAsync(CaseId caseId, IReadOnlySet<PersonId> present, CancellationToken ct)
    {
        HashSet<PersonId> covered;
        await using (var db = await database.OpenReadAsync(ct))
        {
            covered = [.. await ReadLog.CoveredAsync(db, caseId, Room, time.GetUtcNow(), ct)];
        }

        var people = await directory.GetAsync(ct);
        foreach (var person in present.Where(p => !covered.Contains(p)).ToList())
        {
            try
            {
                var actor = new Actor(person, people.Find(person)?.Roles ?? new HashSet<Role>(), "hub");
                if (await BusyRetry.RunAsync(database, time, token => TryCoverAsync(actor, caseId, people, token), ct))
                {
                    covered.Add(person);
                }
            }
            catch (Exception e) when (e is ReadNotLoggedException or DbException)
            {
                // They see by the sequence number that they missed something, and ask; what they are told then is why.
                LogNotCovered(logger, caseId, person, e);
            }
        }

        return covered;
    }

    private async Task<bool> TryCoverAsync(Actor actor, CaseId caseId, PeopleSnapshot people, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        if (dossier is null || await CaseStore.LoadAsync(db, caseId, ct) is not { } file || BlindView.SightOf(file, actor, people) is not { Messages: true } sight)
        {
            return false;
        }

        await ReadLog.LiveAsync(db, dossier, actor, sight.Roles, Room, file.Case.Workflow, time.GetUtcNow().Truncate(), ct);
        return true;
    }

    [LoggerMessage(1021, LogLevel.Error, "What was said in case {CaseId} is kept from {Person}: that they read it could not be written to the trail")]
    private static partial void LogNotCovered(ILogger logger, CaseId caseId, PersonId person, Exception e);

    /// <returns>Null when something is to be written first: an event, or that a mention was seen.</returns>
    private async Task<CaseReadResult?> TryFollowAsync(Actor actor, CaseId caseId, string view, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.OpenReadAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        if (dossier is null || await CaseStore.LoadAsync(db, caseId, ct) is not { } file)
        {
            return null;
        }

        var sight = BlindView.SightOf(file, actor, people);
        return sight.KnowsOfCase && !HasNewMention(file, actor, view) && await ReadLog.IsLiveAsync(db, caseId, actor.Person, sight.Roles, view, now, ct)
            ? new(await BlindView.BuildAsync(db, dossier, file, actor, people, now, ct), null)
            : null;
    }

    private async Task<CaseReadResult> TryReadAsync(Actor actor, CaseId caseId, string view, bool live, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, caseId, ct);
        var built = file is null ? null : await BlindView.BuildAsync(db, dossier!, file, actor, people, now, ct, withMinutes: view == Minutes);
        if (built is null)
        {
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ReadCase", Refusal.NotFound, now, ct);
            return new(null, Refusal.NotFound);
        }

        await SeeMentionsAsync(db, file!, actor, view, now, ct);
        await (live
            ? ReadLog.LiveAsync(db, dossier!, actor, built.MyRoles, view, file!.Case.Workflow, now, ct)
            : ReadLog.CaseAsync(db, dossier!, actor, built.MyRoles, view, file!.Case.Workflow, now, ct));
        return new(built, null);
    }

    private static bool HasNewMention(CaseFile file, Actor actor, string view) =>
        view == Room && file.Mentions.Any(m => m.PersonId == actor.Person && m.SeenAt is null);

    /// <summary>Who sees the room has seen that they were mentioned in it.</summary>
    private static async Task SeeMentionsAsync(DbSession db, CaseFile file, Actor actor, string view, DateTimeOffset now, CancellationToken ct)
    {
        if (HasNewMention(file, actor, view))
        {
            await db.ExecuteAsync("rooms/see_mentions", new { CaseId = file.Id, PersonId = actor.Person, Now = now }, ct);
        }
    }
}

/// <summary>Where a case is, in numbers that everyone who follows it may know.</summary>
public sealed record CasePulse
{
    public CaseId CaseId { get; init; }
    public long Seq { get; init; }
    public CasePhase Phase { get; init; }
    public int ReadingsIn { get; init; }
    public int ReadingsAsked { get; init; }
    public RoomPhase? RoomPhase { get; init; }

    /// <summary>0 before the first vote was opened.</summary>
    public int Round { get; init; }
    public int VotesIn { get; init; }
    public int VotesAsked { get; init; }

    /// <summary>The room's clock.</summary>
    public DateTimeOffset? PhaseEndsAt { get; init; }

    /// <summary>The next deadline of what the case waits for.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
