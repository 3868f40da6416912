using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

/// <summary>Who is mentioned finds it in their work, until they have seen the room.</summary>
[TestFixture]
internal sealed class MentionTests
{
    private CaseWorld world = null!;
    private Actor reader = null!;

    [SetUp]
    public async Task Start()
    {
        world = await CaseWorld.StartAsync();
        await world.InTalkAsync();
        reader = (await world.ReadersAsync())[0];
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Who_was_mentioned_is_called_until_they_see_the_room()
    {
        await SayAsync([reader.Person.Value]);
        Assert.That(await IsCalledAsync(reader));
        await SeeAsync(reader, "case");
        Assert.That(await IsCalledAsync(reader), "the case is not the room");
        await SeeAsync(reader, "room");
        Assert.That(await IsCalledAsync(reader), Is.False);
        Assert.That(await IsCalledAsync((await world.ReadersAsync())[1]), Is.False);
    }

    [Test]
    public async Task The_room_shows_who_was_mentioned_and_the_trail_keeps_it()
    {
        var said = await SayAsync([reader.Person.Value, world.Facilitator.Person.Value, reader.Person.Value]);
        var message = (await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "room", CancellationToken.None)).View!.Room!.Messages.Single();
        Assert.That(message.Mentions.Select(m => m.Id), Is.EqualTo(new[] { reader.Person, world.Facilitator.Person }));
        Assert.That((await world.BodyAsync<MessageBody>(said)).Mentions, Is.EqualTo(new[] { reader.Person, world.Facilitator.Person }));
    }

    [Test]
    public async Task Somebody_outside_the_room_is_not_mentioned()
    {
        var command = new SayCommand(world.NewId(), "Wat vind jij?", Mentions: [world.Coordinator.Person.Value]);
        (await world.TryAsync(world.Owner, command)).ShouldBeRefused("mention-not-in-room");
        var said = await SayAsync(null);
        var edit = new EditMessageCommand(world.NewId(), said, "Wat vind jij?", [world.NewId()]);
        (await world.TryAsync(world.Owner, edit)).ShouldBeRefused("mention-not-in-room");
    }

    [Test]
    public async Task An_edit_calls_whom_it_mentions_and_no_longer_whom_it_does_not()
    {
        var other = (await world.ReadersAsync())[1];
        var said = await SayAsync([reader.Person.Value]);
        await world.DoAsync(world.Owner, new EditMessageCommand(world.NewId(), said, "Wat vind jij?", [other.Person.Value]));
        Assert.That(await IsCalledAsync(reader), Is.False);
        Assert.That(await IsCalledAsync(other));
    }

    [Test]
    public async Task What_was_retracted_calls_nobody()
    {
        var said = await SayAsync([reader.Person.Value]);
        await world.DoAsync(world.Owner, new RetractMessageCommand(world.NewId(), said));
        Assert.That(await IsCalledAsync(reader), Is.False);
    }

    [Test]
    public async Task Who_mentions_themselves_is_not_called()
    {
        await SayAsync([world.Owner.Person.Value]);
        Assert.That(await IsCalledAsync(world.Owner), Is.False);
    }

    private async Task<Guid> SayAsync(IReadOnlyList<Guid>? mentions) =>
        (await world.DoAsync(world.Owner, new SayCommand(world.NewId(), "Wat denk jij?", Mentions: mentions))).Created!.Value;

    private async Task SeeAsync(Actor actor, string view) => await world.Get<CaseReads>().ReadAsync(actor, world.Case, view, CancellationToken.None);

    private async Task<bool> IsCalledAsync(Actor actor) =>
        (await world.Get<WorkList>().ReadAsync(actor, 1, 25, CancellationToken.None)).Waiting.Items.Any(i => i.Kind == WorkKind.Mentioned);
}
