using System.IO.Compression;
using System.Text;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail;

internal sealed class TrailExportTests
{
    private static readonly Actor Auditor = BlindWorld.Auditor;

    [Test]
    public async Task The_bundle_of_a_closed_case_verifies_and_holds_every_event()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();

        await using var bundle = await ExportAsync(world, Auditor);
        var result = await VerifyAsync(world, bundle.Content);

        var trail = await world.TrailAsync();
        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Valid));
        Assert.That(result.Events, Is.EqualTo(trail.Count));
        Assert.That(bundle.Events, Is.EqualTo(trail.Count));
        Assert.That(trail[^1].Type, Is.EqualTo("trail.exported"));
        Assert.That(bundle.FileName, Is.EqualTo($"signalreview-{world.Case}-20260316.zip"));
    }

    [Test]
    public async Task Why_it_was_exported_is_in_the_trail_and_in_the_bundle()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();

        await using var bundle = await ExportAsync(world, Auditor, "Jaarcontrole 2026");

        var exported = (await world.TrailAsync())[^1];
        Assert.That(await FileAsync(bundle, $"data/bodies/{exported.EventId}.json"), Does.Contain("Jaarcontrole 2026"));
    }

    [TestCase("")]
    [TestCase("  ")]
    public async Task Without_a_reason_there_is_no_export_and_the_refusal_is_kept(string reason)
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();

        var result = await world.Get<TrailExport>().RunAsync(Auditor, world.Case, new(reason), CancellationToken.None);

        Assert.That(result.Bundle, Is.Null);
        Assert.That(result.Refusal!.Fields, Is.EqualTo(new[] { new FieldProblem("reason", "required") }));
        Assert.That((await world.TrailAsync())[^1].Type, Is.EqualTo("command.refused"));
        Assert.That(await world.CountAsync("trail.exported"), Is.Zero);
    }

    [Test]
    public async Task A_case_is_given_at_once_only_to_who_signed_in_lately()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var export = world.Get<TrailExport>();
        var old = await export.TakeAsync(Auditor, world.Case, new("Controle"), world.Now.AddMinutes(-16), CancellationToken.None);
        var unknown = await export.TakeAsync(world.Owner, world.Case, new("Controle"), signedInAt: null, CancellationToken.None);
        var stranger = await export.TakeAsync(CaseWorld.Colleague(8), world.Case, new("Controle"), signedInAt: null, CancellationToken.None);

        Assert.That(old.Refusal?.Code, Is.EqualTo("sign-in-again"));
        Assert.That(unknown.Refusal?.Code, Is.EqualTo("sign-in-again"));
        Assert.That(stranger.Refusal, Is.EqualTo(Refusal.NotFound), "who has nothing to do with it is not told that signing in would help");
        Assert.That(await world.CountAsync("trail.exported"), Is.Zero);
        await using var bundle = (await export.TakeAsync(Auditor, world.Case, new("Controle"), world.Now.AddMinutes(-14), CancellationToken.None)).Bundle!;
        Assert.That((await VerifyAsync(world, bundle.Content)).Verdict, Is.EqualTo(Verdict.Valid));
    }

    [Test]
    public async Task Where_a_second_person_must_say_yes_a_case_is_not_given_at_once()
    {
        await using var world = await (await CaseWorld.StartAsync(settings: new Dictionary<string, string?> { [ExportPolicy.ApprovalSetting] = "case/full" })).ClosedAsync();
        var export = world.Get<TrailExport>();
        var refused = await export.TakeAsync(Auditor, world.Case, new("Controle"), world.Now, CancellationToken.None);
        await using var headers = (await export.TakeAsync(Auditor, world.Case, new("Controle") { Profile = "noBodies" }, world.Now, CancellationToken.None)).Bundle;

        Assert.That(refused.Refusal?.Code, Is.EqualTo("export-needs-approval"));
        Assert.That((await world.TrailAsync()).Select(e => e.Type), Does.Contain("command.refused"));
        Assert.That(headers, Is.Not.Null, "the policy names the whole of a case only");
    }

    [Test]
    public async Task Only_auditors_and_the_owner_export()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        var export = world.Get<TrailExport>();
        var reader = (await world.ReadersAsync())[0];

        Assert.That((await export.RunAsync(reader, world.Case, new("Nieuwsgierig"), CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That((await export.RunAsync(CaseWorld.Colleague(8), world.Case, new("Nieuwsgierig"), CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotFound));
        await using var own = await ExportAsync(world, world.Owner);
        Assert.That((await VerifyAsync(world, own.Content)).Verdict, Is.EqualTo(Verdict.Valid));
    }

    [Test]
    public async Task Before_the_reveal_an_auditors_bundle_verifies_without_the_blind_bodies_and_names_them()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(2);
        var entries = (await blind.World.TrailAsync()).Where(e => e.Type == "interpretation.submitted").Select(e => e.EventId).ToList();

        await using var bundle = await ExportAsync(blind.World, Auditor);

        var result = await VerifyAsync(blind.World, bundle.Content);
        Assert.That(result.Findings, Is.Empty);
        var omitted = await FileAsync(bundle, "data/omitted.jsonl");
        Assert.That(omitted.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(entries.Select(e => $$"""{"id":"{{e}}","reason":"blind"}""")));
    }

    [Test]
    public async Task After_the_reveal_the_bundle_proves_that_the_readings_were_blind()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.VoteAsync(4);

        await using var bundle = await ExportAsync(blind.World, Auditor);

        var result = await VerifyAsync(blind.World, bundle.Content);
        Assert.That(result.Reveals.Select(r => (r.Kind, r.Entries.Count)), Is.EqualTo(new[] { (BlindKind.Interpretation, 3), (BlindKind.Vote, 4) }));
    }

    [Test]
    public async Task The_owner_waits_for_the_reveal_because_headers_tell_who_and_when()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.ReadAsync(1);

        var before = await blind.World.Get<TrailExport>().RunAsync(blind.World.Owner, blind.World.Case, new("Even zien"), CancellationToken.None);

        Assert.That(before.Refusal, Is.EqualTo(Refusal.Conflict("trail-still-blind")));
    }

    [Test]
    public async Task Of_a_stopped_case_the_bundle_keeps_the_content_back()
    {
        await using var blind = await BlindWorld.StartAsync();
        await blind.VoteAsync(4);
        await blind.StopAsync();

        await using var bundle = await ExportAsync(blind.World, Auditor);

        Assert.That((await VerifyAsync(blind.World, bundle.Content)).Findings, Is.Empty);
        Assert.That(await FileAsync(bundle, "data/omitted.jsonl"), Does.Contain((await blind.World.TrailAsync()).Single(e => e.Type == "signal.submitted").EventId.ToString()));
    }

    [Test]
    public async Task The_signed_checkpoint_is_kept_and_a_later_bundle_proves_that_it_goes_on_from_there()
    {
        await using var world = await (await CaseWorld.StartAsync()).InComparingAsync();
        string checkpoint;
        await using (var first = await ExportAsync(world, Auditor))
        {
            checkpoint = await FileAsync(first, "data/checkpoint");
        }

        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        await using var later = await ExportAsync(world, Auditor, since: checkpoint);

        Assert.That((await VerifyAsync(world, later.Content, checkpoint)).Findings, Is.Empty);
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var signed = (await db.ScalarAsync<TrailReads.ProvenSizes>("trail/proven_sizes", null, CancellationToken.None)).Signed;
        Assert.That(signed, Is.EqualTo(await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, CancellationToken.None)));
    }

    [Test]
    public async Task Something_that_is_no_checkpoint_is_refused()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();

        var result = await world.Get<TrailExport>().RunAsync(Auditor, world.Case, new("Controle", Since: "geen checkpoint"), CancellationToken.None);

        Assert.That(result.Refusal!.Fields, Is.EqualTo(new[] { new FieldProblem("since", "unreadable") }));
    }

    [Test]
    public async Task Two_exports_at_once_each_end_with_their_own_event()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();

        var bundles = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ExportAsync(world, Auditor))));

        foreach (var bundle in bundles)
        {
            await using (bundle)
            {
                Assert.That((await VerifyAsync(world, bundle.Content)).Findings, Is.Empty);
            }
        }

        Assert.That(bundles.Select(b => b.Events).Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task A_database_that_was_put_back_raises_the_alarm_instead_of_a_bundle()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await using (await ExportAsync(world, Auditor))
        {
        }

        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync("DROP TRIGGER trail_events_no_update", CancellationToken.None);
            await db.ExecuteScriptAsync("UPDATE trail_events SET leaf_hash = zeroblob(32) WHERE leaf_index = 0", CancellationToken.None);
            await db.ExecuteScriptAsync("DROP TRIGGER trail_subtrees_no_update", CancellationToken.None);
            await db.ExecuteScriptAsync("UPDATE trail_subtrees SET hash = zeroblob(32)", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        await Assert.ThatAsync(() => ExportAsync(world, Auditor), Throws.TypeOf<TrailRewrittenException>());
    }

    private static async Task<TrailBundle> ExportAsync(CaseWorld world, Actor actor, string reason = "Controle", string? since = null)
    {
        var result = await world.Get<TrailExport>().RunAsync(actor, world.Case, new(reason, Since: since), CancellationToken.None);
        return result.Bundle ?? throw new AssertionException($"Refused: {result.Refusal!.Code}");
    }

    private static Task<VerificationResult> VerifyAsync(CaseWorld world, Stream bundle, string? since = null)
    {
        bundle.Position = 0;
        return BundleVerifier.VerifyAsync(
            bundle, world.Get<CheckpointSigner>().VerifierKey, since is null ? null : Encoding.UTF8.GetBytes(since), CancellationToken.None);
    }

    private static async Task<string> FileAsync(TrailBundle bundle, string name)
    {
        bundle.Content.Position = 0;
        await using var zip = new ZipArchive(bundle.Content, ZipArchiveMode.Read, leaveOpen: true);
        using var reader = new StreamReader(await zip.GetEntry(name)!.OpenAsync(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
