using SignalReview.Cases;
using SignalReview.Trail;
using SignalReview.Trail.Audit;

namespace SignalReview.Tests.Trail;

/// <summary>Who looked at a case, and who may know.</summary>
internal sealed class WhoLookedTests
{
    [Test]
    public async Task The_owner_reads_who_looked_as_what_and_at_what_and_that_is_a_look_itself()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var reader = (await world.ReadersAsync())[0];
        await LookAsync(world, reader, "case");
        await LookAsync(world, reader, "compare");
        var first = await ReadAsync(world, world.Owner);
        var second = await ReadAsync(world, world.Owner);

        var looker = first.View!.People.Single(p => p.Person.Id == reader.Person);
        Assert.Multiple(() =>
        {
            Assert.That(looker.Roles, Is.EqualTo(new[] { "reader" }));
            Assert.That(looker.Looks.Select(l => l.View), Is.EqualTo(new[] { "case", "compare" }));
            Assert.That(looker.Looks.Select(l => l.Client), Is.All.EqualTo("test"));
            Assert.That(second.View!.People.Single(p => p.Person.Id == world.Owner.Person).Looks.Select(l => l.View), Does.Contain("who-looked"));
            Assert.That(second.View.Total, Is.EqualTo(first.View.Total + 1));
        });
    }

    [Test]
    public async Task It_is_for_the_owner_the_auditor_and_the_privacy_officer_alone()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var reader = (await world.ReadersAsync())[0];

        Assert.Multiple(async () =>
        {
            Assert.That((await ReadAsync(world, CaseWorld.Colleague(10))).Refusal, Is.Null);
            Assert.That((await ReadAsync(world, CaseWorld.Colleague(11))).Refusal, Is.Null);
            Assert.That((await ReadAsync(world, world.Facilitator)).Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That((await ReadAsync(world, reader)).Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That((await ReadAsync(world, world.Coordinator)).Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That((await ReadAsync(world, CaseWorld.Colleague(9))).Refusal, Is.AnyOf(Refusal.NotFound, Refusal.NotYours));
            Assert.That(await world.CountAsync("command.refused"), Is.GreaterThanOrEqualTo(3));
        });
    }

    [Test]
    public async Task While_readings_come_in_it_does_not_tell_who_looks()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InInterpretingAsync();
        var reader = (await world.ReadersAsync())[0];
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await LookAsync(world, reader, "read");
        var view = (await ReadAsync(world, world.Owner)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(view.HeldBack, Is.GreaterThan(0));
            Assert.That(view.People.SelectMany(p => p.Looks).Select(l => l.View), Does.Not.Contain("read"));
        });
    }

    private static Task<TrailReadResult<WhoLookedView>> ReadAsync(CaseWorld world, SignalReview.People.Actor actor) =>
        world.Get<WhoLooked>().ReadAsync(actor, world.Case, CancellationToken.None);

    private static async Task LookAsync(CaseWorld world, SignalReview.People.Actor actor, string view) =>
        Assert.That((await world.Get<CaseReads>().ReadAsync(actor, world.Case, view, CancellationToken.None)).Refusal, Is.Null);
}
