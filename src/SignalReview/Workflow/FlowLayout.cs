using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace SignalReview.Workflow;

/// <summary>A box to place.</summary>
/// <param name="Width">From its left to its right edge, in the units of the drawing.</param>
internal sealed record LayoutNode(string Id, int Width, int Height);

/// <summary>A line to route, from the one box to the other.</summary>
/// <param name="Back">It closes a loop: it is routed against the direction of the drawing. Without these the boxes form no circle.</param>
/// <param name="Label">Shown near the source; it gets room of its own.</param>
internal sealed record LayoutEdge(string Source, string Target, bool Back, string Label, int LabelWidth, int LabelHeight);

/// <summary>Distances, in the units of the drawing: pixels, or the cells of a terminal.</summary>
/// <param name="Beside">Between two things side by side.</param>
/// <param name="Above">Between a line that turns and what stands above it.</param>
/// <param name="Below">The same for what stands below it.</param>
/// <param name="Turn">Between two lines that turn, one under the other.</param>
/// <param name="Arrow">Room for the head of an arrow.</param>
/// <param name="Slot">Between two lines that leave one box.</param>
internal sealed record LayoutMetrics(int Beside, int Above, int Below, int Turn, int Arrow, int Slot);

[StructLayout(LayoutKind.Auto)]
internal readonly record struct LayoutPoint(int X, int Y);

internal sealed record PlacedNode(LayoutNode Node, int X, int Y);

/// <param name="Points">From the source to the target; every piece is level or upright.</param>
/// <param name="LabelAt">The middle of the label.</param>
internal sealed record PlacedEdge(LayoutEdge Edge, ImmutableArray<LayoutPoint> Points, LayoutPoint LabelAt);

internal sealed record FlowPlan(int Width, int Height, ImmutableArray<PlacedNode> Nodes, ImmutableArray<PlacedEdge> Edges);

/// <summary>
/// Places boxes in layers from top to bottom and routes the lines between them (after Sugiyama: layers, order with few crossings, places,
/// lines). Pure: the same boxes always give the same picture. Needs no places from the file, so a definition written by hand looks
/// as good as one that was drawn.
/// </summary>
internal static class FlowLayout
{
    /// <param name="nodes">The first stands on top.</param>
    public static FlowPlan Place(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges, LayoutMetrics metrics)
    {
        var layers = LayerGraph.Of(nodes, edges, metrics);
        LayerOrder.Sort(layers);
        LayerPlaces.Assign(layers, metrics);
        return LayerRoutes.Draw(layers, metrics);
    }
}

/// <summary>What stands in a layer: a box, the label of a line, or a place where a line passes.</summary>
internal sealed class Vertex
{
    public required int Layer { get; init; }

    public LayoutNode? Node { get; init; }

    public required int Left { get; init; }

    public required int Right { get; init; }

    public required int Height { get; init; }

    /// <summary>The middle.</summary>
    public int X { get; set; }

    public int Y { get; set; }

    public List<Link> Up { get; } = [];

    public List<Link> Down { get; } = [];
}

/// <summary>A piece of a line between two layers that follow each other.</summary>
internal sealed record Link(Vertex Upper, Vertex Lower, Chain Chain)
{
    /// <summary>Where it leaves the upper and reaches the lower one.</summary>
    public int UpperX { get; set; }

    public int LowerX { get; set; }
}

/// <summary>A line with its pieces from top to bottom; of a way back the source is the lowest.</summary>
internal sealed class Chain(LayoutEdge edge)
{
    public LayoutEdge Edge => edge;

    public List<Link> Links { get; } = [];

    /// <summary>Null of a line from a box to itself.</summary>
    public Vertex? Label { get; set; }
}

internal sealed class LayerGraph
{
    private readonly Dictionary<string, Vertex> boxes = new(StringComparer.Ordinal);

    private LayerGraph(List<List<Vertex>> layers) => Layers = layers;

    /// <summary>Boxes stand in the even ones; labels have the odd ones, so that no text lies on another.</summary>
    public List<List<Vertex>> Layers { get; }

    public List<Chain> Chains { get; } = [];

    /// <summary>The lines from a box to itself.</summary>
    public List<(Vertex Box, LayoutEdge Edge)> Loops { get; } = [];

    public static LayerGraph Of(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges, LayoutMetrics metrics)
    {
        var depth = Depths(nodes, edges);
        var graph = new LayerGraph([.. Enumerable.Range(0, (2 * depth.Values.Max()) + 1).Select(_ => new List<Vertex>())]);
        foreach (var node in nodes)
        {
            // A line from a box to itself stands on its right, with its label.
            var loops = edges.Where(e => e.Source == node.Id && e.Target == node.Id).Sum(e => e.LabelWidth + (3 * metrics.Beside));
            graph.boxes[node.Id] = graph.Add(2 * depth[node.Id], node, node.Width / 2, node.Width - (node.Width / 2) + loops, node.Height);
        }

        // Long lines come last, to run on the outside: what belongs together then stands close.
        foreach (var edge in edges.OrderBy(e => Math.Abs(depth[e.Target] - depth[e.Source])))
        {
            graph.Connect(edge);
        }

        return graph;
    }

    private Vertex Add(int layer, LayoutNode? node, int left, int right, int height)
    {
        var vertex = new Vertex { Layer = layer, Node = node, Left = left, Right = right, Height = height };
        Layers[layer].Add(vertex);
        return vertex;
    }

    private void Connect(LayoutEdge edge)
    {
        if (edge.Source == edge.Target)
        {
            Loops.Add((boxes[edge.Source], edge));
            return;
        }

        var (upper, lower) = edge.Back ? (boxes[edge.Target], boxes[edge.Source]) : (boxes[edge.Source], boxes[edge.Target]);
        var chain = new Chain(edge);
        var labelled = edge.Back ? lower.Layer - 1 : upper.Layer + 1;
        var before = upper;
        for (var layer = upper.Layer + 1; layer <= lower.Layer; layer++)
        {
            var next = layer == lower.Layer ? lower
                : layer == labelled ? chain.Label = Add(layer, null, edge.LabelWidth / 2, edge.LabelWidth - (edge.LabelWidth / 2), edge.LabelHeight)
                : Add(layer, null, 0, 0, 0);
            var link = new Link(before, next, chain);
            before.Down.Add(link);
            next.Up.Add(link);
            chain.Links.Add(link);
            before = next;
        }

        Chains.Add(chain);
    }

    // The longest way from the top decides the layer: no line then points upwards but those that lead back.
    private static Dictionary<string, int> Depths(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges)
    {
        var depth = nodes.ToDictionary(n => n.Id, _ => 0, StringComparer.Ordinal);
        var forward = edges.Where(e => !e.Back && e.Source != e.Target).ToList();
        for (var round = 0; forward.Exists(e => depth[e.Target] <= depth[e.Source]); round++)
        {
            if (round > nodes.Count)
            {
                throw new ArgumentException("The lines that lead onwards form a circle.", nameof(edges));
            }

            forward.ForEach(e => depth[e.Target] = Math.Max(depth[e.Target], depth[e.Source] + 1));
        }

        // What leads back upwards on paper must do so in the layers too.
        return edges.Any(e => e.Back && e.Source != e.Target && depth[e.Source] <= depth[e.Target])
            ? throw new ArgumentException("A line that leads back does not lead to what stands above it.", nameof(edges))
            : depth;
    }
}
