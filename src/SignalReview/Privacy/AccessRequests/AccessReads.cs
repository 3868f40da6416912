using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Privacy.Retention;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>One request in a list.</summary>
/// <param name="Id">The request.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Age">Of the young person.</param>
/// <param name="ReceivedOn">When it came in.</param>
/// <param name="DueOn">By when it is to be answered.</param>
/// <param name="Extended">The longer time was taken.</param>
/// <param name="Overdue">That day is past.</param>
/// <param name="Files">How many cases.</param>
/// <param name="ToApprove">How many files wait for the second person.</param>
public sealed record AccessItem(
    CaseId Id, AccessState State, Requester Requester, int Age, DateOnly ReceivedOn, DateOnly DueOn, bool Extended, bool Overdue, int Files, int ToApprove);

/// <summary>One case of a request.</summary>
/// <param name="Case">The case.</param>
/// <param name="Team">Whose.</param>
/// <param name="Phase">Where it is.</param>
/// <param name="SubmittedAt">When it came in.</param>
/// <param name="State">Where its file stands.</param>
/// <param name="Revision">Of what was marked.</param>
/// <param name="MadeBy">Who made the file.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ApprovedBy">The second person.</param>
/// <param name="ExpiresAt">When it goes from the server.</param>
/// <param name="Erased">Nothing is left of the case.</param>
public sealed record AccessFileView(
    CaseId Case,
    string Team,
    CasePhase Phase,
    DateTimeOffset? SubmittedAt,
    AccessFileState State,
    long Revision,
    PersonRef? MadeBy,
    DateTimeOffset? MadeAt,
    PersonRef? ApprovedBy,
    DateTimeOffset? ExpiresAt,
    bool Erased);

/// <summary>One request, for the privacy officer.</summary>
/// <param name="Item">Who asks, and by when.</param>
/// <param name="Identity">How it was made sure who asks.</param>
/// <param name="Note">How it came in.</param>
/// <param name="RegisteredBy">By whom it was registered.</param>
/// <param name="May">By their age this requester may ask.</param>
/// <param name="AgeRule">What the rules say of this age.</param>
/// <param name="AgeSource">Where that stands.</param>
/// <param name="Exceptions">That hold although they may ask.</param>
/// <param name="Files">Its cases.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Letter">What the requester is told when it was refused.</param>
/// <param name="RefusalGround">On which ground.</param>
/// <param name="AnsweredAt">When the requester got what they asked for.</param>
public sealed record AccessRequestView(
    AccessItem Item,
    IdentityCheck Identity,
    string? Note,
    PersonRef RegisteredBy,
    bool May,
    RuleText AgeRule,
    string AgeSource,
    IReadOnlyList<RuleText> Exceptions,
    IReadOnlyList<AccessFileView> Files,
    PersonRef? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Reason,
    string? Letter,
    RuleText? RefusalGround,
    DateTimeOffset? AnsweredAt);

/// <summary>A case that the privacy officer found by its pseudonym.</summary>
/// <param name="Case">The case.</param>
/// <param name="Team">Whose.</param>
/// <param name="Phase">Where it is.</param>
/// <param name="Pseudonym">As it stands in the signal.</param>
/// <param name="AgeBand">As well.</param>
/// <param name="SubmittedAt">When it came in.</param>
/// <param name="Added">It is a case of this request.</param>
public sealed record AccessHit(CaseId Case, string Team, CasePhase Phase, string Pseudonym, string? AgeBand, DateTimeOffset? SubmittedAt, bool Added);

/// <summary>What a search came to.</summary>
/// <param name="Hits">Newest first, at most <see cref="AccessReads.MostHits"/>.</param>
/// <param name="Searched">How many cases were looked at.</param>
/// <param name="More">There were more hits than are shown.</param>
public sealed record AccessSearchView(IReadOnlyList<AccessHit> Hits, int Searched, bool More);

/// <summary>One case to be marked.</summary>
internal sealed record AccessReview(AccessRequestRow Request, AccessFileRow File, AccessContent Content, AccessMarks Marks, bool Marked, IReadOnlyList<MarkSuggestion> Suggestions);

/// <summary>A file as it goes to the requester.</summary>
internal sealed record AccessDownload(byte[] Content, string Type, string FileName);

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record AccessResult<T>(T? View, Refusal? Refusal)
    where T : class;

/// <summary>
/// What the privacy officer sees of requests; the second person sees the file that they are to approve. Every read of content, every search and every
/// file that goes out is in the trail before anything is shown.
/// </summary>
internal sealed class AccessReads(IDatabase database, KeyRing keys, PeopleDirectory directory, AccessRules rules, TimeProvider time)
{
    public const int MostHits = 50;

    /// <summary>A search for a single letter finds everybody.</summary>
    private const int LeastWords = 2;

    public AccessRules Rules => rules;

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<AccessResult<IReadOnlyList<AccessItem>>> ListAsync(Actor actor, CancellationToken ct) => RunAsync(
        actor,
        CaseId.Organisation,
        "ListAccessRequests",
        AccessFiles.MaySecond,
        async (db, now, token) =>
        {
            var today = Reckoner.DayOf(now);
            var rows = await db.QueryAsync<ListRow>("access/list", null, token);
            // Who is only the second person sees what waits for them, and no more.
            var items = rows.Where(r => actor.Is(Role.PrivacyOfficer) || r.ToApprove > 0).Select(r => Item(r, today, r.Files, r.ToApprove)).ToList();
            using var organisation = await ReadLog.OrganisationAsync(db, keys, token);
            await ReadLog.ListAsync(db, organisation, actor, RoleOf(actor), "accessRequests", [.. items.Select(i => i.Id)], now, token);
            return new AccessResult<IReadOnlyList<AccessItem>>(items, null);
        },
        ct);

    /// <summary>How many are open and how many late, for who answers them; it names none of them.</summary>
    public async Task<AccessCounts?> CountsAsync(Actor actor, CancellationToken ct)
    {
        if (!AccessFiles.MaySecond(actor) && !actor.Is(Role.Coordinator))
        {
            return null;
        }

        await using var db = await database.OpenReadAsync(ct);
        return await db.ScalarAsync<AccessCounts>("access/counts", new { Today = Reckoner.DayOf(time.GetUtcNow()), PersonId = actor.Person }, ct);
    }

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<AccessResult<AccessRequestView>> ReadAsync(Actor actor, CaseId id, CancellationToken ct) => RunAsync(
        actor,
        id,
        "ReadAccessRequest",
        AccessFiles.MaySecond,
        async (db, now, token) =>
        {
            using var dossier = await Dossier.OpenAsync(db, keys, id, token);
            var row = dossier is null ? null : await AccessStore.FindAsync(db, id, token);
            var files = row is null ? [] : await AccessStore.FilesAsync(db, id, token);
            if (row is null || !(actor.Is(Role.PrivacyOfficer) || files.Any(f => f.State == AccessFileState.Proposed)))
            {
                return await RefusedAsync<AccessRequestView>(db, actor, id, "ReadAccessRequest", Refusal.NotFound, now, token);
            }

            var view = await ViewAsync(db, dossier!, row, files, now, actor.Is(Role.PrivacyOfficer), token);
            await ReadLog.CaseAsync(db, dossier!, actor, Roles(actor), "accessRequest", rules.Label, now, token);
            return new(view, null);
        },
        ct);

    /// <param name="actor">A privacy officer.</param>
    /// <param name="id">The request; the search is in its trail.</param>
    /// <param name="words">Of the pseudonym, in capitals or not.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public async Task<AccessResult<AccessSearchView>> SearchAsync(Actor actor, CaseId id, string words, CancellationToken ct)
    {
        words = words.Trim();
        // A read of its own: opening every signal must keep no writer waiting. What it found is given only once the search is written down.
        var (hits, searched) = actor.Is(Role.PrivacyOfficer) && words.Length >= LeastWords
            ? await BusyRetry.RunAsync(database, time, token => FindAsync(words, id, token), ct)
            : ([], 0);
        return await RunAsync(
            actor, id, "SearchAccess", a => a.Is(Role.PrivacyOfficer), (db, now, token) => LogSearchAsync(db, actor, id, words, hits, searched, now, token), ct);
    }

    private async Task<AccessResult<AccessSearchView>> LogSearchAsync(
        DbSession db, Actor actor, CaseId id, string words, List<AccessHit> hits, int searched, DateTimeOffset now, CancellationToken token)
    {
        using var dossier = await Dossier.OpenAsync(db, keys, id, token);
        var row = dossier is null ? null : await AccessStore.FindAsync(db, id, token);
        if (row is not { IsOpen: true })
        {
            return await RefusedAsync<AccessSearchView>(db, actor, id, "SearchAccess", row is null ? Refusal.NotFound : Refusal.Conflict("access-settled"), now, token);
        }

        if (words.Length < LeastWords)
        {
            return await RefusedAsync<AccessSearchView>(db, actor, id, "SearchAccess", Refusal.Invalid(new FieldProblem("words", "required")), now, token);
        }

        var found = new PendingEvent(
            Guid.CreateVersion7(now),
            "access.searched",
            actor.Person,
            RoleOf(actor),
            TrailJson.Canonical(new { words, searched, found = hits.Take(MostHits).Select(h => h.Case) }));
        await LogAsync(db, dossier!, found, now, token);
        return new(new AccessSearchView([.. hits.Take(MostHits)], searched, hits.Count > MostHits), null);
    }

    /// <summary>All of one case for who marks it.</summary>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<AccessResult<AccessReview>> ReviewAsync(Actor actor, CaseId id, CaseId caseId, string language, CancellationToken ct) => RunAsync(
        actor,
        id,
        "ReviewAccess",
        a => a.Is(Role.PrivacyOfficer),
        async (db, now, token) =>
        {
            var (row, file, dossier) = await OpenAsync(db, id, caseId, token);
            using var opened = dossier;
            if (row is null || file is null || dossier is null || await CaseStore.LoadAsync(db, caseId, token) is not { } @case)
            {
                return await RefusedAsync<AccessReview>(db, actor, id, "ReviewAccess", Refusal.NotFound, now, token);
            }

            var reader = new AccessReader(db, dossier, @case, rules, language);
            var refusal = row.State != AccessState.Granted ? Refusal.Conflict("access-not-granted") : reader.IsCollecting ? Refusal.Conflict("access-still-blind") : null;
            if (refusal is not null)
            {
                return await RefusedAsync<AccessReview>(db, actor, caseId, "ReviewAccess", refusal, now, token);
            }

            var content = await reader.ReadAsync(token);
            var marks = await MarksStore.FindAsync(db, dossier, file.FileId, token);
            var review = new AccessReview(row, file, content, marks ?? AccessMarks.None, marks is not null, Redactor.Suggest(content, await directory.GetAsync(token)));
            await ReadLog.CaseAsync(db, dossier, actor, Roles(actor), "access", @case.Case.Workflow, now, token);
            return new(review, null);
        },
        ct);

    /// <summary>The file itself: for the second person before it goes, and for the privacy officer to give it out, with why.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The request.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="data">True: the file for programs.</param>
    /// <param name="reason">Needed to take out an approved file; null to look at one that waits.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<AccessResult<AccessDownload>> FileAsync(Actor actor, CaseId id, CaseId caseId, bool data, string? reason, CancellationToken ct) => RunAsync(
        actor,
        id,
        "ReadAccessFile",
        AccessFiles.MaySecond,
        async (db, now, token) =>
        {
            var (row, file, dossier) = await OpenAsync(db, id, caseId, token);
            using var opened = dossier;
            if (row is null || file is null || dossier is null)
            {
                return await RefusedAsync<AccessDownload>(db, actor, id, "ReadAccessFile", Refusal.NotFound, now, token);
            }

            var expired = file.State == AccessFileState.Expired || file.ExpiresAt <= now;
            var refusal = expired ? Refusal.Conflict("access-file-expired")
                : file.State == AccessFileState.Marking ? Refusal.Conflict("access-file-not-proposed")
                : reason is null ? null
                : !actor.Is(Role.PrivacyOfficer) ? Refusal.NotYours
                : file.State != AccessFileState.Approved ? Refusal.Conflict("access-files-open")
                : string.IsNullOrWhiteSpace(reason) ? Refusal.Invalid(new FieldProblem("reason", "required"))
                : null;
            if (refusal is not null)
            {
                return await RefusedAsync<AccessDownload>(db, actor, caseId, "ReadAccessFile", refusal, now, token);
            }

            var blob = await db.FirstOrDefaultAsync<byte[]?>(data ? "access/data" : "access/page", new { file.FileId }, token)
                ?? throw new InvalidOperationException($"File {file.FileId} has no content.");
            var content = dossier.Key.Decrypt(blob, file.FileId);
            if (reason is null)
            {
                await ReadLog.CaseAsync(db, dossier, actor, Roles(actor), "access", rules.Label, now, token);
            }
            else
            {
                var given = TrailJson.Canonical(new { request = id, data, reason = reason.Trim(), actor.Client });
                await LogAsync(db, dossier, new(Guid.CreateVersion7(now), "access.fileGiven", actor.Person, RoleOf(actor), given), now, token);
            }

            return new(new(content, data ? "application/json" : "text/html; charset=utf-8", $"inzage-{caseId}.{(data ? "json" : "html")}"), null);
        },
        ct);

    private Task<AccessResult<T>> RunAsync<T>(
        Actor actor, CaseId where, string read, Func<Actor, bool> may, Func<DbSession, DateTimeOffset, CancellationToken, Task<AccessResult<T>>> get, CancellationToken ct)
        where T : class =>
        BusyRetry.RunAsync(
            database,
            time,
            async token =>
            {
                var now = time.GetUtcNow().Truncate();
                await using var db = await database.BeginAsync(token);
                return may(actor) ? await get(db, now, token) : await RefusedAsync<T>(db, actor, where, read, Refusal.NotYours, now, token);
            },
            ct);

    private async Task<AccessResult<T>> RefusedAsync<T>(DbSession db, Actor actor, CaseId where, string read, Refusal refusal, DateTimeOffset now, CancellationToken ct)
        where T : class
    {
        await ReadLog.RefusedAsync(db, keys, actor, where, read, refusal, now, ct);
        return new(null, refusal);
    }

    private static async Task LogAsync(DbSession db, Dossier dossier, PendingEvent what, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await TrailLog.AppendAsync(db, dossier, [what], cause: null, policy: null, now, ct);
            await db.CommitAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ReadNotLoggedException(e);
        }
    }

    private async Task<(AccessRequestRow? Row, AccessFileRow? File, Dossier? Dossier)> OpenAsync(DbSession db, CaseId id, CaseId caseId, CancellationToken ct)
    {
        var row = await AccessStore.FindAsync(db, id, ct);
        var file = row is null ? null : await AccessStore.FileAsync(db, id, caseId, ct);
        return (row, file, file is null or { Erased: true } ? null : await Dossier.OpenAsync(db, keys, caseId, ct));
    }

    private async Task<(List<AccessHit> Hits, int Searched)> FindAsync(string words, CaseId request, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        var added = (await AccessStore.FilesAsync(db, request, ct)).Select(f => f.CaseId).ToHashSet();
        var hits = new List<AccessHit>();
        var rows = await db.QueryAsync<SearchRow>("access/searchable", null, ct);
        foreach (var row in rows)
        {
            using var dossier = await Dossier.OpenAsync(db, keys, row.CaseId, ct);
            var signal = dossier is null ? null : await TrailBodies.ReadAsync<SignalSubmission>(db, dossier, row.SubmissionEvent, ct);
            if (signal?.Pseudonym is { } pseudonym && pseudonym.Contains(words, StringComparison.CurrentCultureIgnoreCase))
            {
                hits.Add(new(row.CaseId, row.Team, row.Phase, pseudonym, signal.AgeBand, row.SubmittedAt, added.Contains(row.CaseId)));
            }
        }

        return (hits, rows.Count);
    }

    private async Task<AccessRequestView> ViewAsync(
        DbSession db, Dossier dossier, AccessRequestRow row, IReadOnlyList<AccessFileRow> files, DateTimeOffset now, bool officer, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var registered = officer ? await TrailBodies.ReadAsync<AccessRegisteredBody>(db, dossier, row.RegisteredEvent, ct) : null;
        var decided = officer && row.DecidedEvent is { } decision ? await TrailBodies.ReadAsync<DecidedBody>(db, dossier, decision, ct) : null;
        var rule = rules.For(row.Age);
        return new(
            Item(row, Reckoner.DayOf(now), files.Count, files.Count(f => f.State == AccessFileState.Proposed)),
            row.IdentityCheck,
            registered?.Note,
            people.Ref(row.RegisteredById),
            rules.May(row.Requester, row.Age),
            rule.Explain,
            rule.Source,
            [.. rules.Met(row.Requester, [.. files.Select(f => f.Outcome).OfType<Rooms.VoteOption>()]).Select(e => e.Name)],
            [
                .. files.Where(f => officer || f.State == AccessFileState.Proposed).Select(f => new AccessFileView(
                    f.CaseId, f.Team, f.Phase, f.SubmittedAt, f.State, f.Revision, f.MadeById is { } maker ? people.Ref(maker) : null, f.MadeAt,
                    f.ApprovedById is { } second ? people.Ref(second) : null, f.ExpiresAt, f.Erased)),
            ],
            row.DecidedById is { } decider ? people.Ref(decider) : null,
            row.DecidedAt,
            decided?.Reason,
            decided?.Letter,
            row.RefusalGround is { } ground ? rules.Ground(ground)?.Name ?? new(ground, ground) : null,
            row.AnsweredAt);
    }

    private static AccessItem Item(AccessRequestRow row, DateOnly today, int files, int toApprove) => new(
        row.RequestId, row.State, row.Requester, row.Age, row.ReceivedOn, row.DueOn, row.Extended, row.IsOpen && row.DueOn < today, files, toApprove);

    private static AccessItem Item(ListRow row, DateOnly today, int files, int toApprove) => new(
        row.RequestId, row.State, row.Requester, row.Age, row.ReceivedOn, row.DueOn, row.Extended,
        row.State is AccessState.Registered or AccessState.Granted && row.DueOn < today, files, toApprove);

    private static HashSet<CaseRole> Roles(Actor actor) => [actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Approver];

    private static string RoleOf(Actor actor) => Enums.Text(Roles(actor).First());

    private sealed record ListRow
    {
        public CaseId RequestId { get; init; }
        public AccessState State { get; init; }
        public Requester Requester { get; init; }
        public int Age { get; init; }
        public DateOnly ReceivedOn { get; init; }
        public DateOnly DueOn { get; init; }
        public bool Extended { get; init; }
        public int Files { get; init; }
        public int ToApprove { get; init; }
    }

    private sealed record SearchRow
    {
        public CaseId CaseId { get; init; }
        public string Team { get; init; } = "";
        public CasePhase Phase { get; init; }
        public Guid SubmissionEvent { get; init; }
        public DateTimeOffset? SubmittedAt { get; init; }
    }

    private sealed record DecidedBody(string? Reason, string? Letter);
}

/// <summary>Open requests in numbers.</summary>
public sealed record AccessCounts
{
    public int Waiting { get; init; }

    /// <summary>Open, and the day is past.</summary>
    public int Overdue { get; init; }

    /// <summary>Files that wait for this person as the second.</summary>
    public int ToApprove { get; init; }

    /// <summary>The soonest day of an open one.</summary>
    public DateOnly? NextDue { get; init; }
}
