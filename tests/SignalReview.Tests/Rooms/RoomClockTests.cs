using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Rooms;

/// <summary>The time of a phase runs on the server's clock: it says when it is up, once, and ends nothing.</summary>
[TestFixture]
internal sealed class RoomClockTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task When_the_time_is_up_the_room_says_so_once_and_goes_on()
    {
        await world.InRoomAsync();
        await world.PassAsync(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.That(await world.CountAsync("room.timeUp"), Is.Zero);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.That(await world.CountAsync("room.timeUp"), Is.EqualTo(1));
        Assert.That((await world.LastBodyAsync<RoomTimeUpBody>("room.timeUp")).Phase, Is.EqualTo("questions"));
        var file = await world.FileAsync();
        Assert.That((file.MethodPhase!.Id, file.OpenSteps.Single().Activity), Is.EqualTo(("questions", "Discuss")));
        await world.DoAsync((await world.ReadersAsync())[0], new SayCommand(world.NewId(), "Mag dit nog?", MessageKind.Question));
    }

    [Test]
    public async Task The_time_goes_on_while_the_server_is_away_and_is_told_by_the_one_that_comes()
    {
        await world.InRoomAsync();
        var ends = (await world.FileAsync()).Room!.PhaseEndsAt;
        world.Time.Advance(TimeSpan.FromMinutes(20));
        await using var another = await world.AnotherAsync();
        Assert.That((await another.FileAsync()).Room!.PhaseEndsAt, Is.EqualTo(ends));
        await another.FireDeadlinesAsync();
        await world.FireDeadlinesAsync();
        Assert.That(await world.CountAsync("room.timeUp"), Is.EqualTo(1), "two servers on one database tell it once");
    }

    [Test]
    public async Task The_time_goes_on_when_the_facilitator_leaves()
    {
        await world.InRoomAsync();
        await world.DoAsync(world.Coordinator, new AppointFacilitatorCommand(world.NewId(), world.Facilitator.Person.Value, "Blijft"));
        await RemoveFacilitatorAsync();
        await world.PassAsync(TimeSpan.FromMinutes(15));
        Assert.That(await world.CountAsync("room.timeUp"), Is.EqualTo(1));
        await world.DoAsync(world.Owner, new MovePhaseCommand(world.NewId(), "questions"));
        Assert.That((await world.FileAsync()).MethodPhase!.Id, Is.EqualTo("analysis"), "where nobody facilitates, the owner leads");
    }

    [Test]
    public async Task A_phase_that_was_left_says_nothing_about_its_time()
    {
        await world.InRoomAsync();
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions"));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.PassAsync(TimeSpan.FromMinutes(40));
        Assert.That(await world.CountAsync("room.timeUp"), Is.Zero, "the vote has no clock of its own");
    }

    [Test]
    public async Task More_time_is_counted_from_the_clocks_end_or_from_now_when_that_is_past()
    {
        await world.InRoomAsync();
        var ends = world.Now.AddMinutes(15);
        await world.DoAsync(world.Facilitator, new ExtendRoomClockCommand(world.NewId(), 5));
        Assert.That((await world.FileAsync()).Room!.PhaseEndsAt, Is.EqualTo(ends.AddMinutes(5)));
        await world.PassAsync(TimeSpan.FromMinutes(15));
        Assert.That(await world.CountAsync("room.timeUp"), Is.Zero, "the first end was put off");
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.That(await world.CountAsync("room.timeUp"), Is.EqualTo(1));
        await world.DoAsync(world.Facilitator, new ExtendRoomClockCommand(world.NewId(), 10));
        Assert.That((await world.FileAsync()).Room!.PhaseEndsAt, Is.EqualTo(world.Now.AddMinutes(10)));
    }

    [Test]
    public async Task Only_a_running_clock_is_extended_and_only_by_whoever_leads()
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Owner, new ExtendRoomClockCommand(world.NewId(), 5))).ShouldBeForbidden();
        (await world.TryAsync(world.Facilitator, new ExtendRoomClockCommand(world.NewId(), 0))).ShouldMiss("minutes range");
        (await world.TryAsync(world.Facilitator, new ExtendRoomClockCommand(world.NewId(), 241))).ShouldMiss("minutes range");
        await world.DoAsync(world.Facilitator, new SetRoomClockCommand(world.NewId(), null));
        (await world.TryAsync(world.Facilitator, new ExtendRoomClockCommand(world.NewId(), 5))).ShouldBeRefused("room-no-clock");
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.That(await world.CountAsync("room.timeUp"), Is.Zero, "a clock that was cleared says nothing");
        await world.InComparingAsync();
        (await world.TryAsync(world.Facilitator, new ExtendRoomClockCommand(world.NewId(), 5))).ShouldBeRefused("room-not-open");
    }

    private async Task RemoveFacilitatorAsync()
    {
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync("UPDATE cases SET facilitator_id = NULL", CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }
}
