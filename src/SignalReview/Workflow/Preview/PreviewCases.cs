using System.Collections.Immutable;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Workflow.Preview;

/// <param name="Ways">From the start, and from each reopening.</param>
internal sealed record PreviewedCase(CaseId Case, DateTimeOffset ClosedAt, ImmutableArray<PreviewResult> Ways);

/// <param name="Cases">Null when refused; the one closed last first.</param>
internal sealed record PreviewCasesResult(IReadOnlyList<PreviewedCase>? Cases, Refusal? Refusal);

/// <summary>
/// What a definition that is not in use yet would have asked in closed cases. For coordinators, who see steps and never content: of a trail
/// only the engine's own notes are opened. That they looked is in the trail before it is shown.
/// </summary>
internal sealed class PreviewCases(IDatabase database, KeyRing keys, DefinitionStore store, TimeProvider time)
{
    public const int MostCases = 50;

    /// <param name="one">Only this case; null: those that were closed last, of any version of the same definition.</param>
    /// <param name="last">How many of those, up to <see cref="MostCases"/>.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<PreviewCasesResult> RunAsync(Actor actor, WorkflowDefinition definition, CaseId? one, int last, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, MostCases);
        return BusyRetry.RunAsync(database, time, token => TryAsync(actor, definition, one, last, token), ct);
    }

    private async Task<PreviewCasesResult> TryAsync(Actor actor, WorkflowDefinition definition, CaseId? one, int last, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        if (!actor.Is(Role.Coordinator))
        {
            await ReadLog.RefusedAsync(db, keys, actor, one ?? CaseId.Organisation, "PreviewWorkflow", Refusal.NotYours, now, ct);
            return new(null, Refusal.NotYours);
        }

        var rows = await db.QueryAsync<CaseRow>("workflow/closed_cases", new { CaseId = one, Definition = definition.DefinitionId, Take = one is null ? last : 1 }, ct);
        if (one is not null && rows.Count == 0)
        {
            await ReadLog.RefusedAsync(db, keys, actor, one.Value, "PreviewWorkflow", Refusal.NotFound, now, ct);
            return new(null, Refusal.NotFound);
        }

        var cases = new List<PreviewedCase>();
        foreach (var row in rows)
        {
            var before = await store.FindAsync(db, row.WorkflowSha256, ct);
            var calendar = await TeamHours.LoadAsync(db, row.Team, ct);
            var ways = await WaysAsync(db, row, ct);
            cases.Add(new(row.CaseId, row.ClosedAt, [.. ways.Select(past => FlowPreview.Of(definition, before, past, calendar))]));
        }

        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        await ReadLog.ListAsync(db, organisation, actor, Enums.Text(CaseRole.Coordinator), "workflow-preview", [.. cases.Select(c => c.Case)], now, ct);
        return new(cases, null);
    }

    private async Task<ImmutableArray<PastFlow>> WaysAsync(DbSession db, CaseRow row, CancellationToken ct)
    {
        using var dossier = await Dossier.OpenAsync(db, keys, row.CaseId, ct)
            ?? throw new InvalidOperationException($"Case {row.CaseId} has no dossier.");
        var past = new PastFlowReader();
        foreach (var step in await db.QueryAsync<EventRow>("workflow/steps_of_case", new { row.CaseId }, ct))
        {
            // The urgency is in the case's row: the signal itself stays closed.
            JsonElement? body = step.Type == "signal.submitted" ? JsonSerializer.SerializeToElement(new { urgency = row.Urgency is { } urgency ? Enums.Text(urgency) : null })
                : step.Body is { } blob ? JsonElement.Parse(TrailBodies.Open(dossier, step.EventId, blob).Body.Span)
                : null;
            past.Add(step.Type, step.At, row.Workflow, body);
        }

        return past.Read();
    }

    private sealed record CaseRow
    {
        public CaseId CaseId { get; init; }
        public string Team { get; init; } = "";
        public Urgency? Urgency { get; init; }
        public string Workflow { get; init; } = "";
        public string WorkflowSha256 { get; init; } = "";
        public DateTimeOffset ClosedAt { get; init; }
    }

    private sealed record EventRow
    {
        public Guid EventId { get; init; }
        public string Type { get; init; } = "";
        public DateTimeOffset At { get; init; }
        public byte[]? Body { get; init; }
    }
}
