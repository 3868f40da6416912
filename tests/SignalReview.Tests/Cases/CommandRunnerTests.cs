using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Cases;

[TestFixture]
internal sealed class CommandRunnerTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await (await CaseWorld.StartAsync()).SubmitAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_retry_gets_the_first_receipt_and_happens_once()
    {
        var reader = (await world.ReadersAsync())[0];
        var command = new AskQuestionCommand(world.NewId(), "Wie zag het?");
        var first = await world.DoAsync(reader, command);
        world.Time.Advance(TimeSpan.FromHours(1));
        var again = await world.DoAsync(reader, command);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That((await world.FileAsync()).Questions, Has.Count.EqualTo(1));
            Assert.That(await world.CountAsync("question.asked"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Many_tries_at_once_of_one_command_happen_once()
    {
        var reader = (await world.ReadersAsync())[0];
        var command = new AskQuestionCommand(world.NewId(), "Wie zag het?");
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => world.TryAsync(reader, command))));
        Assert.That(all, Is.All.EqualTo(all[0]).And.Property("Done").True);
        Assert.That((await world.FileAsync()).Questions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_same_id_with_other_content_is_refused()
    {
        var reader = (await world.ReadersAsync())[0];
        var id = world.NewId();
        await world.DoAsync(reader, new AskQuestionCommand(id, "Wie zag het?"));
        (await world.TryAsync(reader, new AskQuestionCommand(id, "Wat zag je?"))).ShouldBeRefused("command-reused");
    }

    [Test]
    public async Task Somebody_elses_id_is_refused_and_gives_nothing_away()
    {
        var readers = await world.ReadersAsync();
        var command = new ReadyToReadCommand(world.NewId());
        await world.DoAsync(readers[0], command);
        var result = await world.TryAsync(readers[1], command);
        result.ShouldBeRefused("command-reused");
        Assert.That((result.Seq, result.Created), Is.EqualTo((0L, (Guid?)null)));
    }

    [Test]
    public async Task A_command_without_an_id_is_refused() =>
        (await world.TryAsync(world.Submitter, new AddToSignalCommand(Guid.Empty, "Nog iets."))).ShouldMiss("commandId required");

    [Test]
    public async Task A_refusal_leaves_no_state_and_one_event()
    {
        var before = await world.FileAsync();
        await world.TryAsync(world.Submitter, new WithdrawCaseCommand(world.NewId(), ""));
        var after = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Case, Is.EqualTo(before.Case));
            Assert.That(await world.CountAsync("command.refused"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Every_event_of_a_case_has_its_gapless_number_and_its_leaf_in_the_tree()
    {
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new ReadyToReadCommand(world.NewId()));
        }

        var trail = await world.TrailAsync();
        Assert.That(trail.Select(e => e.CaseSeq), Is.EqualTo(Enumerable.Range(1, trail.Count).Select(i => (long)i)));
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        foreach (var row in trail)
        {
            var hash = await db.ScalarAsync<byte[]>("trail/leaf_hash", new { row.LeafIndex }, CancellationToken.None);
            Assert.That(hash, Is.EqualTo(MerkleTree.LeafHash(row.Leaf)));
            Assert.That(EventHeader.Parse(row.Leaf).CaseSeq, Is.EqualTo(row.CaseSeq));
        }
    }

    [Test]
    public async Task Of_many_commands_on_one_case_at_once_none_is_lost_and_none_doubled()
    {
        var readers = await world.ReadersAsync();
        var asked = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() =>
            world.TryAsync(readers[i % readers.Count], new AskQuestionCommand(Guid.CreateVersion7(world.Now.AddMilliseconds(i)), $"Vraag {i}?")))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Has.All.Property("Done").True);
            Assert.That(asked.Select(a => a.Seq).Distinct().Count(), Is.EqualTo(60));
            Assert.That((await world.FileAsync()).Questions, Has.Count.EqualTo(60));
        }
    }

    [Test]
    public async Task A_body_opens_under_its_own_dossier_only()
    {
        var submission = (await world.FileAsync()).Case.SubmissionEvent!.Value;
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var blob = (await db.FirstOrDefaultAsync<byte[]>("trail/body", new { EventId = submission, CaseId = world.Case }, CancellationToken.None))!;
        using var other = await Dossier.OpenAsync(db, world.Get<KeyRing>(), CaseId.Organisation, CancellationToken.None);
        Assert.That(() => TrailBodies.Open(other!, submission, blob), Throws.InstanceOf<System.Security.Cryptography.CryptographicException>());
    }
}
