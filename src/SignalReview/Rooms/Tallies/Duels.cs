namespace SignalReview.Rooms.Tallies;

/// <summary>Every two options held against each other.</summary>
internal sealed class Duels
{
    private readonly IReadOnlyList<VoteOption> options;
    private readonly Dictionary<(VoteOption, VoteOption), int> above = [];

    public Duels(IReadOnlyList<VoteOption> options, IReadOnlyCollection<IReadOnlyList<VoteOption>> rankings)
    {
        this.options = options;
        foreach (var one in options)
        {
            foreach (var other in options.Where(o => o != one))
            {
                above[(one, other)] = rankings.Count(r => Place(r, one) < Place(r, other));
            }
        }

        All = [.. options.SelectMany((one, i) => options.Skip(i + 1).Select(other => new Duel(one, other, above[(one, other)], above[(other, one)])))];
    }

    public IReadOnlyList<Duel> All { get; }

    /// <summary>Twice the Copeland score, to stay whole: 2 for a duel won, 1 for a level one.</summary>
    public int Copeland(VoteOption option) => options.Where(o => o != option).Sum(o => Beats(option, o) ? 2 : Beats(o, option) ? 0 : 1);

    public VoteOption? CondorcetWinner()
    {
        var winners = options.Where(one => options.All(other => other == one || Beats(one, other))).ToList();
        return winners.Count == 1 ? winners[0] : null;
    }

    /// <summary>
    /// The shortest cycle among the options of which each beats all outside (the Smith set). Empty when these are merely level.
    /// </summary>
    public IReadOnlyList<VoteOption> TopCycle()
    {
        var top = SmithSet();
        return top.Select(start => CycleFrom(start, top)).Where(c => c.Count > 0).MinBy(c => c.Count) ?? [];
    }

    private bool Beats(VoteOption one, VoteOption other) => one != other && above[(one, other)] > above[(other, one)];

    /// <summary>A Copeland winner is always in it; what some member does not beat belongs to it too.</summary>
    private List<VoteOption> SmithSet()
    {
        if (options.Count == 0)
        {
            return [];
        }

        List<VoteOption> members = [options.MaxBy(Copeland)];
        while (options.Except(members).Where(o => members.Exists(m => !Beats(m, o))).Select(o => (VoteOption?)o).FirstOrDefault() is { } next)
        {
            members.Add(next);
        }

        members.Sort();
        return members;
    }

    private List<VoteOption> CycleFrom(VoteOption start, List<VoteOption> among)
    {
        var paths = new Queue<List<VoteOption>>([[start]]);
        var seen = new HashSet<VoteOption> { start };
        while (paths.TryDequeue(out var path))
        {
            if (path.Count > 2 && Beats(path[^1], start))
            {
                return path;
            }

            foreach (var next in among.Where(o => Beats(path[^1], o) && seen.Add(o)))
            {
                paths.Enqueue([.. path, next]);
            }
        }

        return [];
    }

    private static int Place(IReadOnlyList<VoteOption> ranking, VoteOption option)
    {
        for (var i = 0; i < ranking.Count; i++)
        {
            if (ranking[i] == option)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}
