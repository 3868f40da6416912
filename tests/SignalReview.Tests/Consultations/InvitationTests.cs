using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Tests.Consultations;

[TestFixture]
internal sealed class InvitationTests
{
    private CaseWorld world = null!;
    private IReadOnlyList<Actor> readers = null!;

    [SetUp]
    public async Task Start()
    {
        world = await (await CaseWorld.StartAsync()).SubmitAsync();
        readers = await world.ReadersAsync();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Who_declines_is_replaced_at_once_and_not_asked_again()
    {
        await world.DoAsync(readers[0], new DeclineInvitationCommand(world.NewId(), ConflictOfInterest: true, "Ken de familie."));

        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Invitation(readers[0].Person), Has.Property("State").EqualTo(InvitationState.Declined).And.Property("Conflict").True);
            Assert.That(file.Invitations.Count(i => i.Active), Is.EqualTo(3));
            Assert.That(file.Invitations.Where(i => i.Active).Select(i => i.Near), Does.Contain(true).And.Contain(false));
        }

        (await world.TryAsync(world.Coordinator, new InviteReaderCommand(world.NewId(), readers[0].Person.Value, "Toch maar.")))
            .ShouldBeRefused("person-unfit");
    }

    [Test]
    public async Task An_invitation_nobody_answers_expires_and_somebody_else_is_asked()
    {
        await world.DoAsync(readers[1], new AcceptInvitationCommand(world.NewId()));
        await world.DoAsync(readers[2], new AcceptInvitationCommand(world.NewId()));
        await world.PassAsync((await world.FileAsync()).Invitation(readers[0].Person)!.RespondBy - world.Now + TimeSpan.FromSeconds(1));

        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Invitation(readers[0].Person)!.State, Is.EqualTo(InvitationState.Expired));
            Assert.That(file.Invitations.Count(i => i.Active), Is.EqualTo(3));
            Assert.That(await world.CountAsync("reader.expired"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task When_nobody_is_left_the_coordinator_is_told()
    {
        while (await world.ReadersAsync() is [var reader, ..])
        {
            await world.DoAsync(reader, new DeclineInvitationCommand(world.NewId(), false, null));
        }

        var file = await world.FileAsync();
        Assert.That((file.Case.EscalatedAt, file.Case.Escalation), Is.EqualTo(((DateTimeOffset?)world.Now, "tooFewReaders")));
    }

    [Test]
    public async Task An_invitation_is_answered_once()
    {
        await world.DoAsync(readers[0], new AcceptInvitationCommand(world.NewId()));
        (await world.TryAsync(readers[0], new AcceptInvitationCommand(world.NewId()))).ShouldBeRefused("invitation-answered");
    }

    [Test]
    public async Task The_coordinator_puts_one_colleague_in_the_place_of_another()
    {
        var file = await world.FileAsync();
        var other = DemoPeople.All.First(p => RoutingRules.MayRead(p, file)).Id.Value;
        await world.DoAsync(world.Coordinator, new ReplaceReaderCommand(world.NewId(), readers[0].Person.Value, other, "Is ziek."));

        Assert.That((await world.ReadersAsync()).Select(r => r.Person.Value), Does.Contain(other).And.Not.Contain(readers[0].Person.Value));
        Assert.That(await world.ReadersAsync(), Has.Count.EqualTo(3));
        (await world.TryAsync(readers[0], new AcceptInvitationCommand(world.NewId()))).ShouldBeRefused("case-not-found", RefusalKind.NotFound);
    }

    [Test]
    public async Task Replacing_a_reader_does_not_tell_whether_they_have_handed_in()
    {
        await using var blind = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        var asked = await blind.ReadersAsync();
        await blind.DoAsync(asked[0], new SubmitInterpretationCommand(blind.NewId(), CaseWorld.Reading()));

        var handedIn = await blind.TryAsync(blind.Facilitator, new ReplaceReaderCommand(blind.NewId(), asked[0].Person.Value, null, "Andere blik."));
        var notYet = await blind.TryAsync(blind.Facilitator, new ReplaceReaderCommand(blind.NewId(), asked[1].Person.Value, null, "Andere blik."));

        Assert.That((handedIn.Done, notYet.Done), Is.EqualTo((true, true)));
        Assert.That((await blind.FileAsync()).Interpretations, Has.Count.EqualTo(1), "what was handed in stays");
    }

    [Test]
    public async Task Never_the_submitter()
    {
        var result = await world.TryAsync(world.Coordinator, new InviteReaderCommand(world.NewId(), world.Submitter.Person.Value, "Kent het."));
        result.ShouldBeRefused("person-unfit");
    }

    [Test]
    public async Task The_owner_does_not_choose_the_readers() =>
        (await world.TryAsync(world.Owner, new ReplaceReaderCommand(world.NewId(), readers[0].Person.Value, null, "Liever een ander.")))
            .ShouldBeRefused("not-yours", RefusalKind.Forbidden);

    [Test]
    public async Task The_reasons_for_each_invitation_are_kept()
    {
        foreach (var invitation in (await world.FileAsync()).Invitations)
        {
            var body = await world.BodyAsync<InvitedBody>(invitation.InvitedEvent);
            Assert.That(body.Reasons, Is.Not.Empty);
        }
    }
}
