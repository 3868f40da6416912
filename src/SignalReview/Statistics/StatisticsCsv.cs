using System.Globalization;
using System.Text;
using SignalReview.Storage;
using SignalReview.Trail.Bundles;

namespace SignalReview.Statistics;

/// <summary>What a view holds, as tables (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need).</summary>
internal static class StatisticsCsv
{
    /// <summary>figures, distribution, pairs, movement.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["figures", "distribution", "pairs", "movement"];

    /// <param name="table">One of <see cref="Tables"/>.</param>
    /// <param name="view">Small sets are left out of it already.</param>
    public static string Of(string table, StatisticsView view) => table switch
    {
        "figures" => Text(
            ["variable", "round", "figure", "value", "low", "high", "draws", "seed", "cases", "pairableCases", "ratings", "noValue", "noAnswer", "leftOut", "why", "period", "team", "platform", "theme", "workflow"],
            Figures(view)),
        "distribution" => Text(
            ["variable", "round", "from", "to", "count"],
            view.Variables.SelectMany(v => v.Distribution.Select(d => new object?[] { Enums.Text(v.Variable), RoundOf(view, v), d.From, d.To, d.Count }))),
        "pairs" => Text(
            ["variable", "round", "one", "other", "weight"],
            view.Variables.SelectMany(v => v.Pairs.Select(p => new object?[] { Enums.Text(v.Variable), RoundOf(view, v), p.One, p.Other, p.Weight }))),
        "movement" => Text(["from", "to", "count"], (view.Movement?.Moves ?? []).Select(m => new object?[] { m.From ?? "abstained", m.To ?? "abstained", m.Count })),
        _ => throw new ArgumentOutOfRangeException(nameof(table), table, "There is no such table."),
    };

    private static IEnumerable<object?[]> Figures(StatisticsView view)
    {
        object?[] set = [view.Filter.Period, view.Filter.Team, view.Filter.Platform, view.Filter.Theme, view.Filter.Workflow];
        if (view.Refused is { } refused)
        {
            yield return [null, null, null, null, null, null, null, null, null, null, null, null, null, null, Enums.Text(refused), .. set];
        }

        foreach (var v in view.Variables)
        {
            object?[] counts = [v.Counts?.Cases, v.Counts?.PairableCases, v.Counts?.Ratings, v.Counts?.NoValue, v.Counts?.NoAnswer, v.Counts?.LeftOut];
            if (v.Refused is { } why)
            {
                yield return [Enums.Text(v.Variable), RoundOf(view, v), null, null, null, null, null, null, .. counts, Enums.Text(why), .. set];
            }

            foreach (var f in v.Figures)
            {
                var reason = f.Why is { } none ? Enums.Text(none) : f.WhyNoInterval is { } noInterval ? Enums.Text(noInterval) : null;
                yield return
                [
                    Enums.Text(v.Variable), RoundOf(view, v), Enums.Text(f.Kind), f.Value, f.Interval?.Low, f.Interval?.High, f.Interval?.Draws, view.Seed,
                    .. counts, reason, .. set,
                ];
            }
        }
    }

    private static int? RoundOf(StatisticsView view, VariableView variable) => VariableStatistics.IsOfVotes(variable.Variable) ? view.Round : null;

    private static string Text(IReadOnlyList<string> header, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder(EventsCsv.ByteOrderMark).Append(EventsCsv.Row(header));
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>A number of ours is no formula, also when it begins with a minus; any text may be one.</summary>
    private static string Cell(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => EventsCsv.Row([(string)value])[..^2],
    };
}
