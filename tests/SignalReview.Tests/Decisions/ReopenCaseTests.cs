using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.Rooms;

namespace SignalReview.Tests.Decisions;

[TestFixture]
internal sealed class ReopenCaseTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_closed_case_opens_again_and_keeps_all_it_had()
    {
        await world.ClosedAsync();
        var closed = await world.FileAsync();
        await world.DoAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Er is een tweede clip."));
        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Deciding));
            Assert.That(file.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "AskDecision" }));
            Assert.That(file.Case.ClosedAt, Is.Null);
            Assert.That(file.Case.WorkflowSha256, Is.EqualTo(closed.Case.WorkflowSha256));
            Assert.That((file.Decisions, file.Rounds, file.Ballots, file.Interpretations), Is.EqualTo((closed.Decisions, closed.Rounds, closed.Ballots, closed.Interpretations)));
            Assert.That((await world.LastBodyAsync<ReopenedBody>("case.reopened")).Reason, Is.EqualTo("Er is een tweede clip."));
        }
    }

    [Test]
    public async Task The_new_decision_supersedes_the_old_one()
    {
        await world.ClosedAsync();
        await world.DoAsync(world.Coordinator, new ReopenCaseCommand(world.NewId(), "Er is een tweede clip."));
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Support, d => d with { DeviationReason = "Er is een tweede clip." }));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Toch meer.", "Blijven kijken."));
        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Decisions.Select(d => (d.Number, d.State)), Is.EqualTo(new[] { (1, DecisionState.Superseded), (2, DecisionState.Approved) }));
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Closed));
            Assert.That(file.Reviews, Has.Count.EqualTo(2));
            Assert.That(await world.CountAsync("interpretations.revealed"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_definition_that_votes_anew_gets_a_new_round()
    {
        await world.ClosedAsync();
        var closed = await world.FileAsync();
        await world.DoAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Er is een tweede clip."));
        var due = world.Now.AddHours(8);
        var asked = await world.Get<CommandRunner>().RunAsync(
            world.Facilitator,
            world.Case,
            new OpenVoteCommand(world.NewId()),
            async (work, _, ct) =>
            {
                await RoomSteps.OpenRoundAsync(work, round: 1, quorum: 3, due, ct);
                return null;
            },
            CancellationToken.None);
        asked.ShouldBeDone();
        var file = await world.FileAsync();
        Assert.That(file.Rounds, Has.Count.EqualTo(2));
        Assert.That(file.Rounds[0], Is.EqualTo(closed.Rounds[0]));
        Assert.That((file.Rounds[1].Round, file.Rounds[1].RevealedAt, file.Room!.Round), Is.EqualTo((2, (DateTimeOffset?)null, 2)));
    }

    [Test]
    public async Task Only_a_closed_case_by_owner_or_coordinator_with_a_reason()
    {
        await world.InFollowUpAsync();
        (await world.TryAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Nieuw."))).ShouldBeRefused("case-not-closed");
        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."));
        (await world.TryAsync(world.Facilitator, new ReopenCaseCommand(world.NewId(), "Nieuw."))).ShouldBeForbidden();
        (await world.TryAsync(world.Owner, new ReopenCaseCommand(world.NewId(), ""))).ShouldMiss("reason required");
    }
}
