using System.Globalization;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Statistics;

/// <summary>Works out what is told of one variable over a set. Pure.</summary>
internal static class VariableStatistics
{
    private const int BinOfConfidence = 10;

    private static readonly IReadOnlyList<FigureKind> Nominal = [FigureKind.PercentAgreement, FigureKind.AlphaNominal, FigureKind.FleissKappa, FigureKind.GwetAc1];
    private static readonly IReadOnlyList<FigureKind> Ordered = [FigureKind.PercentAgreement, FigureKind.AlphaOrdinal, FigureKind.AlphaInterval];

    // Hardly anybody picks the very same of 101 numbers: a share of equal pairs would say nothing.
    private static readonly IReadOnlyList<FigureKind> Fine = [FigureKind.AlphaOrdinal, FigureKind.AlphaInterval];

    public static VariableView Of(Variable variable, StatisticsData data, StatisticsFilter filter, int round, int seed)
    {
        var answers = Answers(variable, data, round).ToList();
        var answered = answers.Where(a => a.Value is not null).Select(a => a.Case).ToHashSet();
        if (SmallSets.Why([.. data.Cases.Where(c => answered.Contains(c.Id))], filter) is { } small)
        {
            return Refuse(variable, small);
        }

        var set = data.Cases.Where(c => c.In(filter)).Select(c => c.Id).ToHashSet();
        answers.RemoveAll(a => !set.Contains(a.Case));
        var valued = answers.Where(a => a.Value is not null).ToList();
        if (Colleagues(valued) < SmallSets.Fewest)
        {
            return Refuse(variable, SmallSet.TooFewColleagues);
        }

        var table = RatingTable.Of(valued.GroupBy(a => a.Case, a => a.Value!.Value), Scale(variable));
        var counts = new VariableCounts(
            table.Units, table.PairableUnits, table.Ratings, answers.Count - valued.Count, Silent(variable, data, set, round), LeftOut(variable, data, set, round));
        return valued.TrueForAll(a => a.Value == valued[0].Value)
            ? Refuse(variable, SmallSet.AllTheSame) with { Counts = counts }
            : new(variable, null, counts, Distribution(variable, valued), Pairs(variable, table), Bootstrap.Figures(table, Kinds(variable), (ulong)seed));
    }

    public static bool IsOfVotes(Variable variable) => variable is Variable.Option or Variable.VoteConcern or Variable.VoteConfidence;

    /// <summary>An answer as it stands in a view: an enumeration's name or a number.</summary>
    public static string Name(Variable variable, int value) => variable switch
    {
        Variable.Position => Enums.Text((ReadingPosition)value),
        Variable.Option => Enums.Text((VoteOption)value),
        Variable.Concern or Variable.VoteConcern or Variable.Confidence or Variable.VoteConfidence => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>How many colleagues answered at least: of answers without a person, as many as one case has.</summary>
    private static int Colleagues(List<Answer> valued) => valued.Count == 0
        ? 0
        : Math.Max(valued.Select(a => a.Person).OfType<PersonId>().Distinct().Count(), valued.CountBy(a => a.Case).Max(c => c.Value));

    private static VariableView Refuse(Variable variable, SmallSet why) => new(variable, why, null, [], [], []);

    private static IEnumerable<Answer> Answers(Variable variable, StatisticsData data, int round) => IsOfVotes(variable)
        ? data.Ballots.Where(b => b.Round == round && Counts(variable, b.Method)).Select(b => new Answer(b.CaseId, b.PersonId, variable switch
        {
            Variable.Option => (int?)b.Choice,
            Variable.VoteConcern => b.Concern,
            _ => b.Confidence,
        }))
        : data.Readings.Select(r => new Answer(r.CaseId, r.PersonId, variable switch
        {
            Variable.Position => (int?)r.ReadingPosition,
            Variable.Concern => r.Concern,
            _ => r.Confidence,
        }));

    private static int Silent(Variable variable, StatisticsData data, HashSet<CaseId> set, int round) => IsOfVotes(variable)
        ? data.Rounds.Where(r => r.Round == round && set.Contains(r.CaseId) && Counts(variable, r.Method)).Sum(r => r.Silent)
        : data.SilentReaders.Where(s => set.Contains(s.Key)).Sum(s => s.Value);

    private static int LeftOut(Variable variable, StatisticsData data, HashSet<CaseId> set, int round) =>
        IsOfVotes(variable) ? data.Rounds.Count(r => r.Round == round && set.Contains(r.CaseId) && !Counts(variable, r.Method)) : 0;

    /// <summary>Scores, an order or consent are answers of another kind than one option. Concern and confidence are asked alike in all of them.</summary>
    private static bool Counts(Variable variable, VoteMethod method) => variable != Variable.Option || method == VoteMethod.SingleChoice;

    private static IEnumerable<int> Scale(Variable variable) => variable switch
    {
        Variable.Position => Enum.GetValues<ReadingPosition>().Select(p => (int)p),
        Variable.Option => Enum.GetValues<VoteOption>().Select(o => (int)o),
        Variable.Concern or Variable.VoteConcern => Enumerable.Range(0, 11),
        Variable.Confidence or Variable.VoteConfidence => Enumerable.Range(0, 101),
    };

    private static IReadOnlyList<FigureKind> Kinds(Variable variable) => variable switch
    {
        Variable.Position or Variable.Option => Nominal,
        Variable.Concern or Variable.VoteConcern => Ordered,
        Variable.Confidence or Variable.VoteConfidence => Fine,
    };

    private static IReadOnlyList<CategoryCount> Distribution(Variable variable, List<Answer> valued)
    {
        var fine = variable is Variable.Confidence or Variable.VoteConfidence;
        var counts = valued.CountBy(a => fine ? Bin(a.Value!.Value) : a.Value!.Value).ToDictionary();
        var shown = Scale(variable).Where(value => !fine || (value % BinOfConfidence == 0 && value < 100));
        return [.. shown.Select(value => new CategoryCount(
            Name(variable, value), fine ? Name(variable, value == 90 ? 100 : value + BinOfConfidence - 1) : Name(variable, value), counts.GetValueOrDefault(value)))];
    }

    /// <summary>The lowest of the range; 100 is with the nineties.</summary>
    private static int Bin(int confidence) => Math.Min(confidence / BinOfConfidence * BinOfConfidence, 90);

    private static IReadOnlyList<CategoryPair> Pairs(Variable variable, RatingTable table)
    {
        if (variable is Variable.Confidence or Variable.VoteConfidence)
        {
            return [];
        }

        var cells = CoincidenceMatrix.Of(table);
        return [.. Enumerable.Range(0, cells.Length).SelectMany(c => Enumerable.Range(c, cells.Length - c).Select(k => new CategoryPair(
            Name(variable, table.Scale[c]), Name(variable, table.Scale[k]), c == k ? cells[c][c] : cells[c][k] + cells[k][c])))];
    }

    /// <param name="Person">Null where nobody knows; used for counting alone.</param>
    /// <param name="Value">Null: answered, without this value.</param>
    private sealed record Answer(CaseId Case, PersonId? Person, int? Value);
}
