using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Trail.Signing;

[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.SqlServer)]
internal sealed class WrappingRotationTests(SqlDialect dialect)
{
    private static readonly KeySettings Files = KeySettings.None("Keys:Wrapping");

    [Test]
    public async Task All_dossiers_move_to_the_new_key_and_the_old_one_can_go()
    {
        await using var world = await CaseWorld.StartAsync(dialect);
        await world.SubmitAsync();
        var (keys, rotation) = (world.Get<KeyRing>(), world.Get<WrappingRotation>());
        var (old, @new) = WrappingKeys.Replace(keys.Folder, Files);
        await world.SubmitAsync(); // a host that runs meanwhile uses the new key for what is new

        Assert.That(keys.WrappingKeyId, Is.EqualTo(@new));
        Assert.That(await rotation.LeftAsync(default), Is.EqualTo(2), "the first case and the organisation");
        Assert.That((await rotation.RemoveAsync(keys.Folder, Files, old, default)).Outcome, Is.EqualTo(RemoveKeyOutcome.StillUsed));
        Assert.That(await rotation.RunAsync(_ => { }, default), Is.EqualTo(2));
        Assert.That(await rotation.LeftAsync(default), Is.Zero);

        Age(keys.Folder, world, TimeSpan.FromMinutes(-1));
        Assert.That((await rotation.RemoveAsync(keys.Folder, Files, old, default)).Outcome, Is.EqualTo(RemoveKeyOutcome.TooSoon));
        Age(keys.Folder, world, -WrappingRotation.Grace);
        Assert.That((await rotation.RemoveAsync(keys.Folder, Files, @new, default)).Outcome, Is.EqualTo(RemoveKeyOutcome.InUse));
        Assert.That((await rotation.RemoveAsync(keys.Folder, Files, "0123456789abcdef", default)).Outcome, Is.EqualTo(RemoveKeyOutcome.NoSuchKey));
        Assert.That((await rotation.RemoveAsync(keys.Folder, Files, old, default)).Outcome, Is.EqualTo(RemoveKeyOutcome.Removed));
        Assert.That(Directory.GetFiles(keys.Folder, "wrapping-*.key"), Is.Empty);

        await using var restarted = await world.AnotherAsync();
        Assert.That((await restarted.TrailAsync()).Count, Is.GreaterThan(0));
        await using var db = await restarted.Database.OpenReadAsync(default);
        using var organisation = await Dossier.OpenAsync(db, restarted.Get<KeyRing>(), CaseId.Organisation, default);
        Assert.That(organisation, Is.Not.Null);
    }

    [Test]
    public async Task What_was_stopped_in_the_middle_goes_on_and_loses_nothing()
    {
        await using var world = await CaseWorld.StartAsync(dialect);
        await ManyDossiersAsync(world, 450);
        var (keys, rotation) = (world.Get<KeyRing>(), world.Get<WrappingRotation>());
        WrappingKeys.Replace(keys.Folder, Files);
        await world.SubmitAsync();
        using var stop = new CancellationTokenSource();

        Assert.That(async () => await rotation.RunAsync(_ => stop.Cancel(), stop.Token), Throws.InstanceOf<OperationCanceledException>());
        var left = await rotation.LeftAsync(default);
        Assert.That(left, Is.GreaterThan(200).And.LessThan(452));
        await using (var half = await world.AnotherAsync())
        {
            await AllOpenAsync(half);
        }

        Assert.That(await rotation.RunAsync(_ => { }, default), Is.EqualTo(left));
        Assert.That(await rotation.RunAsync(_ => { }, default), Is.Zero);
        foreach (var old in Directory.GetFiles(keys.Folder, "wrapping-*.key"))
        {
            File.Delete(old);
        }

        await using var restarted = await world.AnotherAsync();
        await AllOpenAsync(restarted);
    }

    [Test]
    public async Task A_dossier_under_a_key_that_is_gone_stops_the_run_with_its_name_and_keeps_the_rest()
    {
        await using var world = await CaseWorld.StartAsync(dialect);
        await ManyDossiersAsync(world, 3);
        var keys = world.Get<KeyRing>();
        var (old, _) = WrappingKeys.Replace(keys.Folder, Files);
        File.Delete(Directory.GetFiles(keys.Folder, "wrapping-*.key").Single());
        await using var restarted = new OwnRing(keys.Folder);

        Assert.That(
            async () => await new WrappingRotation(world.Database, restarted.Keys, world.Time).RunAsync(_ => { }, default),
            Throws.InstanceOf<CryptographicException>().With.Message.Contains(old));
    }

    private static void Age(string folder, CaseWorld world, TimeSpan by) =>
        File.SetLastWriteTimeUtc(Path.Combine(folder, WrappingKeys.File), (world.Now + by).UtcDateTime);

    private static async Task ManyDossiersAsync(CaseWorld world, int count)
    {
        await using var db = await world.Database.BeginAsync(default);
        for (var i = 0; i < count; i++)
        {
            (await Dossier.CreateAsync(db, world.Get<KeyRing>(), new(world.NewId()), default)).Dispose();
        }

        await db.CommitAsync(default);
    }

    private static async Task AllOpenAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(default);
        var rows = await db.QueryAsync<DossierRow>("signing/dossiers_to_rewrap", new { KeyId = "" }, default);
        Assert.That(rows, Is.Not.Empty);
        foreach (var row in rows)
        {
            world.Get<KeyRing>().Unwrap(row.CaseId.Value, row.WrappedKey).Dispose();
        }
    }

    private sealed class OwnRing(string folder) : IAsyncDisposable
    {
        public KeyRing Keys { get; } = KeyRing.OpenOrCreate(folder);

        public ValueTask DisposeAsync()
        {
            Keys.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed record DossierRow
    {
        public CaseId CaseId { get; init; }
        public byte[] WrappedKey { get; init; } = [];
    }
}
