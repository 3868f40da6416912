using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SignalReview.Tests.Storage;
using SignalReview.Tests.Trail.Anchors;
using SignalReview.Trail;
using SignalReview.Trail.Anchors;
using SignalReview.Trail.Bundles;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>Bundles of a log whose key was handed over, and that an authority outside time-stamped; for both verifiers.</summary>
internal sealed class KeyRotationBundleTests
{
    [Test]
    public async Task A_bundle_signed_with_the_new_key_verifies_with_the_old_one_and_says_so()
    {
        using var log = TestLog.WithCase();
        var old = log.Key;
        await log.CheckpointAsync(3);
        await RotateAsync(log);
        await RotateAsync(log);
        var bundle = await log.BundleAsync(TestLog.Case);
        Assert.That(log.Key.ToString(), Is.Not.EqualTo(old.ToString()));

        foreach (var (key, handovers) in new[] { (old, 2), (log.Signer.Chain.Notes[0].New, 1), (log.Key, 0) })
        {
            var result = await VerifyAsync(bundle, key);
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Valid), string.Join("; ", result.Findings));
            Assert.That(result.Handovers, Is.EqualTo(handovers));
            Assert.That(result.SignedBy!.ToString(), Is.EqualTo(log.Key.ToString()));
            Assert.That(result.NotJudged, Is.Empty);
            Assert.That(await SecondAsync(bundle, key), Is.Zero);
        }
    }

    [Test]
    public async Task An_older_checkpoint_by_the_old_key_is_continued()
    {
        using var log = TestLog.WithCase();
        var (since, old) = (await log.CheckpointAsync(5), log.Key);
        await RotateAsync(log);
        var bundle = await log.BundleAsync(TestLog.Case, r => r with { Since = Checkpoint.Parse(SignedNote.Parse(since).Text) });

        foreach (var key in new[] { old, log.Key })
        {
            var result = await BundleVerifier.VerifyAsync(new MemoryStream(bundle), key, Encoding.UTF8.GetBytes(since), default);
            Assert.That((result.Verdict, result.Since), Is.EqualTo((Verdict.Valid, (long?)5)), string.Join("; ", result.Findings));
            Assert.That(await SecondAsync(bundle, key, since), Is.Zero);
        }
    }

    [Test]
    public async Task Without_the_notes_or_with_forged_ones_the_old_key_proves_nothing()
    {
        using var log = TestLog.WithCase();
        using var thief = TestLog.WithCase();
        var old = log.Key;
        await RotateAsync(log);
        await RotateAsync(thief);
        var good = await log.BundleAsync(TestLog.Case);
        var without = BundleFiles.Open(good);
        without.Files.Remove(BundleLayout.KeyRotations);
        var theirs = BundleFiles.Open(await thief.BundleAsync(TestLog.Case));
        theirs[BundleLayout.KeyRotations] = Encoding.UTF8.GetBytes(KeyChain.ToText(log.Signer.Chain.Notes));
        var text = Encoding.UTF8.GetString(BundleFiles.Open(good)[BundleLayout.KeyRotations]);
        var twice = BundleFiles.Open(good);
        twice[BundleLayout.KeyRotations] = Encoding.UTF8.GetBytes(text + "\n" + text);
        var cut = BundleFiles.Open(good);
        cut[BundleLayout.KeyRotations] = Encoding.UTF8.GetBytes(text[..^40]);

        foreach (var (why, bundle, code) in new[]
        {
            ("without", without.Resign(log.Signer).Zip(), FindingCode.OtherKey),
            ("another log's key", theirs.Resign(thief.Signer).Zip(), FindingCode.OtherKey),
            ("twice", twice.Resign(log.Signer).Zip(), FindingCode.BadRotation),
            ("cut", cut.Resign(log.Signer).Zip(), FindingCode.BadRotation),
        })
        {
            var result = await VerifyAsync(bundle, old);
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered), why);
            Assert.That(result.Findings.Select(f => f.Code), Does.Contain(code), why);
            Assert.That(await SecondAsync(bundle, old), Is.EqualTo(1), why);
        }
    }

    [Test]
    public async Task A_key_that_was_handed_over_signs_no_later_bundle()
    {
        using var log = TestLog.WithCase();
        var stolen = Path.Combine(log.Folder, "stolen.key");
        File.Copy(Path.Combine(log.Folder, SigningKeys.File), stolen);
        var old = log.Key;
        await RotateAsync(log);
        log.Add(TestLog.Case, "case.read", "w10", "auditor", []);
        var request = await log.RequestAsync(TestLog.Case);
        using var key = LocalCheckpointKey.Parse(KeyFile.Read(stolen), "stolen");
        var note = await Checkpoint.Parse(SignedNote.Parse(request.CheckpointNote).Text).SignAsync(key, default);
        var bundle = await log.BundleAsync(TestLog.Case, r => r with { CheckpointNote = note });

        foreach (var trusted in new[] { old, log.Key })
        {
            var result = await VerifyAsync(bundle, trusted);
            Assert.That(result.Findings.Select(f => f.Code), Does.Contain(FindingCode.RetiredKey));
            Assert.That(await SecondAsync(bundle, trusted), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_time_stamped_checkpoint_is_in_the_bundle_with_the_proof_that_the_log_goes_on_from_it()
    {
        await using var authority = await SmallAuthority.StartAsync(TimeProvider.System);
        using var log = TestLog.WithCase();
        var bundle = await StampedAsync(log, authority);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(authority.RootPem);

        var unsure = await VerifyAsync(bundle, log.Key);
        var sure = await BundleVerifier.VerifyAsync(new MemoryStream(bundle), log.Key, null, roots, default);
        Assert.Multiple(async () =>
        {
            Assert.That(unsure.Verdict, Is.EqualTo(Verdict.Valid), string.Join("; ", unsure.Findings));
            Assert.That((unsure.Stamped.Single().Size, unsure.Stamped.Single().Authority, unsure.Stamped.Single().Trusted), Is.EqualTo((5L, "clock", false)));
            Assert.That(sure.Stamped.Single().Trusted, Is.True);
            Assert.That(unsure.NotJudged, Is.Empty);
            Assert.That(await SecondAsync(bundle, log.Key), Is.Zero);
        });
    }

    [Test]
    public async Task A_time_stamp_of_something_else_is_found_even_when_the_organisation_signed_for_it()
    {
        await using var authority = await SmallAuthority.StartAsync(TimeProvider.System);
        using var log = TestLog.WithCase();
        var good = await StampedAsync(log, authority);
        using var anchor = Anchor(log, authority);
        var other = (await anchor.SendAsync("iets anders\n", 5, default)).Receipt!;
        var root = BundleLayout.Anchor(5, "");
        (string Why, Action<BundleFiles> Change)[] changes =
        [
            ("another text", files => files[root + "clock.tsr"] = other),
            ("garbage", files => files[root + "clock.tsr"] = "geen token"u8.ToArray()),
            ("no checkpoint", files => files.Files.Remove(root + "checkpoint")),
            ("no proof", files => files.Files.Remove(root + "consistency.txt")),
            ("another proof", files => files[root + "consistency.txt"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files[root + "consistency.txt"]).Replace("from 5", "from 4", StringComparison.Ordinal))),
            ("another checkpoint", files => files[root + "checkpoint"] = files[BundleLayout.Checkpoint]),
        ];
        foreach (var (why, change) in changes)
        {
            var files = BundleFiles.Open(good);
            change(files);
            var bundle = files.Resign(log.Signer).Zip();
            Assert.That((await VerifyAsync(bundle, log.Key)).Findings.Select(f => f.Code), Is.EqualTo(new[] { FindingCode.BadAnchor }), why);
            Assert.That(await SecondAsync(bundle, log.Key), Is.EqualTo(1), why);
        }
    }

    private static TimestampAnchor Anchor(TestLog log, SmallAuthority authority)
    {
        var trusted = Path.Combine(log.Folder, "authority.pem");
        File.WriteAllText(trusted, authority.RootPem);
        return new("clock", TimeSpan.Zero, new(authority.Url, trusted, null), TimeSpan.FromSeconds(5), TimeProvider.System);
    }

    private static async Task<byte[]> StampedAsync(TestLog log, SmallAuthority authority)
    {
        using var anchor = Anchor(log, authority);
        List<AnchorReceipt> receipts = [];
        foreach (var size in new[] { 3L, 5L })
        {
            var note = await log.CheckpointAsync(size);
            var answer = await anchor.SendAsync(note, size, default);
            receipts.Add(new("clock", AnchorKind.Timestamp, size, note, TimeProvider.System.GetUtcNow(), answer.Receipt));
        }

        return await log.BundleAsync(TestLog.Case, r => r with { Anchors = receipts });
    }

    private static Task<KeyRotationNote> RotateAsync(TestLog log) => log.Signer.RotateAsync(log.Tree, log.Tree.Frontier.Size, default);

    private static Task<VerificationResult> VerifyAsync(byte[] bundle, VerifierKey key) => BundleVerifier.VerifyAsync(new MemoryStream(bundle), key, null, default);

    private static async Task<int> SecondAsync(byte[] bundle, VerifierKey key, string? since = null)
    {
        if (!File.Exists("/usr/bin/python3") || !File.Exists("/usr/bin/openssl"))
        {
            Assert.Ignore("The second verifier needs python3 and openssl.");
        }

        var folder = Directory.CreateTempSubdirectory("signalreview-second-");
        try
        {
            List<string> arguments = [Path.Combine(Repository.Root, "docs", "guides", "verify.py"), Path.Combine(folder.FullName, "bundle.zip"), Path.Combine(folder.FullName, "vkey")];
            await File.WriteAllBytesAsync(arguments[1], bundle);
            await File.WriteAllTextAsync(arguments[2], key + "\n");
            if (since is not null)
            {
                arguments.Add(Path.Combine(folder.FullName, "since"));
                await File.WriteAllTextAsync(arguments[3], since);
            }

            using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            TestContext.Out.WriteLine(await python.StandardOutput.ReadToEndAsync());
            await python.WaitForExitAsync();
            return python.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
