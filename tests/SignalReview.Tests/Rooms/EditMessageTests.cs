using System.Text;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Rooms;

/// <summary>Changing what one said, and taking it back: nothing goes without a trace.</summary>
[TestFixture]
internal sealed class EditMessageTests
{
    private CaseWorld world = null!;
    private Guid said;

    [SetUp]
    public async Task Start()
    {
        world = await CaseWorld.StartAsync();
        await world.InTalkAsync();
        said = (await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "De straat is nieuw."))).Created!.Value;
        world.Time.Advance(TimeSpan.FromMinutes(3));
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task An_edit_shows_the_new_text_and_keeps_the_earlier_one()
    {
        var first = world.Now.AddMinutes(-3);
        await world.DoAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "De straatnaam is nieuw."));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.DoAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "De straatnaam is later toegevoegd."));
        var message = await MessageAsync(world.Facilitator);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Text, Is.EqualTo("De straatnaam is later toegevoegd."));
            Assert.That(message.EditedAt, Is.EqualTo(world.Now));
            Assert.That(message.At, Is.EqualTo(first));
            Assert.That(
                message.Earlier,
                Is.EqualTo(new EarlierText[] { new(first, "De straat is nieuw."), new(world.Now.AddMinutes(-1), "De straatnaam is nieuw.") }));
        }
    }

    [Test]
    public async Task Sent_back_as_it_was_it_is_not_edited()
    {
        await world.DoAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "De straat is nieuw."));
        Assert.That(await world.CountAsync("message.edited"), Is.Zero);
        Assert.That((await MessageAsync(world.Owner)).EditedAt, Is.Null);
    }

    [Test]
    public async Task The_same_command_twice_edits_once()
    {
        var command = new EditMessageCommand(world.NewId(), said, "Anders.");
        var first = await world.DoAsync(world.Owner, command);
        var again = await world.DoAsync(world.Owner, command);
        Assert.That(again.Seq, Is.EqualTo(first.Seq));
        Assert.That(await world.CountAsync("message.edited"), Is.EqualTo(1));
    }

    [Test]
    public async Task Anothers_message_is_not_edited_by_anyone()
    {
        foreach (var other in new[] { world.Facilitator, (await world.ReadersAsync())[0] })
        {
            (await world.TryAsync(other, new EditMessageCommand(world.NewId(), said, "Mijn woorden."))).ShouldBeForbidden("not-your-message");
        }

        (await world.TryAsync(world.Coordinator, new EditMessageCommand(world.NewId(), said, "Mijn woorden."))).ShouldBeForbidden("not-in-room");
    }

    [Test]
    public async Task What_was_never_said_is_not_edited() =>
        (await world.TryAsync(world.Owner, new EditMessageCommand(world.NewId(), world.NewId(), "Iets."))).ShouldBeRefused("message-not-found");

    [Test]
    public async Task An_edit_has_words_too() =>
        (await world.TryAsync(world.Owner, new EditMessageCommand(world.NewId(), said, " "))).ShouldMiss("text required");

    [Test]
    public async Task After_the_harvest_nothing_is_edited_and_what_should_not_stay_can_still_go()
    {
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        (await world.TryAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "Te laat."))).ShouldBeRefused("room-not-open");
        await world.DoAsync(world.Owner, new RetractMessageCommand(world.NewId(), said));
        Assert.That((await MessageAsync(world.Owner)).Text, Is.Null);
    }

    [Test]
    public async Task What_was_retracted_is_no_longer_read_in_the_room_and_stays_in_the_trail()
    {
        await world.DoAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "De straatnaam is nieuw."));
        await world.DoAsync(world.Owner, new RetractMessageCommand(world.NewId(), said));
        var message = await MessageAsync(world.Facilitator);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Text, Is.Null);
            Assert.That(message.Earlier, Is.Empty);
            Assert.That(message.EditedAt, Is.Null);
            Assert.That((message.Retracted!.By.Id, message.Retracted.At, message.Retracted.Reason), Is.EqualTo((world.Owner.Person, world.Now, (string?)null)));
            Assert.That((await world.BodyAsync<MessageBody>(said)).Text, Is.EqualTo("De straat is nieuw."));
        }
    }

    [Test]
    public async Task Who_leads_the_room_retracts_anothers_message_with_a_reason()
    {
        (await world.TryAsync(world.Facilitator, new RetractMessageCommand(world.NewId(), said))).ShouldMiss("reason required");
        await world.DoAsync(world.Facilitator, new RetractMessageCommand(world.NewId(), said, "Er stond een naam in."));
        var retracted = (await MessageAsync(world.Owner)).Retracted!;
        Assert.That((retracted.By.Id, retracted.Reason), Is.EqualTo((world.Facilitator.Person, "Er stond een naam in.")));
    }

    [Test]
    public async Task A_reader_does_not_retract_anothers_message()
    {
        var reader = (await world.ReadersAsync())[0];
        (await world.TryAsync(reader, new RetractMessageCommand(world.NewId(), said, "Oneens."))).ShouldBeForbidden("not-your-message");
        (await world.TryAsync(reader, new RetractMessageCommand(world.NewId(), world.NewId(), "Oneens."))).ShouldBeRefused("message-not-found");
    }

    [Test]
    public async Task What_was_retracted_is_neither_edited_nor_retracted_again()
    {
        await world.DoAsync(world.Facilitator, new RetractMessageCommand(world.NewId(), said, "Er stond een naam in."));
        (await world.TryAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "Zonder naam."))).ShouldBeRefused("message-retracted");
        (await world.TryAsync(world.Owner, new RetractMessageCommand(world.NewId(), said))).ShouldBeRefused("message-retracted");
    }

    [Test]
    public async Task An_edit_and_a_retraction_at_once_leave_it_retracted()
    {
        for (var i = 0; i < 5; i++)
        {
            var id = (await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "Nog iets."))).Created!.Value;
            var results = await Task.WhenAll(
                Task.Run(() => world.TryAsync(world.Owner, new EditMessageCommand(world.NewId(), id, "Nog iets anders."))),
                Task.Run(() => world.TryAsync(world.Facilitator, new RetractMessageCommand(world.NewId(), id, "Hoort hier niet."))));
            var message = (await MessagesAsync(world.Owner)).Single(m => m.Id == id);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(results[1].Done);
                Assert.That(results[0].Refusal?.Code, Is.Null.Or.EqualTo("message-retracted"));
                Assert.That(message.Text, Is.Null);
            }
        }
    }

    [Test]
    public async Task A_case_that_is_over_stays_as_it_is()
    {
        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Vergissing"));
        (await world.TryAsync(world.Owner, new RetractMessageCommand(world.NewId(), said))).ShouldBeRefused("case-not-running");
    }

    [Test]
    public async Task No_view_holds_a_retracted_word()
    {
        await world.DoAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "Ook weg."));
        await world.DoAsync(world.Owner, new RetractMessageCommand(world.NewId(), said));
        var view = (await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "room", CancellationToken.None)).View!;
        var json = Encoding.UTF8.GetString(TrailJson.Canonical(view));
        Assert.That(json, Does.Not.Contain("De straat is nieuw.").And.Not.Contain("Ook weg."));
    }

    private async Task<MessageView> MessageAsync(Actor actor) => (await MessagesAsync(actor)).Single();

    private async Task<IReadOnlyList<MessageView>> MessagesAsync(Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "case", CancellationToken.None)).View!.Room!.Messages;
}
