using System.Text;
using System.Text.Json;
using SignalReview.Trail.Formats;

namespace SignalReview.Tests.Trail.Formats;

/// <summary>What only the organisation can say is asked of it, all at once, and never made up.</summary>
internal sealed class MdtoStatementTests
{
    public const string Whole =
        """
        {
          "archiefvormer": { "naam": "Gemeente Voorbeeld", "kenmerk": "gm0000", "bron": "TOOI register Gemeenten compleet" },
          "bron": "SignalReview Gemeente Voorbeeld",
          "waardering": "V",
          "taal": "nl",
          "classificatie": [{ "label": "Jeugd & <zorg>", "code": "J.1", "lijst": "Zaaktypen" }],
          "informatiecategorie": { "label": "Signalen", "code": "7.1", "lijst": "Selectielijst" },
          "beperkingGebruik": [{ "label": "Niet openbaar", "lijst": "Beperkingen", "beschrijving": "Tot overbrenging" }]
        }
        """;

    [Test]
    public void A_whole_one_has_no_problem() => Assert.That(Read(Whole).Problems(), Is.Empty);

    [Test]
    public void Of_an_empty_one_all_that_is_missing_is_named() => Assert.That(
        Read("{}").Problems().Select(p => (p.Path, p.Fault)),
        Is.EqualTo(new[]
        {
            ("bron", MdtoFault.Missing), ("archiefvormer.naam", MdtoFault.Missing), ("waardering", MdtoFault.Missing), ("taal", MdtoFault.Missing),
        }));

    [TestCase("\"waardering\": \"V\"", "\"waardering\": \"bewaren\"", "waardering")]
    [TestCase("\"taal\": \"nl\"", "\"taal\": \"Nederlands, vlot\"", "taal")]
    [TestCase("\"kenmerk\": \"gm0000\",", "", "archiefvormer.kenmerk")]
    [TestCase("\"lijst\": \"Zaaktypen\"", "\"lijst\": \" \"", "classificatie[0].lijst")]
    [TestCase("\"label\": \"Signalen\",", "", "informatiecategorie.label")]
    public void What_is_wrong_is_named_by_its_place(string right, string wrong, string path) =>
        Assert.That(Read(Whole.Replace(right, wrong, StringComparison.Ordinal)).Problems().Select(p => p.Path), Is.EqualTo(new[] { path }));

    [TestCase("""{"archiefvromer": {}}""")]
    [TestCase("""{"taal": "nl", "taal": "en"}""")]
    [TestCase("""{"taal": 5}""")]
    [TestCase("null")]
    public void A_name_that_is_not_known_twice_the_same_and_another_kind_are_refused(string json) => Assert.That(() => Read(json), Throws.InstanceOf<JsonException>());

    private static MdtoStatement Read(string json) => MdtoStatement.Read(Encoding.UTF8.GetBytes(json));
}
