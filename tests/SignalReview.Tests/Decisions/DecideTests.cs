using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Decisions;

[TestFixture]
internal sealed class DecideTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task The_owner_proposes_a_decision_to_an_approver()
    {
        await world.InDecidingAsync();
        var result = await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk, d => d with { Disclosures = ["Niets gedeeld met school."] }));
        var file = await world.FileAsync();
        var decision = file.CurrentDecision!;
        var written = await world.BodyAsync<DecisionMade>(decision.EventId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (decision.Number, decision.State, decision.Outcome, decision.Deviates),
                Is.EqualTo((1, DecisionState.Proposed, VoteOption.Talk, false)));
            Assert.That((decision.DecidedById, decision.ApproverId), Is.EqualTo((world.Owner.Person, (PersonId?)world.Approver.Person)));
            Assert.That(result.Created, Is.EqualTo(decision.EventId));
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Approving));
            Assert.That((written.Rationale, written.Disclosures.Single(), written.Approver), Is.EqualTo(
                ("We kennen de jongens en kunnen het vragen.", "Niets gedeeld met school.", (PersonId?)world.Approver.Person)));
        }
    }

    [Test]
    public async Task Nobody_but_the_owner_decides()
    {
        await world.InDecidingAsync();
        foreach (var other in new[] { world.Facilitator, world.Coordinator, (await world.ReadersAsync())[0] })
        {
            (await world.TryAsync(other, world.Decide())).ShouldBeForbidden();
        }
    }

    [Test]
    public async Task Before_a_decision_is_asked_none_is_taken()
    {
        await world.InWeighingAsync();
        (await world.TryAsync(world.Owner, world.Decide())).ShouldBeRefused("decision-not-asked");
    }

    [Test]
    public async Task An_empty_decision_is_told_all_that_it_lacks()
    {
        await world.InDecidingAsync();
        var empty = new DecideCommand(world.NewId(), new DecisionContent { Facts = [" "], FollowUps = [new()] }, null);
        (await world.TryAsync(world.Owner, empty)).ShouldMiss(
            "decision.outcome required",
            "decision.facts required",
            "decision.rationale required",
            "decision.reviewDate required",
            "decision.followUps[0].action required",
            "decision.followUps[0].due required",
            "decision.followUps[0].owner required",
            "approver required");
    }

    [Test]
    public async Task Null_where_something_belongs_is_told_and_breaks_nothing()
    {
        await world.InDecidingAsync();
        foreach (var malformed in new DecisionContent?[] { null, new() { Facts = null! }, new() { FollowUps = [null!] } })
        {
            (await world.TryAsync(world.Owner, world.Decide() with { Decision = malformed! })).ShouldMiss("decision required");
        }
    }

    [Test]
    public async Task A_review_date_lies_not_in_the_past()
    {
        await world.InDecidingAsync();
        (await world.TryAsync(world.Owner, world.Decide(change: d => d with { ReviewDate = world.Today.AddDays(-1) }))).ShouldMiss("decision.reviewDate inPast");
        await world.DoAsync(world.Owner, world.Decide(change: d => d with { ReviewDate = world.Today }));
    }

    [Test]
    public async Task Today_is_the_teams_own()
    {
        await world.InDecidingAsync();
        world.Time.SetUtcNow(new(2026, 3, 16, 23, 30, 0, TimeSpan.Zero)); // half past midnight in Amsterdam
        (await world.TryAsync(world.Owner, world.Decide(change: d => d with { ReviewDate = new(2026, 3, 16) }))).ShouldMiss("decision.reviewDate inPast");
    }

    [Test]
    public async Task Departing_from_the_vote_needs_a_reason()
    {
        await world.InDecidingAsync(_ => VoteOption.Talk);
        (await world.TryAsync(world.Owner, world.Decide(VoteOption.Emergency))).ShouldMiss("decision.deviationReason required");
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Emergency, d => d with { DeviationReason = "Er kwam een bericht bij." }));
        Assert.That((await world.FileAsync()).CurrentDecision!.Deviates, Is.True);
    }

    [Test]
    public async Task On_a_tie_either_leader_is_no_departure_and_a_third_is()
    {
        await world.InDecidingAsync(place => place < 2 ? VoteOption.Talk : VoteOption.Support);
        (await world.TryAsync(world.Owner, world.Decide(VoteOption.NoConcern))).ShouldMiss("decision.deviationReason required");
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Support));
        Assert.That((await world.FileAsync()).CurrentDecision!.Deviates, Is.False);
    }

    [Test]
    public async Task The_last_round_is_what_a_decision_is_held_against()
    {
        await world.InWeighingAsync(_ => VoteOption.Emergency);
        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync(_ => VoteOption.Talk);
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        (await world.TryAsync(world.Owner, world.Decide(VoteOption.Emergency))).ShouldMiss("decision.deviationReason required");
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
    }

    [Test]
    public async Task Readings_that_diverge_are_weighed_in_so_many_words()
    {
        await world.InDecidingAsync(reading: place => CaseWorld.Reading(position: place == 0 ? ReadingPosition.Oppositional : ReadingPosition.Preferred));
        (await world.TryAsync(world.Owner, world.Decide())).ShouldMiss("decision.weighing required");
        await world.DoAsync(world.Owner, world.Decide(change: d => d with { Weighing = "De lezer die de jongens kent woog zwaarder." }));
    }

    [Test]
    public async Task The_approver_is_somebody_else_who_may_approve()
    {
        await world.InDecidingAsync();
        (await world.TryAsync(world.Owner, world.Decide(approver: world.Owner))).ShouldMiss("approver self");
        (await world.TryAsync(world.Owner, world.Decide(approver: CaseWorld.Colleague(2)))).ShouldMiss("approver notApprover");
        (await world.TryAsync(world.Owner, world.Decide() with { Approver = world.NewId() })).ShouldMiss("approver unknown");
    }

    [Test]
    public async Task An_action_outside_working_hours_needs_its_reason_and_a_colleague()
    {
        await world.InDecidingAsync();
        var plan = Plan(world.Owner) with { OutsideWorkingHours = true };
        (await world.TryAsync(world.Owner, world.Decide(change: d => d with { FollowUps = [plan] }))).ShouldMiss("decision.followUps[0].exceptionReason required");
        (await world.TryAsync(world.Owner, world.Decide(change: d => d with { FollowUps = [Plan(world.Owner), plan with { Owner = world.NewId(), ExceptionReason = "Training is 's avonds." }] })))
            .ShouldMiss("decision.followUps[1].owner unknown");
    }

    [Test]
    public async Task Actions_wait_for_the_approval_and_let_nobody_in_before()
    {
        await world.InDecidingAsync();
        var helper = CaseWorld.Colleague(6);
        await world.DoAsync(world.Owner, world.Decide(change: d => d with { FollowUps = [Plan(helper)] }));
        var proposed = await world.FileAsync();
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        var approved = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(proposed.FollowUps.Single().State, Is.EqualTo(FollowUpState.Proposed));
            Assert.That(proposed.RolesOf(helper), Is.Empty);
            Assert.That(approved.FollowUps.Single().State, Is.EqualTo(FollowUpState.Planned));
            Assert.That(approved.RolesOf(helper), Is.EquivalentTo(new[] { CaseRole.ActionOwner }));
        }
    }

    [Test]
    public async Task In_acute_danger_the_owner_decides_at_once_and_the_reading_follows()
    {
        await world.SubmitAsync("urgent", world.Signal() with { Urgency = Urgency.Acute });
        var immediate = world.Decide(VoteOption.Emergency, d => d with { FollowUps = [Plan(world.Owner)] }) with { Approver = null };
        await world.DoAsync(world.Owner, immediate);
        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((file.CurrentDecision!.State, file.CurrentDecision.ApproverId), Is.EqualTo((DecisionState.Immediate, (PersonId?)null)));
            Assert.That(file.FollowUps.Single().State, Is.EqualTo(FollowUpState.Planned));
            Assert.That(file.Case.ReviewOn, Is.EqualTo(world.Today.AddDays(7)));
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Clarifying));
            Assert.That(file.Invitations, Has.Count.EqualTo(3));
        }
    }

    private FollowUpPlan Plan(Actor owner) => new()
    {
        Action = "Gesprek in de studio.",
        Owner = owner.Person.Value,
        Due = world.Today.AddDays(1),
        Channel = Channel.Offline,
        Theme = FollowUpTheme.Beinvloeding,
    };
}
