using System.Globalization;
using SignalReview.Web.Components.Pages.Workflows;
using SignalReview.Web.Localization;
using SignalReview.Workflow;

namespace SignalReview.Web.Tests.Localization;

internal sealed class FlowTextsTests
{
    [Test]
    public void Every_step_and_every_outcome_has_a_name_of_its_own_in_each_language([Values("nl", "en")] string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var texts = new Texts();
            var steps = StepCatalog.All.Select(step => texts.Find($"Workflows.Activity.{step.Name}")).ToList();
            var ports = StepCatalog.All.SelectMany(step => step.Outcomes).Select(outcome => outcome.Name).Distinct(StringComparer.Ordinal)
                .Select(port => texts.Find($"Workflows.Port.{port}")).ToList();

            Assert.That(steps, Has.None.Null.And.Unique);
            Assert.That(ports, Has.None.Null.And.Unique);
            Assert.That(ports, Does.Contain(language == "nl" ? "te laat" : "too late"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Test]
    public void A_shipped_definition_is_drawn_without_a_missing_text() =>
        Assert.Multiple(() =>
        {
            foreach (var definition in DefinitionLibrary.Shipped().All)
            {
                Assert.That(FlowSvg.Draw(definition, new FlowTexts(new Texts()), "f"), Does.Contain("</svg>"));
            }
        });
}
