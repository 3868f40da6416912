using System.Security.Cryptography;
using System.Text;
using SignalReview.Cases;
using SignalReview.Trail.Audit;

namespace SignalReview.Tests.Trail;

/// <summary>A sample follows from its seed and nothing else, and every case has the same chance.</summary>
internal sealed class SampleDrawTests
{
    [Test]
    public void The_same_seed_draws_the_same_cases_in_whatever_order_they_come()
    {
        var population = Population(500);
        var shuffled = population.Reverse().ToList();

        Assert.Multiple(() =>
        {
            Assert.That(SampleDraw.Draw(shuffled, "zaad", SampleUnit.Cases, 25), Is.EqualTo(SampleDraw.Draw(population, "zaad", SampleUnit.Cases, 25)));
            Assert.That(SampleDraw.Draw(population, "ander", SampleUnit.Cases, 25), Is.Not.EqualTo(SampleDraw.Draw(population, "zaad", SampleUnit.Cases, 25)));
        });
    }

    [Test]
    public void It_is_the_algorithm_that_the_guide_describes()
    {
        var population = Population(40);
        // Written out as the guide has it, with nothing of the product's.
        var expected = population
            .Select(c => (Id: c.Case.Value.ToString("D"), Key: Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("zaad\n" + c.Case.Value.ToString("D"))))))
            .OrderBy(c => c.Key, StringComparer.OrdinalIgnoreCase)
            .Take(7)
            .Select(c => c.Id);

        Assert.That(SampleDraw.Draw(population, "zaad", SampleUnit.Cases, 7).Select(c => c.Value.ToString("D")), Is.EqualTo(expected));
    }

    [Test]
    public void The_key_has_a_known_answer() =>
        Assert.That(
            SampleDraw.Key("zaad", new CaseId(new Guid("01234567-89ab-7cde-8f01-23456789abcd"))),
            Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData("zaad\n01234567-89ab-7cde-8f01-23456789abcd"u8))));

    [Test]
    public void Over_many_seeds_every_case_is_drawn_equally_often()
    {
        const int Cases = 50;
        const int Drawn = 10;
        const int Seeds = 4000;
        var population = Population(Cases);
        var counts = population.ToDictionary(c => c.Case, _ => 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            foreach (var drawn in SampleDraw.Draw(population, $"zaad {seed}", SampleUnit.Cases, Drawn))
            {
                counts[drawn]++;
            }
        }

        // χ² over 50 cases, with the variance of drawing without replacement; 49 degrees of freedom exceed 85.4 once in a thousand times. The seeds are fixed: so is the outcome.
        const double Expected = (double)Seeds * Drawn / Cases;
        const double Variance = Expected * (1 - (double)Drawn / Cases) * Cases / (Cases - 1);
        var chi = counts.Values.Sum(n => (n - Expected) * (n - Expected)) / Variance;
        Assert.That(chi, Is.LessThan(85.4).And.GreaterThan(23.9), "not too even either");
    }

    [Test]
    public void Strata_keep_their_shares_and_a_number_is_met_exactly()
    {
        IReadOnlyList<SampleCandidate> population = [.. Population(60, "Noord"), .. Population(30, "Zuid", 100), .. Population(11, "Online", 200)];
        var drawn = SampleDraw.Draw(population, "zaad", SampleUnit.Cases, 10);
        var byStratum = population.ToDictionary(c => c.Case, c => c.Stratum);
        var shares = drawn.GroupBy(c => byStratum[c]).ToDictionary(g => g.Key, g => g.Count());

        Assert.Multiple(() =>
        {
            Assert.That(drawn, Has.Count.EqualTo(10));
            Assert.That(shares, Is.EquivalentTo(new Dictionary<string, int> { ["Noord"] = 6, ["Zuid"] = 3, ["Online"] = 1 }));
        });
    }

    [TestCase(10, 100, 10)]
    [TestCase(10, 101, 11)]
    [TestCase(1, 5, 1)]
    [TestCase(100, 7, 7)]
    public void A_percentage_is_rounded_up(int percent, int cases, int expected) =>
        Assert.That(SampleDraw.Draw(Population(cases), "zaad", SampleUnit.Percent, percent), Has.Count.EqualTo(expected));

    [Test]
    public void More_than_there_are_draws_all_of_them() =>
        Assert.That(SampleDraw.Draw(Population(3), "zaad", SampleUnit.Cases, 10), Has.Count.EqualTo(3));

    private static IReadOnlyList<SampleCandidate> Population(int count, string stratum = "", int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => new SampleCandidate(new CaseId(new Guid(Bytes(i))), stratum))];

    private static byte[] Bytes(int i) => SHA256.HashData(Encoding.UTF8.GetBytes($"case {i}"))[..16];
}
