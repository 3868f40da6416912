using System.Text;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Trail;

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record TrailReadResult<T>(T? View, Refusal? Refusal)
    where T : class;

/// <summary>
/// What auditors read: which trails there are, and the story of one, each line with what is proved of it. The owner may read the trail of
/// their own case. Every read is in the trail before it is shown.
/// </summary>
internal sealed class TrailReads(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    public const int MostEvents = 500;

    public const int MostTrails = 200;

    private const string UrgentVersions = DefinitionLibrary.Urgent + "@";

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<TrailList>> ListAsync(Actor actor, TrailFilter filter, int page, int pageSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostTrails);
        return BusyRetry.RunAsync(database, time, token => TryListAsync(actor, filter, page, pageSize, token), ct);
    }

    /// <param name="actor">An auditor, or the owner of the case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="after">Events after this number; 0 from the start.</param>
    /// <param name="take">At most so many, up to <see cref="MostEvents"/>.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<TrailView>> ReadAsync(Actor actor, CaseId caseId, long after, int take, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, MostEvents);
        return BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, after, take, token), ct);
    }

    /// <summary>Whose trail this is to read: an auditor's, and the owner's.</summary>
    public static bool MayRead(IReadOnlySet<CaseRole> roles) => roles.Contains(CaseRole.Auditor) || roles.Contains(CaseRole.Owner);

    private async Task<TrailReadResult<TrailList>> TryListAsync(Actor actor, TrailFilter filter, int page, int pageSize, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        if (!actor.Is(Role.Auditor))
        {
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ListTrails", Refusal.NotYours, now, ct);
            return new(null, Refusal.NotYours);
        }

        var args = new ListArgs(filter) { Skip = (page - 1) * pageSize, Take = pageSize };
        var total = await db.ScalarAsync<int>("trail/list_count", args, ct);
        var rows = await db.QueryAsync<ListRow>("trail/list", args, ct);
        var items = rows.Select(r => new TrailCase(r.CaseId, r.Team, r.Phase, r.CreatedAt, r.SubmittedAt, r.ClosedAt, r.Outcome, r.Events, r.Marks)).ToList();
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        await ReadLog.SearchAsync(db, organisation, actor, Enums.Text(CaseRole.Auditor), "trails", filter, total, [.. items.Select(i => i.Case)], now, ct);
        return new(new(items, total, page, pageSize), null);
    }

    private async Task<TrailReadResult<TrailView>> TryReadAsync(Actor actor, CaseId caseId, long after, int take, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, caseId, ct);
        var roles = file?.RolesOf(actor);
        if (roles is null || !MayRead(roles))
        {
            var refusal = roles is { Count: > 0 } ? Refusal.NotYours : Refusal.NotFound;
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ReadTrail", refusal, now, ct);
            return new(null, refusal);
        }

        var blind = new TrailReadsBlind(file!, roles);
        var total = await db.ScalarAsync<long>("trail/dossier_seq", new { CaseId = caseId }, ct);
        var shown = await ShownAsync(db, caseId, blind, total, ct);
        var proven = await db.ScalarAsync<ProvenSizes>("trail/proven_sizes", null, ct);
        var rows = await db.QueryAsync<EventRow>("trail/case_events_page", new { CaseId = caseId, After = after, Until = shown, Take = take }, ct);
        var events = rows.Select(r => Event(r, dossier!, blind, people, proven)).ToList();
        var next = events.Count == take && events[^1].CaseSeq < shown ? events[^1].CaseSeq : (long?)null;
        var view = new TrailView(caseId, file!.Phase, events, next, total, total - shown, TrailExport.MayExport(roles, blind))
        {
            Blindness = await TrailReadsProof.ReadAsync(db, dossier!, blind, people, shown, ct),
        };
        await ReadLog.CaseAsync(db, dossier!, actor, roles, "trail", file.Case.Workflow, now, ct);
        return new(view, null);
    }

    /// <summary>The number of the last event that is shown: before the start of what is being collected blind, or the last of all.</summary>
    private static async Task<long> ShownAsync(DbSession db, CaseId caseId, TrailReadsBlind blind, long total, CancellationToken ct) =>
        blind.OpenSince is { } since && await db.FirstOrDefaultAsync<long?>("trail/first_since", new { CaseId = caseId, Since = since }, ct) is { } first
            ? first - 1
            : total;

    /// <summary>All events that are shown, from the first, and how many there are.</summary>
    internal static async Task<(IReadOnlyList<TrailEvent> Events, long Total)> EventsAsync(
        DbSession db, Dossier dossier, TrailReadsBlind blind, PeopleSnapshot people, int most, CancellationToken ct)
    {
        var total = await db.ScalarAsync<long>("trail/dossier_seq", new { CaseId = dossier.Id }, ct);
        var shown = await ShownAsync(db, dossier.Id, blind, total, ct);
        var proven = await db.ScalarAsync<ProvenSizes>("trail/proven_sizes", null, ct);
        var rows = await db.QueryAsync<EventRow>("trail/case_events_page", new { CaseId = dossier.Id, After = 0L, Until = shown, Take = most }, ct);
        return ([.. rows.Select(r => Event(r, dossier, blind, people, proven))], total);
    }

    private static TrailEvent Event(EventRow row, Dossier dossier, TrailReadsBlind blind, PeopleSnapshot people, ProvenSizes proven)
    {
        var (proof, plain) = Check(row, dossier, proven);
        if (blind.IsBlind(row.EventId))
        {
            // It will never be revealed: the case ended before. That somebody wrote stays in the trail; who, when and what does not show.
            return new(row.CaseSeq, row.Type, null, null, null, null, null, null, null, null, null, null, proof, TrailBodyState.Blind, null);
        }

        var header = EventHeader.Parse(row.Leaf);
        if (blind.HidesWriter(row.Type))
        {
            return new(row.CaseSeq, row.Type, null, null, null, null, null, null, null, null, null, null, proof, TrailBodyState.Lettered, null);
        }

        if (blind.IsLettered(row.EventId, row.Type))
        {
            return new(
                row.CaseSeq, row.Type, null, header.At, people.Ref(row.ActorId), header.Role, header.OnBehalfOf, null, header.Policy, null, null, null, proof,
                TrailBodyState.Lettered, null);
        }

        var state = plain is null ? TrailBodyState.Erased : blind.IsClosedByStop(row.Type) ? TrailBodyState.Stopped : TrailBodyState.Shown;
        return new(
            row.CaseSeq,
            row.Type,
            row.EventId,
            header.At,
            people.Ref(row.ActorId),
            header.Role,
            header.OnBehalfOf,
            header.Cause,
            header.Policy,
            row.LeafIndex,
            Convert.ToHexStringLower(row.LeafHash),
            Encoding.UTF8.GetString(row.Leaf),
            proof,
            state,
            state == TrailBodyState.Shown ? Json(plain!.Value) : null);
    }

    /// <summary>Holds the stored bytes against their hash, and the body against its commitment.</summary>
    private static (TrailProofState Proof, ReadOnlyMemory<byte>? Body) Check(EventRow row, Dossier dossier, ProvenSizes proven)
    {
        var sound = MerkleTree.LeafHash(row.Leaf).AsSpan().SequenceEqual(row.LeafHash);
        ReadOnlyMemory<byte>? body = null;
        if (row.Body is { } blob)
        {
            var (salt, opened) = TrailBodies.Open(dossier, row.EventId, blob);
            sound &= Commitment.Compute(salt, opened.Span).AsSpan().SequenceEqual(EventHeader.Parse(row.Leaf).Commit);
            body = opened;
        }

        return (sound ? proven.StateOf(row.LeafIndex) : TrailProofState.Broken, body);
    }

    private static JsonElement Json(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    /// <summary>A filter as the queries take it.</summary>
    internal sealed record ListArgs(TrailFilter Filter)
    {
        public DateTimeOffset? From => StartOf(Filter.From);
        public DateTimeOffset? Before => StartOf(Filter.To?.AddDays(1));
        public string? Team => Filter.Team;
        public VoteOption? Outcome => Filter.Outcome;
        public CasePhase? Phase => Filter.Phase;
        public bool Deviates => Filter.Deviates;
        public bool Dissent => Filter.Dissent;
        public bool OutsideHours => Filter.OutsideHours;
        public bool EmergencyPath => Filter.EmergencyPath;
        public bool BrokenGlass => Filter.BrokenGlass;
        public bool OpenFindings => Filter.OpenFindings;
        public int Skip { get; init; }
        public int Take { get; init; }

        private static DateTimeOffset? StartOf(DateOnly? day) =>
            day is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
    }

    private sealed record ListRow
    {
        public CaseId CaseId { get; init; }
        public string Team { get; init; } = "";
        public CasePhase Phase { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? SubmittedAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public VoteOption? Outcome { get; init; }
        public string? Workflow { get; init; }
        public long Events { get; init; }
        public int Deviations { get; init; }
        public int Dissents { get; init; }
        public int OutsideHours { get; init; }
        public int ImmediateDecisions { get; init; }
        public int BrokenGlass { get; init; }
        public int OpenFindings { get; init; }

        public TrailMarks Marks => new(
            Deviations > 0, Dissents, OutsideHours, ImmediateDecisions > 0 || Workflow?.StartsWith(UrgentVersions, StringComparison.Ordinal) == true, BrokenGlass, OpenFindings);
    }

    /// <summary>The largest trees that a signed checkpoint covers, and that an anchor outside has; 0 for none.</summary>
    internal sealed record ProvenSizes
    {
        public long Signed { get; init; }
        public long Anchored { get; init; }

        public TrailProofState StateOf(long leafIndex) =>
            leafIndex < Anchored ? TrailProofState.Anchored : leafIndex < Signed ? TrailProofState.Signed : TrailProofState.Appended;
    }

    private sealed record EventRow
    {
        public long LeafIndex { get; init; }
        public Guid EventId { get; init; }
        public long CaseSeq { get; init; }
        public string Type { get; init; } = "";
        public PersonId ActorId { get; init; }
        public byte[] Leaf { get; init; } = [];
        public byte[] LeafHash { get; init; } = [];
        public byte[]? Body { get; init; }
    }
}
