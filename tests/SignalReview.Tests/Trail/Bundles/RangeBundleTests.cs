using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>Bundles of a stretch of the log: a period, or everything.</summary>
[TestFixture]
internal sealed class RangeBundleTests
{
    private TestLog log = null!;

    [SetUp]
    public void Make() => log = TestLog.WithCase();

    [TearDown]
    public void Clean() => log.Dispose();

    [Test]
    public async Task The_whole_log_verifies_without_a_proof_for_each_event()
    {
        var bundle = await log.RangeAsync();
        var result = await BundleTests.Verify(bundle, log.Key);

        Assert.Multiple(() =>
        {
            Assert.That(result.Findings, Is.Empty);
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Valid));
            Assert.That(result.Scope, Is.EqualTo(BundleScope.Everything));
            Assert.That(result.Events, Is.EqualTo(log.Tree.Frontier.Size));
            Assert.That(result.Range, Is.EqualTo((0, log.Tree.Frontier.Size)));
            Assert.That(result.BlindProved, Is.EqualTo(11), "three readings and two rounds of four votes");
            Assert.That(BundleFiles.Open(bundle).Files.Keys, Is.EquivalentTo(BundleLayout.Required(BundleScope.Everything).Append(BundleLayout.ReportPdf)));
        });
    }

    [Test]
    public async Task Any_period_verifies_and_its_edges_are_shown()
    {
        var size = log.Tree.Frontier.Size;
        for (var from = 0L; from < size; from++)
        {
            for (var before = from + 1; before <= size; before++)
            {
                var result = await BundleTests.Verify(await log.RangeAsync(from, before), log.Key);

                Assert.That(result.Findings, Is.Empty, $"{from} to {before}");
                Assert.That(result.Range, Is.EqualTo((Math.Max(0, from - 1), Math.Min(size, before + 1))));
                var outside = (from > 0 ? 1 : 0) + (before < size ? 1 : 0);
                Assert.That(result.OmittedCounts.GetValueOrDefault(BodyOmission.Outside), Is.EqualTo(outside));
            }
        }
    }

    [Test]
    public async Task A_period_that_was_cut_short_does_not_prove_that_it_is_whole()
    {
        // The leaves are right, and where they lie is proved, but the next one still lies in the period that is claimed.
        var bundle = await log.RangeAsync(3, 9, r => r with { Period = r.Period!.Value with { Before = r.Period!.Value.Before.AddMinutes(5) } });
        var result = await BundleTests.Verify(bundle, log.Key);

        Assert.That(result.Findings.Select(f => f.Code), Is.EqualTo(new[] { FindingCode.PeriodNotProved }));
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Incomplete));
    }

    [Test]
    public async Task A_changed_header_is_found_though_everything_is_signed_anew()
    {
        var files = BundleFiles.Open(await log.RangeAsync());
        var lines = files.Lines(BundleLayout.Headers);
        lines[4] = lines[4].Replace("\"role\":\"", "\"role\":\"x", StringComparison.Ordinal);
        var id = EventHeader.Parse(Encoding.UTF8.GetBytes(lines[4])).Id;
        var result = await BundleTests.Verify(files.SetLines(BundleLayout.Headers, lines).Resign(log.Signer).Zip(), log.Key);

        Assert.That(result.Findings.Select(f => (f.Code, f.File, f.Event)), Is.EquivalentTo(new (FindingCode, string?, Guid?)[]
        {
            (FindingCode.TableMismatch, BundleLayout.Events, id), (FindingCode.RootMismatch, BundleLayout.Headers, null),
        }));
    }

    [TestCase(0)]
    [TestCase(6)]
    [TestCase(20)]
    public async Task An_event_that_was_taken_out_is_named(int at)
    {
        var files = BundleFiles.Open(await log.RangeAsync());
        var lines = files.Lines(BundleLayout.Headers);
        var gone = EventHeader.Parse(Encoding.UTF8.GetBytes(lines[at]));
        files.SetLines(BundleLayout.Headers, lines.Where((_, i) => i != at));
        var result = await BundleTests.Verify(files.Resign(log.Signer).Zip(), log.Key);

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
        Assert.That(result.Findings.Select(f => f.Code), Does.Contain(FindingCode.RangeMismatch));
        Assert.That(result.Findings.Where(f => f.Code == FindingCode.UnknownEvent).Select(f => (f.File, f.Event)), Does.Contain((BundleLayout.Bodies, (Guid?)gone.Id)));
    }

    [Test]
    public async Task A_body_that_was_replaced_with_its_salt_is_named()
    {
        var files = BundleFiles.Open(await log.RangeAsync());
        var lines = files.Lines(BundleLayout.Bodies);
        var line = JsonNode.Parse(lines[7])!.AsObject();
        line["body"] = new JsonObject { ["concern"] = 0 };
        line["salt"] = Convert.ToBase64String(Commitment.NewSalt());
        lines[7] = Encoding.UTF8.GetString(Jcs.Canonicalize(line));
        var result = await BundleTests.Verify(files.SetLines(BundleLayout.Bodies, lines).Resign(log.Signer).Zip(), log.Key);

        Assert.That(
            result.Findings.Where(f => f.Code == FindingCode.CommitmentMismatch).Select(f => f.Event), Is.EqualTo(new[] { Guid.Parse((string)line["id"]!) }));
    }

    [Test]
    public async Task An_id_that_stands_twice_and_a_gap_in_a_case_are_found_wherever_they_lie()
    {
        using var other = new TestLog();
        var first = other.Add(TestLog.Case, "case.read", "w1", "owner", []);
        other.Add(TestLog.OtherCase, "case.read", "w1", "owner", []);
        other.Add(TestLog.Case, "case.read", "w1", "owner", [], id: first);
        var gap = other.Add(TestLog.OtherCase, "case.read", "w1", "owner", [], seq: 3);
        var result = await BundleTests.Verify(await other.RangeAsync(), other.Key);

        Assert.That(result.Findings.Select(f => (f.Code, f.Event)), Is.EqualTo(new (FindingCode, Guid?)[]
        {
            (FindingCode.DuplicateEvent, first), (FindingCode.CaseSeqGap, gap),
        }));
    }

    [Test]
    public async Task A_vote_after_its_reveal_is_found_among_all_cases()
    {
        log.Add(TestLog.OtherCase, "votes.revealed", "system", "system", new JsonObject { ["round"] = 7, ["ballots"] = new JsonArray() });
        var late = log.Add(TestLog.OtherCase, "vote.cast", "w3", "reader", new JsonObject { ["round"] = 7 });
        var result = await BundleTests.Verify(await log.RangeAsync(), log.Key);

        Assert.That(result.Findings.Select(f => (f.Code, f.Event)), Is.EqualTo(new (FindingCode, Guid?)[] { (FindingCode.NotBlind, late) }));
    }

    [Test]
    public async Task Without_bodies_everything_is_still_proved_and_each_body_that_is_not_there_is_named()
    {
        var bundle = await log.RangeAsync(change: r => r with { Profile = RedactionProfile.NoBodies });
        var result = await BundleTests.Verify(bundle, log.Key);
        var files = BundleFiles.Open(bundle);

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Profile, Is.EqualTo("noBodies"));
        Assert.That(files[BundleLayout.Bodies], Is.Empty);
        Assert.That(files.Lines(BundleLayout.Omitted), Has.Length.EqualTo(log.Tree.Frontier.Size).And.All.EndsWith(",\"profile\":\"noBodies\",\"reason\":\"profile\"}"));
    }

    [Test]
    public async Task Without_third_parties_no_colleague_is_named_and_no_colleague_speaks()
    {
        var result = BundleFiles.Open(await log.BundleAsync(TestLog.Case, r => r with { Profile = RedactionProfile.NoThirdParties }));

        Assert.That((await BundleTests.Verify(result.Zip(), log.Key)).Findings, Is.Empty);
        foreach (var name in new[] { BundleLayout.Events, BundleLayout.Report })
        {
            Assert.That(result.Text(name), Does.Not.Contain("Samira").And.Not.Contain("=Noor").And.Not.Contain("reden van").And.Not.Contain("lezing van"), name);
        }

        Assert.That(result.Text(BundleLayout.Report), Does.Contain("collega 1").And.Contain("we weten waar je chillt"));
        Assert.That(result.Text(BundleLayout.Omitted), Does.Contain("\"profile\":\"noThirdParties\""));
    }

    [Test]
    public async Task A_name_where_the_profile_has_none_is_found()
    {
        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case, r => r with { Profile = RedactionProfile.NoThirdParties }));
        var table = files.Text(BundleLayout.Events);
        files[BundleLayout.Events] = Encoding.UTF8.GetBytes(table.Replace(",signal.submitted,w1,,", ",signal.submitted,w1,Samira,", StringComparison.Ordinal));
        var result = await BundleTests.Verify(files.Resign(log.Signer).Zip(), log.Key);

        Assert.That(result.Findings.Select(f => (f.Code, f.Detail)), Is.EqualTo(new[] { (FindingCode.TableMismatch, (string?)"actorName") }));
    }

    [Test]
    public async Task A_file_of_a_later_version_is_signed_for_and_named_as_not_judged()
    {
        var files = BundleFiles.Open(await log.RangeAsync());
        files["data/later.txt"] = "what this version does not know"u8.ToArray();
        var result = await BundleTests.Verify(files.Resign(log.Signer).Zip(), log.Key);

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.NotJudged, Is.EqualTo(new[] { "data/later.txt" }));
    }

    [Test]
    public async Task Another_format_is_not_judged_at_all()
    {
        var files = BundleFiles.Open(await log.RangeAsync());
        files[BundleLayout.BagInfo] = Encoding.UTF8.GetBytes(
            files.Text(BundleLayout.BagInfo).Replace("SignalReview-Format: 2", "SignalReview-Format: 3", StringComparison.Ordinal));
        var result = await BundleTests.Verify(files.Resign(log.Signer).Zip(), log.Key);

        Assert.That(result.Findings.Select(f => f.Code), Is.EqualTo(new[] { FindingCode.UnknownFormat }));
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Incomplete));
    }
}
