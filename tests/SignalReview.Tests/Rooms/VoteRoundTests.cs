using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.Tests.Rooms;

/// <summary>Quorum, deadline, roster and what a reveal tells the workflow.</summary>
[TestFixture]
internal sealed class VoteRoundTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task At_the_deadline_the_quorum_reveals()
    {
        await world.InVoteAsync();
        var voters = await world.VotersAsync();
        await world.DoAsync(voters[0], world.Vote());
        await world.DoAsync(voters[1], new CastVoteCommand(world.NewId(), 1, null, null, null, "Ik ken hen te goed.")); // present all the same
        await world.DoAsync(voters[2], world.Vote());
        await world.PassDeadlineAsync("CollectVotes");
        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.CurrentRound!.RevealReason, Is.EqualTo(RevealReason.Quorum));
            Assert.That(file.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "Weigh" }));
        }

        (await world.TryAsync(voters[3], world.Vote())).ShouldBeRefused("vote-revealed");
    }

    [Test]
    public async Task With_too_few_at_the_deadline_the_round_goes_on_and_keeps_its_ballots()
    {
        await world.InVoteAsync();
        var voters = await world.VotersAsync();
        await world.DoAsync(voters[0], world.Vote());
        var first = (await world.FileAsync()).CurrentRound!;
        await world.PassDeadlineAsync("CollectVotes");
        var stuck = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((stuck.Rounds.Count, stuck.Ballots.Count), Is.EqualTo((1, 1)));
            Assert.That(stuck.CurrentRound!.RevealedAt, Is.Null);
            Assert.That(stuck.CurrentRound.DueAt, Is.GreaterThan(first.DueAt));
            Assert.That(stuck.CurrentRound.DueAt, Is.EqualTo(stuck.OpenStep("CollectVotes")!.DueAt));
            Assert.That((stuck.Case.EscalatedAt, stuck.Case.Escalation), Is.EqualTo(((DateTimeOffset?)world.Now, "tooFewVotes")));
        }

        foreach (var voter in voters.Skip(1))
        {
            await world.DoAsync(voter, world.Vote());
        }

        var done = await world.FileAsync();
        Assert.That(done.CurrentRound!.RevealReason, Is.EqualTo(RevealReason.AllIn));
        Assert.That((done.Case.EscalatedAt, done.Case.Escalation), Is.EqualTo(((DateTimeOffset?)null, (string?)null)), "the case goes on");
    }

    [Test]
    public async Task An_extended_deadline_is_the_rounds_own()
    {
        await world.InVoteAsync();
        var voters = await world.VotersAsync();
        var step = (await world.FileAsync()).OpenStep("CollectVotes")!;
        var later = step.DueAt!.Value.AddHours(2);
        await world.DoAsync(world.Facilitator, new ExtendDeadlineCommand(world.NewId(), step.Node, later, "Ziekte."));
        world.Time.Advance(step.DueAt.Value - world.Now + TimeSpan.FromHours(1));
        await world.FireDeadlinesAsync();
        await world.DoAsync(voters[0], world.Vote());
        Assert.That((await world.FileAsync()).CurrentRound!.DueAt, Is.EqualTo(later));
    }

    [Test]
    public async Task A_reader_who_leaves_during_the_vote_can_make_it_complete()
    {
        await world.InInterpretingAsync();
        var readers = await world.ReadersAsync();
        foreach (var reader in readers.Take(2))
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        await world.PassDeadlineAsync("CollectInterpretations");
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        foreach (var voter in (await world.VotersAsync()).Where(v => v.Person != readers[2].Person))
        {
            await world.DoAsync(voter, world.Vote());
        }

        Assert.That((await world.FileAsync()).CurrentRound!.RevealedAt, Is.Null);
        await world.DoAsync(readers[2], new DeclineInvitationCommand(world.NewId(), ConflictOfInterest: false, "Ziek."));
        Assert.That((await world.FileAsync()).CurrentRound!.RevealReason, Is.EqualTo(RevealReason.AllIn));
    }

    [TestCase(new[] { VoteOption.Talk, VoteOption.Talk, VoteOption.Support, VoteOption.Talk }, 75, TestName = "Three_of_four_agree")]
    [TestCase(new[] { VoteOption.Talk, VoteOption.Support, VoteOption.NoConcern, VoteOption.Emergency }, 25, TestName = "Nobody_agrees")]
    public async Task The_workflow_hears_how_far_they_agree(VoteOption[] choices, int agreement)
    {
        await world.InWeighingAsync(place => choices[place]);
        var outputs = await VotesCompletedAsync();
        Assert.That((outputs["Agreement"].GetInt32(), outputs["MaxConcern"].GetInt32()), Is.EqualTo((agreement, 5)));
    }

    [Test]
    public async Task When_all_abstain_there_is_no_agreement_and_nothing_leads()
    {
        await world.InVoteAsync();
        foreach (var voter in await world.VotersAsync())
        {
            await world.DoAsync(voter, new CastVoteCommand(world.NewId(), 1, null, null, null, "Te weinig gezien."));
        }

        var file = await world.FileAsync();
        var outputs = await VotesCompletedAsync();
        Assert.That((outputs["Agreement"].GetInt32(), outputs["MaxConcern"].GetInt32()), Is.EqualTo((0, 0)));
        Assert.That(VoteRound.Tally(file, file.CurrentRound!).Leading, Is.Empty);
    }

    [Test]
    public async Task Options_that_tie_both_lead()
    {
        await world.InWeighingAsync(place => place < 2 ? VoteOption.Talk : VoteOption.Support);
        var file = await world.FileAsync();
        Assert.That(VoteRound.Tally(file, file.CurrentRound!).Leading, Is.EquivalentTo(new[] { VoteOption.Talk, VoteOption.Support }));
    }

    [Test]
    public async Task Owner_and_submitter_alone_are_no_quorum()
    {
        await world.InVoteAsync();
        var file = await world.FileAsync();
        var round = file.CurrentRound! with { Quorum = 2 };
        var other = CaseWorld.Colleague(6).Person;
        var handedOver = file with { Case = file.Case with { OwnerId = other } };
        var both = handedOver with { Ballots = [Ballot(world.Submitter.Person), Ballot(other)] };
        var withReader = handedOver with { Ballots = [Ballot(world.Submitter.Person), Ballot((await world.ReadersAsync())[0].Person)] };
        Assert.That((VoteQuorum.IsMet(both, round), VoteQuorum.IsMet(withReader, round)), Is.EqualTo((false, true)));

        BallotRow Ballot(PersonId person) => new() { Round = 1, PersonId = person, Choice = VoteOption.Talk };
    }

    private async Task<IReadOnlyDictionary<string, JsonElement>> VotesCompletedAsync() =>
        (await world.LastBodyAsync<StepCompletion>("step.completed")).Outputs!;
}
