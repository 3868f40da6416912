using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

/// <summary>What a message is, to what it replies and what it is about.</summary>
[TestFixture]
internal sealed class TalkTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_message_is_a_remark_unless_it_says_otherwise()
    {
        await world.InTalkAsync();
        await world.DoAsync(world.Facilitator, new SayCommand(world.NewId(), "Welkom."));
        await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "Wat missen we?", MessageKind.Question));
        var messages = (await MessagesAsync(world.Owner)).Select(m => (m.Text, m.Kind));
        Assert.That(messages, Is.EqualTo(new[] { ("Welkom.", MessageKind.Remark), ("Wat missen we?", MessageKind.Question) }));
    }

    [Test]
    public async Task A_reply_names_the_message_it_answers()
    {
        await world.InTalkAsync();
        var asked = await world.DoAsync(world.Facilitator, new SayCommand(world.NewId(), "Wat missen we?", MessageKind.Question));
        await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "De school.", MessageKind.Answer, asked.Created));
        Assert.That((await MessagesAsync(world.Facilitator))[1].ReplyTo, Is.EqualTo(asked.Created));
    }

    [Test]
    public async Task A_reply_to_nothing_is_refused_and_nothing_is_said()
    {
        await world.InTalkAsync();
        (await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "Eens.", ReplyTo: world.NewId()))).ShouldBeRefused("message-not-found");
        Assert.That((await world.FileAsync()).Messages, Is.Empty);
    }

    [Test]
    public async Task A_message_is_about_a_reading_that_was_revealed()
    {
        await world.InTalkAsync();
        var reading = (await ViewAsync(world.Owner)).Readings.Revealed![1];
        var anchor = new MessageAnchor(AnchorKind.Reading, reading.Id);
        await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "Hier twijfel ik over.", Anchor: anchor));
        Assert.That((await MessagesAsync(world.Facilitator)).Single().Anchor, Is.EqualTo(anchor));
    }

    [Test]
    public async Task A_message_is_about_a_question_that_was_asked()
    {
        await world.SubmitAsync();
        var reader = (await world.ReadersAsync())[0];
        await world.DoAsync(reader, new AcceptInvitationCommand(world.NewId()));
        var asked = await world.DoAsync(reader, new AskQuestionCommand(world.NewId(), "Wie zag het?"));
        await world.DoAsync(world.Owner, new AnswerQuestionCommand(world.NewId(), asked.Created!.Value, "Ik."));
        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        foreach (var each in await world.ReadersAsync())
        {
            await world.DoAsync(each, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        var anchor = new MessageAnchor(AnchorKind.Question, asked.Created.Value);
        await world.DoAsync(world.Facilitator, new SayCommand(world.NewId(), "Dit antwoord roept iets op.", Anchor: anchor));
        Assert.That((await MessagesAsync(world.Owner)).Single().Anchor, Is.EqualTo(anchor));
    }

    [TestCase(AnchorKind.Reading)]
    [TestCase(AnchorKind.Question)]
    public async Task What_is_not_there_cannot_be_talked_about(AnchorKind kind)
    {
        await world.InTalkAsync();
        var said = await world.TryAsync(world.Owner, new SayCommand(world.NewId(), "Dit.", Anchor: new(kind, world.NewId())));
        said.ShouldBeRefused("anchor-not-seen");
    }

    [Test]
    public async Task A_reply_is_about_what_its_thread_is_about()
    {
        await world.InTalkAsync();
        var first = await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "Wat denk jij?"));
        var anchor = new MessageAnchor(AnchorKind.Reading, (await ViewAsync(world.Owner)).Readings.Revealed![0].Id);
        var said = await world.TryAsync(world.Facilitator, new SayCommand(world.NewId(), "Dit.", ReplyTo: first.Created, Anchor: anchor));
        said.ShouldMiss("anchor inReply");
    }

    private async Task<CaseView> ViewAsync(Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "room", CancellationToken.None)).View!;

    private async Task<IReadOnlyList<MessageView>> MessagesAsync(Actor actor) => (await ViewAsync(actor)).Room!.Messages;
}
