using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Minutes;

/// <summary>Writing beside the facts, asking for approval, and what holds afterwards.</summary>
[TestFixture]
internal sealed class MinutesApprovalTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Everyone_who_was_there_approves_and_they_are_fixed()
    {
        await world.ProposedAsync();
        var present = await world.PresentAsync();
        await world.DoAsync(present[1], new AnswerMinutesCommand(world.NewId(), 1, true));
        Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Proposed));
        await world.DoAsync(present[2], new AnswerMinutesCommand(world.NewId(), 1, true, "Goed verslag."));
        var fixedBody = await world.LastBodyAsync<MinutesFixedBody>("minutes.fixed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Fixed));
            Assert.That(fixedBody.Reason, Is.EqualTo(MinutesFixReason.AllApproved));
            Assert.That(fixedBody.Approved, Is.EquivalentTo(present.Skip(1).Select(p => p.Person)));
            Assert.That((await world.MinutesAsync(world.Owner))!.Versions[0].Answers.Select(a => a.Remark), Is.EqualTo(new[] { null, "Goed verslag." }));
        }
    }

    [Test]
    public async Task Only_who_was_there_is_asked_and_who_proposes_stands_behind_it()
    {
        await world.ProposedAsync();
        var present = await world.PresentAsync();
        Assert.That((await world.FileAsync()).MinutesAnswers.Select(a => a.PersonId), Is.EquivalentTo(present.Skip(1).Select(p => p.Person)));
        (await world.TryAsync(world.Facilitator, new AnswerMinutesCommand(world.NewId(), 1, true))).ShouldBeForbidden("minutes-not-asked");
        var absent = (await world.ReadersAsync())[1];
        (await world.TryAsync(absent, new AnswerMinutesCommand(world.NewId(), 1, true))).ShouldBeForbidden("minutes-not-asked");
    }

    [Test]
    public async Task When_the_time_is_up_they_are_fixed_and_name_who_objected_and_who_did_not_react()
    {
        await world.ProposedAsync();
        await world.DoAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, false, "Mijn vraag staat er niet in."));
        var due = (await world.FileAsync()).MinutesVersions[0].DueAt;
        await world.PassAsync(due - world.Now + TimeSpan.FromSeconds(1));
        var body = await world.LastBodyAsync<MinutesFixedBody>("minutes.fixed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Fixed));
            Assert.That(body.Reason, Is.EqualTo(MinutesFixReason.Deadline));
            Assert.That(body.Objected, Is.EqualTo(new[] { world.Owner.Person }));
            Assert.That(body.Silent, Is.EqualTo(new[] { (await world.ReadersAsync())[0].Person }));
        }
    }

    [Test]
    public async Task Three_working_days_are_given_and_a_late_answer_is_late_by_the_clock()
    {
        await world.ProposedAsync();
        var version = (await world.FileAsync()).MinutesVersions[0];
        Assert.That(version.DueAt, Is.EqualTo(version.ProposedAt.AddDays(3)), "from Monday to Thursday");
        world.Time.Advance(version.DueAt - world.Now + TimeSpan.FromSeconds(1));
        (await world.TryAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, true))).ShouldBeRefused("minutes-too-late");
    }

    [Test]
    public async Task An_objection_has_a_remark_and_can_be_taken_back_by_approving()
    {
        await world.ProposedAsync();
        (await world.TryAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, false, " "))).ShouldMiss("remark required");
        await world.DoAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, false, "Klopt niet."));
        await world.DoAsync((await world.ReadersAsync())[0], new AnswerMinutesCommand(world.NewId(), 1, true));
        Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Proposed), "an objection does not fix");
        await world.DoAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, true));
        Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Fixed));
        Assert.That(await world.CountAsync("minutes.answered"), Is.EqualTo(3), "each answer stays in the trail");
    }

    [Test]
    public async Task A_change_takes_the_proposal_back_and_asks_anew()
    {
        await world.ProposedAsync();
        await world.DoAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, true));
        await world.DoAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Agreements, "Samira belt de docent."));
        (await world.TryAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, true))).ShouldBeRefused("minutes-not-proposed");
        await world.DoAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()));
        var minutes = (await world.MinutesAsync(world.Owner))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(minutes.Versions.Select(v => v.State), Is.EqualTo(new[] { MinutesState.TakenBack, MinutesState.Proposed }));
            Assert.That(minutes.Versions.Select(v => v.Content!.Notes.Count), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(minutes.Versions[1].Answers.Select(a => a.Agrees), Is.All.Null);
        }
    }

    [Test]
    public async Task What_was_fixed_stands_until_another_version_is_fixed_and_is_never_changed()
    {
        await world.TalkAsync();
        await world.DoAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Agreements, "Wij bellen."));
        await world.CloseRoomAsync();
        await world.DoAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId(), 1));
        await world.PassAsync(TimeSpan.FromDays(2));
        await world.DoAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Agreements, "Wij bellen niet.", 1));
        var minutes = (await world.MinutesAsync(world.Owner))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(minutes.Versions.Single().State, Is.EqualTo(MinutesState.Fixed));
            Assert.That(minutes.Versions[0].Content!.Notes.Single().Text, Is.EqualTo("Wij bellen."));
            Assert.That(minutes.Draft!.Notes.Single().Text, Is.EqualTo("Wij bellen niet."));
            Assert.That(minutes.HasNews);
        }
    }

    [Test]
    public async Task Two_who_write_the_same_section_do_not_overwrite_each_other()
    {
        await world.TalkAsync();
        await world.DoAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Advice, "Eerst luisteren."));
        (await world.TryAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Advice, "Iets anders."))).ShouldBeRefused("minutes-moved-on");
        await world.DoAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Advice, "", 1));
        Assert.That((await world.MinutesAsync(world.Owner))!.Draft!.Notes.Single().Text, Is.Empty);
        Assert.That(await world.CountAsync("minutes.noted"), Is.EqualTo(2));
    }

    [Test]
    public async Task Saving_it_as_it_was_costs_nobody_their_approval()
    {
        await world.TalkAsync();
        await world.DoAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Advice, "Eerst luisteren."));
        await world.CloseRoomAsync();
        await world.DoAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Advice, "Eerst luisteren.", 1));
        Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Proposed));
    }

    [Test]
    public async Task While_the_room_is_open_they_are_the_facilitators_and_not_yet_to_be_approved()
    {
        await world.TalkAsync();
        (await world.TryAsync(world.Owner, new EditMinutesCommand(world.NewId(), MinutesSection.Course, "Ik."))).ShouldBeForbidden("minutes-not-yours");
        (await world.TryAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()))).ShouldBeRefused("minutes-room-open");
        (await world.TryAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Course, ""))).ShouldMiss("text required");
    }

    [Test]
    public async Task Once_the_room_is_closed_the_owner_can_finish_them()
    {
        await world.TalkAsync();
        await world.CloseRoomAsync();
        await world.DoAsync(world.Owner, new EditMinutesCommand(world.NewId(), MinutesSection.Agreements, "Ik bel."));
        await world.DoAsync(world.Owner, new ProposeMinutesCommand(world.NewId()));
        Assert.That((await world.FileAsync()).MinutesAnswers.Select(a => a.PersonId), Does.Contain(world.Facilitator.Person).And.Not.Contain(world.Owner.Person));
        (await world.TryAsync((await world.ReadersAsync())[0], new ProposeMinutesCommand(world.NewId()))).ShouldBeForbidden("minutes-not-yours");
        (await world.TryAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()))).ShouldBeRefused("minutes-already-proposed");
    }

    [TestCase(0)]
    [TestCase(11)]
    public async Task A_time_of_no_sense_is_refused(int days)
    {
        await world.TalkAsync();
        await world.CloseRoomAsync();
        (await world.TryAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId(), days))).ShouldMiss("workingDays range");
    }

    [Test]
    public async Task Who_was_there_alone_asks_nobody()
    {
        await world.InRoomAsync();
        await world.DoAsync(world.Facilitator, new JoinRoomCommand(world.NewId()));
        await world.CloseRoomAsync();
        await world.DoAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()));
        Assert.That((await world.LastBodyAsync<MinutesFixedBody>("minutes.fixed")).Reason, Is.EqualTo(MinutesFixReason.NobodyToAsk));
        Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Fixed));
    }

    [Test]
    public async Task They_are_approved_after_the_case_was_closed_too()
    {
        await world.ProposedAsync();
        await world.DoAsync(world.Owner, world.Decide());
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        await world.DoAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen."));
        var reader = (await world.ReadersAsync())[0];
        Assert.That(await WaitsAsync(reader));
        await world.DoAsync(reader, new AnswerMinutesCommand(world.NewId(), 1, true));
        Assert.That(await WaitsAsync(reader), Is.False);
        await world.PassAsync(TimeSpan.FromDays(10));
        Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Fixed));
    }

    [Test]
    public async Task What_was_withdrawn_is_left_alone()
    {
        await world.ProposedAsync();
        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Vergissing"));
        (await world.TryAsync(world.Owner, new AnswerMinutesCommand(world.NewId(), 1, true))).ShouldBeRefused("minutes-not-proposed");
        await world.PassAsync(TimeSpan.FromDays(10));
        Assert.That(await world.StateAsync(), Is.EqualTo(MinutesState.Proposed));
    }

    [Test]
    public async Task The_same_commands_twice_do_everything_once()
    {
        await world.TalkAsync();
        await world.CloseRoomAsync();
        var propose = new ProposeMinutesCommand(world.NewId());
        var answer = new AnswerMinutesCommand(world.NewId(), 1, true);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await world.DoAsync(world.Facilitator, propose);
            await world.DoAsync(world.Owner, answer);
        }

        Assert.That((await world.CountAsync("minutes.proposed"), await world.CountAsync("minutes.answered")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Two_last_approvals_at_once_fix_them_once()
    {
        await world.ProposedAsync();
        await Task.WhenAll((await world.PresentAsync()).Skip(1).Select(p => Task.Run(() => world.DoAsync(p, new AnswerMinutesCommand(world.NewId(), 1, true)))));
        Assert.That(await world.CountAsync("minutes.fixed"), Is.EqualTo(1));
    }

    private async Task<bool> WaitsAsync(Actor actor) =>
        (await world.Get<WorkList>().ReadAsync(actor, 1, 25, CancellationToken.None)).Waiting.Items.Any(i => i.Kind == WorkKind.ApproveMinutes);
}
