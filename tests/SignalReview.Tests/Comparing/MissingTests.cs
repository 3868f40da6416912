using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;

namespace SignalReview.Tests.Comparing;

/// <summary>The merged lists, and ticking what is missing.</summary>
internal sealed class MissingTests
{
    [Test]
    public async Task Like_entries_stand_once_with_everyone_who_brought_them()
    {
        await using var world = await ComparingWorld.StartAsync();
        var readers = (await world.ReadersAsync()).Select(r => r.Person).ToList();

        var comparison = await world.ComparisonAsync(world.Owner);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(comparison.Missing.Select(m => m.Text), Is.EqualTo(new[] { ComparingWorld.Missed, "wat zegt school?" }));
            Assert.That(comparison.Missing[0].By.Select(b => (b.Reader.Id, b.Text)), Is.EqualTo(new[] { (readers[0], ComparingWorld.Missed), (readers[1], "wie reageerde er") }));
            Assert.That(comparison.For.Select(e => (e.Text, e.By.Count, e.Contested)), Is.EqualTo(new[] { ("De straatnaam", 2, false), ("geen datum", 2, false), ("geen namen", 1, true) }));
            Assert.That(comparison.Against.Select(e => (e.Text, e.By.Count, e.Contested)), Is.EqualTo(new[] { ("Geen namen!", 1, true) }));
            Assert.That(comparison.For[0].By.Select(b => b.Position), Is.All.EqualTo(ReadingPosition.Negotiated));
        }
    }

    [Test]
    public async Task Before_the_reveal_nobody_compares_and_nothing_can_be_ticked()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InInterpretingAsync();
        var readers = await world.ReadersAsync();
        await world.DoAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), ComparingWorld.Reading(0)));
        await world.DoAsync(readers[1], new SubmitInterpretationCommand(world.NewId(), ComparingWorld.Reading(1)));
        var reading = await world.ReadingOfAsync(0);

        foreach (var actor in new[] { world.Owner, world.Facilitator, readers[0], readers[1] })
        {
            var view = await world.ViewAsync(actor);
            Assert.That(view.Comparison, Is.Null);
            Assert.That(view.Can.Intersect(["checkMissing", "takeEnquiry"]), Is.Empty);
        }

        (await world.TryAsync(readers[0], new CheckMissingCommand(world.NewId(), ComparingIds.Missing(reading, 0), "x"))).ShouldBeRefused("readings-not-compared");
        (await world.TryAsync(readers[0], new TakeEnquiryCommand(world.NewId(), reading))).ShouldBeRefused("readings-not-compared");
    }

    [Test]
    public async Task A_tick_says_what_was_found_by_whom_and_when_for_everyone_who_missed_it()
    {
        await using var world = await ComparingWorld.StartAsync();
        var readers = await world.ReadersAsync();
        // By the id of the second reader's own entry, which says the same.
        await world.DoAsync(readers[2], new CheckMissingCommand(world.NewId(), ComparingIds.Missing(await world.ReadingOfAsync(1), 1), "Zijn neef."));

        foreach (var actor in new[] { world.Owner, readers[0], world.Facilitator })
        {
            var missing = (await world.ComparisonAsync(actor)).Missing;
            Assert.That(missing.Select(m => m.Check is not null), Is.EqualTo(new[] { true, false }));
            Assert.That((missing[0].Check!.By.Id, missing[0].Check!.At, missing[0].Check!.Found), Is.EqualTo((readers[2].Person, world.Now, "Zijn neef.")));
        }

        var body = await world.LastBodyAsync<MissingCheckedBody>("missing.checked");
        Assert.That((body.Place, body.Found), Is.EqualTo((1, "Zijn neef.")), "the first of the like entries, counted from 1");
    }

    [Test]
    public async Task A_tick_is_given_once_and_can_be_taken_away_by_a_colleague()
    {
        await using var world = await ComparingWorld.StartAsync();
        var item = await world.MissedAsync();
        var reader = (await world.ReadersAsync())[0];
        (await world.TryAsync(world.Owner, new UncheckMissingCommand(world.NewId(), item))).ShouldBeRefused("missing-not-checked");
        await world.DoAsync(world.Owner, new CheckMissingCommand(world.NewId(), item, "Zijn neef."));
        (await world.TryAsync(reader, new CheckMissingCommand(world.NewId(), item, "Een ander."))).ShouldBeRefused("missing-already-checked");

        await world.DoAsync(reader, new UncheckMissingCommand(world.NewId(), item));

        Assert.That((await world.ComparisonAsync(world.Owner)).Missing[0].Check, Is.Null);
        Assert.That((await world.CountAsync("missing.checked"), await world.CountAsync("missing.unchecked")), Is.EqualTo((1, 1)), "both stay in the trail");
        await world.DoAsync(reader, new CheckMissingCommand(world.NewId(), item, "Een vriend."));
        Assert.That((await world.ComparisonAsync(world.Owner)).Missing[0].Check!.Found, Is.EqualTo("Een vriend."));
    }

    [Test]
    public async Task Only_who_takes_part_ticks_what_is_there_with_words()
    {
        await using var world = await ComparingWorld.StartAsync();
        var item = await world.MissedAsync();
        foreach (var actor in new[] { world.Facilitator, world.Coordinator })
        {
            (await world.TryAsync(actor, new CheckMissingCommand(world.NewId(), item, "x"))).ShouldBeForbidden();
        }

        (await world.TryAsync(world.Owner, new CheckMissingCommand(world.NewId(), world.NewId(), "x"))).ShouldMiss("item unknown");
        (await world.TryAsync(world.Owner, new CheckMissingCommand(world.NewId(), item, " "))).ShouldMiss("found required");
        Assert.That((await world.FileAsync()).MissingChecks, Is.Empty);
    }

    [Test]
    public async Task When_the_case_is_over_the_list_stays_as_it_was()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InDecidingAsync(reading: ComparingWorld.Reading);
        var item = await world.MissedAsync();
        await world.DoAsync(world.Owner, new CheckMissingCommand(world.NewId(), item, "Zijn neef."));
        await world.DoAsync(world.Owner, world.Decide(change: d => d with { Weighing = "Samen gelezen." }));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."));

        (await world.TryAsync(world.Owner, new UncheckMissingCommand(world.NewId(), item))).ShouldBeRefused("readings-not-compared");
        Assert.That((await world.ComparisonAsync(world.Owner)).Missing[0].Check!.Found, Is.EqualTo("Zijn neef."));
    }
}
