using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms;

/// <summary>A quorum of persons and of roles, and what the others may know of who is missing.</summary>
[TestFixture]
internal sealed class VoteQuorumTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start()
    {
        world = await CaseWorld.StartAsync();
        await world.InVoteAsync();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Enough_people_are_not_enough_without_the_roles()
    {
        var file = Requiring(await world.FileAsync(), RequiredRole.Owner, RequiredRole.Near, RequiredRole.Far);
        var near = file.Invitations.First(i => i is { Active: true, Near: true }).PersonId;
        var far = file.Invitations.First(i => i is { Active: true, Near: false }).PersonId;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(VoteQuorum.Missing(file, file.CurrentRound!), Is.EqualTo(new[] { RequiredRole.Owner, RequiredRole.Near, RequiredRole.Far }));
            Assert.That(Judge(file, file.Case.OwnerId, near, far), Is.EqualTo((true, 0)));
            Assert.That(Judge(file, near, far), Is.EqualTo((false, 1)), "the owner is missing, and a third person too");
            Assert.That(Judge(file, [.. file.Voters.Where(v => v != file.Case.OwnerId)]), Is.EqualTo((false, 1)), "enough people, but not the owner");
        }
    }

    [Test]
    public async Task An_abstention_is_presence_and_who_left_is_not()
    {
        var file = Requiring(await world.FileAsync(), RequiredRole.Far);
        var far = file.Invitations.First(i => i is { Active: true, Near: false });
        var ballots = file.Voters.Take(3).Append(far.PersonId).Distinct().Select(p => new BallotRow { Round = 1, PersonId = p }).ToList();
        var present = file with { Ballots = ballots };
        var left = present with { Invitations = [.. file.Invitations.Select(i => i.PersonId == far.PersonId ? i with { State = InvitationState.Declined } : i with { Near = true })] };
        Assert.That((VoteQuorum.Missing(present, present.CurrentRound!).Count, VoteQuorum.Missing(left, left.CurrentRound!).Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_reader_is_required_always()
    {
        Assert.That(VoteQuorum.Required(new() { RequiredRoles = "" }), Is.EqualTo(new[] { RequiredRole.Reader }));
        Assert.That(VoteQuorum.Required(new() { RequiredRoles = "owner" }), Is.EqualTo(new[] { RequiredRole.Owner, RequiredRole.Reader }));
        Assert.That(VoteQuorum.Required(new() { RequiredRoles = "owner,far" }), Is.EqualTo(new[] { RequiredRole.Owner, RequiredRole.Far }));
    }

    [Test]
    public async Task Without_the_roles_neither_the_facilitator_nor_the_deadline_reveals_and_the_roster_can()
    {
        await RequireAsync("near,far");
        var file = await world.FileAsync();
        var near = file.Invitations.Where(i => i is { Active: true, Near: true }).Select(i => CaseWorld.As(i.PersonId)).ToList();
        var far = file.Invitations.Where(i => i is { Active: true, Near: false }).Select(i => CaseWorld.As(i.PersonId)).ToList();
        foreach (var voter in near.Append(world.Owner))
        {
            await world.DoAsync(voter, world.Vote());
        }

        (await world.TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "Het duurt te lang."))).ShouldBeRefused("quorum-not-met");
        await world.PassDeadlineAsync("CollectVotes");
        foreach (var reader in far)
        {
            Assert.That((await world.FileAsync()).CurrentRound!.RevealedAt, Is.Null);
            await world.DoAsync(reader, world.Vote());
        }

        var done = await world.FileAsync();
        Assert.That((done.CurrentRound!.RevealReason, done.CurrentRound.MissingRoles), Is.EqualTo((RevealReason.AllIn, "")));
    }

    [Test]
    public async Task When_everyone_has_voted_a_role_that_nobody_has_holds_nothing_up_but_is_told()
    {
        await RequireAsync("far");
        await ScriptAsync("UPDATE invitations SET near = 1");
        await world.VoteAllAsync();
        var body = await world.LastBodyAsync<VotesRevealedBody>("votes.revealed");
        var view = (await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "room", CancellationToken.None)).View!;
        Assert.That((body.Reason, body.MissingRoles), Is.EqualTo((RevealReason.AllIn, new[] { RequiredRole.Far })));
        Assert.That(view.Room!.Rounds.Single().MissingRoles, Is.EqualTo(new[] { RequiredRole.Far }));
    }

    /// <summary>As a method's template can ask; enough people are always there.</summary>
    private Task RequireAsync(string roles) => ScriptAsync($"UPDATE vote_rounds SET required_roles = '{roles}', quorum = 1");

    private async Task ScriptAsync(string script)
    {
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync(script, CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }

    private static CaseFile Requiring(CaseFile file, params RequiredRole[] roles) =>
        file with { Rounds = [file.CurrentRound! with { RequiredRoles = VoteQuorum.Text(roles), Quorum = 3 }] };

    private static (bool Met, int Missing) Judge(CaseFile file, params PersonId[] present)
    {
        var voted = file with { Ballots = [.. present.Select(p => new BallotRow { Round = 1, PersonId = p })] };
        return (VoteQuorum.IsMet(voted, voted.CurrentRound!), VoteQuorum.Missing(voted, voted.CurrentRound!).Count);
    }
}
