namespace SignalReview.Workflow;

/// <summary>Orders each layer from left to right so that few lines cross: every vertex near the middle of those it is linked with.</summary>
internal static class LayerOrder
{
    private const int Sweeps = 16;

    public static void Sort(LayerGraph graph)
    {
        var best = Save(graph);
        var fewest = Crossings(graph);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var down = sweep % 2 == 0;
            foreach (var layer in down ? graph.Layers.Skip(1) : graph.Layers.AsEnumerable().Reverse().Skip(1))
            {
                Sort(graph, layer, down);
            }

            Swap(graph);
            if (Crossings(graph) is var crossings && crossings < fewest)
            {
                (best, fewest) = (Save(graph), crossings);
            }
        }

        for (var layer = 0; layer < best.Count; layer++)
        {
            graph.Layers[layer].Clear();
            graph.Layers[layer].AddRange(best[layer]);
        }
    }

    public static int Crossings(LayerGraph graph) => graph.Layers.Sum(layer => Crossings(graph, layer));

    private static int Crossings(LayerGraph graph, List<Vertex> upper)
    {
        if (upper.Count == 0 || upper[0].Layer + 1 == graph.Layers.Count)
        {
            return 0;
        }

        var lower = graph.Layers[upper[0].Layer + 1];
        var links = upper.SelectMany((v, at) => v.Down.Select(l => (Upper: at, Lower: lower.IndexOf(l.Lower)))).ToList();
        return links.SelectMany((a, i) => links.Skip(i + 1).Where(b => (a.Upper - b.Upper) * (a.Lower - b.Lower) < 0)).Count();
    }

    private static void Sort(LayerGraph graph, List<Vertex> layer, bool down)
    {
        var sorted = layer.Select((vertex, at) =>
        {
            var links = down ? vertex.Up : vertex.Down;
            var others = graph.Layers[layer[0].Layer + (down ? -1 : 1)];
            return (vertex, Middle: links.Count == 0 ? at : links.Average(l => others.IndexOf(down ? l.Upper : l.Lower)));
        }).OrderBy(v => v.Middle).Select(v => v.vertex).ToList(); // stable: what is equal keeps its place
        layer.Clear();
        layer.AddRange(sorted);
    }

    private static void Swap(LayerGraph graph)
    {
        foreach (var layer in graph.Layers)
        {
            for (var at = 0; at + 1 < layer.Count; at++)
            {
                var before = Around(graph, layer);
                (layer[at], layer[at + 1]) = (layer[at + 1], layer[at]);
                if (Around(graph, layer) >= before)
                {
                    (layer[at], layer[at + 1]) = (layer[at + 1], layer[at]);
                }
            }
        }
    }

    private static int Around(LayerGraph graph, List<Vertex> layer) =>
        Crossings(graph, layer) + (layer[0].Layer == 0 ? 0 : Crossings(graph, graph.Layers[layer[0].Layer - 1]));

    private static List<List<Vertex>> Save(LayerGraph graph) => [.. graph.Layers.Select(l => l.ToList())];
}
