using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class StepCatalogTests
{
    [Test]
    public void Every_part_of_every_step_is_described()
    {
        foreach (var step in StepCatalog.All)
        {
            Assert.That(step.Description, Does.EndWith("."), step.Type);
            Assert.That(step.Inputs.Select(i => i.Description).Concat(step.Outcomes.Select(o => o.Description)).Concat(step.Outputs.Select(o => o.Description)),
                Has.All.EndsWith("."), step.Type);
        }
    }

    [Test]
    public void Names_within_a_step_are_unique()
    {
        Assert.That(StepCatalog.All.Select(s => s.Type), Is.Unique);
        foreach (var step in StepCatalog.All)
        {
            // In the file an input and an output would be the same property.
            Assert.That(step.Inputs.Select(i => i.Name).Concat(step.Outputs.Select(o => o.Name)), Is.Unique, step.Type);
            Assert.That(step.Outcomes.Select(o => o.Name), Is.Unique, step.Type);
        }
    }

    [Test]
    public void A_step_that_waits_takes_a_deadline_and_can_be_overtaken_by_it()
    {
        foreach (var step in StepCatalog.All)
        {
            Assert.That(step.Inputs.Any(i => i.Name == StepCatalog.DeadlineHours), Is.EqualTo(step.Waits), step.Type);
            Assert.That(step.Outcomes.Any(o => o.Name is "Deadline" or "Quorum"), Is.EqualTo(step.Waits), step.Type);
        }
    }

    [Test]
    public void Every_step_is_used_by_a_shipped_definition()
    {
        var used = DefinitionLibrary.Shipped().All.SelectMany(d => d.Nodes.Values).Select(n => n.Type).ToHashSet(StringComparer.Ordinal);
        var own = StepCatalog.All.Select(s => s.Type).Where(t => t.StartsWith(StepCatalog.Prefix, StringComparison.Ordinal));
        Assert.That(own.Except(used), Is.Empty);
    }
}
