using CsCheck;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Tests.Consultations;

[TestFixture]
internal sealed class RoutingRulesTests
{
    private static readonly Gen<Candidate> AnyCandidate = Gen.Select(Gen.Bool, Gen.Int[-40, 40], Gen.Int[0, 999]).Select((near, score, n) =>
        new Candidate(DemoPeople.All[n % DemoPeople.All.Count] with { Name = $"n{n}" }, near, score, []));

    [Test]
    public void Whoever_there_is_both_kinds_of_reader_are_asked_when_both_exist() =>
        Gen.Select(AnyCandidate.List[0, 15], Gen.Int[2, 6]).Sample((candidates, count) =>
        {
            var left = candidates.ToList();
            var chosen = new List<Candidate>();
            while (chosen.Count < count && RoutingRules.Next(left, chosen.Count(c => c.Near), chosen.Count(c => !c.Near), count) is { } next)
            {
                left.Remove(next);
                chosen.Add(next);
            }

            Assert.That(chosen, Has.Count.EqualTo(Math.Min(count, candidates.Count)));
            Assert.That(chosen.Any(c => c.Near), Is.EqualTo(candidates.Any(c => c.Near)));
            Assert.That(chosen.Any(c => !c.Near), Is.EqualTo(candidates.Any(c => !c.Near)));
        });

    [Test]
    public void The_best_comes_first_while_there_is_room()
    {
        var low = Candidate("laag", near: true, 1);
        var high = Candidate("hoog", near: true, 9);
        Assert.That(RoutingRules.Next([low, high], near: 0, far: 0, count: 3), Is.EqualTo(high));
    }

    [Test]
    public void The_last_place_is_kept_for_who_looks_from_further_away()
    {
        var near = Candidate("dichtbij", near: true, 9);
        var far = Candidate("verder", near: false, -9);
        Assert.That(RoutingRules.Next([near, far], near: 2, far: 0, count: 3), Is.EqualTo(far));
    }

    private static Candidate Candidate(string name, bool near, int score) => new(DemoPeople.All[0] with { Name = name }, near, score, []);
}
