using CsCheck;
using SignalReview.Cases;
using SignalReview.Statistics;

namespace SignalReview.Tests.Statistics;

[TestFixture]
internal sealed class SmallSetsTests
{
    private static readonly string[] Teams = ["Noord", "Zuid", "Online"];

    private static readonly Gen<SetCase[]> Cases = Gen.Select(
        Of("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"),
        Gen.Frequency((8, Gen.Const("Noord")), (4, Gen.Const("Zuid")), (1, Gen.Const("Online"))),
        Of("TikTok", "Discord"),
        Of("drill", "pesten", "spoed").HashSet[1, 2],
        (quarter, team, platform, themes) => new SetCase(default, quarter, team, platform, "quick-reading", themes)).Array[0, 60];

    [Test]
    public void Four_cases_are_too_few_and_five_are_enough()
    {
        Assert.That(SmallSets.Why(Of(("Noord", 4)), StatisticsFilter.All), Is.EqualTo(SmallSet.TooFewCases));
        Assert.That(SmallSets.Why(Of(("Noord", 5)), StatisticsFilter.All), Is.Null);
    }

    [Test]
    public void A_team_that_leaves_too_few_of_all_is_not_shown()
    {
        var cases = Of(("Noord", 20), ("Zuid", 3));
        Assert.That(SmallSets.Why(cases, new(Team: "Noord")), Is.EqualTo(SmallSet.Subtracts));
        Assert.That(SmallSets.Why(cases, new(Team: "Zuid")), Is.EqualTo(SmallSet.TooFewCases));
    }

    [Test]
    public void Of_three_teams_only_the_smallest_that_suffices_is_hidden_with_a_small_one()
    {
        var cases = Of(("Noord", 20), ("Zuid", 8), ("Online", 3));
        Assert.That(SmallSets.Why(cases, new(Team: "Noord")), Is.Null);
        Assert.That(SmallSets.Why(cases, new(Team: "Zuid")), Is.EqualTo(SmallSet.Subtracts));
    }

    [Test]
    public void Two_small_teams_hide_each_other() =>
        Assert.That(SmallSets.Why(Of(("Noord", 20), ("Zuid", 3), ("Online", 2)), new(Team: "Noord")), Is.Null);

    [Test]
    public void A_quarter_is_hidden_when_its_year_is()
    {
        SetCase[] cases = [.. Quarters(("2024-Q1", 2), ("2025-Q1", 6), ("2025-Q2", 7), ("2026-Q1", 30))];
        Assert.That(SmallSets.Why(cases, new("2025")), Is.EqualTo(SmallSet.Subtracts));
        Assert.That(SmallSets.Why(cases, new("2025-Q2")), Is.EqualTo(SmallSet.Subtracts));
        Assert.That(SmallSets.Why(cases, new("2026-Q1")), Is.Null);
    }

    [Test]
    public void A_theme_is_held_against_all_cases_without_it()
    {
        SetCase[] cases = [.. Enumerable.Range(0, 12).Select(i => new SetCase(default, "2026-Q1", "Noord", "", "", new HashSet<string> { "drill", i < 9 ? "pesten" : "spoed" }))];
        Assert.That(SmallSets.Why(cases, new(Theme: "drill")), Is.Null, "all have it");
        Assert.That(SmallSets.Why(cases, new(Theme: "pesten")), Is.EqualTo(SmallSet.Subtracts), "three have it not");
    }

    /// <summary>What somebody can do with the sets that are shown: take the whole and subtract all parts of it. What is left is nobody, or enough.</summary>
    [Test]
    public void Whoever_subtracts_all_shown_parts_from_a_shown_whole_is_left_with_none_or_enough() => Cases.Sample(cases =>
    {
        foreach (var whole in Wholes().Where(filter => SmallSets.Why(cases, filter) is null))
        {
            var total = cases.Count(c => c.In(whole));
            foreach (var parts in Parts(whole))
            {
                var left = total - parts.Where(part => SmallSets.Why(cases, part) is null).Sum(part => cases.Count(c => c.In(part)));
                Assert.That(left, Is.Zero.Or.GreaterThanOrEqualTo(SmallSets.Fewest), $"{whole}: {string.Join(" | ", parts)}");
            }
        }
    });

    private static IEnumerable<StatisticsFilter> Wholes() =>
        [StatisticsFilter.All, new("2025"), new("2026-Q1"), new(Team: "Noord"), new(Platform: "TikTok"), new(Theme: "drill"), new("2026", "Noord"), new(null, "Zuid", "Discord")];

    private static IEnumerable<IReadOnlyList<StatisticsFilter>> Parts(StatisticsFilter whole)
    {
        if (whole.Team is null)
        {
            yield return [.. Teams.Select(team => whole with { Team = team })];
        }

        if (whole.Platform is null)
        {
            yield return [whole with { Platform = "TikTok" }, whole with { Platform = "Discord" }];
        }

        if (whole.Period is null)
        {
            yield return [whole with { Period = "2025" }, whole with { Period = "2026" }];
        }

        if (whole.Period is { Length: 4 } year)
        {
            yield return [.. Enumerable.Range(1, 4).Select(q => whole with { Period = $"{year}-Q{q}" })];
        }
    }

    private static Gen<string> Of(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static SetCase[] Of(params (string Team, int Count)[] teams) =>
        [.. teams.SelectMany(t => Enumerable.Range(0, t.Count).Select(_ => new SetCase(default, "2026-Q1", t.Team, "", "", new HashSet<string>())))];

    private static IEnumerable<SetCase> Quarters(params (string Quarter, int Count)[] quarters) =>
        quarters.SelectMany(q => Enumerable.Range(0, q.Count).Select(_ => new SetCase(default, q.Quarter, "Noord", "", "", new HashSet<string>())));
}
