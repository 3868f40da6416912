using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Web.Components.Pages.Cases;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>Where readers stand on the map of encoding against decoding.</summary>
internal sealed class ReadingMapTests
{
    [Test]
    public void A_row_is_what_the_sender_meant_and_a_column_how_that_is_read([Values(340, 760)] int width)
    {
        ReadingView[] readings =
        [
            Reading("Samira el Idrissi", "Laten zien dat ze niet bang zijn", ReadingPosition.Preferred, 3),
            Reading("Kofi Mensah", "laten zien dat ze niet bang zijn.", ReadingPosition.Oppositional, 9),
            Reading("Rachelle Pinas", "Een grap", ReadingPosition.Preferred, 0),
            Reading("Marit de Groot", "Laten zien dat ze niet bang zijn", ReadingPosition.Preferred, 10),
            new(Person("Noor Willems"), default, new() { Kind = InterpretationKind.CannotJudge, Reason = "Te weinig" }),
        ];

        var map = new ReadingMapLayout(readings, width);

        Assert.That(map.Rows.Select(row => row.Points.Select(point => point.Reading.By.Name)), Is.EqualTo(new[]
        {
            new[] { "Samira el Idrissi", "Marit de Groot", "Kofi Mensah" },
            ["Rachelle Pinas"],
        }));
        var points = map.Rows.SelectMany(row => row.Points).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(points.Select(point => point.X), Is.All.InRange(0, width));
            Assert.That(points[0].X, Is.EqualTo(points[1].X).And.LessThan(points[2].X));
            Assert.That(points[1].Radius, Is.GreaterThan(points[0].Radius), "more concern is larger");
            Assert.That(points[1].Y - points[1].Ring, Is.GreaterThan(points[0].TextFrom), "two in one place do not cover each other");
            Assert.That(points.Select(point => point.Ring * 2), Is.All.LessThanOrEqualTo(52));
            Assert.That(map.Rows[1].Top, Is.GreaterThan(map.Rows[0].Bottom));
            Assert.That(map.Height, Is.GreaterThan(map.Rows[^1].Bottom));
        }
    }

    [TestCase("een twee drie", 100, 3, "een twee drie")]
    [TestCase("een twee drie vier", 60, 2, "een twee|drie …")]
    [TestCase("onvoorstelbaarlangwoord", 60, 2, "onvoors…")]
    [TestCase("", 60, 2, "")]
    public void Words_are_broken_into_lines_that_fit(string text, int width, int most, string lines)
        => Assert.That(string.Join('|', ReadingMapLayout.Wrap(text, width, most)), Is.EqualTo(lines));

    private static ReadingView Reading(string name, string meaning, ReadingPosition position, int concern) => new(Person(name), default, new()
    {
        EncodingHypothesis = meaning,
        Decoding = "Zo",
        ReadingPosition = position,
        Concern = concern,
        Confidence = 50,
    });

    private static PersonRef Person(string name) => new(new PersonId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)), name, "");
}
