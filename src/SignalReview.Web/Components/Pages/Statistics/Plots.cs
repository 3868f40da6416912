using System.Globalization;
using SignalReview.Statistics;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Statistics;

/// <summary>The pictures, 360 wide. Length, place, number and line say it; colour only supports it.</summary>
internal static class Plots
{
    private const double Width = 360;

    // What a screen reader hears is a summary; the table has it all.
    private const int MostSaid = 8;

    /// <summary>A bar an answer.</summary>
    public static string Distribution(Texts texts, VariableView view)
    {
        var all = view.Distribution.Sum(d => d.Count);
        var most = view.Distribution.Max(d => d.Count);
        var named = view.Variable is Variable.Position or Variable.Option;
        var (left, row) = named ? (0.0, 46.0) : (view.Distribution.Any(d => d.From != d.To) ? 62.0 : 28.0, 26.0);
        var said = view.Distribution.Where(d => d.Count > 0).Select(d => texts["Statistics.PairShare", texts.Answer(view.Variable, d), d.Count]);
        var svg = new SvgText(
            $"distribution-{view.Variable}",
            Width,
            (view.Distribution.Count * row) + 4,
            texts["Statistics.Distribution", texts.Name(view.Variable)],
            texts["Statistics.DistributionDesc", string.Join("; ", said)]);
        foreach (var (i, d) in view.Distribution.Index())
        {
            var top = i * row;
            var (bar, height) = named ? (top + 22, 18.0) : (top + 3, 20.0);
            svg.Text("sr-plot__label", named ? 0 : left - 8, named ? top + 16 : top + 18, texts.Answer(view.Variable, d), named ? "start" : "end");
            var length = (Width - left - 84) * d.Count / most;
            svg.Rectangle("sr-plot__bar", left, bar, Math.Max(length, 1), height);
            svg.Text("sr-plot__number", left + length + 6, bar + 14, $"{d.Count} · {StatisticsWords.Percent((double)d.Count / all)}");
        }

        return svg.ToString();
    }

    /// <summary>Half a square: each two answers have one cell.</summary>
    public static string Pairs(Texts texts, VariableView view, IReadOnlyList<string> answers)
    {
        var all = view.Pairs.Sum(p => p.Weight);
        var most = view.Pairs.Max(p => p.Weight);
        var cell = Math.Min(56, (Width - 28) / answers.Count);
        var said = view.Pairs.Where(p => p.Weight > 0).OrderByDescending(p => p.Weight).Take(MostSaid)
            .Select(p => texts["Statistics.PairShare", PairName(texts, view.Variable, p), StatisticsWords.Percent(p.Weight / all)]);
        var svg = new SvgText(
            $"pairs-{view.Variable}",
            Width,
            (answers.Count * cell) + 26,
            texts["Statistics.Pairs", texts.Name(view.Variable)],
            texts["Statistics.PairsDesc", string.Join("; ", said)]);
        foreach (var (i, name) in answers.Index())
        {
            svg.Text("sr-plot__label", 20, (i * cell) + (cell / 2) + 5, Mark(view, name, i), "end");
            svg.Text("sr-plot__label", 26 + (i * cell) + (cell / 2), (answers.Count * cell) + 19, Mark(view, name, i), "middle");
        }

        foreach (var pair in view.Pairs)
        {
            var (row, column) = (answers.IndexOf(pair.Other), answers.IndexOf(pair.One));
            var (x, y) = (26 + (column * cell), row * cell);
            svg.Rectangle("sr-plot__cell", x + 1, y + 1, cell - 2, cell - 2, pair.Weight / most * 0.45);
            if (row == column)
            {
                svg.Rectangle("sr-plot__same", x + 3.5, y + 3.5, cell - 7, cell - 7);
            }

            if (pair.Weight > 0)
            {
                svg.Text("sr-plot__number", x + (cell / 2), y + (cell / 2) + 4, Short(pair.Weight / all), "middle");
            }
        }

        return svg.ToString();
    }

    public static string PairName(Texts texts, Variable variable, CategoryPair pair) =>
        texts["Statistics.PairOf", texts.Answer(variable, pair.One), texts.Answer(variable, pair.Other)];

    /// <summary>Lines from left to right, as thick as they have votes.</summary>
    public static string Movement(Texts texts, MovementView view, IReadOnlyList<string?> options)
    {
        const double Row = 52, LeftX = 62, RightX = Width - 62, Thickest = 22;
        var most = view.Moves.Max(m => m.Count);
        var said = view.Moves.OrderByDescending(m => m.Count).Take(MostSaid).Select(m => texts["Statistics.MovementFlow", texts.Choice(m.From), texts.Choice(m.To), m.Count]);
        var svg = new SvgText(
            "movement", Width, (options.Count * Row) + 26, texts["Statistics.Movement"], texts["Statistics.MovementDesc", string.Join("; ", said)]);
        svg.Text("sr-plot__label", 0, 16, texts["Statistics.From"]);
        svg.Text("sr-plot__label", Width, 16, texts["Statistics.To"], "end");
        foreach (var move in view.Moves.OrderByDescending(m => m.Count))
        {
            var (from, to) = (Y(move.From), Y(move.To));
            var curve = string.Create(CultureInfo.InvariantCulture, $"M{LeftX} {from} C{Width / 2} {from} {Width / 2} {to} {RightX} {to}");
            svg.Path(move.From == move.To ? "sr-plot__flow" : "sr-plot__flow sr-plot__flow--moved", curve, Math.Max(1.5, Thickest * move.Count / most));
        }

        foreach (var (i, option) in options.Index())
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            Node(LeftX, option, number, view.Moves.Where(m => m.From == option).Sum(m => m.Count), -20, "end");
            Node(RightX, option, number, view.Moves.Where(m => m.To == option).Sum(m => m.Count), 20, "start");
        }

        return svg.ToString();

        double Y(string? option) => 26 + (options.IndexOf(option) * Row) + (Row / 2);

        void Node(double x, string? option, string number, int votes, double beside, string anchor)
        {
            svg.Circle("sr-plot__node", x, Y(option), 14);
            svg.Text("sr-plot__node-text", x, Y(option) + 5, number, "middle");
            svg.Text("sr-plot__number", x + beside, Y(option) + 5, votes.ToString(CultureInfo.InvariantCulture), anchor);
        }
    }

    /// <summary>Long answers have a number, which the legend explains.</summary>
    private static string Mark(VariableView view, string name, int index) =>
        view.Variable is Variable.Position or Variable.Option ? (index + 1).ToString(CultureInfo.InvariantCulture) : name;

    private static string Short(double share) => share < 0.005 ? "<1" : (share * 100).ToString("F0", CultureInfo.InvariantCulture);

    private static int IndexOf<T>(this IReadOnlyList<T> items, T item) => items.Index().First(i => EqualityComparer<T>.Default.Equals(i.Item, item)).Index;
}
