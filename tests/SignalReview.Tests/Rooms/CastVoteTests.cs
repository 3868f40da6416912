using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

[TestFixture]
internal sealed class CastVoteTests
{
    private CaseWorld world = null!;
    private IReadOnlyList<Actor> voters = null!;

    [SetUp]
    public async Task OpenTheVote()
    {
        world = await CaseWorld.StartAsync();
        await world.InVoteAsync();
        voters = await world.VotersAsync();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_ballot_is_kept_with_what_was_written()
    {
        await world.DoAsync(voters[0], world.Vote(VoteOption.Support, concern: 6));
        var ballot = (await world.FileAsync()).Ballots.Single();
        var written = await world.BodyAsync<Ballot>(ballot.EventId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (ballot.PersonId, ballot.Round, ballot.Choice, ballot.Concern, ballot.Confidence, ballot.CastAt),
                Is.EqualTo((voters[0].Person, 1, (VoteOption?)VoteOption.Support, (int?)6, (int?)60, world.Now)));
            Assert.That(written.Reason, Is.EqualTo("Omdat we het kunnen vragen."));
        }
    }

    [Test]
    public async Task The_last_ballot_reveals_the_round_in_its_own_command()
    {
        foreach (var voter in voters.SkipLast(1))
        {
            await world.DoAsync(voter, world.Vote());
        }

        var before = await world.FileAsync();
        var last = await world.DoAsync(voters[^1], world.Vote(VoteOption.Support, concern: 9));
        var after = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.CurrentRound!.RevealedAt, Is.Null);
            Assert.That((after.CurrentRound!.RevealedAt, after.CurrentRound.RevealReason), Is.EqualTo(((DateTimeOffset?)world.Now, (RevealReason?)RevealReason.AllIn)));
            Assert.That(after.Room!.RoomPhase, Is.EqualTo(RoomPhase.Revealed));
            Assert.That(after.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "Weigh" }));
            Assert.That(after.Case.Seq, Is.EqualTo(last.Seq));
        }

        var revealed = await world.LastBodyAsync<VotesRevealedBody>("votes.revealed");
        Assert.That(revealed.Ballots, Is.EquivalentTo(after.Ballots.Select(b => b.EventId)));
    }

    [Test]
    public async Task Second_vote_by_the_same_colleague_is_refused()
    {
        await world.DoAsync(voters[0], world.Vote(VoteOption.Talk));
        var second = await world.TryAsync(voters[0], world.Vote(VoteOption.Emergency));
        second.ShouldBeRefused("vote-already-cast");
        Assert.That((await world.FileAsync()).Ballots.Select(b => b.Choice), Is.EqualTo(new VoteOption?[] { VoteOption.Talk }));
    }

    [Test]
    public async Task A_retry_with_the_same_id_returns_the_first_receipt()
    {
        var vote = world.Vote();
        var first = await world.DoAsync(voters[0], vote);
        await world.DoAsync(voters[1], world.Vote());
        var again = await world.DoAsync(voters[0], vote);
        Assert.That(again, Is.EqualTo(first));
        Assert.That((await world.FileAsync()).Ballots, Has.Count.EqualTo(2));
        Assert.That(await world.CountAsync("vote.cast"), Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_id_with_another_choice_is_refused()
    {
        var vote = world.Vote(VoteOption.Talk);
        await world.DoAsync(voters[0], vote);
        (await world.TryAsync(voters[0], vote with { Option = VoteOption.Emergency })).ShouldBeRefused("command-reused");
        (await world.TryAsync(voters[1], vote)).ShouldBeRefused("command-reused");
        Assert.That((await world.FileAsync()).Ballots, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_late_ballot_is_refused_by_the_clock_though_no_job_ran()
    {
        var due = (await world.FileAsync()).CurrentRound!.DueAt;
        world.Time.Advance(due - world.Now);
        await world.DoAsync(voters[0], world.Vote());
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await world.TryAsync(voters[1], world.Vote())).ShouldBeRefused("vote-too-late");
        var file = await world.FileAsync();
        Assert.That((file.Ballots.Count, file.CurrentRound!.RevealedAt), Is.EqualTo((1, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task A_ballot_needs_concern_confidence_and_a_reason()
    {
        var bare = new CastVoteCommand(world.NewId(), 1, VoteOption.Talk, null, null, " ");
        (await world.TryAsync(voters[0], bare)).ShouldMiss("concern required", "confidence required", "reason required");
        var outside = new CastVoteCommand(world.NewId(), 1, VoteOption.Talk, 11, -1, "x");
        (await world.TryAsync(voters[0], outside)).ShouldMiss("concern range", "confidence range");
    }

    [Test]
    public async Task Abstaining_needs_its_reason_and_carries_no_concern()
    {
        (await world.TryAsync(voters[0], new CastVoteCommand(world.NewId(), 1, null, null, null, null))).ShouldMiss("reason required");
        await world.DoAsync(voters[0], new CastVoteCommand(world.NewId(), 1, null, 8, 90, "Ik ken de groep te goed."));
        var ballot = (await world.FileAsync()).Ballots.Single();
        Assert.That((ballot.Choice, ballot.Concern, ballot.Confidence), Is.EqualTo(((VoteOption?)null, (int?)null, (int?)null)));
    }

    [Test]
    public async Task Only_an_offered_option_can_be_chosen()
    {
        await world.DoAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), [VoteOption.Talk, VoteOption.NoConcern]));
        (await world.TryAsync(voters[0], world.Vote(VoteOption.Emergency))).ShouldMiss("option notOffered");
        await world.DoAsync(voters[0], world.Vote(VoteOption.NoConcern));
    }

    [Test]
    public async Task A_ballot_never_lands_in_another_round()
    {
        (await world.TryAsync(voters[0], world.Vote(round: 2))).ShouldBeRefused("vote-other-round");
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        (await world.TryAsync(voters[0], world.Vote(round: 1))).ShouldBeRefused("vote-already-cast");
        await world.DoAsync(voters[0], world.Vote(round: 2));
    }

    [Test]
    public async Task From_the_second_round_on_what_changed_is_asked_also_when_nothing_did()
    {
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        (await world.TryAsync(voters[0], world.Vote(round: 2) with { ChangedMyMind = "" })).ShouldMiss("changedMyMind required");
        await world.DoAsync(voters[0], world.Vote(round: 2, changed: "Niets."));
        var file = await world.FileAsync();
        Assert.That(file.Ballots.Where(b => b.PersonId == voters[0].Person).Select(b => b.Round), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Who_does_not_vote_here_is_refused()
    {
        (await world.TryAsync(world.Facilitator, world.Vote())).ShouldBeForbidden("not-a-voter");
        (await world.TryAsync(world.Coordinator, world.Vote())).ShouldBeForbidden("not-a-voter");
        var stranger = CaseWorld.As(DemoPeople.All.First(p => p.Roles.SetEquals([Role.Worker]) && voters.All(v => v.Person != p.Id)).Id);
        (await world.TryAsync(stranger, world.Vote())).ShouldBeRefused("case-not-found", RefusalKind.NotFound);
        Assert.That((await world.FileAsync()).Ballots, Is.Empty);
    }

    [Test]
    public async Task A_refused_ballot_stands_in_the_trail_without_its_choice()
    {
        await world.DoAsync(voters[0], world.Vote(VoteOption.Talk));
        await world.TryAsync(voters[0], world.Vote(VoteOption.Emergency));
        var refused = (await world.TrailAsync())[^1];
        var body = await world.BodyAsync<Dictionary<string, object>>(refused.EventId);
        Assert.That((refused.Type, refused.ActorId), Is.EqualTo(("command.refused", voters[0].Person)));
        Assert.That(body.Values.Select(v => v.ToString()), Is.EquivalentTo(new[] { "CastVoteCommand", "vote-already-cast" }));
    }
}
