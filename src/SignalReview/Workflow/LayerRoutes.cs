using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>Routes the lines, level and upright only, and gives each layer its height on paper.</summary>
internal static class LayerRoutes
{
    public static FlowPlan Draw(LayerGraph graph, LayoutMetrics metrics)
    {
        foreach (var box in graph.Layers.SelectMany(l => l).Where(v => v.Node is not null))
        {
            Spread(box, box.Down, l => l.Lower.X, (l, x) => l.UpperX = x, metrics);
            Spread(box, box.Up, l => l.Upper.X, (l, x) => l.LowerX = x, metrics);
        }

        foreach (var link in graph.Chains.SelectMany(c => c.Links))
        {
            link.UpperX = link.Upper.Node is null ? link.Upper.X : link.UpperX;
            link.LowerX = link.Lower.Node is null ? link.Lower.X : link.LowerX;
        }

        var turns = new Dictionary<Link, int>();
        var top = 0;
        var bottoms = new List<int>();
        foreach (var layer in graph.Layers)
        {
            layer.ForEach(v => v.Y = top);
            var bottom = top + layer.Max(v => v.Height);
            bottoms.Add(bottom);
            top = Turns(layer, bottom, turns, metrics);
        }

        var nodes = graph.Layers.SelectMany(l => l).Where(v => v.Node is not null).Select(v => new PlacedNode(v.Node!, v.X - v.Left, v.Y)).ToImmutableArray();
        ImmutableArray<PlacedEdge> edges =
        [
            .. graph.Chains.Select(chain => new PlacedEdge(chain.Edge, Points(chain, turns), new(chain.Label!.X, chain.Label.Y + (chain.Label.Height / 2)))),
            .. graph.Loops.Select(loop => Loop(loop.Box, loop.Edge, metrics)),
        ];
        return new(graph.Layers.SelectMany(l => l).Max(v => v.X + v.Right), bottoms[^1], nodes, edges);
    }

    /// <summary>Where the lines leave one side of a box: straight on where they can, in their order and not too close.</summary>
    private static void Spread(Vertex box, List<Link> links, Func<Link, int> other, Action<Link, int> set, LayoutMetrics metrics)
    {
        var width = box.Node!.Width;
        var (least, most) = (box.X - box.Left + metrics.Slot, box.X - box.Left + width - metrics.Slot);
        var sorted = links.OrderBy(other).ToList();
        var gap = sorted.Count < 2 ? 0 : Math.Min(metrics.Slot, (most - least) / (sorted.Count - 1));
        var places = sorted.Select((l, at) => Math.Clamp(other(l), least + (at * gap), most - ((sorted.Count - 1 - at) * gap))).ToList();
        for (var at = 1; at < places.Count; at++)
        {
            places[at] = Math.Max(places[at], places[at - 1] + gap);
        }

        for (var at = places.Count - 2; at >= 0; at--)
        {
            places[at] = Math.Min(places[at], places[at + 1] - gap);
        }

        for (var at = 0; at < sorted.Count; at++)
        {
            set(sorted[at], places[at]);
        }
    }

    /// <summary>Gives each line that turns below a layer a height of its own.</summary>
    /// <returns>Where the next layer starts.</returns>
    private static int Turns(List<Vertex> layer, int bottom, Dictionary<Link, int> turns, LayoutMetrics metrics)
    {
        var links = layer.SelectMany(v => v.Down).ToList();
        var first = bottom + metrics.Above + (links.Exists(l => l.Upper.Node is not null && l.Chain.Edge.Back) ? metrics.Arrow : 0);
        var tracks = new List<List<Link>>();

        // Of those that go right the rightmost turns first, of those that go left the leftmost: then they do not cross each other.
        var waiting = links.Where(l => l.UpperX != l.LowerX)
            .OrderBy(l => l.LowerX > l.UpperX ? -l.UpperX : l.UpperX).ToList();
        while (waiting.Count > 0)
        {
            // Coming down where another one leaves downwards: the first must have turned before. In a circle of such lines one has to give in.
            var next = waiting.FirstOrDefault(l => !waiting.Exists(o => o != l && o.UpperX == l.LowerX)) ?? waiting[0];
            waiting.Remove(next);
            var above = tracks.FindLastIndex(t => t.Exists(o => o.UpperX == next.LowerX));
            var track = tracks.FindIndex(above + 1, t => t.TrueForAll(o => !Overlap(o, next)));
            if (track < 0)
            {
                track = tracks.Count;
                tracks.Add([]);
            }

            tracks[track].Add(next);
        }

        for (var track = 0; track < tracks.Count; track++)
        {
            tracks[track].ForEach(l => turns[l] = first + (track * metrics.Turn));
        }

        var arrow = links.Exists(l => l.Lower.Node is not null && !l.Chain.Edge.Back) ? metrics.Arrow : 0;
        return first + (Math.Max(0, tracks.Count - 1) * metrics.Turn) + metrics.Below + arrow;
    }

    private static bool Overlap(Link a, Link b) =>
        Math.Max(Math.Min(a.UpperX, a.LowerX), Math.Min(b.UpperX, b.LowerX)) <= Math.Min(Math.Max(a.UpperX, a.LowerX), Math.Max(b.UpperX, b.LowerX));

    private static ImmutableArray<LayoutPoint> Points(Chain chain, Dictionary<Link, int> turns)
    {
        var first = chain.Links[0];
        var points = new List<LayoutPoint> { new(first.UpperX, first.Upper.Y + first.Upper.Height) };
        foreach (var link in chain.Links)
        {
            if (turns.TryGetValue(link, out var y))
            {
                points.Add(new(link.UpperX, y));
                points.Add(new(link.LowerX, y));
            }
        }

        points.Add(new(chain.Links[^1].LowerX, chain.Links[^1].Lower.Y));
        if (chain.Edge.Back)
        {
            points.Reverse();
        }

        return [.. points];
    }

    private static PlacedEdge Loop(Vertex box, LayoutEdge edge, LayoutMetrics metrics)
    {
        var right = box.X - box.Left + box.Node!.Width;
        var (upper, lower) = (box.Y + (box.Height / 4), box.Y + box.Height - (box.Height / 4));
        var turn = right + (2 * metrics.Beside);
        return new(
            edge,
            [new(right, lower), new(turn, lower), new(turn, upper), new(right, upper)],
            new(turn + metrics.Beside + (edge.LabelWidth / 2), (upper + lower) / 2));
    }
}
