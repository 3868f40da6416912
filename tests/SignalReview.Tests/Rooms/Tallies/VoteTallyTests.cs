using SignalReview.Rooms;
using SignalReview.Rooms.Tallies;
using static SignalReview.Tests.Rooms.Tallies.Answers;

namespace SignalReview.Tests.Rooms.Tallies;

/// <summary>Single choice, consent and scores, held against what was counted by hand.</summary>
[TestFixture]
internal sealed class VoteTallyTests
{
    private static readonly VoteOption[] All = Enum.GetValues<VoteOption>();

    [Test]
    public void A_single_choice_counts_the_choices_and_leaves_abstentions_out()
    {
        var tally = Tally(VoteMethod.SingleChoice, Choice(C), Choice(A), Choice(C), Abstention, Choice(B));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Counts, Is.EqualTo(new OptionCount[] { new(C, 2), new(A, 1), new(B, 1) }));
            Assert.That((tally.Answered, tally.Abstained, tally.Agreement), Is.EqualTo((4, 1, 50)));
            Assert.That(tally.Leading, Is.EqualTo(new[] { C }));
            Assert.That((tally.Departs(C), tally.Departs(A)), Is.EqualTo((false, true)));
        }
    }

    [Test]
    public void What_is_chosen_as_often_leads_together()
    {
        var tally = Tally(VoteMethod.SingleChoice, Choice(C), Choice(A));
        Assert.That(tally.Leading, Is.EqualTo(new[] { A, C }));
        Assert.That((tally.Agreement, tally.Departs(A), tally.Departs(C), tally.Departs(B)), Is.EqualTo((50, false, false, true)));
    }

    [TestCase(VoteMethod.SingleChoice)]
    [TestCase(VoteMethod.Consent)]
    [TestCase(VoteMethod.Score)]
    [TestCase(VoteMethod.Ranking)]
    public void Without_votes_and_when_all_abstain_nothing_leads_and_nothing_is_departed_from(VoteMethod method)
    {
        foreach (var answers in new VoteAnswer[][] { [], [Abstention], [Abstention, Abstention, Abstention] })
        {
            var tally = Tally(method, answers);
            using (Assert.EnterMultipleScope())
            {
                Assert.That((tally.Answered, tally.Abstained, tally.Agreement), Is.EqualTo((0, answers.Length, 0)));
                Assert.That(tally.Leading, Is.Empty);
                Assert.That(All.Where(tally.Departs), Is.Empty);
            }
        }
    }

    [Test]
    public void One_vote_leads_by_itself()
    {
        VoteTally[] tallies =
        [
            Tally(VoteMethod.SingleChoice, Choice(C)),
            Tally(VoteMethod.Consent, Stands(ConsentPosition.AgreeWithConcern)),
            Tally(VoteMethod.Score, Scored(0, 0, 3, 0, 0, 0, 0)),
            Tally(VoteMethod.Ranking, Ranked(C)),
        ];
        Assert.That(tallies.Select(t => t.Leading), Is.All.EqualTo(new[] { C }));
        Assert.That(tallies.Select(t => t.Agreement), Is.All.EqualTo(100));
    }

    [Test]
    public void A_proposal_passes_when_nobody_objects_also_with_concerns()
    {
        var tally = Tally(VoteMethod.Consent, Stands(ConsentPosition.Agree), Stands(ConsentPosition.AgreeWithConcern), Abstention);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Consent, Is.EqualTo(new ConsentTally(C, 1, 1, 0)));
            Assert.That(tally.Consent!.Passed, Is.True);
            Assert.That((tally.Agreement, tally.Departs(C), tally.Departs(D)), Is.EqualTo((100, false, true)));
        }
    }

    [Test]
    public void One_objection_holds_a_proposal_up_and_only_that_proposal_departs_from_it()
    {
        var tally = Tally(VoteMethod.Consent, Stands(ConsentPosition.Agree), Stands(ConsentPosition.Agree), Stands(ConsentPosition.Object));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Consent!.Passed, Is.False);
            Assert.That(tally.Leading, Is.Empty);
            Assert.That(tally.Agreement, Is.EqualTo(67), "two of three do not object");
            Assert.That(All.Where(tally.Departs), Is.EqualTo(new[] { C }));
        }
    }

    [Test]
    public void Scores_are_told_with_mean_median_and_spread()
    {
        // By hand. A: 2 4 9 → mean 5, median 4, variance (9 + 1 + 16) / 3. B: 6 6 6. C: 10 0 2 → mean 4.
        var tally = Tally(VoteMethod.Score, [A, B, C], Scored(2, 6, 10), Scored(9, 6, 0), Scored(4, 6, 2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Scores!.Select(l => (l.Option, l.Mean, l.Median, l.Lowest, l.Highest)), Is.EqualTo(new[] { (B, 6.0, 6.0, 6, 6), (A, 5.0, 4.0, 2, 9), (C, 4.0, 2.0, 0, 10) }));
            Assert.That(tally.Scores!.Select(l => l.Deviation), Is.EqualTo(new[] { 0.0, Math.Sqrt(26.0 / 3), Math.Sqrt(56.0 / 3) }).Within(1e-12));
            Assert.That((tally.Leading.Single(), tally.Agreement), Is.EqualTo((B, 33)), "one of three gave it their highest score");
        }
    }

    [Test]
    public void An_even_number_of_scores_has_its_median_between_the_two_in_the_middle()
    {
        var tally = Tally(VoteMethod.Score, [A], Scored(1), Scored(2), Scored(7), Scored(10));
        Assert.That(tally.Scores!.Single().Median, Is.EqualTo(4.5));
    }

    [Test]
    public void Means_that_are_level_lead_together_and_are_compared_without_rounding()
    {
        var level = Tally(VoteMethod.Score, [A, B], Scored(10, 5), Scored(0, 5));
        Assert.That(level.Leading, Is.EqualTo(new[] { A, B }));
        // 1/3 of a point apart in 30 votes: a mean rounded to one digit would tie.
        var close = Tally(VoteMethod.Score, [A, B], [.. Enumerable.Repeat(Scored(5, 5), 29), Scored(5, 6)]);
        Assert.That(close.Leading, Is.EqualTo(new[] { B }));
    }

    [Test]
    public void The_order_in_which_ballots_came_makes_no_difference()
    {
        var random = new Random(20260316);
        foreach (var method in Enum.GetValues<VoteMethod>())
        {
            for (var run = 0; run < 50; run++)
            {
                var answers = Enumerable.Range(0, random.Next(0, 9)).Select(_ => AnyAnswer(method, random)).ToArray();
                var shuffled = answers.ToArray();
                random.Shuffle(shuffled);
                Assert.That(Words(Tally(method, shuffled)), Is.EqualTo(Words(Tally(method, answers))));
            }
        }
    }

    [Test]
    public void What_leads_was_offered_and_agreement_is_a_percentage()
    {
        var random = new Random(20260317);
        foreach (var method in Enum.GetValues<VoteMethod>())
        {
            for (var run = 0; run < 100; run++)
            {
                var tally = Tally(method, [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => AnyAnswer(method, random))]);
                Assert.That(tally.Agreement, Is.InRange(0, 100));
                Assert.That(tally.Leading, Is.Unique.And.SubsetOf(All));
                Assert.That(tally.Leading.Where(tally.Departs), Is.Empty);
            }
        }
    }

    [Test]
    public void A_row_holds_an_answer_in_short_and_gives_it_back()
    {
        (VoteMethod Method, VoteAnswer Answer, string? Text)[] cases =
        [
            (VoteMethod.SingleChoice, Choice(D), null),
            (VoteMethod.Consent, Stands(ConsentPosition.AgreeWithConcern), "agreeWithConcern"),
            (VoteMethod.Score, Scored(0, 10, 7), "noConcern:0,withinContact:10,talk:7"),
            (VoteMethod.Ranking, Ranked(D, A), "support,noConcern"),
            (VoteMethod.Ranking, Abstention, null),
        ];
        foreach (var (method, answer, text) in cases)
        {
            Assert.That(answer.Text, Is.EqualTo(text));
            var back = VoteAnswer.Of(method, answer.Option, text, answer.Concern);
            Assert.That((back.Option, back.Position, back.Concern, back.Text, back.Abstains), Is.EqualTo((answer.Option, answer.Position, answer.Concern, text, answer.Abstains)));
        }
    }

    private static VoteTally Tally(VoteMethod method, params VoteAnswer[] answers) => Tally(method, All, answers);

    private static VoteTally Tally(VoteMethod method, VoteOption[] options, params VoteAnswer[] answers) =>
        VoteTally.Of(method, options, method == VoteMethod.Consent ? C : null, answers);

    private static string Words(VoteTally tally) => System.Text.Json.JsonSerializer.Serialize(tally);

    private static VoteAnswer AnyAnswer(VoteMethod method, Random random) => random.Next(6) == 0 ? Abstention : method switch
    {
        VoteMethod.SingleChoice => Choice((VoteOption)random.Next(7)),
        VoteMethod.Consent => Stands((ConsentPosition)random.Next(3)),
        VoteMethod.Score => Scored([.. Enumerable.Range(0, 7).Select(_ => random.Next(11))]),
        VoteMethod.Ranking => Ranked(Some(random)),
    };

    private static VoteOption[] Some(Random random)
    {
        var options = All.ToArray();
        random.Shuffle(options);
        return options[..random.Next(1, 8)];
    }
}
