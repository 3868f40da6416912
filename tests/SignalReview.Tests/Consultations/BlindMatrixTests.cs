using SignalReview.Consultations;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Consultations;

/// <summary>
/// Every kind of viewer times every moment before a reveal: nothing that is given out holds a word, a value, the event or the time of
/// another's reading or ballot. After the reveal those who may read it do.
/// </summary>
internal sealed class BlindMatrixTests
{
    /// <summary>A moment of a case, and what is blind in it.</summary>
    public sealed record Moment(string Name, bool Readings, Func<BlindWorld, Task> Walk)
    {
        public override string ToString() => Name;
    }

    private static IEnumerable<Moment> BeforeReveal =>
    [
        new("one reading is in", true, w => w.ReadAsync(1)),
        new("all readings but one are in", true, w => w.ReadAsync(2)),
        new("the deadline passed with too few", true, async w =>
        {
            await w.ReadAsync(1);
            await w.World.PassDeadlineAsync("CollectInterpretations");
        }),
        new("withdrawn with a reading in", true, async w =>
        {
            await w.ReadAsync(1);
            await w.World.DoAsync(w.World.Owner, new WithdrawCaseCommand(w.World.NewId(), "Ingetrokken"));
        }),
        new("one ballot is in", false, w => w.VoteAsync(1)),
        new("all ballots but one are in", false, w => w.VoteAsync(3)),
        new("the vote's deadline passed with too few", false, async w =>
        {
            await w.VoteAsync(1);
            await w.World.PassDeadlineAsync("CollectVotes");
        }),
        new("a ballot of the second round is in", false, w => w.VoteAgainAsync()),
        new("withdrawn with a ballot in", false, async w =>
        {
            await w.VoteAsync(1);
            await w.World.DoAsync(w.World.Owner, new WithdrawCaseCommand(w.World.NewId(), "Ingetrokken"));
        }),
    ];

    [TestCaseSource(nameof(BeforeReveal))]
    public async Task Before_the_reveal_nobody_is_given_anything_of_anothers_entry(Moment moment)
    {
        await using var blind = await BlindWorld.StartAsync();
        await moment.Walk(blind);
        var secrets = moment.Readings ? await blind.ReadingSecretsAsync() : await blind.BallotSecretsAsync();
        Assert.That(secrets, Is.Not.Empty);

        foreach (var viewer in blind.Viewers())
        {
            var given = await blind.EverythingAsync(viewer.Actor);
            foreach (var secret in secrets.Where(s => s.Writer != viewer.Actor.Person))
            {
                var found = given.Where(g => g.Text.Contains(secret.Text, StringComparison.OrdinalIgnoreCase)).Select(g => g.Name);
                // The bundle of an auditor who is outside the case holds all headers, or nothing could be proved later: who and when stand there.
                var allowed = secret.InHeader && viewer.IsOutsideAuditor ? found.Where(n => !n.StartsWith("bundle", StringComparison.Ordinal)) : found;
                Assert.That(allowed, Is.Empty, $"{viewer.Name} was given '{secret.Text}'");
            }
        }
    }

    [Test]
    public async Task Once_withdrawn_an_unrevealed_reading_is_told_of_but_never_shown()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(1);
        await blind.World.DoAsync(blind.World.Owner, new WithdrawCaseCommand(blind.World.NewId(), "Ingetrokken"));

        var trail = await blind.World.Get<TrailReads>().ReadAsync(BlindWorld.Auditor, blind.World.Case, 0, 500, CancellationToken.None);

        var entry = trail.View!.Events.Single(e => e.Type == "interpretation.submitted");
        Assert.Multiple(() =>
        {
            Assert.That(entry.BodyState, Is.EqualTo(TrailBodyState.Blind));
            Assert.That(entry.Body, Is.Null);
            Assert.That(entry.Actor, Is.Null);
            Assert.That(entry.At, Is.Null);
            Assert.That(entry.Proof, Is.EqualTo(TrailProofState.Appended), "that it is in the tree can be told all the same");
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task While_entries_come_in_the_trail_ends_where_that_began(bool readings)
    {
        await using var blind = await BlindWorld.StartAsync();
        await (readings ? blind.ReadAsync(1) : blind.VoteAsync(1));

        var trail = await blind.World.Get<TrailReads>().ReadAsync(BlindWorld.Auditor, blind.World.Case, 0, 500, CancellationToken.None);

        // Reads and refusals in between would tell who was busy with it, and when.
        var since = readings ? (await blind.World.FileAsync()).Case.PhaseSince : (await blind.World.FileAsync()).CurrentRound!.OpenedAt;
        Assert.That(trail.View!.Events.Select(e => e.At), Is.All.LessThan(since));
        Assert.That(trail.View.HeldBack, Is.EqualTo(trail.View.Total - trail.View.Events.Count).And.GreaterThan(0));
    }

    [Test]
    public async Task After_the_reveal_those_who_may_read_every_reading_do()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(3);
        var written = (await blind.ReadingSecretsAsync()).Where(s => s.IsWritten).ToList();

        foreach (var viewer in blind.Viewers())
        {
            var view = (await blind.EverythingAsync(viewer.Actor)).Single(g => g.Name == "case").Text;
            foreach (var secret in written.Where(s => s.Writer != viewer.Actor.Person))
            {
                Assert.That(view.Contains(secret.Text, StringComparison.Ordinal), Is.EqualTo(viewer.SeesAdvice), $"{viewer.Name}: {secret.Text}");
            }
        }
    }

    [Test]
    public async Task After_the_reveal_of_the_votes_those_who_may_read_every_ballot_do()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.VoteAsync(4);
        var written = (await blind.BallotSecretsAsync()).Where(s => s.IsWritten).ToList();

        foreach (var viewer in blind.Viewers())
        {
            var view = (await blind.EverythingAsync(viewer.Actor)).Single(g => g.Name == "case").Text;
            foreach (var secret in written.Where(s => s.Writer != viewer.Actor.Person))
            {
                Assert.That(view.Contains(secret.Text, StringComparison.Ordinal), Is.EqualTo(viewer.SeesAdvice), $"{viewer.Name}: {secret.Text}");
            }
        }
    }

    [Test]
    public async Task One_always_sees_ones_own_reading_and_ballot()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(1);
        var reader = blind.Readers[0];

        var view = await blind.ViewAsync(reader);

        Assert.That(view!.MyInterpretation!.Decoding, Does.Contain("decoding"));
        Assert.That(view.Readings, Is.EqualTo(new ReadingsView(1, 3, view.Readings.DueAt, null)));
    }

    [Test]
    public async Task A_stopped_case_shows_its_content_to_nobody()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.VoteAsync(4);
        await blind.StopAsync();

        foreach (var viewer in blind.Viewers())
        {
            foreach (var given in await blind.EverythingAsync(viewer.Actor))
            {
                Assert.That(given.Text, Does.Not.Contain("SECRET"), $"{viewer.Name}: {given.Name}");
                Assert.That(given.Text, Does.Not.Contain("Groep Merel"), $"{viewer.Name}: {given.Name}");
            }
        }
    }

    [Test]
    public async Task On_whom_readings_wait_does_not_tell_who_has_handed_in()
    {
        await using var blind = await BlindWorld.StartAsync();
        var before = (await blind.ViewAsync(blind.World.Facilitator))!.Waiting.Single();
        await blind.ReadAsync(2);

        var after = (await blind.ViewAsync(blind.World.Facilitator))!.Waiting.Single();

        Assert.That(after.WaitsOn, Is.EqualTo(before.WaitsOn));
        Assert.That(after.WaitsOn, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_reading_without_an_answer_to_the_invitation_does_not_show_as_an_acceptance()
    {
        await using var blind = await BlindWorld.StartAsync(accept: false);
        await blind.ReadAsync(1);

        var readers = (await blind.ViewAsync(blind.World.Facilitator))!.People.Readers;

        Assert.That(readers.Select(r => r.State).Except([InvitationState.Replaced]), Is.EqualTo(new[] { InvitationState.Invited }));
    }

    [Test]
    public async Task Having_voted_shows_in_the_room_and_only_there()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.VoteAsync(1);

        var inside = (await blind.ViewAsync(blind.World.Facilitator))!.Room!;

        Assert.That(inside.Members.Count(m => m.HasVoted), Is.EqualTo(1));
        Assert.That(inside.Ballot, Is.EqualTo(new BallotView(1, inside.Ballot!.Options, true, inside.Ballot.DueAt, 3, 1, 4, null, null)
        {
            RequiredRoles = inside.Ballot.RequiredRoles,
            MissingRoles = inside.Ballot.MissingRoles,
        }));
        Assert.That((await blind.ViewAsync(blind.World.Coordinator))!.Room, Is.Null);
    }
}
