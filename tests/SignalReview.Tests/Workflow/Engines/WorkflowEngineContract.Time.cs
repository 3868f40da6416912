using SignalReview.Consultations;
using SignalReview.Signals;

namespace SignalReview.Tests.Workflow.Engines;

internal abstract partial class WorkflowEngineContract
{
    [Test]
    public async Task A_deadline_completes_its_step_once_and_the_flow_goes_on()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InInterpretingAsync();
        await world.PassDeadlineAsync("CollectInterpretations");
        await world.FireDeadlinesAsync();
        Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
        Assert.That(await world.CountAsync("case.escalated"), Is.EqualTo(1), "too few readings: the coordinator is told");
        Assert.That((await world.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["CollectInterpretations"]), "and reading goes on");
    }

    [Test]
    public async Task A_reminder_comes_once_before_the_deadline_and_completes_nothing()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InInterpretingAsync();
        var due = (await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value;
        await world.PassAsync(due - world.Now - TimeSpan.FromMinutes(1));
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.That(await world.CountAsync("deadline.reminded"), Is.EqualTo(1));
        Assert.That((await world.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["CollectInterpretations"]));
    }

    [Test]
    public async Task An_extended_step_waits_until_its_new_deadline()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InInterpretingAsync();
        var step = (await world.FileAsync()).OpenStep("CollectInterpretations")!;
        var later = step.DueAt!.Value.AddDays(2);
        await world.DoAsync(world.Coordinator, new ExtendDeadlineCommand(world.NewId(), step.Node, later, "Vakantie"));
        await world.PassAsync(step.DueAt.Value - world.Now + TimeSpan.FromSeconds(1));
        Assert.That((await world.FileAsync()).OpenStep("CollectInterpretations")?.DueAt, Is.EqualTo(later));
        Assert.That(await world.CountAsync("deadline.fired"), Is.Zero);

        await world.PassAsync(later - world.Now + TimeSpan.FromSeconds(1));
        Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_delay_of_the_definition_ends_by_our_clock()
    {
        var delayed = TestDefinition.Empty()
            .Add("Card", "SignalReview.CallCard")
            .Add("Wait", "Elsa.Delay", ("timeSpan", TestDefinition.Literal("TimeSpan", "04:00:00")))
            .AddWait("After")
            .Add("End", "Elsa.Finish")
            .Connect("Card", "Done", "Wait").Connect("Wait", "Done", "After").Connect("After", "Decided", "End");
        await using var engine = await StartAsync(delayed);
        await engine.BeginAsync("test");
        await engine.CompleteAsync(new("Card", "Done"));
        await engine.World.PassAsync(TimeSpan.FromHours(3.9));
        Assert.That(await engine.OpenAsync(), Is.EqualTo(["Wait"]));

        await engine.World.PassAsync(TimeSpan.FromHours(0.2));
        Assert.That(await engine.OpenAsync(), Is.EqualTo(["After"]));
    }
}
