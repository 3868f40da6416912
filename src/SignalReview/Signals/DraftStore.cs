using System.Data.Common;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Signals;

/// <summary>What a save came to.</summary>
public enum SaveDraftOutcome
{
    Saved,

    /// <summary>Another device saved since; its revision and content come back, so that nothing is lost.</summary>
    Outdated,

    /// <summary>A detached vote is kept nowhere under its voter's name, unfinished neither.</summary>
    NotKept,

    /// <summary>No such case, or nothing of the kind can be drafted now by this person.</summary>
    NotYours,
    TooLarge,
}

/// <param name="Outcome">What happened.</param>
/// <param name="Draft">The draft as it now is; null when there is none.</param>
public sealed record SaveDraftResult(SaveDraftOutcome Outcome, Draft? Draft);

/// <param name="Kind">Of what.</param>
/// <param name="Revision">1 at the first save.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Content">What was written so far: the JSON of a <see cref="SignalSubmission"/>, an interpretation, and so on.</param>
public sealed record Draft(DraftKind Kind, long Revision, DateTimeOffset SavedAt, JsonElement Content);

/// <summary>
/// Unfinished writing, encrypted under the dossier's key. Only its writer ever sees it. Saved with the revision that the device last saw, so
/// that two devices never overwrite each other in silence. Drafts are no events: nothing is claimed by them. That one is read is: it is content of
/// the case, also when its writer reads it, on a device that somebody else may hold. One event covers a quarter of an hour.
/// </summary>
internal sealed class DraftStore(IDatabase database, KeyRing keys, TimeProvider time)
{
    public const int MostBytes = 200_000;

    private const string Shows = "draft";

    private const int Attempts = 5;

    /// <param name="actor">The writer.</param>
    /// <param name="caseId">The case; for a signal its draft case.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="content">JSON object.</param>
    /// <param name="revision">The revision that this device last saw; 0 when it saw none.</param>
    /// <param name="ct">The caller's token.</param>
    public async Task<SaveDraftResult> SaveAsync(
        Actor actor, CaseId caseId, DraftKind kind, JsonElement content, long revision, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TrySaveAsync(actor, caseId, kind, content, revision, ct);
            }
            catch (DbException e) when (attempt < Attempts && (database.IsTransient(e) || database.IsUniqueViolation(e)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5 << attempt), time, ct);
            }
        }
    }

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public async Task<Draft?> FindAsync(Actor actor, CaseId caseId, DraftKind kind, CancellationToken ct)
    {
        await using (var db = await database.OpenReadAsync(ct))
        {
            var draft = await FindAsync(db, actor, caseId, kind, ct);
            if (draft is null || await ReadLog.IsCoveredAsync(db, caseId, actor.Person, Shows, time.GetUtcNow(), ct))
            {
                return draft;
            }
        }

        try
        {
            return await LogAsync();
        }
        catch (DbException e) when (database.IsUniqueViolation(e))
        {
            return await LogAsync(); // two windows at once
        }

        Task<Draft?> LogAsync() => BusyRetry.RunAsync(database, time, token => TryLogAsync(actor, caseId, kind, token), ct);
    }

    private async Task<Draft?> TryLogAsync(Actor actor, CaseId caseId, DraftKind kind, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        if (await CaseStore.LoadAsync(db, caseId, ct) is not { } file || await FindAsync(db, actor, caseId, kind, ct) is not { } draft)
        {
            return null;
        }

        await LogAsync(db, file, actor, ct);
        return draft;
    }

    private async Task LogAsync(DbSession db, CaseFile file, Actor actor, CancellationToken ct)
    {
        using var dossier = await Dossier.OpenAsync(db, keys, file.Id, ct)
            ?? throw new InvalidOperationException($"Case {file.Id} has no dossier.");
        await ReadLog.LiveAsync(db, dossier, actor, file.RolesOf(actor), Shows, file.Case.Workflow, time.GetUtcNow().Truncate(), ct);
    }

    private async Task<SaveDraftResult> TrySaveAsync(
        Actor actor, CaseId caseId, DraftKind kind, JsonElement content, long revision, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content);
        if (bytes.Length > MostBytes)
        {
            return new(SaveDraftOutcome.TooLarge, null);
        }

        await using var db = await database.BeginAsync(ct);
        var file = await CaseStore.LoadAsync(db, caseId, ct);
        if (file is null || !MayDraft(file, actor, kind))
        {
            return new(SaveDraftOutcome.NotYours, null);
        }

        if (kind == DraftKind.Vote && file.VoteAnonymity == Anonymity.Detached)
        {
            return new(SaveDraftOutcome.NotKept, null);
        }

        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct)
            ?? throw new InvalidOperationException($"Case {caseId} has no dossier.");
        var now = time.GetUtcNow().Truncate();
        var row = new
        {
            CaseId = caseId,
            PersonId = actor.Person,
            Kind = kind,
            Before = revision,
            Revision = revision + 1,
            Content = dossier.Key.Encrypt(bytes, Aad(actor.Person, kind)),
            SavedAt = now,
        };
        var saved = await db.ExecuteAsync("signals/update_draft", row, ct);
        if (saved == 0)
        {
            if (await FindAsync(db, actor, caseId, kind, ct) is { } newer)
            {
                // What another device wrote goes back with the answer.
                if (!await ReadLog.IsCoveredAsync(db, caseId, actor.Person, Shows, now, ct))
                {
                    await LogAsync(db, file, actor, ct);
                }

                return new(SaveDraftOutcome.Outdated, newer);
            }

            // The first save; or the draft was submitted elsewhere meanwhile, and MayDraft has said that more may be written.
            await db.ExecuteAsync("signals/insert_draft", row with { Revision = 1 }, ct);
        }

        await db.CommitAsync(ct);
        return new(SaveDraftOutcome.Saved, new(kind, saved == 0 ? 1 : row.Revision, now, content));
    }

    private async Task<Draft?> FindAsync(DbSession db, Actor actor, CaseId caseId, DraftKind kind, CancellationToken ct)
    {
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        return dossier is null ? null : await ReadAsync(db, dossier, actor.Person, kind, ct);
    }

    /// <summary>The writer's draft inside a unit of work that has the dossier open; null when there is none.</summary>
    internal static async Task<Draft?> ReadAsync(DbSession db, Dossier dossier, PersonId writer, DraftKind kind, CancellationToken ct)
    {
        var row = await db.FirstOrDefaultAsync<DraftRow>("signals/draft", new { CaseId = dossier.Id, PersonId = writer, Kind = kind }, ct);
        if (row is null)
        {
            return null;
        }

        var content = dossier.Key.Decrypt(row.Content, Aad(writer, kind));
        using var json = JsonDocument.Parse(content);
        return new(kind, row.Revision, row.SavedAt, json.RootElement.Clone());
    }

    private static bool MayDraft(CaseFile file, Actor actor, DraftKind kind) => kind switch
    {
        DraftKind.Signal => file.Phase == CasePhase.Draft && file.Case.SubmitterId == actor.Person,
        DraftKind.Interpretation => file.IsActiveReader(actor.Person) && !file.IsOver && file.Interpretations.All(i => i.PersonId != actor.Person),
        DraftKind.Message or DraftKind.Vote => file.MayEnterRoom(actor.Person) && !file.IsOver,
        DraftKind.Dissent => DissentRules.IsOpen(file) && DissentRules.MayState(file, actor.Person),
        DraftKind.Decision => file.Case.OwnerId == actor.Person && !file.IsOver,
    };

    /// <summary>Binds the blob to its writer and kind: one's draft cannot be passed off as another's.</summary>
    internal static Guid Aad(PersonId person, DraftKind kind)
    {
        Span<byte> bytes = stackalloc byte[16];
        person.Value.TryWriteBytes(bytes);
        bytes[15] ^= (byte)(kind + 1);
        return new(bytes);
    }

    private sealed record DraftRow
    {
        public long Revision { get; init; }
        public byte[] Content { get; init; } = [];
        public DateTimeOffset SavedAt { get; init; }
    }
}
