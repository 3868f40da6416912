using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Decisions;

/// <summary>A dissent is carried to the look back and put beside what happened; its writer has the last word.</summary>
internal sealed class DissentReviewTests
{
    private CaseWorld world = null!;
    private Actor dissenter = null!;
    private Actor other = null!;

    [SetUp]
    public async Task Start()
    {
        world = await CaseWorld.StartAsync();
        await world.InDecidingAsync(place => place == 0 ? VoteOption.Emergency : VoteOption.Talk);
        var readers = await world.ReadersAsync();
        (dissenter, other) = (readers[0], readers[1]);
        await world.DoAsync(world.Owner, world.Decide());
        await world.DoAsync(dissenter, new StateDissentCommand(world.NewId(), "De wijkagent moet dit weten.", Approved: true));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Looking_back_says_of_each_dissent_what_happened()
    {
        (await world.TryAsync(world.Owner, Review())).ShouldMiss("dissents required");
        (await world.TryAsync(world.Owner, Review(new DissentOutcome(world.NewId(), "Iets.")))).ShouldMiss("dissents required", "dissents[0].dissent unknown");
        var id = (await DissentAsync(world.Owner)).Id!.Value;
        (await world.TryAsync(world.Owner, Review(new DissentOutcome(id, " ")))).ShouldMiss("dissents[0].happened required");
        (await world.TryAsync(world.Owner, Review(new(id, "Eens."), new(id, "Nog eens.")))).ShouldMiss("dissents[1].dissent unknown");
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.FollowUp));

        await world.DoAsync(world.Owner, Review(new DissentOutcome(id, "De wijkagent is niet ingelicht; er gebeurde niets.")));

        foreach (var actor in new[] { world.Owner, dissenter, other, world.Facilitator })
        {
            var dissent = await DissentAsync(actor);
            Assert.That((dissent.Statement, dissent.Happened, dissent.ComparedAt), Is.EqualTo(
                ("De wijkagent moet dit weten.", "De wijkagent is niet ingelicht; er gebeurde niets.", world.Now)));
        }

        var statement = (await world.FileAsync()).Dissents.Single().StatementEvent!.Value;
        Assert.That((await world.LastBodyAsync<DissentComparedBody>("dissent.compared")).Dissent, Is.EqualTo(statement));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Closed));
    }

    [Test]
    public async Task The_dissenter_has_the_last_word_once_and_nobody_else_has()
    {
        (await world.TryAsync(dissenter, Word())).ShouldBeRefused("dissent-not-compared");
        await world.DoAsync(world.Owner, Review(new DissentOutcome((await DissentAsync(world.Owner)).Id!.Value, "Er gebeurde niets.")));
        foreach (var actor in new[] { world.Owner, other, world.Facilitator, world.Approver })
        {
            Assert.That((await ViewAsync(actor)).Can, Does.Not.Contain("closeDissent"));
            (await world.TryAsync(actor, Word())).ShouldBeForbidden("not-a-dissenter");
        }

        Assert.That((await ViewAsync(dissenter)).Can, Does.Contain("closeDissent"));
        (await world.TryAsync(dissenter, new CloseDissentCommand(world.NewId(), ""))).ShouldMiss("word required");
        await world.DoAsync(dissenter, Word());
        (await world.TryAsync(dissenter, Word())).ShouldBeRefused("dissent-already-closed");
        Assert.That((await DissentAsync(other)).ClosingWord, Is.EqualTo("Ik had me vergist in de toon."));
    }

    [Test]
    public async Task Another_look_back_after_a_reopening_compares_anew()
    {
        await world.DoAsync(world.Owner, Review(new DissentOutcome((await DissentAsync(world.Owner)).Id!.Value, "Er gebeurde niets.")));
        await world.DoAsync(dissenter, Word());
        var row = (await world.FileAsync()).Dissents.Single();
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            // What a second look back writes; the whole way there is another test's.
            var again = new { CaseId = world.Case, row.StatementEvent, EventId = world.NewId(), Now = world.Now.AddDays(9) };
            Assert.That(await db.ExecuteAsync("decisions/compare_dissent", again, CancellationToken.None), Is.EqualTo(1));
            await db.CommitAsync(CancellationToken.None);
        }

        Assert.That((await world.FileAsync()).Dissents.Single(), Is.EqualTo(row with
        {
            ComparedEvent = (await world.FileAsync()).Dissents.Single().ComparedEvent,
            ComparedAt = world.Now.AddDays(9),
            ClosingEvent = null,
        }));
        Assert.That((await ViewAsync(dissenter)).Can, Does.Contain("closeDissent"));
    }

    private ReviewCaseCommand Review(params DissentOutcome[] outcomes) => new(world.NewId(), "Een grap.", "Eerst vragen.") { Dissents = outcomes };

    private CloseDissentCommand Word() => new(world.NewId(), "Ik had me vergist in de toon.");

    private async Task<CaseView> ViewAsync(Actor actor) => (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "follow-up", CancellationToken.None)).View!;

    private async Task<DissentView> DissentAsync(Actor actor) => (await ViewAsync(actor)).Dissents.Single();
}
