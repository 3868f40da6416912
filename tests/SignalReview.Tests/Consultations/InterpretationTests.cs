using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Tests.Consultations;

[TestFixture]
internal sealed class InterpretationTests
{
    private CaseWorld world = null!;
    private IReadOnlyList<Actor> readers = null!;

    [SetUp]
    public async Task Start()
    {
        world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        readers = await world.ReadersAsync();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task The_last_reading_reveals_all_in_its_own_command()
    {
        await Read(readers[0]);
        await Read(readers[1]);
        Assert.That((await world.FileAsync()).Case.RevealedAt, Is.Null);
        await Read(readers[2]);

        var file = await world.FileAsync();
        Assert.That((file.Phase, file.Case.RevealedAt, file.Case.RevealReason), Is.EqualTo((CasePhase.Comparing, (DateTimeOffset?)world.Now, (RevealReason?)RevealReason.AllIn)));
        Assert.That(await world.CountAsync("interpretations.revealed"), Is.EqualTo(1));
    }

    [Test]
    public async Task Each_readings_commitment_stands_in_the_trail_before_the_reveal()
    {
        foreach (var reader in readers)
        {
            await Read(reader);
        }

        var types = (await world.TrailAsync()).Select(e => e.Type).ToList();
        Assert.That(types.LastIndexOf("interpretation.submitted"), Is.LessThan(types.IndexOf("interpretations.revealed")));
    }

    [Test]
    public async Task A_reading_is_given_once()
    {
        await Read(readers[0]);
        (await world.TryAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()))).ShouldBeRefused("reading-already-given");
    }

    [Test]
    public async Task After_the_deadline_it_is_the_clock_that_refuses_though_nothing_has_fired()
    {
        var due = (await world.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value;
        world.Time.Advance(due - world.Now + TimeSpan.FromMilliseconds(1));
        (await world.TryAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()))).ShouldBeRefused("reading-too-late");
    }

    [Test]
    public async Task At_the_deadline_with_the_quorum_met_what_is_in_is_revealed()
    {
        await Read(readers[0]);
        await Read(readers[1]);
        await world.PassDeadlineAsync("CollectInterpretations");

        var file = await world.FileAsync();
        Assert.That((file.Phase, file.Case.RevealReason), Is.EqualTo((CasePhase.Comparing, (RevealReason?)RevealReason.Quorum)));
    }

    [Test]
    public async Task Who_did_not_read_in_time_and_who_was_not_asked_cannot_read_any_more()
    {
        (await world.TryAsync(world.Submitter, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()))).ShouldBeForbidden("not-a-reader");
        await Read(readers[0]);
        await Read(readers[1]);
        await world.PassDeadlineAsync("CollectInterpretations");

        (await world.TryAsync(readers[2], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()))).ShouldBeRefused("reading-not-open");
        (await world.TryAsync(world.Facilitator, new RevealInterpretationsCommand(world.NewId(), "Nog een keer."))).ShouldBeRefused("reading-not-open");
        (await world.TryAsync(world.Coordinator, new InviteReaderCommand(world.NewId(), CaseWorld.Colleague(9).Person.Value, "Kent de taal."))).ShouldBeRefused("roster-closed");
    }

    [Test]
    public async Task At_the_deadline_without_the_quorum_the_coordinator_is_told_and_reading_goes_on()
    {
        await Read(readers[0]);
        await world.PassDeadlineAsync("CollectInterpretations");

        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Case.RevealedAt, Is.Null);
            Assert.That(file.Case.Escalation, Is.EqualTo("tooFewReadings"));
            Assert.That(file.OpenStep("CollectInterpretations")!.DueAt, Is.GreaterThan(world.Now));
        }

        await Read(readers[1]);
    }

    [Test]
    public async Task Who_falls_away_last_leaves_all_in()
    {
        await Read(readers[0]);
        await Read(readers[1]);
        // Nobody is left to be asked instead: everyone else has been, or is not there.
        foreach (var person in DemoPeople.All)
        {
            await using var db = await world.Database.BeginAsync(CancellationToken.None);
            if ((await world.FileAsync()).Invitation(person.Id) is null)
            {
                await db.ExecuteAsync(
                    "consultations/insert_invitation",
                    new { CaseId = world.Case, PersonId = person.Id, Near = true, Conflict = false, InvitedAt = world.Now, InvitedEvent = world.NewId(), RespondBy = world.Now },
                    CancellationToken.None);
                await db.ExecuteAsync(
                    "consultations/drop_reader",
                    new { CaseId = world.Case, PersonId = person.Id, State = InvitationState.Declined, Conflict = false, world.Now },
                    CancellationToken.None);
                await db.CommitAsync(CancellationToken.None);
            }
        }

        await world.DoAsync(readers[2], new DeclineInvitationCommand(world.NewId(), false, "Te druk."));
        Assert.That((await world.FileAsync()).Case.RevealReason, Is.EqualTo(RevealReason.AllIn));
    }

    [Test]
    public async Task The_facilitator_reveals_early_with_a_reason_and_two_readings()
    {
        await Read(readers[0]);
        (await Reveal(world.Facilitator, "Haast.")).ShouldBeRefused("too-few-readings");
        await Read(readers[1]);
        (await Reveal(world.Facilitator, " ")).ShouldMiss("reason required");
        (await Reveal(world.Owner, "Ik wil het weten.")).ShouldBeRefused("not-yours", RefusalKind.Forbidden);
        (await Reveal(world.Facilitator, "Het gesprek is vanmiddag.")).ShouldBeDone();
        Assert.That((await world.FileAsync()).Case.RevealReason, Is.EqualTo(RevealReason.Early));
    }

    [Test]
    public async Task Cannot_judge_is_an_answer_that_needs_its_reason()
    {
        var answer = new Interpretation { Kind = InterpretationKind.CannotJudge };
        (await world.TryAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), answer))).ShouldMiss("interpretation.reason required");
        (await world.TryAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), answer with { Reason = "Ken de taal niet." }))).ShouldBeDone();
    }

    [Test]
    public async Task An_incomplete_reading_names_what_is_missing()
    {
        var result = await world.TryAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), new Interpretation { Concern = 11 }));
        result.ShouldMiss(
            "interpretation.encodingHypothesis required", "interpretation.decoding required", "interpretation.positionality required",
            "interpretation.readingPosition required", "interpretation.concern range", "interpretation.confidence required");
    }

    [Test]
    public async Task Of_two_last_readings_at_once_both_count_and_one_reveals()
    {
        for (var time = 0; time < 10; time++)
        {
            await using var race = await (await CaseWorld.StartAsync()).InInterpretingAsync();
            var racers = await race.ReadersAsync();
            await race.DoAsync(racers[0], new SubmitInterpretationCommand(race.NewId(), CaseWorld.Reading()));
            var both = await Task.WhenAll(racers.Skip(1).Select(r =>
                Task.Run(() => race.TryAsync(r, new SubmitInterpretationCommand(race.NewId(), CaseWorld.Reading())))));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(both, Has.All.Property("Done").True);
                Assert.That(await race.CountAsync("interpretations.revealed"), Is.EqualTo(1));
                Assert.That((await race.FileAsync()).Interpretations, Has.Count.EqualTo(3));
            }
        }
    }

    [TestCase(4, 8, ExpectedResult = true)]
    [TestCase(4, 7, ExpectedResult = false)]
    public bool Concern_far_apart_makes_readings_divergent(int low, int high) => InterpretationRound.Divergent(
        [new() { Concern = low, ReadingPosition = ReadingPosition.Preferred }, new() { Concern = high, ReadingPosition = ReadingPosition.Preferred }]);

    private Task<CommandResult> Read(Actor reader) => world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));

    private Task<CommandResult> Reveal(Actor actor, string reason) =>
        world.TryAsync(actor, new RevealInterpretationsCommand(world.NewId(), reason));
}
