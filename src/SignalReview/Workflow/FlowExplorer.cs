using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>
/// Plays a definition through with every outcome of every step and every way of every decision, and reports where it gets stuck:
/// a join that can wait for ever, a step that two branches reach at once, an end that leaves another branch running.
/// </summary>
internal static class FlowExplorer
{
    /// <summary>Beyond this a definition has more parallel branches than anyone can oversee.</summary>
    public const int MaxStates = 5_000;

    public static IEnumerable<(string Node, string Reason)> FindStuck(FlowGraph graph)
    {
        var found = new HashSet<(string, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Marking>();

        Play(new([], []), tokens => tokens.Start());
        while (open.TryDequeue(out var marking))
        {
            foreach (var node in marking.Open)
            {
                foreach (var port in graph.Nodes[node].Ports)
                {
                    Play(marking, tokens => tokens.Leave(node, port));
                }
            }

            if (seen.Count > MaxStates)
            {
                return [(DefinitionProblem.Head, $"parallel branches give more than {MaxStates} situations")];
            }
        }

        return found.OrderBy(f => f.Item1, StringComparer.Ordinal);

        void Play(Marking from, Action<FlowTokens> act)
        {
            // Which way the decisions go is one number per decision met; they are counted through like the wheels of a mileage meter.
            var choices = new List<(int Choice, int Ways)>();
            do
            {
                var at = 0;
                var tokens = from.Tokens(graph, node =>
                {
                    if (at == choices.Count)
                    {
                        choices.Add((0, node.Ports.Length));
                    }

                    return node.Ports[choices[at++].Choice];
                });
                try
                {
                    act(tokens);
                    Note(tokens);
                }
                catch (FlowStuckException stuck)
                {
                    found.Add((stuck.Node, stuck.Reason));
                }
            }
            while (Next(choices));
        }

        void Note(FlowTokens tokens)
        {
            var marking = Marking.Of(tokens);
            if (marking.Open.Length == 0 && !tokens.Finished)
            {
                foreach (var join in marking.Arrived.Select(a => a.Join).Distinct(StringComparer.Ordinal))
                {
                    found.Add((join, "the join can wait for ever: some way through brings only part of its branches"));
                }
            }
            else if (!tokens.Finished && seen.Add(marking.Key))
            {
                open.Enqueue(marking);
            }
        }
    }

    private static bool Next(List<(int Choice, int Ways)> choices)
    {
        while (choices is [.., var (choice, ways)])
        {
            if (choice + 1 < ways)
            {
                choices[^1] = (choice + 1, ways);
                return true;
            }

            choices.RemoveAt(choices.Count - 1);
        }

        return false;
    }

    private sealed record Marking(ImmutableArray<string> Open, ImmutableArray<(string Join, int Connection)> Arrived)
    {
        public string Key => string.Join('\n', Open.Concat(Arrived.Select(a => $"{a.Connection}")));

        public static Marking Of(FlowTokens tokens) =>
            new([.. tokens.Open], [.. tokens.Arrived.SelectMany(a => a.Value.Select(c => (a.Key, c)))]);

        public FlowTokens Tokens(FlowGraph graph, Func<FlowNode, string> pass)
        {
            var arrived = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
            foreach (var group in Arrived.GroupBy(a => a.Join, StringComparer.Ordinal))
            {
                arrived.Add(group.Key, [.. group.Select(a => a.Connection)]);
            }

            return new(graph, _ => { }, pass) { Open = new(Open, StringComparer.Ordinal), Arrived = arrived };
        }
    }
}
