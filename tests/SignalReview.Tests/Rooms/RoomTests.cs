using SignalReview.Cases;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

/// <summary>Joining, talking and the clock.</summary>
[TestFixture]
internal sealed class RoomTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task The_room_opens_for_the_discussion_of_the_first_round()
    {
        await world.InRoomAsync();
        var room = (await world.FileAsync()).Room!;
        Assert.That((room.Method, room.RoomPhase, room.Round), Is.EqualTo(("incident", RoomPhase.Questions, 1)));
    }

    [Test]
    public async Task Coming_back_is_no_second_arrival()
    {
        await world.InRoomAsync();
        var reader = (await world.ReadersAsync())[0];
        await world.DoAsync(reader, new JoinRoomCommand(world.NewId()));
        var joined = (await world.FileAsync()).Attendance.Single();
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.DoAsync(reader, new JoinRoomCommand(world.NewId()));
        Assert.That((await world.FileAsync()).Attendance, Is.EqualTo(new[] { joined }));
        Assert.That(await world.CountAsync("room.joined"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_was_not_asked_does_not_enter()
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Coordinator, new JoinRoomCommand(world.NewId()))).ShouldBeForbidden("not-in-room");
        (await world.TryAsync(world.Coordinator, new SayCommand(world.NewId(), "Hallo."))).ShouldBeForbidden("not-in-room");
        Assert.That((await world.FileAsync()).Messages, Is.Empty);
    }

    [Test]
    public async Task Before_the_room_is_open_nobody_enters()
    {
        await world.InComparingAsync();
        (await world.TryAsync(world.Facilitator, new JoinRoomCommand(world.NewId()))).ShouldBeRefused("room-not-open");
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "Hallo."))).ShouldBeRefused("room-not-open");
    }

    [Test]
    public async Task What_is_said_carries_the_commands_own_number()
    {
        await world.InRoomAsync();
        var first = await world.DoAsync(world.Facilitator, new SayCommand(world.NewId(), "Welkom."));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        var second = await world.DoAsync((await world.ReadersAsync())[0], new SayCommand(world.NewId(), "Even terug: de straatnaam."));
        var messages = (await world.FileAsync()).Messages;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(messages.Select(m => (m.Seq, m.RoomPhase)), Is.EqualTo(new[] { (first.Seq, RoomPhase.Questions), (second.Seq, RoomPhase.Vote) }));
            Assert.That(messages.Select(m => (Guid?)m.EventId), Is.EqualTo(new[] { first.Created, second.Created }));
            Assert.That((await world.BodyAsync<MessageBody>(messages[0].EventId)).Text, Is.EqualTo("Welkom."));
        }
    }

    [Test]
    public async Task A_message_has_words_and_an_end()
    {
        await world.InTalkAsync();
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "\n"))).ShouldMiss("text required");
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), new string('a', 8001)))).ShouldMiss("text tooLong");
        await world.DoAsync(world.Owner, new SayCommand(world.NewId(), new string('a', 8000)));
    }

    [Test]
    public async Task A_harvested_room_is_silent()
    {
        await world.InDecidingAsync();
        Assert.That((await world.FileAsync()).Room!.RoomPhase, Is.EqualTo(RoomPhase.Harvested));
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "Nog iets."))).ShouldBeRefused("room-not-open");
    }

    [Test]
    public async Task The_clock_is_the_facilitators_and_ends_with_the_phase()
    {
        await world.InRoomAsync();
        await world.DoAsync(world.Facilitator, new SetRoomClockCommand(world.NewId(), 20));
        Assert.That((await world.FileAsync()).Room!.PhaseEndsAt, Is.EqualTo(world.Now.AddMinutes(20)));
        await world.DoAsync(world.Facilitator, new SetRoomClockCommand(world.NewId(), null));
        Assert.That((await world.FileAsync()).Room!.PhaseEndsAt, Is.Null);
        await world.DoAsync(world.Facilitator, new SetRoomClockCommand(world.NewId(), 240));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        Assert.That((await world.FileAsync()).Room!.PhaseEndsAt, Is.Null);
    }

    [TestCase(0)]
    [TestCase(241)]
    public async Task A_clock_of_no_sense_is_refused(int minutes)
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Facilitator, new SetRoomClockCommand(world.NewId(), minutes))).ShouldMiss("minutes range");
    }

    [Test]
    public async Task The_owner_does_not_set_the_facilitators_clock()
    {
        await world.InRoomAsync();
        (await world.TryAsync(world.Owner, new SetRoomClockCommand(world.NewId(), 5))).ShouldBeForbidden();
    }

    [Test]
    public async Task Without_a_facilitator_the_owner_leads()
    {
        await world.InRoomAsync();
        var file = await world.FileAsync();
        var without = file with { Case = file.Case with { FacilitatorId = null } };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RoomRules.Leads(file, world.Owner.Person), Is.False);
            Assert.That(RoomRules.Leads(file, world.Facilitator.Person), Is.True);
            Assert.That(RoomRules.Leads(without, world.Owner.Person), Is.True);
            Assert.That(RoomRules.LeadsAs(without), Is.EqualTo(CaseRole.Owner));
        }
    }
}
