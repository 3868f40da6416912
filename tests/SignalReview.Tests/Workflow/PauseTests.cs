using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

[Parallelizable(ParallelScope.Children)]
internal sealed class PauseTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    [Test]
    public async Task While_the_clock_stands_still_nothing_fires()
    {
        await using var world = await PausedAsync();
        await world.PassAsync(TimeSpan.FromDays(10));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Interpreting));
            Assert.That(await world.CountAsync("deadline.fired"), Is.Zero);
            Assert.That(await world.CountAsync("deadline.reminded"), Is.Zero);
        }
    }

    [Test]
    public async Task The_working_time_that_was_left_is_left_at_the_resume()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        world.Time.Advance(TimeSpan.FromHours(3));
        var calendar = await CalendarAsync(world);
        var left = WorkingTime.Between(calendar, world.Now, (await StepAsync(world)).DueAt!.Value);
        await PauseAsync(world);
        world.Time.Advance(TimeSpan.FromDays(5)); // to a Saturday
        await ResumeAsync(world);

        var step = await StepAsync(world);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left, Is.GreaterThan(TimeSpan.FromHours(4)));
            Assert.That(WorkingTime.Between(calendar, world.Now, step.DueAt!.Value), Is.EqualTo(left));
            Assert.That((step.PausedAt, step.ResumesAt, step.PausedEvent), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null, (Guid?)null)));
        }
    }

    [Test]
    public async Task Reminder_and_deadline_come_once_each_after_the_resume()
    {
        await using var world = await PausedAsync();
        world.Time.Advance(TimeSpan.FromDays(3));
        await ResumeAsync(world);
        var due = (await StepAsync(world)).DueAt!.Value;
        await world.PassAsync(due - TimeSpan.FromHours(3) - world.Now);
        var reminded = await world.CountAsync("deadline.reminded");
        await world.PassAsync(due - TimeSpan.FromSeconds(1) - world.Now);
        var early = await world.CountAsync("deadline.fired");
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await world.FireDeadlinesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reminded, Is.EqualTo(1));
            Assert.That(early, Is.Zero);
            Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
            Assert.That(await world.CountAsync("deadline.reminded"), Is.EqualTo(1));
            Assert.That(await world.CountAsync("deadline.resumed"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_reminder_that_was_told_is_not_told_again()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        await world.PassAsync((await StepAsync(world)).DueAt!.Value - TimeSpan.FromMinutes(30) - world.Now);
        await PauseAsync(world);
        world.Time.Advance(TimeSpan.FromDays(1));
        await ResumeAsync(world);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.That(await world.CountAsync("deadline.reminded"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_pause_ends_by_itself_when_it_has_lasted_as_long_as_it_may()
    {
        await using var world = await PausedAsync();
        var paused = await StepAsync(world);
        await world.PassAsync(Longest - TimeSpan.FromSeconds(1));
        var before = await world.CountAsync("deadline.resumed");
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await world.FireDeadlinesAsync();

        var step = await StepAsync(world);
        var resumed = await world.LastBodyAsync<DeadlineResumedBody>("deadline.resumed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(await world.CountAsync("deadline.resumed"), Is.EqualTo(1));
            Assert.That(resumed, Is.EqualTo(new DeadlineResumedBody("CollectInterpretations", step.DueAt!.Value, ByItself: true)));
            Assert.That(paused.ResumesAt, Is.EqualTo(paused.PausedAt + Longest));
            Assert.That(step.DueAt, Is.EqualTo(paused.DueAt), "as was told at the pause");
            Assert.That(step.PausedAt, Is.Null);
        }
    }

    [Test]
    public async Task A_pause_that_ended_while_the_process_slept_ended_when_it_should_have()
    {
        await using var world = await PausedAsync();
        var told = (await StepAsync(world)).DueAt!.Value;
        world.Time.Advance(told - world.Now + TimeSpan.FromHours(1));
        var late = await world.TryAsync((await world.ReadersAsync())[0], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        await world.FireDeadlinesAsync();
        await world.FireDeadlinesAsync();
        using (Assert.EnterMultipleScope())
        {
            late.ShouldBeRefused("reading-too-late");
            Assert.That(await world.CountAsync("deadline.resumed"), Is.EqualTo(1));
            Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Readings_during_a_pause_are_in_time_and_the_last_ends_step_and_pause()
    {
        await using var world = await PausedAsync();
        var due = (await StepAsync(world)).DueAt;
        world.Time.Advance(TimeSpan.FromDays(9));
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        await world.PassAsync(TimeSpan.FromMinutes(1));
        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Comparing));
            Assert.That(file.OpenSteps, Has.All.Property(nameof(OpenStepRow.PausedAt)).Null);
            Assert.That(await OpenAsync(world), Is.EqualTo(file.OpenSteps.Count), "nothing of the pause is left to fire");
            Assert.That(due, Is.GreaterThan(world.Now));
        }
    }

    [Test]
    public async Task Ballots_during_a_pause_are_in_time_and_the_rounds_own_time_follows()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        var first = (await world.FileAsync()).CurrentRound!.DueAt;
        await PauseAsync(world, "CollectVotes");
        world.Time.Advance(first - world.Now + TimeSpan.FromHours(1));
        var voters = await world.VotersAsync();
        await world.DoAsync(voters[0], world.Vote());
        await ResumeAsync(world, "CollectVotes");

        var file = await world.FileAsync();
        Assert.That(file.CurrentRound!.DueAt, Is.EqualTo(file.OpenStep("CollectVotes")!.DueAt).And.GreaterThan(first));
        world.Time.Advance(file.CurrentRound.DueAt - world.Now + TimeSpan.FromMilliseconds(1));
        (await world.TryAsync(voters[1], world.Vote())).ShouldBeRefused("vote-too-late");
    }

    [Test]
    public async Task More_time_ends_a_pause_and_brings_its_own_reminder()
    {
        await using var world = await PausedAsync();
        var step = await StepAsync(world);
        world.Time.Advance(TimeSpan.FromDays(2));
        var running = await DueIfResumedAsync(world, step);
        (await world.TryAsync(world.Facilitator, new ExtendDeadlineCommand(world.NewId(), step.Node, running, "Meer tijd"))).ShouldMiss("dueAt notLater");
        var later = running.AddDays(2);
        await world.DoAsync(world.Facilitator, new ExtendDeadlineCommand(world.NewId(), step.Node, later, "Meer tijd"));

        step = await StepAsync(world);
        Assert.That((step.DueAt, step.PausedAt, step.ResumesAt), Is.EqualTo(((DateTimeOffset?)later, (DateTimeOffset?)null, (DateTimeOffset?)null)));
        await world.PassAsync(later - TimeSpan.FromHours(1) - world.Now);
        Assert.That(await world.CountAsync("deadline.reminded"), Is.EqualTo(1));
        await world.PassAsync(TimeSpan.FromHours(1) + Longest);
        await world.FireDeadlinesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await world.CountAsync("deadline.resumed"), Is.EqualTo(1));
            Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_deadline_by_the_wall_clock_keeps_its_hours()
    {
        await using var world = await (await CaseWorld.StartAsync()).InFollowUpAsync();
        var due = (await world.FileAsync()).OpenStep("FollowUp")!.DueAt!.Value;
        await PauseAsync(world, "FollowUp");
        world.Time.Advance(TimeSpan.FromDays(4));
        await ResumeAsync(world, "FollowUp");
        Assert.That((await world.FileAsync()).OpenStep("FollowUp")!.DueAt, Is.EqualTo(due.AddDays(4)));
    }

    [Test]
    public async Task One_that_was_extended_into_a_weekend_keeps_what_was_left()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        var node = (await StepAsync(world)).Node;
        await world.DoAsync(world.Facilitator, new ExtendDeadlineCommand(world.NewId(), node, new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero), "Open dag"));
        world.Time.SetUtcNow(new(2026, 3, 21, 10, 0, 0, TimeSpan.Zero));
        await PauseAsync(world);
        world.Time.Advance(TimeSpan.FromHours(5));
        await ResumeAsync(world);
        Assert.That((await StepAsync(world)).DueAt, Is.EqualTo(world.Now.AddHours(2)));
    }

    [Test]
    public async Task Who_leads_or_coordinates_may_pause_with_a_reason_and_once()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        var node = (await StepAsync(world)).Node;
        (await world.TryAsync(world.Owner, new PauseDeadlineCommand(world.NewId(), node, "Ziek"))).ShouldBeForbidden();
        (await world.TryAsync(world.Owner, new ResumeDeadlineCommand(world.NewId(), node))).ShouldBeForbidden();
        (await world.TryAsync(world.Facilitator, new PauseDeadlineCommand(world.NewId(), "Nothing", "Ziek"))).ShouldBeRefused("step-not-open");
        (await world.TryAsync(world.Facilitator, new PauseDeadlineCommand(world.NewId(), node, " "))).ShouldMiss("reason required");
        (await world.TryAsync(world.Facilitator, new ResumeDeadlineCommand(world.NewId(), node))).ShouldBeRefused("deadline-not-paused");
        (await world.TryAsync(world.Facilitator, new ResumeDeadlineCommand(world.NewId(), "Nothing"))).ShouldBeRefused("step-not-open");
        await world.DoAsync(world.Coordinator, new PauseDeadlineCommand(world.NewId(), node, "De gespreksleider is ziek"));
        (await world.TryAsync(world.Facilitator, new PauseDeadlineCommand(world.NewId(), node, "Ziek"))).ShouldBeRefused("deadline-already-paused");
        await world.DoAsync(world.Facilitator, new ResumeDeadlineCommand(world.NewId(), node));
        world.Time.Advance((await StepAsync(world)).DueAt!.Value - world.Now);
        (await world.TryAsync(world.Facilitator, new PauseDeadlineCommand(world.NewId(), node, "Ziek"))).ShouldBeRefused("deadline-passed");
    }

    [Test]
    public async Task Nobody_waits_in_acute_danger()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync("urgent");
        var node = (await world.FileAsync()).OpenStep("AwaitImmediateDecision")!.Node;
        (await world.TryAsync(world.Coordinator, new PauseDeadlineCommand(world.NewId(), node, "Ziek"))).ShouldBeRefused("deadline-not-pausable");
    }

    [TestCase(36, 36)]
    [TestCase(0, 0)]
    [TestCase(null, 14 * 24)]
    public void The_definition_says_how_long(int? hours, int expected)
    {
        var step = new OpenStepRow { Activity = "Clarify", Inputs = hours is null ? "{}" : $$"""{"MaxPauseHours":{{hours}}}""" };
        Assert.That(DeadlinePauses.Longest(step), Is.EqualTo(TimeSpan.FromHours(expected)));
    }

    [Test]
    public async Task A_pause_is_shown_to_who_may_see_it_and_its_reason_to_who_reads_the_case()
    {
        await using var world = await PausedAsync();
        var step = await StepAsync(world);
        var view = (await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "case", CancellationToken.None)).View!;
        var board = (await world.Get<Board>().ReadAsync(world.Coordinator, 1, 10, CancellationToken.None)).View!;
        var work = await world.Get<WorkList>().ReadAsync((await world.ReadersAsync())[0], 1, 10, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Waiting.Single().Pause, Is.EqualTo(new PauseView(step.PausedAt!.Value, step.ResumesAt!.Value, "De inzender is ziek.")));
            Assert.That(board.Items.Single().Steps.Single().PausedUntil, Is.EqualTo(step.ResumesAt));
            Assert.That(work.Waiting.Items.Single().PausedUntil, Is.EqualTo(step.ResumesAt));
        }
    }

    [Test]
    public async Task Pause_and_deadline_at_the_same_moment_end_one_way_or_the_other()
    {
        for (var time = 0; time < 10; time++)
        {
            await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
            foreach (var reader in (await world.ReadersAsync()).Take(2))
            {
                await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading())); // enough to go on at the deadline
            }

            var step = await StepAsync(world);
            // A millisecond before: the pause is in time, and the clock moves on while it is given.
            world.Time.Advance(step.DueAt!.Value - world.Now - TimeSpan.FromMilliseconds(1));
            CommandResult? pause = null;
            await Task.WhenAll(
                Task.Run(async () => pause = await world.TryAsync(world.Facilitator, new PauseDeadlineCommand(world.NewId(), step.Node, "Ziek"))),
                Task.Run(async () =>
                {
                    world.Time.Advance(TimeSpan.FromMilliseconds(1));
                    await world.FireDeadlinesAsync();
                }));

            Assert.That(await world.CountAsync("deadline.fired"), Is.EqualTo(pause!.Done ? 0 : 1));
        }
    }

    private static async Task<CaseWorld> PausedAsync()
    {
        var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        await PauseAsync(world);
        return world;
    }

    private static async Task PauseAsync(CaseWorld world, string activity = "CollectInterpretations") =>
        await world.DoAsync(
            world.Facilitator, new PauseDeadlineCommand(world.NewId(), (await world.FileAsync()).OpenStep(activity)!.Node, "De inzender is ziek."));

    private static async Task ResumeAsync(CaseWorld world, string activity = "CollectInterpretations") =>
        await world.DoAsync(world.Facilitator, new ResumeDeadlineCommand(world.NewId(), (await world.FileAsync()).OpenStep(activity)!.Node));

    private static async Task<OpenStepRow> StepAsync(CaseWorld world) => (await world.FileAsync()).OpenStep("CollectInterpretations")!;

    private static async Task<TeamCalendar> CalendarAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return await TeamHours.LoadAsync(db, (await world.FileAsync()).Case.Team, CancellationToken.None);
    }

    private static async Task<DateTimeOffset> DueIfResumedAsync(CaseWorld world, OpenStepRow paused)
    {
        var calendar = await CalendarAsync(world);
        var left = WorkingTime.Between(calendar, paused.ResumesAt!.Value, paused.DueAt!.Value);
        return WorkingTime.Add(calendar, world.Now, left);
    }

    private static async Task<int> OpenAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var due = await db.QueryAsync<DeadlineRow>(
            "workflow/due_deadlines", new { Now = world.Now.AddYears(1), Sooner = world.Now.AddYears(2) }, CancellationToken.None);
        return due.Count(d => d.Kind == DeadlineKind.Step || d.Kind == DeadlineKind.Resume);
    }

    private sealed record DeadlineRow
    {
        public DeadlineKind Kind { get; init; }
    }
}
