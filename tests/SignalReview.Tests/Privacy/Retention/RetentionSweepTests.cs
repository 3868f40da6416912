using SignalReview.Cases;
using SignalReview.Privacy.Holds;
using SignalReview.Privacy.Retention;
using SignalReview.Signals;
using SignalReview.Storage;

namespace SignalReview.Tests.Privacy.Retention;

/// <summary>From an ended case to its notice, what can be done against it, and its erasure.</summary>
internal sealed class RetentionSweepTests
{
    private RetentionWorld world = null!;

    private CaseWorld Cases => world.Cases;

    [SetUp]
    public async Task Start() => world = await RetentionWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_case_records_by_which_version_of_the_rules_it_is_due()
    {
        var id = await world.WithdrawnAsync();
        var row = await world.RowAsync(id);
        var told = await Cases.LastBodyAsync<RetentionReckonedBody>("retention.reckoned");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row!.Sha256, Is.EqualTo(Cases.Get<RuleSets>().Loaded.Head.Sha256));
            Assert.That((row.RuleName, row.Ground, row.GroundBy), Is.EqualTo(("all", "task", GroundSource.Standard)));
            Assert.That(row.DueOn, Is.EqualTo(Cases.Today.AddDays(RetentionWorld.KeepDays)));
            Assert.That((told.Rules, told.Rule, told.DueOn), Is.EqualTo(("days@1", "all", row.DueOn)));
        }

        await world.SweepAsync();
        Assert.That(await Cases.CountAsync("retention.reckoned"), Is.EqualTo(1), "what did not change is not told again");
    }

    [Test]
    public async Task The_ground_of_the_signal_chooses_the_rule()
    {
        var id = await world.WithdrawnAsync(Cases.Signal() with { LawfulBasis = "Jeugdhulp op verzoek" });
        var row = await world.RowAsync(id);
        Assert.That((row!.RuleName, row.Ground, row.GroundBy), Is.EqualTo(("care", "care", GroundSource.Submission)));
    }

    [Test]
    public async Task A_ground_that_a_person_chose_stays()
    {
        var id = await world.WithdrawnAsync();
        (await Cases.Get<SetGround>().RunAsync(Cases.Facilitator, id, new(Cases.NewId(), "care", "x"), CancellationToken.None)).ShouldBeRefused("not-yours", RefusalKind.Forbidden);
        (await Cases.Get<SetGround>().RunAsync(Cases.Owner, id, new(Cases.NewId(), "habit", ""), CancellationToken.None)).ShouldMiss("ground unknown", "reason required");
        (await Cases.Get<SetGround>().RunAsync(Cases.Owner, id, new(Cases.NewId(), "care", "Het was hulp."), CancellationToken.None)).ShouldBeDone();
        await world.SweepAsync();
        var row = await world.RowAsync(id);
        Assert.That((row!.RuleName, row.GroundBy, row.DueOn), Is.EqualTo(("care", GroundSource.Person, (DateOnly?)Cases.Today.AddDays(400))));
    }

    [Test]
    public async Task It_is_told_beforehand_and_erased_on_its_day()
    {
        var id = await world.WithdrawnAsync();
        await world.PassAsync(RetentionWorld.KeepDays - RetentionWorld.NoticeDays - 1);
        Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Counting));
        await world.PassAsync(1);
        var notice = await Cases.LastBodyAsync<NoticeBody>("retention.noticed");
        Assert.That((notice.Rule, notice.DueOn, notice.NoticeDays), Is.EqualTo(("all", Cases.Today.AddDays(RetentionWorld.NoticeDays), RetentionWorld.NoticeDays)));

        await world.PassAsync(RetentionWorld.NoticeDays - 1);
        Assert.That(await world.IsErasedAsync(id), Is.False);
        await world.PassAsync(2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await world.IsErasedAsync(id), Is.True);
            Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Erased));
            Assert.That(await Cases.CountAsync("subject.erased"), Is.EqualTo(1));
            Assert.That(await Cases.CountAsync("retention.noticed"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Owner_coordinator_and_privacy_officer_find_the_notice_in_their_work()
    {
        await world.NoticedAsync();
        foreach (var actor in new[] { Cases.Owner, Cases.Coordinator, RetentionWorld.Officer })
        {
            var work = await Cases.Get<WorkList>().ReadAsync(actor, CancellationToken.None);
            Assert.That(work.Waiting.Items.Count(i => i.Kind == WorkKind.RetentionNotice), Is.EqualTo(1), $"{actor.Person}");
        }

        var other = await Cases.Get<WorkList>().ReadAsync(Cases.Facilitator, CancellationToken.None);
        Assert.That(other.Waiting.Items.Where(i => i.Kind == WorkKind.RetentionNotice), Is.Empty);
    }

    [Test]
    public async Task A_clock_that_leaps_shows_nobody_anything()
    {
        var id = await world.WithdrawnAsync();
        Cases.Time.Advance(TimeSpan.FromDays(3650));
        await world.SweepAsync();
        Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Noticed));
        Cases.Time.Advance(TimeSpan.FromDays(3650));
        await world.SweepAsync();
        await world.SweepAsync();
        Assert.That(await world.IsErasedAsync(id), Is.False, "twenty years on the calendar, an hour on the screen");

        await world.PassAsync(RetentionWorld.NoticeDays - 1);
        Assert.That(await world.IsErasedAsync(id), Is.False);
        await world.PassAsync(1);
        Assert.That(await world.IsErasedAsync(id), Is.True);
    }

    [Test]
    public async Task A_clock_that_is_put_back_counts_nothing_and_goes_on()
    {
        await using var db = await Cases.Database.BeginAsync(CancellationToken.None);
        var now = Cases.Now;
        var before = await RetentionClock.LookAsync(db, now, CancellationToken.None);
        Assert.That(await RetentionClock.LookAsync(db, now.AddMinutes(-30), CancellationToken.None), Is.EqualTo(before));
        Assert.That(await RetentionClock.LookAsync(db, now.AddMinutes(-29), CancellationToken.None), Is.EqualTo(before + 60));
        Assert.That(await RetentionClock.LookAsync(db, now.AddDays(9), CancellationToken.None), Is.EqualTo(before + 60 + 3600));
    }

    [Test]
    public async Task Without_two_people_nothing_is_told_or_erased()
    {
        await world.DisposeAsync();
        world = await RetentionWorld.StartAsync(active: false);
        var id = await world.WithdrawnAsync();
        await world.PassAsync(RetentionWorld.KeepDays + 5);
        Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Counting));

        var sha = Cases.Get<RuleSets>().Loaded.Head.Sha256;
        var (propose, activate) = (Cases.Get<ProposeRules>(), Cases.Get<ActivateRules>());
        (await propose.RunAsync(Cases.Coordinator, new(Cases.NewId(), sha, "x"), CancellationToken.None)).ShouldBeForbidden();
        (await propose.RunAsync(RetentionWorld.Officer, new(Cases.NewId(), "other", "x"), CancellationToken.None)).ShouldBeRefused("retention-rules-changed");
        (await propose.RunAsync(RetentionWorld.Officer, new(Cases.NewId(), sha, "x"), CancellationToken.None)).ShouldBeDone();
        (await activate.RunAsync(RetentionWorld.Officer, new(Cases.NewId(), sha, Agree: true, "x"), CancellationToken.None)).ShouldBeForbidden("retention-own-rules");
        (await activate.RunAsync(Cases.Owner, new(Cases.NewId(), sha, Agree: true, "x"), CancellationToken.None)).ShouldBeForbidden();
        await world.SweepAsync();
        Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Counting), "proposed is not let in");
        (await activate.RunAsync(Cases.Coordinator, new(Cases.NewId(), sha, Agree: true, "x"), CancellationToken.None)).ShouldBeDone();
        await world.SweepAsync();
        Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Noticed));
    }

    [Test]
    public async Task A_hold_suspends_and_its_end_lets_go()
    {
        var id = await world.NoticedAsync();
        (await world.HoldAsync(Cases.Today.AddDays(8))).ShouldBeDone();
        await world.PassAsync(8);
        Assert.That(await world.IsErasedAsync(id), Is.False, "its last day is today");
        await world.PassAsync(1);
        Assert.That(await world.IsErasedAsync(id), Is.True);
    }

    [Test]
    public async Task A_hold_placed_at_the_moment_of_the_sweep_wins_or_comes_too_late()
    {
        for (var time = 0; time < 6; time++)
        {
            await using var race = await RetentionWorld.StartAsync();
            var id = await race.NoticedAsync();
            await race.PassAsync(RetentionWorld.NoticeDays - 1);
            while ((await race.SecondsToGoAsync(id)) > 3600)
            {
                await race.PassHoursAsync(1);
            }

            Assert.That(await race.IsErasedAsync(id), Is.False, "one look before its time");
            race.Cases.Time.Advance(TimeSpan.FromHours(1));
            var held = false;
            await Task.WhenAll(
                Task.Run(race.SweepAsync),
                Task.Run(async () => held = (await race.HoldAsync()).Done));
            Assert.That(await race.IsErasedAsync(id), Is.Not.EqualTo(held), "held and kept, or erased and not held");
            if (held)
            {
                await race.PassAsync(2);
                Assert.That((await race.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Noticed), "it waits");
            }
        }
    }

    [Test]
    public async Task Two_hosts_tell_once_and_erase_once()
    {
        await using var other = await Cases.AnotherAsync();
        var id = await world.WithdrawnAsync();
        Cases.Time.Advance(TimeSpan.FromDays(RetentionWorld.KeepDays - RetentionWorld.NoticeDays));
        await BothAsync();
        Assert.That(await Cases.CountAsync("retention.noticed"), Is.EqualTo(1));
        for (var hour = 0; hour < (RetentionWorld.NoticeDays * 24) + 2; hour++)
        {
            Cases.Time.Advance(TimeSpan.FromHours(1));
            await BothAsync();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await world.IsErasedAsync(id), Is.True);
            Assert.That(await Cases.CountAsync("subject.erased"), Is.EqualTo(1));
            Assert.That(await Cases.CountAsync("retention.noticed"), Is.EqualTo(1));
        }

        Task BothAsync() => Task.WhenAll(Task.Run(world.SweepAsync), Task.Run(() => other.Get<RetentionSweep>().RunAsync(CancellationToken.None)));
    }

    [Test]
    public async Task A_restart_in_the_middle_of_a_sweep_goes_on_where_it_was()
    {
        var id = await world.NoticedAsync();
        await world.PassAsync(RetentionWorld.NoticeDays - 1);
        Cases.Time.Advance(TimeSpan.FromDays(2));
        // A host that died after it began: nobody can object any more, and nothing is erased yet.
        await using (var db = await Cases.Database.BeginAsync(CancellationToken.None))
        {
            Assert.That(await db.ExecuteAsync("retention/begin_erasing", new { CaseId = id }, CancellationToken.None), Is.EqualTo(1));
            await db.CommitAsync(CancellationToken.None);
        }

        (await world.ObjectAsync(Cases.Owner, Cases.Today.AddDays(5))).ShouldBeRefused("retention-too-late");
        await using var next = await Cases.AnotherAsync();
        for (var hour = 0; hour < 30; hour++)
        {
            Cases.Time.Advance(TimeSpan.FromHours(1));
            await next.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        }

        Assert.That(await world.IsErasedAsync(id), Is.True);
        Assert.That(await Cases.CountAsync("subject.erased"), Is.EqualTo(1));
    }

    [Test]
    public async Task Asking_to_keep_it_longer_stops_the_erasure_until_somebody_else_answers()
    {
        var id = await world.NoticedAsync();
        var until = Cases.Today.AddDays(20);
        (await world.ObjectAsync(Cases.Facilitator, until)).ShouldBeForbidden();
        (await world.ObjectAsync(Cases.Owner, Cases.Today, "")).ShouldMiss("until notLater", "reason required");
        (await world.ObjectAsync(Cases.Owner, Cases.Today.AddDays(40))).ShouldMiss("until tooFar");
        (await world.ObjectAsync(Cases.Owner, until)).ShouldBeDone();
        (await world.ObjectAsync(Cases.Coordinator, until)).ShouldBeRefused("retention-already-asked");
        await world.PassAsync(RetentionWorld.NoticeDays + 3);
        Assert.That(await world.IsErasedAsync(id), Is.False, "the question waits");

        (await world.AnswerAsync(Cases.Owner, grant: true)).ShouldBeForbidden();
        (await world.AnswerAsync(RetentionWorld.Officer, grant: true)).ShouldBeDone();
        var row = await world.RowAsync(id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((row!.State, row.DueOn, row.PostponedUntil), Is.EqualTo((RetentionStep.Counting, (DateOnly?)until, (DateOnly?)until)));
            Assert.That(await Cases.CountAsync("retention.postponed"), Is.EqualTo(1));
        }

        (await world.AnswerAsync(RetentionWorld.Officer, grant: true)).ShouldBeRefused("retention-nothing-asked");
        await world.PassAsync(until.DayNumber - Cases.Today.DayNumber - 1);
        Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Noticed), "it is told anew");
        await world.PassAsync(2);
        Assert.That(await world.IsErasedAsync(id), Is.True);
        Assert.That(await Cases.CountAsync("retention.noticed"), Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_declined_goes_on_its_day()
    {
        var id = await world.NoticedAsync();
        (await world.ObjectAsync(Cases.Coordinator, Cases.Today.AddDays(20))).ShouldBeDone();
        (await world.AnswerAsync(RetentionWorld.Officer, grant: false)).ShouldBeDone();
        await world.PassAsync(RetentionWorld.NoticeDays + 1);
        Assert.That(await world.IsErasedAsync(id), Is.True);
        Assert.That(await Cases.CountAsync("retention.objectionDeclined"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_asked_does_not_answer()
    {
        await world.NoticedAsync();
        (await world.ObjectAsync(RetentionWorld.Officer, Cases.Today.AddDays(20))).ShouldBeDone();
        (await world.AnswerAsync(RetentionWorld.Officer, grant: true)).ShouldBeForbidden("retention-own-objection");
        (await world.AnswerAsync(RetentionWorld.SecondOfficer, grant: true)).ShouldBeDone();
    }

    [Test]
    public async Task Before_the_notice_there_is_nothing_to_ask()
    {
        await world.WithdrawnAsync();
        (await world.ObjectAsync(Cases.Owner, Cases.Today.AddDays(20))).ShouldBeRefused("retention-not-noticed");
    }

    [Test]
    public async Task A_draft_that_is_written_on_is_not_erased()
    {
        await Cases.DraftAsync();
        var drafts = Cases.Get<DraftStore>();
        await world.SweepAsync();
        await world.PassAsync(RetentionWorld.KeepDays - RetentionWorld.NoticeDays);
        Assert.That((await world.RowAsync(Cases.Case))!.State, Is.EqualTo(RetentionStep.Noticed));
        await drafts.SaveAsync(Cases.Owner, Cases.Case, DraftKind.Signal, System.Text.Json.JsonSerializer.SerializeToElement(new { title = "Verder" }), 0, CancellationToken.None);
        await world.PassAsync(RetentionWorld.NoticeDays + 1);
        Assert.That(await world.IsErasedAsync(Cases.Case), Is.False);
        await world.PassAsync(RetentionWorld.KeepDays + RetentionWorld.NoticeDays);
        Assert.That(await world.IsErasedAsync(Cases.Case), Is.True, "left again");
    }

    [Test]
    public async Task A_case_that_a_person_must_decide_on_is_not_erased_by_the_clock()
    {
        await world.DisposeAsync();
        world = await RetentionWorld.StartAsync(RetentionWorld.Rules(then: "review"));
        var id = await world.WithdrawnAsync();
        await world.PassAsync(RetentionWorld.KeepDays + 10);
        Assert.That(await world.IsErasedAsync(id), Is.False);
        Assert.That((await world.RowAsync(id))!.State, Is.EqualTo(RetentionStep.Noticed));
    }

    [Test]
    public async Task Other_rules_are_previewed_and_reckon_anew_once_they_are_let_in()
    {
        var id = await world.WithdrawnAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, RetentionWorld.Rules(version: 2, keep: 5));
        await using var next = await Cases.AnotherAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [RetentionRulesFile.Setting] = file });
        File.Delete(file);
        var preview = (await next.Get<RulesPreview>().RunAsync(RetentionWorld.Officer, CancellationToken.None)).View!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((preview.Rules, preview.Now, preview.State), Is.EqualTo(("days@2", "days@1", RuleSetState.Loaded)));
            Assert.That((preview.Cases, preview.Sooner, preview.Later, preview.AtOnce), Is.EqualTo((1, 1, 0, 0)));
            Assert.That(preview.Changes.Single(), Is.EqualTo(new PreviewItem(id, "all", "all", Cases.Today.AddDays(10), Cases.Today.AddDays(5))));
        }

        await next.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        Assert.That((await world.RowAsync(id))!.DueOn, Is.EqualTo(Cases.Today.AddDays(10)), "the old rules hold on");
        var sha = next.Get<RuleSets>().Loaded.Head.Sha256;
        (await next.Get<ProposeRules>().RunAsync(RetentionWorld.Officer, new(Cases.NewId(), sha, "Korter."), CancellationToken.None)).ShouldBeDone();
        (await next.Get<ActivateRules>().RunAsync(Cases.Coordinator, new(Cases.NewId(), sha, Agree: true, "Goed."), CancellationToken.None)).ShouldBeDone();
        await next.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        var row = await world.RowAsync(id);
        Assert.That((row!.DueOn, row.Sha256), Is.EqualTo(((DateOnly?)Cases.Today.AddDays(5), sha)));
        var told = await Cases.LastBodyAsync<RetentionReckonedBody>("retention.reckoned");
        Assert.That((told.Rules, told.DueBefore), Is.EqualTo(("days@2", (DateOnly?)Cases.Today.AddDays(10))));
    }

    [Test]
    public async Task The_same_version_with_other_rules_stops_the_start()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, RetentionWorld.Rules(version: 1, keep: 5));
        var failed = Assert.ThrowsAsync<SignalReview.Privacy.InvalidRulesException>(async () => await Cases.AnotherAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [RetentionRulesFile.Setting] = file }));
        File.Delete(file);
        Assert.That(failed!.Message, Does.Contain("\"version\": 2"));
    }

    [Test]
    public async Task The_calendar_tells_what_is_due_and_what_is_held_and_its_reading_is_in_the_trail()
    {
        var id = await world.NoticedAsync();
        (await world.HoldAsync(Cases.Today.AddDays(50))).ShouldBeDone();
        var reads = Cases.Get<RetentionReads>();
        var view = (await reads.CalendarAsync(Cases.Coordinator, new(), 1, 50, CancellationToken.None)).View!;
        var item = view.Items.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((item.Case, item.Rule, item.Rules, item.Step), Is.EqualTo((id, "all", "days@1", RetentionStep.Noticed)));
            Assert.That((item.Held, item.HeldUntil), Is.EqualTo((true, (DateOnly?)Cases.Today.AddDays(50))));
            Assert.That(view.Months.Sum(m => m.Count), Is.EqualTo(1));
            Assert.That((view.Held, view.Overdue, view.Active), Is.EqualTo((1, 0, true)));
            Assert.That((await reads.CalendarAsync(Cases.Coordinator, new(Kind: CalendarKind.Overdue), 1, 50, CancellationToken.None)).View!.Total, Is.Zero);
            Assert.That((await reads.CalendarAsync(Cases.Coordinator, new(Kind: CalendarKind.Held), 1, 50, CancellationToken.None)).View!.Total, Is.EqualTo(1));
            Assert.That((await reads.CalendarAsync(Cases.Coordinator, new(From: new(2027, 1, 1)), 1, 50, CancellationToken.None)).View!.Total, Is.Zero);
            Assert.That((await reads.CalendarAsync(Cases.Owner, new(), 1, 50, CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
        }

        await using var db = await Cases.Database.OpenReadAsync(CancellationToken.None);
        var types = (await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = CaseId.Organisation }, CancellationToken.None)).Select(e => e.Type).ToList();
        Assert.That(types.Count(t => t == "list.read"), Is.EqualTo(4));
        Assert.That(types, Does.Contain("command.refused"), "who may not read it is in the trail too");
    }

    [Test]
    public async Task A_reopened_case_is_kept_while_it_runs()
    {
        await Cases.ClosedAsync();
        await world.SweepAsync();
        Assert.That((await world.RowAsync(Cases.Case))!.DueOn, Is.EqualTo(Cases.Today.AddDays(RetentionWorld.KeepDays)));
        await Cases.DoAsync(Cases.Owner, new SignalReview.Decisions.ReopenCaseCommand(Cases.NewId(), "Er kwam iets bij."));
        await world.SweepAsync();
        var row = await world.RowAsync(Cases.Case);
        Assert.That((row!.State, row.DueOn, row.RuleName), Is.EqualTo((RetentionStep.Running, (DateOnly?)null, (string?)null)));
        var kept = await Cases.Get<RetentionReads>().OfCaseAsync(new HashSet<CaseRole> { CaseRole.Owner }, Cases.Case, CancellationToken.None);
        Assert.That(kept!.Rule, Is.Null);
    }
}
