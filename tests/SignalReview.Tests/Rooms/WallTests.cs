using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Wall;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Rooms;

/// <summary>The screen for the wall: what it shows, to whom, and above all what it does not.</summary>
internal sealed class WallTests
{
    private const string Mark = "merkteken";

    [Test]
    public async Task Who_leads_puts_it_up_and_for_anybody_else_there_is_none()
    {
        await using var world = await (await CaseWorld.StartAsync()).InRoomAsync();
        var readers = await world.ReadersAsync();

        Assert.That((await ReadAsync(world, world.Facilitator)).View, Is.Not.Null);
        foreach (var actor in new[] { world.Owner, readers[0], world.Coordinator, world.Approver, CaseWorld.Colleague(10) })
        {
            Assert.That((await ReadAsync(world, actor)).Refusal, Is.EqualTo(Refusal.NotFound));
            Assert.That(await world.Get<WallReads>().SeqAsync(actor, world.Case, CancellationToken.None), Is.Null);
        }
    }

    [Test]
    public async Task Before_there_is_a_room_there_is_no_wall()
    {
        await using var world = await (await CaseWorld.StartAsync()).InComparingAsync();
        Assert.That((await ReadAsync(world, world.Facilitator)).View, Is.Null);
    }

    [Test]
    public async Task It_holds_nothing_of_the_subjects_of_what_was_said_or_of_who_voted_what()
    {
        await using var world = await StartAsync();
        await ReadAsync(world, world.Facilitator);
        await AssertCleanAsync(world, "talk");

        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        var voters = await world.VotersAsync();
        foreach (var voter in voters.SkipLast(1))
        {
            await world.DoAsync(voter, world.Vote() with { Reason = $"{Mark} reden", Option = VoteOption.Emergency });
        }

        var open = await AssertCleanAsync(world, "vote");
        Assert.That((open.Votes, open.Tally), Is.EqualTo((new WallVotes(voters.Count - 1, voters.Count), (object?)null)));
        Assert.That(JsonSerializer.Serialize(open, TrailJson.Options), Does.Not.Contain("emergency"), "not what, not how many");

        await world.DoAsync(voters[^1], world.Vote() with { Reason = $"{Mark} reden", Option = VoteOption.Talk });
        var revealed = await AssertCleanAsync(world, "revealed");
        Assert.That(revealed.Tally!.Counts!.Select(c => (c.Option, c.Votes)), Is.EqualTo(new[] { (VoteOption.Emergency, voters.Count - 1), (VoteOption.Talk, 1) }));
        Assert.That(revealed.Votes, Is.Null);
    }

    [Test]
    public async Task Nothing_is_on_it_that_a_reader_of_the_core_may_not_know()
    {
        await using var world = await StartAsync();
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync();
        var wall = (await ReadAsync(world, world.Facilitator)).View!;
        var reader = (await world.ReadersAsync())[0];

        var room = (await world.Get<CaseReads>().ReadAsync(reader, world.Case, "room", CancellationToken.None)).View!;

        Assert.Multiple(() =>
        {
            Assert.That((wall.Phase, wall.Round, wall.PhaseEndsAt), Is.EqualTo((room.Room!.Phase, room.Room.Round, room.Room.PhaseEndsAt)));
            Assert.That(JsonSerializer.Serialize(wall.Tally, TrailJson.Options), Is.EqualTo(JsonSerializer.Serialize(room.Room.Rounds[^1].Tally, TrailJson.Options)));
            // The question too, but for what is struck out of it.
            Assert.That(wall.Question!.Split(WallWords.Struck), Is.All.Matches<string>(part => room.Signal!.ConsultationQuestion!.Contains(part, StringComparison.Ordinal)));
        });
    }

    [TestCase("Wat wil Groep Merel?", "Wat wil […]?")]
    [TestCase("Moet ik groep merel bellen op 06-12345678?", "Moet ik […] bellen op […]?")]
    [TestCase("Bedoelt @jayden_010 dit?", "Bedoelt […] dit?")]
    [TestCase("Is dit een dreiging of muziek?", "Is dit een dreiging of muziek?")]
    public void The_question_loses_whom_it_is_about(string question, string shown) =>
        Assert.That(WallWords.WithoutSubjects(new() { Pseudonym = "Groep Merel", ConsultationQuestion = question }), Is.EqualTo(shown));

    [Test]
    public async Task That_it_was_put_up_is_in_the_trail_and_hanging_there_adds_nothing()
    {
        await using var world = await (await CaseWorld.StartAsync()).InRoomAsync();
        var before = await world.CountAsync("case.read");
        await ReadAsync(world, world.Facilitator);
        await ReadAsync(world, world.Facilitator, opens: false);
        await ReadAsync(world, world.Facilitator, opens: false);
        Assert.That(await world.CountAsync("case.read") - before, Is.EqualTo(1));

        world.Time.Advance(ReadLog.Live);
        await ReadAsync(world, world.Facilitator, opens: false);
        Assert.That(await world.CountAsync("case.read") - before, Is.EqualTo(2));
    }

    [Test]
    public async Task Who_no_longer_leads_has_no_wall_any_more()
    {
        await using var world = await (await CaseWorld.StartAsync()).InRoomAsync();
        Assert.That(await world.Get<WallReads>().SeqAsync(world.Facilitator, world.Case, CancellationToken.None), Is.Not.Null);
        var other = CaseWorld.Colleague(10);
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            // The demo has one facilitator only; what another's appointment writes.
            await db.ExecuteAsync("consultations/set_facilitator", new { CaseId = world.Case, FacilitatorId = other.Person }, CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        Assert.That(await world.Get<WallReads>().SeqAsync(world.Facilitator, world.Case, CancellationToken.None), Is.Null);
        Assert.That((await ReadAsync(world, other)).View, Is.Not.Null);
    }

    /// <summary>A room in which all that must not be on the wall bears a mark.</summary>
    private static async Task<CaseWorld> StartAsync()
    {
        var world = await CaseWorld.StartAsync();
        var plain = world.Signal();
        await world.SubmitAsync(signal: plain with
        {
            Title = $"{Mark} titel",
            Pseudonym = $"{Mark} Merel",
            ConsultationQuestion = $"Wat wil {Mark} Merel met deze clip?",
            Online = plain.Online with { FactualDescription = $"{Mark} beschrijving" },
            Offline = plain.Offline with { Relationship = $"{Mark} relatie", Unknowns = [$"{Mark} onbekend"] },
            Reading = plain.Reading with { OwnDecoding = $"{Mark} lezing" },
        });
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new AcceptInvitationCommand(world.NewId()));
        }

        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading() with { Decoding = $"{Mark} decodering", Missing = [$"{Mark} mist"] }));
        }

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        await world.DoAsync((await world.ReadersAsync())[0], new SayCommand(world.NewId(), $"Wat is er {Mark} gezegd?", MessageKind.Question));
        return world;
    }

    private static async Task<WallView> AssertCleanAsync(CaseWorld world, string when)
    {
        var wall = (await ReadAsync(world, world.Facilitator)).View!;
        var json = JsonSerializer.Serialize(wall, TrailJson.Options);
        Assert.That(json, Does.Not.Contain(Mark), when);
        Assert.That(wall.Question, Is.EqualTo("Wat wil […] met deze clip?"));
        foreach (var person in DemoPeople.All)
        {
            Assert.That(json, Does.Not.Contain(person.Name).And.Not.Contain(person.Id.ToString()), when);
        }

        return wall;
    }

    private static Task<WallReadResult> ReadAsync(CaseWorld world, Actor actor, bool opens = true) =>
        world.Get<WallReads>().ReadAsync(actor, world.Case, opens, CancellationToken.None);
}
