using System.Collections.Immutable;
using System.Text;

namespace SignalReview.Workflow;

/// <summary>Draws a definition with the characters of a terminal. Ways back are dotted.</summary>
internal sealed class FlowText
{
    private const int North = 1;
    private const int East = 2;
    private const int South = 4;
    private const int West = 8;

    public static readonly PictureMetrics Metrics = new(
        new(Beside: 2, Above: 1, Below: 1, Turn: 1, Arrow: 1, Slot: 2),
        NameWidth: text => text.Length - 1,
        NoteWidth: text => text.Length - 1,
        LabelWidth: text => text.Length,
        LineHeight: 1,
        LabelHeight: 0,
        PaddingX: 4,
        PaddingY: 1,
        Columns: 34);

    private readonly char[,] cells;
    private readonly int[,] onwards;
    private readonly int[,] back;
    private readonly Glyphs glyphs;

    private FlowText(int width, int height, Glyphs glyphs)
    {
        this.glyphs = glyphs;
        cells = new char[height, width];
        onwards = new int[height, width];
        back = new int[height, width];
    }

    /// <param name="plain">Without any character that is not ASCII but those in the texts.</param>
    public static string Draw(WorkflowDefinition definition, IFlowTexts texts, bool plain = false)
    {
        var picture = FlowPicture.Of(definition, texts, Metrics);
        var text = new FlowText(picture.Width + 1, picture.Height + 1, plain ? Glyphs.Plain : Glyphs.Drawn);
        foreach (var node in picture.Nodes)
        {
            text.Box(node);
        }

        foreach (var edge in picture.Edges)
        {
            text.Line(edge);
        }

        foreach (var edge in picture.Edges)
        {
            text.Write(edge.LabelAt.X - (edge.Edge.Label.Length / 2), edge.LabelAt.Y, edge.Edge.Label);
        }

        return text.ToString();
    }

    public override string ToString()
    {
        var all = new StringBuilder();
        for (var y = 0; y < cells.GetLength(0); y++)
        {
            var line = new StringBuilder();
            for (var x = 0; x < cells.GetLength(1); x++)
            {
                line.Append(At(x, y));
            }

            all.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return all.ToString();
    }

    private char At(int x, int y) =>
        cells[y, x] != '\0' ? cells[y, x]
        : onwards[y, x] == 0 ? glyphs.Back[back[y, x]]
        : glyphs.Onwards[onwards[y, x] | back[y, x]];

    private void Box(PictureNode node)
    {
        var (right, bottom) = (node.X + node.Width, node.Y + node.Height);
        Mark(onwards, [new(node.X, node.Y), new(right, node.Y), new(right, bottom), new(node.X, bottom), new(node.X, node.Y)]);
        var y = node.Y;
        foreach (var line in node.Name.Concat(node.Notes))
        {
            Write(node.X + 2, ++y, line);
        }
    }

    private void Line(PlacedEdge edge)
    {
        var path = Mark(edge.Edge.Back ? back : onwards, edge.Points, toTheEnd: false);
        var ((x, y), end) = (path[^2], path[^1]);
        cells[y, x] = end.Y > y ? glyphs.Down : end.Y < y ? glyphs.Up : glyphs.Left;
    }

    private void Write(int x, int y, string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            cells[y, x + at] = text[at];
        }
    }

    /// <param name="toTheEnd">Without: the last cell is the edge of a box, which stays closed there.</param>
    private static List<LayoutPoint> Mark(int[,] sides, ImmutableArray<LayoutPoint> points, bool toTheEnd = true)
    {
        List<LayoutPoint> path = [points[0]];
        foreach (var to in points.Skip(1))
        {
            while (path[^1] != to)
            {
                var (x, y) = path[^1];
                path.Add(new(x + Math.Sign(to.X - x), y + Math.Sign(to.Y - y)));
            }
        }

        for (var at = 0; at + 1 < path.Count; at++)
        {
            var (from, to) = (path[at], path[at + 1]);
            sides[from.Y, from.X] |= Side(from, to);
            if (toTheEnd || at + 2 < path.Count)
            {
                sides[to.Y, to.X] |= Side(to, from);
            }
        }

        return path;
    }

    private static int Side(LayoutPoint from, LayoutPoint to) =>
        to.Y < from.Y ? North : to.X > from.X ? East : to.Y > from.Y ? South : West;

    /// <summary>By the sum of the sides on which a line goes on.</summary>
    private sealed record Glyphs(string Onwards, string Back, char Down, char Up, char Left)
    {
        public static Glyphs Drawn { get; } = new(" │─└││┌├─┘─┴┐┤┬┼", " ┊┄╰┊┊╭├┄╯┄┴╮┤┬┼", '▼', '▲', '◄');

        public static Glyphs Plain { get; } = new(" |-+||++-+-+++++", " :.:::::..:.::::", 'v', '^', '<');
    }
}
