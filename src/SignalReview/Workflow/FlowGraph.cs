using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>
/// The shape of a flowchart. Which connections lead forward and which lead back is found as Elsa's own flowchart finds it (breadth
/// first from the start, in the order of the file), because joins count forward connections only.
/// </summary>
internal sealed class FlowGraph
{
    private readonly FrozenDictionary<(string Node, string Port), ImmutableArray<FlowConnection>> byPort;
    private readonly FrozenDictionary<string, ImmutableArray<FlowConnection>> outbound;
    private readonly FrozenDictionary<string, ImmutableArray<FlowConnection>> inbound;
    private readonly FrozenSet<int> forward;

    /// <param name="nodes">In the order of the file.</param>
    /// <param name="connections">All of them between <paramref name="nodes"/>.</param>
    public FlowGraph(ImmutableArray<FlowNode> nodes, ImmutableArray<FlowConnection> connections)
    {
        Nodes = nodes.ToImmutableDictionary(n => n.Id, StringComparer.Ordinal);
        Connections = connections;
        byPort = connections.GroupBy(c => (c.Source, c.Port)).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
        outbound = connections.GroupBy(c => c.Source).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
        inbound = connections.GroupBy(c => c.Target).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
        Start = nodes.FirstOrDefault(n => !inbound.ContainsKey(n.Id))?.Id;
        forward = Start is null ? [] : FindForward(Start);
    }

    public ImmutableDictionary<string, FlowNode> Nodes { get; }

    public ImmutableArray<FlowConnection> Connections { get; }

    /// <summary>As in Elsa: the first node to which nothing leads. A checked definition has one, and no second.</summary>
    public string? Start { get; }

    public ImmutableArray<FlowConnection> From(string node, string port) => byPort.GetValueOrDefault((node, port), []);

    public ImmutableArray<FlowConnection> From(string node) => outbound.GetValueOrDefault(node, []);

    public ImmutableArray<FlowConnection> Into(string node) => inbound.GetValueOrDefault(node, []);

    /// <summary>Of a join: the connections that it counts.</summary>
    public IEnumerable<FlowConnection> ForwardInto(string node) => Into(node).Where(IsForward);

    public bool IsForward(FlowConnection connection) => forward.Contains(connection.Index);

    /// <summary>The nodes that can be reached from <paramref name="start"/>, itself included.</summary>
    public HashSet<string> Reach(string start, Func<FlowConnection, bool> follow) => Walk(start, node => From(node).Where(follow).Select(c => c.Target));

    /// <summary>As <see cref="Reach"/>, the nearest first.</summary>
    public IReadOnlyList<string> InOrder(string start)
    {
        List<string> order = [start];
        for (var next = 0; next < order.Count; next++)
        {
            order.AddRange(From(order[next]).Select(c => c.Target).Distinct(StringComparer.Ordinal).Except(order, StringComparer.Ordinal).ToList());
        }

        return order;
    }

    /// <summary>The nodes from which <paramref name="end"/> can be reached by forward connections, without itself.</summary>
    public HashSet<string> Ancestors(string end)
    {
        var ancestors = Walk(end, node => ForwardInto(node).Select(c => c.Source));
        ancestors.Remove(end);
        return ancestors;
    }

    private static HashSet<string> Walk(string start, Func<string, IEnumerable<string>> next)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var node))
        {
            foreach (var target in next(node).Where(seen.Add))
            {
                open.Enqueue(target);
            }
        }

        return seen;
    }

    private FrozenSet<int> FindForward(string start)
    {
        var edges = new HashSet<(string Source, string Target)>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var source))
        {
            visited.Add(source);
            foreach (var target in From(source).Select(c => c.Target))
            {
                if (edges.Contains((source, target)) || LeadsTo(edges, target, source))
                {
                    continue;
                }

                edges.Add((source, target));
                if (!visited.Contains(target))
                {
                    open.Enqueue(target);
                }
            }
        }

        return Connections.Where(c => edges.Contains((c.Source, c.Target))).Select(c => c.Index).ToFrozenSet();
    }

    private static bool LeadsTo(HashSet<(string Source, string Target)> edges, string from, string to) =>
        Walk(from, node => edges.Where(e => e.Source == node).Select(e => e.Target)).Contains(to);
}
