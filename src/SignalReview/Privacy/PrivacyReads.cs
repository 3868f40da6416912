using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy;

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record PrivacyReadResult<T>(T? View, Refusal? Refusal)
    where T : class;

/// <summary>
/// Holds and erasures, for privacy officers and for who may be the second person. Lists tell no word that anybody wrote; of one case the reasons are shown, and
/// that they were read is in the trail before.
/// </summary>
internal sealed class PrivacyReads(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    public const int MostLines = 200;

    /// <summary>What of a case is shown, for the trail.</summary>
    public const string View = "privacy";

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<PrivacyReadResult<PrivacyList<HoldView>>> HoldsAsync(Actor actor, int page, int pageSize, CancellationToken ct) =>
        ListAsync<HoldRow, HoldView>(
            actor, "holds", page, pageSize, row => row.CaseId, (row, people, now) => PrivacyWords.None.Hold(row, people, LegalHolds.Today(now)), ct);

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<PrivacyReadResult<PrivacyList<ErasureView>>> ErasuresAsync(Actor actor, int page, int pageSize, CancellationToken ct) =>
        ListAsync<ErasureRow, ErasureView>(actor, "erasures", page, pageSize, row => row.CaseId, (row, people, _) => PrivacyWords.None.Erasure(row, people), ct);

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<PrivacyReadResult<PrivacyCaseView>> CaseAsync(Actor actor, CaseId id, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryCaseAsync(actor, id, isLogged: false, token), ct);

    /// <summary>As <see cref="CaseAsync"/>, for a page whose read of the case as "privacy" stands in the trail already.</summary>
    public Task<PrivacyReadResult<PrivacyCaseView>> LoggedCaseAsync(Actor actor, CaseId id, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryCaseAsync(actor, id, isLogged: true, token), ct);

    /// <summary>Of which case an erasure is; null: there is none of that id. It tells nothing else, and is asked before a page of it is made.</summary>
    public async Task<CaseId?> CaseOfAsync(Guid erasure, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return (await db.FirstOrDefaultAsync<ErasureRow>("privacy/erasure", new { ErasureId = erasure }, ct))?.CaseId;
    }

    public static bool MayRead(Actor actor) => actor.Is(Role.PrivacyOfficer) || actor.Is(Role.Coordinator);

    private Task<PrivacyReadResult<PrivacyList<TView>>> ListAsync<TRow, TView>(
        Actor actor,
        string list,
        int page,
        int pageSize,
        Func<TRow, CaseId> caseOf,
        Func<TRow, PeopleSnapshot, DateTimeOffset, TView> view,
        CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostLines);
        return BusyRetry.RunAsync(database, time, TryAsync, ct);

        async Task<PrivacyReadResult<PrivacyList<TView>>> TryAsync(CancellationToken token)
        {
            var people = await directory.GetAsync(token);
            var now = time.GetUtcNow().Truncate();
            await using var db = await database.BeginAsync(token);
            if (!MayRead(actor))
            {
                await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ReadPrivacy", Refusal.NotYours, now, token);
                return new(null, Refusal.NotYours);
            }

            var total = await db.ScalarAsync<int>($"privacy/{list}_total", null, token);
            var rows = await db.QueryAsync<TRow>($"privacy/{list}", new { Skip = (page - 1) * pageSize, Take = pageSize }, token);
            using var organisation = await ReadLog.OrganisationAsync(db, keys, token);
            var role = actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator;
            await ReadLog.ListAsync(db, organisation, actor, Enums.Text(role), list, [.. rows.Select(caseOf)], now, token);
            return new(new([.. rows.Select(row => view(row, people, now))], total, page, pageSize), null);
        }
    }

    private async Task<PrivacyReadResult<PrivacyCaseView>> TryCaseAsync(Actor actor, CaseId id, bool isLogged, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, id, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, id, ct);
        var roles = file?.RolesOf(actor) ?? new HashSet<CaseRole>();
        if (roles.Count == 0 || !MayRead(actor))
        {
            var refusal = roles.Count == 0 ? Refusal.NotFound : Refusal.NotYours;
            await ReadLog.RefusedAsync(db, keys, actor, id, "ReadPrivacy", refusal, now, ct);
            return new(null, refusal);
        }

        var holds = await db.QueryAsync<HoldRow>("privacy/holds_of_case", new { CaseId = id }, ct);
        var erasures = await db.QueryAsync<ErasureRow>("privacy/erasures_of_case", new { CaseId = id }, ct);
        var words = await PrivacyWords.OpenAsync(db, dossier!, holds, erasures, ct);
        var today = LegalHolds.Today(now);
        var held = holds.Any(h => h.Stands(today));
        var view = new PrivacyCaseView(
            id,
            file!.Case.Team,
            file.Phase,
            file.Case.CreatedAt,
            file.Case.ErasedAt,
            ErasureRules.IsRunning(file),
            [.. holds.Select(h => words.Hold(h, people, today))],
            [.. erasures.Select(e => words.Erasure(e, people) with { Can = PrivacyActions.On(file, e, actor, held) })],
            PrivacyActions.On(file, erasures, actor));
        if (!isLogged)
        {
            await ReadLog.CaseAsync(db, dossier!, actor, roles, View, file.Case.Workflow, now, ct);
        }

        return new(view, null);
    }
}
