using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Signals;

namespace SignalReview.Tests.Rooms.Anonymous;

/// <summary>A mode becomes stricter before somebody wrote under it, never looser, and says who made it so.</summary>
internal sealed class TightenAnonymityTests
{
    [Test]
    public async Task Owner_tightens_before_the_first_reading_and_says_why()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        await world.DoAsync(world.Owner, Tighten(world, Anonymity.Pseudonymous));

        var file = await world.FileAsync();
        Assert.That((file.ReadingAnonymity, file.VoteAnonymity), Is.EqualTo((Anonymity.Pseudonymous, Anonymity.Pseudonymous)));
        var told = await world.LastBodyAsync<AnonymityTightenedBody>("anonymity.tightened");
        Assert.That(told, Is.EqualTo(new AnonymityTightenedBody(Anonymity.Pseudonymous, Anonymity.Pseudonymous, "Zo durft iedereen")));
        Assert.That((await world.TrailAsync()).Last(e => e.Type == "anonymity.tightened").ActorId, Is.EqualTo(world.Owner.Person));
    }

    [Test]
    public async Task Readings_are_never_detached()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        await world.DoAsync(world.Owner, Tighten(world, Anonymity.Detached));

        var file = await world.FileAsync();
        Assert.That((file.ReadingAnonymity, file.VoteAnonymity), Is.EqualTo((Anonymity.Pseudonymous, Anonymity.Detached)));
    }

    [TestCase(Anonymity.Named)]
    [TestCase(Anonymity.Pseudonymous)]
    public async Task Nobody_loosens(Anonymity mode)
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        await world.DoAsync(world.Owner, Tighten(world, Anonymity.Detached));

        foreach (var actor in new[] { world.Owner, world.Facilitator })
        {
            Assert.That((await world.TryAsync(actor, Tighten(world, mode))).Refusal, Is.EqualTo(Refusal.Conflict("anonymity-only-tighter")));
        }

        Assert.That((await world.FileAsync()).VoteAnonymity, Is.EqualTo(Anonymity.Detached));
    }

    [Test]
    public async Task After_a_reading_was_given_only_votes_are_tightened()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        await world.DoAsync((await world.ReadersAsync())[0], new SignalReview.Consultations.SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));

        await world.DoAsync(world.Facilitator, Tighten(world, Anonymity.Pseudonymous));

        var file = await world.FileAsync();
        Assert.That((file.ReadingAnonymity, file.VoteAnonymity), Is.EqualTo((Anonymity.Named, Anonymity.Pseudonymous)));
    }

    [Test]
    public async Task After_the_first_ballot_it_is_too_late_in_a_second_round_too()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        await world.DoAsync((await world.VotersAsync())[0], world.Vote());

        Assert.That((await world.TryAsync(world.Facilitator, Tighten(world, Anonymity.Detached))).Refusal, Is.EqualTo(Refusal.Conflict("anonymity-too-late")));
        foreach (var voter in (await world.VotersAsync()).Skip(1))
        {
            await world.DoAsync(voter, world.Vote());
        }

        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        Assert.That((await world.TryAsync(world.Facilitator, Tighten(world, Anonymity.Detached))).Refusal, Is.EqualTo(Refusal.Conflict("anonymity-too-late")));
    }

    [Test]
    public async Task A_reader_does_not_and_a_reason_is_needed()
    {
        await using var world = await (await CaseWorld.StartAsync()).InInterpretingAsync();

        Assert.That((await world.TryAsync((await world.ReadersAsync())[0], Tighten(world, Anonymity.Detached))).Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That((await world.TryAsync(world.Coordinator, Tighten(world, Anonymity.Detached))).Refusal, Is.EqualTo(Refusal.NotYours));
        var without = await world.TryAsync(world.Owner, new TightenAnonymityCommand(world.NewId(), Anonymity.Detached, " "));
        Assert.That(without.Refusal!.Fields, Is.EqualTo(new[] { new FieldProblem("reason", "required") }));
    }

    [Test]
    public async Task It_is_offered_to_who_can_do_it_and_as_long_as_they_can()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        var reader = (await world.ReadersAsync())[0];

        Assert.That((await ViewAsync(world, world.Facilitator)).Can, Does.Contain("tightenAnonymity"));
        Assert.That((await ViewAsync(world, world.Facilitator)).Anonymity.CanBecome, Is.EqualTo(new[] { Anonymity.Pseudonymous, Anonymity.Detached }));
        Assert.That((await ViewAsync(world, reader)).Can, Does.Not.Contain("tightenAnonymity"));
        Assert.That((await ViewAsync(world, reader)).Anonymity.CanBecome, Is.Empty);
        await world.DoAsync(reader, world.Vote());
        Assert.That((await ViewAsync(world, world.Facilitator)).Can, Does.Not.Contain("tightenAnonymity"));
    }

    [Test]
    public async Task Unfinished_ballots_are_thrown_away_when_votes_become_detached_and_none_is_kept_after()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        var drafts = world.Get<DraftStore>();
        var reader = (await world.ReadersAsync())[0];
        var content = System.Text.Json.JsonSerializer.SerializeToElement(new { reason = "Half" });
        Assert.That((await drafts.SaveAsync(reader, world.Case, DraftKind.Vote, content, 0, CancellationToken.None)).Outcome, Is.EqualTo(SaveDraftOutcome.Saved));

        await world.DoAsync(world.Facilitator, Tighten(world, Anonymity.Detached));

        Assert.That(await drafts.FindAsync(reader, world.Case, DraftKind.Vote, CancellationToken.None), Is.Null);
        Assert.That((await drafts.SaveAsync(reader, world.Case, DraftKind.Vote, content, 0, CancellationToken.None)).Outcome, Is.EqualTo(SaveDraftOutcome.NotKept));
    }

    private static TightenAnonymityCommand Tighten(CaseWorld world, Anonymity mode) => new(world.NewId(), mode, "Zo durft iedereen");

    private static async Task<SignalReview.Consultations.CaseView> ViewAsync(CaseWorld world, SignalReview.People.Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "case", CancellationToken.None)).View!;
}
