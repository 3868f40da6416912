using SignalReview.Rooms;
using SignalReview.Rooms.Tallies;
using static SignalReview.Tests.Rooms.Tallies.Answers;

namespace SignalReview.Tests.Rooms.Tallies;

/// <summary>Borda, Condorcet and Copeland, held against examples from the literature.</summary>
[TestFixture]
internal sealed class RankingTallyTests
{
    [Test]
    public void The_capital_of_Tennessee()
    {
        // The textbook example: Memphis (A), Nashville (B), Chattanooga (C), Knoxville (D); 100 voters.
        var tally = Ranking([A, B, C, D], [.. Ranked(42, A, B, C, D), .. Ranked(26, B, C, D, A), .. Ranked(15, C, D, B, A), .. Ranked(17, D, C, B, A)]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Lines, Is.EqualTo(new RankingLine[] { new(B, 194, 3, 26), new(C, 173, 2, 15), new(D, 107, 1, 17), new(A, 126, 0, 42) }));
            Assert.That(tally.CondorcetWinner, Is.EqualTo(B));
            Assert.That(tally.BordaWinners, Is.EqualTo(new[] { B }));
            Assert.That(tally.Duels.Single(d => (d.One, d.Other) == (A, B)), Is.EqualTo(new Duel(A, B, 42, 58)));
            Assert.That(tally.Duels.Single(d => (d.One, d.Other) == (C, D)), Is.EqualTo(new Duel(C, D, 83, 17)));
            Assert.That(tally.Cycle, Is.Empty);
        }
    }

    [Test]
    public void Condorcets_cycle_of_60_voters()
    {
        // Condorcet, Essai (1785): A beats B 33:27, B beats C 42:18, C beats A 35:25.
        var answers = new[] { Ranked(23, A, B, C), Ranked(17, B, C, A), Ranked(2, B, A, C), Ranked(10, C, A, B), Ranked(8, C, B, A) }.SelectMany(r => r).ToArray();
        var tally = Ranking([A, B, C], answers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Duels, Is.EqualTo(new Duel[] { new(A, B, 33, 27), new(A, C, 25, 35), new(B, C, 42, 18) }));
            Assert.That(tally.CondorcetWinner, Is.Null);
            Assert.That(tally.Cycle, Is.EqualTo(new[] { A, B, C }));
            Assert.That(tally.CopelandWinners, Is.EqualTo(new[] { A, B, C }));
            Assert.That(tally.Lines.ToDictionary(l => l.Option, l => l.Borda), Is.EqualTo(new Dictionary<VoteOption, double> { [A] = 58, [B] = 69, [C] = 53 }));
        }

        Assert.That(VoteTally.Of(VoteMethod.Ranking, [A, B, C], null, answers).Leading, Is.EqualTo(new[] { A, B, C }), "nothing is made to lead");
    }

    [Test]
    public void Condorcets_81_voters_of_whom_Borda_says_something_else()
    {
        // The case against Borda's points: A beats B 41:40 and C 60:21, and B has more points.
        var answers = new[] { Ranked(30, A, B, C), Ranked(1, A, C, B), Ranked(29, B, A, C), Ranked(10, B, C, A), Ranked(10, C, A, B), Ranked(1, C, B, A) }.SelectMany(r => r).ToArray();
        var tally = Ranking([A, B, C], answers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.CondorcetWinner, Is.EqualTo(A));
            Assert.That(tally.Duels, Is.EqualTo(new Duel[] { new(A, B, 41, 40), new(A, C, 60, 21), new(B, C, 69, 12) }));
            Assert.That(tally.BordaWinners, Is.EqualTo(new[] { B }));
            Assert.That(tally.Lines.ToDictionary(l => l.Option, l => l.Borda), Is.EqualTo(new Dictionary<VoteOption, double> { [A] = 101, [B] = 109, [C] = 33 }));
        }

        Assert.That(VoteTally.Of(VoteMethod.Ranking, [A, B, C], null, answers).Leading, Is.EqualTo(new[] { A }));
    }

    [Test]
    public void What_was_left_out_stands_below_side_by_side()
    {
        // By hand, four options. C only: 3 for C, and 2 + 1 + 0 shared by three, 1 each. C, A: 3, 2 and ½ each for the other two.
        var tally = Ranking([A, B, C, D], Ranked(C), Ranked(C, A));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Lines.ToDictionary(l => l.Option, l => l.Borda), Is.EqualTo(new Dictionary<VoteOption, double> { [C] = 6, [A] = 3, [B] = 1.5, [D] = 1.5 }));
            Assert.That(tally.Duels.Single(d => (d.One, d.Other) == (B, D)), Is.EqualTo(new Duel(B, D, 0, 0)));
            Assert.That(tally.Lines.Single(l => l.Option == B).Copeland, Is.EqualTo(0.5), "level with D, beaten by the others");
            Assert.That(tally.CondorcetWinner, Is.EqualTo(C));
        }
    }

    [Test]
    public void Two_who_say_the_opposite_are_level_and_that_is_no_cycle()
    {
        var tally = Ranking([A, B], Ranked(A, B), Ranked(B, A));
        Assert.That((tally.CondorcetWinner, tally.Cycle.Count), Is.EqualTo(((VoteOption?)null, 0)));
        Assert.That((tally.CopelandWinners, tally.BordaWinners), Is.EqualTo((new[] { A, B }, new[] { A, B })));
    }

    [Test]
    public void A_cycle_below_the_winner_is_not_told_as_one_at_the_top()
    {
        var tally = Ranking([A, B, C, D], Ranked(D, A, B, C), Ranked(D, B, C, A), Ranked(D, C, A, B));
        Assert.That((tally.CondorcetWinner, tally.Cycle.Count), Is.EqualTo(((VoteOption?)D, 0)));
    }

    [Test]
    public void A_cycle_at_the_top_leaves_out_who_is_beaten_by_all_in_it()
    {
        var tally = Ranking([A, B, C, D], Ranked(A, B, C, D), Ranked(B, C, A, D), Ranked(C, A, B, D));
        Assert.That(tally.Cycle, Is.EqualTo(new[] { A, B, C }));
        Assert.That(tally.CopelandWinners, Is.EqualTo(new[] { A, B, C }));
    }

    [Test]
    public void Borda_gives_away_the_same_number_of_points_for_every_ballot_however_short()
    {
        var random = new Random(20260318);
        var options = Enum.GetValues<VoteOption>();
        for (var run = 0; run < 200; run++)
        {
            var ballots = Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
            {
                var ranking = options.ToArray();
                random.Shuffle(ranking);
                return Ranked(ranking[..random.Next(1, 8)]);
            }).ToArray();
            var tally = Ranking(options, ballots);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(tally.Lines.Sum(l => l.Borda), Is.EqualTo(21.0 * ballots.Length));
                Assert.That(tally.Lines.Sum(l => l.Copeland), Is.EqualTo(21.0), "every duel gives one point away");
                Assert.That(tally.CondorcetWinner is null || tally.CopelandWinners.SequenceEqual([tally.CondorcetWinner.Value]), Is.True);
                Assert.That(tally.CondorcetWinner is null || tally.Cycle.Count == 0, Is.True);
                AssertIsCycle(tally);
            }
        }
    }

    private static void AssertIsCycle(RankingTally tally)
    {
        for (var i = 0; i < tally.Cycle.Count; i++)
        {
            var (one, next) = (tally.Cycle[i], tally.Cycle[(i + 1) % tally.Cycle.Count]);
            var duel = tally.Duels.Single(d => (d.One == one && d.Other == next) || (d.One == next && d.Other == one));
            Assert.That(duel.One == one ? duel.ForOne > duel.ForOther : duel.ForOther > duel.ForOne, Is.True, $"{one} beats {next}");
        }
    }

    private static RankingTally Ranking(VoteOption[] options, params VoteAnswer[] answers) => VoteTally.Of(VoteMethod.Ranking, options, null, answers).Ranking!;
}
