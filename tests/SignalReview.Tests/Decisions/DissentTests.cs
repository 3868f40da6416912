using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Decisions;

/// <summary>Asking for, stating and waiving a dissent.</summary>
[TestFixture]
internal sealed class DissentTests
{
    private CaseWorld world = null!;
    private Actor minority = null!;
    private Actor majority = null!;

    /// <summary>The first reader chose otherwise, all others chose to talk.</summary>
    [SetUp]
    public async Task Start()
    {
        world = await CaseWorld.StartAsync();
        await world.InDecidingAsync(place => place == 0 ? VoteOption.Emergency : VoteOption.Talk);
        var readers = await world.ReadersAsync();
        (minority, majority) = (readers[0], readers[1]);
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Who_voted_otherwise_dissents_in_their_own_words()
    {
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Ik wil dat de wijkagent dit weet.", Approved: true));
        var dissent = (await world.FileAsync()).Dissents.Single();
        Assert.That((dissent.PersonId, dissent.State, dissent.AskedEvent), Is.EqualTo((minority.Person, DissentState.Stated, (Guid?)null)));
        Assert.That((await world.BodyAsync<DissentBody>(dissent.StatementEvent!.Value)).Statement, Is.EqualTo("Ik wil dat de wijkagent dit weet."));
    }

    [Test]
    public async Task Who_chose_what_was_decided_dissents_only_when_asked()
    {
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
        (await world.TryAsync(majority, new StateDissentCommand(world.NewId(), "Toch niet.", Approved: true))).ShouldBeForbidden("not-a-dissenter");
        await world.DoAsync(world.Owner, new AskDissentCommand(world.NewId(), majority.Person.Value, "Je had een voorwaarde."));
        await world.DoAsync(majority, new StateDissentCommand(world.NewId(), "Alleen als er vandaag gesproken wordt.", Approved: true));
        var dissent = (await world.FileAsync()).Dissents.Single();
        Assert.That((dissent.State, dissent.AskedEvent is not null), Is.EqualTo((DissentState.Stated, true)));
        Assert.That((await world.BodyAsync<DissentAskedBody>(dissent.AskedEvent!.Value)).Proposal, Is.EqualTo("Je had een voorwaarde."));
    }

    [Test]
    public async Task A_departing_owner_makes_dissenters_of_the_majority()
    {
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Emergency, d => d with { DeviationReason = "Nieuw bericht." }));
        await world.DoAsync(majority, new StateDissentCommand(world.NewId(), "Praten was genoeg.", Approved: true));
        (await world.TryAsync(minority, new StateDissentCommand(world.NewId(), "Ik ook.", Approved: true))).ShouldBeForbidden("not-a-dissenter");
        (await world.TryAsync(world.Owner, new StateDissentCommand(world.NewId(), "Ik ook.", Approved: true))).ShouldBeForbidden("not-a-dissenter");
    }

    [Test]
    public async Task The_minority_may_dissent_while_the_owner_weighs()
    {
        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Ik wil dat de wijkagent dit weet.", Approved: true));
        (await world.TryAsync(majority, new StateDissentCommand(world.NewId(), "Ik ook.", Approved: true))).ShouldBeForbidden("not-a-dissenter");
        (await world.TryAsync(world.Coordinator, new StateDissentCommand(world.NewId(), "Ik ook.", Approved: true))).ShouldBeForbidden("not-a-dissenter");
    }

    [Test]
    public async Task Saying_it_again_replaces_and_both_stay_in_the_trail()
    {
        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Eerst.", Approved: true));
        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Beter gezegd.", Approved: true));
        var dissent = (await world.FileAsync()).Dissents.Single();
        Assert.That((await world.BodyAsync<DissentBody>(dissent.StatementEvent!.Value)).Statement, Is.EqualTo("Beter gezegd."));
        Assert.That(await world.CountAsync("dissent.stated"), Is.EqualTo(2));
    }

    [Test]
    public async Task Only_the_owner_asks_and_only_a_voter_is_asked()
    {
        (await world.TryAsync(world.Facilitator, new AskDissentCommand(world.NewId(), minority.Person.Value, null))).ShouldBeForbidden();
        (await world.TryAsync(world.Owner, new AskDissentCommand(world.NewId(), world.Facilitator.Person.Value, null))).ShouldMiss("person notAVoter");
        (await world.TryAsync(world.Owner, new AskDissentCommand(world.NewId(), world.Owner.Person.Value, null))).ShouldMiss("person notAVoter");
    }

    [Test]
    public async Task Nobody_is_pressed_twice_for_one_decision()
    {
        await AskAsync();
        (await world.TryAsync(world.Owner, new AskDissentCommand(world.NewId(), minority.Person.Value, null))).ShouldBeRefused("dissent-already-asked");
        await world.DoAsync(minority, new WaiveDissentCommand(world.NewId()));
        (await world.TryAsync(world.Owner, new AskDissentCommand(world.NewId(), minority.Person.Value, null))).ShouldBeRefused("dissent-already-asked");
        Assert.That((await world.FileAsync()).Dissents.Single().State, Is.EqualTo(DissentState.Waived));
    }

    [Test]
    public async Task For_another_decision_one_may_be_asked_again_and_an_earlier_statement_is_not_lost()
    {
        await AskAsync();
        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Ik wil dat de wijkagent dit weet.", Approved: true));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
        await AskAsync();
        Assert.That((await world.FileAsync()).Dissents.Single().State, Is.EqualTo(DissentState.Asked));
        await world.DoAsync(minority, new WaiveDissentCommand(world.NewId()));
        var dissent = (await world.FileAsync()).Dissents.Single();
        Assert.That((dissent.State, dissent.StatementEvent is not null), Is.EqualTo((DissentState.Stated, true)));
    }

    [Test]
    public async Task Who_was_not_asked_has_nothing_to_waive()
    {
        (await world.TryAsync(minority, new WaiveDissentCommand(world.NewId()))).ShouldBeRefused("dissent-not-asked");
    }

    [Test]
    public async Task After_the_approval_it_is_too_late()
    {
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        (await world.TryAsync(minority, new StateDissentCommand(world.NewId(), "Toch nog.", Approved: true))).ShouldBeRefused("dissent-not-open");
        (await world.TryAsync(world.Owner, new AskDissentCommand(world.NewId(), minority.Person.Value, null))).ShouldBeRefused("dissent-not-open");
    }

    [Test]
    public async Task A_dissent_has_words() =>
        (await world.TryAsync(minority, new StateDissentCommand(world.NewId(), " ", Approved: true))).ShouldMiss("statement required");

    [Test]
    public async Task Words_that_their_writer_did_not_approve_do_not_stand()
    {
        (await world.TryAsync(minority, new StateDissentCommand(world.NewId(), "Nog niet af."))).ShouldMiss("approved notApproved");
        Assert.That((await world.FileAsync()).Dissents, Is.Empty);
        Assert.That(await world.CountAsync("dissent.stated"), Is.Zero);
    }

    [Test]
    public async Task What_is_still_being_written_is_the_dissenters_alone_and_goes_with_the_approval()
    {
        var drafts = world.Get<DraftStore>();
        var content = JsonSerializer.SerializeToElement(new DissentDraft("Nog niet af."), TrailJson.Options);
        Assert.That((await drafts.SaveAsync(minority, world.Case, DraftKind.Dissent, content, 0, CancellationToken.None)).Outcome, Is.EqualTo(SaveDraftOutcome.Saved));
        foreach (var other in new[] { majority, world.Owner, world.Facilitator })
        {
            Assert.That((await drafts.SaveAsync(other, world.Case, DraftKind.Dissent, content, 0, CancellationToken.None)).Outcome, Is.EqualTo(SaveDraftOutcome.NotYours));
            var view = (await world.Get<CaseReads>().ReadAsync(other, world.Case, "case", CancellationToken.None)).View!;
            Assert.That(JsonSerializer.Serialize(view, TrailJson.Options), Does.Not.Contain("Nog niet af."));
        }

        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Af.", Approved: true));

        Assert.That(await drafts.FindAsync(minority, world.Case, DraftKind.Dissent, CancellationToken.None), Is.Null);
        Assert.That((await world.FileAsync()).Dissents.Single().State, Is.EqualTo(DissentState.Stated));
    }

    [Test]
    public async Task The_approval_of_a_decision_names_the_versions_that_stand_beside_it()
    {
        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Eerst.", Approved: true));
        await world.DoAsync(minority, new StateDissentCommand(world.NewId(), "Beter gezegd.", Approved: true));
        await world.DoAsync(world.Owner, world.Decide(VoteOption.Talk));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));

        var standing = (await world.LastBodyAsync<DecisionJudgedBody>("decision.approved")).Dissents!;

        Assert.That((await world.BodyAsync<DissentBody>(standing.Single())).Statement, Is.EqualTo("Beter gezegd."));
    }

    private Task<CommandResult> AskAsync() => world.DoAsync(world.Owner, new AskDissentCommand(world.NewId(), minority.Person.Value, null));
}
