using System.Collections.Immutable;
using System.Numerics;

namespace SignalReview.Workflow;

/// <summary>The paths on which each way back is taken at most once.</summary>
internal sealed class FlowLoops
{
    private readonly FlowMap map;
    private readonly FlowGraph graph;
    private readonly Dictionary<FlowSituation, ImmutableSortedSet<int>> ahead = [];
    private readonly Dictionary<(FlowSituation At, string Left), BigInteger> counts = [];

    public FlowLoops(WorkflowDefinition definition, FlowMap map)
    {
        this.map = map;
        graph = definition.Graph;
        LookAhead();
    }

    public BigInteger Count() => map.Openings.Aggregate(BigInteger.Zero, (sum, opening) => sum + Count(opening.To, ahead[opening.To]));

    /// <returns>Moves from an opening to a Finish; a list is valid until the next one is asked for.</returns>
    public IEnumerable<IReadOnlyList<FlowMove>> Walk()
    {
        var path = new List<FlowMove>();
        var open = new Stack<(int Depth, FlowMove Move, ImmutableSortedSet<int> Left)>();
        foreach (var opening in map.Openings.Reverse())
        {
            open.Push((0, opening, ahead[opening.To]));
        }

        while (open.TryPop(out var at))
        {
            path.RemoveRange(at.Depth, path.Count - at.Depth);
            path.Add(at.Move);
            if (at.Move.To.Finished)
            {
                yield return path;
            }

            foreach (var move in at.Move.To.Moves.Reverse())
            {
                // A way that cannot come to an end without a second round is not begun.
                if (After(move, at.Left) is { } left && !Count(move.To, left).IsZero)
                {
                    open.Push((at.Depth + 1, move, left));
                }
            }
        }
    }

    private BigInteger Count(FlowSituation at, ImmutableSortedSet<int> left)
    {
        if (at.Finished)
        {
            return BigInteger.One;
        }

        var key = (at, string.Join(',', left));
        if (!counts.TryGetValue(key, out var count))
        {
            count = at.Moves.Aggregate(BigInteger.Zero, (sum, move) => After(move, left) is { } after ? sum + Count(move.To, after) : sum);
            counts[key] = count;
        }

        return count;
    }

    /// <returns>The ways back that may still be taken after a move, or null when it takes one that may not.</returns>
    private ImmutableSortedSet<int>? After(FlowMove move, ImmutableSortedSet<int> left)
    {
        foreach (var back in Backs(move))
        {
            if (!left.Contains(back))
            {
                return null;
            }

            left = left.Remove(back);
        }

        // What does not lie ahead any more makes no difference: forgetting it keeps the situations to count few.
        return left.Intersect(ahead[move.To]);
    }

    private IEnumerable<int> Backs(FlowMove move) => move.Taken.Where(c => !graph.IsForward(c)).Select(c => c.Index);

    private void LookAhead()
    {
        foreach (var situation in map.Situations)
        {
            ahead[situation] = [];
        }

        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var situation in map.Situations.Reverse())
            {
                var seen = ahead[situation].Union(situation.Moves.SelectMany(m => Backs(m).Concat(ahead[m.To])));
                changed |= seen.Count > ahead[situation].Count;
                ahead[situation] = seen;
            }
        }
    }
}
