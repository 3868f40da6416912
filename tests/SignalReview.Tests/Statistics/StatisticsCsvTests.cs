using SignalReview.Statistics;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Statistics;

[TestFixture]
internal sealed class StatisticsCsvTests
{
    private static readonly StatisticsView View = new(
        new(Team: "=HYPERLINK(\"x\")", Theme: "@som"),
        2,
        7,
        Bootstrap.Draws,
        25,
        null,
        [
            new(
                Variable.Option,
                null,
                new(25, 24, 80, 3, 2, 1),
                [new("talk", "talk", 50), new("support", "support", 30)],
                [new("talk", "talk", 1 / 3.0)],
                [new(FigureKind.AlphaNominal, -0.25, null, new(-0.4, 0.1, 1999), null), new(FigureKind.GwetAc1, null, NoFigure.OneCategory, null, NoInterval.NoFigure)]),
            new(Variable.Concern, SmallSet.TooFewColleagues, null, [], [], []),
        ],
        new(null, 5, 9, 3, 0, [new("talk", null, 9)]),
        new([], [], [], [], [], []));

    [Test]
    public void Text_that_a_spreadsheet_would_run_is_neutralised_and_a_negative_figure_stays_a_number()
    {
        var rows = Rows("figures");

        Assert.Multiple(() =>
        {
            Assert.That(rows[1], Is.EqualTo((string[])["option", "2", "alphaNominal", "-0.25", "-0.4", "0.1", "1999", "7", "25", "24", "80", "3", "2", "1", "", "", "'=HYPERLINK(\"x\")", "", "'@som", ""]));
            Assert.That(rows[2][2..4].Append(rows[2][14]), Is.EqualTo((string[])["gwetAc1", "", "oneCategory"]));
            Assert.That(rows[3][0..4].Append(rows[3][14]), Is.EqualTo((string[])["concern", "", "", "", "tooFewColleagues"]));
            Assert.That(rows.Select(r => r.Length), Is.All.EqualTo(20));
        });
    }

    [Test]
    public void Every_table_has_a_header_and_what_the_view_holds() => Assert.Multiple(() =>
    {
        Assert.That(Rows("distribution"), Has.Count.EqualTo(3));
        Assert.That(Rows("pairs")[1], Is.EqualTo((string[])["option", "2", "talk", "talk", "0.333333"]));
        Assert.That(Rows("movement")[1], Is.EqualTo((string[])["talk", "abstained", "9"]));
    });

    [Test]
    public void A_refused_set_says_why_in_its_table() =>
        Assert.That(
            StatisticsCsv.Of("figures", View with { Refused = SmallSet.TooFewCases, Variables = [], Movement = null }),
            Does.Contain(",tooFewCases,"));

    private static List<string[]> Rows(string table)
    {
        var text = StatisticsCsv.Of(table, View);
        Assert.That(text, Does.StartWith(EventsCsv.ByteOrderMark));
        using var reader = new StringReader(text[1..]);
        List<string[]> rows = [];
        while (EventsCsv.Read(reader) is { } row)
        {
            rows.Add(row);
        }

        return rows;
    }
}
