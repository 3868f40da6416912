using System.CommandLine;
using System.Text.Json;
using SignalReview.Cli;
using SignalReview.Tests.Trail.Bundles;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Cli;

[TestFixture]
internal sealed class VerifyCommandTests
{
    private TestLog log = null!;
    private string bundle = null!;
    private string vkey = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        log = TestLog.WithCase();
        bundle = Path.Combine(log.Folder, "bundle.zip");
        vkey = Path.Combine(log.Folder, "log.vkey");
        await File.WriteAllBytesAsync(bundle, await log.BundleAsync(TestLog.Case));
        await File.WriteAllTextAsync(vkey, log.Key + "\n");
    }

    [OneTimeTearDown]
    public void Clean() => log.Dispose();

    [Test]
    public async Task A_good_bundle_exits_with_0_and_says_what_is_proved()
    {
        var (code, output) = await RunAsync("verify", bundle, "--vkey", vkey);

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("GELDIG.").And.Contain("stemmen, ronde 2: 4 vastgelegd").And.Contain("Niet bewezen"));
    }

    [Test]
    public async Task It_speaks_English_when_asked()
    {
        var (code, output) = await RunAsync("verify", bundle, "--vkey", vkey, "--lang", "en");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("VALID.").And.Contain("readings: 3 fixed before the reveal"));
    }

    [Test]
    public async Task A_changed_body_exits_with_1_and_names_the_event()
    {
        var files = BundleFiles.Open(await File.ReadAllBytesAsync(bundle));
        var body = files.Files.Keys.First(k => k.StartsWith("data/bodies/", StringComparison.Ordinal));
        files[body] = BundleLayout.BodyFile("{}"u8, new byte[32]);
        var (code, output) = await RunAsync("verify", await SaveAsync(files.Zip()), "--vkey", vkey);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("NIET GELDIG.").And.Contain("gebeurtenis nr. 1: De inhoud van deze gebeurtenis is veranderd.").And.Contain(body));
    }

    [Test]
    public async Task Half_a_bundle_exits_with_2()
    {
        var whole = await File.ReadAllBytesAsync(bundle);
        var (code, output) = await RunAsync("verify", await SaveAsync(whole[..(whole.Length / 2)]), "--vkey", vkey);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Does.StartWith("NIET TE BEOORDELEN."));
    }

    [Test]
    public async Task Json_is_for_machines()
    {
        var (code, output) = await RunAsync("verify", bundle, "--vkey", vkey, "--json");
        using var json = JsonDocument.Parse(output);

        Assert.That(code, Is.Zero);
        Assert.That(json.RootElement.GetProperty("verdict").GetString(), Is.EqualTo("valid"));
        Assert.That(json.RootElement.GetProperty("events").GetInt32(), Is.EqualTo(19));
        Assert.That(json.RootElement.GetProperty("findings").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_missing_file_or_key_exits_with_2()
    {
        var (missing, _) = await RunAsync("verify", Path.Combine(log.Folder, "none.zip"), "--vkey", vkey);
        var (noKey, said) = await RunAsync("verify", bundle, "--vkey", bundle);

        Assert.That(missing, Is.EqualTo(2));
        Assert.That(noKey, Is.EqualTo(2));
        Assert.That(said, Does.Contain("bundle.zip"));
    }

    [Test]
    public async Task A_checkpoint_kept_earlier_is_compared()
    {
        var old = Path.Combine(log.Folder, "old-checkpoint");
        await File.WriteAllTextAsync(old, await log.CheckpointAsync());
        var (same, said) = await RunAsync("verify", bundle, "--vkey", vkey, "--since", old);
        await File.WriteAllTextAsync(old, await log.CheckpointAsync(3));
        var (unproved, _) = await RunAsync("verify", bundle, "--vkey", vkey, "--since", old);

        Assert.That(same, Is.Zero);
        Assert.That(said, Does.Contain("Vervolg op"));
        Assert.That(unproved, Is.EqualTo(2));
    }

    [Test]
    public void Every_finding_has_its_words_in_both_languages() =>
        Assert.Multiple(() =>
        {
            foreach (var code in Enum.GetValues<FindingCode>())
            {
                Assert.That(VerifyTexts.Dutch.Finding(code), Is.Not.Empty.And.Not.EqualTo(VerifyTexts.English.Finding(code)));
            }
        });

    private async Task<string> SaveAsync(byte[] zip)
    {
        var path = Path.Combine(log.Folder, Path.GetRandomFileName() + ".zip");
        await File.WriteAllBytesAsync(path, zip);
        return path;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        var root = new RootCommand { VerifyCommand.Create() };
        var code = await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output });
        return (code, output.ToString());
    }
}
