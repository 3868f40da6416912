using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Statistics;
using SignalReview.Tests.Cases;
using SignalReview.Trail;

namespace SignalReview.Tests.Statistics;

internal sealed class StatisticsReadsTests
{
    private static readonly Actor Auditor = CaseWorld.Colleague(10);

    [Test]
    public async Task No_blind_reading_and_no_blind_vote_changes_anything_not_even_a_count()
    {
        await using var world = await WorldAsync();
        await world.InInterpretingAsync();
        var before = await TextAsync(world);
        foreach (var (reader, left) in (await world.ReadersAsync()).Zip([2, 1, 0]))
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading(9, ReadingPosition.Oppositional)));
            Assert.That(await TextAsync(world), left > 0 ? Is.EqualTo(before) : Is.Not.EqualTo(before), $"{left} readings still to come");
        }

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        before = await TextAsync(world);
        var voters = await world.VotersAsync();
        foreach (var (i, voter) in voters.Index())
        {
            await world.DoAsync(voter, world.Vote(VoteOption.Emergency));
            Assert.That(await TextAsync(world), i < voters.Count - 1 ? Is.EqualTo(before) : Is.Not.EqualTo(before), $"vote {i + 1} of {voters.Count}");
        }
    }

    [Test]
    public async Task A_case_that_is_withdrawn_is_out_from_then_on()
    {
        await using var world = await WorldAsync();
        var without = await TextAsync(world);
        await world.InComparingAsync();
        Assert.That(await TextAsync(world), Is.Not.EqualTo(without));

        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Het bleek een vergissing."));

        Assert.That(await TextAsync(world), Is.EqualTo(without));
    }

    [Test]
    public async Task Coordinators_and_auditors_read_statistics_and_colleagues_do_not()
    {
        await using var world = await WorldAsync();
        foreach (var number in Enumerable.Range(1, 12))
        {
            var actor = CaseWorld.Colleague(number);
            var (view, refusal) = await ReadAsync(world, actor);
            var may = actor.Is(Role.Coordinator) || actor.Is(Role.Auditor);
            Assert.That((view is not null, refusal), Is.EqualTo((may, may ? null : Refusal.NotYours)), $"w{number}");
        }
    }

    [Test]
    public async Task A_read_stands_in_the_organisations_trail_with_its_set_and_a_refused_one_too()
    {
        await using var world = await WorldAsync();
        await world.Get<StatisticsReads>().ReadAsync(Auditor, new(Theme: "muziek"), 2, 5, "pairs", CancellationToken.None);
        await ReadAsync(world, CaseWorld.Colleague(2));

        Assert.That(await OrganisationAsync(world, "statistics.read"), Is.EqualTo(
            ["""{"cases":9,"client":"test","filter":{"theme":"muziek"},"round":2,"seed":5,"view":"pairs"}"""]));
        Assert.That((await OrganisationAsync(world, "command.refused"))[^1], Does.Contain("\"ReadStatistics\"").And.Contain("\"not-yours\""));
    }

    [Test]
    public async Task How_small_a_small_set_is_stands_nowhere()
    {
        await using var world = await WorldAsync();
        var (view, _) = await world.Get<StatisticsReads>().ReadAsync(Auditor, new(Theme: "pesten"), 1, 1, "page", CancellationToken.None);

        Assert.That((view!.Cases, view.Refused, view.Variables.Count, view.Movement), Is.EqualTo(((int?)null, (SmallSet?)SmallSet.TooFewCases, 0, (MovementView?)null)));
        Assert.That((await OrganisationAsync(world, "statistics.read"))[^1], Does.Contain("\"pesten\"").And.Not.Contain("cases"));
    }

    [Test]
    public async Task What_cannot_be_logged_is_not_given()
    {
        await using var world = await WorldAsync();
        await CaseReadsTests.BlockTrailAsync(world);

        await Assert.ThatAsync(() => ReadAsync(world, Auditor), Throws.InstanceOf<ReadNotLoggedException>());
    }

    [TestCase("2026-Q5", 1, 1, "period")]
    [TestCase("maart", 1, 1, "period")]
    [TestCase(null, 0, 1, "round")]
    [TestCase(null, 1, -1, "seed")]
    public async Task What_is_no_set_is_refused_by_its_field(string? period, int round, int seed, string field)
    {
        await using var world = await CaseWorld.StartAsync();
        var (_, refusal) = await world.Get<StatisticsReads>().ReadAsync(Auditor, new(period), round, seed, "page", CancellationToken.None);

        Assert.That(refusal!.Fields!.Select(f => f.Path), Is.EqualTo([field]));
    }

    [Test]
    public async Task Nothing_that_is_told_names_a_person_or_a_case()
    {
        await using var world = await WorldAsync();
        var text = await TextAsync(world);
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var data = await StatisticsData.LoadAsync(db, CancellationToken.None);

        Assert.That(
            data.Cases.Select(c => c.Id.ToString()).Concat(DemoPeople.All.SelectMany(p => new[] { p.Id.ToString(), p.Name })).Where(text.Contains),
            Is.Empty);
    }

    /// <summary>Nine made-up cases about music, so that there are figures at all.</summary>
    private static async Task<CaseWorld> WorldAsync()
    {
        var world = await CaseWorld.StartAsync();
        var cases = MadeUpCases.Many(30, 3).Where(c => c.Rounds.Count == 2).Take(9);
        await MadeUpCases.WriteAsync(world.Database, world.Get<KeyRing>(), cases.Select(c => c with { Theme = "muziek", SubmittedAt = world.Now.AddDays(-10) }));
        return world;
    }

    private static Task<StatisticsResult> ReadAsync(CaseWorld world, Actor actor) =>
        world.Get<StatisticsReads>().ReadAsync(actor, StatisticsFilter.All, 1, 1, "page", CancellationToken.None);

    private static async Task<string> TextAsync(CaseWorld world) => JsonSerializer.Serialize((await ReadAsync(world, Auditor)).View, TrailJson.Options);

    private static async Task<IReadOnlyList<string>> OrganisationAsync(CaseWorld world, string type)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        using var dossier = await Dossier.OpenAsync(db, world.Get<KeyRing>(), CaseId.Organisation, CancellationToken.None);
        List<string> bodies = [];
        foreach (var row in (await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = CaseId.Organisation }, CancellationToken.None)).Where(e => e.Type == type))
        {
            bodies.Add((await TrailBodies.ReadAsync<JsonDocument>(db, dossier!, row.EventId, CancellationToken.None))!.RootElement.GetRawText());
        }

        return bodies;
    }
}
