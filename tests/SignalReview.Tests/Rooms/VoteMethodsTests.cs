using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Workflow;

namespace SignalReview.Tests.Rooms;

/// <summary>Consent, scores and rankings: what the facilitator chooses, what a ballot holds, and what comes of it.</summary>
[TestFixture]
internal sealed class VoteMethodsTests
{
    private static readonly VoteOption[] Three = [VoteOption.Talk, VoteOption.Support, VoteOption.NoConcern];

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
    public async Task The_facilitator_chooses_how_is_voted_and_the_trail_says_so()
    {
        await ChooseAsync(VoteMethod.Consent, VoteOption.Support);
        var round = (await world.FileAsync()).CurrentRound!;
        var body = await world.LastBodyAsync<OptionsChosenBody>("options.chosen");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((round.Method, round.Proposal), Is.EqualTo((VoteMethod.Consent, (VoteOption?)VoteOption.Support)));
            Assert.That((body.Method, body.Proposal), Is.EqualTo(((VoteMethod?)VoteMethod.Consent, (VoteOption?)VoteOption.Support)));
            Assert.That(body.Options, Is.EqualTo(Enum.GetValues<VoteOption>()), "the options stay for another method");
        }
    }

    [Test]
    public async Task What_is_chosen_must_make_sense()
    {
        (await world.TryAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), []) { Method = VoteMethod.Consent })).ShouldMiss("proposal required");
        (await world.TryAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), []) { Method = VoteMethod.Score })).ShouldMiss("options tooFew");
        (await world.TryAsync(world.Owner, new ChooseOptionsCommand(world.NewId(), Three) { Method = VoteMethod.Score })).ShouldBeForbidden();
        Assert.That((await world.FileAsync()).CurrentRound!.Method, Is.EqualTo(VoteMethod.SingleChoice));
    }

    [TestCase(VoteMethod.Consent)]
    [TestCase(VoteMethod.Score)]
    [TestCase(VoteMethod.Ranking)]
    public async Task The_first_ballot_freezes_the_method_also_an_abstention(VoteMethod method)
    {
        await ChooseAsync(method, VoteOption.Talk);
        await world.DoAsync(voters[0], Abstention());
        (await world.TryAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), Three) { Method = VoteMethod.SingleChoice })).ShouldBeRefused("options-frozen");
        Assert.That((await world.FileAsync()).CurrentRound!.Method, Is.EqualTo(method));
    }

    [Test]
    public async Task Nobody_consents_before_there_is_a_proposal()
    {
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteAsync(
                "rooms/choose_options",
                new { CaseId = world.Case, Round = 1, Method = VoteMethod.Consent, Proposal = (VoteOption?)null, Options = VoteOptions.All },
                CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        (await world.TryAsync(voters[0], Position(ConsentPosition.Agree))).ShouldBeRefused("vote-no-proposal");
        (await world.TryAsync(voters[0], Abstention())).ShouldBeRefused("vote-no-proposal");
        Assert.That((await ViewAsync(voters[0])).Can, Does.Not.Contain("castVote"));
        await ChooseAsync(VoteMethod.Consent, VoteOption.Talk);
        await world.DoAsync(voters[0], Position(ConsentPosition.Agree));
    }

    [Test]
    public async Task Consent_is_given_to_the_proposal_that_was_read()
    {
        await ChooseAsync(VoteMethod.Consent, VoteOption.Support);
        (await world.TryAsync(voters[0], Position(ConsentPosition.Agree))).ShouldMiss("proposal otherProposal");
        (await world.TryAsync(voters[0], Position(ConsentPosition.Agree) with { Proposal = null })).ShouldMiss("proposal required");
        await world.DoAsync(voters[0], Position(ConsentPosition.Agree) with { Proposal = VoteOption.Support });
    }

    [Test]
    public async Task An_objection_says_what_would_go_wrong()
    {
        await ChooseAsync(VoteMethod.Consent, VoteOption.Talk);
        (await world.TryAsync(voters[0], Position(ConsentPosition.Object))).ShouldMiss("objection required");
        (await world.TryAsync(voters[0], Position(ConsentPosition.Agree) with { Objection = "Te vroeg." })).ShouldMiss("objection notWithAgree");
        await world.DoAsync(voters[0], Position(ConsentPosition.AgreeWithConcern) with { Objection = "Te vroeg." });
        await world.DoAsync(voters[1], Position(ConsentPosition.Object) with { Objection = "Zijn moeder weet nog niets." });
        var rows = (await world.FileAsync()).Ballots;
        var written = await world.BodyAsync<Ballot>(rows.Single(b => b.PersonId == voters[1].Person).EventId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(b => b.Answer), Is.EquivalentTo(new[] { "agreeWithConcern", "object" }));
            Assert.That(rows.Select(b => b.Choice), Is.All.Null);
            Assert.That((written.Method, written.Proposal, written.Position, written.Objection), Is.EqualTo(((VoteMethod?)VoteMethod.Consent, (VoteOption?)VoteOption.Talk, (ConsentPosition?)ConsentPosition.Object, "Zijn moeder weet nog niets.")));
        }
    }

    [Test]
    public async Task Every_option_is_scored_once_from_0_to_10()
    {
        await ChooseAsync(VoteMethod.Score);
        (await world.TryAsync(voters[0], Scored((VoteOption.Talk, 11), (VoteOption.Support, 3)))).ShouldMiss("scores.talk range", "scores.noConcern scoreMissing");
        (await world.TryAsync(voters[0], Scored((VoteOption.Talk, 1), (VoteOption.Talk, 2), (VoteOption.Support, 3), (VoteOption.Emergency, 3))))
            .ShouldMiss("scores.talk twice", "scores.emergency notOffered", "scores.noConcern scoreMissing");
        (await world.TryAsync(voters[0], Scored())).ShouldMiss("scores.noConcern scoreMissing", "scores.talk scoreMissing", "scores.support scoreMissing");
        await world.DoAsync(voters[0], Scored((VoteOption.Talk, 10), (VoteOption.NoConcern, 0), (VoteOption.Support, 3)));
        Assert.That((await world.FileAsync()).Ballots.Single().Answer, Is.EqualTo("noConcern:0,talk:10,support:3"));
    }

    [Test]
    public async Task A_ranking_may_leave_out_but_not_repeat()
    {
        await ChooseAsync(VoteMethod.Ranking);
        (await world.TryAsync(voters[0], Ranked())).ShouldMiss("ranking nothingRanked");
        (await world.TryAsync(voters[0], Ranked(VoteOption.Talk, VoteOption.Talk))).ShouldMiss("ranking.talk twice");
        (await world.TryAsync(voters[0], Ranked(VoteOption.Emergency))).ShouldMiss("ranking.emergency notOffered");
        await world.DoAsync(voters[0], Ranked(VoteOption.Support, VoteOption.Talk));
        Assert.That((await world.FileAsync()).Ballots.Single().Answer, Is.EqualTo("support,talk"));
    }

    [TestCase(VoteMethod.SingleChoice, "position otherMethod")]
    [TestCase(VoteMethod.Score, "position otherMethod")]
    public async Task An_answer_to_another_method_says_so(VoteMethod method, string problem)
    {
        await ChooseAsync(method);
        (await world.TryAsync(voters[0], Position(ConsentPosition.Agree))).ShouldMiss(problem);
    }

    [TestCase(VoteMethod.Consent)]
    [TestCase(VoteMethod.Score)]
    [TestCase(VoteMethod.Ranking)]
    public async Task Abstaining_is_explicit_in_every_method_and_carries_no_concern(VoteMethod method)
    {
        await ChooseAsync(method, VoteOption.Talk);
        (await world.TryAsync(voters[0], Abstention() with { Reason = " " })).ShouldMiss("reason required");
        await world.DoAsync(voters[0], Abstention() with { Concern = 9, Confidence = 9, Proposal = VoteOption.Talk, Objection = "Nee." });
        var row = (await world.FileAsync()).Ballots.Single();
        var written = await world.BodyAsync<Ballot>(row.EventId);
        Assert.That((row.Choice, row.Answer, row.Concern, row.Confidence), Is.EqualTo(((VoteOption?)null, (string?)null, (int?)null, (int?)null)));
        Assert.That((written.Abstains, written.Method, written.Objection), Is.EqualTo((true, (VoteMethod?)method, (string?)null)));
    }

    [TestCase(VoteMethod.Consent)]
    [TestCase(VoteMethod.Score)]
    [TestCase(VoteMethod.Ranking)]
    public async Task An_answer_needs_concern_confidence_and_a_reason(VoteMethod method)
    {
        await ChooseAsync(method, VoteOption.Talk);
        var ballot = Any(method) with { Concern = null, Confidence = 101, Reason = null };
        (await world.TryAsync(voters[0], ballot)).ShouldMiss("concern required", "confidence range", "reason required");
    }

    [Test]
    public async Task When_all_abstain_on_a_proposal_nothing_leads_and_any_decision_is_in_line()
    {
        await ChooseAsync(VoteMethod.Consent, VoteOption.Talk);
        foreach (var voter in voters)
        {
            await world.DoAsync(voter, Abstention());
        }

        var file = await world.FileAsync();
        Assert.That(Enum.GetValues<VoteOption>().Where(o => DecisionRules.Deviates(file, o)), Is.Empty);
        Assert.That(await OutputsAsync(), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task An_objection_makes_deciding_the_proposal_a_departure_and_gives_the_objector_words()
    {
        await ChooseAsync(VoteMethod.Consent, VoteOption.Talk);
        foreach (var voter in voters.Skip(1))
        {
            await world.DoAsync(voter, Position(ConsentPosition.Agree));
        }

        await world.DoAsync(voters[0], Position(ConsentPosition.Object) with { Objection = "Zijn moeder weet nog niets.", Concern = 8 });
        Assert.That(await OutputsAsync(), Is.EqualTo((75, 8)));
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        (await world.TryAsync(world.Owner, world.Decide(VoteOption.Talk))).ShouldMiss("decision.deviationReason required");
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Support));
        var file = await world.FileAsync();
        Assert.That(file.CurrentDecision!.Deviates, Is.False, "something else than what was objected to departs from nothing");
        Assert.That(DissentRules.MayState(file, voters[0].Person), Is.False, "who objected is content");
        Assert.That(DissentRules.MayState(file, voters[1].Person), Is.True, "who agreed is not");
    }

    [Test]
    public async Task A_condorcet_winner_is_what_the_decision_is_held_against()
    {
        await ChooseAsync(VoteMethod.Ranking);
        VoteOption[][] rankings = [[VoteOption.Talk, VoteOption.Support], [VoteOption.Support, VoteOption.Talk], [VoteOption.Support], [VoteOption.NoConcern, VoteOption.Support]];
        foreach (var (place, voter) in voters.Index())
        {
            await world.DoAsync(voter, Ranked(rankings[place]));
        }

        var file = await world.FileAsync();
        Assert.That(DecisionRules.Deviates(file, VoteOption.Support), Is.False);
        Assert.That(DecisionRules.Deviates(file, VoteOption.Talk), Is.True);
        Assert.That(await OutputsAsync(), Is.EqualTo((50, 5)));
    }

    [Test]
    public async Task The_second_round_keeps_the_method_and_shows_ones_own_earlier_answer()
    {
        await ChooseAsync(VoteMethod.Score);
        foreach (var voter in voters)
        {
            await world.DoAsync(voter, Any(VoteMethod.Score));
        }

        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        var ballot = (await ViewAsync(voters[0])).Room!.Ballot!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((ballot.Method, ballot.Options.Count), Is.EqualTo((VoteMethod.Score, 3)));
            Assert.That(ballot.MyEarlier!.Scores, Is.EqualTo(Any(VoteMethod.Score).Scores!.OrderBy(s => s.Option)));
            Assert.That(ballot.MyEarlier.Abstained, Is.False);
        }

        (await world.TryAsync(voters[0], Any(VoteMethod.Score) with { Round = 2 })).ShouldMiss("changedMyMind required");
        (await world.TryAsync(voters[1], Abstention() with { Round = 2 })).ShouldMiss("changedMyMind required");
        await world.DoAsync(voters[0], Any(VoteMethod.Score) with { Round = 2, ChangedMyMind = "Niets." });
    }

    private async Task<CaseView> ViewAsync(Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "room", CancellationToken.None)).View!;

    private Task<CommandResult> ChooseAsync(VoteMethod method, VoteOption? proposal = null) =>
        world.DoAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), method == VoteMethod.Consent ? [] : Three) { Method = method, Proposal = proposal });

    private CastVoteCommand Any(VoteMethod method) => method switch
    {
        VoteMethod.SingleChoice => world.Vote(),
        VoteMethod.Consent => Position(ConsentPosition.Agree),
        VoteMethod.Score => Scored((VoteOption.Talk, 8), (VoteOption.Support, 3), (VoteOption.NoConcern, 0)),
        VoteMethod.Ranking => Ranked(VoteOption.Talk),
    };

    private CastVoteCommand Abstention() => new(world.NewId(), 1, null, null, null, "Ik ken hen te goed.");

    private CastVoteCommand Position(ConsentPosition position) => Bare() with { Position = position, Proposal = VoteOption.Talk };

    private CastVoteCommand Scored(params (VoteOption Option, int Score)[] scores) =>
        Bare() with { Scores = [.. scores.Select(s => new OptionScore(s.Option, s.Score))] };

    private CastVoteCommand Ranked(params VoteOption[] ranking) => Bare() with { Ranking = ranking };

    private CastVoteCommand Bare() => new(world.NewId(), 1, null, 5, 60, "Omdat we het kunnen vragen.");

    private async Task<(int Agreement, int MaxConcern)> OutputsAsync()
    {
        var outputs = (await world.LastBodyAsync<StepCompletion>("step.completed")).Outputs!;
        return (outputs["Agreement"].GetInt32(), outputs["MaxConcern"].GetInt32());
    }
}
