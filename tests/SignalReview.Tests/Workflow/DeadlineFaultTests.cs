using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

/// <summary>One case's deadline that cannot be fired, and what becomes of the others, of the log and of who should know.</summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class DeadlineFaultTests
{
    [Test]
    public async Task One_that_cannot_be_fired_is_tried_ever_more_rarely_and_fires_when_it_can()
    {
        await using var world = await BrokenAsync();
        var tries = 0;
        for (var second = 0; second < 600; second++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            tries += await world.Get<Deadlines>().FireDueAsync(CancellationToken.None);
        }

        Assert.That(tries, Is.InRange(5, 12));
        await SetInputsAsync(world, """{"Quorum":1,"DeadlineHours":16}""");
        await PassQuietlyAsync(world, TimeSpan.FromMinutes(5));
        Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
    }

    [Test]
    public void The_wait_doubles_up_to_five_minutes() =>
        Assert.That(
            Enumerable.Range(1, 11).Append(1000).Select(n => Deadlines.RetryAfter(n).TotalSeconds),
            Is.EqualTo(new[] { 2, 4, 8, 16, 32, 64, 128, 300, 300, 300, 300, 300 }));

    [Test]
    public async Task Sixty_that_cannot_be_fired_do_not_keep_another_from_firing()
    {
        await using var world = await BrokenAsync();
        // More than one look takes, and all of them longer due than the healthy one.
        await ScriptAsync(world, $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
            INSERT INTO deadlines (deadline_id, case_id, kind, node, due_at, state)
            SELECT printf('00000000-0000-7000-8000-%012x', i), case_id, kind, node, '2026-03-01T00:00:00.000000Z', 'open'
            FROM deadlines, n WHERE kind = 'step' AND state = 'open'
            """);
        await world.InInterpretingAsync(); // another case
        var healthy = (await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value;
        foreach (var reader in (await world.ReadersAsync()).Take(2))
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        world.Time.Advance(healthy - world.Now);
        for (var look = 0; look < 3; look++)
        {
            await PassQuietlyAsync(world, TimeSpan.FromMilliseconds(1));
        }

        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Comparing));
    }

    [Test]
    public async Task A_fault_is_logged_once_a_try_and_leaves_nothing_in_the_trail()
    {
        await using var world = await BrokenAsync();
        var before = (await world.TrailAsync()).Count;
        for (var second = 0; second < 60; second++)
        {
            await PassQuietlyAsync(world, TimeSpan.FromSeconds(1));
        }

        Assert.That((await world.TrailAsync()).Count, Is.EqualTo(before));
    }

    [Test]
    public async Task A_race_that_the_clock_lost_is_no_refusal()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        world.Time.Advance((await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value - world.Now);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(world.FireDeadlinesAsync)));
        Assert.That(await world.CountAsync("command.refused"), Is.Zero);
        Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
    }

    [Test]
    public async Task Two_states_are_told_apart_a_case_that_fails_and_a_service_that_stopped()
    {
        await using var world = await BrokenAsync();
        var health = world.Get<DeadlineHealth>();
        var onTime = await health.ReadAsync(CancellationToken.None);
        for (var second = 0; second < 90; second++)
        {
            await PassQuietlyAsync(world, TimeSpan.FromSeconds(1));
        }

        var failing = await health.ReadAsync(CancellationToken.None);
        world.Time.Advance(TimeSpan.FromMinutes(30)); // nobody looks any more
        var stopped = await health.ReadAsync(CancellationToken.None);
        var board = (await world.Get<Board>().ReadAsync(world.Coordinator, 1, 10, CancellationToken.None)).View!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(onTime, Is.EqualTo(new DeadlineReport(DeadlineState.OnTime, 0, 0, TimeSpan.Zero)));
            Assert.That(failing, Is.EqualTo(new DeadlineReport(DeadlineState.Failing, 1, 1, TimeSpan.FromSeconds(90))));
            Assert.That(stopped.State, Is.EqualTo(DeadlineState.Stopped));
            Assert.That(board.Deadlines, Is.EqualTo(stopped));
        }
    }

    [Test]
    public async Task A_service_that_never_ran_is_noticed()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        var due = (await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value;
        world.Time.Advance(due - TimeSpan.FromHours(3) - world.Now);
        await world.FireDeadlinesAsync(); // invitations and the reminder
        world.Time.Advance(due - world.Now + TimeSpan.FromSeconds(60));
        var within = await world.Get<DeadlineHealth>().ReadAsync(CancellationToken.None);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await world.Get<DeadlineHealth>().ReadAsync(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(within.State, Is.EqualTo(DeadlineState.OnTime));
            Assert.That(after, Is.EqualTo(new DeadlineReport(DeadlineState.Stopped, 1, 0, TimeSpan.FromSeconds(61))));
        }
    }

    [Test]
    public async Task The_log_says_it_at_most_once_a_minute()
    {
        await using var world = await BrokenAsync();
        world.Time.Advance(TimeSpan.FromMinutes(2));
        using var log = new Lines();
        using var watch = new DeadlineWatch(world.Get<DeadlineHealth>(), world.Time, log);
        await watch.LookAsync(CancellationToken.None);
        var first = log.Count;
        for (var look = 0; look < 12; look++)
        {
            world.Time.Advance(DeadlineWatch.Pause);
            await watch.LookAsync(CancellationToken.None);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.Zero, "one look alone says nothing: the service may just have woken up");
            Assert.That(log.Count, Is.EqualTo(4), "in four minutes");
        }
    }

    [TestCase("0")]
    [TestCase("-5")]
    [TestCase("soon")]
    public async Task A_setting_that_cannot_be_read_is_named(string setting)
    {
        await using var world = await CaseWorld.StartAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Deadlines:AlertAfterSeconds"] = setting }).Build();
        Assert.That(
            () => new DeadlineHealth(world.Database, configuration, world.Time),
            Throws.InvalidOperationException.With.Message.Contains("Deadlines:AlertAfterSeconds"));
    }

    /// <summary>At the deadline of a step whose stored inputs were damaged, with everything else fired.</summary>
    private static async Task<CaseWorld> BrokenAsync()
    {
        var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        await SetInputsAsync(world, "{}");
        var due = (await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value;
        await PassQuietlyAsync(world, due - TimeSpan.FromSeconds(1) - world.Now);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        return world;
    }

    private static async Task PassQuietlyAsync(CaseWorld world, TimeSpan time)
    {
        world.Time.Advance(time);
        await world.Get<Deadlines>().FireDueAsync(CancellationToken.None);
    }

    private static Task SetInputsAsync(CaseWorld world, string inputs) =>
        ScriptAsync(world, $"UPDATE open_steps SET inputs = '{inputs}' WHERE activity = 'CollectInterpretations'");

    private static async Task ScriptAsync(CaseWorld world, string script)
    {
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync(script, CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }

    private sealed class Lines : ILogger<DeadlineWatch>, IDisposable
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.That(logLevel, Is.EqualTo(LogLevel.Warning));
            Count++;
        }

        public void Dispose()
        {
        }
    }
}
