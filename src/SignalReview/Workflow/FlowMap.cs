using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>
/// Every situation that a case of a definition can come into, and every move between them, found by the embedded engine itself: so a
/// move is there if and only if some values make the engine go that way. Ways that differ in their values only are one.
/// </summary>
internal sealed class FlowMap
{
    /// <summary>Beyond this a definition has more parallel branches than anyone can oversee.</summary>
    public const int MaxSituations = 20_000;

    private readonly WorkflowDefinition definition;
    private readonly FlowPathValues values;
    private readonly Dictionary<string, FlowSituation> situations = new(StringComparer.Ordinal);
    private readonly Queue<FlowSituation> open = new();

    private FlowMap(WorkflowDefinition definition)
    {
        this.definition = definition;
        values = new(definition);
        Openings = [.. Group(Begin())];
        while (open.TryDequeue(out var situation))
        {
            situation.Moves = [.. situation.Open.SelectMany(node => definition.Nodes[node].Ports.SelectMany(port => Group(Complete(situation, node, port))))];
        }
    }

    /// <summary>The ways in which a case can start.</summary>
    public ImmutableArray<FlowMove> Openings { get; }

    /// <summary>In the order in which they are found from the start.</summary>
    public IEnumerable<FlowSituation> Situations => situations.Values;

    public IEnumerable<FlowMove> Moves => Openings.Concat(Situations.SelectMany(s => s.Moves));

    /// <exception cref="FlowTooWideException">There are more than <see cref="MaxSituations"/> situations.</exception>
    public static FlowMap Of(WorkflowDefinition definition) => new(definition);

    private IEnumerable<Played> Begin()
    {
        foreach (var inputs in values.Starts())
        {
            var taken = new List<FlowConnection>();
            var (state, _) = EmbeddedFlow.Start(definition, inputs, taken.Add);
            yield return new(null, null, null, inputs, "", state, [.. taken]);
        }
    }

    private IEnumerable<Played> Complete(FlowSituation from, string node, string port)
    {
        foreach (var (key, before) in from.States)
        {
            foreach (var outputs in values.Outputs(definition.Nodes[node]))
            {
                var taken = new List<FlowConnection>();
                var (state, _) = EmbeddedFlow.Complete(definition, before, new(node, port, outputs), taken.Add);
                yield return new(from, node, port, outputs, key, state, [.. taken]);
            }
        }
    }

    // What can be seen from outside is which connections were taken: plays that agree in that are one move.
    private IEnumerable<FlowMove> Group(IEnumerable<Played> plays)
    {
        foreach (var group in plays.GroupBy(p => string.Join(',', p.Taken.Select(c => c.Index)), StringComparer.Ordinal).Select(g => g.ToList()))
        {
            var play = group[0];
            var origins = ImmutableDictionary.CreateBuilder<string, (string Before, ImmutableSortedDictionary<string, JsonElement> Values)>(StringComparer.Ordinal);
            var states = new SortedDictionary<string, FlowState>(StringComparer.Ordinal);
            foreach (var one in group)
            {
                var key = one.State.ToJson();
                if (states.TryAdd(key, one.State))
                {
                    origins.Add(key, (one.Before, one.Values));
                }
            }

            var (entered, pairs) = Follow(play);
            yield return new(play.From, play.Node, play.Port, Find(states, entered), play.Taken, pairs, Choices(play.Taken), origins.ToImmutable());
        }
    }

    private FlowSituation Find(SortedDictionary<string, FlowState> states, ImmutableSortedDictionary<string, ImmutableSortedSet<int>> entered)
    {
        var key = string.Join('\n', states.Keys.Concat(entered.Select(e => $"{e.Key}<{string.Join(',', e.Value)}")));
        if (!situations.TryGetValue(key, out var situation))
        {
            if (situations.Count == MaxSituations)
            {
                throw new FlowTooWideException(definition.DefinitionId);
            }

            situations[key] = situation = new(states.ToImmutableSortedDictionary(StringComparer.Ordinal), entered);
            open.Enqueue(situation);
        }

        return situation;
    }

    /// <summary>Which connection led to each step that now waits, and which two followed each other.</summary>
    private (ImmutableSortedDictionary<string, ImmutableSortedSet<int>> Entered, ImmutableArray<(int, int)> Pairs) Follow(Played play)
    {
        var entered = (play.From?.Entered ?? ImmutableSortedDictionary.Create<string, ImmutableSortedSet<int>>(StringComparer.Ordinal)).ToBuilder();
        var pairs = ImmutableArray.CreateBuilder<(int, int)>();
        foreach (var connection in play.Taken)
        {
            pairs.AddRange(entered.GetValueOrDefault(connection.Source, []).Select(before => (before, connection.Index)));
            var waits = definition.Nodes[connection.Target] is { Step.Kind: StepKind.Join, WaitsForAny: false };
            entered[connection.Target] = waits ? entered.GetValueOrDefault(connection.Target, []).Add(connection.Index) : [connection.Index];
        }

        var kept = play.State.Open.Concat(play.State.Arrived.Keys).ToHashSet(StringComparer.Ordinal);
        entered.RemoveRange(entered.Keys.Where(node => !kept.Contains(node)).ToList());
        return (entered.ToImmutable(), pairs.ToImmutable());
    }

    private ImmutableArray<FlowChoice> Choices(ImmutableArray<FlowConnection> taken) =>
        [.. taken.Where(c => definition.Nodes[c.Source].Step.Kind is StepKind.Decision or StepKind.Switch).Select(c => new FlowChoice(c.Source, c.Port)).Distinct()];

    private sealed record Played(
        FlowSituation? From,
        string? Node,
        string? Port,
        ImmutableSortedDictionary<string, JsonElement> Values,
        string Before,
        FlowState State,
        ImmutableArray<FlowConnection> Taken);
}

/// <summary>Where cases that went the same way can stand.</summary>
/// <param name="states">By their JSON; they differ in variables only.</param>
/// <param name="entered">Per step that waits, the connections by which it was reached.</param>
internal sealed class FlowSituation(
    ImmutableSortedDictionary<string, FlowState> states, ImmutableSortedDictionary<string, ImmutableSortedSet<int>> entered)
{
    public ImmutableSortedDictionary<string, FlowState> States => states;

    public ImmutableSortedDictionary<string, ImmutableSortedSet<int>> Entered => entered;

    public ImmutableArray<string> Open => states.Values.First().Open;

    public bool Finished => states.Values.First().Finished;

    public ImmutableArray<FlowMove> Moves { get; set; } = [];
}

/// <param name="From">Null at the start.</param>
/// <param name="Node">The step that is completed; null at the start.</param>
/// <param name="Taken">The connections on the way, in order.</param>
/// <param name="Pairs">Two connections of which the second leaves the node that the first reached.</param>
/// <param name="Origins">Per state after the move one state before it, and the values that lead from the one to the other.</param>
internal sealed record FlowMove(
    FlowSituation? From,
    string? Node,
    string? Port,
    FlowSituation To,
    ImmutableArray<FlowConnection> Taken,
    ImmutableArray<(int Before, int After)> Pairs,
    ImmutableArray<FlowChoice> Passed,
    ImmutableDictionary<string, (string Before, ImmutableSortedDictionary<string, JsonElement> Values)> Origins);

/// <summary>The ways through a definition cannot be listed.</summary>
internal sealed class FlowTooWideException(string definition)
    : InvalidOperationException($"{definition}: parallel branches give more than {FlowMap.MaxSituations} situations; use fewer branches side by side");
