using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Tests.Trail;

internal sealed class TrailReadsTests
{
    private static readonly Actor Auditor = BlindWorld.Auditor;

    [Test]
    public async Task The_story_of_a_case_is_whole_in_order_and_open()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var stored = await world.TrailAsync();

        var trail = (await ReadAsync(world, Auditor)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(trail.Events.Select(e => (e.CaseSeq, e.Type, e.Id)), Is.EqualTo(stored.Select(e => (e.CaseSeq, e.Type, (Guid?)e.EventId))));
            Assert.That(trail.Events.Select(e => e.CaseSeq), Is.EqualTo(Enumerable.Range(1, stored.Count).Select(i => (long)i)));
            Assert.That(trail.Events.Select(e => e.BodyState), Is.All.EqualTo(TrailBodyState.Shown));
            Assert.That(trail.Events.Select(e => e.Proof), Is.All.EqualTo(TrailProofState.Appended));
            Assert.That(trail.HeldBack, Is.Zero);
            Assert.That(trail.MayExport, Is.True);
            Assert.That(trail.Next, Is.Null);
            Assert.That(trail.Events.Single(e => e.Type == "signal.submitted").Body!.Value.GetProperty("pseudonym").GetString(), Is.EqualTo("Groep Merel"));
            Assert.That(trail.Events.First(e => e.Type == "interpretation.submitted").Actor!.Name, Is.Not.Empty);
        });
    }

    [Test]
    public async Task Reading_a_trail_is_an_event_of_that_trail()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        await ReadAsync(world, Auditor);

        var last = (await ReadAsync(world, Auditor)).View!.Events[^1];
        Assert.That((last.Type, last.Actor!.Id, last.Role), Is.EqualTo(("case.read", Auditor.Person, "auditor")));
        Assert.That(last.Body!.Value.GetProperty("view").GetString(), Is.EqualTo("trail"));
    }

    [Test]
    public async Task A_long_trail_comes_in_pages_without_a_gap()
    {
        await using var world = await (await CaseWorld.StartAsync()).InComparingAsync();
        var numbers = new List<long>();
        for (long? after = 0; after is { } from;)
        {
            var page = (await world.Get<TrailReads>().ReadAsync(Auditor, world.Case, from, 4, CancellationToken.None)).View!;
            numbers.AddRange(page.Events.Select(e => e.CaseSeq));
            after = numbers.Count < 12 ? page.Next : null; // each read adds an event, so the end moves
        }

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 12).Select(i => (long)i)));
    }

    [Test]
    public async Task The_owner_reads_the_trail_of_their_own_case_and_others_do_not()
    {
        await using var world = await (await CaseWorld.StartAsync()).InComparingAsync();
        var reader = (await world.ReadersAsync())[0];

        Assert.That((await ReadAsync(world, world.Owner)).View!.Events, Is.Not.Empty);
        Assert.That((await ReadAsync(world, reader)).Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That((await ReadAsync(world, world.Coordinator)).Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That((await ReadAsync(world, CaseWorld.Colleague(8))).Refusal, Is.EqualTo(Refusal.NotFound));
    }

    [Test]
    public async Task A_body_that_was_put_in_the_place_of_another_shows_as_broken()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        var submitted = (await world.TrailAsync()).Single(e => e.Type == "signal.submitted").EventId;
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            using var dossier = await Dossier.OpenAsync(db, world.Get<KeyRing>(), world.Case, CancellationToken.None);
            var forged = dossier!.Key.Encrypt([.. Commitment.NewSalt(), .. TrailJson.Canonical(new SignalSubmission { Title = "Iets anders" })], submitted);
            await db.ExecuteScriptAsync(
                $"UPDATE trail_bodies SET body = x'{Convert.ToHexString(forged)}' WHERE event_id = '{submitted}'", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        var events = (await ReadAsync(world, Auditor)).View!.Events;

        Assert.That(events.Where(e => e.Proof == TrailProofState.Broken).Select(e => e.Id), Is.EqualTo(new Guid?[] { submitted }));
    }

    [Test]
    public async Task A_body_that_is_gone_shows_as_erased_and_its_header_stays()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        var submitted = (await world.TrailAsync()).Single(e => e.Type == "signal.submitted").EventId;
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync($"DELETE FROM trail_bodies WHERE event_id = '{submitted}'", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        var gone = (await ReadAsync(world, Auditor)).View!.Events.Single(e => e.Id == submitted);

        Assert.That((gone.BodyState, gone.Proof, gone.Body.HasValue), Is.EqualTo((TrailBodyState.Erased, TrailProofState.Appended, false)));
        Assert.That(gone.Header, Does.Contain(submitted.ToString()));
    }

    [Test]
    public async Task Once_a_checkpoint_was_signed_events_show_as_signed()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await using (var bundle = (await world.Get<TrailExport>().RunAsync(Auditor, world.Case, new("Jaarcontrole"), CancellationToken.None)).Bundle)
        {
            var events = (await ReadAsync(world, Auditor)).View!.Events;
            Assert.That(events.Take((int)bundle!.Events).Select(e => e.Proof), Is.All.EqualTo(TrailProofState.Signed));
            Assert.That(events[(int)bundle.Events - 1].Type, Is.EqualTo("trail.exported"));
        }
    }

    [Test]
    public async Task Once_an_anchor_outside_has_a_checkpoint_what_it_covers_shows_as_anchored()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await using (var bundle = (await world.Get<TrailExport>().RunAsync(Auditor, world.Case, new("Jaarcontrole"), CancellationToken.None)).Bundle)
        {
            var covered = (await ReadAsync(world, Auditor)).View!.Events.TakeWhile(e => e.Proof == TrailProofState.Signed).ToList();
            await using (var db = await world.Database.BeginAsync(CancellationToken.None))
            {
                var anchor = new { Anchor = "kluis", TreeSize = covered[9].LeafIndex + 1, Kind = "file", Note = "ijkpunt", QueuedAt = world.Time.GetUtcNow() };
                await db.ExecuteAsync("signing/insert_anchor", anchor, CancellationToken.None);
                await db.CommitAsync(CancellationToken.None);
            }

            Assert.That((await ReadAsync(world, Auditor)).View!.Events[0].Proof, Is.EqualTo(TrailProofState.Signed), "it waits to be sent");
            await using (var db = await world.Database.BeginAsync(CancellationToken.None))
            {
                await db.ExecuteScriptAsync("UPDATE anchor_sends SET state = 'sent'", CancellationToken.None);
                await db.CommitAsync(CancellationToken.None);
            }

            var events = (await ReadAsync(world, Auditor)).View!.Events;
            Assert.That(events.Take(10).Select(e => e.Proof), Is.All.EqualTo(TrailProofState.Anchored));
            Assert.That(events.Skip(10).Take(covered.Count - 10).Select(e => e.Proof), Is.All.EqualTo(TrailProofState.Signed));
        }
    }

    [Test]
    public async Task The_list_tells_which_trails_there_are_and_filters_them()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var closed = world.Case;
        var south = CaseWorld.Colleague(6);
        await world.SubmitAsync(submitter: south);
        var running = world.Case;
        await world.DraftAsync();

        Assert.Multiple(async () =>
        {
            Assert.That((await ListAsync(new())).Select(t => t.Case), Is.EqualTo(new[] { running, closed }).AsCollection, "a draft is its writer's alone");
            Assert.That((await ListAsync(new(Phase: CasePhase.Closed))).Select(t => t.Case), Is.EqualTo(new[] { closed }));
            Assert.That((await ListAsync(new(Outcome: VoteOption.Talk))).Select(t => t.Case), Is.EqualTo(new[] { closed }));
            Assert.That(await ListAsync(new(Outcome: VoteOption.Emergency)), Is.Empty);
            Assert.That((await ListAsync(new(Team: "Zuid"))).Select(t => t.Case), Is.EqualTo(new[] { running }));
            Assert.That(await ListAsync(new(From: world.Today.AddDays(1))), Is.Empty);
            Assert.That(await ListAsync(new(From: world.Today, To: world.Today)), Has.Count.EqualTo(2));
            Assert.That((await ListAsync(new(Phase: CasePhase.Closed))).Single().Outcome, Is.EqualTo(VoteOption.Talk));
        });

        async Task<IReadOnlyList<TrailCase>> ListAsync(TrailFilter filter)
        {
            var list = (await world.Get<TrailReads>().ListAsync(Auditor, filter, 1, 10, CancellationToken.None)).View!;
            Assert.That(list.Total, Is.EqualTo(list.Items.Count));
            return list.Items;
        }
    }

    [Test]
    public async Task The_list_is_the_auditors()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();

        Assert.That((await world.Get<TrailReads>().ListAsync(world.Owner, new(), 1, 10, CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
    }

    private static Task<TrailReadResult<TrailView>> ReadAsync(CaseWorld world, Actor actor) =>
        world.Get<TrailReads>().ReadAsync(actor, world.Case, 0, TrailReads.MostEvents, CancellationToken.None);
}
