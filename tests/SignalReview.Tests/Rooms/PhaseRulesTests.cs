using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

/// <summary>Who may say what in which phase, and what somebody is told who may not.</summary>
[TestFixture]
internal sealed class PhaseRulesTests
{
    private CaseWorld world = null!;
    private CaseFile file = null!;
    private PersonId reader;

    [OneTimeSetUp]
    public async Task Start()
    {
        world = await CaseWorld.StartAsync();
        await world.InRoomAsync();
        file = await world.FileAsync();
        reader = (await world.ReadersAsync())[0].Person;
    }

    [OneTimeTearDown]
    public async Task End() => await world.DisposeAsync();

    /// <summary>In the order question, answer, remark, advice, takeaway.</summary>
    [TestCase(RoomPhase.Questions, "Fits QuestionsOnly QuestionsOnly AdviceLater TakeawayLater")]
    [TestCase(RoomPhase.Analysis, "Fits Fits Fits AdviceLater TakeawayLater")]
    [TestCase(RoomPhase.Advice, "AdviceOnly Fits AdviceOnly Fits TakeawayLater")]
    [TestCase(RoomPhase.Discussion, "Fits Fits Fits Fits TakeawayLater")]
    [TestCase(RoomPhase.Vote, "Fits Fits Fits AdviceOver TakeawayLater")]
    [TestCase(RoomPhase.Revealed, "Fits Fits Fits AdviceOver TakeawayLater")]
    [TestCase(RoomPhase.Harvest, "TakeawaysOnly TakeawaysOnly TakeawaysOnly TakeawaysOnly Fits")]
    public void A_reader_says_what_the_phase_is_for(RoomPhase phase, string expected) => Verdicts(phase, reader, expected);

    [TestCase(RoomPhase.Questions, "AnswersOnly Fits AnswersOnly AnswersOnly AnswersOnly")]
    [TestCase(RoomPhase.Analysis, "Listening Listening Listening Listening Listening")]
    [TestCase(RoomPhase.Advice, "Fits TakeInAdvice TakeInAdvice TakeInAdvice TakeawayLater")]
    [TestCase(RoomPhase.Discussion, "Fits Fits Fits Fits TakeawayLater")]
    [TestCase(RoomPhase.Vote, "Fits Fits Fits AdviceOver TakeawayLater")]
    [TestCase(RoomPhase.Revealed, "Fits Fits Fits AdviceOver TakeawayLater")]
    [TestCase(RoomPhase.Harvest, "TakeawaysOnly TakeawaysOnly TakeawaysOnly TakeawaysOnly Fits")]
    public void Who_brought_the_case_in_answers_then_listens(RoomPhase phase, string expected) => Verdicts(phase, world.Owner.Person, expected);

    [Test]
    public void An_owner_who_did_not_submit_listens_as_well()
    {
        var handedOver = file with { Case = file.Case with { OwnerId = CaseWorld.Colleague(2).Person } };
        var listening = Verdict(At(RoomPhase.Analysis, handedOver), CaseWorld.Colleague(2).Person, MessageKind.Remark);
        Assert.That(listening, Is.EqualTo(PhaseVerdict.Listening));
        Assert.That(Verdict(At(RoomPhase.Analysis, handedOver), world.Submitter.Person, MessageKind.Remark), Is.EqualTo(PhaseVerdict.Listening));
    }

    [Test]
    public void Whoever_leads_may_say_how_things_go_on([Values] RoomPhase phase) =>
        Assert.That(Verdict(At(phase, file), world.Facilitator.Person, MessageKind.Remark), Is.EqualTo(PhaseVerdict.Fits));

    [Test]
    public void Whoever_has_the_floor_may_talk_in_any_phase([Values] RoomPhase phase)
    {
        var given = At(phase, file);
        given = given with { Room = given.Room! with { FloorId = world.Owner.Person } };
        Assert.That(Verdict(given, world.Owner.Person, MessageKind.Remark), Is.EqualTo(PhaseVerdict.Fits));
        Assert.That(Verdict(given, reader, MessageKind.Remark), Is.EqualTo(Verdict(At(phase, file), reader, MessageKind.Remark)), "nobody else may");
    }

    [Test]
    public void A_question_asks_something_and_an_answer_answers_a_question()
    {
        var asking = At(RoomPhase.Questions, file);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PhaseRules.Judge(asking, reader, MessageKind.Question, "Ik vind dit ernstig.", null), Is.EqualTo(PhaseVerdict.NoQuestion));
            Assert.That(PhaseRules.Judge(asking, reader, MessageKind.Question, "Wie was erbij?", null), Is.EqualTo(PhaseVerdict.Fits));
            Assert.That(PhaseRules.Judge(asking, world.Owner.Person, MessageKind.Answer, "Zij.", null), Is.EqualTo(PhaseVerdict.AnswersOnly));
            Assert.That(PhaseRules.Judge(asking, world.Owner.Person, MessageKind.Answer, "Zij.", MessageKind.Remark), Is.EqualTo(PhaseVerdict.AnswersOnly));
            Assert.That(PhaseRules.Judge(asking, world.Owner.Person, MessageKind.Answer, "Zij.", MessageKind.Question), Is.EqualTo(PhaseVerdict.Fits));
            Assert.That(PhaseRules.Judge(At(RoomPhase.Discussion, file), reader, MessageKind.Question, "Ik vraag me iets af.", null), Is.EqualTo(PhaseVerdict.Fits), "later nobody counts question marks");
        }
    }

    [Test]
    public void What_is_offered_is_what_may_be_said_the_most_fitting_first()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PhaseRules.Kinds(At(RoomPhase.Questions, file), reader, inReply: false), Is.EqualTo(new[] { MessageKind.Question }));
            Assert.That(PhaseRules.Kinds(At(RoomPhase.Questions, file), world.Owner.Person, inReply: false), Is.Empty);
            Assert.That(PhaseRules.Kinds(At(RoomPhase.Questions, file), world.Owner.Person, inReply: true), Is.EqualTo(new[] { MessageKind.Answer }));
            Assert.That(PhaseRules.Kinds(At(RoomPhase.Analysis, file), world.Owner.Person, inReply: true), Is.Empty);
            Assert.That(PhaseRules.Kinds(At(RoomPhase.Advice, file), reader, inReply: false)[0], Is.EqualTo(MessageKind.Advice));
            Assert.That(PhaseRules.Kinds(At(RoomPhase.Harvest, file), reader, inReply: false), Is.EqualTo(new[] { MessageKind.Takeaway }));
            Assert.That(PhaseRules.Kinds(At(RoomPhase.Discussion, file), reader, inReply: false)[0], Is.EqualTo(MessageKind.Remark));
        }
    }

    [Test]
    public async Task What_does_not_fit_is_refused_kindly_and_nothing_is_said()
    {
        await using var own = await CaseWorld.StartAsync();
        await own.InRoomAsync();
        var first = (await own.ReadersAsync())[0];
        (await own.TryAsync(first, new SayCommand(own.NewId(), "Bel de ouders.", MessageKind.Advice))).ShouldBeRefused("phase-advice-later");
        (await own.TryAsync(first, new SayCommand(own.NewId(), "Ernstig."))).ShouldBeRefused("phase-questions-only");
        (await own.TryAsync(first, new SayCommand(own.NewId(), "Ernstig.", MessageKind.Question))).ShouldBeRefused("phase-no-question");
        (await own.TryAsync(own.Owner, new SayCommand(own.NewId(), "Nou."))).ShouldBeRefused("phase-answers-only");
        Assert.That((await own.FileAsync()).Messages, Is.Empty);

        var asked = await own.DoAsync(first, new SayCommand(own.NewId(), "Wie was erbij?", MessageKind.Question));
        await own.DoAsync(own.Owner, new SayCommand(own.NewId(), "Twee jongens.", MessageKind.Answer, asked.Created));
        await own.DoAsync(own.Facilitator, new MovePhaseCommand(own.NewId(), "questions"));
        (await own.TryAsync(own.Owner, new SayCommand(own.NewId(), "Maar…"))).ShouldBeRefused("phase-listening");
        await own.DoAsync(own.Facilitator, new MovePhaseCommand(own.NewId(), "analysis"));
        (await own.TryAsync(own.Owner, new SayCommand(own.NewId(), "Ja, maar…"))).ShouldBeRefused("phase-take-in-advice");
        (await own.TryAsync(first, new SayCommand(own.NewId(), "Hm."))).ShouldBeRefused("phase-advice-only");
        await own.DoAsync(first, new SayCommand(own.NewId(), "Bel de ouders.", MessageKind.Advice));
        (await own.TryAsync(first, new SayCommand(own.NewId(), "Ik leerde iets.", MessageKind.Takeaway))).ShouldBeRefused("phase-takeaway-later");
        await own.DoAsync(own.Facilitator, new OpenVoteCommand(own.NewId()));
        (await own.TryAsync(first, new SayCommand(own.NewId(), "Bel toch maar.", MessageKind.Advice))).ShouldBeRefused("phase-advice-over");
    }

    private static CaseFile At(RoomPhase phase, CaseFile file) => file with { Room = file.Room! with { RoomPhase = phase } };

    private static PhaseVerdict Verdict(CaseFile file, PersonId who, MessageKind kind) => PhaseRules.Judge(file, who, kind, "Wat?", MessageKind.Question);

    private void Verdicts(RoomPhase phase, PersonId who, string expected) => Assert.That(
        string.Join(' ', Enum.GetValues<MessageKind>().Select(kind => Verdict(At(phase, file), who, kind))), Is.EqualTo(expected));
}
