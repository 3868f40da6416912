using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>What a picture of a definition says beside the names in the file.</summary>
internal interface IFlowTexts
{
    /// <summary>What kind of step it is, such as "blind reading".</summary>
    string Step(FlowNode node);

    /// <summary>Numbers that matter: quorum, deadline, condition. One short line each.</summary>
    IEnumerable<string> Details(FlowNode node);

    string Port(string port);

    /// <summary>The picture's name.</summary>
    string Title(WorkflowDefinition definition);

    /// <summary>What the picture shows, for who cannot see it.</summary>
    string Description(WorkflowDefinition definition);
}

/// <summary>A box with its lines of text: the first is its name.</summary>
internal sealed record PictureNode(FlowNode Node, ImmutableArray<string> Name, ImmutableArray<string> Notes, int X, int Y, int Width, int Height);

/// <summary>Where text is drawn and how large it is.</summary>
/// <param name="NameWidth">Of a line of a box's name.</param>
/// <param name="NoteWidth">Of another line of a box.</param>
/// <param name="LabelWidth">Of a label of a line between boxes.</param>
/// <param name="PaddingX">Of both sides of a box together.</param>
/// <param name="PaddingY">Above and below together.</param>
/// <param name="Columns">After so many characters a line is broken.</param>
internal sealed record PictureMetrics(
    LayoutMetrics Layout,
    Func<string, int> NameWidth,
    Func<string, int> NoteWidth,
    Func<string, int> LabelWidth,
    int LineHeight,
    int LabelHeight,
    int PaddingX,
    int PaddingY,
    int Columns);

/// <summary>A definition, placed: boxes with their texts and the lines between them.</summary>
internal sealed record FlowPicture(int Width, int Height, ImmutableArray<PictureNode> Nodes, ImmutableArray<PlacedEdge> Edges)
{
    public static FlowPicture Of(WorkflowDefinition definition, IFlowTexts texts, PictureMetrics metrics)
    {
        var graph = definition.Graph;
        var written = InOrder(graph).ToDictionary(n => n.Id, n => Write(n, texts, metrics), StringComparer.Ordinal);
        var plan = FlowLayout.Place(
            [.. InOrder(graph).Select(n => Box(n, written[n.Id], metrics))],
            [.. Lines(graph, texts, metrics)],
            metrics.Layout);
        return new(
            plan.Width,
            plan.Height,
            [.. plan.Nodes.Select(n => new PictureNode(graph.Nodes[n.Node.Id], written[n.Node.Id].Name, written[n.Node.Id].Notes, n.X, n.Y, n.Node.Width, n.Node.Height))],
            plan.Edges);
    }

    // From the start on, in the order of the ports: what leads onwards first stands left.
    private static IEnumerable<FlowNode> InOrder(FlowGraph graph)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { graph.Start! };
        var open = new Queue<string>([graph.Start!]);
        while (open.TryDequeue(out var id))
        {
            yield return graph.Nodes[id];
            foreach (var target in graph.Nodes[id].Ports.SelectMany(p => graph.From(id, p)).Select(c => c.Target).Where(seen.Add))
            {
                open.Enqueue(target);
            }
        }
    }

    private static IEnumerable<LayoutEdge> Lines(FlowGraph graph, IFlowTexts texts, PictureMetrics metrics) =>
        from node in InOrder(graph)
        from line in node.Ports.SelectMany(p => graph.From(node.Id, p)).GroupBy(c => c.Target, StringComparer.Ordinal)
        let label = string.Join(" · ", line.Select(c => texts.Port(c.Port)))
        select new LayoutEdge(node.Id, line.Key, !graph.IsForward(line.First()), label, metrics.LabelWidth(label), metrics.LabelHeight);

    private static (ImmutableArray<string> Name, ImmutableArray<string> Notes) Write(FlowNode node, IFlowTexts texts, PictureMetrics metrics) =>
        ([.. Break(node.DisplayText ?? node.Id, metrics.Columns)],
         [.. texts.Details(node).Prepend(texts.Step(node)).Where(line => !line.Equals(node.DisplayText ?? node.Id, StringComparison.OrdinalIgnoreCase))
             .SelectMany(line => Break(line, metrics.Columns))]);

    private static LayoutNode Box(FlowNode node, (ImmutableArray<string> Name, ImmutableArray<string> Notes) text, PictureMetrics metrics) => new(
        node.Id,
        text.Name.Max(metrics.NameWidth) is var name && text.Notes.Select(metrics.NoteWidth).DefaultIfEmpty(0).Max() is var note
            ? Math.Max(name, note) + metrics.PaddingX
            : 0,
        ((text.Name.Length + text.Notes.Length) * metrics.LineHeight) + metrics.PaddingY);

    private static IEnumerable<string> Break(string text, int columns)
    {
        var line = "";
        // A definition must not be able to steer a terminal, nor to break the SVG.
        var clean = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
        foreach (var word in clean.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
