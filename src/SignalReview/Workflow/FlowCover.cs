using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>
/// Chooses few paths on which everything occurs. From where it stands it goes to the nearest move that shows something new, and when
/// there is none ahead, by the shortest way to the end.
/// </summary>
internal sealed class FlowCover
{
    private readonly FlowMap map;
    private readonly HashSet<(int Before, int After)> missing;

    private FlowCover(FlowMap map)
    {
        this.map = map;
        missing = [.. map.Moves.SelectMany(Shows)];
    }

    public static IReadOnlyList<IReadOnlyList<FlowMove>> Of(FlowMap map)
    {
        var cover = new FlowCover(map);
        var paths = new List<IReadOnlyList<FlowMove>>();
        while (cover.missing.Count > 0)
        {
            paths.Add(cover.Next());
        }

        return Needed(paths);
    }

    private List<FlowMove> Next()
    {
        var path = new List<FlowMove>();
        while (Nearest(path, Shown) is { } found)
        {
            path.AddRange(found);
            missing.ExceptWith(found.SelectMany(Shows));
        }

        if (path.Count == 0)
        {
            throw new InvalidOperationException("A move was found on the map that cannot be reached.");
        }

        path.AddRange(path[^1].To.Finished ? [] : Nearest(path, move => move.To.Finished ? 1 : 0)!);
        return path;
    }

    private int Shown(FlowMove move) => Shows(move).Count(missing.Contains);

    /// <returns>The shortest way on to a move that is worth something; of several equally short ones the one that is worth most.</returns>
    private List<FlowMove>? Nearest(List<FlowMove> path, Func<FlowMove, int> worth)
    {
        var seen = new HashSet<FlowSituation>();
        List<List<FlowMove>> level = [[]];
        while (level.Count > 0)
        {
            var next = level.SelectMany(way => From(path, way).Select(move => (List<FlowMove>)[.. way, move])).ToList();
            if (next.Where(way => worth(way[^1]) > 0).MaxBy(way => worth(way[^1])) is { } best)
            {
                return best;
            }

            level = [.. next.Where(way => seen.Add(way[^1].To))];
        }

        return null;
    }

    private ImmutableArray<FlowMove> From(List<FlowMove> path, List<FlowMove> way) =>
        way.Count > 0 ? way[^1].To.Moves : path.Count > 0 ? path[^1].To.Moves : map.Openings;

    // A connection by itself stands as a pair with nothing before it: the first one of all has no other.
    private static IEnumerable<(int Before, int After)> Shows(FlowMove move) => move.Pairs.Concat(move.Taken.Select(c => (-1, c.Index)));

    /// <summary>A path of which every part occurs on others too goes.</summary>
    private static List<IReadOnlyList<FlowMove>> Needed(List<IReadOnlyList<FlowMove>> paths)
    {
        var times = paths.SelectMany(p => p.SelectMany(Shows).Distinct()).CountBy(s => s).ToDictionary();
        var needed = new List<IReadOnlyList<FlowMove>>();
        foreach (var path in paths)
        {
            var shown = path.SelectMany(Shows).Distinct().ToList();
            if (shown.TrueForAll(s => times[s] > 1))
            {
                shown.ForEach(s => times[s]--);
            }
            else
            {
                needed.Add(path);
            }
        }

        return needed;
    }
}
