using System.Text;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Privacy.AccessRequests;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Privacy.AccessRequests;

/// <summary>A request from its registration to its answer; and everything in it that must not go out.</summary>
internal sealed class AccessRequestTests
{
    private const string Friend = "Bilal Yildiz";
    private const string Street = "Kastanjelaan 12";

    private CaseWorld world = null!;

    private static Actor Officer => CaseWorld.Colleague(11);

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_request_has_a_day_by_which_it_is_answered_and_one_extension()
    {
        (await RegisterAsync(Requester.YoungPerson, 16, by: world.Owner)).ShouldBeForbidden();
        var missing = await world.Get<RegisterAccess>().RunAsync(Officer, new(world.NewId(), null, 130, null, world.Today.AddDays(1), " "), CancellationToken.None);
        missing.ShouldMiss("requester required", "age range", "identity required", "receivedOn inFuture", "note required");
        var id = (await RegisterAsync(Requester.YoungPerson, 16)).Case;
        var item = (await ListAsync(Officer)).Single();
        Assert.That((item.DueOn, item.State, item.Overdue), Is.EqualTo((world.Today.AddMonths(1), AccessState.Registered, false)));

        var extend = world.Get<ExtendAccess>();
        (await extend.RunAsync(Officer, id, new(world.NewId(), ""), CancellationToken.None)).ShouldMiss("reason required");
        (await extend.RunAsync(Officer, id, new(world.NewId(), "Veel zaken."), CancellationToken.None)).ShouldBeDone();
        (await extend.RunAsync(Officer, id, new(world.NewId(), "Nog meer."), CancellationToken.None)).ShouldBeRefused("access-extended");
        world.Time.Advance(TimeSpan.FromDays(93));
        item = (await ListAsync(Officer)).Single();
        Assert.That((item.Extended, item.Overdue), Is.EqualTo((true, true)));
        var counts = (await world.Get<AccessReads>().CountsAsync(world.Coordinator, CancellationToken.None))!;
        Assert.That((counts.Waiting, counts.Overdue), Is.EqualTo((1, 1)), "the board raises it");
        Assert.That(await world.Get<AccessReads>().CountsAsync(world.Facilitator, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task After_its_day_the_time_is_not_extended_any_more()
    {
        var id = (await RegisterAsync(Requester.YoungPerson, 16)).Case;
        world.Time.Advance(TimeSpan.FromDays(40));
        (await world.Get<ExtendAccess>().RunAsync(Officer, id, new(world.NewId(), "Vergeten."), CancellationToken.None)).ShouldBeRefused("access-overdue");
    }

    [Test]
    public async Task The_same_command_again_is_the_same_request()
    {
        var command = new RegisterAccessCommand(world.NewId(), Requester.Parent, 9, IdentityCheck.SeenDocument, world.Today, "Per brief.");
        var first = await world.Get<RegisterAccess>().RunAsync(Officer, command, CancellationToken.None);
        var again = await world.Get<RegisterAccess>().RunAsync(Officer, command, CancellationToken.None);
        Assert.That(again.Case, Is.EqualTo(first.Case));
        Assert.That(await ListAsync(Officer), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_search_is_in_the_requests_trail_with_its_words()
    {
        await world.SubmitAsync();
        var request = (await RegisterAsync(Requester.YoungPerson, 16)).Case;
        var reads = world.Get<AccessReads>();
        var found = (await reads.SearchAsync(Officer, request, "merel", CancellationToken.None)).View!;
        Assert.That(found.Hits.Single(), Has.Property(nameof(AccessHit.Case)).EqualTo(world.Case).And.Property(nameof(AccessHit.Added)).False);
        Assert.That((await reads.SearchAsync(Officer, request, "specht", CancellationToken.None)).View!.Hits, Is.Empty);
        Assert.That((await reads.SearchAsync(world.Coordinator, request, "merel", CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That((await reads.SearchAsync(Officer, request, " ", CancellationToken.None)).Refusal!.Code, Is.EqualTo("invalid"));
        var types = await TypesAsync(request);
        Assert.That(types.Count(t => t == "access.searched"), Is.EqualTo(2));
        Assert.That(types.Count(t => t == "command.refused"), Is.EqualTo(2));
    }

    [Test]
    public async Task Who_may_not_ask_at_this_age_gets_nothing_and_a_logged_refusal()
    {
        await ClosedAsync();
        var request = await WithCaseAsync(Requester.Parent, 16);
        (await GrantAsync(request)).ShouldBeRefused("access-not-this-requester");
        var refuse = world.Get<DecideAccess>();
        (await refuse.RefuseAsync(Officer, request, new(world.NewId(), "habit", "", ""), CancellationToken.None)).ShouldMiss("ground unknown", "letter required", "reason required");
        (await refuse.RefuseAsync(Officer, request, new(world.NewId(), "notForThisAge", "Uw kind kan het zelf vragen.", "Zestien jaar."), CancellationToken.None)).ShouldBeDone();
        (await GrantAsync(request)).ShouldBeRefused("access-settled");
        var view = (await world.Get<AccessReads>().ReadAsync(Officer, request, CancellationToken.None)).View!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((view.Item.State, view.Letter, view.Reason), Is.EqualTo((AccessState.Refused, "Uw kind kan het zelf vragen.", "Zestien jaar.")));
            Assert.That(view.RefusalGround!.En, Does.StartWith("By the young person's age"));
            Assert.That(await TypesAsync(request), Does.Contain("access.refused").And.Contain("command.refused"));
            Assert.That(await world.CountAsync("access.refused"), Is.EqualTo(1), "the case's own trail tells it");
        }
    }

    [Test]
    public async Task Without_knowing_who_asks_nothing_is_given()
    {
        await ClosedAsync();
        var request = await WithCaseAsync(Requester.YoungPerson, 17, IdentityCheck.NotChecked);
        (await GrantAsync(request)).ShouldBeRefused("access-identity-not-checked");
    }

    [Test]
    public async Task An_exception_needs_a_reason_why_it_does_not_hold()
    {
        await ClosedAsync(VoteOption.ReportingCode);
        var request = await WithCaseAsync(Requester.Parent, 10);
        (await GrantAsync(request)).ShouldBeRefused("access-exception-holds");
        (await GrantAsync(request, despite: "Veilig Thuis is akkoord.")).ShouldBeDone();
    }

    [Test]
    public async Task Content_is_shown_only_once_access_was_granted_and_reading_it_is_logged()
    {
        await ClosedAsync();
        var request = await WithCaseAsync(Requester.YoungPerson, 16);
        var reads = world.Get<AccessReads>();
        Assert.That((await reads.ReviewAsync(Officer, request, world.Case, "nl", CancellationToken.None)).Refusal!.Code, Is.EqualTo("access-not-granted"));
        (await GrantAsync(request)).ShouldBeDone();
        var before = await world.CountAsync("case.read");
        Assert.That((await reads.ReviewAsync(world.Approver, request, world.Case, "nl", CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That((await reads.ReviewAsync(Officer, request, world.Case, "nl", CancellationToken.None)).View!.Content.Entries, Is.Not.Empty);
        Assert.That(await world.CountAsync("case.read"), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task While_readings_come_in_nobody_gets_an_overview()
    {
        await world.InInterpretingAsync();
        var request = await WithCaseAsync(Requester.YoungPerson, 16);
        (await GrantAsync(request)).ShouldBeDone();
        Assert.That((await world.Get<AccessReads>().ReviewAsync(Officer, request, world.Case, "nl", CancellationToken.None)).Refusal!.Code, Is.EqualTo("access-still-blind"));
        (await world.Get<AccessFiles>().MakeAsync(Officer, request, new(world.NewId(), world.Case.Value, 0, "nl"), CancellationToken.None)).ShouldBeRefused("access-still-blind");
    }

    [TestCase("nl")]
    [TestCase("en")]
    public async Task No_name_of_another_leaves_and_who_looked_is_in_it(string language)
    {
        await ClosedAsync();
        var request = await GrantedAsync();
        var reads = world.Get<AccessReads>();
        var review = (await reads.ReviewAsync(Officer, request, world.Case, language, CancellationToken.None)).View!;
        Assert.That(review.Suggestions.Select(s => s.Words), Does.Contain("Samira").And.Some.Contains("Kastanjelaan"), "a colleague's name and an address are suggested");
        var secret = review.Content.Entries.SelectMany(e => e.Passages).Single(p => p.Text.StartsWith("Zijn zusje", StringComparison.Ordinal)).Key;
        var marks = new AccessMarks(
            [new(Friend.ToUpperInvariant(), MarkKind.OtherPerson), new("Bilal", MarkKind.OtherPerson), new(Street, MarkKind.OtherPerson), new("Samira", MarkKind.Colleague)], [secret]);
        var (html, json) = await MadeAsync(request, marks, language);
        using (Assert.EnterMultipleScope())
        {
            foreach (var text in new[] { html, json })
            {
                foreach (var name in (string[])["Bilal", "Yildiz", "Kastanjelaan", "Samira", "zusje", .. DemoPeople.All.Select(p => p.Name)])
                {
                    Assert.That(text, Does.Not.Contain(name).IgnoreCase, name);
                }

                Assert.That(text, Does.Not.Contain(DemoPeople.Id(1).ToString()), "no person's id");
                Assert.That(text, Does.Contain("Groep Merel"), "what the subject is called stays");
                Assert.That(text, Does.Contain(AccessTexts.For(language).Removed(MarkKind.OtherPerson)));
            }

            Assert.That(html, Does.StartWith("<!DOCTYPE html>").And.Contain($"<html lang=\"{language}\">").And.Contain("<h1>").And.Not.Contain("<script").And.Not.Contain("http://"));
            Assert.That(html, Does.Contain(language == "nl" ? "Wie er in de zaak keek" : "Who looked at the case"));
            var data = JsonDocument.Parse(json).RootElement;
            Assert.That(data.GetProperty("looks").GetArrayLength(), Is.GreaterThan(1));
            Assert.That(data.GetProperty("leftOut").GetArrayLength(), Is.GreaterThan(1));
            Assert.That(data.GetProperty("looks")[0].GetProperty("role").GetString(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task What_was_never_revealed_is_not_in_it()
    {
        await world.InInterpretingAsync();
        var reader = (await world.ReadersAsync())[0];
        await world.DoAsync(reader, new SignalReview.Consultations.SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading() with { Decoding = "BLINDMERK" }));
        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Toch niet."));
        var (html, json) = await MadeAsync(await GrantedAsync(), AccessMarks.None, "nl");
        Assert.That(html + json, Does.Not.Contain("BLINDMERK").And.Contain("nooit is getoond"));
    }

    [Test]
    public async Task A_file_needs_a_second_person_and_goes_out_with_a_reason()
    {
        await ClosedAsync();
        var request = await GrantedAsync();
        var (files, reads) = (world.Get<AccessFiles>(), world.Get<AccessReads>());
        await MarkAndMakeAsync(request, AccessMarks.None, "nl");
        Assert.That((await reads.FileAsync(Officer, request, world.Case, false, "Per post", CancellationToken.None)).Refusal!.Code, Is.EqualTo("access-files-open"));
        (await files.JudgeAsync(Officer, request, new(world.NewId(), world.Case.Value, true, "Gezien."), CancellationToken.None)).ShouldBeForbidden("access-own-file");
        (await files.JudgeAsync(world.Facilitator, request, new(world.NewId(), world.Case.Value, true, "Gezien."), CancellationToken.None)).ShouldBeForbidden();
        Assert.That((await ListAsync(world.Approver)).Single().ToApprove, Is.EqualTo(1));
        Assert.That((await reads.FileAsync(world.Approver, request, world.Case, false, null, CancellationToken.None)).View, Is.Not.Null, "the second person looks");

        (await files.JudgeAsync(world.Approver, request, new(world.NewId(), world.Case.Value, false, "Er staat nog een naam."), CancellationToken.None)).ShouldBeDone();
        (await files.JudgeAsync(world.Approver, request, new(world.NewId(), world.Case.Value, true, "Toch."), CancellationToken.None)).ShouldBeRefused("access-file-not-proposed");
        await MarkAndMakeAsync(request, new([new("plein", MarkKind.AboutOther)], []), "nl", revision: 1);
        (await files.JudgeAsync(world.Approver, request, new(world.NewId(), world.Case.Value, true, "Schoon."), CancellationToken.None)).ShouldBeDone();
        Assert.That((await reads.FileAsync(world.Approver, request, world.Case, false, "Mee naar huis", CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
        Assert.That((await reads.FileAsync(Officer, request, world.Case, false, " ", CancellationToken.None)).Refusal!.Code, Is.EqualTo("invalid"));
        Assert.That((await reads.FileAsync(Officer, request, world.Case, true, "In persoon.", CancellationToken.None)).View!.Type, Is.EqualTo("application/json"));
        Assert.That(await world.CountAsync("access.fileGiven"), Is.EqualTo(1));
        (await files.AnswerAsync(Officer, request, new(world.NewId(), "In persoon, op kantoor."), CancellationToken.None)).ShouldBeDone();
        Assert.That((await ListAsync(Officer)).Single().State, Is.EqualTo(AccessState.Answered));
    }

    [Test]
    public async Task A_file_goes_from_the_server_and_from_the_database_when_it_expires()
    {
        await ClosedAsync();
        var request = await GrantedAsync();
        await MadeAsync(request, AccessMarks.None, "nl");
        world.Time.Advance(TimeSpan.FromDays(31));
        Assert.That((await world.Get<AccessReads>().FileAsync(Officer, request, world.Case, false, "Alsnog", CancellationToken.None)).Refusal!.Code, Is.EqualTo("access-file-expired"));
        Assert.That(await world.Get<AccessExpiry>().RunAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await world.Get<AccessExpiry>().RunAsync(CancellationToken.None), Is.Zero);
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var file = (await AccessStore.FileAsync(db, request, world.Case, CancellationToken.None))!;
        Assert.That(file.State, Is.EqualTo(AccessFileState.Expired));
        Assert.That(await db.FirstOrDefaultAsync<byte[]?>("access/page", new { file.FileId }, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Two_windows_do_not_overwrite_each_others_marks()
    {
        await ClosedAsync();
        var request = await GrantedAsync();
        var files = world.Get<AccessFiles>();
        (await files.MarkAsync(Officer, request, new(world.NewId(), world.Case.Value, 0, new([new("a", MarkKind.OtherPerson)], [])), CancellationToken.None)).ShouldBeDone();
        (await files.MarkAsync(Officer, request, new(world.NewId(), world.Case.Value, 0, AccessMarks.None), CancellationToken.None)).ShouldBeRefused("access-marks-changed");
        (await files.MakeAsync(Officer, request, new(world.NewId(), world.Case.Value, 0, "nl"), CancellationToken.None)).ShouldBeRefused("access-marks-changed");
    }

    [Test]
    public async Task An_erased_case_takes_its_file_with_it()
    {
        await ClosedAsync();
        var request = await GrantedAsync();
        await MadeAsync(request, AccessMarks.None, "nl");
        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Klaar."));
        var erased = await world.Get<SignalReview.Privacy.Erasure.EraseByRule>().RunAsync(world.Case, new(world.NewId(), "days@1/all", null), CancellationToken.None);
        erased.ShouldBeDone();
        Assert.That((await world.Get<AccessReads>().FileAsync(Officer, request, world.Case, false, "Alsnog", CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotFound));
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var file = (await AccessStore.FileAsync(db, request, world.Case, CancellationToken.None))!;
        Assert.That(file.Erased, Is.True);
        Assert.That(await db.FirstOrDefaultAsync<byte[]?>("access/page", new { file.FileId }, CancellationToken.None), Is.Null);
        Assert.That((await world.Get<AccessReads>().SearchAsync(Officer, (await RegisterAsync(Requester.YoungPerson, 16)).Case, "merel", CancellationToken.None)).View!.Hits, Is.Empty);
    }

    [Test]
    public void Longer_words_go_first_and_nothing_of_them_stays()
    {
        var redactor = new Redactor(new([new("Bilal", MarkKind.OtherPerson), new("Bilal Yildiz", MarkKind.OtherPerson)], ["9/all"]), AccessTexts.Dutch);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(redactor.Text("bilal yildiz en Bilals broer"), Is.EqualTo("[een ander] en [een ander]s broer"));
            Assert.That(redactor.Text(new AccessPassage("9/all", "x", "alles", Free: true)), Is.EqualTo("[weggelaten: gaat over een ander]"));
            Assert.That(new Redactor(new([new("Zoë", MarkKind.OtherPerson)], []), AccessTexts.Dutch).Text("Zoë".Normalize(NormalizationForm.FormC)), Is.EqualTo("[een ander]"), "however its letters are composed");
        }
    }

    private async Task ClosedAsync(VoteOption outcome = VoteOption.Talk)
    {
        var signal = world.Signal();
        await world.SubmitAsync(signal: signal with
        {
            Offline = signal.Offline with
            {
                RecentEvents = $"Zijn vriend {Friend} woont op {Street}. Samira kent hem ook.",
                ObservedOffline = "Zijn zusje werd gepest.",
            },
        });
        await FinishAsync(outcome);
    }

    /// <summary>The rest of the walk, from a submitted case.</summary>
    private async Task FinishAsync(VoteOption outcome)
    {
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SignalReview.Consultations.AcceptInvitationCommand(world.NewId()));
        }

        await world.DoAsync(world.Owner, new SignalReview.Consultations.FinishClarifyingCommand(world.NewId()));
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SignalReview.Consultations.SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }

        await world.Get<CaseReads>().ReadAsync(world.Owner, world.Case, "case", CancellationToken.None);
        await world.DoAsync(world.Owner, new SignalReview.Consultations.FinishComparingCommand(world.NewId(), OpenRoom: false));
        await world.DoAsync(world.Owner, world.Decide(outcome));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
    }

    private Task<CommandResult> RegisterAsync(Requester requester, int age, IdentityCheck identity = IdentityCheck.SeenDocument, Actor? by = null) =>
        world.Get<RegisterAccess>().RunAsync(by ?? Officer, new(world.NewId(), requester, age, identity, world.Today, "Per e-mail."), CancellationToken.None);

    private async Task<CaseId> WithCaseAsync(Requester requester, int age, IdentityCheck identity = IdentityCheck.SeenDocument)
    {
        var request = (await RegisterAsync(requester, age, identity)).Case;
        (await world.Get<AddAccessCase>().RunAsync(Officer, request, new(world.NewId(), world.Case.Value), CancellationToken.None)).ShouldBeDone();
        (await world.Get<AddAccessCase>().RunAsync(Officer, request, new(world.NewId(), world.Case.Value), CancellationToken.None)).ShouldBeDone();
        Assert.That(await world.CountAsync("access.requested"), Is.EqualTo(1), "twice is once");
        return request;
    }

    private async Task<CaseId> GrantedAsync()
    {
        var request = await WithCaseAsync(Requester.YoungPerson, 16);
        (await GrantAsync(request)).ShouldBeDone();
        return request;
    }

    private Task<CommandResult> GrantAsync(CaseId request, string? despite = null) =>
        world.Get<DecideAccess>().GrantAsync(Officer, request, new(world.NewId(), "Recht op inzage.", despite), CancellationToken.None);

    private async Task MarkAndMakeAsync(CaseId request, AccessMarks marks, string language, long revision = 0)
    {
        var files = world.Get<AccessFiles>();
        (await files.MarkAsync(Officer, request, new(world.NewId(), world.Case.Value, revision, marks), CancellationToken.None)).ShouldBeDone();
        (await files.MakeAsync(Officer, request, new(world.NewId(), world.Case.Value, revision + 1, language), CancellationToken.None)).ShouldBeDone();
    }

    private async Task<(string Html, string Json)> MadeAsync(CaseId request, AccessMarks marks, string language)
    {
        await MarkAndMakeAsync(request, marks, language);
        (await world.Get<AccessFiles>().JudgeAsync(world.Approver, request, new(world.NewId(), world.Case.Value, true, "Gezien."), CancellationToken.None)).ShouldBeDone();
        return (await TextAsync(false), await TextAsync(true));

        async Task<string> TextAsync(bool data) =>
            Encoding.UTF8.GetString((await world.Get<AccessReads>().FileAsync(Officer, request, world.Case, data, "In persoon.", CancellationToken.None)).View!.Content);
    }

    private async Task<IReadOnlyList<AccessItem>> ListAsync(Actor actor) => (await world.Get<AccessReads>().ListAsync(actor, CancellationToken.None)).View!;

    private async Task<List<string>> TypesAsync(CaseId dossier)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return [.. (await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = dossier }, CancellationToken.None)).Select(e => e.Type)];
    }
}
