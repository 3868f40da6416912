using System.IO.Compression;
using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail;

/// <summary>Exports of a period and of everything, from a database.</summary>
internal sealed class RangeExportTests
{
    private static readonly Actor Auditor = BlindWorld.Auditor;

    [Test]
    public async Task Everything_verifies_and_each_case_was_told_before_it_left()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await world.DraftAsync();
        List<ExportProgress> told = [];

        await using var bundle = await ExportAsync(world, new ExportScope.OfEverything(), progress: new Told(told));
        var result = await VerifyAsync(world, bundle);

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Events, Is.EqualTo(bundle.Events));
        Assert.That(bundle.FileName, Is.EqualTo("signalreview-everything-20260316.zip"));
        Assert.That((await world.TrailAsync())[^1].Type, Is.EqualTo("trail.exported"));
        Assert.That(told[^1], Is.EqualTo(new ExportProgress(bundle.Events, bundle.Events)));
        var exported = (await LinesAsync(bundle, BundleLayout.Headers)).Select(l => EventHeader.Parse(Encoding.UTF8.GetBytes(l))).Where(h => h.Type == "trail.exported").ToList();
        var cases = (await LinesAsync(bundle, BundleLayout.Headers)).Select(l => EventHeader.Parse(Encoding.UTF8.GetBytes(l)).Case).Distinct();
        Assert.That(exported.Select(h => h.Case), Is.EquivalentTo(cases), "each dossier once, the organisation's too");
        Assert.That(exported.Select(h => h.Cause).Distinct().Count(), Is.EqualTo(1));
        Assert.That(exported[^1].Case, Is.EqualTo(CaseId.Organisation.Value));
    }

    [Test]
    public async Task A_period_verifies_and_holds_only_its_own_content()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var day = world.Today;

        await using var bundle = await ExportAsync(world, new ExportScope.OfPeriod(day, day));
        var result = await VerifyAsync(world, bundle);

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Scope, Is.EqualTo(BundleScope.Period));
        Assert.That(result.Period!.Value.Before - result.Period.Value.From, Is.EqualTo(TimeSpan.FromDays(1)));
        Assert.That(result.First, Is.GreaterThanOrEqualTo(result.Period.Value.From));
        Assert.That(bundle.FileName, Does.StartWith($"signalreview-{day:yyyyMMdd}-{day:yyyyMMdd}-"));
    }

    [Test]
    public async Task What_is_still_blind_and_a_draft_stay_closed()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(2);
        var entries = (await blind.World.TrailAsync()).Where(e => e.Type == "interpretation.submitted").Select(e => e.EventId).ToList();

        await using var bundle = await ExportAsync(blind.World, new ExportScope.OfEverything());
        var result = await VerifyAsync(blind.World, bundle);

        Assert.That(result.Findings, Is.Empty);
        var omitted = (await LinesAsync(bundle, BundleLayout.Omitted)).Where(l => l.Contains("\"blind\"", StringComparison.Ordinal));
        Assert.That(omitted, Is.EqualTo(entries.Select(e => $$"""{"id":"{{e}}","reason":"blind"}""")));
    }

    [Test]
    public async Task Of_a_stopped_case_the_content_stays_closed()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.VoteAsync(4);
        await blind.StopAsync();
        var signal = (await blind.World.TrailAsync()).Single(e => e.Type == "signal.submitted").EventId;

        await using var bundle = await ExportAsync(blind.World, new ExportScope.OfEverything());

        Assert.That((await VerifyAsync(blind.World, bundle)).Findings, Is.Empty);
        Assert.That(await LinesAsync(bundle, BundleLayout.Omitted), Does.Contain($$"""{"id":"{{signal}}","reason":"closed"}"""));
    }

    [Test]
    public async Task Only_auditors_export_more_than_one_case_and_the_refusal_is_kept()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        foreach (var actor in new[] { world.Owner, world.Coordinator })
        {
            var result = await TryAsync(world, actor, new ExportScope.OfEverything(), new("Nieuwsgierig"));

            Assert.That(result.Refusal, Is.EqualTo(Refusal.NotYours));
        }

        Assert.That(await world.CountAsync("trail.exported"), Is.Zero);
    }

    [Test]
    public async Task An_auditor_who_reads_in_a_blind_case_leaves_it_to_another()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(1);
        var reader = new Actor(blind.Readers[0].Person, Auditor.Roles, "web");

        var result = await TryAsync(blind.World, reader, new ExportScope.OfEverything(), new("Controle"));

        Assert.That(result.Refusal, Is.EqualTo(Refusal.Conflict("trail-own-cases")));
    }

    [Test]
    public async Task Days_without_events_days_that_run_backwards_and_profiles_that_do_not_exist_are_refused()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var day = world.Today;

        Assert.That(
            (await TryAsync(world, Auditor, new ExportScope.OfPeriod(day.AddYears(-1), day.AddYears(-1)), new("Controle"))).Refusal,
            Is.EqualTo(Refusal.Conflict("trail-period-empty")));
        Assert.That(
            (await TryAsync(world, Auditor, new ExportScope.OfPeriod(day, day.AddDays(-1)), new("Controle"))).Refusal!.Fields,
            Is.EqualTo(new[] { new FieldProblem("to", "range") }));
        Assert.That(
            (await TryAsync(world, Auditor, new ExportScope.OfEverything(), new("Controle") { Profile = "alles" })).Refusal!.Fields,
            Is.EqualTo(new[] { new FieldProblem("profile", "unknown") }));
    }

    [TestCase("noBodies")]
    [TestCase("noThirdParties")]
    public async Task A_profile_holds_for_one_case_and_for_all(string profile)
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        foreach (var scope in new ExportScope[] { new ExportScope.OfCase(world.Case), new ExportScope.OfEverything() })
        {
            await using var bundle = (await TryAsync(world, Auditor, scope, new("Controle") { Profile = profile })).Bundle!;
            var result = await VerifyAsync(world, bundle);

            Assert.That(result.Findings, Is.Empty);
            Assert.That(result.Profile, Is.EqualTo(profile));
            Assert.That(result.OmittedCounts.GetValueOrDefault(BodyOmission.Profile), Is.Positive);
        }
    }

    private static async Task<TrailBundle> ExportAsync(CaseWorld world, ExportScope scope, IProgress<ExportProgress>? progress = null)
    {
        var result = await world.Get<TrailExport>().RunAsync(Auditor, scope, new("Controle"), job: null, progress, CancellationToken.None);
        return result.Bundle ?? throw new AssertionException($"Refused: {result.Refusal!.Code}");
    }

    private static Task<TrailExportResult> TryAsync(CaseWorld world, Actor actor, ExportScope scope, TrailExportRequest request) =>
        world.Get<TrailExport>().RunAsync(actor, scope, request, job: null, progress: null, CancellationToken.None);

    private static Task<VerificationResult> VerifyAsync(CaseWorld world, TrailBundle bundle)
    {
        bundle.Content.Position = 0;
        return BundleVerifier.VerifyAsync(bundle.Content, world.Get<CheckpointSigner>().VerifierKey, null, CancellationToken.None);
    }

    private static async Task<string[]> LinesAsync(TrailBundle bundle, string name)
    {
        bundle.Content.Position = 0;
        await using var zip = new ZipArchive(bundle.Content, ZipArchiveMode.Read, leaveOpen: true);
        using var reader = new StreamReader(await zip.GetEntry(name)!.OpenAsync(), Encoding.UTF8);
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class Told(List<ExportProgress> told) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => told.Add(value);
    }
}
