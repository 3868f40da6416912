using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <param name="Definition">The <c>definitionId</c>.</param>
/// <param name="Version">As the definition says.</param>
/// <param name="Sha256">Of the file's bytes, in lower-case hex.</param>
/// <param name="IsCurrent">New cases start with it.</param>
/// <param name="Cases">How many run on it.</param>
/// <param name="Waiting">Where those wait.</param>
public sealed record WorkflowInUse(string Definition, int Version, string Sha256, bool IsCurrent, int Cases, IReadOnlyList<WorkflowNodeCount> Waiting);

/// <param name="Node">The step's name in the definition.</param>
/// <param name="Activity">Such as "CollectVotes".</param>
/// <param name="Cases">How many wait there.</param>
public sealed record WorkflowNodeCount(string Node, string Activity, int Cases);

/// <summary>Which definitions cases run on and where they wait, in numbers; a running case keeps the version with which it started.</summary>
internal sealed class WorkflowOverview(IDatabase database, DefinitionLibrary library)
{
    /// <returns>Those in use and those that new cases start with, by name, newest first.</returns>
    public async Task<IReadOnlyList<WorkflowInUse>> ReadAsync(CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        var known = await db.QueryAsync<DefinitionRow>("workflow/definitions", null, ct);
        var waiting = (await db.QueryAsync<NodeRow>("workflow/cases_by_node", null, ct)).ToLookup(row => row.Sha256, StringComparer.Ordinal);
        var current = library.All.ToDictionary(definition => definition.Sha256, StringComparer.Ordinal);
        var unused = current.Values.Where(definition => known.All(row => row.Sha256 != definition.Sha256))
            .Select(definition => new WorkflowInUse(definition.DefinitionId, definition.Version, definition.Sha256, IsCurrent: true, Cases: 0, []));
        return
        [
            .. known.Where(row => row.Cases > 0 || current.ContainsKey(row.Sha256))
                .Select(row => new WorkflowInUse(
                    row.Definition,
                    row.Version,
                    row.Sha256,
                    current.ContainsKey(row.Sha256),
                    row.Cases,
                    [.. waiting[row.Sha256].Select(node => new WorkflowNodeCount(node.Node, node.Activity, node.Cases))]))
                .Concat(unused)
                .OrderBy(used => used.Definition, StringComparer.Ordinal)
                .ThenByDescending(used => used.Version),
        ];
    }

    private sealed record DefinitionRow
    {
        public string Sha256 { get; init; } = "";
        public string Definition { get; init; } = "";
        public int Version { get; init; }
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
