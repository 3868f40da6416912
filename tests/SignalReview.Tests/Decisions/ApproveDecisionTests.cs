using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Decisions;

/// <summary>Four eyes: approving and returning.</summary>
[TestFixture]
internal sealed class ApproveDecisionTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task The_approver_approves_and_the_follow_up_begins()
    {
        await world.InApprovingAsync();
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), "Helder."));
        var file = await world.FileAsync();
        var decision = file.CurrentDecision!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((decision.State, decision.JudgedAt), Is.EqualTo((DecisionState.Approved, (DateTimeOffset?)world.Now)));
            Assert.That((await world.BodyAsync<DecisionJudgedBody>(decision.JudgedEvent!.Value)).Remark, Is.EqualTo("Helder."));
            Assert.That((file.Phase, file.Case.ReviewOn), Is.EqualTo((CasePhase.FollowUp, (DateOnly?)decision.ReviewOn)));
            // The end of the review date in Amsterdam, an hour before midnight UTC.
            Assert.That(file.OpenStep("FollowUp")!.DueAt, Is.EqualTo(new DateTimeOffset(2026, 3, 23, 23, 0, 0, TimeSpan.Zero)));
        }
    }

    [Test]
    public async Task Nobody_approves_their_own_decision()
    {
        await world.InApprovingAsync();
        (await world.TryAsync(world.Owner, new ApproveDecisionCommand(world.NewId(), null))).ShouldBeForbidden("own-decision");
    }

    [Test]
    public async Task Not_even_the_database_lets_them()
    {
        await world.InApprovingAsync();
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        var approved = await db.ExecuteAsync(
            "decisions/approve",
            new { CaseId = world.Case, Number = 1, PersonId = world.Owner.Person, EventId = world.NewId(), world.Now },
            CancellationToken.None);
        Assert.That(approved, Is.Zero);
    }

    [Test]
    public async Task An_approver_who_owns_the_case_by_now_approves_their_own_and_may_not()
    {
        await world.InApprovingAsync();
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteAsync("signals/set_owner", new { CaseId = world.Case, OwnerId = world.Approver.Person }, CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        (await world.TryAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null))).ShouldBeForbidden("own-decision");
    }

    [Test]
    public async Task Nobody_but_the_approver_who_was_asked_approves()
    {
        await world.InApprovingAsync();
        foreach (var other in new[] { world.Facilitator, world.Coordinator, (await world.ReadersAsync())[0] })
        {
            (await world.TryAsync(other, new ApproveDecisionCommand(world.NewId(), null))).ShouldBeForbidden();
        }

        (await world.TryAsync(CaseWorld.Colleague(6), new ApproveDecisionCommand(world.NewId(), null))).ShouldBeRefused("case-not-found", RefusalKind.NotFound);
    }

    [Test]
    public async Task Two_presses_on_approve_approve_once()
    {
        await world.InApprovingAsync();
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        (await world.TryAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null))).ShouldBeRefused("approval-not-asked");
        Assert.That(await world.CountAsync("decision.approved"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_dissent_that_was_asked_comes_first()
    {
        await world.InApprovingAsync();
        var reader = (await world.ReadersAsync())[0];
        await world.DoAsync(world.Owner, new AskDissentCommand(world.NewId(), reader.Person.Value, null));
        (await world.TryAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null))).ShouldBeRefused("dissent-pending");
        await world.DoAsync(reader, new WaiveDissentCommand(world.NewId()));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
    }

    [Test]
    public async Task A_returned_decision_stays_and_its_actions_fall_away()
    {
        await world.InDecidingAsync();
        var plan = new FollowUpPlan { Action = "Bellen.", Owner = world.Owner.Person.Value, Due = world.Today };
        await world.DoAsync(world.Owner, world.Decide(change: d => d with { FollowUps = [plan] }));
        await world.DoAsync(world.Approver, new ReturnDecisionCommand(world.NewId(), "De feiten zijn te dun."));
        var returned = await world.FileAsync();
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        var approved = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((returned.Phase, returned.CurrentDecision!.State), Is.EqualTo((CasePhase.Deciding, DecisionState.Returned)));
            Assert.That(returned.FollowUps.Single().State, Is.EqualTo(FollowUpState.Dropped));
            Assert.That(approved.Decisions.Select(d => (d.Number, d.State)), Is.EqualTo(new[] { (1, DecisionState.Returned), (2, DecisionState.Approved) }));
            Assert.That(approved.FollowUps.Single().State, Is.EqualTo(FollowUpState.Dropped));
        }
    }

    [Test]
    public async Task Returning_needs_a_reason_and_is_the_approvers_or_the_owners()
    {
        await world.InApprovingAsync();
        (await world.TryAsync(world.Approver, new ReturnDecisionCommand(world.NewId(), ""))).ShouldMiss("reason required");
        (await world.TryAsync(world.Facilitator, new ReturnDecisionCommand(world.NewId(), "Nee."))).ShouldBeForbidden();
        await world.DoAsync(world.Owner, new ReturnDecisionCommand(world.NewId(), "De tweede lezer is op vakantie."));
        await world.DoAsync(world.Owner, world.Decide(approver: CaseWorld.Colleague(6)));
        await world.DoAsync(CaseWorld.Colleague(6), new ApproveDecisionCommand(world.NewId(), null));
    }

    [Test]
    public async Task An_amended_decision_supersedes_and_never_edits()
    {
        await world.SubmitAsync("urgent", world.Signal() with { Urgency = Urgency.Acute });
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Emergency) with { Approver = null });
        var immediate = (await world.FileAsync()).CurrentDecision!;
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new AcceptInvitationCommand(world.NewId()));
        }

        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: false));
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
        Assert.That((await world.FileAsync()).Decisions[0].State, Is.EqualTo(DecisionState.Immediate), "it stands until the new one is approved");
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        var file = await world.FileAsync();
        Assert.That(file.Decisions[0], Is.EqualTo(immediate with { State = DecisionState.Superseded }));
        Assert.That((file.Decisions[1].Number, file.Decisions[1].State, file.Decisions[1].Outcome), Is.EqualTo((2, DecisionState.Approved, VoteOption.Talk)));
    }

    [Test]
    public async Task An_approval_that_nobody_gives_is_escalated_until_it_is_given()
    {
        await world.InApprovingAsync();
        await world.PassDeadlineAsync("AskApproval");
        var stuck = await world.FileAsync();
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        var done = await world.FileAsync();
        Assert.That((stuck.Phase, stuck.Case.Escalation, stuck.Case.EscalatedAt is not null), Is.EqualTo((CasePhase.Approving, "approvalOverdue", true)));
        Assert.That((done.Phase, done.Case.Escalation, done.Case.EscalatedAt), Is.EqualTo((CasePhase.FollowUp, (string?)null, (DateTimeOffset?)null)));
    }
}
