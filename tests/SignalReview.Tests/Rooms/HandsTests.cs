using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

/// <summary>Raised hands, in the order in which they went up, and the floor.</summary>
[TestFixture]
internal sealed class HandsTests
{
    private CaseWorld world = null!;
    private IReadOnlyList<Actor> readers = [];

    [SetUp]
    public async Task Start()
    {
        world = await CaseWorld.StartAsync();
        await world.InRoomAsync();
        readers = await world.ReadersAsync();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Hands_stand_in_the_order_in_which_they_went_up()
    {
        foreach (var person in new[] { readers[2], readers[0], world.Owner })
        {
            await world.DoAsync(person, new RaiseHandCommand(world.NewId()));
        }

        await world.DoAsync(readers[2], new LowerHandCommand(world.NewId()));
        await world.DoAsync(readers[2], new RaiseHandCommand(world.NewId()));
        var order = new[] { readers[0].Person, world.Owner.Person, readers[2].Person };
        Assert.That((await world.FileAsync()).Hands.Select(h => h.PersonId), Is.EqualTo(order));
        foreach (var viewer in new[] { world.Facilitator, readers[1] })
        {
            Assert.That((await RoomAsync(viewer)).Hands.Select(h => h.Person.Id), Is.EqualTo(order));
        }

        await using var another = await world.AnotherAsync();
        Assert.That((await another.FileAsync()).Hands.Select(h => h.PersonId), Is.EqualTo(order), "after a restart too");
    }

    [Test]
    public async Task A_hand_is_up_once()
    {
        await world.DoAsync(readers[0], new RaiseHandCommand(world.NewId()));
        (await world.TryAsync(readers[0], new RaiseHandCommand(world.NewId()))).ShouldBeRefused("hand-already-up");
        (await world.TryAsync(readers[1], new LowerHandCommand(world.NewId()))).ShouldBeRefused("hand-not-up");
        Assert.That((await world.FileAsync()).Hands, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Another_hand_is_taken_down_only_by_whoever_leads()
    {
        await world.DoAsync(readers[0], new RaiseHandCommand(world.NewId()));
        (await world.TryAsync(readers[1], new LowerHandCommand(world.NewId(), readers[0].Person.Value))).ShouldBeForbidden();
        await world.DoAsync(world.Facilitator, new LowerHandCommand(world.NewId(), readers[0].Person.Value));
        Assert.That((await world.FileAsync()).Hands, Is.Empty);
        Assert.That((await world.LastBodyAsync<HandBody>("hand.lowered")).Person, Is.EqualTo(readers[0].Person));
    }

    [Test]
    public async Task Who_does_not_belong_raises_no_hand_and_gets_no_floor()
    {
        (await world.TryAsync(world.Coordinator, new RaiseHandCommand(world.NewId()))).ShouldBeForbidden("not-in-room");
        (await world.TryAsync(world.Coordinator, new LowerHandCommand(world.NewId()))).ShouldBeForbidden("not-in-room");
        (await world.TryAsync(world.Facilitator, new GiveFloorCommand(world.NewId(), world.Coordinator.Person.Value))).ShouldMiss("person unknown");
        (await world.TryAsync(readers[0], new GiveFloorCommand(world.NewId(), readers[0].Person.Value))).ShouldBeForbidden();
    }

    [Test]
    public async Task The_floor_lets_the_submitter_speak_while_they_should_listen_and_ends_with_the_phase()
    {
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions"));
        await world.DoAsync(world.Owner, new RaiseHandCommand(world.NewId()));
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "Mag ik?"))).ShouldBeRefused("phase-listening");
        await world.DoAsync(world.Facilitator, new GiveFloorCommand(world.NewId(), world.Owner.Person.Value));
        Assert.That((await world.FileAsync()).Hands, Is.Empty, "who has the floor need not ask for it");
        await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "Eén ding klopt niet."));
        Assert.That((await RoomAsync(readers[0])).Floor!.Id, Is.EqualTo(world.Owner.Person));

        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "analysis"));
        Assert.That((await world.FileAsync()).Room!.FloorId, Is.Null);
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "En nog iets."))).ShouldBeRefused("phase-take-in-advice");
    }

    [Test]
    public async Task One_has_the_floor_at_a_time_and_gives_it_back()
    {
        await world.DoAsync(world.Facilitator, new GiveFloorCommand(world.NewId(), readers[0].Person.Value));
        (await world.TryAsync(world.Facilitator, new GiveFloorCommand(world.NewId(), readers[0].Person.Value))).ShouldBeRefused("floor-already-given");
        (await world.TryAsync(readers[0], new RaiseHandCommand(world.NewId()))).ShouldBeRefused("hand-already-up");
        await world.DoAsync(world.Facilitator, new GiveFloorCommand(world.NewId(), readers[1].Person.Value));
        (await world.TryAsync(readers[0], new EndFloorCommand(world.NewId()))).ShouldBeForbidden();
        await world.DoAsync(readers[1], new EndFloorCommand(world.NewId()));
        (await world.TryAsync(world.Facilitator, new EndFloorCommand(world.NewId()))).ShouldBeRefused("floor-not-given");
        Assert.That((await world.FileAsync()).Room!.FloorId, Is.Null);
    }

    [Test]
    public async Task The_floor_silences_nobody()
    {
        await world.DoAsync(world.Facilitator, new GiveFloorCommand(world.NewId(), readers[0].Person.Value));
        await world.DoAsync(readers[1], new SayCommand(world.NewId(), "Wie was erbij?", MessageKind.Question));
    }

    [Test]
    public async Task In_a_closed_room_there_are_no_hands()
    {
        await world.InDecidingAsync();
        (await world.TryAsync(world.Owner, new RaiseHandCommand(world.NewId()))).ShouldBeRefused("room-not-open");
        (await world.TryAsync(world.Facilitator, new GiveFloorCommand(world.NewId(), world.Owner.Person.Value))).ShouldBeRefused("room-not-open");
        (await world.TryAsync(world.Facilitator, new EndFloorCommand(world.NewId()))).ShouldBeRefused("room-not-open");
        (await world.TryAsync(world.Owner, new LowerHandCommand(world.NewId()))).ShouldBeRefused("room-not-open");
    }

    private async Task<RoomView> RoomAsync(Actor viewer) =>
        (await world.Get<CaseReads>().ReadAsync(viewer, world.Case, "room", CancellationToken.None)).View!.Room!;
}
