using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Tests.Signals;

[TestFixture]
internal sealed class SubmitSignalTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await (await CaseWorld.StartAsync()).DraftAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_submitted_signal_is_frozen_and_routed()
    {
        await world.DoAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), world.Signal()));

        var file = await world.FileAsync();
        var kept = await world.BodyAsync<SignalSubmission>(file.Case.SubmissionEvent!.Value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Clarifying));
            Assert.That(file.Case.Workflow, Is.EqualTo("collegial-consultation@2"));
            Assert.That(file.Invitations, Has.Count.EqualTo(3));
            Assert.That(file.Invitations.Select(i => i.Near), Does.Contain(true).And.Contain(false), "always one who knows the lifeworld and one who does not");
            Assert.That(file.Invitations.Select(i => i.PersonId), Has.None.EqualTo(world.Submitter.Person));
            Assert.That(file.Case.FacilitatorId, Is.Not.Null);
            Assert.That(kept.Reading.AlternativeReading, Is.EqualTo("De regel rijmt gewoon."));
        }
    }

    [Test]
    public async Task Who_is_no_worker_starts_no_signal()
    {
        var before = (await world.TrailAsync()).Count;
        var refused = await world.Get<StartSignal>().RunAsync(CaseWorld.Colleague(10), new StartSignalCommand(world.NewId()), CancellationToken.None);

        refused.ShouldBeForbidden("not-a-worker");
        Assert.That(await world.TrailAsync(), Has.Count.EqualTo(before));
    }

    [Test]
    public async Task Lists_have_an_end()
    {
        var signal = world.Signal();
        var endless = signal with { Offline = signal.Offline with { Unknowns = [.. Enumerable.Range(0, 41).Select(i => $"vraag {i}")] } };

        (await world.TryAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), endless))).ShouldMiss("signal.offline.unknowns tooMany");
    }

    [Test]
    public async Task Without_another_reading_it_is_refused()
    {
        var signal = world.Signal();
        var result = await Submit(signal with { Reading = signal.Reading with { AlternativeReading = "  " } });
        result.ShouldMiss("signal.reading.alternativeReading required");
    }

    [Test]
    public async Task Without_anything_offline_nor_an_unknown_it_is_refused()
    {
        var result = await Submit(world.Signal() with { Offline = new() });
        result.ShouldMiss("signal.offline.unknowns offlineOrUnknowns");
    }

    [Test]
    public async Task One_unknown_is_enough_offline()
    {
        var result = await Submit(world.Signal() with { Offline = new() { Unknowns = ["wie erachter zit"] } });
        result.ShouldBeDone();
    }

    [Test]
    public async Task An_empty_signal_names_everything_that_is_missing()
    {
        var result = await Submit(new SignalSubmission());
        result.ShouldMiss(
            "signal.title required", "signal.subjectKind required", "signal.pseudonym required", "signal.urgency required", "signal.observedAt required",
            "signal.consultationQuestion required", "signal.online.platform required", "signal.online.visibility required",
            "signal.online.accessRoute required", "signal.online.factualDescription required", "signal.offline.unknowns offlineOrUnknowns",
            "signal.reading.encodingHypothesis required", "signal.reading.ownDecoding required", "signal.reading.alternativeReading required");
    }

    [TestCase("tomorrow")]
    [TestCase("lone surrogate")]
    [TestCase("too long")]
    public async Task What_cannot_be_is_refused_by_field(string what)
    {
        var signal = world.Signal();
        var (bad, problem) = what switch
        {
            "tomorrow" => (signal with { ObservedAt = world.Now.AddDays(1) }, "signal.observedAt inFuture"),
            "lone surrogate" => (signal with { Online = signal.Online with { LiteralText = "a\ud83d" } }, "signal.online.literalText unreadable"),
            _ => (signal with { ConsultationQuestion = new string('x', 8001) }, "signal.consultationQuestion tooLong"),
        };
        (await Submit(bad)).ShouldMiss(problem);
    }

    [Test]
    public async Task Another_person_is_told_that_there_is_no_such_case()
    {
        var result = await world.TryAsync(CaseWorld.Colleague(2), new SubmitSignalCommand(world.NewId(), world.Signal()));
        result.ShouldBeRefused("case-not-found", RefusalKind.NotFound);
    }

    [Test]
    public async Task A_signal_is_submitted_once()
    {
        await Submit(world.Signal());
        (await Submit(world.Signal())).ShouldBeRefused("already-submitted");
    }

    [Test]
    public async Task Acute_danger_shows_the_call_card_and_waits_for_no_vote()
    {
        await Submit(world.Signal() with { Urgency = Urgency.Acute });

        var file = await world.FileAsync();
        Assert.That(file.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "AwaitImmediateDecision" }));
        Assert.That(await world.CountAsync("callcard.shown"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_seen_unlawfully_is_stopped_and_nothing_of_it_is_kept()
    {
        var signal = world.Signal();
        await world.Get<DraftStore>().SaveAsync(
            world.Submitter, world.Case, DraftKind.Signal, System.Text.Json.JsonSerializer.SerializeToElement(signal), 0, CancellationToken.None);

        var result = await Submit(signal with { Online = signal.Online with { AccessRoute = AccessRoute.Unlawful } });

        var file = await world.FileAsync();
        var bodies = string.Concat(await Task.WhenAll((await world.TrailAsync()).Select(async e => (await world.BodyAsync<object>(e.EventId)).ToString())));
        using (Assert.EnterMultipleScope())
        {
            result.ShouldBeDone();
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Stopped));
            Assert.That(file.Case.Platform, Is.Null);
            Assert.That(file.OpenSteps, Is.Empty);
            Assert.That(bodies, Does.Not.Contain("Vijf jongens").And.Not.Contain("Merel"));
            Assert.That(await world.Get<DraftStore>().FindAsync(world.Submitter, world.Case, DraftKind.Signal, CancellationToken.None), Is.Null);
        }
    }

    [Test]
    public async Task The_privacy_officer_records_once_what_was_done_about_a_stop()
    {
        var signal = world.Signal();
        await Submit(signal with { Online = signal.Online with { AccessRoute = AccessRoute.Unlawful } });
        var officer = CaseWorld.Colleague(11);

        (await world.TryAsync(officer, new HandleStopCommand(world.NewId(), " "))).ShouldMiss("measures required");
        await world.DoAsync(officer, new HandleStopCommand(world.NewId(), "Besproken met de stagiair."));
        (await world.TryAsync(officer, new HandleStopCommand(world.NewId(), "Nog eens."))).ShouldBeRefused("stop-already-handled");
        (await world.TryAsync(world.Submitter, new HandleStopCommand(world.NewId(), "Ik."))).ShouldBeRefused("not-yours", RefusalKind.Forbidden);
    }

    [Test]
    public async Task An_unknown_workflow_is_refused()
    {
        var result = await world.TryAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), world.Signal(), "no-such-way"));
        result.ShouldMiss("workflow unknown");
    }

    private Task<CommandResult> Submit(SignalSubmission signal) =>
        world.TryAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), signal));
}
