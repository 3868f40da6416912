using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Rooms;

/// <summary>The facilitator moves the room through the phases of its method.</summary>
[TestFixture]
internal sealed class MovePhaseTests
{
    private static readonly string[] Talks = ["questions", "analysis", "advice"];

    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Next_by_next_the_room_goes_through_its_method_to_the_vote()
    {
        await world.InRoomAsync();
        foreach (var (place, phase) in Talks.Index())
        {
            var file = await world.FileAsync();
            Assert.That((file.MethodPhase!.Id, file.Room!.PhaseEndsAt), Is.EqualTo((phase, (DateTimeOffset?)world.Now.AddMinutes(15))));
            Assert.That(await world.CountAsync("room.phase"), Is.EqualTo(place));
            world.Time.Advance(TimeSpan.FromMinutes(3));
            await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), phase));
        }

        var voting = await world.FileAsync();
        Assert.That((voting.Room!.RoomPhase, voting.OpenSteps.Single().Activity, voting.Room.PhaseEndsAt), Is.EqualTo((RoomPhase.Vote, "CollectVotes", (DateTimeOffset?)null)));
        Assert.That((await world.LastBodyAsync<VoteOpenedBody>("vote.opened")).Skipped, Is.Empty);
        var moved = await world.LastBodyAsync<RoomPhaseBody>("room.phase");
        Assert.That((moved.FromPhase, moved.ToPhase, moved.Reason), Is.EqualTo(("advice", "vote", (string?)null)));
    }

    [Test]
    public async Task To_another_phase_than_the_next_one_gives_a_reason()
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions", "advice", " "))).ShouldMiss("reason required");
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions", "advice", "Iedereen weet genoeg."));
        var skipped = await world.LastBodyAsync<RoomPhaseBody>("room.phase");
        Assert.That((skipped.ToPhase, skipped.Reason, string.Join(' ', skipped.Skipped)), Is.EqualTo(("advice", "Iedereen weet genoeg.", "analysis")));

        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "advice", "questions", "Er ontbreekt nog iets."));
        Assert.That((await world.FileAsync()).Room!.RoomPhase, Is.EqualTo(RoomPhase.Questions));
        Assert.That((await world.LastBodyAsync<RoomPhaseBody>("room.phase")).Skipped, Is.Empty, "going back skips nothing");
    }

    [Test]
    public async Task The_vote_can_be_opened_from_any_talk_and_tells_what_was_skipped()
    {
        await world.InRoomAsync();
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        Assert.That((await world.LastBodyAsync<VoteOpenedBody>("vote.opened")).Skipped, Is.EqualTo(new[] { "analysis", "advice" }));
    }

    [Test]
    public async Task Only_whoever_leads_moves_the_room()
    {
        await world.InRoomAsync();
        foreach (var other in new[] { world.Owner, (await world.ReadersAsync())[0], world.Coordinator })
        {
            (await world.TryAsync(other, new MovePhaseCommand(world.NewId(), "questions"))).ShouldBeForbidden();
        }

        Assert.That((await world.FileAsync()).MethodPhase!.Id, Is.EqualTo("questions"));
    }

    [Test]
    public async Task A_move_from_where_the_room_no_longer_is_moves_nothing()
    {
        await world.InRoomAsync();
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions"));
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions"))).ShouldBeRefused("phase-moved");
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "analysis", "analysis", "Nog eens"))).ShouldBeRefused("phase-moved");
        Assert.That((await world.FileAsync()).MethodPhase!.Id, Is.EqualTo("analysis"));
    }

    [Test]
    public async Task What_the_method_does_not_know_and_what_does_not_fit_is_refused()
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions", "lunch", "Honger"))).ShouldMiss("to unknown");
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions", "harvest", "Klaar"))).ShouldBeRefused("phase-not-from-here");
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions", "second-round", "Nog eens"))).ShouldBeRefused("phase-not-from-here");
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "vote"))).ShouldBeRefused("phase-vote-runs");
        await world.VoteAllAsync();
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "vote", "analysis", "Terug"))).ShouldBeRefused("phase-not-from-here");
    }

    [Test]
    public async Task Before_the_room_and_after_it_nothing_moves()
    {
        await world.InComparingAsync();
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions"))).ShouldBeRefused("room-not-open");
        await world.InDecidingAsync();
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "harvest"))).ShouldBeRefused("room-not-open");
    }

    [Test]
    public async Task After_the_reveal_comes_the_harvest_and_then_the_decision()
    {
        await world.InWeighingAsync();
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "vote"));
        var harvesting = await world.FileAsync();
        Assert.That((harvesting.Room!.RoomPhase, harvesting.Phase), Is.EqualTo((RoomPhase.Harvest, CasePhase.Room)));
        await world.DoAsync((await world.ReadersAsync())[0], new SayCommand(world.NewId(), "Eerst vragen.", MessageKind.Takeaway));
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "Nog iets."))).ShouldBeRefused("phase-takeaways-only");
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "harvest"))).ShouldBeRefused("phase-last");
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Deciding));
    }

    [Test]
    public async Task A_second_round_has_a_talk_a_vote_and_a_harvest_of_its_own()
    {
        await world.InWeighingAsync();
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "vote", "second-round", "We zien het verschillend."));
        var again = await world.FileAsync();
        Assert.That((again.MethodPhase!.Id, again.Room!.RoomPhase, again.Room.Round), Is.EqualTo(("second-round", RoomPhase.Discussion, 2)));
        Assert.That(await world.CountAsync("round.again"), Is.EqualTo(1));

        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "second-round"));
        await world.VoteAllAsync();
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "vote", "second-round", "Nog eens"))).ShouldBeRefused("last-round");
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "vote"));
        Assert.That((await world.FileAsync()).Room!.RoomPhase, Is.EqualTo(RoomPhase.Harvest));
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Deciding));
    }

    [Test]
    public async Task Two_who_lead_move_at_once_and_the_room_moves_once()
    {
        await world.InRoomAsync();
        var beside = CaseWorld.Colleague(7);
        await world.DoAsync(world.Facilitator, new AppointCoFacilitatorCommand(world.NewId(), beside.Person.Value, "Samen"));
        for (var race = 0; race < 30; race++)
        {
            var (from, to) = race % 2 == 0 ? ("questions", "analysis") : ("analysis", "questions");
            var results = await Task.WhenAll(new[] { world.Facilitator, beside }.Select(leader => Task.Run(() =>
                world.TryAsync(leader, new MovePhaseCommand(world.NewId(), from, to, "Tegelijk")))));
            Assert.That(results.Count(r => r.Done), Is.EqualTo(1), $"race {race}");
            Assert.That(results.Single(r => !r.Done).Refusal!.Code, Is.EqualTo("phase-moved"), $"race {race}");
            Assert.That(((await world.FileAsync()).MethodPhase!.Id, await world.CountAsync("room.phase")), Is.EqualTo((to, race + 1)), $"race {race}");
        }
    }

    [Test]
    public async Task The_view_tells_whoever_leads_where_the_room_can_go()
    {
        await world.InRoomAsync();
        Assert.That(await MovesAsync(world.Facilitator), Is.EqualTo(("analysis", "analysis advice vote")));
        Assert.That(await MovesAsync(world.Owner), Is.EqualTo(("analysis", "")));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        Assert.That(await MovesAsync(world.Facilitator), Is.EqualTo(((string?)null, "")));
        await world.VoteAllAsync();
        Assert.That(await MovesAsync(world.Facilitator), Is.EqualTo(("harvest", "second-round harvest")));
    }

    private async Task<(string? Next, string Moves)> MovesAsync(Actor viewer)
    {
        var view = (await world.Get<CaseReads>().ReadAsync(viewer, world.Case, "room", CancellationToken.None)).View!;
        return (view.Room!.NextPhase, string.Join(' ', view.Room.Moves));
    }
}
