using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>One person who looked at a case.</summary>
/// <param name="Person">Who.</param>
/// <param name="Roles">As what, of all their looks.</param>
/// <param name="Times">How often.</param>
/// <param name="First">The first time.</param>
/// <param name="Last">The last time.</param>
/// <param name="Looks">Each of them, oldest first.</param>
public sealed record Looker(
    PersonRef Person, IReadOnlyList<string> Roles, int Times, DateTimeOffset First, DateTimeOffset Last, IReadOnlyList<LookView> Looks);

/// <param name="Seq">The event's number in the case.</param>
/// <param name="At">When.</param>
/// <param name="Role">As what.</param>
/// <param name="Kind">How.</param>
/// <param name="View">What was shown; null when that was erased.</param>
/// <param name="Client">By which door; null when that was erased.</param>
/// <param name="LiveUntil">It was followed live, until then at the latest.</param>
public sealed record LookView(
    long Seq, DateTimeOffset At, string Role, LookKind Kind, string? View, string? Client, DateTimeOffset? LiveUntil);

/// <param name="Case">The case.</param>
/// <param name="People">Who looked last first.</param>
/// <param name="Total">How many looks in all.</param>
/// <param name="HeldBack">While readings or votes come in, how many looks since then are told only after their reveal: who looks often is about to write.</param>
public sealed record WhoLookedView(CaseId Case, IReadOnlyList<Looker> People, int Total, int HeldBack);

/// <summary>
/// Who looked at a case: for its owner, who answers for it, for auditors and for the privacy officer. Not for who leads its room: when a colleague
/// looks is theirs to know, not the room's. Reading it is itself a read.
/// </summary>
internal sealed class WhoLooked(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    private const string Shows = "who-looked";

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<WhoLookedView>> ReadAsync(Actor actor, CaseId caseId, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, token), ct);

    public static bool MayRead(IReadOnlySet<CaseRole> roles) => TrailReads.MayRead(roles) || roles.Contains(CaseRole.PrivacyOfficer);

    private async Task<TrailReadResult<WhoLookedView>> TryReadAsync(Actor actor, CaseId caseId, CancellationToken ct)
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
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ReadWhoLooked", refusal, now, ct);
            return new(null, refusal);
        }

        var all = await CaseLooks.LoadAsync(db, dossier!, ct);
        var since = new TrailReadsBlind(file!, roles).OpenSince;
        var shown = all.Where(look => since is null || look.At < since).ToList();
        var view = new WhoLookedView(caseId, Group(shown, people), all.Count, all.Count - shown.Count);
        await ReadLog.CaseAsync(db, dossier!, actor, roles, Shows, file!.Case.Workflow, now, ct);
        return new(view, null);
    }

    private static IReadOnlyList<Looker> Group(IReadOnlyList<CaseLook> looks, PeopleSnapshot people) =>
    [
        .. looks.GroupBy(look => look.Person)
            .Select(own => new Looker(
                people.Ref(own.Key),
                [.. own.Select(look => look.Role).Distinct(StringComparer.Ordinal)],
                own.Count(),
                own.First().At,
                own.Last().At,
                [.. own.Select(look => new LookView(look.Seq, look.At, look.Role, look.Kind, look.View, look.Client, look.LiveUntil))]))
            .OrderByDescending(looker => looker.Last)
            .ThenBy(looker => looker.Person.Name, StringComparer.Ordinal),
    ];
}
