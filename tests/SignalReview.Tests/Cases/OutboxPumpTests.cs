using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SignalReview.Cases;
using SignalReview.Rooms;

namespace SignalReview.Tests.Cases;

internal sealed class OutboxPumpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private CaseWorld world;

    [SetUp]
    public async Task StartAsync() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task StopAsync() => await world.DisposeAsync();

    [Test]
    public async Task A_commit_wakes_the_pump()
    {
        var heard = new Ears();
        using var pump = Pump(heard);
        await pump.StartAsync(CancellationToken.None);
        await world.SubmitAsync();
        await UntilAsync(() => heard.Messages.Any(m => m.News.Types.Contains("signal.submitted")));
        await pump.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Two_pumps_on_one_database_tell_each_message_once_and_each_case_in_order()
    {
        var first = new Ears();
        var second = new Ears();
        var both = new ConcurrentQueue<OutboxMessage>();
        first.Also = second.Also = both.Enqueue;
        using var one = Pump(first);
        using var other = Pump(second);
        await Task.WhenAll(one.StartAsync(CancellationToken.None), other.StartAsync(CancellationToken.None));
        await world.InWeighingAsync();
        var last = (await world.FileAsync()).Case.Seq;

        await UntilAsync(() => both.Any(m => m.Seq == last));
        await Task.WhenAll(one.StopAsync(CancellationToken.None), other.StopAsync(CancellationToken.None));

        Assert.That(both.Select(m => m.Seq), Is.Ordered.And.Unique);
    }

    [Test]
    public async Task After_a_crash_between_commit_and_delivery_the_next_process_delivers()
    {
        await world.InRoomAsync();
        // The process that committed had claimed all of it, and died.
        var lost = await new Outbox(world.Database, world.Time).NextAsync(OutboxBatch.None, CancellationToken.None);
        var heard = new Ears();
        using var restarted = Pump(heard);
        await restarted.StartAsync(CancellationToken.None);

        world.Time.Advance(Outbox.Lease + TimeSpan.FromSeconds(1));
        await UntilAsync(() => heard.Messages.Count == lost.Messages.Count);
        await restarted.StopAsync(CancellationToken.None);

        Assert.That(heard.Messages.Select(m => m.Seq), Is.EqualTo(lost.Messages.Select(m => m.Seq)));
    }

    [Test]
    public async Task A_failing_delivery_is_tried_again_and_keeps_its_case_in_order()
    {
        await world.InRoomAsync();
        var last = (await world.FileAsync()).Case.Seq;
        var heard = new Ears { Fails = 1 };
        using var pump = Pump(heard);
        await pump.StartAsync(CancellationToken.None);
        await UntilAsync(() => heard.Failed == 1);

        // Each look that finds nothing is followed by another; the clock only says when the pause is over.
        await UntilAsync(
            () =>
            {
                world.Time.Advance(TimeSpan.FromSeconds(1));
                return heard.Messages.Any(m => m.Seq == last);
            });
        await pump.StopAsync(CancellationToken.None);

        Assert.That(heard.Messages.Select(m => m.Seq), Is.Ordered.And.Unique);
    }

    [Test]
    public async Task A_stopping_pump_leaves_nothing_claimed_behind()
    {
        await world.InRoomAsync();
        var stuck = new Ears { Fails = int.MaxValue };
        using (var pump = Pump(stuck))
        {
            await pump.StartAsync(CancellationToken.None);
            await UntilAsync(() => stuck.Failed > 0);
            await pump.StopAsync(CancellationToken.None);
        }

        world.Time.Advance(Outbox.Pause + TimeSpan.FromSeconds(1));
        var next = await new Outbox(world.Database, world.Time).NextAsync(OutboxBatch.None, CancellationToken.None);

        Assert.That(next.IsEmpty, Is.False);
    }

    [Test]
    public async Task A_vote_is_told_without_its_voter_and_its_choice()
    {
        await world.InVoteAsync();
        var voter = (await world.VotersAsync())[0];
        var vote = world.Vote(VoteOption.Emergency);
        var cast = await world.DoAsync(voter, vote);

        var told = (await new Outbox(world.Database, world.Time).AfterAsync(world.Case, cast.Seq - 1, CancellationToken.None)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.News.Types, Is.EqualTo(new[] { "vote.cast" }));
            Assert.That(told.News.Created, Is.Null);
        }
    }

    private OutboxPump Pump(IOutboxDelivery delivery) =>
        new(new(world.Database, world.Time), delivery, world.Get<CommitSignal>(), world.Time, NullLogger<OutboxPump>.Instance);

    private static async Task UntilAsync(Func<bool> reached)
    {
        var clock = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.That(clock.Elapsed, Is.LessThan(Patience), "it did not happen");
            await Task.Delay(20);
        }
    }

    private sealed class Ears : IOutboxDelivery
    {
        private readonly ConcurrentQueue<OutboxMessage> heard = new();
        private int failed;

        public ConcurrentQueue<OutboxMessage> Messages => heard;

        public int Failed => failed;

        public int Fails { get; set; }

        public Action<OutboxMessage>? Also { get; set; }

        public Task DeliverAsync(OutboxMessage message, CancellationToken ct)
        {
            if (failed < Fails)
            {
                Interlocked.Increment(ref failed);
                throw new IOException("the line is down");
            }

            heard.Enqueue(message);
            Also?.Invoke(message);
            return Task.CompletedTask;
        }
    }
}
