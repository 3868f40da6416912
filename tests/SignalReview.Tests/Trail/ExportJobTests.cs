using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Audit;

namespace SignalReview.Tests.Trail;

/// <summary>Exports that are asked for, approved by a second person, built in the background, downloaded, and deleted when their time is over.</summary>
internal sealed class ExportJobTests
{
    private static readonly Actor Auditor = CaseWorld.Colleague(10);
    private static readonly Actor PrivacyOfficer = CaseWorld.Colleague(11);

    [Test]
    public async Task One_case_is_built_at_once_and_downloaded_until_it_expires()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var job = await AskAsync(world, OfCase(world));
        Assert.That((await ViewAsync(world, job)).State, Is.EqualTo(ExportJobState.Approved), "one case needs no second person by the default policy");
        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.True);
        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.False);

        var view = await ViewAsync(world, job);
        await using (var content = (await DownloadAsync(world, Auditor, job)).View!.Content)
        {
            using var zip = new System.IO.Compression.ZipArchive(content);
            Assert.That(zip.Entries.Select(e => e.FullName), Has.Some.EndsWith("data/checkpoint"));
        }

        Assert.Multiple(async () =>
        {
            Assert.That((view.State, view.Percent), Is.EqualTo((ExportJobState.Ready, 100)));
            Assert.That(view.Events, Is.GreaterThan(0));
            Assert.That(view.Sha256, Has.Length.EqualTo(64));
            Assert.That((await DownloadAsync(world, PrivacyOfficer, job)).Refusal?.Code, Is.EqualTo("export-not-found"), "only who asked");
            Assert.That(await OrganisationAsync(world), Does.Contain("export.asked").And.Contain("export.built").And.Contain("export.downloaded"));
            Assert.That(await world.CountAsync("trail.exported"), Is.EqualTo(1));
        });

        world.Time.Advance(TimeSpan.FromHours(72));
        Assert.That((await DownloadAsync(world, Auditor, job)).Refusal?.Code, Is.EqualTo("export-not-open"), "the clock closes it, not the tidying");
        await world.Get<ExportBuilder>().ExpireAsync(CancellationToken.None);
        Assert.Multiple(async () =>
        {
            Assert.That(world.Get<ExportFiles>().Kept(), Is.Empty);
            Assert.That((await ViewAsync(world, job)).State, Is.EqualTo(ExportJobState.Expired));
            Assert.That(await OrganisationAsync(world), Does.Contain("export.expired"));
        });
    }

    [Test]
    public async Task A_period_waits_for_a_second_person_who_is_never_who_asked()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var job = await AskAsync(world, new(world.NewId(), ExportJobScope.Period, "jaarcontrole", From: world.Today.AddDays(-1), To: world.Today.AddDays(1)));
        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.False, "nothing is built before the yes");
        var own = await JudgeAsync(world, Auditor, job, true);
        var worker = await JudgeAsync(world, world.Owner, job, true);
        var stale = await world.Get<ExportJobs>().JudgeAsync(PrivacyOfficer, new(world.NewId(), job, true), world.Now.AddHours(-2), CancellationToken.None);
        var yes = await JudgeAsync(world, PrivacyOfficer, job, true);
        var twice = await JudgeAsync(world, PrivacyOfficer, job, false, "Toch niet.");

        Assert.Multiple(() =>
        {
            Assert.That(own.Refusal?.Code, Is.EqualTo("export-own-request"));
            Assert.That(worker.Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That(stale.Refusal?.Code, Is.EqualTo("sign-in-again"));
            Assert.That(yes.Refusal, Is.Null);
            Assert.That(twice.Refusal?.Code, Is.EqualTo("export-not-open"));
        });
        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.True);
        Assert.That((await ViewAsync(world, job)).State, Is.EqualTo(ExportJobState.Ready));
    }

    [Test]
    public async Task Asking_and_downloading_need_a_fresh_sign_in_and_a_no_needs_a_reason()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var jobs = world.Get<ExportJobs>();
        var old = await jobs.AskAsync(Auditor, OfCase(world), world.Now.AddMinutes(-16), CancellationToken.None);
        var unknown = await jobs.AskAsync(Auditor, OfCase(world), null, CancellationToken.None);
        var worker = await jobs.AskAsync(world.Owner, OfCase(world), world.Now, CancellationToken.None);
        var silent = await jobs.AskAsync(Auditor, OfCase(world) with { Reason = " " }, world.Now, CancellationToken.None);
        var nowhere = await jobs.AskAsync(Auditor, OfCase(world) with { Case = world.NewId() }, world.Now, CancellationToken.None);
        var job = await AskAsync(world, OfCase(world));
        await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None);
        var download = await world.Get<ExportJobReads>().DownloadAsync(Auditor, job, world.Now.AddMinutes(-16), CancellationToken.None);
        var everything = await AskAsync(world, new(world.NewId(), ExportJobScope.Everything, "alles"));
        var no = await JudgeAsync(world, PrivacyOfficer, everything, false);

        Assert.Multiple(() =>
        {
            Assert.That(old.Refusal?.Code, Is.EqualTo("sign-in-again"));
            Assert.That(unknown.Refusal?.Code, Is.EqualTo("sign-in-again"));
            Assert.That(worker.Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That(silent.Refusal?.Fields?.Single().Path, Is.EqualTo("reason"));
            Assert.That(nowhere.Refusal?.Fields?.Single().Path, Is.EqualTo("case"));
            Assert.That(download.Refusal?.Code, Is.EqualTo("sign-in-again"));
            Assert.That(no.Refusal?.Fields?.Single().Path, Is.EqualTo("remark"));
        });
    }

    [Test]
    public async Task My_work_counts_what_waits_for_a_yes_and_what_can_be_fetched()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var reads = world.Get<ExportJobReads>();
        var job = await AskAsync(world, new(world.NewId(), ExportJobScope.Everything, "alles"));
        var asked = await reads.CountsAsync(PrivacyOfficer, CancellationToken.None);
        var own = await reads.CountsAsync(Auditor, CancellationToken.None);
        await JudgeAsync(world, PrivacyOfficer, job, true);
        await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None);
        var ready = await reads.CountsAsync(Auditor, CancellationToken.None);
        world.Time.Advance(TimeSpan.FromHours(73));

        Assert.Multiple(async () =>
        {
            Assert.That(asked, Is.EqualTo(new ExportJobCounts { ToJudge = 1 }));
            Assert.That(own, Is.EqualTo(new ExportJobCounts()), "nobody judges what they asked for");
            Assert.That(ready, Is.EqualTo(new ExportJobCounts { Ready = 1 }));
            Assert.That(await reads.CountsAsync(Auditor, CancellationToken.None), Is.EqualTo(new ExportJobCounts()), "its time is over");
            Assert.That(await reads.CountsAsync(world.Owner, CancellationToken.None), Is.Null);
        });
    }

    [Test]
    public async Task What_is_taken_back_is_not_built_and_what_is_ready_is_deleted()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var early = await AskAsync(world, OfCase(world));
        Assert.That((await CancelAsync(world, Auditor, early)).Refusal, Is.Null);
        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.False);

        var ready = await AskAsync(world, OfCase(world));
        await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None);
        Assert.That(world.Get<ExportFiles>().Kept(), Is.EqualTo(new[] { ready }));
        Assert.Multiple(async () =>
        {
            Assert.That((await CancelAsync(world, PrivacyOfficer, ready)).Refusal?.Code, Is.EqualTo("export-not-found"), "not theirs");
            Assert.That((await CancelAsync(world, Auditor, ready)).Refusal, Is.Null);
            Assert.That(world.Get<ExportFiles>().Kept(), Is.Empty);
            Assert.That((await DownloadAsync(world, Auditor, ready)).Refusal?.Code, Is.EqualTo("export-not-open"));
        });
    }

    [Test]
    public async Task Of_several_hosts_one_builds_it()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        await AskAsync(world, OfCase(world));
        var hosts = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<ExportBuilder>(world.Services)).ToList();
        var built = await Task.WhenAll(hosts.Select(host => Task.Run(() => host.BuildNextAsync(CancellationToken.None))));

        Assert.Multiple(async () =>
        {
            Assert.That(built.Count(b => b), Is.EqualTo(1));
            Assert.That(await world.CountAsync("trail.exported"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_host_that_died_over_it_loses_its_claim_and_another_begins_anew()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var job = await AskAsync(world, OfCase(world));
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            var claim = new { JobId = job, Host = "dead/1", world.Now, Until = world.Now + ExportBuilder.Lease };
            Assert.That(await db.ExecuteAsync("audit/claim_export_job", claim, CancellationToken.None), Is.EqualTo(1));
            await db.CommitAsync(CancellationToken.None);
        }

        Assert.That((await ViewAsync(world, job)).State, Is.EqualTo(ExportJobState.Building));
        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.False, "its claim still holds");
        world.Time.Advance(ExportBuilder.Lease);
        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.True);
        Assert.That((await ViewAsync(world, job)).State, Is.EqualTo(ExportJobState.Ready));
    }

    [Test]
    public async Task When_a_case_is_erased_what_is_kept_of_it_goes()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var job = await AskAsync(world, OfCase(world));
        await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None);
        await world.Get<ExportJobs>().ForgetAsync(world.Case, CancellationToken.None);

        Assert.Multiple(async () =>
        {
            Assert.That(world.Get<ExportFiles>().Kept(), Is.Empty);
            Assert.That((await DownloadAsync(world, Auditor, job)).Refusal?.Code, Is.EqualTo("export-not-open"));
        });
    }

    [Test]
    public async Task Who_is_no_auditor_any_more_gets_nothing_that_was_asked_for_before()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var job = await AskAsync(world, OfCase(world));
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await PeopleStore.SetRolesAsync(db, Auditor.Person, new HashSet<Role> { Role.Worker }, CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        Assert.That(await world.Get<ExportBuilder>().BuildNextAsync(CancellationToken.None), Is.True);
        var view = await ViewAsync(world, job, PrivacyOfficer);
        Assert.Multiple(() =>
        {
            Assert.That((view.State, view.Failure), Is.EqualTo((ExportJobState.Failed, "not-yours")));
            Assert.That(world.Get<ExportFiles>().Kept(), Is.Empty);
        });
    }

    [TestCase("none", false)]
    [TestCase("case", true)]
    [TestCase("case/full", true)]
    [TestCase("case/noBodies", false)]
    public async Task The_policy_says_what_needs_a_second_person(string rule, bool needs)
    {
        await using var world = await CaseWorld.StartAsync(settings: new Dictionary<string, string?> { [ExportPolicy.ApprovalSetting] = rule });
        await world.SubmitAsync();
        var job = await AskAsync(world, OfCase(world));
        Assert.That((await ViewAsync(world, job)).State, Is.EqualTo(needs ? ExportJobState.Asked : ExportJobState.Approved));
    }

    private static AskExportCommand OfCase(CaseWorld world) => new(world.NewId(), ExportJobScope.Case, "steekproef", world.Case.Value);

    private static async Task<Guid> AskAsync(CaseWorld world, AskExportCommand command)
    {
        var asked = await world.Get<ExportJobs>().AskAsync(Auditor, command, world.Now, CancellationToken.None);
        Assert.That(asked.Refusal, Is.Null);
        return asked.Created!.Value;
    }

    private static Task<CommandResult> JudgeAsync(CaseWorld world, Actor actor, Guid job, bool approves, string? remark = null) =>
        world.Get<ExportJobs>().JudgeAsync(actor, new(world.NewId(), job, approves, remark), world.Now, CancellationToken.None);

    private static Task<CommandResult> CancelAsync(CaseWorld world, Actor actor, Guid job) =>
        world.Get<ExportJobs>().CancelAsync(actor, new(world.NewId(), job), CancellationToken.None);

    private static Task<TrailReadResult<ExportDownload>> DownloadAsync(CaseWorld world, Actor actor, Guid job) =>
        world.Get<ExportJobReads>().DownloadAsync(actor, job, world.Now, CancellationToken.None);

    private static async Task<ExportJobView> ViewAsync(CaseWorld world, Guid job, Actor? actor = null) =>
        (await world.Get<ExportJobReads>().ReadAsync(actor ?? Auditor, job, CancellationToken.None)).View!;

    private static async Task<IReadOnlyList<string>> OrganisationAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return [.. (await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = CaseId.Organisation }, CancellationToken.None)).Select(e => e.Type)];
    }
}
