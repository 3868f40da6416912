using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

[TestFixture]
internal sealed class DeadlinesTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await (await CaseWorld.StartAsync()).InInterpretingAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_deadline_fires_once_however_many_look_at_the_same_moment()
    {
        await ReadAsync(2);
        world.Time.Advance((await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value - world.Now + TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(world.FireDeadlinesAsync)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await world.CountAsync("interpretations.revealed"), Is.EqualTo(1));
            Assert.That((await world.TrailAsync()).Count(e => e.Type == "deadline.fired"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Nothing_fires_before_its_time()
    {
        Assert.That(await world.FireDeadlinesAsync(), Is.Zero);
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Interpreting));
    }

    [Test]
    public async Task The_last_reading_against_the_deadline_ends_the_same_way_once()
    {
        for (var time = 0; time < 15; time++)
        {
            await using var race = await (await CaseWorld.StartAsync()).InInterpretingAsync();
            var readers = await race.ReadersAsync();
            await race.DoAsync(readers[0], new SubmitInterpretationCommand(race.NewId(), CaseWorld.Reading()));
            await race.DoAsync(readers[1], new SubmitInterpretationCommand(race.NewId(), CaseWorld.Reading()));
            race.Time.Advance((await race.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value - race.Now);
            CommandResult? last = null;
            await Task.WhenAll(
                Task.Run(async () => last = await race.TryAsync(readers[2], new SubmitInterpretationCommand(race.NewId(), CaseWorld.Reading()))),
                Task.Run(race.FireDeadlinesAsync));

            var file = await race.FileAsync();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(file.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "Compare" }));
                Assert.That(await race.CountAsync("interpretations.revealed"), Is.EqualTo(1));
                Assert.That(file.Case.RevealReason, Is.EqualTo(last!.Done ? RevealReason.AllIn : RevealReason.Quorum));
            }
        }
    }

    [Test]
    public async Task More_time_is_given_by_the_facilitator_with_a_reason()
    {
        var step = (await world.FileAsync()).OpenStep("CollectInterpretations")!;
        var later = step.DueAt!.Value.AddDays(2);
        (await world.TryAsync(world.Owner, new ExtendDeadlineCommand(world.NewId(), step.Node, later, "Ziek."))).ShouldBeRefused("not-yours", RefusalKind.Forbidden);
        (await world.TryAsync(world.Facilitator, new ExtendDeadlineCommand(world.NewId(), step.Node, world.Now, "Ziek."))).ShouldMiss("dueAt notLater");
        (await world.TryAsync(world.Facilitator, new ExtendDeadlineCommand(world.NewId(), "Nothing", later, "Ziek."))).ShouldBeRefused("step-not-open");
        await world.DoAsync(world.Facilitator, new ExtendDeadlineCommand(world.NewId(), step.Node, later, "Een lezer is ziek."));

        await world.PassAsync(step.DueAt.Value - world.Now + TimeSpan.FromMinutes(1));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Interpreting), "the old deadline is gone");
        await ReadAsync(2);
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Comparing));
    }

    [Test]
    public async Task A_reminder_is_told_once()
    {
        var due = (await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value;
        await world.PassAsync(due - world.Now - TimeSpan.FromMinutes(30));
        await world.FireDeadlinesAsync();
        Assert.That(await world.CountAsync("deadline.reminded"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_overdue_review_is_asked_again_not_without_end()
    {
        await world.DisposeAsync();
        world = await (await CaseWorld.StartAsync()).InFollowUpAsync();
        await world.PassDeadlineAsync("FollowUp");
        for (var look = 0; look < 5; look++)
        {
            await world.FireDeadlinesAsync();
        }

        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Case.Escalation, Is.EqualTo("reviewOverdue"));
            Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
            Assert.That(file.OpenStep("FollowUp")!.DueAt, Is.GreaterThan(world.Now));
        }
    }

    private async Task ReadAsync(int count)
    {
        foreach (var reader in (await world.ReadersAsync()).Take(count))
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }
    }
}
