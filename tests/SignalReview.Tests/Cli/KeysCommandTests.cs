using System.CommandLine;
using SignalReview.Cli;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Cli;

[TestFixture]
internal sealed class KeysCommandTests
{
    [Test]
    public async Task The_signing_key_is_handed_over_beside_a_running_host()
    {
        await using var world = await CaseWorld.StartAsync();
        world.FaultsAllowed = true;
        await world.SubmitAsync();
        await world.Get<CheckpointRound>().RunAsync(default);
        var old = world.Get<CheckpointSigner>().VerifierKey;
        var (code, output, errors) = await RunAsync(world, "rotate-signing");

        Assert.That(code, Is.Zero, errors);
        await world.SubmitAsync();
        await world.Get<CheckpointRound>().RunAsync(default);
        var @new = world.Get<CheckpointSigner>().VerifierKey;
        Assert.That(@new.ToString(), Is.Not.EqualTo(old.ToString()));
        Assert.That(output, Does.StartWith("Vanaf nu ondertekent deze sleutel.").And.Contain(@new.ToString()).And.Contain("signalreview/key-rotation/v1"));
        var last = world.Get<CheckpointSigner>().Last()!;
        Assert.That(KeyChain.Of(old, world.Get<CheckpointSigner>().Chain.Notes).Verify(SignedNote.Parse(last.Note), last.Checkpoint.Size), Is.EqualTo(ChainVerdict.Signed));

        var (_, shown, _) = await RunAsync(world, "show", "--lang", "en");
        Assert.That(shown, Does.Contain($"Signs now: {@new}").And.Contain($"followed {old.IdText}").And.Contain("Dossiers under an older key: 0"));
    }

    [Test]
    public async Task All_dossiers_move_to_a_new_key_and_the_old_one_goes_when_nothing_hangs_on_it()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.SubmitAsync();
        var old = world.Get<KeyRing>().WrappingKeyId;
        var (code, output, errors) = await RunAsync(world, "rotate-wrapping");

        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Does.Contain("2 dossiers staan nu onder").And.Contain("; 0 nog niet."));
        await world.SubmitAsync();
        Assert.That(world.Get<KeyRing>().WrappingKeyId, Is.Not.EqualTo(old), "the host that was running has it");
        Assert.That((await world.TrailAsync()).Count, Is.GreaterThan(0));
        var folder = world.Get<DataFolder>().KeysFolder;
        var tooSoon = await RunAsync(world, "remove-wrapping", old);
        Assert.That((tooSoon.Code, tooSoon.Output.Contains("nog geen 10 minuten", StringComparison.Ordinal)), Is.EqualTo((1, true)));
        File.SetLastWriteTimeUtc(Path.Combine(folder, WrappingKeys.File), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-11));
        var removed = await RunAsync(world, "remove-wrapping", old);
        Assert.That((removed.Code, removed.Output.Trim()), Is.EqualTo((0, $"Sleutel {old} is verwijderd.")));
        Assert.That(Directory.GetFiles(folder, "wrapping-*.key"), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_is_not_there_is_a_wrong_command_and_makes_none()
    {
        var missing = Path.Combine(Path.GetTempPath(), "signalreview-is-not-here");
        using var errors = new StringWriter();
        var code = await new RootCommand { KeysCommand.Create() }.Parse(["keys", "show", "--data", missing]).InvokeAsync(new InvocationConfiguration { Error = errors });

        Assert.That(code, Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.Contain(missing));
        Assert.That(Directory.Exists(missing), Is.False);
    }

    [Test]
    public async Task A_wrong_setting_is_named_and_nothing_changes()
    {
        await using var world = await CaseWorld.StartAsync();
        var before = await File.ReadAllTextAsync(Path.Combine(world.Get<DataFolder>().KeysFolder, "wrapping.key"));
        var (code, _, errors) = await RunAsync(world, "rotate-wrapping", "--set", "Keys:Wrapping:Source=Vault");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("Keys:Wrapping:Url is missing"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(world.Get<DataFolder>().KeysFolder, "wrapping.key")), Is.EqualTo(before));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(CaseWorld world, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var root = new RootCommand { KeysCommand.Create() };
        var code = await root.Parse(["keys", .. args, "--data", world.Get<DataFolder>().FullPath]).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
