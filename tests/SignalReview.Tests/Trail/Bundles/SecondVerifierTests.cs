using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>docs/guides/verify.py was written from the guide alone: where both agree, the guide says enough.</summary>
[TestFixture]
internal sealed class SecondVerifierTests
{
    private string? script;
    private TestLog log = null!;

    [OneTimeSetUp]
    public async Task FindPython()
    {
        script = FindScript();
        await RequireToolsAsync();
        log = TestLog.WithCase();
        await File.WriteAllTextAsync(Path.Combine(log.Folder, "vkey"), log.Key + "\n");
    }

    [OneTimeTearDown]
    public void Clean() => log?.Dispose();

    /// <summary>Without them the tests are skipped, and say so.</summary>
    internal static async Task RequireToolsAsync()
    {
        foreach (var tool in new[] { "python3", "openssl" })
        {
            try
            {
                await RunAsync(tool, tool == "openssl" ? "version" : "--version");
            }
            catch (Win32Exception)
            {
                Assert.Ignore($"{tool} is not installed.");
            }
        }
    }

    [Test]
    public async Task It_accepts_a_good_bundle()
    {
        var (code, output) = await VerifyAsync(await log.BundleAsync(TestLog.Case));

        Assert.That(output, Does.StartWith("valid: 19 events, scope case"));
        Assert.That(code, Is.Zero);
    }

    [Test]
    public async Task It_agrees_on_reveals_that_are_not_in_order()
    {
        foreach (var attack in Enum.GetValues<BlindAttack>())
        {
            using var other = new TestLog();
            await File.WriteAllTextAsync(Path.Combine(other.Folder, "vkey"), other.Key + "\n");
            BlindAttacks.Play(other, attack);
            var zip = await other.BundleAsync(TestLog.Case);
            var ours = await BundleTests.Verify(zip, other.Key);
            var (code, output) = await VerifyAsync(zip, other);

            Assert.That(ours.Verdict, Is.EqualTo(attack == BlindAttack.None ? Verdict.Valid : Verdict.Tampered), attack.ToString());
            Assert.That(code, Is.EqualTo(attack == BlindAttack.None ? 0 : 1), $"{attack}: {output}");
        }
    }

    [Test]
    public async Task It_agrees_on_changed_bundles()
    {
        var good = await log.BundleAsync(TestLog.Case);
        var random = new Random(8785);
        var names = BundleFiles.Open(good).Files.Where(f => f.Value.Length > 0).Select(f => f.Key).ToList();
        for (var i = 0; i < 12; i++)
        {
            var files = BundleFiles.Open(good);
            var name = names[random.Next(names.Count)];
            switch (i % 4)
            {
                case 0:
                    files.Files.Remove(name);
                    break;
                case 1:
                    files[name] = [.. files[name], (byte)'\n'];
                    break;
                default:
                    files[name] = [.. files[name]];
                    files[name][random.Next(files[name].Length)] ^= 1;
                    if (i % 4 == 2)
                    {
                        files.Remanifest();
                    }

                    break;
            }

            var zip = files.Zip();
            var ours = await BundleTests.Verify(zip, log.Key);
            var (code, output) = await VerifyAsync(zip);
            Assert.That(ours.Verdict, Is.Not.EqualTo(Verdict.Valid), name);
            Assert.That(code, Is.EqualTo((int)ours.Verdict), $"{name}: {output}");
        }
    }

    /// <summary>Judges all bundles of a folder, in a few processes at once.</summary>
    internal static async Task<Dictionary<string, (int Code, string What)>> BatchAsync(string folder, int parts)
    {
        var path = FindScript();
        var outputs = await Task.WhenAll(Enumerable.Range(0, parts).Select(part => RunAsync("python3", path, "--batch", folder, $"{part}/{parts}")));
        Assert.That(outputs.Select(o => o.Code), Has.All.Zero, outputs[0].Output);
        return outputs.SelectMany(o => o.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => l.Split('\t'))
            .ToDictionary(l => l[0], l => (int.Parse(l[1], CultureInfo.InvariantCulture), l[2]), StringComparer.Ordinal);
    }

    /// <summary>A path below the repository's top.</summary>
    internal static string InRepository(params string[] parts)
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SignalReview.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine([folder!.FullName, .. parts]);
    }

    private static string FindScript() => InRepository("docs", "guides", "verify.py");

    private async Task<(int Code, string Output)> VerifyAsync(byte[] zip, TestLog? of = null)
    {
        var folder = (of ?? log).Folder;
        var path = Path.Combine(folder, "second.zip");
        await File.WriteAllBytesAsync(path, zip);
        return await RunAsync("python3", script!, path, Path.Combine(folder, "vkey"));
    }

    internal static async Task<(int Code, string Output)> RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
