using System.Globalization;
using SignalReview.Statistics;

namespace SignalReview.Tests.Statistics;

/// <summary>Examples from the literature, to every digit that was printed.</summary>
[TestFixture]
internal sealed class PublishedExamplesTests
{
    /// <summary>Krippendorff, "Computing Krippendorff's Alpha-Reliability", data C.</summary>
    internal const string DataC = """
        1 2 3 3 2 1 4 1 2 . . .
        1 2 3 3 2 2 4 1 2 5 . .
        . 3 3 3 2 3 4 2 2 5 1 3
        1 2 3 3 2 4 4 1 2 5 1 .
        """;

    /// <summary>Fleiss 1971: 30 subjects, a digit a category, six psychiatrists.</summary>
    private const string Fleiss1971 = """
        00060 03003 01401 00006 03030 20400 00402 20310 20040 00006
        10050 11040 03300 10050 02031 00501 30012 51000 02040 10203
        00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
        """;

    [TestCase(FigureKind.AlphaNominal, "0.743")]
    [TestCase(FigureKind.AlphaOrdinal, "0.815")]
    [TestCase(FigureKind.AlphaInterval, "0.849")]
    [TestCase(FigureKind.AlphaRatio, "0.797")]
    [TestCase(FigureKind.GwetAc1, "0.77544")]
    public void Data_C_of_Krippendorff(FigureKind kind, string printed) =>
        Assert.That(Rounded(Tallied(TableC()).Value(kind), printed), Is.EqualTo(printed));

    [Test]
    public void The_psychiatrists_of_Fleiss()
    {
        var tally = Tallied(FleissTable());
        Assert.Multiple(() =>
        {
            Assert.That(Rounded(tally.Value(FigureKind.FleissKappa), "0.430"), Is.EqualTo("0.430"));
            Assert.That(Rounded(tally.Observed(), "0.5556"), Is.EqualTo("0.5556"));
            Assert.That(Rounded(tally.ChanceOfFleiss(), "0.2199"), Is.EqualTo("0.2199"));
        });
    }

    [Test]
    public void The_coincidences_of_data_C_are_Krippendorffs()
    {
        // The paper's matrix for data C: rows and columns 1 to 5.
        double[][] printed = [[7, 4 / 3.0, 1 / 3.0, 1 / 3.0, 0], [4 / 3.0, 10, 4 / 3.0, 1 / 3.0, 0], [1 / 3.0, 4 / 3.0, 8, 1 / 3.0, 0], [1 / 3.0, 1 / 3.0, 1 / 3.0, 4, 0], [0, 0, 0, 0, 3]];
        var cells = CoincidenceMatrix.Of(TableC());
        Assert.Multiple(() =>
        {
            for (var c = 0; c < 5; c++)
            {
                Assert.That(cells[c], Is.EqualTo(printed[c]).Within(1e-12), $"row {c + 1}");
            }

            Assert.That(cells.SelectMany(row => row).Sum(), Is.EqualTo(40).Within(1e-12));
        });
    }

    internal static RatingTable TableC() => RatingTable.Of(ByDefinition.Units(Matrix(DataC)), Enumerable.Range(1, 5));

    internal static int?[][] Matrix(string text) =>
        [.. text.Split('\n').Select(line => line.Split(' ').Select(cell => cell == "." ? (int?)null : int.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

    internal static AgreementTally Tallied(RatingTable table)
    {
        var tally = new AgreementTally(table);
        tally.Count(table.Weights());
        return tally;
    }

    private static RatingTable FleissTable() => RatingTable.Of(
        Fleiss1971.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(subject => subject.SelectMany((count, category) => Enumerable.Repeat(category, count - '0'))),
        Enumerable.Range(0, 5));

    private static string Rounded(double value, string printed) =>
        value.ToString($"F{printed.Length - 2}", CultureInfo.InvariantCulture);
}
