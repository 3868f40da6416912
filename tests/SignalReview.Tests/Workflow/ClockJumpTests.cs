using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

/// <summary>The server's clock is wrong, the process was asleep, summer time begins or ends: each deadline fires once, and never early.</summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class ClockJumpTests
{
    [TestCase(1, TestName = "The_clock_is_an_hour_ahead_for_a_while")]
    [TestCase(24, TestName = "The_clock_is_a_day_ahead_for_a_while")]
    [TestCase(24 * 30, TestName = "The_clock_is_a_month_ahead_for_a_while")]
    public async Task What_fired_by_a_clock_that_was_ahead_stays_fired_when_it_is_put_right(int hours)
    {
        await using var world = await ReadingAsync();
        var due = await DueAsync(world);
        await world.PassAsync(due - TimeSpan.FromMinutes(30) - world.Now);
        var right = world.Now;
        await world.PassAsync(TimeSpan.FromHours(hours));
        var (phase, fired, trail) = ((await world.FileAsync()).Phase, await world.CountAsync("deadline.fired"), (await world.TrailAsync()).Count);
        world.Time.AdjustTime(right);
        await world.FireDeadlinesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fired, Is.GreaterThanOrEqualTo(1));
            Assert.That((await world.FileAsync()).Phase, Is.EqualTo(phase));
            Assert.That((await world.TrailAsync()).Count, Is.EqualTo(trail), "nothing fires twice and nothing is taken back");
        }

        await world.PassAsync(TimeSpan.FromHours(1)); // over the first deadline once more
        Assert.That((await world.TrailAsync()).Count(e => e.Type == "interpretations.revealed"), Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(24)]
    public async Task A_clock_that_is_put_back_makes_a_deadline_later_never_earlier(int hours)
    {
        await using var world = await ReadingAsync();
        var due = await DueAsync(world);
        await world.PassAsync(due - TimeSpan.FromMilliseconds(1) - world.Now);
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Interpreting));
        world.Time.AdjustTime(world.Now - TimeSpan.FromHours(hours));
        await world.FireDeadlinesAsync();
        await world.PassAsync(TimeSpan.FromHours(hours));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Interpreting), "a millisecond is left");
        await world.PassAsync(TimeSpan.FromMilliseconds(1));
        await world.FireDeadlinesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Comparing));
            Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
            Assert.That(await world.CountAsync("deadline.reminded"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_retry_that_was_set_by_a_clock_ahead_does_not_wait_for_that_day()
    {
        await using var world = await ReadingAsync();
        var due = await DueAsync(world);
        await SetInputsAsync(world, "{}");
        world.Time.Advance(due - world.Now + TimeSpan.FromDays(400));
        await world.Get<Deadlines>().FireDueAsync(CancellationToken.None); // fails
        world.Time.AdjustTime(due + TimeSpan.FromMinutes(1));
        await SetInputsAsync(world, """{"Quorum":1}""");
        await world.Get<Deadlines>().FireDueAsync(CancellationToken.None);
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Comparing));
    }

    [Test]
    public async Task A_process_that_slept_over_the_weekend_catches_up_once()
    {
        await using var world = await ReadingAsync();
        world.Time.Advance(TimeSpan.FromDays(6));
        for (var look = 0; look < 5; look++)
        {
            await world.FireDeadlinesAsync();
        }

        var trail = await world.TrailAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Comparing));
            Assert.That(trail.Count(e => e.Type == "deadline.fired"), Is.EqualTo(1));
            Assert.That(trail.Count(e => e.Type == "interpretations.revealed"), Is.EqualTo(1));
            Assert.That((await world.FileAsync()).OpenStep("Compare")!.DueAt, Is.GreaterThan(world.Now), "the next step has its whole time");
        }
    }

    // The working week ends on the Friday before the change and goes on on the Monday after it.
    [TestCase("2026-03-26T15:00:00Z", TestName = "Over_the_change_to_summer_time")]
    [TestCase("2026-10-22T15:00:00Z", TestName = "Over_the_change_to_winter_time")]
    public async Task Over_a_change_of_the_clock_a_deadline_fires_at_its_local_hour(string start)
    {
        await using var world = await CaseWorld.StartAsync();
        world.Time.SetUtcNow(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        await world.InInterpretingAsync();
        var calendar = await CalendarAsync(world);
        var (asked, due) = ((await world.FileAsync()).OpenStep("CollectInterpretations")!.AskedAt, await DueAsync(world));
        Assert.That(WorkingTime.Between(calendar, asked, due), Is.EqualTo(TimeSpan.FromHours(16)));
        Assert.That(TimeZoneInfo.ConvertTime(asked, calendar.Zone).Offset, Is.Not.EqualTo(TimeZoneInfo.ConvertTime(due, calendar.Zone).Offset));
        for (var at = world.Now; at < due; at = at.AddMinutes(30))
        {
            world.Time.SetUtcNow(at);
            await world.FireDeadlinesAsync();
            Assert.That(await world.CountAsync("deadline.fired"), Is.Zero, $"at {at}");
        }

        world.Time.SetUtcNow(due);
        await world.FireDeadlinesAsync();
        await world.FireDeadlinesAsync();
        Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_trail_keeps_its_order_whatever_the_clock_did()
    {
        await using var world = await ReadingAsync();
        world.Time.AdjustTime(world.Now - TimeSpan.FromDays(1));
        await world.DoAsync((await world.ReadersAsync())[2], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        var trail = await world.TrailAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trail.Select(e => e.CaseSeq), Is.EqualTo(Enumerable.Range(1, trail.Count)));
            Assert.That(trail[^1].At, Is.LessThan(trail[^10].At), "the trail says what the clock said; its order is its numbers'");
            Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Comparing));
        }
    }

    /// <summary>Two of three have read: at the deadline the quorum is met.</summary>
    private static async Task<CaseWorld> ReadingAsync()
    {
        var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        foreach (var reader in (await world.ReadersAsync()).Take(2))
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        return world;
    }

    private static async Task<DateTimeOffset> DueAsync(CaseWorld world) => (await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value;

    private static async Task<TeamCalendar> CalendarAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return await TeamHours.LoadAsync(db, (await world.FileAsync()).Case.Team, CancellationToken.None);
    }

    private static async Task SetInputsAsync(CaseWorld world, string inputs)
    {
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync($"UPDATE open_steps SET inputs = '{inputs}'", CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }
}
