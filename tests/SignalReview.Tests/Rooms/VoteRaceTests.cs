using System.Diagnostics;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Rooms;

/// <summary>Real commands at the same moment: whoever is last reveals, once, and nobody's ballot is lost or counted twice.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class VoteRaceTests
{
    private const int Races = 50;

    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Two_colleagues_race_for_the_last_vote()
    {
        for (var race = 0; race < Races; race++)
        {
            var (ready, last) = await AllButAsync(2);
            var results = await TogetherAsync([.. last.Select(voter => (Func<Task<CommandResult>>)(() => world.TryAsync(voter, world.Vote())))]);
            var file = await world.FileAsync();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(results.All(r => r.Done), Is.True, $"race {race}");
                Assert.That(results.Select(r => r.Seq).Distinct().Count(), Is.EqualTo(2), $"race {race}");
                Assert.That(file.Ballots.Select(b => b.PersonId), Is.EquivalentTo(ready.Concat(last).Select(v => v.Person)), $"race {race}");
                Assert.That(await world.CountAsync("votes.revealed"), Is.EqualTo(1), $"race {race}");
                Assert.That(file.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "Weigh" }), $"race {race}");
            }
        }
    }

    [Test]
    public async Task The_deadline_races_the_last_vote()
    {
        var outcomes = new List<RevealReason>();
        for (var race = 0; race < Races; race++)
        {
            var (_, last) = await AllButAsync(1);
            var due = (await world.FileAsync()).CurrentRound!.DueAt;
            world.Time.Advance(due - world.Now); // the last moment at which a ballot is in time, and the first at which the deadline fires
            // The deadline looks before it fires: the ballot starts a little later each time, so that either gets to be first.
            var headStart = TimeSpan.FromMicroseconds(20 * race);
            CommandResult? vote = null;
            await TogetherAsync<object?>(
            [
                async () =>
                {
                    for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < headStart;)
                    {
                        Thread.SpinWait(10);
                    }

                    return vote = await world.TryAsync(last[0], world.Vote());
                },
                async () => await world.FireDeadlinesAsync(),
            ]);
            var file = await world.FileAsync();
            var reason = file.CurrentRound!.RevealReason!.Value;
            outcomes.Add(reason);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(await world.CountAsync("votes.revealed"), Is.EqualTo(1), $"race {race}");
                Assert.That(file.OpenSteps.Select(s => s.Activity), Is.EqualTo(new[] { "Weigh" }), $"race {race}");
                Assert.That(file.Ballots.Any(b => b.PersonId == last[0].Person), Is.EqualTo(vote!.Done), $"race {race}");
                Assert.That(reason, Is.EqualTo(vote.Done ? RevealReason.AllIn : RevealReason.Quorum), $"race {race}");
                Assert.That(vote.Refusal?.Code, Is.AnyOf(null, "vote-revealed"), $"race {race}");
            }

            await world.DoAsync(world.Submitter, new WithdrawCaseCommand(world.NewId(), "Wedstrijd voorbij."));
        }

        TestContext.Out.WriteLine($"all in {outcomes.Count(o => o == RevealReason.AllIn)}, deadline {outcomes.Count(o => o == RevealReason.Quorum)}");
    }

    [Test]
    public async Task One_ballot_sent_twice_at_the_same_time_is_one_ballot()
    {
        for (var race = 0; race < Races; race++)
        {
            var (_, last) = await AllButAsync(2);
            var vote = world.Vote();
            var results = await TogetherAsync([() => world.TryAsync(last[0], vote), () => world.TryAsync(last[0], vote)]);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(results[0].Done, Is.True, $"race {race}");
                Assert.That(results[1], Is.EqualTo(results[0]), $"race {race}");
                Assert.That((await world.FileAsync()).Ballots.Count(b => b.PersonId == last[0].Person), Is.EqualTo(1), $"race {race}");
            }
        }
    }

    [Test]
    public async Task Two_ballots_of_one_colleague_at_the_same_time_leave_one()
    {
        for (var race = 0; race < Races; race++)
        {
            var (_, last) = await AllButAsync(2);
            var results = await TogetherAsync(
                [() => world.TryAsync(last[0], world.Vote(VoteOption.Talk)), () => world.TryAsync(last[0], world.Vote(VoteOption.Emergency))]);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(results.Count(r => r.Done), Is.EqualTo(1), $"race {race}");
                Assert.That(results.Select(r => r.Refusal?.Code), Has.Exactly(1).EqualTo("vote-already-cast"), $"race {race}");
                Assert.That((await world.FileAsync()).Ballots.Count(b => b.PersonId == last[0].Person), Is.EqualTo(1), $"race {race}");
            }
        }
    }

    [Test]
    public async Task The_facilitator_and_the_last_vote_reveal_once()
    {
        for (var race = 0; race < Races; race++)
        {
            var (_, last) = await AllButAsync(1);
            var results = await TogetherAsync(
                [() => world.TryAsync(last[0], world.Vote()), () => world.TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "Tijd om."))]);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(results.Count(r => r.Done), Is.EqualTo(1), $"race {race}");
                Assert.That(results.Select(r => r.Refusal?.Code).OfType<string>().Single(), Is.AnyOf("vote-revealed", "vote-not-open"), $"race {race}");
                Assert.That(await world.CountAsync("votes.revealed"), Is.EqualTo(1), $"race {race}");
            }
        }
    }

    /// <summary>A new case in which all have voted but so many.</summary>
    private async Task<(IReadOnlyList<Actor> Voted, IReadOnlyList<Actor> Left)> AllButAsync(int left)
    {
        await world.InVoteAsync();
        var voters = await world.VotersAsync();
        foreach (var voter in voters.SkipLast(left))
        {
            await world.DoAsync(voter, world.Vote());
        }

        return ([.. voters.SkipLast(left)], [.. voters.TakeLast(left)]);
    }

    /// <summary>Starts all on threads of their own, held back until the last is ready.</summary>
    private static async Task<T[]> TogetherAsync<T>(IReadOnlyList<Func<Task<T>>> work)
    {
        using var start = new Barrier(work.Count);
        return await Task.WhenAll(work.Select(w => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return w();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }
}
