using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Privacy;

[NonParallelizable]
internal sealed class ErasureRaceTests
{
    private const int Times = 12;

    [Test]
    public async Task Of_two_who_approve_at_once_one_does()
    {
        await using var world = await CaseWorld.StartAsync();
        var other = CaseWorld.Colleague(12) with { Roles = new HashSet<Role> { Role.PrivacyOfficer }, Person = DemoPeople.Id(8) };
        for (var i = 0; i < Times; i++)
        {
            await world.ClosedAsync();
            var id = await world.CheckedAsync();
            if (ErasureRules.HasPart(await world.FileAsync(), other.Person) || ErasureRules.HasPart(await world.FileAsync(), world.Second().Person))
            {
                continue;
            }

            var results = await Task.WhenAll(
                Task.Run(() => world.TryAsync(world.Second(), new ApproveErasureCommand(world.NewId(), id))),
                Task.Run(() => world.TryAsync(other, new ApproveErasureCommand(world.NewId(), id))));

            Assert.That(results.Count(r => r.Done), Is.EqualTo(1));
            Assert.That(results.Single(r => !r.Done).Refusal?.Code, Is.EqualTo("erasure-not-checked"));
            Assert.That(await world.CountAsync("erasure.approved"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Of_a_hold_and_an_erasure_at_once_one_wins_and_never_both()
    {
        await using var world = await CaseWorld.StartAsync();
        for (var i = 0; i < Times; i++)
        {
            await world.ClosedAsync();
            var id = await world.ApprovedAsync();

            var hold = Task.Run(() => world.TryAsync(world.PrivacyOfficer, world.Hold()));
            var erase = Task.Run(() => world.TryAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id)));
            var (held, erased) = (await hold, await erase);

            Assert.That((held.Done, erased.Done), Is.EqualTo((true, false)).Or.EqualTo((false, true)));
            Assert.That(held.Done ? erased.Refusal?.Code : held.Refusal?.Code, Is.EqualTo(held.Done ? "legal-hold-stands" : "case-erased"));
            Assert.That((await world.FileAsync()).IsErased, Is.EqualTo(erased.Done));
        }
    }

    [Test]
    public async Task Of_an_erasure_and_an_export_at_once_each_bundle_is_whole_or_says_what_was_erased()
    {
        await using var world = await CaseWorld.StartAsync();
        for (var i = 0; i < Times; i++)
        {
            await world.ClosedAsync();
            var id = await world.ApprovedAsync();
            var @case = world.Case;

            var export = Task.Run(() => ExportAsync(world, @case));
            var erase = Task.Run(() => world.TryAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id)));
            (await erase).ShouldBeDone();
            var verdict = await export;

            Assert.That(verdict, Is.Null.Or.EqualTo(Verdict.Valid));
            Assert.That(await world.Get<Destruction>().RunAsync(CancellationToken.None), Is.Zero);
            Assert.That((await world.ErasureAsync(id)).DestroyedAt, Is.Not.Null);
        }
    }

    /// <returns>Null: its key ended between two of its steps, and it gave nothing.</returns>
    private static async Task<Verdict?> ExportAsync(CaseWorld world, CaseId id)
    {
        try
        {
            var (bundle, refusal) = await world.Get<TrailExport>().RunAsync(CaseWorld.Colleague(10), id, new("Toets"), CancellationToken.None);
            Assert.That(refusal, Is.Null);
            await using (bundle)
            {
                return (await BundleVerifier.VerifyAsync(bundle!.Content, world.Get<CheckpointSigner>().VerifierKey, null, CancellationToken.None)).Verdict;
            }
        }
        catch (DossierGoneException)
        {
            return null;
        }
    }
}
