using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;

namespace SignalReview.Tests.Decisions;

/// <summary>Planning and completing actions, and looking back.</summary>
[TestFixture]
internal sealed class FollowUpTests
{
    private readonly Actor helper = CaseWorld.Colleague(6);
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task The_owner_plans_one_more_action()
    {
        await world.InFollowUpAsync();
        var planned = await world.DoAsync(world.Owner, new PlanFollowUpCommand(world.NewId(), Plan()));
        var row = (await world.FileAsync()).FollowUps.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned.Created, Is.EqualTo(row.FollowUpId));
            Assert.That((row.OwnerId, row.DueOn, row.Channel, row.Theme, row.Timing, row.OutsideHours, row.State), Is.EqualTo(
                (helper.Person, world.Today.AddDays(2), (Channel?)Channel.Message, (FollowUpTheme?)FollowUpTheme.PresentWerken, (PresenceTiming?)PresenceTiming.Before, true, FollowUpState.Planned)));
            Assert.That(await world.BodyAsync<FollowUpPlan>(row.EventId), Is.EqualTo(Plan()));
        }
    }

    [Test]
    public async Task Before_a_decision_stands_nothing_is_planned()
    {
        await world.InApprovingAsync();
        (await world.TryAsync(world.Owner, new PlanFollowUpCommand(world.NewId(), Plan()))).ShouldBeRefused("not-decided");
        (await world.TryAsync(world.Facilitator, new PlanFollowUpCommand(world.NewId(), Plan()))).ShouldBeForbidden();
    }

    [Test]
    public async Task An_action_names_what_who_and_when()
    {
        await world.InFollowUpAsync();
        (await world.TryAsync(world.Owner, new PlanFollowUpCommand(world.NewId(), new() { OutsideWorkingHours = true }))).ShouldMiss(
            "followUp.action required", "followUp.due required", "followUp.owner required", "followUp.exceptionReason required");
    }

    [Test]
    public async Task Whose_action_it_is_says_what_came_of_it_once()
    {
        await world.InFollowUpAsync();
        var id = (await world.DoAsync(world.Owner, new PlanFollowUpCommand(world.NewId(), Plan()))).Created!.Value;
        (await world.TryAsync(world.Facilitator, new CompleteFollowUpCommand(world.NewId(), id, "x"))).ShouldBeForbidden();
        (await world.TryAsync(helper, new CompleteFollowUpCommand(world.NewId(), id, ""))).ShouldMiss("result required");
        await world.DoAsync(helper, new CompleteFollowUpCommand(world.NewId(), id, "Hij wilde praten."));
        (await world.TryAsync(world.Owner, new CompleteFollowUpCommand(world.NewId(), id, "Nog eens."))).ShouldBeRefused("follow-up-settled");
        var row = (await world.FileAsync()).FollowUps.Single();
        Assert.That((row.State, row.DoneAt), Is.EqualTo((FollowUpState.Done, (DateTimeOffset?)world.Now)));
        Assert.That((await world.BodyAsync<FollowUpCompletedBody>(row.ResultEvent!.Value)).Result, Is.EqualTo("Hij wilde praten."));
    }

    [Test]
    public async Task An_action_can_be_dropped_with_a_reason_by_the_owner_of_the_case()
    {
        await world.InFollowUpAsync();
        var id = (await world.DoAsync(world.Owner, new PlanFollowUpCommand(world.NewId(), Plan()))).Created!.Value;
        await world.DoAsync(world.Owner, new CompleteFollowUpCommand(world.NewId(), id, "Niet meer nodig.", Dropped: true));
        Assert.That((await world.FileAsync()).FollowUps.Single().State, Is.EqualTo(FollowUpState.Dropped));
        (await world.TryAsync(world.Owner, new CompleteFollowUpCommand(world.NewId(), world.NewId(), "x"))).ShouldMiss("followUp unknown");
    }

    [Test]
    public async Task The_owner_looks_back_and_the_case_closes()
    {
        await world.InFollowUpAsync();
        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."));
        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((file.Phase, file.Case.ClosedAt), Is.EqualTo((CasePhase.Closed, (DateTimeOffset?)world.Now)));
            Assert.That((file.Reviews.Single().ReviewedById, file.Reviews.Single().ReviewedAt), Is.EqualTo((world.Owner.Person, world.Now)));
            Assert.That(await world.BodyAsync<ReviewBody>(file.Reviews.Single().EventId), Is.EqualTo(new ReviewBody("Een grap.", "Eerst vragen.")));
            Assert.That(await world.CountAsync("case.closed"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Looking_back_is_the_owners_and_says_both_things()
    {
        await world.InApprovingAsync();
        (await world.TryAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."))).ShouldBeRefused("not-following-up");
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        (await world.TryAsync(world.Approver, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."))).ShouldBeForbidden();
        (await world.TryAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "", " "))).ShouldMiss("actualMeaning required", "learning required");
    }

    [Test]
    public async Task A_review_that_nobody_holds_is_escalated_and_does_not_spin()
    {
        await world.InFollowUpAsync();
        await world.PassDeadlineAsync("FollowUp");
        var stuck = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((stuck.Phase, stuck.Case.Escalation), Is.EqualTo((CasePhase.FollowUp, "reviewOverdue")));
            Assert.That(stuck.OpenStep("FollowUp")!.DueAt, Is.GreaterThan(world.Now.AddDays(1)), "the review date has passed: the step's own deadline holds");
            Assert.That(await world.FireDeadlinesAsync(), Is.Zero);
        }

        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."));
        Assert.That((await world.FileAsync()).Case.EscalatedAt, Is.Null);
    }

    [Test]
    public async Task What_was_done_late_can_be_told_late()
    {
        await world.InFollowUpAsync();
        var id = (await world.DoAsync(world.Owner, new PlanFollowUpCommand(world.NewId(), Plan()))).Created!.Value;
        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."));
        await world.DoAsync(helper, new CompleteFollowUpCommand(world.NewId(), id, "Alsnog gesproken."));
        var file = await world.FileAsync();
        Assert.That((file.Phase, file.FollowUps.Single().State), Is.EqualTo((CasePhase.Closed, FollowUpState.Done)));
    }

    private FollowUpPlan Plan() => new()
    {
        Action = "Bij de training zijn.",
        Owner = helper.Person.Value,
        Due = world.Today.AddDays(2),
        Channel = Channel.Message,
        Theme = FollowUpTheme.PresentWerken,
        Timing = PresenceTiming.Before,
        OutsideWorkingHours = true,
        ExceptionReason = "De training is 's avonds.",
    };
}
