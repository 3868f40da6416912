using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Trail.Audit;

/// <summary>
/// A case's trail told as a story, what each voter had seen when they voted, and the bytes of one event: for auditors, and for the owner of the case as far as it is
/// theirs to know. Blindness, letters and stops are those of the trail itself. Every read is in the trail before it is shown.
/// </summary>
internal sealed class StoryReads(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    /// <summary>A longer trail is told from its beginning as far as this; the list of its events goes on.</summary>
    public const int MostEvents = 20_000;

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<StoryView>> StoryAsync(Actor actor, CaseId caseId, CancellationToken ct) =>
        ReadAsync(actor, caseId, "story", (_, told, _) => Task.FromResult<StoryView?>(Story(told)), ct);

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<SeenView>> SeenAsync(Actor actor, CaseId caseId, CancellationToken ct) =>
        ReadAsync(actor, caseId, "seen", (_, told, _) => Task.FromResult<SeenView?>(Compare(told)), ct);

    /// <summary>The bytes of one event, and the proof that a signed checkpoint covers it.</summary>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<EventBytesView>> EventAsync(Actor actor, CaseId caseId, long seq, CancellationToken ct) =>
        ReadAsync(actor, caseId, "trail", (db, told, token) => BytesAsync(db, told, seq, token), ct);

    private Task<TrailReadResult<T>> ReadAsync<T>(
        Actor actor, CaseId caseId, string shows, Func<DbSession, Told, CancellationToken, Task<T?>> build, CancellationToken ct)
        where T : class =>
        BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, shows, build, token), ct);

    private async Task<TrailReadResult<T>> TryReadAsync<T>(
        Actor actor, CaseId caseId, string shows, Func<DbSession, Told, CancellationToken, Task<T?>> build, CancellationToken ct)
        where T : class
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, caseId, ct);
        var roles = file?.RolesOf(actor);
        T? view = null;
        if (roles is not null && TrailReads.MayRead(roles))
        {
            var blind = new TrailReadsBlind(file!, roles);
            var (events, total) = await TrailReads.EventsAsync(db, dossier!, blind, people, MostEvents, ct);
            var looks = await CaseLooks.LoadAsync(db, dossier!, ct);
            view = await build(db, new(file!, events, total, new Seen(events, looks), !blind.HasLetters, people), ct);
        }

        if (view is null)
        {
            var refusal = roles is { Count: > 0 } && !TrailReads.MayRead(roles) ? Refusal.NotYours : Refusal.NotFound;
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ReadTrail", refusal, now, ct);
            return new(null, refusal);
        }

        await ReadLog.CaseAsync(db, dossier!, actor, roles!, shows, file!.Case.Workflow, now, ct);
        return new(view, null);
    }

    private static StoryView Story(Told told) => new(
        told.File.Id,
        told.File.Phase,
        StoryTeller.Chapters(told.Events, told.Named ? told.Seen : null, told.People, Zone),
        StoryTeller.Decisions(told.Events),
        told.Total,
        told.Total - told.Events.Count,
        [.. told.Events.Where(e => e.Proof == TrailProofState.Broken).Select(e => e.CaseSeq)],
        told.Events.Count(e => e.Proof.IsSigned()),
        !told.Named);

    private static SeenView Compare(Told told)
    {
        var decision = StoryTeller.Decisions(told.Events) is [.., var last] ? last : null;
        var (rounds, ballot) = SeenTable.Rounds(told.Events, told.Seen, told.Named);
        var since = ballot is { } at ? SeenTable.Since(told.Seen, at, decision?.Seq ?? long.MaxValue) : [];
        return new(told.File.Id, decision, rounds, since);
    }

    private static async Task<EventBytesView?> BytesAsync(DbSession db, Told told, long seq, CancellationToken ct)
    {
        if (told.Events.FirstOrDefault(e => e.CaseSeq == seq) is not { } item)
        {
            return null;
        }

        var last = told.Events[^1].CaseSeq;
        // Of an entry that will never be revealed neither place nor bytes are told: they hold who and when.
        if (item.LeafIndex is not { } index || await db.FirstOrDefaultAsync<CheckpointRow>("audit/covering_checkpoint", new { LeafIndex = index }, ct) is not { } covering)
        {
            return new(told.File.Id, item, null, null, null, last);
        }

        var hashes = await MerkleTree.InclusionProofAsync(new DatabaseTree(db), index, covering.TreeSize, ct);
        return new(told.File.Id, item, covering.Note, covering.TreeSize, new TlogProof(index, hashes, covering.Note).ToString(), last);
    }

    private static TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TeamCalendar.DefaultZone);

    /// <param name="File">The case.</param>
    /// <param name="Events">As far as they are shown.</param>
    /// <param name="Total">How many there are.</param>
    /// <param name="Seen">Who had seen what.</param>
    /// <param name="Named">Who knew what when tells nothing of whose a letter is.</param>
    /// <param name="People">For names.</param>
    private sealed record Told(CaseFile File, IReadOnlyList<TrailEvent> Events, long Total, Seen Seen, bool Named, PeopleSnapshot People);

    private sealed record CheckpointRow
    {
        public long TreeSize { get; init; }
        public string Note { get; init; } = "";
    }
}
