using System.Collections.Immutable;
using System.Numerics;

namespace SignalReview.Workflow;

/// <summary>
/// The ways through a definition, found from the definition itself, so that a new branch is there by itself. Every path can be lived: its
/// inputs and outputs make the engine go exactly that way.
/// </summary>
internal static class FlowPaths
{
    /// <summary>
    /// A small set of paths on which every connection occurs, and every two that can follow each other: what leads to a step, and how it
    /// then goes on. Loops may be taken more often than once. The same definition always gives the same set.
    /// </summary>
    /// <exception cref="FlowTooWideException">The definition has too many parallel branches.</exception>
    public static IReadOnlyList<FlowPath> Covering(WorkflowDefinition definition) =>
        [.. FlowCover.Of(FlowMap.Of(definition)).Select(moves => Path(definition, moves))];

    /// <summary>
    /// Every path on which each way back is taken at most once, so that each loop is gone through at most once again. They are made while
    /// they are asked for: there can be millions, see <see cref="Count"/>.
    /// </summary>
    /// <exception cref="FlowTooWideException">The definition has too many parallel branches.</exception>
    public static IEnumerable<FlowPath> All(WorkflowDefinition definition) =>
        new FlowLoops(definition, FlowMap.Of(definition)).Walk().Select(moves => Path(definition, moves));

    /// <summary>How many <see cref="All"/> gives.</summary>
    /// <exception cref="FlowTooWideException">The definition has too many parallel branches.</exception>
    public static BigInteger Count(WorkflowDefinition definition) => new FlowLoops(definition, FlowMap.Of(definition)).Count();

    /// <summary>The connections that no values lead over: a condition that is always or never true.</summary>
    /// <exception cref="FlowTooWideException">The definition has too many parallel branches.</exception>
    public static IReadOnlyList<FlowConnection> NeverTaken(WorkflowDefinition definition)
    {
        var taken = FlowMap.Of(definition).Moves.SelectMany(m => m.Taken).Select(c => c.Index).ToHashSet();
        return [.. definition.Connections.Where(c => !taken.Contains(c.Index))];
    }

    // From the end back to the start: each state of the end knows one state before it that leads there.
    private static FlowPath Path(WorkflowDefinition definition, IReadOnlyList<FlowMove> moves)
    {
        var state = moves[^1].To.States.Keys.First();
        var steps = new FlowPathStep[moves.Count - 1];
        for (var at = moves.Count - 1; at > 0; at--)
        {
            var move = moves[at];
            var (before, outputs) = move.Origins[state];
            steps[at - 1] = new(move.Node!, definition.Nodes[move.Node!].Step.Name, move.Port!, outputs, move.Passed);
            state = before;
        }

        return new(moves[0].Origins[state].Values, moves[0].Passed, ImmutableArray.Create(steps));
    }
}
