using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>Of each reading and each vote: fixed there, revealed there, so blind or not; and whoever cheats is named.</summary>
internal sealed class BlindProofTests
{
    [Test]
    public async Task Each_reading_and_each_vote_has_its_place_its_reveal_and_its_verdict()
    {
        using var log = TestLog.WithCase();
        var result = await BundleTests.Verify(await log.BundleAsync(TestLog.Case), log.Key);

        Assert.That(result.BlindProofs, Has.Count.EqualTo(11));
        Assert.That(result.BlindProofs, Has.All.Matches<BlindProof>(p =>
            p.Verdict == BlindVerdict.Blind && p.Entry!.LeafIndex < p.RevealLeafIndex && p.Entry.CaseSeq < p.RevealSeq && p.Entry.At < p.RevealedAt));
        Assert.That(result.BlindProofs.Select(p => p.Entry!.Actor).Distinct(), Is.EquivalentTo(new[] { "w1", "w3", "w7", "w9" }));
    }

    [TestCase("nl", "Ja: alles wat onthuld is, lag daarvoor al vast.", "Stem ronde 2, Samira el Idrissi")]
    [TestCase("en", "Yes: all that was revealed had been fixed before.", "Vote round 2, Samira el Idrissi")]
    public async Task The_report_shows_each_with_place_and_time(string language, string verdict, string line)
    {
        using var log = TestLog.WithCase();
        var html = await ReportAsync(log, language);

        Assert.That(html, Does.Contain(verdict).And.Contain(line));
        Assert.That(html, Does.Match(language == "nl" ? "plek 4<br><time datetime=\"2026-03-16T09:09:00.000Z\">" : "place 4<br><time"));
    }

    [Test]
    public async Task A_reading_after_the_reveal_that_leaves_it_out_stays_unrevealed_and_one_named_again_was_never_there()
    {
        using var log = new TestLog();
        var first = Read(log, "w3");
        log.Add(TestLog.Case, "interpretations.revealed", "system", "system", Readings(first));
        Read(log, "w9");
        log.Add(TestLog.Case, "interpretations.revealed", "system", "system", Readings(first));
        var result = await VerifyAsync(log);

        Assert.That(result.BlindProofs.Select(p => p.Verdict), Is.EqualTo(new[] { BlindVerdict.Blind, BlindVerdict.LeftOut, BlindVerdict.NotCommitted }));
        Assert.That(Named(result), Is.EqualTo(new[] { (3L, "LeftOut"), (4L, $"NotCommitted {first}") }));
    }

    [Test]
    public async Task A_vote_after_its_reveal_is_named()
    {
        using var log = new TestLog();
        var early = Vote(log, "w1", 1);
        Reveal(log, 1, early);
        Vote(log, "w3", 1);
        var result = await VerifyAsync(log);

        Assert.That(Named(result), Is.EqualTo(new[] { (3L, "AfterReveal") }));
        Assert.That(await ReportAsync(log), Does.Contain("<strong>nee: gegeven na de onthulling</strong>").And.Contain("Nee, niet alles: bij 1 regel(s)"));
    }

    [Test]
    public async Task A_vote_left_out_of_the_reveal_is_named()
    {
        using var log = new TestLog();
        var kept = Vote(log, "w1", 1);
        var silenced = Vote(log, "w3", 1);
        Reveal(log, 1, kept);
        var result = await VerifyAsync(log);

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Tampered));
        Assert.That(result.Findings.Single(), Is.EqualTo(new Finding(FindingCode.NotBlind, BundleLayout.Headers, silenced, 2, "LeftOut")));
        Assert.That(await ReportAsync(log), Does.Contain("<strong>nee: de onthulling laat dit antwoord weg</strong>"));
    }

    [Test]
    public async Task A_reveal_that_names_what_is_not_there_is_named()
    {
        using var log = new TestLog();
        var vote = Vote(log, "w1", 1);
        Reveal(log, 1, vote, Guid.Empty);
        var result = await VerifyAsync(log);

        Assert.That(Named(result), Is.EqualTo(new[] { (2L, $"NotCommitted {Guid.Empty}") }));
        Assert.That(result.BlindProofs.Single(p => p.Entry is not null).Verdict, Is.EqualTo(BlindVerdict.Blind));
    }

    [Test]
    public async Task A_vote_revealed_with_another_round_is_named()
    {
        using var log = new TestLog();
        var vote = Vote(log, "w1", 1);
        Reveal(log, 2, vote);

        Assert.That(Named(await VerifyAsync(log)), Is.EqualTo(new[] { (1L, "OtherRound") }));
    }

    [Test]
    public async Task A_vote_changed_after_the_reveal_does_not_fit_its_commitment_and_is_not_called_blind()
    {
        using var log = TestLog.WithCase();
        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case));
        var vote = (await BundleTests.Verify(await log.BundleAsync(TestLog.Case), log.Key)).BlindProofs.First(p => p.Kind == BlindKind.Vote).Event;
        var name = $"data/bodies/{vote}.json";
        files[name] = Encoding.UTF8.GetBytes(files.Text(name).Replace("\"talk\"", "\"noConcern\"", StringComparison.Ordinal));
        var result = await BundleTests.Verify(files.Remanifest().Zip(), log.Key);

        Assert.That(result.Findings.Where(f => f.Event == vote).Select(f => f.Code), Does.Contain(FindingCode.CommitmentMismatch));
        Assert.That(result.BlindProofs.Single(p => p.Event == vote).Verdict, Is.EqualTo(BlindVerdict.Changed));
        Assert.That(result.BlindProofs.Count(p => p.Verdict == BlindVerdict.Blind), Is.EqualTo(10));
    }

    [Test]
    public async Task An_urn_is_proved_as_a_whole_and_names_nobody()
    {
        using var log = new TestLog();
        Detached(log, voters: 3, ballots: 3);
        var result = await VerifyAsync(log);

        Assert.That(result.Findings, Is.Empty);
        var urn = result.BlindProofs.Single();
        Assert.That((urn.Kind, urn.Round, urn.Verdict, urn.Entry!.Ballots, urn.Voters!.Count), Is.EqualTo((BlindKind.Urn, 1, BlindVerdict.Blind, 3, 3)));
        Assert.That(await ReportAsync(log), Does.Contain("Stembus ronde 1, 3 stemmen").And.Contain("ja, de stembus als geheel").And.Contain("Niet bewezen is dat elke stem"));
    }

    [TestCase(3, 2)]
    [TestCase(3, 4)]
    public async Task An_urn_with_more_or_fewer_ballots_than_voters_is_named(int voters, int ballots)
    {
        using var log = new TestLog();
        Detached(log, voters, ballots);

        Assert.That(Named(await VerifyAsync(log)), Is.EqualTo(new[] { (voters + 1L, "UrnCount") }));
    }

    [Test]
    public async Task A_voter_after_the_urn_was_sealed_is_named()
    {
        using var log = new TestLog();
        Drop(log, "w1");
        Seal(log, 1);
        Drop(log, "w3");

        Assert.That(Named(await VerifyAsync(log)), Is.EqualTo(new[] { (3L, "AfterReveal") }));
    }

    [Test]
    public async Task An_urn_that_the_reveal_leaves_out_or_does_not_have_is_named()
    {
        using var log = new TestLog();
        Drop(log, "w1");
        Seal(log, 1);
        log.Add(TestLog.Case, "votes.revealed", "system", "system", new JsonObject { ["round"] = 1, ["ballots"] = new JsonArray() });
        log.Add(TestLog.Case, "votes.revealed", "system", "system", new JsonObject { ["round"] = 2, ["urn"] = Guid.Empty.ToString() });

        Assert.That(Named(await VerifyAsync(log)), Is.EqualTo(new[] { (2L, "LeftOut"), (4L, $"NotCommitted {Guid.Empty}") }));
    }

    [Test]
    public async Task Without_bodies_the_order_is_still_proved()
    {
        using var log = new TestLog();
        log.Add(TestLog.Case, "urn.cast", "w1", "reader", [], BodyOmission.Erased);
        log.Add(TestLog.Case, "urn.sealed", "system", "system", [], BodyOmission.Erased);
        log.Add(TestLog.Case, "votes.revealed", "system", "system", [], BodyOmission.Erased);
        log.Add(TestLog.Case, "subject.erased", "w11", "privacyOfficer", []);
        var result = await VerifyAsync(log);

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.BlindProofs.Single().Verdict, Is.EqualTo(BlindVerdict.Blind));
    }

    private static Task<VerificationResult> VerifyAsync(TestLog log) => VerifyAsync(log, TestLog.Case);

    private static async Task<VerificationResult> VerifyAsync(TestLog log, Guid @case) => await BundleTests.Verify(await log.BundleAsync(@case), log.Key);

    private static async Task<string> ReportAsync(TestLog log, string language = "nl") =>
        BundleFiles.Open(await log.BundleAsync(TestLog.Case, r => r with { Language = language })).Text("data/report.html");

    private static IEnumerable<(long, string)> Named(VerificationResult result)
    {
        Assert.That(result.Findings.Select(f => f.Code), Is.All.EqualTo(FindingCode.NotBlind));
        return result.Findings.Select(f => (f.CaseSeq!.Value, f.Detail!));
    }

    private static Guid Read(TestLog log, string who) =>
        log.Add(TestLog.Case, "interpretation.submitted", who, "reader", new JsonObject { ["decoding"] = $"lezing van {who}" });

    private static JsonObject Readings(params Guid[] ids) => new() { ["readings"] = new JsonArray([.. ids.Select(i => (JsonNode)i.ToString())]) };

    private static Guid Vote(TestLog log, string who, int round) =>
        log.Add(TestLog.Case, "vote.cast", who, "reader", new JsonObject { ["round"] = round, ["option"] = "talk" });

    private static void Reveal(TestLog log, int round, params Guid[] ids) =>
        log.Add(TestLog.Case, "votes.revealed", "system", "system", new JsonObject { ["round"] = round, ["ballots"] = new JsonArray([.. ids.Select(i => (JsonNode)i.ToString())]) });

    private static void Drop(TestLog log, string who) => log.Add(TestLog.Case, "urn.cast", who, "reader", new JsonObject { ["round"] = 1 });

    private static Guid Seal(TestLog log, int ballots) => log.Add(TestLog.Case, "urn.sealed", "system", "system", new JsonObject
    {
        ["round"] = 1,
        ["ballots"] = new JsonArray([.. Enumerable.Range(0, ballots).Select(i => (JsonNode)new JsonObject { ["option"] = "talk", ["reason"] = $"reden {i}" })]),
    });

    private static void Detached(TestLog log, int voters, int ballots)
    {
        for (var i = 0; i < voters; i++)
        {
            Drop(log, $"w{i + 1}");
        }

        var urn = Seal(log, ballots);
        log.Add(TestLog.Case, "votes.revealed", "system", "system", new JsonObject { ["round"] = 1, ["urn"] = urn.ToString() });
    }
}
