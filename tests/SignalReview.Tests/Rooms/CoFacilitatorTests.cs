using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Tests.Rooms;

/// <summary>Who leads: named, transferable, with somebody beside them; and what none of them can touch.</summary>
[TestFixture]
internal sealed class CoFacilitatorTests
{
    private static readonly string[] BallotWriters = ["rooms/cast_vote"];

    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Who_leads_beside_the_facilitator_leads_the_room_and_appoints_nobody()
    {
        var beside = await BesideAsync();
        await world.DoAsync(beside, new JoinRoomCommand(world.NewId()));
        await world.DoAsync(beside, new MovePhaseCommand(world.NewId(), "questions"));
        await world.DoAsync(beside, new SetRoomClockCommand(world.NewId(), 5));
        await world.DoAsync(beside, new GiveFloorCommand(world.NewId(), world.Owner.Person.Value));
        await world.DoAsync(beside, new OpenVoteCommand(world.NewId()));
        (await world.TryAsync(beside, new AppointFacilitatorCommand(world.NewId(), beside.Person.Value, "Ik"))).ShouldBeForbidden();
        (await world.TryAsync(beside, new AppointCoFacilitatorCommand(world.NewId(), CaseWorld.Colleague(8).Person.Value, "Nog een"))).ShouldBeForbidden();
        var room = (await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "room", CancellationToken.None)).View!;
        Assert.That(room.People.CoFacilitator!.Id, Is.EqualTo(beside.Person));
        Assert.That(room.Room!.Members.Single(m => m.Person.Id == beside.Person).MayVote, Is.False);
    }

    [Test]
    public async Task Who_votes_and_who_leads_already_cannot_lead_beside()
    {
        await world.InRoomAsync();
        foreach (var person in new[] { world.Owner, (await world.ReadersAsync())[0], world.Facilitator, CaseWorld.Colleague(9), CaseWorld.Colleague(10) })
        {
            (await world.TryAsync(world.Facilitator, new AppointCoFacilitatorCommand(world.NewId(), person.Person.Value, "Samen"))).ShouldBeRefused("person-unfit");
        }

        (await world.TryAsync(world.Facilitator, new AppointCoFacilitatorCommand(world.NewId(), Guid.Empty, "Samen"))).ShouldMiss("coFacilitator unknown");
        (await world.TryAsync(world.Facilitator, new AppointCoFacilitatorCommand(world.NewId(), world.Coordinator.Person.Value, " "))).ShouldMiss("reason required");
        (await world.TryAsync((await world.ReadersAsync())[0], new AppointCoFacilitatorCommand(world.NewId(), world.Coordinator.Person.Value, "Samen"))).ShouldBeForbidden();
        Assert.That((await world.FileAsync()).Case.CoFacilitatorId, Is.Null);
    }

    [Test]
    public async Task Withdrawn_or_stepped_back_they_lead_no_more()
    {
        foreach (var by in new[] { world.Facilitator, null })
        {
            var beside = await BesideAsync();
            await world.DoAsync(by ?? beside, new AppointCoFacilitatorCommand(world.NewId(), null, "Klaar"));
            (await world.TryAsync(beside, new MovePhaseCommand(world.NewId(), "questions"))).ShouldBeRefused("case-not-found", RefusalKind.NotFound);
            (await world.TryAsync(world.Facilitator, new AppointCoFacilitatorCommand(world.NewId(), null, "Klaar"))).ShouldBeRefused("no-co-facilitator");
        }

        Assert.That((await world.LastBodyAsync<HandOverBody>("coFacilitator.withdrawn")).Reason, Is.EqualTo("Klaar"));
    }

    [Test]
    public async Task Without_a_facilitator_nobody_leads_beside()
    {
        await world.SubmitAsync("urgent", world.Signal() with { Urgency = Urgency.Acute });
        (await world.TryAsync(world.Owner, new AppointCoFacilitatorCommand(world.NewId(), world.Coordinator.Person.Value, "Samen"))).ShouldBeRefused("no-facilitator");
        await world.DraftAsync();
        (await world.TryAsync(world.Owner, new AppointCoFacilitatorCommand(world.NewId(), world.Coordinator.Person.Value, "Samen"))).ShouldBeRefused("case-not-running");
    }

    [Test]
    public async Task When_the_facilitator_is_gone_the_owner_lets_who_led_beside_take_over_and_the_room_goes_on()
    {
        var beside = await BesideAsync();
        await world.DoAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "questions"));
        await world.DoAsync(world.Owner, new AppointFacilitatorCommand(world.NewId(), beside.Person.Value, "Lotte is ziek"));
        var file = await world.FileAsync();
        Assert.That((file.Case.FacilitatorId, file.Case.CoFacilitatorId, file.MethodPhase!.Id), Is.EqualTo(((PersonId?)beside.Person, (PersonId?)null, "analysis")));
        (await world.TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), "analysis"))).ShouldBeRefused("case-not-found", RefusalKind.NotFound);
        await world.DoAsync(beside, new MovePhaseCommand(world.NewId(), "analysis"));
        await world.DoAsync(beside, new AppointFacilitatorCommand(world.NewId(), world.Facilitator.Person.Value, "Weer beter"));
        Assert.That((await world.FileAsync()).Case.FacilitatorId, Is.EqualTo(world.Facilitator.Person));
    }

    [Test]
    public async Task Whoever_leads_can_neither_see_change_withdraw_nor_cast_anybodys_ballot()
    {
        const string secret = "Dit hoort niemand voor de onthulling";
        var beside = await BesideAsync();
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        var voter = (await world.ReadersAsync())[0];
        await world.DoAsync(voter, world.Vote(VoteOption.Emergency, concern: 9) with { Reason = secret });
        var ballots = (await world.FileAsync()).Ballots;
        foreach (var leader in new[] { world.Facilitator, beside })
        {
            (await world.TryAsync(leader, world.Vote())).ShouldBeForbidden("not-a-voter");
            (await world.TryAsync(leader, new ChooseOptionsCommand(world.NewId(), [VoteOption.Talk, VoteOption.Support]))).ShouldBeRefused("options-frozen");
            (await world.TryAsync(leader, new RevealVotesCommand(world.NewId(), "Haast"))).ShouldBeRefused("quorum-not-met");
            (await world.TryAsync(leader, new OpenVoteCommand(world.NewId()))).ShouldBeRefused("not-discussing");
            (await world.TryAsync(leader, new SecondRoundCommand(world.NewId()))).ShouldBeRefused("not-weighing");
            (await world.TryAsync(leader, new MovePhaseCommand(world.NewId(), "vote", "advice", "Terug"))).ShouldBeRefused("phase-vote-runs");
            var view = (await world.Get<CaseReads>().ReadAsync(leader, world.Case, "room", CancellationToken.None)).View!;
            var json = JsonSerializer.Serialize(view, TrailJson.Options);
            Assert.That((json.Contains(secret, StringComparison.Ordinal), view.Room!.Ballot!.In, view.Room.Ballot.Mine, view.Room.Rounds.Count), Is.EqualTo((false, 1, (VoteView?)null, 0)));
        }

        Assert.That((await world.FileAsync()).Ballots, Is.EqualTo(ballots));
    }

    [Test]
    public void One_statement_alone_writes_ballots_and_it_writes_the_voters_own()
    {
        var writers = SqlText.Embedded(SqlDialect.Sqlite).All.Where(statement => statement.Writes == "ballots");
        Assert.That(writers.Select(statement => statement.Name), Is.EqualTo(BallotWriters));
    }

    /// <summary>In an open room.</summary>
    private async Task<Actor> BesideAsync()
    {
        await world.InRoomAsync();
        var file = await world.FileAsync();
        var beside = DemoPeople.All.First(p => AppointCoFacilitator.MayLeadBeside(p, file) && !p.Roles.Contains(Role.Coordinator));
        await world.DoAsync(world.Facilitator, new AppointCoFacilitatorCommand(world.NewId(), beside.Id.Value, "Samen"));
        return CaseWorld.As(beside.Id);
    }
}
