namespace SignalReview.Workflow;

/// <summary>
/// The rules of the shape. They hold what Elsa would do and what ours does together: a definition that passes runs the same on both.
/// </summary>
internal static class DefinitionValidator
{
    public static IEnumerable<(string Node, string Reason, string Mend)> Check(FlowGraph graph)
    {
        var problems = Ports(graph).ToList();
        if (graph.Start is not { } start)
        {
            problems.Add((DefinitionProblem.Head, "no step can be the first: every step has one before it", "one step is to have no connection that leads to it: there the case begins"));
            return problems;
        }

        problems.AddRange(Reachability(graph, start));
        problems.AddRange(Meetings(graph));
        problems.AddRange(WaysBack(graph, start));
        problems.AddRange(JoinsInLoops(graph));
        problems.AddRange(EndlessLoops(graph, start));

        // Playing it through means something only where every port leads somewhere and every loop takes time.
        return problems.Count > 0 ? problems : FlowExplorer.FindStuck(graph).Select(s => (
            s.Node,
            s.Reason,
            "draw it (signalreview workflow show) and follow the branches: each pair that starts together comes together in a join, with WaitAll; WaitAny is for ways of which only one is ever taken"));
    }

    private static IEnumerable<(string, string, string)> Ports(FlowGraph graph) =>
        from node in graph.Nodes.Values
        orderby node.Id
        from port in node.Ports
        where graph.From(node.Id, port).IsEmpty
        select (node.Id, $"port '{port}' leads nowhere", $"add {{ \"source\": {{ \"activity\": \"{node.Id}\", \"port\": \"{port}\" }}, \"target\": {{ \"activity\": …, \"port\": \"In\" }} }} to the connections");

    private static IEnumerable<(string, string, string)> Reachability(FlowGraph graph, string start)
    {
        var reached = graph.Reach(start, _ => true);
        foreach (var node in graph.Nodes.Values.OrderBy(n => n.Id, StringComparer.Ordinal))
        {
            if (!reached.Contains(node.Id))
            {
                yield return (node.Id, $"unreachable: no way leads here from the start, {start}", "connect an outcome of another step to it, or remove it with its connections");
            }
            else if (!graph.Reach(node.Id, _ => true).Any(n => graph.Nodes[n].Step.Kind == StepKind.Finish))
            {
                yield return (node.Id, "dead end: no way leads from here to a Finish", "lead one of its outcomes to where the case goes on");
            }
        }
    }

    private static IEnumerable<(string, string, string)> Meetings(FlowGraph graph)
    {
        foreach (var node in graph.Nodes.Values.OrderBy(n => n.Id, StringComparer.Ordinal))
        {
            // Elsa never finishes there.
            if (node.Step.Kind == StepKind.Finish && graph.Into(node.Id).Length > 1)
            {
                yield return (node.Id, "two branches lead into one Finish", "give each its own Finish, or put an Elsa.FlowJoin before it");
            }
            else if (node.Step.Kind is not (StepKind.Join or StepKind.Finish) && graph.ForwardInto(node.Id).DistinctBy(c => c.Source).Count() > 1)
            {
                // Elsa waits there for all branches that it counts as active, and after a loop it counts wrong.
                var sources = string.Join(", ", graph.ForwardInto(node.Id).Select(c => c.Source).Distinct(StringComparer.Ordinal));
                yield return (node.Id, $"branches meet here ({sources})", "put an Elsa.FlowJoin before it and lead them to that: WaitAny after an either-or, WaitAll after things done side by side");
            }
        }
    }

    private static IEnumerable<(string, string, string)> WaysBack(FlowGraph graph, string start)
    {
        foreach (var back in Back(graph, start))
        {
            if (graph.Nodes[back.Target].Step.Kind == StepKind.Join)
            {
                yield return (back.Source, $"port '{back.Port}' leads back to the join '{back.Target}'", "lead it to the step behind the join");
            }
            else if (back.Source != back.Target && graph.Reach(start, c => graph.IsForward(c) && c.Source != back.Target).Contains(back.Source))
            {
                // Elsa throws when such a way is taken.
                yield return (back.Source, $"port '{back.Port}' leads back to '{back.Target}', but '{back.Source}' can be reached without passing it", "lead it back to a step that was certainly passed, or on to another");
            }
        }
    }

    private static IEnumerable<(string, string, string)> JoinsInLoops(FlowGraph graph) =>
        from node in graph.Nodes.Values
        orderby node.Id
        where node.WaitsForAny && graph.ForwardInto(node.Id).DistinctBy(c => c.Source).Count() > 1
        where graph.Reach(node.Id, _ => true).Overlaps(graph.Into(node.Id).Select(c => c.Source))
        // Elsa remembers the way that was not taken, and lets nothing through when it is taken at the next turn.
        select (node.Id, "a join with WaitAny stands in a loop", "lead the way back to a step behind the join, or give each way a next step of its own");

    private static IEnumerable<(string, string, string)> EndlessLoops(FlowGraph graph, string start)
    {
        bool TakesTime(string node) => graph.Nodes[node].Step is { Waits: true } or { Name: StepCatalog.Delay };

        return from back in Back(graph, start)
               where !TakesTime(back.Source) && !TakesTime(back.Target)
               where graph.Reach(back.Target, c => !TakesTime(c.Target)).Contains(back.Source)
               select (back.Source, $"the loop over '{back.Target}' takes no time: it holds no step that waits", "put an Elsa.Delay or a step that waits into it");
    }

    // Every loop holds at least one. What cannot be reached has no direction.
    private static IEnumerable<FlowConnection> Back(FlowGraph graph, string start)
    {
        var reached = graph.Reach(start, _ => true);
        return graph.Connections.Where(c => !graph.IsForward(c) && reached.Contains(c.Source));
    }
}
