using System.Text.Json;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Cases;

/// <param name="View">Null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record BoardResult(BoardView? View, Refusal? Refusal);

/// <summary>The coordinator's board: what is stuck, where and why. It holds no word of what a case says.</summary>
internal sealed class Board(IDatabase database, KeyRing keys, PeopleDirectory directory, DeadlineHealth deadlines, TimeProvider time)
{
    public const int MostCases = 200;

    /// <param name="actor">Who reads; a coordinator.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to <see cref="MostCases"/>.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<BoardResult> ReadAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostCases);
        return BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, page, pageSize, token), ct);
    }

    private async Task<BoardResult> TryReadAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        if (!actor.Is(Role.Coordinator))
        {
            await ReadLog.RefusedAsync(db, keys, actor, CaseId.Organisation, "ReadBoard", Refusal.NotYours, now, ct);
            return new(null, Refusal.NotYours);
        }

        var total = await db.FirstOrDefaultAsync<TotalRow>("cases/board_total", null, ct) ?? new();
        var rows = await db.QueryAsync<BoardRow>("cases/board", new { Skip = (page - 1) * pageSize, Take = pageSize }, ct);
        var ids = JsonSerializer.Serialize(rows.Select(r => r.CaseId));
        var steps = (await db.QueryAsync<StepRow>("cases/board_steps", new { CaseIds = ids }, ct)).ToLookup(s => s.CaseId);
        var view = new BoardView([.. rows.Select(r => Item(r, steps[r.CaseId], people, now))], total.Total, total.Stuck, page, pageSize, await deadlines.ReadAsync(db, ct));

        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        await ReadLog.ListAsync(db, organisation, actor, Enums.Text(CaseRole.Coordinator), "board", [.. rows.Select(r => r.CaseId)], now, ct);
        return new(view, null);
    }

    private static BoardItem Item(BoardRow row, IEnumerable<StepRow> waiting, PeopleSnapshot people, DateTimeOffset now)
    {
        var steps = waiting.Select(s => new BoardStep(s.Node, s.Activity, s.DueAt, BlindViewWaits.RolesOn(s.Activity), s.ResumesAt)).ToList();
        var stuck = row.EscalatedAt >= row.PhaseSince;
        var due = steps.Min(s => s.DueAt);
        return new(
            row.CaseId,
            row.Team,
            row.Phase,
            row.PhaseSince,
            row.Urgency,
            row.Workflow,
            people.Ref(row.OwnerId),
            row.FacilitatorId is { } facilitator ? people.Ref(facilitator) : null,
            stuck,
            stuck ? row.Escalation : null,
            stuck ? row.EscalatedAt : null,
            due < now,
            due,
            row.ReadingsIn,
            row.ReadingsAsked,
            steps);
    }

    private sealed record TotalRow
    {
        public int Total { get; init; }
        public int Stuck { get; init; }
    }

    private sealed record BoardRow
    {
        public CaseId CaseId { get; init; }
        public string Team { get; init; } = "";
        public CasePhase Phase { get; init; }
        public DateTimeOffset PhaseSince { get; init; }
        public Urgency? Urgency { get; init; }
        public string? Workflow { get; init; }
        public PersonId OwnerId { get; init; }
        public PersonId? FacilitatorId { get; init; }
        public string? Escalation { get; init; }
        public DateTimeOffset? EscalatedAt { get; init; }
        public int ReadingsIn { get; init; }
        public int ReadingsAsked { get; init; }
    }

    private sealed record StepRow
    {
        public CaseId CaseId { get; init; }
        public string Node { get; init; } = "";
        public string Activity { get; init; } = "";
        public DateTimeOffset? DueAt { get; init; }
        public DateTimeOffset? ResumesAt { get; init; }
    }
}
