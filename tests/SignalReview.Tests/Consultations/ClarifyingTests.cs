using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Tests.Consultations;

[TestFixture]
internal sealed class ClarifyingTests
{
    private CaseWorld world = null!;
    private IReadOnlyList<Actor> readers = null!;

    [SetUp]
    public async Task Start()
    {
        world = await (await CaseWorld.StartAsync()).SubmitAsync();
        readers = await world.ReadersAsync();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_question_is_asked_answered_and_marked()
    {
        var asked = await world.DoAsync(readers[0], new AskQuestionCommand(world.NewId(), "Zit de straatnaam al in de studioversie?"));
        await world.DoAsync(world.Submitter, new AnswerQuestionCommand(world.NewId(), asked.Created!.Value, "Nee."));
        await world.DoAsync(world.Submitter, new MarkQuestionCommand(world.NewId(), asked.Created.Value, Helped: true));

        var question = (await world.FileAsync()).Questions.Single();
        Assert.That((question.QuestionId, question.Helped), Is.EqualTo((asked.Created.Value, (bool?)true)));
        Assert.That((await world.BodyAsync<AnswerBody>(question.AnsweredEvent!.Value)).Answer, Is.EqualTo("Nee."));
    }

    [Test]
    public async Task Clarifying_ends_by_itself_when_all_are_ready_and_all_is_answered()
    {
        var asked = await world.DoAsync(readers[0], new AskQuestionCommand(world.NewId(), "Wat zag je zelf?"));
        foreach (var reader in readers)
        {
            await world.DoAsync(reader, new ReadyToReadCommand(world.NewId()));
        }

        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Clarifying), "a question is still open");
        await world.DoAsync(world.Submitter, new AnswerQuestionCommand(world.NewId(), asked.Created!.Value, "Alleen de story."));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Interpreting));
    }

    [Test]
    public async Task The_deadline_ends_clarifying_too()
    {
        foreach (var reader in readers)
        {
            await world.DoAsync(reader, new AcceptInvitationCommand(world.NewId()));
        }

        await world.PassDeadlineAsync("Clarify");
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Interpreting));
    }

    [Test]
    public async Task Each_refusal_says_what_is_the_matter()
    {
        (await world.TryAsync(world.Submitter, new AskQuestionCommand(world.NewId(), "Mag ik?"))).ShouldBeRefused("not-yours", RefusalKind.Forbidden);
        (await world.TryAsync(readers[0], new AskQuestionCommand(world.NewId(), " "))).ShouldMiss("question required");
        (await world.TryAsync(world.Submitter, new AnswerQuestionCommand(world.NewId(), world.NewId(), "Ja."))).ShouldMiss("question unknown");
        var asked = await world.DoAsync(readers[0], new AskQuestionCommand(world.NewId(), "Wie zag het?"));
        (await world.TryAsync(readers[1], new AnswerQuestionCommand(world.NewId(), asked.Created!.Value, "Ik."))).ShouldBeRefused("not-yours", RefusalKind.Forbidden);
        (await world.TryAsync(world.Submitter, new MarkQuestionCommand(world.NewId(), asked.Created.Value, true))).ShouldBeRefused("question-not-answered");
        await world.DoAsync(world.Submitter, new AnswerQuestionCommand(world.NewId(), asked.Created.Value, "Ik."));
        (await world.TryAsync(world.Submitter, new AnswerQuestionCommand(world.NewId(), asked.Created.Value, "Anders."))).ShouldBeRefused("question-already-answered");
        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        (await world.TryAsync(readers[0], new AskQuestionCommand(world.NewId(), "Nog een?"))).ShouldBeRefused("clarifying-not-open");
    }
}
