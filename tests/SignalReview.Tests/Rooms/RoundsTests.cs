using SignalReview.Cases;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

/// <summary>Opening the vote, its options, another round, and the harvest.</summary>
[TestFixture]
internal sealed class RoundsTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task The_facilitator_opens_the_vote()
    {
        await world.InVoteAsync();
        var file = await world.FileAsync();
        var body = await world.LastBodyAsync<VoteOpenedBody>("vote.opened");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((file.Room!.RoomPhase, file.Room.Round), Is.EqualTo((RoomPhase.Vote, 1)));
            Assert.That((file.CurrentRound!.Quorum, file.CurrentRound.DueAt), Is.EqualTo((3, file.OpenStep("CollectVotes")!.DueAt!.Value)));
            Assert.That(body.Options, Is.EqualTo(Enum.GetValues<VoteOption>()));
            Assert.That((await world.TrailAsync()).Last(e => e.Type == "vote.opened").ActorId, Is.EqualTo(world.Facilitator.Person));
        }
    }

    [Test]
    public async Task Nobody_else_opens_it_and_nobody_opens_it_twice()
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Owner, new OpenVoteCommand(world.NewId()))).ShouldBeForbidden();
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        (await world.TryAsync(world.Facilitator, new OpenVoteCommand(world.NewId()))).ShouldBeRefused("not-discussing");
    }

    [Test]
    public async Task The_first_ballot_freezes_the_options()
    {
        await world.InVoteAsync();
        await world.DoAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), [VoteOption.Support, VoteOption.Talk, VoteOption.Talk]));
        Assert.That(VoteOptions.Parse((await world.FileAsync()).CurrentRound!.Options), Is.EqualTo(new[] { VoteOption.Talk, VoteOption.Support }));
        await world.DoAsync(world.Owner, world.Vote());
        (await world.TryAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), [VoteOption.Emergency, VoteOption.Talk])))
            .ShouldBeRefused("options-frozen");
    }

    [Test]
    public async Task A_choice_is_between_two_at_least()
    {
        await world.InVoteAsync();
        (await world.TryAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), [VoteOption.Talk, VoteOption.Talk]))).ShouldMiss("options tooFew");
        (await world.TryAsync(world.Owner, new ChooseOptionsCommand(world.NewId(), [VoteOption.Talk, VoteOption.Support])))
            .ShouldBeForbidden();
    }

    [Test]
    public async Task Without_an_open_round_there_are_no_options()
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), [VoteOption.Talk, VoteOption.Support])))
            .ShouldBeRefused("vote-not-open");
    }

    [Test]
    public async Task A_second_round_leaves_the_first_as_it_was()
    {
        await world.InVoteAsync();
        await world.DoAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), [VoteOption.Support, VoteOption.Talk]));
        await world.VoteAllAsync();
        var first = await world.FileAsync();
        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        var talking = (await world.FileAsync()).Room!;
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync(_ => VoteOption.Support);
        var after = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((talking.RoomPhase, talking.Round), Is.EqualTo((RoomPhase.Discussion, 2)));
            Assert.That(after.Rounds[0], Is.EqualTo(first.Rounds[0]));
            Assert.That(after.BallotsOf(1), Is.EquivalentTo(first.Ballots));
            Assert.That(after.BallotsOf(2).Select(b => b.Choice).Distinct(), Is.EqualTo(new VoteOption?[] { VoteOption.Support }));
            Assert.That(after.Rounds[1].Options, Is.EqualTo(after.Rounds[0].Options), "the options stay as they were chosen");
            Assert.That((after.Phase, after.OpenSteps.Single().Activity), Is.EqualTo((CasePhase.Room, "Weigh")), "after the second round too there is a harvest");
        }
    }

    [Test]
    public async Task After_the_last_round_there_is_no_other()
    {
        await world.InWeighingAsync();
        var file = await world.FileAsync();
        var last = file.OpenStep("Weigh")!.Inputs.Replace("\"MaxRounds\":2", "\"MaxRounds\":1", StringComparison.Ordinal);
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteAsync("workflow/delete_open_step", new { CaseId = world.Case, file.OpenStep("Weigh")!.Node }, CancellationToken.None);
            await db.ExecuteAsync(
                "workflow/insert_open_step",
                new { CaseId = world.Case, file.OpenStep("Weigh")!.Node, Activity = "Weigh", Inputs = last, AskedAt = world.Now, file.OpenStep("Weigh")!.DueAt },
                CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        (await world.TryAsync(world.Facilitator, new SecondRoundCommand(world.NewId()))).ShouldBeRefused("last-round");
    }

    [Test]
    public async Task Only_while_weighing_there_is_another_round_or_a_harvest()
    {
        await world.InVoteAsync();
        (await world.TryAsync(world.Facilitator, new SecondRoundCommand(world.NewId()))).ShouldBeRefused("not-weighing");
        (await world.TryAsync(world.Facilitator, new HarvestCommand(world.NewId()))).ShouldBeRefused("not-weighing");
    }

    [Test]
    public async Task The_owner_may_harvest_too_but_not_ask_another_round()
    {
        await world.InWeighingAsync();
        (await world.TryAsync(world.Owner, new SecondRoundCommand(world.NewId()))).ShouldBeForbidden();
        (await world.TryAsync((await world.ReadersAsync())[0], new HarvestCommand(world.NewId()))).ShouldBeForbidden();
        await world.DoAsync(world.Owner, new HarvestCommand(world.NewId()));
        var file = await world.FileAsync();
        Assert.That((file.Phase, file.Room!.RoomPhase), Is.EqualTo((CasePhase.Deciding, RoomPhase.Harvested)));
        Assert.That(await world.CountAsync("room.harvested"), Is.EqualTo(1));
    }

    [Test]
    public async Task When_nobody_weighs_the_deadline_hands_the_result_to_the_owner()
    {
        await world.InWeighingAsync();
        await world.PassDeadlineAsync("Weigh");
        var file = await world.FileAsync();
        Assert.That((file.Phase, file.Room!.RoomPhase), Is.EqualTo((CasePhase.Deciding, RoomPhase.Harvested)));
    }
}
