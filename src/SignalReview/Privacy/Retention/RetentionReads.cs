using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.Retention;

/// <summary>Which cases of the calendar; what is null does not filter.</summary>
/// <param name="From">Due in this month or later, told by its first day.</param>
/// <param name="Months">So many months; null: all.</param>
/// <param name="Kind">Of which kind.</param>
/// <param name="Team">Of this team.</param>
public sealed record CalendarFilter(DateOnly? From = null, int? Months = null, CalendarKind? Kind = null, string? Team = null);

/// <summary>What to look for in the calendar.</summary>
public enum CalendarKind
{
    /// <summary>The day has come.</summary>
    Overdue,
    Noticed,
    Objected,

    /// <summary>A legal hold keeps it.</summary>
    Held,
    Postponed,

    /// <summary>A person must decide.</summary>
    Review,

    /// <summary>The case does not tell from when its rule counts.</summary>
    Undated,
}

/// <summary>One case in the calendar: when and why, not what it says.</summary>
/// <param name="Case">The case.</param>
/// <param name="Team">Whose.</param>
/// <param name="Phase">Where it ended.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="RuleName">In both languages.</param>
/// <param name="Rules">"id@version".</param>
/// <param name="Ground">The legal ground's id.</param>
/// <param name="DueOn">The first day on which it is no longer kept; null: it cannot be told.</param>
/// <param name="NoticeOn">From when it is told.</param>
/// <param name="Action">What happens then.</param>
/// <param name="Step">Where it stands.</param>
/// <param name="PostponedUntil">An exception that was granted.</param>
/// <param name="ObjectedUntil">Until when somebody asks to keep it.</param>
/// <param name="Held">A legal hold keeps it.</param>
/// <param name="HeldUntil">The last day of that; null: until it is lifted.</param>
public sealed record CalendarItem(
    CaseId Case,
    string Team,
    CasePhase Phase,
    string Rule,
    RuleText RuleName,
    string Rules,
    string Ground,
    DateOnly? DueOn,
    DateOnly? NoticeOn,
    RetentionAction Action,
    RetentionStep Step,
    DateOnly? PostponedUntil,
    DateOnly? ObjectedUntil,
    bool Held,
    DateOnly? HeldUntil);

/// <param name="Month">Its first day.</param>
/// <param name="Count">How many cases are due in it.</param>
public sealed record CalendarMonth(DateOnly Month, int Count);

/// <param name="Items">By day.</param>
/// <param name="Total">How many match.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Cases a page.</param>
/// <param name="Months">The next twelve, and how many cases are due in each.</param>
/// <param name="Overdue">Whose day has come.</param>
/// <param name="Held">Kept by a legal hold.</param>
/// <param name="Objected">Of which somebody asked to keep them.</param>
/// <param name="Undated">Of which nobody can tell the day.</param>
/// <param name="Active">The rules were let in by two people; otherwise nothing is erased.</param>
/// <param name="Rules">"id@version" of the rules that hold.</param>
/// <param name="RulesName">What they are called.</param>
public sealed record CalendarView(
    IReadOnlyList<CalendarItem> Items,
    int Total,
    int Page,
    int PageSize,
    IReadOnlyList<CalendarMonth> Months,
    int Overdue,
    int Held,
    int Objected,
    int Undated,
    bool Active,
    string Rules,
    RuleText RulesName);

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record CalendarResult(CalendarView? View, Refusal? Refusal);

/// <summary>How long one case is kept, for who knows the case.</summary>
/// <param name="Row">As it stands.</param>
/// <param name="Rules">By which rules.</param>
/// <param name="Rule">Which of them; null while the case runs.</param>
/// <param name="Ground">On which ground.</param>
/// <param name="Active">The rules were let in.</param>
/// <param name="Held">A legal hold keeps it.</param>
/// <param name="HeldUntil">The last day of that.</param>
/// <param name="Objection">Why somebody wants to keep it; null unless it waits for an answer.</param>
/// <param name="LatestUntil">Until when an exception may be asked for.</param>
internal sealed record CaseRetention(
    RetentionRow Row,
    RetentionRules Rules,
    RetentionRule? Rule,
    LegalGround Ground,
    bool Active,
    bool Held,
    DateOnly? HeldUntil,
    string? Objection,
    DateOnly LatestUntil)
{
    /// <summary>The day on which it goes: its own, or later while the notice has not been there to see for long enough.</summary>
    public DateOnly? GoesOn => Row is { DueOn: { } due, NoticedAt: { } told, Action: RetentionAction.Erase } && Rule is { } rule
        ? new[] { due, Reckoner.DayOf(told).AddDays(rule.NoticeDays) }.Max()
        : Row.DueOn;
}

/// <summary>Reads the calendar of what is due. It holds no word of what a case says; that it was read is in the trail.</summary>
internal sealed class RetentionReads(IDatabase database, KeyRing keys, RuleSets sets, TimeProvider time)
{
    public const int MostCases = 500;

    private const int MonthsAhead = 12;

    /// <summary>Whose the calendar is.</summary>
    public static bool MayRead(Actor actor) => actor.Is(Role.Coordinator) || actor.Is(Role.PrivacyOfficer);

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<CalendarResult> CalendarAsync(Actor actor, CalendarFilter filter, int page, int pageSize, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryCalendarAsync(actor, filter, page, pageSize, token), ct);

    /// <summary>For a page whose own read of the case is in the trail; it adds no word of what the case says, but why somebody wants to keep it.</summary>
    /// <param name="roles">What the viewer is in the case, as that read found it.</param>
    /// <param name="id">The case.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>Null when nothing was reckoned yet, or the viewer has no say in it.</returns>
    public async Task<CaseRetention?> OfCaseAsync(IReadOnlySet<CaseRole> roles, CaseId id, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        if (RetentionRoles.Of(roles) is null || await RetentionStore.FindAsync(db, id, ct) is not { State: not RetentionStep.Erased } row)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (_, active) = await sets.CurrentAsync(db, ct);
        var rules = await sets.FindAsync(db, row.Sha256, ct);
        var hold = await db.FirstOrDefaultAsync<HoldRow>("retention/hold", new { CaseId = id, Today = Reckoner.DayOf(now) }, ct);
        using var dossier = row.ObjectionEvent is null ? null : await Dossier.OpenAsync(db, keys, id, ct);
        var objection = dossier is null ? null : await TrailBodies.ReadAsync<ObjectionBody>(db, dossier, row.ObjectionEvent!.Value, ct);
        var today = Reckoner.DayOf(now);
        return new(
            row,
            rules,
            row.RuleName is { } name ? rules.Rule(name) : null,
            rules.Ground(row.Ground),
            active,
            hold is not null,
            hold?.Until,
            objection?.Reason,
            rules.LongestPostponement.After(row.DueOn > today ? row.DueOn.Value : today));
    }

    private async Task<CalendarResult> TryCalendarAsync(Actor actor, CalendarFilter filter, int page, int pageSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostCases);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        if (!MayRead(actor))
        {
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ReadRetentionCalendar", Refusal.NotYours, now, ct);
            return new(null, Refusal.NotYours);
        }

        var today = Reckoner.DayOf(now);
        var month = new DateOnly(today.Year, today.Month, 1);
        var args = new
        {
            filter.From,
            Before = filter.From is { } from && filter.Months is { } months ? from.AddMonths(months) : (DateOnly?)null,
            filter.Kind,
            filter.Team,
            Today = today,
            Skip = (page - 1) * pageSize,
            Take = pageSize,
        };
        var (current, active) = await sets.CurrentAsync(db, ct);
        var total = await db.ScalarAsync<int>("retention/calendar_count", args, ct);
        var items = new List<CalendarItem>();
        foreach (var row in await db.QueryAsync<CalendarRow>("retention/calendar", args, ct))
        {
            var rules = await sets.FindAsync(db, row.Sha256, ct);
            items.Add(new(
                row.CaseId, row.Team, row.Phase, row.RuleName, rules.Rule(row.RuleName).Name, rules.Label, row.Ground, row.DueOn, row.NoticeOn, row.Action, row.State,
                row.PostponedUntil > today ? row.PostponedUntil : null, row.ObjectedUntil, row.Held, row.Held ? row.HeldUntil : null));
        }

        var totals = await db.ScalarAsync<TotalsRow>("retention/totals", new { Today = today }, ct);
        var view = new CalendarView(
            items, total, page, pageSize, await MonthsAsync(db, month, filter.Team, ct), totals.Overdue, totals.Held, totals.Objected, totals.Undated, active,
            current.Label, current.Head.Name);
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        var role = Enums.Text(actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator);
        await ReadLog.ListAsync(db, organisation, actor, role, "retention", [.. items.Select(i => i.Case)], now, ct);
        return new(view, null);
    }

    private static async Task<IReadOnlyList<CalendarMonth>> MonthsAsync(DbSession db, DateOnly month, string? team, CancellationToken ct)
    {
        var days = await db.QueryAsync<DayRow>("retention/days", new { From = month, Before = month.AddMonths(MonthsAhead), Team = team }, ct);
        return
        [
            .. Enumerable.Range(0, MonthsAhead).Select(month.AddMonths).Select(m => new CalendarMonth(
                m, days.Where(d => d.DueOn.Year == m.Year && d.DueOn.Month == m.Month).Sum(d => d.Cases))),
        ];
    }

    private sealed record HoldRow
    {
        public Guid HoldId { get; init; }

        /// <summary>Null: until it is lifted.</summary>
        public DateOnly? Until { get; init; }
    }

    private sealed record DayRow
    {
        public DateOnly DueOn { get; init; }
        public int Cases { get; init; }
    }

    private sealed record TotalsRow
    {
        public int Overdue { get; init; }
        public int Held { get; init; }
        public int Objected { get; init; }
        public int Undated { get; init; }
    }

    private sealed record CalendarRow
    {
        public CaseId CaseId { get; init; }
        public string Team { get; init; } = "";
        public CasePhase Phase { get; init; }
        public string Sha256 { get; init; } = "";
        public string RuleName { get; init; } = "";
        public string Ground { get; init; } = "";
        public DateOnly? DueOn { get; init; }
        public DateOnly? NoticeOn { get; init; }
        public RetentionAction Action { get; init; }
        public RetentionStep State { get; init; }
        public DateOnly? PostponedUntil { get; init; }
        public DateOnly? ObjectedUntil { get; init; }
        public bool Held { get; init; }
        public DateOnly? HeldUntil { get; init; }
    }
}
