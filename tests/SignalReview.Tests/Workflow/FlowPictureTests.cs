using System.Xml.Linq;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class FlowPictureTests
{
    private static readonly string[] Names = [DefinitionLibrary.CollegialConsultation, DefinitionLibrary.QuickReading, DefinitionLibrary.Urgent];
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Test, Combinatorial]
    public void Boxes_labels_and_lines_of_a_shipped_definition_keep_out_of_each_others_way(
        [ValueSource(nameof(Names))] string name, [Values] bool svg)
    {
        var definition = DefinitionLibrary.Shipped()[name];
        var picture = FlowPicture.Of(definition, new FlowTextsInEnglish(), svg ? FlowSvg.Metrics : FlowText.Metrics);

        Assert.That(picture.Nodes.Select(n => n.Node.Id), Is.EquivalentTo(definition.Nodes.Keys));
        Assert.That(picture.Edges.Select(e => (e.Edge.Source, e.Edge.Target)), Is.EquivalentTo(definition.Connections.Select(c => (c.Source, c.Target)).Distinct()));
        Plan.Judge(picture.Width, picture.Height, [.. picture.Nodes.Select(Box.Of)], picture.Edges);
    }

    [Test]
    public void Boxes_labels_and_lines_of_made_up_flows_keep_out_of_each_others_way([Range(1, 60)] int seed)
    {
        var (nodes, edges) = MadeUp(new Random(seed));
        var plan = FlowLayout.Place(nodes, edges, FlowText.Metrics.Layout);
        Plan.Judge(plan.Width, plan.Height, [.. plan.Nodes.Select(n => new Box(n.Node.Id, n.X, n.Y, n.X + n.Node.Width, n.Y + n.Node.Height))], plan.Edges);
    }

    [Test]
    public void The_way_that_most_cases_go_is_straight()
    {
        var picture = FlowPicture.Of(DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation], new FlowTextsInEnglish(), FlowSvg.Metrics);
        var middles = picture.Nodes.Where(n => n.Node.Id is "Clarify" or "Reveal" or "Compare" or "Discuss1" or "Weigh1" or "AskDecision" or "AskApproval" or "FollowUp")
            .Select(n => n.X + (n.Width / 2));
        Assert.That(middles.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void The_drawing_in_characters_shows_steps_outcomes_deadlines_and_ways_back()
    {
        var text = FlowText.Draw(TestDefinition.Simple().Read(), new FlowTextsInEnglish());
        Assert.That(Trimmed(text), Is.EqualTo(Trimmed("""
                      ┌──────────┐
                      │ Card     │
                      │ CallCard │
                      └────┬─────┘
                           │
                         Done
                           │
                           ▼
                ┌──────────────────────┐
                │ Decide               │◄┄┄╮
                │ AskDecision          │   ┊ Deadline
                │ deadline 8 h working ├┄┄┄╯
                └──────────┬───────────┘
                           │         ▲
                           │         ┊
                        Decided  Returned
                           │         ┊
                           ▼         ┊
                ┌────────────────────┴─┐
                │ Approve              │
                │ AskApproval          │
                │ deadline 8 h working │
                └──────────┬─────────┬─┘
                           │         └┐
                       Approved   Deadline
                           │          │
                           ▼          ▼
                       ┌────────┐ ┌────────┐
                       │ End    │ │ Late   │
                       │ Finish │ │ Finish │
                       └────────┘ └────────┘
            """)), text);
    }

    [Test]
    public void The_plain_drawing_has_nothing_but_ASCII_and_what_the_definition_says() =>
        Assert.That(FlowText.Draw(TestDefinition.Simple().Read(), new FlowTextsInEnglish(), plain: true), Has.All.Matches<char>(char.IsAscii));

    [TestCaseSource(nameof(Names))]
    public void The_SVG_has_a_title_a_description_and_text_and_no_colour_of_its_own(string name)
    {
        var definition = DefinitionLibrary.Shipped()[name];
        var svg = XDocument.Parse(FlowSvg.Document(definition, new FlowTextsInEnglish())).Root!;

        Assert.That(((string)svg.Attribute("aria-labelledby")!).Split(' ').Select(id => svg.Elements().Single(e => (string?)e.Attribute("id") == id).Name.LocalName),
            Is.EqualTo(new[] { "title", "desc" }));
        Assert.That(svg.Element(Svg + "title")!.Value, Does.Contain(definition.Name));
        var texts = svg.Descendants(Svg + "text").Select(t => t.Value).ToList();
        Assert.That(texts, Is.SupersetOf(definition.Nodes.Values.Where(n => n.DisplayText!.Length <= 28).Select(n => n.DisplayText)));
        Assert.That(svg.DescendantsAndSelf().Attributes().Select(a => a.Name.LocalName), Has.None.EqualTo("style").And.None.EqualTo("fill").And.None.EqualTo("stroke"));
        Assert.That(svg.Descendants(Svg + "path").Count(p => ((string)p.Attribute("class")!).Contains("line--back", StringComparison.Ordinal)),
            Is.EqualTo(definition.Connections.Where(c => !definition.Graph.IsForward(c)).Select(c => (c.Source, c.Target)).Distinct().Count()));
    }

    [Test]
    public void What_a_definition_says_cannot_break_the_SVG_nor_steer_the_terminal()
    {
        var definition = TestDefinition.Simple()
            .Change("Decide", n => n["metadata"] = new System.Text.Json.Nodes.JsonObject { ["displayText"] = "<script>\u001b[2J & \"\ud800\u0007" })
            .Read();
        var svg = XDocument.Parse(FlowSvg.Document(definition, new FlowTextsInEnglish()));

        Assert.That(svg.Descendants().Select(e => e.Name.LocalName), Has.None.EqualTo("script"));
        Assert.That(svg.Descendants(Svg + "text").Select(t => t.Value), Has.Some.StartsWith("<script>"));
        Assert.That(FlowText.Draw(definition, new FlowTextsInEnglish()).Where(char.IsControl).Distinct(), Is.EqualTo("\n"));
    }

    [Test]
    public void How_many_cases_wait_is_shown_at_the_step()
    {
        var waiting = new Dictionary<string, int>(StringComparer.Ordinal) { ["Decide"] = 3 };
        var svg = XDocument.Parse(FlowSvg.Draw(TestDefinition.Simple().Read(), new FlowTextsInEnglish(), "f", waiting: waiting));
        var counts = svg.Descendants(Svg + "text").Where(t => (string?)t.Attribute("class") == "sr-flow__count-text").ToList();

        Assert.That(counts.Select(c => (c.Value, (string?)c.Parent!.Attribute("data-node"))), Is.EqualTo(new[] { ("3", "Decide") }));
    }

    private static string Trimmed(string drawing)
    {
        var lines = drawing.Split('\n').Where(l => l.Trim().Length > 0).Select(l => l.TrimEnd()).ToList();
        var margin = lines.Min(l => l.Length - l.TrimStart().Length);
        return string.Join('\n', lines.Select(l => l[margin..]));
    }

    private static (List<LayoutNode> Nodes, List<LayoutEdge> Edges) MadeUp(Random random)
    {
        var count = random.Next(2, 25);
        var nodes = Enumerable.Range(0, count).Select(i => new LayoutNode($"{i}", random.Next(6, 30), random.Next(2, 6))).ToList();
        var edges = new Dictionary<(int, int), LayoutEdge>();
        void Add(int from, int to)
        {
            var label = new string('x', random.Next(1, 20));
            edges.TryAdd((from, to), new($"{from}", $"{to}", to < from, label, label.Length, 0));
        }

        for (var node = 1; node < count; node++)
        {
            Add(random.Next(Math.Max(0, node - 4), node), node);
        }

        var reach = Reach(count, edges.Keys);
        for (var more = random.Next(count); more > 0; more--)
        {
            var (a, b) = (random.Next(count), random.Next(count));
            if (a <= b || reach[b].Contains(a))
            {
                Add(a, b); // onwards, to itself, or back to what leads there
                reach = Reach(count, edges.Keys.Where(e => e.Item1 < e.Item2));
            }
        }

        return (nodes, [.. edges.Select(e => e.Value with { Back = e.Key.Item2 < e.Key.Item1 })]);
    }

    private static List<HashSet<int>> Reach(int count, IEnumerable<(int From, int To)> edges)
    {
        var reach = Enumerable.Range(0, count).Select(_ => new HashSet<int>()).ToList();
        foreach (var (from, to) in edges.OrderByDescending(e => e.From))
        {
            reach[from].Add(to);
            reach[from].UnionWith(reach[to]);
        }

        return reach;
    }
}

internal sealed record Box(string Id, int Left, int Top, int Right, int Bottom)
{
    public static Box Of(PictureNode node) => new(node.Node.Id, node.X, node.Y, node.X + node.Width, node.Y + node.Height);

    public bool Overlaps(Box other) => Left <= other.Right && other.Left <= Right && Top <= other.Bottom && other.Top <= Bottom;
}

/// <summary>What every plan must hold.</summary>
internal static class Plan
{
    public static void Judge(int width, int height, IReadOnlyList<Box> boxes, IReadOnlyList<PlacedEdge> edges)
    {
        var labels = edges.Select(e => Label(e)).ToList();
        var solid = boxes.Concat(labels).ToList();
        foreach (var (one, at) in solid.Select((b, at) => (b, at)))
        {
            Assert.That(solid.Skip(at + 1).Where(one.Overlaps).Select(o => o.Id), Is.Empty, $"{one.Id} overlaps");
            Assert.That((one.Left >= 0, one.Top >= 0, one.Right <= width, one.Bottom <= height), Is.EqualTo((true, true, true, true)), $"{one} in {width} x {height}");
        }

        var byId = boxes.ToDictionary(b => b.Id);
        foreach (var edge in edges)
        {
            Judge(edge, byId, boxes);
        }
    }

    private static Box Label(PlacedEdge edge) => new(
        $"{edge.Edge.Source}>{edge.Edge.Target}", edge.LabelAt.X - (edge.Edge.LabelWidth / 2), edge.LabelAt.Y - (edge.Edge.LabelHeight / 2),
        edge.LabelAt.X - (edge.Edge.LabelWidth / 2) + edge.Edge.LabelWidth - 1, edge.LabelAt.Y + (edge.Edge.LabelHeight / 2));

    private static void Judge(PlacedEdge edge, Dictionary<string, Box> byId, IReadOnlyList<Box> boxes)
    {
        var name = $"{edge.Edge.Source}>{edge.Edge.Target}: {string.Join(' ', edge.Points)}";
        var pieces = edge.Points.Zip(edge.Points.Skip(1)).ToList();
        Assert.That(pieces, Has.All.Matches<(LayoutPoint A, LayoutPoint B)>(p => p.A.X == p.B.X || p.A.Y == p.B.Y), name);
        Assert.That(OnEdge(byId[edge.Edge.Source], edge.Points[0]) && OnEdge(byId[edge.Edge.Target], edge.Points[^1]), name);
        foreach (var (a, b) in pieces)
        {
            var line = new Box(name, Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
            var crossed = boxes.Where(box => box.Overlaps(line) && box.Id != edge.Edge.Source && box.Id != edge.Edge.Target).Select(box => box.Id);
            Assert.That(crossed, Is.Empty, name);
        }

        if (edge.Edge.Source != edge.Edge.Target)
        {
            Assert.That(edge.Points[^1].Y.CompareTo(edge.Points[0].Y), Is.EqualTo(edge.Edge.Back ? -1 : 1), name);
        }
    }

    private static bool OnEdge(Box box, LayoutPoint point) =>
        point.X >= box.Left && point.X <= box.Right && point.Y >= box.Top && point.Y <= box.Bottom
        && (point.X == box.Left || point.X == box.Right || point.Y == box.Top || point.Y == box.Bottom);
}
