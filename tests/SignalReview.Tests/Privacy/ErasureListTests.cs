using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Privacy.Erasure;
using SignalReview.Trail;

namespace SignalReview.Tests.Privacy;

internal sealed class ErasureListTests
{
    [Test]
    public async Task Each_erasure_is_on_the_list_once_and_the_list_tells_enough_to_do_it_again()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.ErasedAsync();
        await world.Get<ErasureStart>().RunAsync(CancellationToken.None);

        var row = await world.ErasureAsync(id);
        var listed = await world.Get<ErasureList>().ReadAsync(CancellationToken.None);
        Assert.That(listed, Is.EqualTo(new[] { Destruction.Listed(row) }));
        Assert.That(row.DestroyedAt, Is.Not.Null);
    }

    [TestCase("\"ground\":\"consentWithdrawn\"", "\"ground\":\"unlawfulSource\"")]
    [TestCase("\"signature\":\"— ", "\"signature\":\"— x")]
    [TestCase("\n", "\n\n")]
    public async Task A_list_that_was_changed_stops_the_start(string from, string to)
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        await world.ErasedAsync();
        var list = world.Get<ErasureList>();
        await File.WriteAllTextAsync(list.FilePath, (await File.ReadAllTextAsync(list.FilePath)).Replace(from, to, StringComparison.Ordinal));

        Assert.That(async () => await world.Get<ErasureStart>().RunAsync(CancellationToken.None), Throws.InstanceOf<ErasureListException>().With.Message.Contains("line "));
    }

    [Test]
    public async Task A_line_that_was_taken_out_is_missed()
    {
        await using var world = await CaseWorld.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await world.ClosedAsync();
            await world.ErasedAsync();
        }

        var list = world.Get<ErasureList>();
        var lines = await File.ReadAllLinesAsync(list.FilePath);
        Assert.That(lines, Has.Length.EqualTo(3));
        await File.WriteAllTextAsync(list.FilePath, $"{lines[0]}\n{lines[2]}\n");

        Assert.That(async () => await list.ReadAsync(CancellationToken.None), Throws.InstanceOf<ErasureListException>().With.Message.Contains("line 2"));
    }

    [Test]
    public async Task A_line_that_a_crash_cut_off_is_written_again()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        await world.ErasedAsync();
        var list = world.Get<ErasureList>();
        var whole = await File.ReadAllTextAsync(list.FilePath);
        await File.WriteAllTextAsync(list.FilePath, whole[..^20]);

        await world.Get<ErasureStart>().RunAsync(CancellationToken.None);

        Assert.That(await list.ReadAsync(CancellationToken.None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_list_that_was_lost_is_made_again_from_the_database()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.ErasedAsync();
        File.Delete(world.Get<ErasureList>().FilePath);

        await world.Get<ErasureStart>().RunAsync(CancellationToken.None);

        Assert.That((await world.Get<ErasureList>().ReadAsync(CancellationToken.None)).Select(e => e.Erasure), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task What_a_crash_after_the_commit_left_undone_the_next_start_does()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.ApprovedAsync();
        // As when the process dies between the commit and what follows: the command alone, without the destruction.
        await using (var db = await world.Database.OpenReadAsync(CancellationToken.None))
        {
            using var dossier = await Dossier.OpenAsync(db, world.Get<KeyRing>(), world.Case, CancellationToken.None);
            await CommitOnlyAsync(world, id);
            var row = await world.ErasureAsync(id);
            Assert.That((row.State, row.DestroyedAt, row.EndedShare), Is.EqualTo((ErasureState.Erased, default(DateTimeOffset?), dossier!.Share)));
        }

        await using var next = await world.AnotherAsync();

        var done = await next.ErasureAsync(id);
        var keys = Directory.GetFiles(Path.Combine(next.Get<KeyRing>().Folder, "dossiers")).Select(Path.GetFileName);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(done.DestroyedAt, Is.Not.Null);
            Assert.That(keys, Has.None.Contains(done.EndedShare!.Value.ToString("N")));
            Assert.That(await next.Get<ErasureList>().ReadAsync(CancellationToken.None), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task While_an_export_is_in_the_way_the_erasure_is_not_certified_and_afterwards_it_is()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var id = await world.ApprovedAsync();
        await using (var reader = await world.Database.OpenReadAsync(CancellationToken.None))
        {
            _ = await reader.ScalarAsync<long>("cases/count", null, CancellationToken.None); // a snapshot from before
            await world.DoAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id));
            var early = await world.Get<ErasureCertificates>().IssueAsync(world.PrivacyOfficer, id, "json", CancellationToken.None);
            Assert.That(early.Refusal?.Code, Is.EqualTo("erasure-not-finished"));
        }

        Assert.That(await world.Get<Destruction>().RunAsync(CancellationToken.None), Is.Zero);
        Assert.That((await world.Get<ErasureCertificates>().IssueAsync(world.PrivacyOfficer, id, "json", CancellationToken.None)).Refusal, Is.Null);
    }

    private static async Task CommitOnlyAsync(CaseWorld world, Guid erasure)
    {
        // A list that cannot be written is the first step that fails, as a full disk is.
        world.FaultsAllowed = true;
        var list = world.Get<ErasureList>();
        Directory.CreateDirectory(list.FilePath);
        await world.DoAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), erasure));
        Directory.Delete(list.FilePath);
    }
}
