using System.IO.Compression;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>A bundle is a bag for everybody's tools: the validator of the Library of Congress judges it, which knows nothing of us.</summary>
[TestFixture]
internal sealed class BagItTests
{
    private const string Validate = "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[1]); import bagit; bagit.Bag(sys.argv[2]).validate(); print('valid')";

    private TestLog log = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        await SecondVerifierTests.RequireToolsAsync();
        log = TestLog.WithCase();
    }

    [OneTimeTearDown]
    public void Clean() => log?.Dispose();

    [TestCase(BundleScope.Case)]
    [TestCase(BundleScope.Period)]
    [TestCase(BundleScope.Everything)]
    public async Task An_independent_validator_finds_the_bag_valid(BundleScope scope)
    {
        var (code, output) = await JudgeAsync(await BundleAsync(scope), change: null);

        Assert.That(output, Does.StartWith("valid"));
        Assert.That(code, Is.Zero);
    }

    [TestCase("data/report.html")]
    [TestCase("bag-info.txt")]
    public async Task And_a_changed_one_not(string name)
    {
        var (code, output) = await JudgeAsync(await BundleAsync(BundleScope.Case), folder => File.AppendAllText(Path.Combine(folder, name), "x"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain("bagit.Bag"));
    }

    private Task<byte[]> BundleAsync(BundleScope scope) => scope switch
    {
        BundleScope.Case => log.BundleAsync(TestLog.Case),
        BundleScope.Period => log.RangeAsync(4, 12),
        BundleScope.Everything => log.RangeAsync(),
    };

    private static async Task<(int Code, string Output)> JudgeAsync(byte[] bundle, Action<string>? change)
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "bag-" + Path.GetRandomFileName());
        try
        {
            await using (var zip = new ZipArchive(new MemoryStream(bundle), ZipArchiveMode.Read))
            {
                await zip.ExtractToDirectoryAsync(folder);
            }

            change?.Invoke(folder);
            return await SecondVerifierTests.RunAsync("python3", "-c", Validate, SecondVerifierTests.InRepository("tests", "SignalReview.Tests", "ThirdParty", "bagit-python"), folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
