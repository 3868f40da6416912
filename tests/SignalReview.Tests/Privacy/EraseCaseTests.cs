using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Privacy;

internal sealed class EraseCaseTests
{
    [Test]
    public async Task Erasing_takes_every_body_and_leaves_every_leaf()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var approved = await world.ApprovedAsync();
        var before = await world.TrailAsync();

        await world.DoAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), approved));

        var after = await world.TrailAsync();
        var erased = after[^1];
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Take(before.Count).Select(e => e.EventId), Is.EqualTo(before.Select(e => e.EventId)));
            Assert.That(erased.Type, Is.EqualTo("subject.erased"));
            foreach (var old in before)
            {
                Assert.That(await db.FirstOrDefaultAsync<byte[]>("trail/body", new { old.EventId, CaseId = world.Case }, CancellationToken.None), Is.Null, old.Type);
            }
        }

        var body = await world.BodyAsync<SubjectErasedBody>(erased.EventId);
        Assert.That(
            (body.Ground, body.AskedBy, body.ApprovedBy, body.Bodies, body.Interests),
            Is.EqualTo((ErasureGround.ConsentWithdrawn, ErasureAskedBy.Subject, (Guid?)world.Second().Person.Value, before.Count, "reportingCode:absent,otherSubject:yields,claim:absent")));
    }

    [Test]
    public async Task Nothing_of_the_signal_is_left_in_the_clear()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        await world.ErasedAsync();

        var file = await world.FileAsync();
        Assert.That(
            (file.Case.Platform, file.Case.AgeBand, file.Case.SubjectKind, file.Case.Visibility, file.Case.AccessRoute, file.Tags.Count, file.Phase),
            Is.EqualTo(((string?)null, (string?)null, default(SubjectKind?), default(Visibility?), default(AccessRoute?), 0, CasePhase.Closed)));
    }

    [Test]
    public async Task Who_asked_or_checked_never_approves()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.CheckedAsync();

        (await world.TryAsync(world.PrivacyOfficer, new ApproveErasureCommand(world.NewId(), id))).ShouldBeForbidden("erasure-own");
    }

    [Test]
    public async Task Two_roles_in_one_person_are_one_person()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var both = world.PrivacyOfficer with { Roles = new HashSet<Role> { Role.PrivacyOfficer, Role.Coordinator } };
        var id = await world.CheckedAsync();

        (await world.TryAsync(both, new ApproveErasureCommand(world.NewId(), id))).ShouldBeForbidden("erasure-own");
    }

    [Test]
    public async Task Somebody_whose_own_work_goes_with_the_case_does_not_approve()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.CheckedAsync();
        var owner = world.Owner with { Roles = new HashSet<Role> { Role.Worker, Role.Coordinator } };

        (await world.TryAsync(owner, new ApproveErasureCommand(world.NewId(), id))).ShouldBeForbidden("erasure-has-part");
    }

    [Test]
    public async Task Nobody_else_asks_checks_approves_or_erases([Values(1, 10, 12)] int colleague)
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var somebody = CaseWorld.Colleague(colleague);
        var request = new RequestErasureCommand(world.NewId(), ErasureGround.Objection, ErasureAskedBy.Parent, "Weg ermee.");

        (await world.TryAsync(somebody, request)).ShouldBeForbidden();
        var id = await world.CheckedAsync();
        (await world.TryAsync(somebody, new CheckErasureCommand(world.NewId(), id, ErasureWorld.NothingWeighsMore))).ShouldBeForbidden();
        (await world.TryAsync(somebody, new ApproveErasureCommand(world.NewId(), id))).ShouldBeForbidden();
        (await world.TryAsync(somebody, new EraseCaseCommand(world.NewId(), id))).ShouldBeForbidden();
    }

    [Test]
    public async Task What_was_not_approved_is_not_erased()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.CheckedAsync();

        (await world.TryAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id))).ShouldBeRefused("erasure-not-approved");
        Assert.That((await world.FileAsync()).IsErased, Is.False);
    }

    [Test]
    public async Task A_case_has_one_request_at_a_time()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        await world.RequestAsync();

        var again = new RequestErasureCommand(world.NewId(), ErasureGround.Objection, ErasureAskedBy.Parent, "Nog eens.");
        (await world.TryAsync(world.PrivacyOfficer, again)).ShouldBeRefused("erasure-under-way");
    }

    [Test]
    public async Task Each_interest_is_answered_and_reasoned()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.RequestAsync();

        var check = new CheckErasureCommand(world.NewId(), id, [new(Interest.ReportingCode, InterestOutcome.Yields), new(Interest.Claim, null)]);
        (await world.TryAsync(world.PrivacyOfficer, check)).ShouldMiss(
            "interests.reportingCode.reasoning required", "interests.otherSubject.outcome required", "interests.claim.outcome required", "interests.claim.reasoning required");
    }

    [Test]
    public async Task An_interest_that_weighs_more_ends_the_request()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.RequestAsync();

        var check = new CheckErasureCommand(
            world.NewId(),
            id,
            [new(Interest.ReportingCode, InterestOutcome.Prevails, "Er is gemeld; het dossier moet vijftien jaar blijven."), .. ErasureWorld.NothingWeighsMore[1..]]);
        await world.DoAsync(world.PrivacyOfficer, check);

        Assert.That((await world.ErasureAsync(id)).State, Is.EqualTo(ErasureState.Declined));
        (await world.TryAsync(world.Second(), new ApproveErasureCommand(world.NewId(), id))).ShouldBeRefused("erasure-not-checked");
        Assert.That(await world.RequestAsync(), Is.Not.EqualTo(id), "it can be asked for again");
    }

    [Test]
    public async Task A_hold_refuses_at_each_step_and_what_comes_after_it_is_lifted_goes_on()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var hold = (await world.DoAsync(world.PrivacyOfficer, world.Hold())).Created!.Value;
        var id = await world.RequestAsync();
        var check = new CheckErasureCommand(world.NewId(), id, ErasureWorld.NothingWeighsMore);

        (await world.TryAsync(world.PrivacyOfficer, check)).ShouldBeRefused("legal-hold-stands");
        (await world.TryAsync(Actor.System, new EraseByRuleCommand(world.NewId(), "five-years", null))).ShouldBeRefused("legal-hold-stands");
        await world.DoAsync(world.PrivacyOfficer, new LiftHoldCommand(world.NewId(), hold, "De klacht is afgehandeld."));
        await world.DoAsync(world.PrivacyOfficer, check with { CommandId = world.NewId() });
        await world.DoAsync(world.Second(), new ApproveErasureCommand(world.NewId(), id));
        await world.DoAsync(world.PrivacyOfficer, world.Hold());
        (await world.TryAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id))).ShouldBeRefused("legal-hold-stands");
        Assert.That((await world.FileAsync()).IsErased, Is.False);
    }

    [Test]
    public async Task A_hold_with_a_last_day_ends_by_itself()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.ApprovedAsync();
        await world.DoAsync(world.PrivacyOfficer, world.Hold(world.Today.AddDays(1)));
        world.Time.Advance(TimeSpan.FromDays(1));
        (await world.TryAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id))).ShouldBeRefused("legal-hold-stands");

        world.Time.Advance(TimeSpan.FromDays(1));
        await world.DoAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id));
    }

    [Test]
    public async Task A_hold_needs_a_kind_a_reason_and_no_day_that_is_over()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();

        (await world.TryAsync(world.PrivacyOfficer, new PlaceHoldCommand(world.NewId(), null, " ", null, world.Today.AddDays(-1))))
            .ShouldMiss("ground required", "reason required", "until past");
        (await world.TryAsync(world.Coordinator, world.Hold())).ShouldBeForbidden();
        (await world.TryAsync(world.PrivacyOfficer, new LiftHoldCommand(world.NewId(), world.NewId(), "Weg."))).ShouldBeRefused("hold-not-standing");
    }

    [Test]
    public async Task A_case_in_which_people_are_at_work_is_not_erased()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InVoteAsync();
        var id = await world.RequestAsync();

        (await world.TryAsync(world.PrivacyOfficer, new CheckErasureCommand(world.NewId(), id, ErasureWorld.NothingWeighsMore))).ShouldBeRefused("case-still-running");
        (await world.TryAsync(Actor.System, new EraseByRuleCommand(world.NewId(), "five-years", null))).ShouldBeRefused("case-still-running");
    }

    [Test]
    public async Task A_case_that_is_reopened_after_the_approval_is_not_erased()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.ApprovedAsync();
        await world.DoAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Er is iets nieuws."));

        (await world.TryAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id))).ShouldBeRefused("case-still-running");
    }

    [Test]
    public async Task Nothing_more_can_be_done_in_an_erased_case()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.ErasedAsync();

        (await world.TryAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Toch nog iets."))).ShouldBeRefused("case-erased");
        (await world.TryAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id))).ShouldBeRefused("case-erased");
        (await world.TryAsync(world.PrivacyOfficer, world.Hold())).ShouldBeRefused("case-erased");
    }

    [Test]
    public async Task A_command_that_comes_again_after_the_erasure_gets_its_first_receipt()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var hold = world.Hold();
        var first = await world.DoAsync(world.PrivacyOfficer, hold);
        await world.DoAsync(world.PrivacyOfficer, new LiftHoldCommand(world.NewId(), first.Created!.Value, "Klaar."));
        await world.ErasedAsync();

        Assert.That(await world.DoAsync(world.PrivacyOfficer, hold), Is.EqualTo(first));
    }

    [Test]
    public async Task A_rule_erases_without_a_request_and_says_who_agreed_on_it()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var asked = await world.RequestAsync();
        var officer = world.PrivacyOfficer.Person.Value;

        var done = await world.DoAsync(Actor.System, new EraseByRuleCommand(world.NewId(), "five-years", officer));

        var erasure = await world.ErasureAsync(done.Created!.Value);
        Assert.That(
            (erasure.RuleId, erasure.AskedBy, erasure.State, erasure.SettledById?.Value, erasure.DestroyedAt is not null),
            Is.EqualTo(("five-years", ErasureAskedBy.Rule, ErasureState.Erased, (Guid?)officer, true)));
        Assert.That((await world.ErasureAsync(asked)).State, Is.EqualTo(ErasureState.Declined), "it has come to its end otherwise");
    }

    [Test]
    public async Task A_rule_may_erase_a_draft()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.DraftAsync();

        await world.DoAsync(Actor.System, new EraseByRuleCommand(world.NewId(), "drafts", null));

        var file = await world.FileAsync();
        Assert.That((file.Phase, file.IsErased), Is.EqualTo((CasePhase.Withdrawn, true)));
    }

    [Test]
    public async Task Everybody_who_may_open_the_case_sees_that_it_was_erased_and_nothing_else([Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)] int colleague)
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        await world.ErasedAsync();

        foreach (var view in (string[])["case", "room", "minutes", "decide"])
        {
            var read = await world.Get<CaseReads>().ReadAsync(CaseWorld.Colleague(colleague), world.Case, view, CancellationToken.None);
            if (read.View is { } shown)
            {
                Assert.That(
                    (shown.ErasedAt is not null, shown.Signal, shown.Decisions.Count, shown.Room, shown.Can.Count, shown.Facts.Platform, shown.Comparison),
                    Is.EqualTo((true, default(SignalSubmission), 0, default(RoomView), 0, default(string), default(ComparisonView))));
            }
        }

        Assert.That((await world.Get<WorkList>().ReadAsync(CaseWorld.Colleague(colleague), 1, 25, CancellationToken.None)).LookBack.Items.Select(i => i.Title), Is.All.Null);
    }
}
