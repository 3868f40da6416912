using CsCheck;
using SignalReview.Statistics;

namespace SignalReview.Tests.Statistics;

[TestFixture]
internal sealed class AgreementTallyTests
{
    private static readonly FigureKind[] Alphas = [FigureKind.AlphaNominal, FigureKind.AlphaOrdinal, FigureKind.AlphaInterval, FigureKind.AlphaRatio];

    private static readonly FigureKind[] Nominal = [FigureKind.PercentAgreement, FigureKind.AlphaNominal, FigureKind.FleissKappa, FigureKind.GwetAc1];

    /// <summary>2 to 5 people, 1 to 14 units, values 0 to 6, a quarter missing.</summary>
    private static readonly Gen<int?[][]> People =
        from people in Gen.Int[2, 5]
        from units in Gen.Int[1, 14]
        from values in Gen.Frequency((1, Gen.Const((int?)null)), (3, Gen.Int[0, 6].Select(v => (int?)v))).Array[units].Array[people]
        select values;

    [Test]
    public void Alpha_is_what_its_definition_says() => People.Sample(people =>
    {
        var tally = Tallied(people);
        foreach (var kind in Alphas.Where(kind => tally.WhyNot(kind) is null))
        {
            Assert.That(tally.Value(kind), Is.EqualTo(ByDefinition.Alpha(kind, people)).Within(1e-9), $"{kind}");
        }
    });

    [Test]
    public void Observed_agreement_and_AC1_are_what_their_definitions_say() => People.Sample(people =>
    {
        var tally = Tallied(people);
        if (tally.WhyNot(FigureKind.GwetAc1) is null)
        {
            Assert.That(tally.Observed(), Is.EqualTo(ByDefinition.Observed(people)).Within(1e-12));
            Assert.That(tally.Value(FigureKind.GwetAc1), Is.EqualTo(ByDefinition.Ac1(people, 7)).Within(1e-12));
        }
    });

    [Test]
    public void Neither_the_order_of_people_nor_that_of_cases_changes_a_bit() => Gen.Select(People, Gen.Int).Sample((people, seed) =>
    {
        var random = new Random(seed);
        var mixed = people.OrderBy(_ => random.Next()).ToArray();
        var order = Enumerable.Range(0, people[0].Length).OrderBy(_ => random.Next()).ToArray();
        mixed = [.. mixed.Select(row => order.Select(u => row[u]).ToArray())];
        var (one, other) = (All(Table(people)), All(Table(mixed)));
        Assert.That(other, Is.EqualTo(one), "figures and intervals");
    }, iter: 30);

    [Test]
    public void Other_labels_change_no_figure_that_only_asks_whether_two_are_the_same() => Gen.Select(People, Gen.Int).Sample((people, seed) =>
    {
        var random = new Random(seed);
        var label = Enumerable.Range(0, 7).OrderBy(_ => random.Next()).ToArray();
        var renamed = people.Select(row => row.Select(v => v is { } value ? label[value] : (int?)null).ToArray()).ToArray();
        var (one, other) = (Tallied(people), Tallied(renamed));
        foreach (var kind in Nominal)
        {
            Assert.That(other.WhyNot(kind), Is.EqualTo(one.WhyNot(kind)));
            if (one.WhyNot(kind) is null)
            {
                Assert.That(other.Value(kind), Is.EqualTo(one.Value(kind)).Within(1e-12), $"{kind}");
            }
        }
    });

    [Test]
    public void Turning_the_scale_round_or_stretching_it_changes_no_distance_that_counts() => People.Sample(people =>
    {
        var turned = people.Select(row => row.Select(v => 6 - v).ToArray()).ToArray();
        var stretched = RatingTable.Of(ByDefinition.Units([.. people.Select(row => row.Select(v => (10 * v) + 3).ToArray())]), Enumerable.Range(0, 7).Select(v => (10 * v) + 3));
        var one = Tallied(people);
        foreach (var kind in new[] { FigureKind.AlphaOrdinal, FigureKind.AlphaInterval }.Where(kind => one.WhyNot(kind) is null))
        {
            Assert.That(Tallied(turned).Value(kind), Is.EqualTo(one.Value(kind)).Within(1e-12), $"{kind}, turned");
            Assert.That(PublishedExamplesTests.Tallied(stretched).Value(kind), Is.EqualTo(one.Value(kind)).Within(1e-12), $"{kind}, stretched");
        }
    });

    [Test]
    public void A_chance_corrected_figure_is_1_exactly_when_all_agree_in_every_case() => People.Sample(people =>
    {
        var tally = Tallied(people);
        var perfect = ByDefinition.Units(people).Where(u => u.Count > 1).All(u => u.Distinct().Count() == 1);
        foreach (var kind in Alphas.Concat(Nominal).Where(kind => tally.WhyNot(kind) is null))
        {
            Assert.That(tally.Value(kind) is 1, Is.EqualTo(perfect), $"{kind}: {tally.Value(kind):R}");
            Assert.That(tally.Value(kind), Is.LessThanOrEqualTo(1));
        }
    });

    [Test]
    public void Perfect_agreement_over_two_categories_is_1_to_the_last_bit()
    {
        var tally = Tallied([[1, 2, 2, 1], [1, 2, 2, 1], [1, 2, null, 1]]);
        Assert.That(Alphas.Concat(Nominal).Select(tally.Value), Is.All.EqualTo(1.0));
    }

    [Test]
    public void A_case_that_nobody_judged_changes_nothing_not_even_the_interval() => Gen.Select(People, Gen.Int[1, 3]).Sample((people, more) =>
    {
        var longer = people.Select(row => row.Concat(Enumerable.Repeat((int?)null, more)).ToArray()).ToArray();
        Assert.That(All(Table(longer)), Is.EqualTo(All(Table(people))));
    }, iter: 30);

    [Test]
    public void One_case_has_no_chance_corrected_figure_however_many_answered() => Gen.Int[0, 6].Array[2, 9].Sample(answers =>
    {
        var tally = PublishedExamplesTests.Tallied(RatingTable.Of([answers], Enumerable.Range(0, 7)));
        Assert.That(Alphas.Concat(Nominal.Skip(1)).Select(tally.WhyNot), Is.All.EqualTo(NoFigure.OneCase));
        Assert.That(tally.WhyNot(FigureKind.PercentAgreement), Is.Null);
        Assert.That(tally.Value(FigureKind.PercentAgreement), Is.EqualTo(CaseAgreement.Of(answers).Share!.Value).Within(1e-15));
    });

    [Test]
    public void One_case_with_others_that_nobody_shared_is_still_one_case()
    {
        var tally = Tallied([[1, 2, null], [2, null, 3]]);
        Assert.That(Alphas.Select(tally.WhyNot), Is.All.EqualTo(NoFigure.OneCase));
    }

    [Test]
    public void One_category_is_undefined_and_neither_0_nor_1()
    {
        var figures = Bootstrap.Figures(Table([[3, 3, 3], [3, 3, 3]]), [.. Alphas, .. Nominal.Skip(1)], 1);
        Assert.That(figures.Select(f => (f.Value, f.Why)), Is.All.EqualTo(((double?)null, (NoFigure?)NoFigure.OneCategory)));
    }

    [Test]
    public void One_category_where_people_met_is_undefined_also_when_somebody_alone_chose_another()
    {
        var tally = Tallied([[3, 3, 1], [3, 3, null]]);
        Assert.That(Alphas.Concat(Nominal.Skip(1)).Select(tally.WhyNot), Is.All.EqualTo(NoFigure.OneCategory));
    }

    [Test]
    public void Nothing_to_compare_gives_nothing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Alphas.Concat(Nominal).Select(Tallied([[1, null, 2], [null, 3, null]]).WhyNot), Is.All.EqualTo(NoFigure.NoPairs));
            Assert.That(Alphas.Concat(Nominal).Select(Tallied([[null], [null]]).WhyNot), Is.All.EqualTo(NoFigure.NoRatings));
        });
    }

    [Test]
    public void AC1_counts_cases_with_one_answer_for_chance_but_not_for_what_was_observed()
    {
        var without = Tallied([[1, 2, 1], [1, 2, 2]]);
        var with = Tallied([[1, 2, 1, 2], [1, 2, 2, null]]);
        Assert.Multiple(() =>
        {
            Assert.That(with.Observed(), Is.EqualTo(without.Observed()));
            Assert.That(with.ChanceOfGwet(), Is.Not.EqualTo(without.ChanceOfGwet()).Within(1e-6));
            Assert.That(with.Value(FigureKind.AlphaNominal), Is.EqualTo(without.Value(FigureKind.AlphaNominal)));
        });
    }

    [Test]
    public void AC1_counts_categories_that_nobody_chose()
    {
        // Gwet 2008: q is the number of categories one could choose. π = ½, ½; Pe = ½ / (q − 1).
        var tally = PublishedExamplesTests.Tallied(RatingTable.Of([[1, 1], [2, 2]], [1, 2, 3, 4, 5, 6]));
        Assert.That(tally.ChanceOfGwet(), Is.EqualTo(0.1).Within(1e-15));
    }

    [Test]
    public void A_value_that_is_not_on_the_scale_is_a_bug() =>
        Assert.That(() => RatingTable.Of([[1, 9]], [1, 2]), Throws.ArgumentException);

    private static RatingTable Table(int?[][] people) => RatingTable.Of(ByDefinition.Units(people), Enumerable.Range(0, 7));

    private static AgreementTally Tallied(int?[][] people) => PublishedExamplesTests.Tallied(Table(people));

    private static IReadOnlyList<Figure> All(RatingTable table) => Bootstrap.Figures(table, [.. Alphas, .. Nominal], 7);
}
