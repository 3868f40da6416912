using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Cases;

internal sealed class CaseReadsTests
{
    private static readonly Actor Outsider = CaseWorld.Colleague(8);

    [Test]
    public async Task A_read_stands_in_the_trail_with_what_was_shown_and_as_whom()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        var result = await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "case", CancellationToken.None);

        var read = await world.LastBodyAsync<JsonDocument>("case.read");
        Assert.That(result.View!.Signal!.Pseudonym, Is.EqualTo("Groep Merel"));
        Assert.That(read.RootElement.GetRawText(), Is.EqualTo("""{"client":"test","roles":["submitter","owner"],"view":"case"}"""));
        Assert.That((await world.TrailAsync())[^1].ActorId, Is.EqualTo(world.Owner.Person));
    }

    [Test]
    public async Task What_is_followed_live_is_one_read_for_a_quarter_of_an_hour_and_says_so()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        var reader = (await world.ReadersAsync())[0];
        await ReadLiveAsync(world, reader, opens: true);
        var first = await world.LastBodyAsync<JsonDocument>("case.read");
        world.Time.Advance(ReadLog.Live - TimeSpan.FromSeconds(1));
        await world.DoAsync(world.Owner, world.Vote());
        var within = await ReadLiveAsync(world, reader, opens: false);
        var covered = await CountAsync(world, reader);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await ReadLiveAsync(world, reader, opens: false);
        var later = await CountAsync(world, reader);
        await ReadLiveAsync(world, reader, opens: true);

        Assert.Multiple(async () =>
        {
            Assert.That(first.RootElement.GetProperty("liveUntil").GetDateTimeOffset(), Is.EqualTo(world.Now));
            Assert.That(within.View!.Room!.Ballot!.In, Is.EqualTo(1), "it shows what is, not what was");
            Assert.That(covered, Is.EqualTo(1));
            Assert.That(later, Is.EqualTo(2));
            Assert.That(await CountAsync(world, reader), Is.EqualTo(3), "opening it is always a read of its own");
        });
    }

    [Test]
    public async Task Nobody_follows_live_on_the_read_of_another_or_in_a_role_that_the_trail_does_not_name()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        var readers = await world.ReadersAsync();
        await ReadLiveAsync(world, readers[0], opens: true);
        await ReadLiveAsync(world, world.Owner, opens: true);
        await ReadLiveAsync(world, readers[1], opens: false);
        await world.DoAsync(world.Owner, new TransferCaseCommand(world.NewId(), readers[0].Person.Value, "Zij kent de groep"));
        await ReadLiveAsync(world, readers[0], opens: false);
        var outside = await world.Get<CaseReads>().ReadLiveAsync(Outsider, world.Case, "room", opens: false, CancellationToken.None);

        Assert.Multiple(async () =>
        {
            Assert.That(await CountAsync(world, readers[1]), Is.EqualTo(1));
            Assert.That(await CountAsync(world, readers[0]), Is.EqualTo(2), "reader first, then owner too");
            Assert.That(outside, Is.EqualTo(new CaseReadResult(null, Refusal.NotFound)));
            Assert.That((await world.TrailAsync())[^1].Type, Is.EqualTo("command.refused"));
        });
    }

    [Test]
    public async Task What_cannot_be_logged_is_not_given()
    {
        await using var world = await (await CaseWorld.StartAsync()).InFollowUpAsync();
        await BlockTrailAsync(world);

        await Assert.ThatAsync(() => world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "case", CancellationToken.None), NotLogged);
        await Assert.ThatAsync(() => world.Get<CaseReads>().ReadLiveAsync(world.Owner, world.Case, "room", opens: false, CancellationToken.None), NotLogged);
        await Assert.ThatAsync(() => world.Get<WorkList>().ReadAsync(world.Owner, CancellationToken.None), NotLogged);
        await Assert.ThatAsync(() => world.Get<Board>().ReadAsync(world.Coordinator, 1, 10, CancellationToken.None), NotLogged);
        await Assert.ThatAsync(() => world.Get<TrailReads>().ListAsync(CaseWorld.Colleague(10), new(), 1, 10, CancellationToken.None), NotLogged);
        await Assert.ThatAsync(() => world.Get<TrailReads>().ReadAsync(world.Owner, world.Case, 0, 10, CancellationToken.None), NotLogged);
        await Assert.ThatAsync(() => world.Get<TrailExport>().RunAsync(world.Owner, world.Case, new("Toets"), CancellationToken.None), NotLogged);
    }

    [Test]
    public async Task A_case_of_others_and_one_that_is_not_there_look_the_same()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        var others = await world.Get<CaseReads>().ReadAsync(Outsider, world.Case, "case", CancellationToken.None);
        var nowhere = await world.Get<CaseReads>().ReadAsync(Outsider, new(world.NewId()), "case", CancellationToken.None);

        Assert.That(others, Is.EqualTo(new CaseReadResult(null, Refusal.NotFound)));
        Assert.That(nowhere, Is.EqualTo(others));
    }

    [Test]
    public async Task A_refused_read_stands_in_the_trail()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        await world.Get<CaseReads>().ReadAsync(Outsider, world.Case, "case", CancellationToken.None);

        var refused = await world.LastBodyAsync<JsonDocument>("command.refused");
        Assert.That(refused.RootElement.GetProperty("command").GetString(), Is.EqualTo("ReadCase"));
        Assert.That(refused.RootElement.GetProperty("code").GetString(), Is.EqualTo("case-not-found"));
        Assert.That((await world.TrailAsync())[^1].ActorId, Is.EqualTo(Outsider.Person));
    }

    [Test]
    public async Task A_draft_is_its_writers_alone()
    {
        await using var world = await (await CaseWorld.StartAsync()).DraftAsync();
        var reads = world.Get<CaseReads>();

        Assert.That((await reads.ReadAsync(world.Submitter, world.Case, "case", CancellationToken.None)).View!.Can, Is.EquivalentTo(new[] { "submitSignal", "discardDraft" }));
        Assert.That((await reads.ReadAsync(world.Coordinator, world.Case, "case", CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotFound));
    }

    [Test]
    public async Task Reading_moves_no_live_sequence_number()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        var before = (await world.FileAsync()).Case.Seq;

        var view = (await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "case", CancellationToken.None)).View!;

        Assert.That(view.Seq, Is.EqualTo(before));
        Assert.That((await world.FileAsync()).Case.Seq, Is.EqualTo(before));
    }

    [Test]
    public async Task The_pulse_counts_as_the_rules_do()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        await world.DoAsync((await world.ReadersAsync())[0], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        var reading = await PulseAsync(world);
        await world.DoAsync(world.Owner, new TransferCaseCommand(world.NewId(), CaseWorld.Colleague(2).Person.Value, "Ander team"));
        var transferred = await PulseAsync(world);
        var file = await world.FileAsync();

        Assert.Multiple(() =>
        {
            Assert.That((reading.ReadingsIn, reading.ReadingsAsked), Is.EqualTo((1, 3)));
            Assert.That((reading.RoomPhase, reading.Round, reading.VotesIn), Is.EqualTo(((RoomPhase?)null, 0, 0)));
            Assert.That(reading.DueAt, Is.EqualTo(file.OpenStep("CollectInterpretations")!.DueAt));
            Assert.That(transferred.VotesAsked, Is.EqualTo(file.Voters.Count));
            Assert.That(transferred.Seq, Is.EqualTo(reading.Seq + 1));
        });
    }

    [Test]
    public async Task The_pulse_counts_the_ballots_of_the_round_that_runs()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        await world.DoAsync((await world.VotersAsync())[0], world.Vote());

        var pulse = await PulseAsync(world);

        Assert.That((pulse.RoomPhase, pulse.Round, pulse.VotesIn, pulse.VotesAsked), Is.EqualTo(((RoomPhase?)RoomPhase.Vote, 1, 1, 4)));
    }

    [Test]
    public async Task Of_a_case_that_is_not_there_there_is_no_pulse()
    {
        await using var world = await CaseWorld.StartAsync();
        Assert.That(await world.Get<CaseReads>().PulseAsync(new(world.NewId()), CancellationToken.None), Is.Null);
    }

    internal static NUnit.Framework.Constraints.IResolveConstraint NotLogged => Throws.TypeOf<ReadNotLoggedException>();

    /// <summary>From now on the database takes no event more, as when its disk is full.</summary>
    internal static async Task BlockTrailAsync(CaseWorld world)
    {
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync(
            "CREATE TRIGGER test_full BEFORE INSERT ON trail_events BEGIN SELECT RAISE(ABORT, 'full'); END", CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }

    private static Task<CaseReadResult> ReadLiveAsync(CaseWorld world, Actor actor, bool opens) =>
        world.Get<CaseReads>().ReadLiveAsync(actor, world.Case, "room", opens, CancellationToken.None);

    private static async Task<int> CountAsync(CaseWorld world, Actor reader) =>
        (await world.TrailAsync()).Count(e => e.Type == "case.read" && e.ActorId == reader.Person);

    private static async Task<CasePulse> PulseAsync(CaseWorld world) => (await world.Get<CaseReads>().PulseAsync(world.Case, CancellationToken.None))!;
}
