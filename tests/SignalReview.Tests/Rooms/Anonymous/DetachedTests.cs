using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Rooms.Tallies;
using SignalReview.Storage;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Rooms.Anonymous;

/// <summary>
/// A detached vote leads back to nobody: not by the product, not by the database, its files, the trail or the receipts, with all the keys
/// there are.
/// </summary>
internal sealed class DetachedTests
{
    [TestCase(3, TestName = "No_row_holds_a_ballot_and_its_voter_before_the_reveal")]
    [TestCase(4, TestName = "No_row_holds_a_ballot_and_its_voter_after_the_reveal")]
    public async Task No_row_holds_both(int votes)
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(votes);

        var rows = await Forensics.RowsAsync(blind.World);

        var telling = rows.Where(r => r.Text.Contains("SECRET-VOTE", StringComparison.Ordinal)).ToList();
        Assert.That(telling.Select(r => r.Table), Is.EqualTo(votes == 4 ? ["trail_bodies"] : Array.Empty<string>()), "one body for all");
        foreach (var voter in blind.Cast.Select(c => c.Voter.Person.ToString()))
        {
            Assert.That(telling.Where(r => r.Text.Contains(voter, StringComparison.Ordinal)), Is.Empty, voter);
        }

        var ballots = rows.Where(r => r.Table == "ballots").ToList();
        Assert.That(ballots, Has.Count.EqualTo(votes));
        Assert.That(ballots.Select(b => b.Text), Has.All.Contain("choice=\n").And.All.Contain("concern=\n").And.All.Contain("confidence=\n").And.All.Contain("answer=\n"));
    }

    [Test]
    public async Task The_body_that_holds_the_ballots_is_the_products_own_and_that_of_a_voter_tells_nothing()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(4);

        var trail = await blind.World.TrailAsync();
        var cast = trail.Where(e => e.Type == "urn.cast").ToList();
        Assert.That(cast.Select(e => e.ActorId), Is.EquivalentTo(blind.Cast.Select(c => c.Voter.Person)));
        foreach (var e in cast)
        {
            Assert.That(JsonSerializer.Serialize(await blind.World.BodyAsync<JsonDocument>(e.EventId)), Is.EqualTo("{\"round\":1}"));
        }

        var urn = trail.Single(e => e.Type == "urn.sealed");
        Assert.That(urn.ActorId, Is.EqualTo(PersonId.System));
        Assert.That(trail.Any(e => e.Type == "vote.cast"), Is.False);
        Assert.That(urn.LeafIndex, Is.LessThan(trail.Single(e => e.Type == "votes.revealed").LeafIndex));
    }

    [Test]
    public async Task The_files_hold_no_ballot_in_the_clear_and_the_log_is_empty_after_the_reveal()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(3);
        var during = await Forensics.FilesAsync(blind.World);
        await blind.World.DoAsync(blind.World.Owner, blind.World.Vote());
        var after = await Forensics.FilesAsync(blind.World);

        Assert.That(during.Concat(after).Any(f => Forensics.Holds(f, "SECRET-VOTE")), Is.False);
        Assert.That(during, Has.Count.EqualTo(2));
        Assert.That(during[1], Is.Not.Empty, "the log held the ballots' rows");
        Assert.That(after.Skip(1), Has.All.Empty);
    }

    [Test]
    public async Task Backups_between_two_ballots_cannot_be_opened_later_nor_told_apart_by_length()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(0);
        var world = blind.World;
        using var dossier = await Forensics.DossierAsync(world);
        var backups = new List<UrnCopy>();
        foreach (var (place, voter) in blind.Readers.Index())
        {
            await world.DoAsync(voter, world.Vote() with { Reason = new string('x', 1 + (place * 900)) });
            backups.Add(await Forensics.UrnAsync(world, 1));
        }

        Assert.That(backups.Select(b => b.Open(world, dossier, 1) is not null), Is.EqualTo(new[] { false, false, true }), "each ballot ends the key before");
        Assert.That(backups.Select(b => b.Content!.Length).Distinct().Count(), Is.EqualTo(1));
        await world.DoAsync(world.Owner, world.Vote());
        Assert.That(backups.Select(b => b.Open(world, dossier, 1)), Has.All.Null);
        Assert.That(Forensics.UrnKeyFiles(world), Is.Empty);
        Assert.That((await Forensics.UrnAsync(world, 1)).Content, Is.Null);
    }

    [Test]
    public async Task The_order_of_voting_leaves_no_mark_on_what_is_kept_of_the_ballots()
    {
        var kept = new List<string>();
        foreach (var order in new[] { new[] { 0, 1, 2, 3 }, [3, 1, 0, 2], [2, 3, 1, 0] })
        {
            await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
            blind.VotingOrder = order;
            await blind.VoteAsync(4);
            var world = blind.World;
            await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
            var rows = await db.QueryAsync<UrnBallotRow>("anonymity/urn_ballots", new { CaseId = world.Case }, CancellationToken.None);
            var body = await world.LastBodyAsync<JsonDocument>("urn.sealed");
            var view = await blind.ViewAsync(blind.Readers[0]);
            kept.Add($"{JsonSerializer.Serialize(rows)}\n{JsonSerializer.Serialize(body)}\n"
                + JsonSerializer.Serialize(view!.Room!.Rounds.Single().Votes.Select(v => v with { By = v.By with { Id = default } })));
        }

        Assert.That(kept[0], Does.Contain("SECRET-VOTE10").And.Contain("SECRET-VOTE13"));
        Assert.That(kept.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_receipt_does_not_tell_which_ballot_was_sent()
    {
        await using var named = await BlindWorld.StartAsync();
        await named.VoteAsync(4);
        await using var detached = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await detached.VoteAsync(4);

        Assert.That(await MatchesAsync(named), Is.EqualTo(4), "this is how one would go about it");
        Assert.That(await MatchesAsync(detached), Is.Zero);
    }

    [Test]
    public async Task A_retry_gets_the_first_receipt_and_votes_once()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(2);
        var (voter, command) = blind.Cast[0];

        var again = await blind.World.TryAsync(voter, command);
        var another = await blind.World.TryAsync(voter, command with { CommandId = blind.World.NewId() });

        Assert.That(again.Refusal, Is.Null);
        Assert.That(another.Refusal, Is.EqualTo(Refusal.Conflict("vote-already-cast")));
        Assert.That(await blind.World.CountAsync("urn.cast"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_refusal_does_not_tell_what_somebody_was_about_to_vote()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(0);
        var world = blind.World;

        var refused = await world.TryAsync(blind.Readers[0], new CastVoteCommand(world.NewId(), 1, VoteOption.Emergency, null, null, null));

        Assert.That(refused.Refusal!.Fields, Is.Not.Empty, "the voter is told");
        var kept = JsonSerializer.Serialize(await world.LastBodyAsync<JsonDocument>("command.refused"));
        Assert.That(kept, Does.Contain("CastVote").And.Not.Contain("concern").And.Not.Contain("reason").And.Not.Contain("emergency"));
    }

    [Test]
    public async Task Everyone_reads_the_ballots_without_a_name_and_one_cannot_find_ones_own()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(4);
        var views = new List<string>();
        foreach (var viewer in blind.Viewers().Where(v => v.SeesAdvice))
        {
            var view = await blind.ViewAsync(viewer.Actor);
            var votes = view!.Room!.Rounds.Single().Votes;
            Assert.That(votes.Select(v => v.By.Name), Is.EqualTo(new[] { "Stem 1", "Stem 2", "Stem 3", "Stem 4" }), viewer.Name);
            views.Add(JsonSerializer.Serialize(votes));
        }

        Assert.That(views.Distinct().Count(), Is.EqualTo(1), "the same for all");
    }

    [Test]
    public async Task While_it_lasts_one_hears_that_one_voted_and_how_many_did()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(2);

        var mine = (await blind.ViewAsync(blind.Readers[0]))!.Room!;
        Assert.That((mine.Ballot!.HasVoted, mine.Ballot.Mine, mine.Ballot.In, mine.Ballot.Asked), Is.EqualTo((true, (VoteView?)null, 2, 4)));
        Assert.That(mine.Members.Where(m => m.HasVoted).Select(m => m.Person.Id), Is.EqualTo(new[] { blind.Readers[0].Person }));
        Assert.That((await blind.ViewAsync(blind.Readers[2]))!.Room!.Members.Any(m => m.HasVoted), Is.False);
    }

    [Test]
    public async Task A_second_round_is_an_urn_of_its_own_and_no_vote_is_followed_into_it()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAgainAsync();
        var during = (await blind.ViewAsync(blind.Readers[0]))!.Room!;
        var world = blind.World;
        foreach (var voter in blind.Readers.Skip(1).Append(world.Owner))
        {
            await world.DoAsync(voter, world.Vote(round: 2));
        }

        var view = (await blind.ViewAsync(blind.Readers[0]))!;
        Assert.That(during.Ballot!.MyEarlier, Is.Null);
        Assert.That(view.Room!.Rounds.Select(r => r.Votes.Count), Is.EqualTo(new[] { 4, 4 }));
        Assert.That(view.Room.Movement, Has.Property("Linked").False.And.Property("Moves").Empty.And.Property("Flows").Empty, "that it cannot be told is said");
        Assert.That((await blind.ViewAsync(world.Facilitator))!.Room!.Pulls, Has.Property("Gap").EqualTo(PullGap.PersonsHidden).And.Property("Checks").Empty);
        Assert.That(view.Room.Pulls, Is.Null, "for who leads only");
        Assert.That(view.Room.Rounds.SelectMany(r => r.Votes).Select(v => v.By.Id).Distinct().Count(), Is.EqualTo(8));
    }

    [Test]
    public async Task The_tally_counts_the_urn()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        await world.DoAsync(world.Owner, new TightenAnonymityCommand(world.NewId(), Anonymity.Detached, "Zo durft iedereen"));
        await world.VoteAllAsync(place => place == 0 ? VoteOption.Support : VoteOption.Talk);

        var round = (await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "room", CancellationToken.None)).View!.Room!.Rounds.Single();
        Assert.That(round.Leading, Is.EqualTo(VoteOption.Talk));
        Assert.That(round.Tally.Counts!.Sum(c => c.Votes), Is.EqualTo(round.Votes.Count));
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        var deviating = await world.TryAsync(world.Owner, world.Decide(VoteOption.NoConcern));
        Assert.That(deviating.Refusal!.Fields!.Select(f => f.Path), Does.Contain("decision.deviationReason"));
    }

    [Test]
    public async Task Whoever_voted_may_dissent_because_nobody_knows_who_saw_it_otherwise()
    {
        await using var world = await (await CaseWorld.StartAsync()).InVoteAsync();
        await world.DoAsync(world.Owner, new TightenAnonymityCommand(world.NewId(), Anonymity.Detached, "Zo durft iedereen"));
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));

        foreach (var reader in await world.ReadersAsync())
        {
            var view = (await world.Get<CaseReads>().ReadAsync(reader, world.Case, "case", CancellationToken.None)).View!;
            Assert.That(view.Can, Does.Contain("stateDissent"));
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task An_urn_with_fewer_than_three_ballots_is_never_opened(int votes)
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(votes);
        var world = blind.World;

        var early = await world.TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "We gaan door"));
        await world.PassDeadlineAsync("CollectVotes");

        Assert.That(early.Refusal, Is.EqualTo(Refusal.Conflict("quorum-not-met")));
        Assert.That((await world.FileAsync()).Rounds.Single().RevealedAt, Is.Null);
        Assert.That(await world.CountAsync("urn.sealed"), Is.Zero);
    }

    [Test]
    public async Task A_case_that_is_withdrawn_takes_its_urn_along()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(3);
        var world = blind.World;
        var backup = await Forensics.UrnAsync(world, 1);

        await world.DoAsync(world.Owner, new SignalReview.Signals.WithdrawCaseCommand(world.NewId(), "Opgelost"));

        using var dossier = await Forensics.DossierAsync(world);
        Assert.That(backup.Open(world, dossier, 1), Is.Null);
        Assert.That((await Forensics.UrnAsync(world, 1)).Content, Is.Null);
        Assert.That(Forensics.UrnKeyFiles(world), Is.Empty);
    }

    [Test]
    public async Task A_database_put_back_from_a_backup_closes_the_urn_and_the_case_goes_on_without_it()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(3);
        var world = blind.World;
        foreach (var key in Forensics.UrnKeyFiles(world))
        {
            File.Delete(key);
        }

        var vote = await world.TryAsync(world.Owner, world.Vote());
        var reveal = await world.TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "We gaan door"));
        await world.PassDeadlineAsync("CollectVotes");

        Assert.That(vote.Refusal, Is.EqualTo(Refusal.Conflict("urn-closed")));
        Assert.That(reveal.Refusal, Is.EqualTo(Refusal.Conflict("urn-closed")));
        Assert.That((await world.TrailAsync()).Last(e => e.Type == "step.completed").Type, Is.Not.Null);
        Assert.That((await world.FileAsync()).Case.EscalatedAt, Is.Not.Null, "as when too few have voted: a coordinator is asked");
    }

    [Test]
    public async Task A_process_that_dies_before_it_tidied_up_leaves_it_to_the_next_start()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(3);
        var world = blind.World;
        var urn = await Forensics.UrnAsync(world, 1);
        var keys = world.Get<UrnKeys>();
        keys.Create(world.Case, 1, world.NewId()).Dispose(); // of a transaction that came to nothing
        keys.Create(world.Case, 7, world.NewId()).Dispose(); // of a round that was revealed

        await world.Get<UrnSweep>().RunAsync(CancellationToken.None);

        Assert.That(Forensics.UrnKeyFiles(world).Single(), Does.Contain(urn.KeyId!.Value.ToString("N")));
        await world.DoAsync(world.Owner, world.Vote());
        Assert.That((await world.FileAsync()).UrnBallots, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task The_auditors_bundle_proves_the_urn_and_names_no_voter_of_a_ballot()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        await blind.VoteAsync(4);
        var world = blind.World;
        var export = await world.Get<TrailExport>().RunAsync(BlindWorld.Auditor, world.Case, new("Controle"), CancellationToken.None);
        await using var bundle = export.Bundle!;

        var result = await BundleVerifier.VerifyAsync(bundle.Content, world.Get<CheckpointSigner>().VerifierKey, null, CancellationToken.None);

        Assert.That(result.Findings, Is.Empty);
        var urn = result.BlindProofs.Single(p => p.Kind == BlindKind.Urn);
        Assert.That((urn.Verdict, urn.Entry!.Ballots, urn.Voters!.Count, urn.Entry.Actor), Is.EqualTo((BlindVerdict.Blind, 4, 4, PersonId.System.ToString())));
    }

    /// <summary>How many receipts have the hash of a ballot that was sent, for whoever can guess it from the urn.</summary>
    private static async Task<int> MatchesAsync(BlindWorld blind)
    {
        var receipts = (await Forensics.RowsAsync(blind.World)).Where(r => r.Table == "receipts").ToList();
        Assert.That(receipts, Is.Not.Empty);
        return blind.Cast.Count(c => receipts.Any(r => r.Text.Contains(Hash(blind.World.Case, c.Command), StringComparison.Ordinal)));
    }

    private static string Hash(CaseId caseId, CastVoteCommand command) => Convert.ToHexStringLower(SHA256.HashData(
        [.. Encoding.UTF8.GetBytes($"{nameof(CastVoteCommand)}\n{caseId}\n"), .. JsonSerializer.SerializeToUtf8Bytes(command, TrailJson.Options)]));
}
