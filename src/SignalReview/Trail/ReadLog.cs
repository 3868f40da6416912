using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Statistics;
using SignalReview.Storage;
using SignalReview.Trail.Audit;

namespace SignalReview.Trail;

/// <summary>What must stand in the trail could not be written there, so it was not done, and nothing was given out (the HTTP door answers 503).</summary>
internal class TrailNotWrittenException(string message, Exception inner) : Exception(message, inner)
{
    public TrailNotWrittenException(Exception inner)
        : this("The trail could not be written; nothing was done.", inner)
    {
    }
}

/// <summary>
/// That somebody read could not be written down, so they were given nothing (the HTTP door answers 503).
/// </summary>
internal sealed class ReadNotLoggedException(Exception inner)
    : TrailNotWrittenException("The read could not be written to the trail; nothing was given out.", inner);

/// <summary>
/// Writes who read what, and commits: before the data is returned, never after. What cannot be logged is not shown.
/// </summary>
internal static class ReadLog
{
    /// <summary>How long one event covers what is followed live.</summary>
    public static readonly TimeSpan Live = TimeSpan.FromMinutes(15);

    /// <summary>Content of one case, or its trail.</summary>
    /// <param name="db">The write transaction in which the content was read; it is committed.</param>
    /// <param name="dossier">The case's.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="roles">As what.</param>
    /// <param name="view">What was shown: "case", "room", "trail".</param>
    /// <param name="policy">The case's workflow@version.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">The caller's token.</param>
    public static Task CaseAsync(
        DbSession db, Dossier dossier, Actor actor, IReadOnlySet<CaseRole> roles, string view, string? policy, DateTimeOffset now, CancellationToken ct) =>
        CommitAsync(db, dossier, actor, "case.read", RoleText(roles), new CaseReadBody(view, [.. roles.Order()], actor.Client), policy, now, ct);

    /// <summary>
    /// Content of one case that goes on changing before somebody's eyes: the event says until when, and what is shown within that time needs
    /// no event of its own. It claims rather too much than too little.
    /// </summary>
    public static async Task LiveAsync(
        DbSession db, Dossier dossier, Actor actor, IReadOnlySet<CaseRole> roles, string view, string? policy, DateTimeOffset now, CancellationToken ct)
    {
        var until = now + Live;
        var row = new { CaseId = dossier.Id, PersonId = actor.Person, Shown = view, Roles = RolesText(roles), Until = until };
        if (await db.ExecuteAsync("trail/extend_live_read", row, ct) == 0)
        {
            await db.ExecuteAsync("trail/insert_live_read", row, ct); // another window may be first: the key says so, and it is done again
        }

        var body = new CaseReadBody(view, [.. roles.Order()], actor.Client) { LiveUntil = until };
        await CommitAsync(db, dossier, actor, "case.read", RoleText(roles), body, policy, now, ct);
    }

    /// <summary>Whether the trail says already that this person, in these roles, follows this live.</summary>
    public static async Task<bool> IsLiveAsync(
        DbSession db, CaseId @case, PersonId person, IReadOnlySet<CaseRole> roles, string view, DateTimeOffset now, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<LiveRow>("trail/live_read", new { CaseId = @case, PersonId = person, Shown = view }, ct) is { } row
        && now < row.LiveUntil
        && row.Roles == RolesText(roles);

    /// <summary>Whether the trail says already that this person follows this live, as whomever.</summary>
    public static async Task<bool> IsCoveredAsync(DbSession db, CaseId @case, PersonId person, string view, DateTimeOffset now, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<LiveRow>("trail/live_read", new { CaseId = @case, PersonId = person, Shown = view }, ct) is { } row && now < row.LiveUntil;

    /// <summary>Of whom the trail says already that they follow this live.</summary>
    public static async Task<IReadOnlySet<PersonId>> CoveredAsync(DbSession db, CaseId @case, string view, DateTimeOffset now, CancellationToken ct) =>
        (await db.QueryAsync<LiveReader>("trail/live_readers", new { CaseId = @case, Shown = view }, ct))
            .Where(r => now < r.LiveUntil).Select(r => r.PersonId).ToHashSet();

    /// <summary>A list that shows something of each of these cases.</summary>
    public static Task ListAsync(
        DbSession db, Dossier organisation, Actor actor, string role, string list, IReadOnlyList<CaseId> cases, DateTimeOffset now, CancellationToken ct) =>
        CommitAsync(db, organisation, actor, "list.read", role, new ListReadBody(list, cases, actor.Client), null, now, ct);

    /// <summary>As <see cref="ListAsync"/>, where somebody asked for those that fit a filter: also by what they were looked for.</summary>
    public static Task SearchAsync<TFilter>(
        DbSession db, Dossier organisation, Actor actor, string role, string list, TFilter filter, int total, IReadOnlyList<CaseId> cases, DateTimeOffset now, CancellationToken ct) =>
        CommitAsync(db, organisation, actor, "list.read", role, new SearchReadBody<TFilter>(list, filter, total, cases, actor.Client), null, now, ct);

    /// <summary>Something of the organisation that is no case: which, by its id.</summary>
    public static Task ItemAsync(
        DbSession db, Dossier organisation, Actor actor, string role, string list, Guid item, IReadOnlyList<CaseId> cases, DateTimeOffset now, CancellationToken ct) =>
        CommitAsync(db, organisation, actor, "list.read", role, new ItemReadBody(list, item, cases, actor.Client), null, now, ct);

    /// <summary>Figures over a set of cases: which set, not which cases; these follow from it.</summary>
    public static Task StatisticsAsync(
        DbSession db, Dossier organisation, Actor actor, string role, StatisticsReadBody body, DateTimeOffset now, CancellationToken ct) =>
        CommitAsync(db, organisation, actor, "statistics.read", role, body, null, now, ct);

    /// <summary>Headers of many cases at once, for a program that watches.</summary>
    public static Task PolledAsync(DbSession db, Dossier organisation, Actor actor, TrailPolledBody body, DateTimeOffset now, CancellationToken ct) =>
        CommitAsync(db, organisation, actor, TrailFeed.Polled, Enums.Text(CaseRole.Auditor), body, null, now, ct);

    /// <summary>A read that was refused, in the case's dossier or, when there is no such case, the organisation's.</summary>
    public static async Task RefusedAsync(
        DbSession db, KeyRing keys, Actor actor, CaseId @case, string read, Refusal refusal, DateTimeOffset now, CancellationToken ct)
    {
        using var dossier = await Dossier.OpenAsync(db, keys, @case, ct) ?? await OrganisationAsync(db, keys, ct);
        await CommitAsync(db, dossier, actor, "command.refused", "requester", new RefusedReadBody(read, refusal.Code, @case), null, now, ct);
    }

    public static async Task<Dossier> OrganisationAsync(DbSession db, KeyRing keys, CancellationToken ct) =>
        await Dossier.OpenAsync(db, keys, CaseId.Organisation, ct)
            ?? throw new InvalidOperationException("The organisation has no dossier; the database was not prepared.");

    /// <summary>The role that says most: being in a case before being in charge of all.</summary>
    public static string RoleText(IReadOnlySet<CaseRole> roles) => roles.Count == 0 ? "requester" : Enums.Text(roles.Min());

    private static async Task CommitAsync<T>(
        DbSession db, Dossier dossier, Actor actor, string type, string role, T body, string? policy, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var read = new PendingEvent(Guid.CreateVersion7(now), type, actor.Person, role, TrailJson.Canonical(body));
            await TrailLog.AppendAsync(db, dossier, [read], cause: null, policy, now, ct);
            await db.CommitAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ReadNotLoggedException(e);
        }
    }

    private static string RolesText(IReadOnlySet<CaseRole> roles) => string.Join(' ', roles.Order().Select(Enums.Text));

    private sealed record CaseReadBody(string View, IReadOnlyList<CaseRole> Roles, string Client)
    {
        public DateTimeOffset? LiveUntil { get; init; }
    }

    private sealed record LiveRow
    {
        public string Roles { get; init; } = "";
        public DateTimeOffset LiveUntil { get; init; }
    }

    private sealed record LiveReader
    {
        public PersonId PersonId { get; init; }
        public DateTimeOffset LiveUntil { get; init; }
    }

    private sealed record ListReadBody(string List, IReadOnlyList<CaseId> Cases, string Client);

    private sealed record SearchReadBody<TFilter>(string List, TFilter Filter, int Total, IReadOnlyList<CaseId> Cases, string Client);

    private sealed record ItemReadBody(string List, Guid Item, IReadOnlyList<CaseId> Cases, string Client);

    private sealed record RefusedReadBody(string Command, string Code, CaseId Case);
}

/// <summary>The body of <c>statistics.read</c>.</summary>
/// <param name="View">"page", "json", or the name of a table.</param>
/// <param name="Filter">Over which cases.</param>
/// <param name="Round">Of which round the votes were.</param>
/// <param name="Seed">What intervals were drawn from.</param>
/// <param name="Cases">How many cases; null when the set was too small to be told of.</param>
/// <param name="Client">By which door.</param>
internal sealed record StatisticsReadBody(string View, StatisticsFilter Filter, int Round, int Seed, int? Cases, string Client);
