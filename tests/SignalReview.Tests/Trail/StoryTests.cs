using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;
using SignalReview.Trail.Audit;

namespace SignalReview.Tests.Trail;

/// <summary>The story of a trail, what voters had seen, and the bytes of an event.</summary>
internal sealed class StoryTests
{
    private static readonly Actor Auditor = CaseWorld.Colleague(10);

    [Test]
    public async Task The_story_goes_by_parts_and_says_why_it_was_decided_so()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InDecidingAsync(place => place == 0 ? VoteOption.Support : VoteOption.Talk);
        var voter = (await world.VotersAsync())[0];
        await world.DoAsync(voter, new StateDissentCommand(world.NewId(), "Ik zie het anders.", Approved: true));
        await world.DoAsync(world.Owner, world.Decide(VoteOption.NoConcern, content => content with { DeviationReason = "Ze legden het uit." }));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        var story = (await world.Get<StoryReads>().StoryAsync(Auditor, world.Case, CancellationToken.None)).View!;

        var decision = story.Decisions.Single();
        Assert.Multiple(() =>
        {
            Assert.That(story.Chapters.Select(c => c.Kind).Distinct(), Is.SupersetOf(new[]
            {
                StoryChapterKind.Signal, StoryChapterKind.Reading, StoryChapterKind.Comparing, StoryChapterKind.Room, StoryChapterKind.Voting, StoryChapterKind.Deciding,
                StoryChapterKind.FollowUp,
            }));
            Assert.That(story.Chapters.SelectMany(c => c.Days).SelectMany(d => d.Lines).Count(), Is.EqualTo(story.Total), "nothing is left out");
            Assert.That((decision.Outcome, decision.Deviates, decision.DeviationReason), Is.EqualTo((VoteOption.NoConcern, true, "Ze legden het uit.")));
            Assert.That(decision.Rationale, Is.EqualTo("We kennen de jongens en kunnen het vragen."));
            Assert.That(decision.Dissents.Single().Statement, Is.EqualTo("Ik zie het anders."));
            Assert.That(decision.ApprovedBy?.Id, Is.EqualTo(world.Approver.Person));
            Assert.That(story.Broken, Is.Empty);
        });
    }

    [Test]
    public async Task What_a_voter_had_seen_is_what_they_opened_after_it_was_there()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InRoomAsync();
        var readers = await world.ReadersAsync();
        var (looks, looksNot) = (readers[0], readers[1]);
        await world.DoAsync(world.Owner, new AddToSignalCommand(world.NewId(), "Eerste aanvulling."));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Get<CaseReads>().ReadAsync(looks, world.Case, "case", CancellationToken.None);
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.DoAsync(looks, world.Vote());
        await world.DoAsync(looksNot, world.Vote());
        await world.DoAsync(world.Owner, new AddToSignalCommand(world.NewId(), "Na twee stemmen."));
        foreach (var voter in (await world.VotersAsync()).Where(v => v.Person != looks.Person && v.Person != looksNot.Person))
        {
            await world.DoAsync(voter, world.Vote());
        }

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.DoAsync(world.Owner, new AddToSignalCommand(world.NewId(), "Na de stemming."));
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        await world.DoAsync(world.Owner, world.Decide());
        var view = (await world.Get<StoryReads>().SeenAsync(Auditor, world.Case, CancellationToken.None)).View!;

        var round = view.Rounds.Single();
        var column = round.Items.Index().Single(i => i.Item.Kind == KnownKind.Addition).Index;
        var seen = Voter(looks).Cells[column];
        Assert.Multiple(() =>
        {
            Assert.That((seen.State, seen.Seen, seen.Of), Is.EqualTo((SeenState.Seen, 1, 1)), "the second one was not there when they voted");
            Assert.That(seen.Since, Is.EqualTo(Voter(looks).At), "by the read just before");
            Assert.That(Voter(looksNot).Cells[column].State, Is.EqualTo(SeenState.NotOpened));
            Assert.That(Voter(world.Owner).Cells[column].State, Is.EqualTo(SeenState.Own));
            Assert.That(Voter(looks).Choice, Is.EqualTo(VoteOption.Talk));
            Assert.That(view.Since.Select(i => i.Kind), Is.EqualTo(new[] { KnownKind.Addition }), "what came after the last ballot");
            Assert.That(view.Decision?.Outcome, Is.EqualTo(VoteOption.Talk));
        });

        SeenVoter Voter(Actor actor) => round.Voters!.Single(v => v.Person.Id == actor.Person);
    }

    [Test]
    public async Task Under_letters_the_owner_learns_counts_and_no_names()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.SubmitAsync();
        await world.DoAsync(world.Owner, new TightenAnonymityCommand(world.NewId(), Anonymity.Pseudonymous, "Zo durft iedereen."));
        await ToDecisionAsync(world);
        var forOwner = (await world.Get<StoryReads>().SeenAsync(world.Owner, world.Case, CancellationToken.None)).View!;
        var storyForOwner = (await world.Get<StoryReads>().StoryAsync(world.Owner, world.Case, CancellationToken.None)).View!;
        var forAuditor = (await world.Get<StoryReads>().SeenAsync(Auditor, world.Case, CancellationToken.None)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(forOwner.Rounds, Is.Not.Empty.And.All.Matches<SeenRound>(r => r.Voters is null));
            Assert.That(storyForOwner.KnowledgeHidden, Is.True);
            Assert.That(storyForOwner.Chapters.SelectMany(c => c.Days).SelectMany(d => d.Lines).Select(l => l.Knowledge), Is.All.Null);
            Assert.That(forAuditor.Rounds.Single().Voters, Has.Count.EqualTo(forAuditor.Rounds.Single().Voted).And.Count.GreaterThan(1));
        });
    }

    [Test]
    public async Task Of_detached_votes_nobody_learns_who_voted_what()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.SubmitAsync();
        await world.DoAsync(world.Owner, new TightenAnonymityCommand(world.NewId(), Anonymity.Detached, "Zo durft iedereen."));
        await ToDecisionAsync(world);
        var view = (await world.Get<StoryReads>().SeenAsync(Auditor, world.Case, CancellationToken.None)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(view.Rounds.Single().Detached, Is.True);
            Assert.That(view.Rounds.Single().Voters!.Select(v => v.Choice), Is.Not.Empty.And.All.Null);
        });
    }

    [Test]
    public async Task While_votes_come_in_nothing_is_told_of_them()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InVoteAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.DoAsync((await world.VotersAsync())[0], world.Vote());
        var view = (await world.Get<StoryReads>().SeenAsync(Auditor, world.Case, CancellationToken.None)).View!;
        var story = (await world.Get<StoryReads>().StoryAsync(Auditor, world.Case, CancellationToken.None)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(view.Rounds, Is.Empty);
            Assert.That(story.HeldBack, Is.GreaterThan(0));
            Assert.That(story.Chapters.SelectMany(c => c.Days).SelectMany(d => d.Lines).Select(l => l.Event.Type), Does.Not.Contain("vote.cast"));
        });
    }

    [Test]
    public async Task The_bytes_of_an_event_come_with_a_proof_that_verifies()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var before = (await world.Get<StoryReads>().EventAsync(Auditor, world.Case, 3, CancellationToken.None)).View!;
        await using (var bundle = (await world.Get<TrailExport>().RunAsync(Auditor, world.Case, new TrailExportRequest("controle"), CancellationToken.None)).Bundle!)
        {
            Assert.That(bundle.Events, Is.GreaterThan(3), "it signs a checkpoint");
        }

        var view = (await world.Get<StoryReads>().EventAsync(Auditor, world.Case, 3, CancellationToken.None)).View!;
        var leaf = System.Text.Encoding.UTF8.GetBytes(view.Event.Header!);
        var proof = TlogProof.Parse(view.Proof!);
        var checkpoint = Checkpoint.Parse(SignedNote.Parse(view.Checkpoint!).Text);
        Assert.Multiple(() =>
        {
            Assert.That(before.Proof, Is.Null, "no checkpoint covers it yet");
            Assert.That(Convert.ToHexStringLower(MerkleTree.LeafHash(leaf)), Is.EqualTo(view.Event.LeafHash));
            Assert.That(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(leaf), proof.Index, checkpoint.Size, proof.Hashes, checkpoint.Root), Is.True);
        });
        Assert.That((await world.Get<StoryReads>().EventAsync(Auditor, world.Case, 9999, CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotFound));
        Assert.That((await world.Get<StoryReads>().StoryAsync((await world.ReadersAsync())[0], world.Case, CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
    }

    private static async Task ToDecisionAsync(CaseWorld world)
    {
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SignalReview.Consultations.AcceptInvitationCommand(world.NewId()));
        }

        await world.DoAsync(world.Owner, new SignalReview.Consultations.FinishClarifyingCommand(world.NewId()));
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SignalReview.Consultations.SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        await world.DoAsync(world.Owner, new SignalReview.Consultations.FinishComparingCommand(world.NewId(), OpenRoom: true));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        await world.DoAsync(world.Owner, world.Decide());
    }
}
