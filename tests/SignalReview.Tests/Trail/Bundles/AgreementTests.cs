using System.Collections.Concurrent;
using System.Globalization;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>
/// A thousand logs drawn from seeds, and what is done to their bundles: good ones raise no alarm, changed ones are found and named, and the second
/// verifier, which was written from the guide, comes to the same.
/// </summary>
[TestFixture]
[NonParallelizable]
internal sealed class AgreementTests
{
    private const int Logs = 1000;
    private const int BundleMutations = 1500;

    private LogKeys keys = null!;

    [OneTimeSetUp]
    public void Make() => keys = new LogKeys();

    [OneTimeTearDown]
    public void Clean() => keys.Dispose();

    [Test]
    public async Task A_thousand_good_bundles_raise_no_alarm()
    {
        var alarms = new ConcurrentBag<string>();
        var scopes = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Parallel.ForAsync(0, Logs, async (seed, _) =>
        {
            var log = new RandomLog(seed, keys);
            var result = await BundleTests.Verify(await log.BundleAsync(), keys.Signer.VerifierKey);
            scopes.AddOrUpdate(log.Scope, 1, (_, n) => n + 1);
            if (result.Verdict != Verdict.Valid)
            {
                alarms.Add($"{seed} ({log.Scope}): {result.Findings[0]}");
            }
        });

        Assert.That(alarms, Is.Empty);
        Assert.That(scopes, Has.Count.EqualTo(3));
    }

    /// <summary>In the hands of somebody who changes files, and of one who also writes manifests that fit.</summary>
    [Test]
    public async Task Fifteen_hundred_changes_to_bundles_are_found_and_named()
    {
        var missed = new ConcurrentBag<string>();
        var kinds = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Parallel.ForAsync(0, BundleMutations, async (seed, _) =>
        {
            var random = new Random(seed);
            var bundle = await new RandomLog(seed % 200, keys).BundleAsync();
            Mutation? mutation;
            do
            {
                mutation = Mutations.Change(BundleFiles.Open(bundle), random);
            }
            while (mutation is null);
            kinds.AddOrUpdate(mutation.What, 1, (_, n) => n + 1);
            var refit = random.Next(2) == 0 && mutation.Touched.StartsWith("data/", StringComparison.Ordinal);
            var result = await BundleTests.Verify((refit ? mutation.Files.Remanifest() : mutation.Files).Zip(), keys.Signer.VerifierKey);
            var named = result.Findings.Any(f => f.File == mutation.Touched || (f.Event is not null && f.Event == mutation.Event))
                // Whoever makes the manifests fit hides which file it was, unless the events themselves tell.
                || (refit && mutation.Event is null && result.Findings.Any(f => f.Code == FindingCode.BadSignature && f.File == BundleLayout.Signature));
            // Of a list of hashes that was changed, the one above it says so.
            named |= mutation.Touched == BundleLayout.TagManifest && result.Findings.Any(f => f.File == BundleLayout.Signature);
            if (result.Verdict == Verdict.Valid || !named)
            {
                missed.Add($"{seed}: {mutation.What} {mutation.Touched} refit={refit}: {string.Join(" | ", result.Findings.Take(3))}");
            }
        });

        Assert.That(missed, Is.Empty);
        Assert.That(kinds, Has.Count.EqualTo(9));
        TestContext.Out.WriteLine(string.Join(", ", kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key} {k.Value}")));
    }

    /// <summary>Also in the hands of the organisation itself, which can sign for the changed files.</summary>
    [Test]
    public async Task The_second_verifier_agrees_on_a_thousand_logs_good_and_changed()
    {
        await SecondVerifierTests.RequireToolsAsync();
        var folder = Directory.CreateDirectory(Path.Combine(keys.Folder, "agreement")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "log.vkey"), keys.Signer.VerifierKey + "\n");
        var ours = new ConcurrentDictionary<string, (int Code, string What)>(StringComparer.Ordinal);
        await Parallel.ForAsync(0, Logs, async (seed, ct) =>
        {
            var random = new Random(seed);
            var bundle = await new RandomLog(seed, keys).BundleAsync();
            var what = "as it was";
            if (random.Next(5) < 3 && Mutations.Change(BundleFiles.Open(bundle), random) is { } mutation)
            {
                var hand = random.Next(3);
                var files = hand switch
                {
                    0 => mutation.Files,
                    1 when mutation.Touched.StartsWith("data/", StringComparison.Ordinal) => mutation.Files.Remanifest(),
                    _ when mutation.Touched.StartsWith("data/", StringComparison.Ordinal) || mutation.Touched == BundleLayout.BagInfo => mutation.Files.Resign(keys.Signer),
                    _ => mutation.Files,
                };
                bundle = files.Zip();
                what = $"{mutation.What} {mutation.Touched}, hand {hand}";
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"log~{seed:D4}.zip");
            var result = await BundleTests.Verify(bundle, keys.Signer.VerifierKey);
            ours[name] = ((int)result.Verdict, $"{what}: {string.Join(" | ", result.Findings.Take(2))}");
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bundle, ct);
        });

        var theirs = await SecondVerifierTests.BatchAsync(folder, parts: 2);

        Assert.That(theirs, Has.Count.EqualTo(Logs));
        var differing = theirs.Where(t => t.Value.Code != ours[t.Key].Code).Select(t => $"{t.Key}: {ours[t.Key]} but {t.Value}").ToList();
        Assert.That(differing, Is.Empty, $"{differing.Count} differ");
        Assert.That(theirs.Values.Select(t => t.Code).Distinct().Order(), Is.EqualTo(new[] { 0, 1, 2 }));
        TestContext.Out.WriteLine(string.Join(", ", theirs.Values.GroupBy(t => t.Code).OrderBy(g => g.Key).Select(g => $"exit code {g.Key}: {g.Count()}")));
    }
}
