using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Statistics;

/// <summary>From the first round to the second: what colleagues who voted in both, by single choice, chose. Who did is needed to follow it and not told. Pure.</summary>
internal static class Movement
{
    public static MovementView Of(StatisticsData data, StatisticsFilter filter)
    {
        var steps = Steps(data);
        var moving = steps.Select(s => s.Case).ToHashSet();
        if (SmallSets.Why([.. data.Cases.Where(c => moving.Contains(c.Id))], filter) is { } small)
        {
            return Refuse(small);
        }

        var set = data.Cases.Where(c => c.In(filter)).Select(c => c.Id).ToHashSet();
        steps.RemoveAll(s => !set.Contains(s.Case));
        if (steps.DistinctBy(s => s.Person).Count() < SmallSets.Fewest)
        {
            return Refuse(SmallSet.TooFewColleagues);
        }

        var moves = steps.CountBy(s => (s.From, s.To)).OrderBy(m => m.Key.From ?? Last).ThenBy(m => m.Key.To ?? Last).ToList();
        return moves.Count == 1
            ? Refuse(SmallSet.AllTheSame)
            : new(
                null,
                steps.DistinctBy(s => s.Case).Count(),
                steps.Count,
                steps.Count(s => s.From != s.To),
                data.DetachedCases.Count(set.Contains),
                [.. moves.Select(m => new Move(Name(m.Key.From), Name(m.Key.To), m.Value))]);
    }

    /// <summary>Abstentions stand after all options.</summary>
    private static VoteOption Last => (VoteOption)int.MaxValue;

    private static MovementView Refuse(SmallSet why) => new(why, 0, 0, 0, 0, []);

    private static string? Name(VoteOption? option) => option is { } chosen ? Enums.Text(chosen) : null;

    private static List<Step> Steps(StatisticsData data)
    {
        var single = data.Ballots.Where(b => b is { Method: VoteMethod.SingleChoice, PersonId: not null }).ToList();
        var first = single.Where(b => b.Round == 1).ToDictionary(b => (b.CaseId, b.PersonId));
        return [.. single.Where(b => b.Round == 2 && first.ContainsKey((b.CaseId, b.PersonId)))
            .Select(b => new Step(b.CaseId, b.PersonId!.Value, first[(b.CaseId, b.PersonId)].Choice, b.Choice))];
    }

    private sealed record Step(CaseId Case, PersonId Person, VoteOption? From, VoteOption? To);
}
