using SignalReview.Cases;
using SignalReview.Signals;

namespace SignalReview.Tests.Signals;

[TestFixture]
internal sealed class EndAndHandOverTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await (await CaseWorld.StartAsync()).SubmitAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Withdrawing_ends_the_flow_and_its_deadlines()
    {
        await world.DoAsync(world.Submitter, new WithdrawCaseCommand(world.NewId(), "Opgelost."));
        await world.PassAsync(TimeSpan.FromDays(30));

        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Withdrawn));
            Assert.That(file.OpenSteps, Is.Empty);
            Assert.That(await world.CountAsync("deadline.fired"), Is.Zero);
            Assert.That(await world.CountAsync("reader.expired"), Is.Zero);
        }
    }

    [Test]
    public async Task Withdrawing_needs_a_reason_and_is_the_submitters()
    {
        (await world.TryAsync(world.Submitter, new WithdrawCaseCommand(world.NewId(), ""))).ShouldMiss("reason required");
        (await world.TryAsync((await world.ReadersAsync())[0], new WithdrawCaseCommand(world.NewId(), "Ik wil niet.")))
            .ShouldBeRefused("not-yours", RefusalKind.Forbidden);
    }

    [Test]
    public async Task A_case_that_was_withdrawn_cannot_go_on()
    {
        await world.DoAsync(world.Submitter, new WithdrawCaseCommand(world.NewId(), "Opgelost."));
        (await world.TryAsync(world.Submitter, new WithdrawCaseCommand(world.NewId(), "Nog eens."))).ShouldBeRefused("case-not-running");
        (await world.TryAsync(world.Submitter, new AddToSignalCommand(world.NewId(), "Nog iets."))).ShouldBeRefused("case-not-running");
    }

    [Test]
    public async Task A_draft_is_thrown_away_by_its_writer()
    {
        await world.DraftAsync();
        await world.DoAsync(world.Submitter, new DiscardDraftCommand(world.NewId()));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Withdrawn));
    }

    [Test]
    public async Task A_submitted_signal_is_no_draft_any_more() =>
        (await world.TryAsync(world.Submitter, new DiscardDraftCommand(world.NewId()))).ShouldBeRefused("already-submitted");

    [Test]
    public async Task An_addition_is_dated_and_leaves_the_frozen_version_alone()
    {
        var before = (await world.FileAsync()).Case.SubmissionEvent;
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.DoAsync(world.Submitter, new AddToSignalCommand(world.NewId(), "De clip staat er nog."));

        var file = await world.FileAsync();
        Assert.That(file.Case.SubmissionEvent, Is.EqualTo(before));
        Assert.That(file.Additions.Single().AddedAt, Is.EqualTo(world.Now));
    }

    [Test]
    public async Task A_transferred_case_has_another_owner_who_decides()
    {
        var heir = CaseWorld.Colleague(3);
        await world.DoAsync(world.Submitter, new TransferCaseCommand(world.NewId(), heir.Person.Value, "Kent de groep."));
        Assert.That((await world.FileAsync()).Case.OwnerId, Is.EqualTo(heir.Person));
        (await world.TryAsync(world.Submitter, new TransferCaseCommand(world.NewId(), heir.Person.Value, "Terug.")))
            .ShouldBeRefused("not-yours", RefusalKind.Forbidden);
    }

    [Test]
    public async Task A_case_is_not_handed_to_who_sees_only_its_core_or_is_nobody()
    {
        (await world.TryAsync(world.Submitter, new TransferCaseCommand(world.NewId(), CaseWorld.Colleague(9).Person.Value, "Panel.")))
            .ShouldBeRefused("person-unfit");
        (await world.TryAsync(world.Submitter, new TransferCaseCommand(world.NewId(), world.NewId(), "Wie?"))).ShouldMiss("newOwner unknown");
    }

    [Test]
    public async Task Only_who_may_lead_rooms_becomes_facilitator()
    {
        (await world.TryAsync(world.Owner, new AppointFacilitatorCommand(world.NewId(), CaseWorld.Colleague(2).Person.Value, "Kan goed praten.")))
            .ShouldBeRefused("person-unfit");
        (await world.TryAsync(world.Coordinator, new AppointFacilitatorCommand(world.NewId(), world.Facilitator.Person.Value, "Is er.")))
            .ShouldBeDone();
    }

    [Test]
    public async Task What_was_not_stopped_has_no_measures_to_record() =>
        (await world.TryAsync(CaseWorld.Colleague(11), new HandleStopCommand(world.NewId(), "Gesproken met het team."))).ShouldBeRefused("not-stopped");

    [Test]
    public async Task The_privacy_officer_stops_a_running_case()
    {
        var officer = CaseWorld.Colleague(11);
        // Need-to-know: a running case is not the officer's to see; the coordinator has told them its number.
        (await world.TryAsync(officer, new StopCaseCommand(world.NewId(), "Buiten onze taak."))).ShouldBeDone();
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Stopped));
        (await world.TryAsync(world.Submitter, new StopCaseCommand(world.NewId(), "Ik ook."))).ShouldBeRefused("not-yours", RefusalKind.Forbidden);
    }
}
