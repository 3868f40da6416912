using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <param name="Flow">The definition itself, to be drawn.</param>
/// <param name="IsCurrent">New cases start with it.</param>
/// <param name="Cases">How many run on it.</param>
/// <param name="Waiting">Where those wait.</param>
internal sealed record WorkflowInUse(WorkflowDefinition Flow, bool IsCurrent, int Cases, IReadOnlyList<WorkflowNodeCount> Waiting);

/// <param name="Node">The step's name in the definition.</param>
/// <param name="Activity">Such as "CollectVotes".</param>
/// <param name="Cases">How many wait there.</param>
public sealed record WorkflowNodeCount(string Node, string Activity, int Cases);

/// <summary>Which definitions cases run on and where they wait, in numbers; a running case keeps the version with which it started.</summary>
internal sealed class WorkflowOverview(IDatabase database, DefinitionLibrary library, DefinitionStore store)
{
    /// <returns>Those in use and those that new cases start with, by name, newest first.</returns>
    public async Task<IReadOnlyList<WorkflowInUse>> ReadAsync(CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        var cases = (await db.QueryAsync<DefinitionRow>("workflow/definitions", null, ct)).ToDictionary(row => row.Sha256, row => row.Cases, StringComparer.Ordinal);
        var waiting = (await db.QueryAsync<NodeRow>("workflow/cases_by_node", null, ct)).ToLookup(row => row.Sha256, StringComparer.Ordinal);
        var current = library.All.Select(definition => definition.Sha256).ToHashSet(StringComparer.Ordinal);
        var shown = new List<WorkflowInUse>();
        foreach (var sha256 in cases.Where(used => used.Value > 0).Select(used => used.Key).Union(current, StringComparer.Ordinal))
        {
            shown.Add(new(
                await store.FindAsync(db, sha256, ct),
                current.Contains(sha256),
                cases.GetValueOrDefault(sha256),
                [.. waiting[sha256].Select(node => new WorkflowNodeCount(node.Node, node.Activity, node.Cases))]));
        }

        return [.. shown.OrderBy(used => used.Flow.DefinitionId, StringComparer.Ordinal).ThenByDescending(used => used.Flow.Version)];
    }

    private sealed record DefinitionRow
    {
        public string Sha256 { get; init; } = "";
        public int Cases { get; init; }
    }

    private sealed record NodeRow
    {
        public string Sha256 { get; init; } = "";
        public string Node { get; init; } = "";
        public string Activity { get; init; } = "";
        public int Cases { get; init; }
    }
}
