using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

[TestFixture]
internal sealed class RevealVotesTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task OpenTheVote()
    {
        world = await CaseWorld.StartAsync();
        await world.InVoteAsync();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task The_facilitator_reveals_early_with_a_reason()
    {
        await VoteAsync(3);
        await world.DoAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "De vierde is ziek."));
        var file = await world.FileAsync();
        var body = await world.LastBodyAsync<VotesRevealedBody>("votes.revealed");
        var told = (await world.TrailAsync()).Last(e => e.Type == "votes.revealed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.CurrentRound!.RevealReason, Is.EqualTo(RevealReason.Early));
            Assert.That(file.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "Weigh" }));
            Assert.That((body.Reason, body.Why), Is.EqualTo((RevealReason.Early, "De vierde is ziek.")));
            Assert.That(told.ActorId, Is.EqualTo(world.Facilitator.Person));
        }
    }

    [Test]
    public async Task Below_the_quorum_nothing_is_revealed()
    {
        await VoteAsync(2);
        (await world.TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "Haast."))).ShouldBeRefused("quorum-not-met");
        Assert.That((await world.FileAsync()).CurrentRound!.RevealedAt, Is.Null);
    }

    [Test]
    public async Task It_needs_a_reason()
    {
        await VoteAsync(3);
        (await world.TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), " "))).ShouldMiss("reason required");
    }

    [Test]
    public async Task Nobody_but_the_facilitator_reveals()
    {
        await VoteAsync(3);
        foreach (var other in new[] { world.Owner, world.Coordinator, (await world.ReadersAsync())[0] })
        {
            (await world.TryAsync(other, new RevealVotesCommand(world.NewId(), "Haast."))).ShouldBeForbidden();
        }
    }

    [Test]
    public async Task What_was_revealed_is_not_revealed_again()
    {
        await VoteAsync(4);
        (await world.TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "Nogmaals."))).ShouldBeRefused("vote-not-open");
    }

    private async Task VoteAsync(int count)
    {
        foreach (var voter in (await world.VotersAsync()).Take(count))
        {
            await world.DoAsync(voter, world.Vote());
        }
    }
}
