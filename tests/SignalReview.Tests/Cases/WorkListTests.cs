using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Cases;

internal sealed class WorkListTests
{
    [Test]
    public async Task A_draft_waits_for_its_writer_without_a_deadline()
    {
        await using var world = await (await CaseWorld.StartAsync()).DraftAsync();

        var list = await ReadAsync(world, world.Submitter);

        Assert.That(list.Waiting.Items.Single() is { Kind: WorkKind.FinishDraft, DueAt: null, Title: null });
        Assert.That((await ReadAsync(world, world.Coordinator)).Waiting.Total, Is.Zero);
    }

    [Test]
    public async Task Each_step_waits_for_whose_turn_it_is_and_runs_for_the_others()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.SubmitAsync();
        var reader = (await world.ReadersAsync())[0];
        await AssertAsync("invited", (reader, WorkKind.RespondToInvitation), (world.Owner, null));

        await world.DoAsync(reader, new AcceptInvitationCommand(world.NewId()));
        await AssertAsync("accepted", (reader, WorkKind.AskQuestions), (world.Owner, null));

        await world.DoAsync(reader, new AskQuestionCommand(world.NewId(), "Wanneer?"));
        await AssertAsync("asked", (world.Owner, WorkKind.AnswerQuestion));

        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        await AssertAsync("clarified", (reader, WorkKind.GiveReading), (world.Facilitator, null));

        await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        await AssertAsync("read", (reader, null));

        foreach (var other in (await world.ReadersAsync()).Skip(1))
        {
            await world.DoAsync(other, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        await world.DoAsync(world.Owner, new AnswerQuestionCommand(world.NewId(), (await world.FileAsync()).Questions[0].QuestionId, "Zaterdag"));
        await AssertAsync("revealed", (world.Owner, WorkKind.Compare), (reader, null));

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        await AssertAsync("room", (world.Facilitator, WorkKind.LeadRoom), (reader, WorkKind.JoinRoom));

        await world.DoAsync(reader, new JoinRoomCommand(world.NewId()));
        await AssertAsync("joined", (reader, null));

        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await AssertAsync("vote", (reader, WorkKind.Vote), (world.Owner, WorkKind.Vote), (world.Facilitator, null));

        await world.VoteAllAsync();
        await AssertAsync("voted", (world.Facilitator, WorkKind.LeadRoom), (reader, null));

        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        await AssertAsync("harvested", (world.Owner, WorkKind.Decide));

        await world.DoAsync(world.Owner, world.Decide());
        await world.DoAsync(world.Owner, new AskDissentCommand(world.NewId(), reader.Person.Value, null));
        await AssertAsync("dissent asked", (reader, WorkKind.StateDissent), (world.Approver, null), (world.Owner, null));

        await world.DoAsync(reader, new WaiveDissentCommand(world.NewId()));
        await AssertAsync("waived", (world.Approver, WorkKind.Approve));

        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        await AssertAsync("approved", (world.Owner, null), (world.Approver, null));

        world.Time.Advance(TimeSpan.FromDays(7));
        await AssertAsync("review day", (world.Owner, WorkKind.Review));

        async Task AssertAsync(string when, params (Actor Actor, WorkKind? Kind)[] expected)
        {
            foreach (var (actor, kind) in expected)
            {
                var list = await ReadAsync(world, actor);
                Assert.That(list.Waiting.Items.Select(i => i.Kind), Is.EqualTo(kind is null ? [] : new[] { kind }), $"{when}: {actor.Person}");
                Assert.That(list.Running.Total, Is.EqualTo(kind is null ? 1 : 0), $"{when}: {actor.Person}");
            }
        }
    }

    [Test]
    public async Task What_is_due_soonest_stands_first()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InDecidingAsync();
        var slow = world.Case;
        await world.SubmitAsync("urgent");
        var acute = world.Case;

        var waiting = (await ReadAsync(world, world.Owner)).Waiting.Items;

        Assert.That(waiting.Select(w => (w.Case, w.Kind)), Is.EqualTo(new[] { (acute, (WorkKind?)WorkKind.DecideNow), (slow, WorkKind.Decide) }));
        Assert.That(waiting.Select(w => w.DueAt), Is.Ordered);
    }

    [Test]
    public async Task An_action_waits_for_who_carries_it_until_it_is_done()
    {
        await using var world = await (await CaseWorld.StartAsync()).InDecidingAsync();
        var colleague = CaseWorld.Colleague(8);
        var plan = new FollowUpPlan { Action = "Bel de studio", Owner = colleague.Person.Value, Due = world.Today.AddDays(2) };
        await world.DoAsync(world.Owner, world.Decide(change: d => d with { FollowUps = [plan] }));
        var proposed = await ReadAsync(world, colleague);
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));

        var item = (await ReadAsync(world, colleague)).Waiting.Items.Single();
        await world.DoAsync(colleague, new CompleteFollowUpCommand(world.NewId(), item.FollowUp!.Value, "Gedaan"));
        var done = await ReadAsync(world, colleague);

        Assert.Multiple(() =>
        {
            Assert.That(proposed.Waiting.Total + proposed.Running.Total, Is.Zero, "not approved yet");
            Assert.That((item.Kind, item.Title, item.Pseudonym), Is.EqualTo((WorkKind.FollowUpAction, "Clip met een mes-emoji", (string?)null)));
            Assert.That(item.Action, Is.EqualTo("Bel de studio"));
            // The end of Wednesday the 18th in Amsterdam, where it is still winter time.
            Assert.That(item.DueAt, Is.EqualTo(new DateTimeOffset(2026, 3, 18, 23, 0, 0, TimeSpan.Zero)));
            Assert.That((done.Waiting.Total, done.Running.Total), Is.EqualTo((0, 1)));
        });
    }

    [Test]
    public async Task A_closed_case_is_there_to_look_back_on_for_all_who_were_in_it()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();

        foreach (var actor in new[] { world.Owner, (await world.ReadersAsync())[0], world.Facilitator, world.Approver })
        {
            var list = await ReadAsync(world, actor);
            Assert.That((list.Waiting.Total, list.Running.Total, list.LookBack.Total), Is.EqualTo((0, 0, 1)));
            Assert.That(list.LookBack.Items.Single().ClosedAt, Is.EqualTo(world.Now));
        }

        Assert.That((await ReadAsync(world, CaseWorld.Colleague(8))).LookBack.Total, Is.Zero);
    }

    [Test]
    public async Task A_stuck_case_waits_for_the_coordinator_until_it_moves()
    {
        await using var world = await (await CaseWorld.StartAsync()).InComparingAsync();
        await world.PassDeadlineAsync("Compare");
        var stuck = await ReadAsync(world, world.Coordinator);
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));

        var moved = await ReadAsync(world, world.Coordinator);

        Assert.That(stuck.Waiting.Items.Single() is { Kind: WorkKind.HelpStuckCase, Title: null, Pseudonym: null });
        Assert.That(moved.Waiting.Total + moved.Running.Total, Is.Zero);
    }

    [Test]
    public async Task A_stop_waits_for_the_privacy_officer_until_it_is_handled()
    {
        await using var world = await CaseWorld.StartAsync();
        var signal = world.Signal();
        await world.SubmitAsync(signal: signal with { Online = signal.Online with { AccessRoute = AccessRoute.Unlawful } });
        var officer = CaseWorld.Colleague(11);

        var before = await ReadAsync(world, officer);
        await world.DoAsync(officer, new HandleStopCommand(world.NewId(), "Besproken"));

        Assert.That(before.Waiting.Items.Single() is { Kind: WorkKind.HandleStop, Title: null });
        Assert.That((await ReadAsync(world, officer)).Waiting.Total, Is.Zero);
        Assert.That((await ReadAsync(world, world.Submitter)).Waiting.Total, Is.Zero);
    }

    [Test]
    public async Task Long_lists_come_in_pages()
    {
        await using var world = await CaseWorld.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await world.DraftAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var first = await world.Get<WorkList>().ReadAsync(world.Submitter, 1, 2, CancellationToken.None);
        var last = await world.Get<WorkList>().ReadAsync(world.Submitter, 3, 2, CancellationToken.None);

        Assert.That((first.Waiting.Items.Count, first.Waiting.Total), Is.EqualTo((2, 5)));
        Assert.That((last.Waiting.Items.Count, last.Waiting.Total), Is.EqualTo((1, 5)));
        Assert.That(last.Waiting.Items.Single().Case, Is.EqualTo(world.Case));
    }

    [Test]
    public async Task The_list_that_was_shown_stands_in_the_organisations_trail()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        await ReadAsync(world, world.Owner);

        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        using var dossier = await ReadLog.OrganisationAsync(db, world.Get<KeyRing>(), CancellationToken.None);
        var id = (await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = CaseId.Organisation }, CancellationToken.None)).Last(e => e.Type == "list.read").EventId;
        var body = await TrailBodies.ReadAsync<JsonDocument>(db, dossier, id, CancellationToken.None);
        Assert.That(body!.RootElement.GetRawText(), Is.EqualTo($$"""{"cases":["{{world.Case}}"],"client":"test","list":"myWork"}"""));
    }

    [Test]
    public async Task On_the_board_the_stuck_stand_first_and_nothing_is_said()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InDecidingAsync();
        var calm = world.Case;
        await world.InComparingAsync();
        await world.PassDeadlineAsync("Compare");
        var stuck = world.Case;

        var board = (await world.Get<Board>().ReadAsync(world.Coordinator, 1, 10, CancellationToken.None)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(board.Items.Select(i => (i.Case, i.Stuck)), Is.EqualTo(new[] { (stuck, true), (calm, false) }));
            Assert.That((board.Total, board.StuckTotal), Is.EqualTo((2, 1)));
            Assert.That(board.Items[0].Escalation, Is.EqualTo("comparingOverdue"));
            Assert.That(board.Items[0].Steps.Single() is { Activity: "Compare" } step && step.WaitsOn.SequenceEqual([CaseRole.Owner]));
            Assert.That((board.Items[0].ReadingsIn, board.Items[0].ReadingsAsked), Is.EqualTo((3, 3)));
            Assert.That(board.Items[1].Overdue, Is.EqualTo(board.Items[1].DueAt < world.Now));
            Assert.That(JsonSerializer.Serialize(board, TrailJson.Options), Does.Not.Contain("Merel").And.Not.Contain("mes-emoji"));
        });
    }

    [Test]
    public async Task The_board_is_the_coordinators()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        var result = await world.Get<Board>().ReadAsync(world.Facilitator, 1, 10, CancellationToken.None);

        Assert.That(result, Is.EqualTo(new BoardResult(null, Refusal.NotYours)));
    }

    private static Task<WorkListView> ReadAsync(CaseWorld world, Actor actor) => world.Get<WorkList>().ReadAsync(actor, CancellationToken.None);
}
