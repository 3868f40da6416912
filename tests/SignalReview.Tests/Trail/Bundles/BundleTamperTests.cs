using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>
/// Changes to a good bundle, in three hands: somebody who changes a file and no more; somebody who also writes fitting manifests;
/// and the organisation itself, which can sign the bag anew, but not the past.
/// </summary>
[TestFixture]
internal sealed class BundleTamperTests
{
    private const int Seed = 20260316;

    private TestLog log = null!;
    private byte[] good = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        log = TestLog.WithCase();
        good = await log.BundleAsync(TestLog.Case);
    }

    [OneTimeTearDown]
    public void Clean() => log.Dispose();

    [Test]
    public async Task Zipping_again_is_no_tampering() =>
        Assert.That((await Verify(BundleFiles.Open(good).Zip())).Findings, Is.Empty);

    [Test]
    public async Task A_flipped_byte_in_any_file_is_found()
    {
        var random = new Random(Seed);
        foreach (var name in BundleFiles.Open(good).Files.Where(f => f.Value.Length > 0).Select(f => f.Key))
        {
            for (var i = 0; i < 3; i++)
            {
                var files = BundleFiles.Open(good);
                Flip(files, name, random);
                var result = await Verify(files.Zip());
                Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered), name);
                AssertNamed(result, name);
            }
        }
    }

    [Test]
    public async Task A_flipped_byte_in_any_file_is_found_when_the_manifests_are_made_to_fit()
    {
        var random = new Random(Seed + 1);
        foreach (var name in BundleFiles.Open(good).Files.Where(f => f.Value.Length > 0).Select(f => f.Key).Where(n => n.StartsWith("data/", StringComparison.Ordinal)))
        {
            for (var i = 0; i < 3; i++)
            {
                var files = BundleFiles.Open(good);
                Flip(files, name, random);
                var result = await Verify(files.Remanifest().Zip());
                Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered), name);
                Assert.That(result.Findings.Select(f => f.Code), Does.Contain(FindingCode.BadSignature), name);
                AssertNamed(result, name);
            }
        }
    }

    [Test]
    public async Task A_flipped_byte_in_what_proves_is_found_even_when_the_organisation_signs_for_it()
    {
        var random = new Random(Seed + 2);
        var proving = BundleFiles.Open(good).Files.Keys.Where(n =>
            n is BundleLayout.Headers or BundleLayout.Checkpoint or BundleLayout.Events
            || n.StartsWith("data/bodies/", StringComparison.Ordinal)
            || n.StartsWith("data/proofs/", StringComparison.Ordinal));
        foreach (var name in proving)
        {
            for (var i = 0; i < 3; i++)
            {
                var files = BundleFiles.Open(good);
                var at = Flip(files, name, random);
                var result = await Verify(files.Resign(log.Signer).Zip());
                if (name == BundleLayout.Events && IsNameCell(files, at))
                {
                    continue; // display names are not part of the proof, and both report and guide say so
                }

                Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered), $"{name} at {at}");
                AssertNamed(result, name);
            }
        }
    }

    [TestCase(BundleLayout.ReportPdf)]
    [TestCase(BundleLayout.Provenance)]
    public async Task A_readable_file_that_was_changed_or_taken_is_named_by_both_verifiers(string name)
    {
        await SecondVerifierTests.RequireToolsAsync();
        var folder = Directory.CreateDirectory(Path.Combine(log.Folder, "both-" + Path.GetRandomFileName())).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "key.vkey"), log.Key + "\n");
        var changed = BundleFiles.Open(good);
        Flip(changed, name, new Random(Seed));
        var fitting = BundleFiles.Open(good);
        Flip(fitting, name, new Random(Seed));
        fitting.Remanifest();
        var taken = BundleFiles.Open(good);
        taken.Files.Remove(name);
        var old = BundleFiles.Open(good); // as an older version would have made it
        old.Files.Remove(name);
        old.Resign(log.Signer);
        foreach (var (files, what) in new[] { (changed, "changed"), (fitting, "fitting"), (taken, "taken"), (old, "old") })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"key~{what}.zip"), files.Zip());
        }

        var theirs = await SecondVerifierTests.BatchAsync(folder, 1);
        foreach (var (what, expected) in new[] { ("changed", Verdict.Tampered), ("fitting", Verdict.Tampered), ("taken", Verdict.Incomplete), ("old", Verdict.Valid) })
        {
            var ours = await Verify(await File.ReadAllBytesAsync(Path.Combine(folder, $"key~{what}.zip")));
            Assert.That(ours.Verdict, Is.EqualTo(expected), what);
            Assert.That(ours.NotJudged, Is.Empty, what);
            Assert.That(theirs[$"key~{what}.zip"].Code, Is.EqualTo((int)expected), $"{what}: {theirs[$"key~{what}.zip"].What}");
            if (what is "changed" or "taken")
            {
                Assert.That(ours.Findings.Select(f => f.File), Is.All.EqualTo(name), what);
                Assert.That(theirs[$"key~{what}.zip"].What, Does.Contain(name));
            }
        }
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(17)]
    public async Task A_deleted_event_is_named_by_its_number(int at)
    {
        var files = BundleFiles.Open(good);
        var header = EventHeader.Parse(Encoding.UTF8.GetBytes(files.Lines(BundleLayout.Headers)[at]));
        files.SetLines(BundleLayout.Headers, files.Lines(BundleLayout.Headers).Where((_, i) => i != at));
        files.Files.Remove(BundleLayout.Body(header.Id));
        files.Files.Remove(BundleLayout.Proof(header.Id));
        var result = await Verify(files.Resign(log.Signer).Zip());

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
        Assert.That(
            result.Findings.Where(f => f.Code == FindingCode.CaseSeqGap).Select(f => (f.CaseSeq, f.Detail)),
            Is.EqualTo(new[] { ((long?)at + 2, $"expected number {at + 1}") }));
    }

    [Test]
    public async Task Events_cut_off_at_the_end_are_found_though_nothing_else_shows_it()
    {
        var files = BundleFiles.Open(good);
        var headers = files.Lines(BundleLayout.Headers);
        foreach (var header in headers[15..].Select(h => EventHeader.Parse(Encoding.UTF8.GetBytes(h))))
        {
            files.Files.Remove(BundleLayout.Body(header.Id));
            files.Files.Remove(BundleLayout.Proof(header.Id));
        }

        files.SetLines(BundleLayout.Headers, headers[..15]);
        using var rows = new StringReader(files.Text(BundleLayout.Events)[1..]);
        var kept = Enumerable.Range(0, 16).Select(_ => string.Join(',', EventsCsv.Read(rows)!.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n");
        files[BundleLayout.Events] = Encoding.UTF8.GetBytes(EventsCsv.ByteOrderMark + string.Concat(kept));
        files[BundleLayout.BagInfo] = Encoding.UTF8.GetBytes(
            files.Text(BundleLayout.BagInfo).Replace("SignalReview-Events: 19", "SignalReview-Events: 15", StringComparison.Ordinal));
        var result = await Verify(files.Resign(log.Signer).Zip());

        Assert.That(result.Findings.Select(f => (f.Code, f.CaseSeq)), Is.EqualTo(new[] { (FindingCode.EndNotProved, (long?)15) }));
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Incomplete));
    }

    [Test]
    public async Task Reordered_and_doubled_events_are_found()
    {
        var random = new Random(Seed + 3);
        for (var i = 0; i < 20; i++)
        {
            var files = BundleFiles.Open(good);
            var lines = files.Lines(BundleLayout.Headers).ToList();
            var (a, b) = (random.Next(lines.Count), random.Next(lines.Count - 1));
            if (i % 2 == 0)
            {
                lines.Insert(b, lines[a]);
            }
            else
            {
                b = b >= a ? b + 1 : b;
                (lines[a], lines[b]) = (lines[b], lines[a]);
            }

            var result = await Verify(files.SetLines(BundleLayout.Headers, lines).Resign(log.Signer).Zip());
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered), $"{a} {b}");
            Assert.That(result.Findings, Has.Some.Matches<Finding>(f => f is { Code: FindingCode.CaseSeqGap, Event: not null }), $"{a} {b}");
        }
    }

    [Test]
    public async Task Swapped_bodies_salts_and_proofs_are_found_and_both_events_named()
    {
        var random = new Random(Seed + 4);
        var ids = Ids();
        for (var i = 0; i < 30; i++)
        {
            var files = BundleFiles.Open(good);
            var a = random.Next(ids.Count);
            var b = (a + 1 + random.Next(ids.Count - 1)) % ids.Count;
            var expected = FindingCode.CommitmentMismatch;
            switch (i % 3)
            {
                case 0:
                    var (one, two) = (BundleLayout.Body(ids[a]), BundleLayout.Body(ids[b]));
                    (files[one], files[two]) = (files[two], files[one]);
                    break;
                case 1:
                    SwapSalts(files, BundleLayout.Body(ids[a]), BundleLayout.Body(ids[b]));
                    break;
                default:
                    (one, two) = (BundleLayout.Proof(ids[a]), BundleLayout.Proof(ids[b]));
                    (files[one], files[two]) = (files[two], files[one]);
                    expected = FindingCode.ProofMismatch;
                    break;
            }

            var result = await Verify(files.Resign(log.Signer).Zip());
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
            Assert.That(result.Findings.Where(f => f.Code == expected).Select(f => f.Event), Is.EquivalentTo(new[] { ids[a], ids[b] }));
        }
    }

    [Test]
    public async Task A_replaced_body_with_a_fresh_salt_is_found()
    {
        var id = Ids()[4];
        var files = BundleFiles.Open(good);
        files[BundleLayout.Body(id)] = BundleLayout.BodyFile("{\"concern\":0}"u8, Commitment.NewSalt());
        var result = await Verify(files.Resign(log.Signer).Zip());

        Assert.That(result.Findings, Has.Some.Matches<Finding>(f => f.Code == FindingCode.CommitmentMismatch && f.Event == id && f.CaseSeq == 5));
    }

    [Test]
    public async Task Another_checkpoint_of_the_same_log_does_not_fit()
    {
        var older = await log.CheckpointAsync(log.Tree.Frontier.Size - 2);
        var files = BundleFiles.Open(good);
        files[BundleLayout.Checkpoint] = Encoding.UTF8.GetBytes(older);
        var result = await Verify(files.Resign(log.Signer).Zip());

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
        Assert.That(result.Findings.Count(f => f is { Code: FindingCode.ProofMismatch, Event: not null }), Is.EqualTo(Ids().Count));
    }

    [Test]
    public async Task A_bundle_that_somebody_else_signed_throughout_is_not_of_this_organisation()
    {
        using var other = TestLog.WithCase();
        var result = await Verify(await other.BundleAsync(TestLog.Case));

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
        Assert.That(
            result.Findings.Where(f => f.Code == FindingCode.OtherKey).Select(f => f.File),
            Is.EquivalentTo(new[] { BundleLayout.Signature, BundleLayout.Checkpoint, BundleLayout.Vkey }));
    }

    [Test]
    public async Task A_missing_file_makes_the_bundle_incomplete_and_its_event_is_named()
    {
        foreach (var name in BundleFiles.Open(good).Files.Where(f => f.Value.Length > 0).Select(f => f.Key))
        {
            var files = BundleFiles.Open(good);
            files.Files.Remove(name);
            var result = await Verify(files.Zip());
            // Without manifest or headers all other files are unlisted or belong to no event.
            var verdict = name is BundleLayout.Manifest or BundleLayout.TagManifest or BundleLayout.Headers ? Verdict.Tampered : Verdict.Incomplete;
            Assert.That(result.Findings.Any(f => f.Code == FindingCode.MissingFile && f.File == name), Is.True, name);
            Assert.That(result.Verdict, Is.EqualTo(verdict), name);
            AssertNamed(result, name);
        }
    }

    [TestCase("data/extra.txt", FindingCode.UnlistedFile)]
    [TestCase("readme.txt", FindingCode.UnlistedFile)]
    [TestCase("data/../../evil.txt", FindingCode.UnsafeName)]
    [TestCase("/etc/passwd", FindingCode.UnsafeName)]
    [TestCase("data\\evil.txt", FindingCode.UnsafeName)]
    [TestCase("C:/evil.txt", FindingCode.UnsafeName)]
    [TestCase("data/empty/", FindingCode.UnsafeName)]
    [TestCase("data/checkpoint", FindingCode.DuplicateEntry)]
    [TestCase("data/CHECKPOINT", FindingCode.DuplicateEntry)]
    public async Task An_extra_file_is_found(string name, FindingCode code)
    {
        var result = await Verify(BundleFiles.Open(good).Zip(zip => BundleFiles.Add(zip, name, [1, 2, 3])));

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
        Assert.That(result.Findings.Any(f => f.Code == code && f.File == name), Is.True);
    }

    [Test]
    public async Task A_body_or_proof_of_no_event_is_found_even_when_listed()
    {
        var stranger = new Guid("0191d0a0-0000-7000-8000-00000000dead");
        var files = BundleFiles.Open(good);
        files[BundleLayout.Body(stranger)] = files[BundleLayout.Body(Ids()[0])];
        var result = await Verify(files.Resign(log.Signer).Zip());

        Assert.That(result.Findings.Single(), Is.EqualTo(new Finding(FindingCode.UnknownEvent, BundleLayout.Body(stranger), stranger)));
    }

    [Test]
    public async Task An_event_of_another_case_is_found()
    {
        var foreign = log.EventsOf(TestLog.OtherCase).Last();
        var files = BundleFiles.Open(good);
        var lines = files.Lines(BundleLayout.Headers).Append(Encoding.UTF8.GetString(foreign.Leaf));
        var result = await Verify(files.SetLines(BundleLayout.Headers, lines).Resign(log.Signer).Zip());

        Assert.That(result.Findings, Has.Some.Matches<Finding>(f => f.Code == FindingCode.OtherCase && f.Event == EventHeader.Parse(foreign.Leaf).Id));
    }

    [Test]
    public async Task A_truncated_zip_is_unreadable()
    {
        for (var i = 0; i < 40; i++)
        {
            var result = await Verify(good[..(good.Length * i / 40)]);
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Incomplete), $"{i}/40");
            Assert.That(result.Findings.Single().Code, Is.EqualTo(FindingCode.NotAZip), $"{i}/40");
        }
    }

    [Test]
    public async Task A_flipped_byte_of_the_zip_itself_is_found_unless_every_file_stays_the_same()
    {
        var random = new Random(Seed + 5);
        var original = BundleFiles.Open(good).Files;
        var harmless = 0;
        for (var i = 0; i < 300; i++)
        {
            var changed = good.ToArray();
            var at = random.Next(changed.Length);
            changed[at] ^= (byte)(1 << random.Next(8));
            if ((await Verify(changed)).Verdict != Verdict.Valid)
            {
                continue;
            }

            harmless++;
            var files = BundleFiles.Open(changed).Files;
            Assert.That(files.Keys, Is.EqualTo(original.Keys), $"byte {at}");
            Assert.That(files.All(f => f.Value.AsSpan().SequenceEqual(original[f.Key])), Is.True, $"byte {at}");
        }

        Assert.That(harmless, Is.LessThan(100), "most of a zip is content");
    }

    [Test]
    public async Task Bytes_before_the_zip_or_a_comment_after_it_are_found()
    {
        Assert.That((await Verify([.. "#!/bin/sh\n"u8, .. good])).Verdict, Is.EqualTo(Verdict.Incomplete));
        var commented = BundleFiles.Open(good).Zip(zip => zip.Comment = "hidden");
        Assert.That((await Verify(commented)).Findings.Single().Code, Is.EqualTo(FindingCode.HiddenData));
    }

    [Test]
    public async Task A_zip_bomb_is_not_unpacked()
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            BundleFiles.Add(zip, "bagit.txt", new byte[10]);
            using var stream = zip.CreateEntry(BundleLayout.Body(Guid.Empty), CompressionLevel.Fastest).Open();
            var zeroes = new byte[1 << 20];
            for (var i = 0; i < BundleArchive.MaxSmallFile / zeroes.Length + 1; i++)
            {
                stream.Write(zeroes);
            }
        }

        using var archive = BundleArchive.Open(new MemoryStream(output.ToArray()), _ => { });
        Assert.That(async () => await archive!.ReadAsync(BundleLayout.Body(Guid.Empty), default), Throws.InstanceOf<InvalidDataException>());
    }

    private List<Guid> Ids() => [.. log.EventsOf(TestLog.Case).Select(e => EventHeader.Parse(e.Leaf).Id)];

    private Task<VerificationResult> Verify(byte[] bundle) => BundleTests.Verify(bundle, log.Key);

    private static int Flip(BundleFiles files, string name, Random random)
    {
        var at = random.Next(files[name].Length);
        files[name] = [.. files[name]];
        files[name][at] ^= (byte)(1 << random.Next(8));
        return at;
    }

    /// <summary>Files about one event name it; a changed header at least says which line.</summary>
    private static void AssertNamed(VerificationResult result, string name)
    {
        if (name.StartsWith("data/bodies/", StringComparison.Ordinal) || name.StartsWith("data/proofs/", StringComparison.Ordinal))
        {
            var id = Guid.Parse(Path.GetFileName(name)[..36]);
            Assert.That(result.Findings.Any(f => f.Event == id && f.CaseSeq is not null), Is.True, name);
        }
        else if (name == BundleLayout.Headers && result.Events > 0)
        {
            Assert.That(result.Findings.Any(f => f.CaseSeq is not null), Is.True, name);
        }
    }

    private static bool IsNameCell(BundleFiles files, int at)
    {
        // The names in this log hold no quotes: count the commas since the row began.
        var text = files[BundleLayout.Events].AsSpan(0, at);
        var row = text[(text.LastIndexOf((byte)'\n') + 1)..];
        return row.Count((byte)',') == EventsCsv.NameColumn;
    }

    private static void SwapSalts(BundleFiles files, string one, string two)
    {
        var (a, b) = (JsonNode.Parse(files[one])!, JsonNode.Parse(files[two])!);
        var (saltA, saltB) = (a["salt"]!.GetValue<string>(), b["salt"]!.GetValue<string>());
        files[one] = BundleLayout.BodyFile(Jcs.Canonicalize(a["body"]), Convert.FromBase64String(saltB));
        files[two] = BundleLayout.BodyFile(Jcs.Canonicalize(b["body"]), Convert.FromBase64String(saltA));
    }
}
