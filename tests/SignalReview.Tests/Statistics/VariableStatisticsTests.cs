using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Statistics;

namespace SignalReview.Tests.Statistics;

[TestFixture]
internal sealed class VariableStatisticsTests
{
    private const int Seed = 1;

    [Test]
    public void A_view_counts_cases_answers_and_what_is_missing()
    {
        var view = Position(Data(6, i => [(1, ReadingPosition.Preferred), (2, i == 0 ? null : ReadingPosition.Negotiated), (i == 5 ? 3 : 4, ReadingPosition.Preferred), (5 + i, ReadingPosition.Preferred)]) with
        {
            SilentReaders = new Dictionary<CaseId, int> { [Id(0)] = 2, [Id(3)] = 1 },
        });

        Assert.That(view.Counts, Is.EqualTo(new VariableCounts(6, 6, 23, 1, 3, 0)));
        Assert.That(view.Distribution, Is.EqualTo((CategoryCount[])[new("preferred", "preferred", 18), new("negotiated", "negotiated", 5), new("oppositional", "oppositional", 0), new("codeUnknown", "codeUnknown", 0)]));
        Assert.That(view.Pairs.Sum(p => p.Weight), Is.EqualTo(23).Within(1e-9));
        Assert.That(view.Figures.Select(f => f.Kind), Is.EqualTo([FigureKind.PercentAgreement, FigureKind.AlphaNominal, FigureKind.FleissKappa, FigureKind.GwetAc1]));
    }

    [Test]
    public void Four_cases_tell_nothing_not_even_how_many() =>
        Assert.That(Position(Data(4, i => [(i, ReadingPosition.Preferred), (i + 4, ReadingPosition.Negotiated)])), Is.EqualTo(Nothing(SmallSet.TooFewCases)).UsingPropertiesComparer());

    [Test]
    public void Four_colleagues_are_too_few_however_many_cases() =>
        Assert.That(
            Position(Data(30, i => [(i % 4, ReadingPosition.Preferred), ((i + 1) % 4, ReadingPosition.Negotiated)])),
            Is.EqualTo(Nothing(SmallSet.TooFewColleagues)).UsingPropertiesComparer());

    [Test]
    public void One_answer_by_all_is_counted_but_not_told()
    {
        var view = Position(Data(8, i => [(i, ReadingPosition.Oppositional), (i + 1, ReadingPosition.Oppositional)]));

        Assert.That((view.Refused, view.Counts?.Ratings, view.Distribution.Count, view.Pairs.Count, view.Figures.Count), Is.EqualTo(((SmallSet?)SmallSet.AllTheSame, (int?)16, 0, 0, 0)));
    }

    [Test]
    public void Answers_without_a_person_count_as_units_and_ratings_but_do_not_move()
    {
        var data = Data(6, _ => []) with
        {
            Ballots = [.. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, 5).SelectMany(b => new[] { Ballot(i, 1, null, b < 3 ? VoteOption.Talk : VoteOption.Support), Ballot(i, 2, null, VoteOption.Talk) }))],
            Rounds = [.. Enumerable.Range(0, 6).Select(i => new StatisticsRound { CaseId = Id(i), Round = 1 })],
        };

        Assert.Multiple(() =>
        {
            var view = VariableStatistics.Of(Variable.Option, data, StatisticsFilter.All, 1, Seed);
            Assert.That((view.Refused, view.Counts!.Cases, view.Counts.Ratings), Is.EqualTo(((SmallSet?)null, 6, 30)));
            Assert.That(Movement.Of(data, StatisticsFilter.All).Refused, Is.EqualTo(SmallSet.TooFewCases));
        });
    }

    [Test]
    public void Votes_move_from_what_to_what_and_abstaining_is_a_place_too()
    {
        var data = Data(6, _ => []) with
        {
            Ballots =
            [
                .. Enumerable.Range(0, 6).SelectMany(i => new[]
                {
                    Ballot(i, 1, i, VoteOption.Talk), Ballot(i, 2, i, VoteOption.Support),
                    Ballot(i, 1, i + 1, VoteOption.Talk), Ballot(i, 2, i + 1, VoteOption.Talk),
                    Ballot(i, 1, i + 2, null), Ballot(i, 2, i + 2, VoteOption.Talk),
                    Ballot(i, 1, i + 3, VoteOption.Emergency), // left before the second round
                }),
            ],
        };
        var movement = Movement.Of(data, StatisticsFilter.All);

        Assert.That((movement.Cases, movement.Votes, movement.Moved), Is.EqualTo((6, 18, 12)));
        Assert.That(movement.Moves, Is.EqualTo((Move[])[new("talk", "talk", 6), new("talk", "support", 6), new(null, "talk", 6)]));
    }

    [Test]
    public void A_round_voted_in_another_way_is_left_out_of_the_choice_but_not_of_concern()
    {
        var data = Data(12, _ => []) with
        {
            Rounds = [.. Enumerable.Range(0, 12).Select(i => new StatisticsRound { CaseId = Id(i), Round = 1, Method = i < 6 ? VoteMethod.SingleChoice : VoteMethod.Score, Silent = 1 })],
            Ballots = [.. Enumerable.Range(0, 12).SelectMany(i => Enumerable.Range(0, 5).Select(p => i < 6
                ? Ballot(i, 1, p, (VoteOption)(p % 2)) with { Concern = p }
                : Ballot(i, 1, p, null) with { Concern = p, Method = VoteMethod.Score }))],
        };

        Assert.That(VariableStatistics.Of(Variable.Option, data, StatisticsFilter.All, 1, Seed).Counts, Is.EqualTo(new VariableCounts(6, 6, 30, 0, 6, 6)));
        Assert.That(VariableStatistics.Of(Variable.VoteConcern, data, StatisticsFilter.All, 1, Seed).Counts, Is.EqualTo(new VariableCounts(12, 12, 60, 0, 12, 0)));
    }

    [Test]
    public void Confidence_is_told_in_tens_and_measured_by_distance()
    {
        var data = Data(6, _ => []) with
        {
            Readings = [.. Enumerable.Range(0, 6).SelectMany(i => new[] { Sure(i, i, 9), Sure(i, i + 1, 90), Sure(i, i + 2, 100) })],
        };
        var view = VariableStatistics.Of(Variable.Confidence, data, StatisticsFilter.All, 1, Seed);

        Assert.That((view.Distribution[0], view.Distribution[^1], view.Pairs.Count), Is.EqualTo((new CategoryCount("0", "9", 6), new CategoryCount("90", "100", 12), 0)));
        Assert.That(view.Figures.Select(f => f.Kind), Is.EqualTo([FigureKind.AlphaOrdinal, FigureKind.AlphaInterval]));
    }

    [Test]
    public void A_set_of_which_too_few_have_votes_tells_nothing_of_votes()
    {
        // Ten cases of Noord with readings, of which nine have votes; one more in Zuid has votes: subtracting would leave it alone.
        var data = Data(11, i => [(i, ReadingPosition.Preferred), (i + 1, ReadingPosition.Negotiated)]);
        data = data with
        {
            Cases = [.. data.Cases.Select((c, i) => c with { Team = i < 10 ? "Noord" : "Zuid" }), .. Enumerable.Range(11, 8).Select(i => Case(i) with { Team = "Zuid" })],
            Ballots = [.. Enumerable.Range(1, 10).SelectMany(i => Enumerable.Range(0, 5).Select(p => Ballot(i, 1, p, p < 2 ? VoteOption.Talk : VoteOption.Support)))],
        };

        Assert.That(SmallSets.Why(data.Cases, new(Team: "Noord")), Is.Null);
        Assert.That(VariableStatistics.Of(Variable.Option, data, new(Team: "Noord"), 1, Seed).Refused, Is.EqualTo(SmallSet.Subtracts));
    }

    private static VariableView Position(StatisticsData data) => VariableStatistics.Of(Variable.Position, data, StatisticsFilter.All, 1, Seed);

    private static VariableView Nothing(SmallSet why) => new(Variable.Position, why, null, [], [], []);

    private static StatisticsData Data(int cases, Func<int, (int Person, ReadingPosition? Position)[]> readings) => new(
        [.. Enumerable.Range(0, cases).Select(Case)],
        [.. Enumerable.Range(0, cases).SelectMany(i => readings(i).Select(r => new StatisticsReading { CaseId = Id(i), PersonId = Who(r.Person), ReadingPosition = r.Position }))],
        new Dictionary<CaseId, int>(),
        [],
        []);

    private static SetCase Case(int number) => new(Id(number), "2026-Q1", "Noord", "TikTok", "quick-reading", new HashSet<string>());

    private static StatisticsReading Sure(int @case, int person, int confidence) => new() { CaseId = Id(@case), PersonId = Who(person), Confidence = confidence };

    private static StatisticsBallot Ballot(int @case, int round, int? person, VoteOption? choice) =>
        new() { CaseId = Id(@case), Round = round, PersonId = person is { } number ? Who(number) : null, Choice = choice };

    private static CaseId Id(int number) => new(new Guid(number + 1, 0, 0, new byte[8]));

    private static PersonId Who(int number) => new(new Guid(number + 1, 1, 0, new byte[8]));
}
