using System.Globalization;
using System.Net;
using System.Text;

namespace SignalReview.Workflow;

/// <summary>
/// Draws a definition as SVG: text stays text, looks come from classes, and title and description say what it is. On a page the page's
/// style sheet gives the colours; a file carries its own.
/// </summary>
internal static class FlowSvg
{
    private const int Margin = 12;

    public static readonly PictureMetrics Metrics = new(
        new(Beside: 18, Above: 12, Below: 12, Turn: 10, Arrow: 8, Slot: 18),
        NameWidth: text => (int)Math.Ceiling(text.Length * 8.8),
        NoteWidth: text => (int)Math.Ceiling(text.Length * 7.0),
        LabelWidth: text => (int)Math.Ceiling(text.Length * 7.0) + 8,
        LineHeight: 18,
        LabelHeight: 18,
        PaddingX: 28,
        PaddingY: 16,
        Columns: 28);

    /// <summary>A file of its own, for light and dark.</summary>
    public static string Document(WorkflowDefinition definition, IFlowTexts texts) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{Draw(definition, texts, definition.Sha256[..12], style: true)}";

    /// <param name="id">Starts the ids of its parts, which must be the only ones on the page.</param>
    /// <param name="waiting">Per step how many cases wait there: shown where there are any.</param>
    public static string Draw(
        WorkflowDefinition definition, IFlowTexts texts, string id, bool style = false, IReadOnlyDictionary<string, int>? waiting = null)
    {
        var picture = FlowPicture.Of(definition, texts, Metrics);
        var (width, height) = (picture.Width + (2 * Margin), picture.Height + (2 * Margin));
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sr-flow\" width=\"{width}\" height=\"{height}\" viewBox=\"{-Margin} {-Margin} {width} {height}\"");
        Add(svg, $" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n<title id=\"{id}-title\">{Text(texts.Title(definition))}</title>\n");
        Add(svg, $"<desc id=\"{id}-desc\">{Text(texts.Description(definition))}</desc>\n{(style ? $"<style>{Style}</style>\n" : "")}");
        foreach (var edge in picture.Edges)
        {
            Line(svg, edge);
        }

        foreach (var edge in picture.Edges)
        {
            Label(svg, edge);
        }

        foreach (var node in picture.Nodes)
        {
            Box(svg, node, waiting?.GetValueOrDefault(node.Node.Id) ?? 0);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private const string Style = """

        .sr-flow { background: #fff; color: #1b1b1b; font-family: "Source Sans 3", "Segoe UI", Roboto, Arial, sans-serif; font-size: 14px; --sr-flow-paper: #fff; --sr-flow-box: #eef4fb; --sr-flow-line: #40566b; --sr-flow-back: #8a4b08; }
        @media (prefers-color-scheme: dark) { .sr-flow { background: #16191d; color: #f2f2f2; --sr-flow-paper: #16191d; --sr-flow-box: #22303d; --sr-flow-line: #9fb6cc; --sr-flow-back: #f0b36b; } }
        .sr-flow__box { fill: var(--sr-flow-box); stroke: var(--sr-flow-line); stroke-width: 1.5; }
        .sr-flow__box--escalate { stroke-dasharray: 2 2; }
        .sr-flow__line { fill: none; stroke: var(--sr-flow-line); stroke-width: 1.5; }
        .sr-flow__head { fill: var(--sr-flow-line); }
        .sr-flow__line--back { stroke: var(--sr-flow-back); stroke-dasharray: 6 4; }
        .sr-flow__head--back { fill: var(--sr-flow-back); }
        .sr-flow__name { fill: currentColor; font-size: 15px; font-weight: 600; }
        .sr-flow__note, .sr-flow__label { fill: currentColor; font-size: 13px; }
        .sr-flow__under { fill: var(--sr-flow-paper); }

        """;

    private static void Box(StringBuilder svg, PictureNode node, int waiting)
    {
        Add(svg, $"<g class=\"sr-flow__node\" data-node=\"{Text(node.Node.Id)}\">");
        Add(svg, $"<path class=\"sr-flow__box{Kind(node.Node)}\" d=\"{Outline(node)}\"/>");
        var middle = node.X + (node.Width / 2);
        var y = node.Y + (Metrics.PaddingY / 2) - 5;
        foreach (var line in node.Name)
        {
            Add(svg, $"<text class=\"sr-flow__name\" x=\"{middle}\" y=\"{y += Metrics.LineHeight}\" text-anchor=\"middle\">{Text(line)}</text>");
        }

        foreach (var line in node.Notes)
        {
            Add(svg, $"<text class=\"sr-flow__note\" x=\"{middle}\" y=\"{y += Metrics.LineHeight}\" text-anchor=\"middle\">{Text(line)}</text>");
        }

        if (waiting > 0)
        {
            Add(svg, $"<circle class=\"sr-flow__count\" cx=\"{node.X + node.Width}\" cy=\"{node.Y}\" r=\"12\"/>");
            Add(svg, $"<text class=\"sr-flow__count-text\" x=\"{node.X + node.Width}\" y=\"{node.Y + 5}\" text-anchor=\"middle\">{waiting}</text>");
        }

        svg.Append("</g>\n");
    }

    // What is asked of people is a box; what the engine decides has points, and where the flow ends or comes together it is round.
    private static string Outline(PictureNode node)
    {
        var (x, y, right, bottom) = (node.X, node.Y, node.X + node.Width, node.Y + node.Height);
        var half = (bottom - y) / 2;
        return node.Node.Step.Kind switch
        {
            StepKind.Decision or StepKind.Switch =>
                Invariant($"M{x + 10} {y}H{right - 10}L{right} {y + half}L{right - 10} {bottom}H{x + 10}L{x} {y + half}Z"),
            StepKind.Finish or StepKind.Join => Rounded(x, y, right, bottom, Math.Min(half, 20)),
            StepKind.Asked or StepKind.SetVariable => Rounded(x, y, right, bottom, 4),
        };
    }

    private static string Rounded(int x, int y, int right, int bottom, int r) => Invariant(
        $"M{x + r} {y}H{right - r}A{r} {r} 0 0 1 {right} {y + r}V{bottom - r}A{r} {r} 0 0 1 {right - r} {bottom}H{x + r}A{r} {r} 0 0 1 {x} {bottom - r}V{y + r}A{r} {r} 0 0 1 {x + r} {y}Z");

    private static string Kind(FlowNode node) => node.Step switch
    {
        { Name: "Escalate" } => " sr-flow__box--escalate",
        { Waits: true } => " sr-flow__box--waits",
        { Kind: StepKind.Asked } => "",
        _ => " sr-flow__box--engine",
    };

    private static void Line(StringBuilder svg, PlacedEdge edge)
    {
        var back = edge.Edge.Back ? "--back" : "";
        var (before, end) = (edge.Points[^2], edge.Points[^1]);
        var (dx, dy) = (Math.Sign(end.X - before.X), Math.Sign(end.Y - before.Y));
        Add(svg, $"<g class=\"sr-flow__edge\" data-from=\"{Text(edge.Edge.Source)}\" data-to=\"{Text(edge.Edge.Target)}\">");
        Add(svg, $"<path class=\"sr-flow__line{(back.Length > 0 ? " sr-flow__line--back" : "")}\" d=\"{Path(edge)}\"/>");
        Add(svg, $"<path class=\"sr-flow__head{(back.Length > 0 ? " sr-flow__head--back" : "")}\" d=\"M{end.X} {end.Y}L{end.X - (8 * dx) - (5 * dy)} {end.Y - (8 * dy) - (5 * dx)}L{end.X - (8 * dx) + (5 * dy)} {end.Y - (8 * dy) + (5 * dx)}Z\"/></g>\n");
    }

    // Corners are rounded where there is room.
    private static string Path(PlacedEdge edge)
    {
        var points = edge.Points;
        var path = new StringBuilder();
        Add(path, $"M{points[0].X} {points[0].Y}");
        for (var at = 1; at + 1 < points.Length; at++)
        {
            var (before, corner, after) = (points[at - 1], points[at], points[at + 1]);
            var r = Math.Min(5, Math.Min(Distance(before, corner), Distance(corner, after)) / 2);
            var (from, to) = (Towards(corner, before, r), Towards(corner, after, r));
            Add(path, $"L{from.X} {from.Y}Q{corner.X} {corner.Y} {to.X} {to.Y}");
        }

        return Add(path, $"L{points[^1].X} {points[^1].Y}").ToString();
    }

    private static void Label(StringBuilder svg, PlacedEdge edge)
    {
        var (x, y) = edge.LabelAt;
        var (width, height) = (edge.Edge.LabelWidth, Metrics.LabelHeight);
        Add(svg, $"<rect class=\"sr-flow__under\" x=\"{x - (width / 2)}\" y=\"{y - (height / 2)}\" width=\"{width}\" height=\"{height}\"/>");
        Add(svg, $"<text class=\"sr-flow__label\" x=\"{x}\" y=\"{y + 4}\" text-anchor=\"middle\">{Text(edge.Edge.Label)}</text>\n");
    }

    private static int Distance(LayoutPoint a, LayoutPoint b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static LayoutPoint Towards(LayoutPoint from, LayoutPoint to, int far) =>
        new(from.X + (far * Math.Sign(to.X - from.X)), from.Y + (far * Math.Sign(to.Y - from.Y)));

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static StringBuilder Add(StringBuilder to, FormattableString text) => to.Append(text.ToString(CultureInfo.InvariantCulture));
}
