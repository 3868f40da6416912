using SignalReview.Trail.Bundles;
using SignalReview.Workflow;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>What stands in a trail as a code is told in words, in both languages.</summary>
internal sealed class ReportLabelsTests
{
    [Test]
    public void Every_step_of_a_shipped_definition_and_each_way_out_of_it_has_words([Values("nl", "en")] string language)
    {
        var labels = ReportLabels.For(language);
        var asked = DefinitionLibrary.Shipped().All.SelectMany(definition => definition.Nodes.Values).Where(node => node.Step.Kind == StepKind.Asked).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(asked, Is.Not.Empty);
            Assert.That(asked.Select(node => node.Id).Where(node => !labels.KnowsNode(node)).Distinct(), Is.Empty);
            Assert.That(
                asked.SelectMany(node => node.Ports).Where(way => !labels.KnowsCode("outcome", way)).Distinct(),
                Is.Empty);
        });
    }

    [TestCase("nl", "node", "Discuss2", "het gesprek in de kamer, ronde 2")]
    [TestCase("en", "node", "Discuss2", "the talk in the room, round 2")]
    [TestCase("nl", "node", "OurOwnStep", "OurOwnStep")]
    [TestCase("nl", "outcome", "AllIn", "alles is binnen")]
    [TestCase("nl", "outcome", "talk", "In gesprek met de jongere")]
    [TestCase("nl", "roles", "submitter", "indiener")]
    [TestCase("nl", "reasons", "open cases: 3", "open zaken: 3")]
    [TestCase("nl", "reasons", "named: kent haar: goed", "gekozen door een collega: kent haar: goed")]
    [TestCase("nl", "text", "Done", "Done")]
    public void A_code_is_told_by_its_field_and_what_people_wrote_stays(string language, string field, string value, string told) =>
        Assert.That(ReportLabels.For(language).Value(field, value), Is.EqualTo(told));
}
