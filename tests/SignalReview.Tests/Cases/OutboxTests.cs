using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Tests.Cases;

/// <summary>What was committed is claimed, delivered and settled; two processes share the work without getting in each other's way.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.SqlServer)]
internal sealed class OutboxTests(SqlDialect dialect)
{
    private CaseWorld? world;

    private CaseWorld World => world ?? throw new InvalidOperationException("The world exists only while a test runs.");

    [SetUp]
    public async Task StartAsync() => world = await CaseWorld.StartAsync(dialect);

    [TearDown]
    public async Task StopAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync(); // there is none where the database is missing
            world = null;
        }
    }

    [Test]
    public async Task Each_command_has_its_message_with_the_seq_of_its_receipt()
    {
        await World.SubmitAsync();
        var submitted = (await World.FileAsync()).Case.Seq;

        var batch = await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);

        var message = batch.Messages.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Case, Is.EqualTo(World.Case));
            Assert.That(message.Seq, Is.EqualTo(submitted));
            Assert.That(message.News.Types, Does.Contain("signal.submitted"));
        }
    }

    [Test]
    public async Task A_message_is_told_once_when_all_goes_well()
    {
        await World.InRoomAsync();
        var outbox = NewOutbox();
        var batch = await outbox.NextAsync(OutboxBatch.None, CancellationToken.None);
        DeliverAll(batch);

        var next = await outbox.NextAsync(batch, CancellationToken.None);
        World.Time.Advance(Outbox.Lease * 2);
        var later = await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(batch.Messages, Has.Count.GreaterThan(5));
            Assert.That(batch.Messages.Select(m => m.Seq), Is.Ordered);
            Assert.That(next.IsEmpty);
            Assert.That(later.IsEmpty);
        }
    }

    [Test]
    public async Task What_one_process_has_claimed_no_other_gets()
    {
        await World.InRoomAsync();
        var mine = await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);
        var theirs = await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mine.IsEmpty, Is.False);
            Assert.That(theirs.IsEmpty);
        }
    }

    [Test]
    public async Task A_process_that_dies_between_claim_and_delivery_loses_nothing()
    {
        await World.InRoomAsync();
        var lost = await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);

        World.Time.Advance(Outbox.Lease + TimeSpan.FromSeconds(1));
        var taken = await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);

        Assert.That(taken.Messages.Select(m => m.OutboxId), Is.EqualTo(lost.Messages.Select(m => m.OutboxId)));
    }

    [Test]
    public async Task A_process_that_was_only_slow_does_not_settle_what_another_took_over()
    {
        await World.InRoomAsync();
        var slow = NewOutbox();
        var late = await slow.NextAsync(OutboxBatch.None, CancellationToken.None);
        World.Time.Advance(Outbox.Lease + TimeSpan.FromSeconds(1));
        await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);
        DeliverAll(late);
        await slow.SettleAsync(late, CancellationToken.None);

        World.Time.Advance(Outbox.Lease + TimeSpan.FromSeconds(1));
        var third = await NewOutbox().NextAsync(OutboxBatch.None, CancellationToken.None);

        Assert.That(third.Messages, Has.Count.EqualTo(late.Messages.Count), "the second process died too; its messages must come again");
    }

    [Test]
    public async Task A_case_is_told_in_order_also_when_another_process_holds_its_earlier_news()
    {
        await World.InRoomAsync();
        var first = NewOutbox();
        var earlier = await first.NextAsync(OutboxBatch.None, CancellationToken.None);
        await World.DoAsync(World.Facilitator, new OpenVoteCommand(World.NewId()));

        var second = NewOutbox();
        var tooSoon = await second.NextAsync(OutboxBatch.None, CancellationToken.None);
        DeliverAll(earlier);
        await first.SettleAsync(earlier, CancellationToken.None);
        var inTurn = await second.NextAsync(OutboxBatch.None, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tooSoon.IsEmpty);
            Assert.That(inTurn.Messages.Single().News.Types, Does.Contain("vote.opened"));
        }
    }

    [Test]
    public async Task What_could_not_be_handed_on_comes_again_after_a_pause_and_holds_back_what_follows_in_its_case()
    {
        await World.InRoomAsync();
        var outbox = NewOutbox();
        var batch = await outbox.NextAsync(OutboxBatch.None, CancellationToken.None);
        batch.Delivered(batch.Messages[0]);
        batch.Failed(batch.Messages[1]);

        var atOnce = await outbox.NextAsync(batch, CancellationToken.None);
        World.Time.Advance(Outbox.Pause + TimeSpan.FromSeconds(1));
        var afterwards = await outbox.NextAsync(atOnce, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atOnce.IsEmpty);
            Assert.That(afterwards.Messages.Select(m => m.Seq), Is.EqualTo(batch.Messages.Skip(1).Select(m => m.Seq)));
        }
    }

    [Test]
    public async Task Who_was_away_can_ask_what_came_after_and_after_thirty_days_it_is_gone()
    {
        await World.InRoomAsync();
        var outbox = NewOutbox();
        var batch = await outbox.NextAsync(OutboxBatch.None, CancellationToken.None);
        DeliverAll(batch);
        await outbox.SettleAsync(batch, CancellationToken.None);
        var seen = batch.Messages[2].Seq;

        var missed = await outbox.AfterAsync(World.Case, seen, CancellationToken.None);
        var deletedTooSoon = await outbox.DeleteOldAsync(CancellationToken.None);
        World.Time.Advance(Outbox.Kept + TimeSpan.FromMinutes(1));
        var deleted = await outbox.DeleteOldAsync(CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missed.Select(m => m.Seq), Is.EqualTo(batch.Messages.Skip(3).Select(m => m.Seq)));
            Assert.That(deletedTooSoon, Is.Zero);
            Assert.That(deleted, Is.EqualTo(batch.Messages.Count));
            Assert.That(await outbox.AfterAsync(World.Case, 0, CancellationToken.None), Is.Empty);
        }
    }

    [Test]
    public async Task What_was_not_delivered_is_never_cleaned_away()
    {
        await World.InRoomAsync();
        World.Time.Advance(Outbox.Kept * 2);

        Assert.That(await NewOutbox().DeleteOldAsync(CancellationToken.None), Is.Zero);
    }

    private static void DeliverAll(OutboxBatch batch)
    {
        foreach (var message in batch.Messages)
        {
            batch.Delivered(message);
        }
    }

    // Each stands for a process.
    private Outbox NewOutbox() => new(World.Database, World.Time);
}
