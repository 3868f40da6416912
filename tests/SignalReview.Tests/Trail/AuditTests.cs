using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;
using SignalReview.Trail.Audit;

namespace SignalReview.Tests.Trail;

/// <summary>Finding trails, drawing samples, findings and their replies.</summary>
internal sealed class AuditTests
{
    private static readonly Actor Auditor = CaseWorld.Colleague(10);
    private static readonly Actor PrivacyOfficer = CaseWorld.Colleague(11);

    [Test]
    public async Task Each_filter_finds_what_it_names_and_nothing_else()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var plain = world.Case;
        var urgent = (await world.SubmitAsync("urgent")).Case;
        await world.InDecidingAsync(place => place == 0 ? VoteOption.Support : VoteOption.Talk);
        var deviating = world.Case;
        var voter = (await world.VotersAsync())[0];
        await world.DoAsync(voter, new StateDissentCommand(world.NewId(), "Ik zie het anders.", Approved: true));
        await world.DoAsync(world.Owner, world.Decide(VoteOption.NoConcern, content => content with
        {
            DeviationReason = "De jongeren legden het uit.",
            FollowUps =
            [
                new()
                {
                    Action = "Bel zondag.",
                    Owner = world.Owner.Person.Value,
                    Due = world.Today.AddDays(6),
                    Channel = Channel.Call,
                    OutsideWorkingHours = true,
                    ExceptionReason = "Dan is hij thuis.",
                },
            ],
        }));
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        Assert.That((await OpenAsync(world, CaseWorld.Colleague(6), plain)).Refusal, Is.Null);
        Assert.That((await world.Get<Findings>().RaiseAsync(Auditor, plain, new(world.NewId(), FindingSeverity.Minor, "De motivering is kort."), CancellationToken.None)).Refusal, Is.Null);

        Assert.Multiple(async () =>
        {
            Assert.That(await FindAsync(world, new()), Is.EquivalentTo(new[] { plain, urgent, deviating }));
            Assert.That(await FindAsync(world, new() { Deviates = true }), Is.EqualTo(new[] { deviating }));
            Assert.That(await FindAsync(world, new() { Dissent = true }), Is.EqualTo(new[] { deviating }));
            Assert.That(await FindAsync(world, new() { OutsideHours = true }), Is.EqualTo(new[] { deviating }));
            Assert.That(await FindAsync(world, new() { EmergencyPath = true }), Is.EqualTo(new[] { urgent }));
            Assert.That(await FindAsync(world, new() { BrokenGlass = true }), Is.EqualTo(new[] { plain }));
            Assert.That(await FindAsync(world, new() { OpenFindings = true }), Is.EqualTo(new[] { plain }));
            Assert.That(await FindAsync(world, new() { OpenFindings = true, Deviates = true }), Is.Empty);
            Assert.That(await FindAsync(world, new(Outcome: VoteOption.NoConcern)), Is.EqualTo(new[] { deviating }));
            Assert.That(await FindAsync(world, new(To: new DateOnly(2020, 1, 1))), Is.Empty);
        });
    }

    [Test]
    public async Task A_search_stands_in_the_trail_with_what_was_looked_for()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        await FindAsync(world, new() { Dissent = true, Team = "Noord" });

        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        using var organisation = await Dossier.OpenAsync(db, world.Get<KeyRing>(), CaseId.Organisation, CancellationToken.None);
        var last = (await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = CaseId.Organisation }, CancellationToken.None))[^1];
        var body = await TrailBodies.ReadAsync<SearchBody>(db, organisation!, last.EventId, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(last.Type, Is.EqualTo("list.read"));
            Assert.That(body!.List, Is.EqualTo("trails"));
            Assert.That(body.Filter, Is.EqualTo(new TrailFilter(Team: "Noord") { Dissent = true }));
        });
    }

    [Test]
    public async Task A_sample_is_saved_with_what_it_was_drawn_from_and_comes_out_the_same_when_cases_came_since()
    {
        await using var world = await CaseWorld.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            await world.SubmitAsync();
        }

        var command = new DrawSampleCommand(world.NewId(), "Jaarcontrole", new(), 3, Seed: "afgesproken");
        var drawn = await world.Get<DrawSample>().RunAsync(Auditor, command, CancellationToken.None);
        var again = await world.Get<DrawSample>().RunAsync(Auditor, command, CancellationToken.None);
        var first = (await world.Get<SampleReads>().ReadAsync(Auditor, drawn.Created!.Value, CancellationToken.None)).View!;
        await world.SubmitAsync();
        var later = (await world.Get<SampleReads>().ReadAsync(Auditor, drawn.Created!.Value, CancellationToken.None)).View!;
        var refused = await world.Get<DrawSample>().RunAsync(world.Owner, command with { CommandId = world.NewId() }, CancellationToken.None);
        var empty = await world.Get<DrawSample>().RunAsync(Auditor, command with { CommandId = world.NewId(), Filter = new(Team: "Niemand") }, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(again.Created, Is.EqualTo(drawn.Created), "a retry draws nothing anew");
            Assert.That(first.Sample.Population, Is.EqualTo(6));
            Assert.That(first.Sample.TreeSize, Is.GreaterThan(0));
            Assert.That(first.Cases, Has.Count.EqualTo(3));
            Assert.That(later.SameAgain, Is.True);
            Assert.That(later.Cases.Select(c => c.Case), Is.EqualTo(first.Cases.Select(c => c.Case)));
            Assert.That((later.Came, later.Went), Is.EqualTo((1, 0)));
            Assert.That(refused.Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That(empty.Refusal?.Code, Is.EqualTo("sample-empty"));
        });
    }

    [Test]
    public async Task A_finding_is_replied_to_revised_and_closed_and_what_was_written_stays()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var findings = world.Get<Findings>();
        var raised = (await findings.RaiseAsync(Auditor, world.Case, new(world.NewId(), FindingSeverity.Serious, "Er mist een reden.", "Waarom?", AboutSeq: 2), CancellationToken.None)).Created!.Value;
        Assert.That(await WaitingAsync(world, world.Owner), Does.Contain(WorkKind.ReplyToFinding));
        Assert.That(await WaitingAsync(world, world.Coordinator), Does.Contain(WorkKind.ReplyToFinding));

        Assert.That((await findings.ReplyAsync(world.Owner, world.Case, new(world.NewId(), raised, "Die staat in het verslag."), CancellationToken.None)).Refusal, Is.Null);
        Assert.That(await WaitingAsync(world, Auditor), Does.Contain(WorkKind.CloseFinding));
        var revised = (await findings.ReviseAsync(Auditor, world.Case, new(world.NewId(), raised, FindingSeverity.Minor, "De reden staat op een andere plek."), CancellationToken.None)).Created!.Value;
        var late = await findings.ReplyAsync(world.Owner, world.Case, new(world.NewId(), raised, "Nog iets."), CancellationToken.None);
        Assert.That((await findings.CloseAsync(Auditor, world.Case, new(world.NewId(), revised, "Voortaan in de motivering."), CancellationToken.None)).Refusal, Is.Null);
        var view = (await world.Get<FindingReads>().ReadAsync(world.Owner, world.Case, CancellationToken.None)).View!;

        Assert.Multiple(async () =>
        {
            Assert.That(late.Refusal?.Code, Is.EqualTo("finding-not-open"));
            Assert.That(view.Findings.Select(f => f.State), Is.EqualTo(new[] { FindingState.Closed, FindingState.Superseded }));
            Assert.That(view.Findings[0].Replaces, Is.EqualTo(raised));
            Assert.That(view.Findings[1].Text, Is.EqualTo("Er mist een reden."));
            Assert.That(view.Findings[1].Replies.Single().Text, Is.EqualTo("Die staat in het verslag."));
            Assert.That(view.Findings[0].Conclusion, Is.EqualTo("Voortaan in de motivering."));
            Assert.That(await WaitingAsync(world, world.Owner), Does.Not.Contain(WorkKind.ReplyToFinding));
        });
    }

    [Test]
    public async Task Findings_are_written_by_auditors_replied_to_by_who_answers_for_the_case_and_read_by_these_alone()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var findings = world.Get<Findings>();
        var raised = (await findings.RaiseAsync(Auditor, world.Case, new(world.NewId(), FindingSeverity.Remark, "Goed gedaan."), CancellationToken.None)).Created!.Value;
        var byOwner = await findings.RaiseAsync(world.Owner, world.Case, new(world.NewId(), FindingSeverity.Remark, "Niet mijn werk."), CancellationToken.None);
        var byReader = await findings.ReplyAsync((await world.ReadersAsync())[0], world.Case, new(world.NewId(), raised, "Hoezo?"), CancellationToken.None);
        var closed = await findings.CloseAsync(world.Owner, world.Case, new(world.NewId(), raised, "Klaar."), CancellationToken.None);
        var nowhere = await findings.RaiseAsync(Auditor, world.Case, new(world.NewId(), FindingSeverity.Remark, "Over niets.", AboutSeq: 9999), CancellationToken.None);
        var empty = await findings.RaiseAsync(Auditor, world.Case, new(world.NewId(), null, " "), CancellationToken.None);

        Assert.Multiple(async () =>
        {
            Assert.That(byOwner.Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That(byReader.Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That(closed.Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That(nowhere.Refusal?.Fields?.Single().Path, Is.EqualTo("aboutSeq"));
            Assert.That(empty.Refusal?.Fields?.Select(f => f.Path), Is.EquivalentTo(new[] { "severity", "text" }));
            Assert.That((await world.Get<FindingReads>().ReadAsync((await world.ReadersAsync())[0], world.Case, CancellationToken.None)).Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That((await world.Get<FindingReads>().ReadAsync(world.Coordinator, world.Case, CancellationToken.None)).Refusal, Is.Null);
        });
    }

    [Test]
    public async Task The_glass_is_broken_with_a_reason_for_some_hours_and_seen_at_once()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var stranger = await StrangerAsync(world);
        Assert.That((await CaseAsync(world, stranger)).Refusal, Is.EqualTo(Refusal.NotFound));
        var opened = await OpenAsync(world, stranger, world.Case, world.Case.ToString()[^6..]);

        var read = await CaseAsync(world, stranger);
        var seen = (await CaseAsync(world, world.Owner)).View!.Emergencies.Single();
        Assert.Multiple(async () =>
        {
            Assert.That(opened.Refusal, Is.Null);
            Assert.That(read.View!.Signal!.Title, Is.EqualTo("Clip met een mes-emoji"));
            Assert.That(read.View.MyRoles, Is.EqualTo(new[] { CaseRole.Emergency }));
            Assert.That(read.View.Can, Is.Empty);
            Assert.That(read.View.Room, Is.Null);
            Assert.That((seen.By.Id, seen.Reason, seen.EndsAt - seen.At), Is.EqualTo((stranger.Person, "Hij staat nu bij de school.", TimeSpan.FromHours(4))));
            Assert.That(await WaitingAsync(world, world.Owner), Does.Contain(WorkKind.SeeEmergency));
            Assert.That(await WaitingAsync(world, world.Coordinator), Does.Contain(WorkKind.SeeEmergency));
            Assert.That(await WaitingAsync(world, PrivacyOfficer), Does.Contain(WorkKind.ReviewEmergency));
            Assert.That((await world.TryAsync(stranger, new AddToSignalCommand(world.NewId(), "Nog iets."))).Refusal, Is.EqualTo(Refusal.NotFound), "reads, and can do nothing");
            Assert.That(await world.CountAsync("emergency.opened"), Is.EqualTo(1));
        });

        world.Time.Advance(TimeSpan.FromHours(4));
        Assert.That((await CaseAsync(world, stranger)).Refusal, Is.EqualTo(Refusal.NotFound), "the clock closes it");
    }

    [Test]
    public async Task The_privacy_officer_judges_it_once_and_what_was_unfounded_ends()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var stranger = await StrangerAsync(world);
        var access = (await OpenAsync(world, stranger, world.Case)).Created!.Value;
        var review = world.Get<ReviewEmergency>();
        var byOwner = await review.RunAsync(world.Owner, world.Case, new(world.NewId(), access, EmergencyVerdict.Confirmed, "Prima."), CancellationToken.None);
        var judged = await review.RunAsync(PrivacyOfficer, world.Case, new(world.NewId(), access, EmergencyVerdict.Unfounded, "Er was geen gevaar."), CancellationToken.None);
        var twice = await review.RunAsync(PrivacyOfficer, world.Case, new(world.NewId(), access, EmergencyVerdict.Confirmed, "Toch wel."), CancellationToken.None);

        Assert.Multiple(async () =>
        {
            Assert.That(byOwner.Refusal, Is.EqualTo(Refusal.NotYours));
            Assert.That(judged.Refusal, Is.Null);
            Assert.That(twice.Refusal?.Code, Is.EqualTo("emergency-reviewed"));
            Assert.That((await CaseAsync(world, stranger)).Refusal, Is.EqualTo(Refusal.NotFound));
            Assert.That((await CaseAsync(world, world.Owner)).View!.Emergencies.Single().Remark, Is.EqualTo("Er was geen gevaar."));
            Assert.That(await WaitingAsync(world, world.Owner), Does.Not.Contain(WorkKind.SeeEmergency));
        });
    }

    [Test]
    public async Task Blindness_holds_behind_the_broken_glass()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InInterpretingAsync();
        await world.DoAsync((await world.ReadersAsync())[0], new SignalReview.Consultations.SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        var stranger = await StrangerAsync(world);
        await OpenAsync(world, stranger, world.Case);
        var view = (await CaseAsync(world, stranger)).View!;

        Assert.Multiple(() =>
        {
            Assert.That(view.Signal, Is.Not.Null);
            Assert.That(view.Readings.Revealed, Is.Null);
            Assert.That(System.Text.Json.JsonSerializer.Serialize(view, TrailJson.Options), Does.Not.Contain("Muziek met een rand"));
        });
    }

    [Test]
    public async Task Only_a_professional_without_a_part_in_an_existing_case_breaks_the_glass()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.InFollowUpAsync();
        var stranger = await StrangerAsync(world);

        Assert.Multiple(async () =>
        {
            Assert.That((await OpenAsync(world, CaseWorld.Colleague(9), world.Case)).Refusal?.Code, Is.EqualTo("emergency-not-professional"), "a panel member");
            Assert.That((await OpenAsync(world, Auditor, world.Case)).Refusal?.Code, Is.EqualTo("emergency-not-professional"));
            Assert.That((await OpenAsync(world, world.Owner, world.Case)).Refusal?.Code, Is.EqualTo("emergency-not-needed"));
            Assert.That((await OpenAsync(world, stranger, new CaseId(world.NewId()))).Refusal?.Code, Is.EqualTo("emergency-no-case"));
            Assert.That((await OpenAsync(world, stranger, world.Case, "ffffff")).Refusal?.Code, Is.EqualTo("emergency-no-case"));
            var silent = new OpenEmergencyCommand(world.NewId(), world.Case.ToString(), "  ");
            Assert.That((await world.Get<OpenEmergency>().RunAsync(stranger, silent, CancellationToken.None)).Refusal?.Fields?.Single().Path, Is.EqualTo("reason"));
            Assert.That(await world.CountAsync("emergency.opened"), Is.Zero);
        });
    }

    private static async Task<Actor> StrangerAsync(CaseWorld world)
    {
        var inside = (await world.VotersAsync()).Select(v => v.Person).Append(world.Approver.Person).ToHashSet();
        return new[] { 2, 3, 4, 6, 8, 1 }.Select(CaseWorld.Colleague).First(c => !inside.Contains(c.Person));
    }

    private static Task<CommandResult> OpenAsync(CaseWorld world, Actor actor, CaseId @case, string? called = null) =>
        world.Get<OpenEmergency>().RunAsync(actor, new(world.NewId(), called ?? $"https://example.org/cases/{@case}", "Hij staat nu bij de school."), CancellationToken.None);

    private static Task<CaseReadResult> CaseAsync(CaseWorld world, Actor actor) => world.Get<CaseReads>().ReadAsync(actor, world.Case, "case", CancellationToken.None);

    private static async Task<IReadOnlyList<WorkKind?>> WaitingAsync(CaseWorld world, Actor actor) =>
        [.. (await world.Get<WorkList>().ReadAsync(actor, CancellationToken.None)).Waiting.Items.Where(i => i.Case == world.Case).Select(i => i.Kind)];

    private static async Task<IReadOnlyList<CaseId>> FindAsync(CaseWorld world, TrailFilter filter)
    {
        var (list, refusal) = await world.Get<TrailReads>().ListAsync(Auditor, filter, 1, 50, CancellationToken.None);
        Assert.That(refusal, Is.Null);
        Assert.That(list!.Total, Is.EqualTo(list.Items.Count), "the count and the page agree");
        return [.. list.Items.Select(i => i.Case)];
    }

    private sealed record SearchBody(string List, TrailFilter Filter, int Total);
}
