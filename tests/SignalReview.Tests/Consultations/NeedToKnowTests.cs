using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Consultations;

/// <summary>What each kind of person sees of a case, beyond blindness.</summary>
internal sealed class NeedToKnowTests
{
    [Test]
    public async Task A_reader_of_the_panel_sees_the_core_and_nothing_by_which_a_subject_could_be_known()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.SubmitAsync(signal: world.Signal() with { Title = "Clip van groep merel", ConsultationQuestion = "Wat wil Groep Merel?", Size = "5 jongens" });
        var panel = CaseWorld.Colleague(9);
        await AskAsync(world, panel);

        var view = (await ViewAsync(world, panel))!;

        Assert.Multiple(() =>
        {
            Assert.That(view.Signal!.Title, Is.EqualTo("Clip van […]"));
            Assert.That(view.Signal.ConsultationQuestion, Is.EqualTo("Wat wil […]?"));
            Assert.That(view.Signal.Online.FactualDescription, Is.EqualTo("Vijf jongens op een plein; één regel noemt een straat."));
            Assert.That(view.Signal.AgeBand, Is.EqualTo("15-18"));
            Assert.That(view.Signal.Offline, Is.EqualTo(new SignalSubmission().Offline));
            Assert.That(view.Signal.Reading, Is.EqualTo(new SubmitterReading()));
            Assert.That((view.Signal.Pseudonym, view.Signal.Size, view.Signal.Tags.Count), Is.EqualTo(((string?)null, (string?)null, 0)));
            Assert.That((view.Facts.Team, view.Facts.Tags.Count), Is.EqualTo(("", 0)));
            Assert.That(JsonSerializer.Serialize(view, TrailJson.Options), Does.Not.Contain("merel").IgnoreCase);
        });
    }

    [Test]
    public async Task The_pseudonym_is_struck_out_of_what_colleagues_say_to_the_panel()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.SubmitAsync();
        var panel = CaseWorld.Colleague(9);
        await AskAsync(world, panel);
        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading() with { Decoding = "Groep Merel daagt uit." }));
        }

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        await world.DoAsync(world.Facilitator, new SayCommand(world.NewId(), "Wat weten we van GROEP MEREL?"));

        var view = (await ViewAsync(world, panel))!;

        Assert.That(view.Readings.Revealed!.Select(r => r.Interpretation.Decoding), Is.All.EqualTo("[…] daagt uit."));
        Assert.That(view.Room!.Messages.Single().Text, Is.EqualTo("Wat weten we van […]?"));
    }

    [Test]
    public async Task The_coordinator_sees_where_a_case_is_and_not_what_it_says()
    {
        await using var world = await (await CaseWorld.StartAsync()).InApprovingAsync();
        await world.DoAsync(world.Owner, new AddToSignalCommand(world.NewId(), "Nog iets"));

        var view = (await ViewAsync(world, world.Coordinator))!;

        Assert.Multiple(() =>
        {
            Assert.That(view.MyRoles, Is.EquivalentTo(new[] { CaseRole.Coordinator }));
            Assert.That(view.People.Readers, Has.Count.EqualTo(3));
            Assert.That(view.People.Readers.SelectMany(r => r.Reasons), Is.Not.Empty);
            Assert.That(view.Waiting.Single().Activity, Is.EqualTo("AskApproval"));
            Assert.That(view.Signal, Is.Null);
            Assert.That(view.Room, Is.Null);
            Assert.That(view.Readings.Revealed, Is.Null);
            Assert.That(view.Additions.Count + view.Decisions.Count + view.FollowUps.Count + view.Questions.Count, Is.Zero);
        });
    }

    [Test]
    public async Task The_approver_sees_readings_votes_and_decision_but_not_the_talk()
    {
        await using var world = await (await CaseWorld.StartAsync()).InRoomAsync();
        await world.DoAsync(world.Facilitator, new SayCommand(world.NewId(), "Wat missen we?"));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        await world.DoAsync(world.Owner, world.Decide());

        var view = (await ViewAsync(world, world.Approver))!;

        Assert.Multiple(() =>
        {
            Assert.That(view.Signal!.Pseudonym, Is.EqualTo("Groep Merel"));
            Assert.That(view.Readings.Revealed, Has.Count.EqualTo(3));
            Assert.That(view.Room!.Rounds.Single().Votes, Has.Count.EqualTo(4));
            Assert.That(view.Room.Rounds.Single().Leading, Is.EqualTo(VoteOption.Talk));
            Assert.That(view.Room.Messages, Is.Empty);
            Assert.That(view.Decisions.Single().Content!.Rationale, Is.EqualTo("We kennen de jongens en kunnen het vragen."));
            Assert.That(view.Can, Is.EquivalentTo(new[] { "approveDecision", "returnDecision" }));
        });
    }

    [Test]
    public async Task Who_only_carries_an_action_sees_title_outcome_and_that_action_once_it_is_approved()
    {
        await using var world = await (await CaseWorld.StartAsync()).InDecidingAsync();
        var colleague = CaseWorld.Colleague(8);
        FollowUpPlan Plan(Actor owner, string action) => new() { Action = action, Owner = owner.Person.Value, Due = world.Today.AddDays(2) };
        await world.DoAsync(world.Owner, world.Decide(change: d => d with { FollowUps = [Plan(colleague, "Bel de studio"), Plan(world.Owner, "Praat met hen")] }));
        var before = await world.Get<CaseReads>().ReadAsync(colleague, world.Case, "case", CancellationToken.None);
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), "Akkoord"));

        var view = (await ViewAsync(world, colleague))!;

        Assert.Multiple(() =>
        {
            Assert.That(before.Refusal, Is.EqualTo(Refusal.NotFound), "an action that was only proposed tells nothing yet");
            Assert.That(view.Signal, Is.EqualTo(new SignalSubmission { Title = "Clip met een mes-emoji", Tags = view.Signal!.Tags, Online = view.Signal.Online, Offline = view.Signal.Offline, Reading = view.Signal.Reading }));
            Assert.That(view.Signal.Online, Is.EqualTo(new OnlineContext { Signs = view.Signal.Online.Signs }));
            Assert.That(view.FollowUps.Single().Plan!.Action, Is.EqualTo("Bel de studio"));
            Assert.That(view.Decisions.Single().Content!.Outcome, Is.EqualTo(VoteOption.Talk));
            Assert.That(view.Decisions.Single().Content!.Rationale, Is.Null);
            Assert.That(view.Decisions.Single().JudgedRemark, Is.Null);
            Assert.That(view.Readings.Revealed, Is.Null);
            Assert.That(view.People.Readers, Is.Empty);
            Assert.That(view.Can, Is.EquivalentTo(new[] { "completeFollowUp" }));
        });
    }

    [Test]
    public async Task A_reader_who_was_replaced_or_declined_sees_nothing_any_more()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        var readers = await world.ReadersAsync();
        await world.DoAsync(world.Facilitator, new ReplaceReaderCommand(world.NewId(), readers[0].Person.Value, null, "Op vakantie"));
        await world.DoAsync(readers[1], new DeclineInvitationCommand(world.NewId(), ConflictOfInterest: true, null));

        Assert.That(await ViewAsync(world, readers[0]), Is.Null);
        Assert.That(await ViewAsync(world, readers[1]), Is.Null);
        Assert.That(await ViewAsync(world, readers[2]), Is.Not.Null);
    }

    [Test]
    public async Task Of_a_stop_at_the_gate_the_privacy_officer_sees_the_measures_and_nothing_else()
    {
        await using var world = await CaseWorld.StartAsync();
        var signal = world.Signal();
        await world.SubmitAsync(signal: signal with { Online = signal.Online with { AccessRoute = AccessRoute.Unlawful } });
        var officer = CaseWorld.Colleague(11);
        var before = (await ViewAsync(world, officer))!;
        await world.DoAsync(officer, new HandleStopCommand(world.NewId(), "Met de indiener besproken."));

        var after = (await ViewAsync(world, officer))!;
        var writer = (await ViewAsync(world, world.Submitter))!;

        Assert.Multiple(() =>
        {
            Assert.That(before.Can, Is.EquivalentTo(new[] { "handleStop" }));
            Assert.That(after.Can, Is.Empty);
            Assert.That(after.Stop, Is.EqualTo(new StopView(before.Stop!.At, world.Now, null, "Met de indiener besproken.")));
            Assert.That(after.Signal, Is.Null);
            Assert.That(writer.Stop, Is.EqualTo(after.Stop! with { Measures = null }));
            Assert.That(writer.Signal, Is.Null);
        });
    }

    [Test]
    public async Task A_case_that_was_taken_back_is_its_owners_only()
    {
        await using var world = await (await CaseWorld.StartAsync()).InRoomAsync();
        var reader = (await world.ReadersAsync())[0];
        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Was een vergissing"));

        Assert.That((await ViewAsync(world, world.Owner))!.Signal, Is.Not.Null);
        var seen = (await ViewAsync(world, reader))!;
        Assert.That((seen.Signal, seen.Readings.Revealed, seen.Room), Is.EqualTo(((SignalSubmission?)null, (IReadOnlyList<ReadingView>?)null, (RoomView?)null)));
    }

    [Test]
    public async Task What_was_answered_and_added_is_shown_to_those_inside()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        var reader = (await world.ReadersAsync())[0];
        await world.DoAsync(reader, new AskQuestionCommand(world.NewId(), "Wanneer was dit?"));
        var question = (await ViewAsync(world, world.Owner))!.Questions.Single().Id;
        await world.DoAsync(world.Owner, new AnswerQuestionCommand(world.NewId(), question, "Zaterdag."));
        await world.DoAsync(world.Owner, new AddToSignalCommand(world.NewId(), "Er kwam een tweede clip."));

        var view = (await ViewAsync(world, reader))!;

        Assert.That(view.Questions.Single() is { Question: "Wanneer was dit?", Answer: "Zaterdag." });
        Assert.That(view.Additions.Single().Text, Is.EqualTo("Er kwam een tweede clip."));
        Assert.That(view.People.Readers.Where(r => r.Reasons.Count > 0).Select(r => r.Person.Id), Is.EqualTo(new[] { reader.Person }), "of the others routing's reasons stay closed");
    }

    [Test]
    public async Task A_reader_looks_back_on_what_it_turned_out_to_be_beside_their_own_reading()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var reader = (await world.ReadersAsync())[0];

        var view = (await ViewAsync(world, reader))!;

        Assert.That(view.MyInterpretation!.Decoding, Is.EqualTo("Muziek met een rand."));
        Assert.That(view.Reviews.Single() is { ActualMeaning: "Het was een grap tussen vrienden.", Learning: "Eerst vragen, dan lezen." });
    }

    [Test]
    public async Task That_a_dissent_was_asked_for_is_between_those_who_decide_and_the_asked()
    {
        await using var world = await (await CaseWorld.StartAsync()).InDecidingAsync(place => place == 0 ? VoteOption.NoConcern : VoteOption.Talk);
        var readers = await world.ReadersAsync();
        await world.DoAsync(world.Owner, new AskDissentCommand(world.NewId(), readers[0].Person.Value, "Jij zag geen zorg."));
        var asked = (await ViewAsync(world, readers[0]))!.Dissents;
        var other = (await ViewAsync(world, readers[1]))!.Dissents;
        await world.DoAsync(readers[0], new StateDissentCommand(world.NewId(), "Ik zie geen zorg.", Approved: true));

        var stated = (await ViewAsync(world, readers[1]))!.Dissents;

        Assert.That(asked.Single().Proposal, Is.EqualTo("Jij zag geen zorg."));
        Assert.That(other, Is.Empty);
        Assert.That(stated.Single().Statement, Is.EqualTo("Ik zie geen zorg."));
    }

    /// <summary>Puts a colleague in the place of the first reader, unless they are asked already.</summary>
    internal static async Task AskAsync(CaseWorld world, Actor colleague)
    {
        var readers = await world.ReadersAsync();
        if (readers.All(r => r.Person != colleague.Person))
        {
            await world.DoAsync(
                world.Coordinator, new ReplaceReaderCommand(world.NewId(), readers[0].Person.Value, colleague.Person.Value, "Kent de code"));
        }
    }

    private static async Task<CaseView?> ViewAsync(CaseWorld world, Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "case", CancellationToken.None)).View;
}
