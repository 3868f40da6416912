using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

[TestFixture]
internal sealed class BundleTests
{
    [Test]
    public async Task A_bundle_of_a_case_verifies_and_tells_what_is_in_it()
    {
        using var log = TestLog.WithCase();
        var result = await Verify(await log.BundleAsync(TestLog.Case), log.Key);

        Assert.Multiple(() =>
        {
            Assert.That(result.Findings, Is.Empty);
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Valid));
            Assert.That(result.Log, Is.EqualTo(TestLog.Origin));
            Assert.That(result.Case, Is.EqualTo(TestLog.Case));
            Assert.That(result.Events, Is.EqualTo(19));
            Assert.That(result.Reveals.Select(r => (r.Kind, r.Round, r.Entries.Count)), Is.EqualTo(new (BlindKind, int?, int)[]
            {
                (BlindKind.Interpretation, null, 3), (BlindKind.Vote, 1, 4), (BlindKind.Vote, 2, 4),
            }));
            Assert.That(result.StillBlind, Is.Zero);
            Assert.That(result.Omitted, Is.Empty);
        });
    }

    [Test]
    public async Task The_layout_is_the_documented_one()
    {
        using var log = TestLog.WithCase();
        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case));
        var ids = log.EventsOf(TestLog.Case).Select(e => EventHeader.Parse(e.Leaf).Id).ToList();

        Assert.That(files.Files.Keys, Is.EquivalentTo(new[]
        {
            "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "bundle-signature", "data/checkpoint", "data/vkey",
            "data/headers.jsonl", "data/omitted.jsonl", "data/events.csv", "data/report.html", "data/report.pdf", "data/prov.json",
        }.Concat(ids.Select(i => $"data/bodies/{i}.json")).Concat(ids.Select(i => $"data/proofs/{i}.tlog-proof"))));
        Assert.That(files.Lines("data/headers.jsonl"), Is.EqualTo(log.EventsOf(TestLog.Case).Select(e => Encoding.UTF8.GetString(e.Leaf))));
        Assert.That(files.Text("bag-info.txt"), Does.Contain("SignalReview-Events: 19\n").And.Match("Payload-Oxum: \\d+\\.46\n"));
        Assert.That(files.Text("data/proofs/" + ids[0] + ".tlog-proof"), Does.StartWith("c2sp.org/tlog-proof@v1\nindex 1\n"));
    }

    [Test]
    public async Task A_log_that_went_on_after_the_export_still_gives_a_bundle_that_proves_its_end()
    {
        using var log = TestLog.WithCase();
        for (var i = 0; i < 9; i++)
        {
            log.Add(TestLog.OtherCase, "case.read", "w5", "reader", []);
        }

        var result = await Verify(await log.BundleAsync(TestLog.Case), log.Key);
        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Checkpoint!.Size, Is.EqualTo(log.Tree.Frontier.Size - 9));
    }

    [Test]
    public async Task A_checkpoint_past_the_last_event_is_refused_by_the_writer()
    {
        using var log = TestLog.WithCase();
        log.Add(TestLog.OtherCase, "case.read", "w5", "reader", []);
        var note = await log.CheckpointAsync();

        Assert.That(async () => await log.BundleAsync(TestLog.Case, r => r with { CheckpointNote = note }), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Erased_content_is_named_and_everything_else_stays_proved()
    {
        using var log = new TestLog();
        log.Add(TestLog.Case, "signal.submitted", "w1", "submitter", [], BodyOmission.Erased);
        log.Add(TestLog.Case, "interpretation.submitted", "w3", "reader", [], BodyOmission.Blind);
        log.Add(TestLog.Case, "subject.erased", "w11", "privacyOfficer", new JsonObject { ["reason"] = "verzoek" });
        var result = await Verify(await log.BundleAsync(TestLog.Case), log.Key);

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Omitted.Select(o => (o.CaseSeq, o.Reason)), Is.EqualTo(new[] { (1L, BodyOmission.Erased), (2L, BodyOmission.Blind) }));
        Assert.That(result.StillBlind, Is.EqualTo(1));
    }

    [Test]
    public async Task Content_called_erased_without_an_erasure_in_the_trail_is_found()
    {
        using var log = new TestLog();
        log.Add(TestLog.Case, "signal.submitted", "w1", "submitter", [], BodyOmission.Erased);
        var result = await Verify(await log.BundleAsync(TestLog.Case), log.Key);

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
        Assert.That(result.Findings.Single(), Has.Property(nameof(Finding.Code)).EqualTo(FindingCode.ErasureNotInTrail).And.Property(nameof(Finding.CaseSeq)).EqualTo(1));
    }

    [Test]
    public async Task A_vote_after_the_reveal_of_its_round_is_not_blind()
    {
        using var log = new TestLog();
        log.Add(TestLog.Case, "vote.cast", "w1", "reader", new JsonObject { ["round"] = 1 });
        log.Add(TestLog.Case, "votes.revealed", "system", "system", new JsonObject { ["round"] = 1 });
        var late = log.Add(TestLog.Case, "vote.cast", "w3", "reader", new JsonObject { ["round"] = 1 });
        var result = await Verify(await log.BundleAsync(TestLog.Case), log.Key);

        Assert.That(result.Findings.Single(), Is.EqualTo(new Finding(FindingCode.NotBlind, BundleLayout.Headers, late, 3, "AfterReveal")));
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
    }

    [Test]
    public async Task A_reveal_that_names_an_entry_not_before_it_is_found()
    {
        using var log = new TestLog();
        log.Add(TestLog.Case, "interpretation.submitted", "w1", "reader", []);
        log.Add(TestLog.Case, "interpretations.revealed", "system", "system", new JsonObject { ["readings"] = new JsonArray(Guid.Empty.ToString("D")) });
        var result = await Verify(await log.BundleAsync(TestLog.Case), log.Key);

        Assert.That(result.Findings.Select(f => (f.Code, f.CaseSeq)), Is.EqualTo(new (FindingCode, long?)[] { (FindingCode.NotBlind, 1), (FindingCode.NotBlind, 2) }), "and the one it does not name is left out");
    }

    [Test]
    public async Task A_checkpoint_kept_earlier_is_proved_to_be_the_beginning()
    {
        using var log = TestLog.WithCase();
        var kept = Encoding.UTF8.GetBytes(await log.CheckpointAsync(5));
        var since = Checkpoint.Parse(SignedNote.Parse(kept).Text);
        var bundle = await log.BundleAsync(TestLog.Case, r => r with { Since = since });

        var result = await Verify(bundle, log.Key, kept);
        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Since, Is.EqualTo(5));
    }

    [Test]
    public async Task A_rewritten_history_is_found_with_a_checkpoint_kept_earlier()
    {
        using var log = TestLog.WithCase();
        using var rewritten = new TestLog();
        rewritten.Add(TestLog.OtherCase, "signal.submitted", "w2", "submitter", []);
        var (theirs, key) = (await rewritten.CheckpointAsync(), log.Key);
        var kept = SignedNote.Parse(theirs).Text;
        // The same key signed both: only the kept checkpoint shows it.
        var note = Encoding.UTF8.GetBytes(log.Signer.SignText(kept));
        var bundle = await log.BundleAsync(TestLog.Case, r => r with { Since = Checkpoint.Parse(kept) });

        var result = await Verify(bundle, key, note);
        Assert.That(result.Findings.Single().Code, Is.EqualTo(FindingCode.SinceInconsistent));
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
    }

    [Test]
    public async Task Without_a_consistency_proof_an_older_checkpoint_cannot_be_judged()
    {
        using var log = TestLog.WithCase();
        var kept = Encoding.UTF8.GetBytes(await log.CheckpointAsync(5));
        var result = await Verify(await log.BundleAsync(TestLog.Case), log.Key, kept);

        Assert.That(result.Findings.Single().Code, Is.EqualTo(FindingCode.SinceNotProved));
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Incomplete));
    }

    [Test]
    public async Task Formulas_in_the_table_are_neutralised()
    {
        using var log = TestLog.WithCase();
        var table = BundleFiles.Open(await log.BundleAsync(TestLog.Case)).Text("data/events.csv");
        using var reader = new StringReader(table[1..]);
        var rows = new List<string[]>();
        while (EventsCsv.Read(reader) is { } row)
        {
            rows.Add(row);
        }

        Assert.That(table[0], Is.EqualTo('\uFEFF'));
        Assert.That(rows, Has.Count.EqualTo(20));
        Assert.That(rows, Has.All.Length.EqualTo(EventsCsv.Columns.Count));
        Assert.That(rows.SelectMany(r => r).Where(c => c.Length > 0 && "=+-@\t\r".Contains(c[0], StringComparison.Ordinal)), Is.Empty);
        Assert.That(rows.Select(r => r[EventsCsv.NameColumn]), Does.Contain("'=Noor"));
    }

    [TestCase("=1+1", "'=1+1")]
    [TestCase("+31", "'+31")]
    [TestCase("-2", "'-2")]
    [TestCase("@sum", "'@sum")]
    [TestCase("\tx", "'\tx")]
    [TestCase("\rx", "'\rx")]
    [TestCase("a=1", "a=1")]
    [TestCase("", "")]
    public void Cells_that_a_spreadsheet_would_run_begin_with_an_apostrophe(string cell, string expected) =>
        Assert.That(EventsCsv.Neutralise(cell), Is.EqualTo(expected));

    [TestCase("nl", "Beslisspoor van een zaak", "Samira el Idrissi diende het signaal in")]
    [TestCase("en", "Decision trail of a case", "Samira el Idrissi submitted the signal")]
    public async Task The_report_tells_the_story_without_script_and_with_everything_escaped(string language, string title, string line)
    {
        using var log = TestLog.WithCase();
        var html = BundleFiles.Open(await log.BundleAsync(TestLog.Case, r => r with { Language = language })).Text("data/report.html");

        Assert.Multiple(() =>
        {
            Assert.That(html, Does.StartWith("<!DOCTYPE html>").And.Contain($"<html lang=\"{language}\">").And.Contain($"<h1>{title}</h1>"));
            Assert.That(html, Does.Contain(line));
            Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("<b>Daan"));
            Assert.That(html, Does.Contain("&lt;script&gt;").And.Contain("&lt;b&gt;Daan"));
            Assert.That(Regex.Matches(html, "<table>", RegexOptions.None, TimeSpan.FromSeconds(1)), Has.Count.EqualTo(3));
            Assert.That(Regex.Matches(html, "<caption>", RegexOptions.None, TimeSpan.FromSeconds(1)), Has.Count.EqualTo(3));
            Assert.That(Regex.Matches(html, "<li id=\"e", RegexOptions.None, TimeSpan.FromSeconds(1)), Has.Count.EqualTo(19));
            Assert.That(html, Does.Contain("<a href=\"#e3\">"), "a reveal points to its readings");
            Assert.That(html, Does.Contain("default-src 'none'; style-src 'sha256-"));
            Assert.That(html, Does.Contain("16 maart 2026 10:06:00").Or.Contain("16 March 2026 10:06:00"), "local time");
        });
    }

    [Test]
    public async Task Codes_become_words_and_what_people_wrote_stays()
    {
        using var log = new TestLog();
        log.Add(TestLog.Case, "signal.submitted", "w1", "submitter", new JsonObject { ["title"] = "zomaar een titel", ["urgency"] = "today" });
        var html = BundleFiles.Open(await log.BundleAsync(TestLog.Case)).Text("data/report.html");

        Assert.That(html.IndexOf("<dt>Titel</dt><dd><bdi>zomaar een titel", StringComparison.Ordinal), Is.Positive);
        Assert.That(html, Does.Contain("<dt>Urgentie</dt><dd><bdi>Vandaag</bdi>"));
    }

    [Test]
    public void A_blind_round_is_found_without_bodies_too()
    {
        var check = new BlindnessCheck();
        var header = new EventHeader(
            TestLog.Origin, Guid.Empty, DateTimeOffset.UnixEpoch, "vote.cast", TestLog.Case, 1, "w1", "reader", null, null, null, new byte[32]);
        check.Add(header, 3, null);
        var step = check.Add(header with { Type = "votes.revealed", CaseSeq = 2 }, 7, null);

        Assert.That(step.Proofs.Single().Verdict, Is.EqualTo(BlindVerdict.Blind));
        Assert.That(step.Reveal!.Entries.Single().LeafIndex, Is.EqualTo(3));
    }

    internal static async Task<VerificationResult> Verify(byte[] bundle, VerifierKey key, byte[]? since = null)
    {
        using var stream = new MemoryStream(bundle);
        return await BundleVerifier.VerifyAsync(stream, key, since, default);
    }
}
