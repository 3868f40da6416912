namespace SignalReview.Workflow;

/// <summary>
/// Gives each vertex its place from left to right. Vertices that should stand exactly under each other (a long line, the way that most
/// cases go) are one block; blocks keep their distance and move towards what they are linked with.
/// </summary>
internal static class LayerPlaces
{
    private const int Rounds = 40;

    public static void Assign(LayerGraph graph, LayoutMetrics metrics)
    {
        var blocks = Blocks(graph);
        var after = Neighbours(graph, blocks, metrics);
        foreach (var block in Sorted(after, blocks.Values.Distinct().ToList()))
        {
            block.X = block.Before.Count == 0 ? block.Vertices.Max(v => v.Left) : block.Before.Max(b => b.Other.X + b.Distance);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var block in round % 2 == 0 ? blocks.Values.Distinct() : blocks.Values.Distinct().Reverse())
            {
                Move(block, blocks);
            }
        }

        var left = blocks.Min(b => b.Value.X - b.Key.Left);
        foreach (var (vertex, block) in blocks)
        {
            vertex.X = block.X - left;
        }
    }

    private static void Move(Block block, Dictionary<Vertex, Block> blocks)
    {
        var linked = block.Vertices.SelectMany(v => v.Up.Select(l => l.Upper).Concat(v.Down.Select(l => l.Lower)))
            .Select(v => blocks[v]).Where(b => b != block).ToList();
        if (linked.Count == 0)
        {
            return;
        }

        var wanted = (int)Math.Round(linked.Average(b => b.X));
        var least = block.Before.Count == 0 ? int.MinValue : block.Before.Max(b => b.Other.X + b.Distance);
        var most = block.After.Count == 0 ? int.MaxValue : block.After.Min(b => b.Other.X - b.Distance);
        block.X = Math.Clamp(wanted, least, Math.Max(least, most));
    }

    private static Dictionary<Vertex, Block> Blocks(LayerGraph graph)
    {
        var blocks = graph.Layers.SelectMany(l => l).ToDictionary(v => v, v => new Block([v]));
        var spine = Spine(graph);

        // The straighter it matters to be, the earlier: a long line, the spine, then any line.
        var candidates = graph.Chains.SelectMany(c => c.Links)
            .OrderByDescending(l => l.Upper.Node is null && l.Lower.Node is null)
            .ThenByDescending(l => spine.Contains(l.Chain))
            .ThenBy(l => l.Chain.Edge.Back);
        foreach (var link in candidates)
        {
            var (upper, lower) = (blocks[link.Upper], blocks[link.Lower]);
            var sameLayer = upper.Vertices.Select(v => v.Layer).Intersect(lower.Vertices.Select(v => v.Layer)).Any();
            if (upper == lower || sameLayer)
            {
                continue;
            }

            var joined = new Block([.. upper.Vertices, .. lower.Vertices]);
            var trial = new Dictionary<Vertex, Block>(blocks);
            joined.Vertices.ForEach(v => trial[v] = joined);
            if (IsOrdered(graph, trial))
            {
                blocks = trial;
            }
        }

        return blocks;
    }

    /// <summary>The longest way from top to bottom, which is the one that most cases go.</summary>
    private static HashSet<Chain> Spine(LayerGraph graph)
    {
        var spine = new HashSet<Chain>();
        var lowest = graph.Layers.SelectMany(l => l).Where(v => v.Node is not null).MaxBy(v => v.Layer)!;
        while (lowest.Up.Where(l => !l.Chain.Edge.Back).OrderBy(l => l.Chain.Links.Count).FirstOrDefault() is { } link)
        {
            spine.Add(link.Chain);
            lowest = link.Chain.Links[0].Upper;
        }

        return spine;
    }

    // Two blocks can only keep their distance when none stands both left and right of the other.
    private static bool IsOrdered(LayerGraph graph, Dictionary<Vertex, Block> blocks)
    {
        var after = graph.Layers.SelectMany(layer => layer.Zip(layer.Skip(1), (a, b) => (blocks[a], blocks[b]))).ToLookup(p => p.Item1, p => p.Item2);
        var done = new Dictionary<Block, bool>();
        return blocks.Values.Distinct().All(Ends);

        bool Ends(Block block)
        {
            if (done.TryGetValue(block, out var ends))
            {
                return ends;
            }

            done[block] = false;
            return done[block] = after[block].All(Ends);
        }
    }

    private static ILookup<Block, Block> Neighbours(LayerGraph graph, Dictionary<Vertex, Block> blocks, LayoutMetrics metrics)
    {
        foreach (var (a, b) in graph.Layers.SelectMany(layer => layer.Zip(layer.Skip(1))))
        {
            var distance = a.Right + metrics.Beside + b.Left;
            blocks[a].After.Add((blocks[b], distance));
            blocks[b].Before.Add((blocks[a], distance));
        }

        return blocks.Values.Distinct().SelectMany(b => b.After.Select(a => (b, a.Other))).ToLookup(p => p.b, p => p.Other);
    }

    private static List<Block> Sorted(ILookup<Block, Block> after, List<Block> blocks)
    {
        var sorted = new List<Block>();
        var seen = new HashSet<Block>();
        blocks.ForEach(Visit);
        sorted.Reverse();
        return sorted;

        void Visit(Block block)
        {
            if (seen.Add(block))
            {
                after[block].ToList().ForEach(Visit);
                sorted.Add(block);
            }
        }
    }

    private sealed class Block(List<Vertex> vertices)
    {
        public List<Vertex> Vertices => vertices;

        public int X { get; set; }

        public List<(Block Other, int Distance)> Before { get; } = [];

        public List<(Block Other, int Distance)> After { get; } = [];
    }
}
