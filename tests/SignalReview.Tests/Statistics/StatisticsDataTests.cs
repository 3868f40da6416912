using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Statistics;
using SignalReview.Storage;
using SignalReview.Tests.Storage;
using SignalReview.Trail;

namespace SignalReview.Tests.Statistics;

/// <summary>What is read from the tables, on each database: what was revealed, of cases that go on or were closed.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.SqlServer)]
internal sealed class StatisticsDataTests(SqlDialect dialect)
{
    private static readonly IReadOnlyList<MadeUpReading> Three =
        [new(2, ReadingPosition.Preferred, 3, 80), new(3, ReadingPosition.Negotiated, 5, 60), new(4, null, null, null)];

    [Test]
    public async Task Revealed_readings_are_read_with_who_kept_silent()
    {
        var data = await ReadAsync(new MadeUpCase { Readings = Three, Silent = [5, 6] });

        Assert.Multiple(() =>
        {
            Assert.That(data.Cases.Single() with { Id = default, Themes = null! }, Is.EqualTo(new SetCase(default, "2026-Q1", "Noord", "TikTok", "collegial-consultation", null!)));
            Assert.That(data.Cases.Single().Themes, Is.EquivalentTo(["muziek"]));
            Assert.That(data.Readings.Select(r => (r.PersonId, r.Kind, r.ReadingPosition, r.Concern, r.Confidence)), Is.EquivalentTo(new (PersonId, InterpretationKind, ReadingPosition?, int?, int?)[]
            {
                (DemoPeople.Id(2), InterpretationKind.Reading, ReadingPosition.Preferred, 3, 80),
                (DemoPeople.Id(3), InterpretationKind.Reading, ReadingPosition.Negotiated, 5, 60),
                (DemoPeople.Id(4), InterpretationKind.CannotJudge, null, null, null),
            }));
            Assert.That(data.SilentReaders.Values, Is.EqualTo([2]));
        });
    }

    [Test]
    public async Task Nothing_is_read_of_a_case_that_is_still_blind() =>
        IsEmpty(await ReadAsync(new MadeUpCase { Phase = CasePhase.Interpreting, Revealed = false, Readings = Three }));

    [TestCase(CasePhase.Withdrawn)]
    [TestCase(CasePhase.Stopped)]
    [TestCase(CasePhase.Draft)]
    public async Task Nothing_is_read_of_a_case_that_is_out(CasePhase phase) =>
        IsEmpty(await ReadAsync(new MadeUpCase { Phase = phase, Readings = Three, Rounds = [Round(true)] }));

    [Test]
    public async Task After_a_reopening_what_came_in_since_the_reveal_is_blind_until_the_collection_ends()
    {
        var late = Three.Append(new MadeUpReading(5, ReadingPosition.Oppositional, 9, 90) { Late = true }).ToList();
        var collecting = await ReadAsync(new MadeUpCase { Phase = CasePhase.Interpreting, Readings = late, Collecting = true });
        var without = await ReadAsync(new MadeUpCase { Phase = CasePhase.Interpreting, Readings = Three, Silent = [5], Collecting = true });
        var ended = await ReadAsync(new MadeUpCase { Phase = CasePhase.Comparing, Readings = late });

        Assert.Multiple(() =>
        {
            Assert.That(collecting.Readings, Has.Count.EqualTo(3));
            Assert.That(collecting.SilentReaders.Values, Is.EqualTo(without.SilentReaders.Values).And.EqualTo((int[])[1]), "as if nothing had come in");
            Assert.That(ended.Readings, Has.Count.EqualTo(4));
            Assert.That(ended.SilentReaders, Is.Empty);
        });
    }

    [Test]
    public async Task Ballots_of_an_open_round_are_not_read_and_those_of_a_revealed_one_are()
    {
        var data = await ReadAsync(new MadeUpCase { Phase = CasePhase.Room, Readings = Three, Rounds = [Round(true) with { Method = VoteMethod.Score }, Round(false)] });

        Assert.Multiple(() =>
        {
            Assert.That(data.Rounds.Select(r => (r.Round, r.Method, r.Silent)), Is.EqualTo([(1, VoteMethod.Score, 1)]), "the submitter did not vote");
            Assert.That(data.Ballots.Select(b => (b.Round, b.Method, b.PersonId, b.Choice, b.Concern)), Is.EquivalentTo(new (int, VoteMethod, PersonId?, VoteOption?, int?)[]
            {
                (1, VoteMethod.Score, DemoPeople.Id(2), VoteOption.Talk, 4), (1, VoteMethod.Score, DemoPeople.Id(3), VoteOption.Support, 6), (1, VoteMethod.Score, DemoPeople.Id(4), null, null),
            }));
        });
    }

    [Test]
    public async Task Ballots_of_a_detached_round_are_read_without_a_person_and_their_case_cannot_be_followed()
    {
        var data = await ReadAsync(new MadeUpCase { Phase = CasePhase.Room, Readings = Three, Rounds = [Round(true) with { Detached = true }, Round(true)] });

        Assert.Multiple(() =>
        {
            Assert.That(data.Ballots.Where(b => b.Round == 1).Select(b => (b.PersonId, b.Choice, b.Concern)), Is.EquivalentTo(new (PersonId?, VoteOption?, int?)[]
            {
                (null, VoteOption.Talk, 4), (null, VoteOption.Support, 6), (null, null, null),
            }));
            Assert.That(data.Ballots.Where(b => b.Round == 2).Select(b => b.PersonId), Has.None.Null.And.Exactly(3).Items);
            Assert.That(data.DetachedCases, Is.EquivalentTo(data.Cases.Select(c => c.Id)));
            Assert.That(data.Rounds.Select(r => r.Silent), Is.EqualTo((int[])[1, 1]));
        });
    }

    private static MadeUpRound Round(bool revealed) =>
        new([new(2, VoteOption.Talk, 4, 70), new(3, VoteOption.Support, 6, 70), new(4, null, null, null)], revealed);

    private static void IsEmpty(StatisticsData data) => Assert.Multiple(() =>
    {
        Assert.That(data.Cases, Is.Empty);
        Assert.That(data.Readings, Is.Empty);
        Assert.That(data.SilentReaders, Is.Empty);
        Assert.That(data.Rounds, Is.Empty);
        Assert.That(data.Ballots, Is.Empty);
    });

    /// <summary>Of this one case alone.</summary>
    private async Task<StatisticsData> ReadAsync(MadeUpCase one)
    {
        await using var test = await TestDatabase.OpenAsync(dialect);
        await DemoPeople.SeedAsync(test.Database, CancellationToken.None);
        using var keys = KeyRing.OpenOrCreate(Path.Combine(test.Folder, "keys"));
        await MadeUpCases.WriteAsync(test.Database, keys, [one]);
        await using var db = await test.Database.OpenReadAsync(CancellationToken.None);
        return await StatisticsData.LoadAsync(db, CancellationToken.None);
    }
}
