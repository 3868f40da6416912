using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Privacy.AccessRequests;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Signals.Images;
using SignalReview.Storage;
using SignalReview.Tests.Consultations;
using SignalReview.Tests.Privacy;
using SignalReview.Trail;
using SignalReview.Trail.Checking;
using SkiaSharp;

namespace SignalReview.Tests.Trail;

/// <summary>What lies beside the events: pictures, drafts, files for a request for access, urns; and a case of which all that was erased.</summary>
[TestFixture]
internal sealed class ContentsCheckTests
{
    /// <summary>The tables that this fixture has rows for, and <see cref="TamperWorld"/> may not have.</summary>
    public static readonly string[] Tables = ["access_files", "attachments", "drafts", "urns", "urn_ballots"];

    private const int Draws = 900;

    private BlindWorld blind = null!;
    private TamperRun run = null!;

    private CaseWorld World => blind.World;

    [OneTimeSetUp]
    public async Task Make()
    {
        blind = await BlindWorld.StartAsync(mode: Anonymity.Detached);
        run = new(World.Database, CheckAsync);
        await blind.VoteAgainAsync(); // one urn is sealed, one is open
        await DraftAsync(World.Owner, DraftKind.Message);
        await DraftAsync(World.Facilitator, DraftKind.Message);
        await AccessAsync(await IllustratedAsync());
        var gone = await IllustratedAsync();
        await AccessAsync(gone);
        await World.On(gone).ErasedAsync();
        await IllustratedAsync();
        await World.SettleAsync();
    }

    [OneTimeTearDown]
    public async Task Clean() => await blind.DisposeAsync();

    [Test]
    public async Task What_nobody_touched_has_no_faults()
    {
        await using var db = await World.Database.OpenReadAsync(CancellationToken.None);

        var report = await CheckAsync(db);

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Erased, Is.EqualTo(1));
    }

    [Test]
    public async Task Changes_over_every_held_column_are_found_and_named()
    {
        Tampering tampering;
        await using (var db = await World.Database.OpenReadAsync(CancellationToken.None))
        {
            tampering = await Tampering.OverAsync(db, Tables);
        }

        await run.DrawAsync(tampering, Draws);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Missed, Is.Empty);
            Assert.That(tampering.EmptyTables, Is.Empty);
            Assert.That(tampering.Cells.Except(run.Changed), Is.Empty, "never changed");
        }
    }

    [TestCase("UPDATE attachments SET content = (SELECT a.content FROM attachments a WHERE a.case_id <> attachments.case_id LIMIT 1)", TrailFault.Sealed, "attachments", "content")]
    [TestCase("UPDATE drafts SET kind = 'decision' WHERE kind = 'message'", TrailFault.Sealed, "drafts", "content")]
    [TestCase("UPDATE drafts SET case_id = 'ffffffff-ffff-7fff-bfff-ffffffffffff'", TrailFault.RowUntold, "drafts", null)]
    [TestCase("UPDATE access_files SET page = NULL WHERE state = 'proposed'", TrailFault.State, "access_files", "page")]
    [TestCase("UPDATE access_files SET page = X'00' WHERE state = 'expired'", TrailFault.Sealed, "access_files", "page")]
    [TestCase("UPDATE urn_ballots SET choice = 'noConcern'", TrailFault.State, "urn_ballots", "choice")]
    public async Task A_change_is_named_by_its_kind(string script, object fault, string table, string? column)
    {
        var findings = await run.FindingsAsync(script);

        Assert.That(findings!.Select(f => (f.Fault, f.Table, f.Column)), Does.Contain(((TrailFault)fault, table, column)));
    }

    private async Task<TrailReport> CheckAsync(DbSession db) =>
        await new TrailCheck(db, World.Get<KeyRing>(), World.Get<CheckpointSigner>()).RunAsync(CancellationToken.None);

    /// <summary>A case with two pictures that was decided and is over.</summary>
    private async Task<CaseId> IllustratedAsync()
    {
        await World.DraftAsync();
        foreach (var color in (SKColor[])[SKColors.Red, SKColors.Blue])
        {
            (await World.Get<AttachImage>().RunAsync(World.Submitter, World.Case, World.NewId(), "Een beeld.", Photo(color), CancellationToken.None)).ShouldBeDone();
        }

        await World.DoAsync(World.Submitter, new SubmitSignalCommand(World.NewId(), World.Signal()));
        foreach (var reader in await World.ReadersAsync())
        {
            await World.DoAsync(reader, new AcceptInvitationCommand(World.NewId()));
        }

        await World.DoAsync(World.Owner, new FinishClarifyingCommand(World.NewId()));
        foreach (var reader in await World.ReadersAsync())
        {
            await World.DoAsync(reader, new SubmitInterpretationCommand(World.NewId(), CaseWorld.Reading()));
        }

        await World.DoAsync(World.Owner, new FinishComparingCommand(World.NewId(), OpenRoom: false));
        await World.DoAsync(World.Owner, World.Decide(VoteOption.Talk));
        await World.DoAsync(World.Approver, new ApproveDecisionCommand(World.NewId(), null));
        await World.DoAsync(World.Owner, new WithdrawCaseCommand(World.NewId(), "Klaar."));
        return World.Case;
    }

    /// <summary>Two requests about the case: one file is marked and waits for the second person, one was approved.</summary>
    private async Task AccessAsync(CaseId id)
    {
        var (officer, files) = (World.PrivacyOfficer, World.Get<AccessFiles>());
        foreach (var approved in (bool[])[false, true])
        {
            var registered = await World.Get<RegisterAccess>().RunAsync(
                officer, new(World.NewId(), Requester.YoungPerson, 16, IdentityCheck.SeenDocument, World.Today, "Per e-mail."), CancellationToken.None);
            var request = registered.Case;
            (await World.Get<AddAccessCase>().RunAsync(officer, request, new(World.NewId(), id.Value), CancellationToken.None)).ShouldBeDone();
            (await World.Get<DecideAccess>().GrantAsync(officer, request, new(World.NewId(), "Recht op inzage.", null), CancellationToken.None)).ShouldBeDone();
            (await files.MarkAsync(officer, request, new(World.NewId(), id.Value, 0, AccessMarks.None), CancellationToken.None)).ShouldBeDone();
            (await files.MakeAsync(officer, request, new(World.NewId(), id.Value, 1, "nl"), CancellationToken.None)).ShouldBeDone();
            if (approved)
            {
                (await files.JudgeAsync(World.Approver, request, new(World.NewId(), id.Value, true, "Gezien."), CancellationToken.None)).ShouldBeDone();
            }
        }
    }

    private async Task DraftAsync(Actor writer, DraftKind kind)
    {
        var saved = await World.Get<DraftStore>().SaveAsync(writer, World.Case, kind, JsonSerializer.SerializeToElement(new { text = "Wacht even" }), 0, CancellationToken.None);
        Assert.That(saved.Outcome, Is.EqualTo(SaveDraftOutcome.Saved));
    }

    private static byte[] Photo(SKColor color)
    {
        using var bitmap = new SKBitmap(8, 8);
        bitmap.Erase(color);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
