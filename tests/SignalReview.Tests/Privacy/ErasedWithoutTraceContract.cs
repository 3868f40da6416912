using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Demo;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Privacy;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Privacy.Retention;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Signals.Images;
using SignalReview.Statistics;
using SignalReview.Storage;
using SignalReview.Storage.Backups;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Bundles;
using SignalReview.Trail.Checking;
using SkiaSharp;

namespace SignalReview.Tests.Privacy;

/// <summary>
/// Twenty marked strings in every field that takes text, in all kinds of cases; everything is erased; then every byte that is left is searched: database,
/// its log, the engine's storage, keys, exports, the product's log, and whatever anybody can still be given.
/// </summary>
internal abstract class ErasedWithoutTraceContract
{
    private static readonly Actor Auditor = CaseWorld.Colleague(10);

    private readonly List<CaseId> cases = [];
    private readonly LogCapture log = new();
    private Marks marks = null!;
    private CaseWorld world = null!;

    [SetUp]
    public async Task Plant()
    {
        marks = new();
        cases.Clear();
        log.Lines.Clear();
        world = await CaseWorld.StartAsync(change: (services, configuration) =>
        {
            AddEngine(services, configuration);
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        });
        await PlayDemosAsync();
        await PlayRestAsync();
        await PlayConsentAsync();
        await PlayDetachedAsync();
        await PlayStoppedAsync();
        await PlayAuditAsync();
    }

    [TearDown]
    public ValueTask End() => world.DisposeAsync();

    /// <summary>Where all that is kept on disk lies, in files of whatever kind.</summary>
    protected string Folder => world.Folder;

    protected IReadOnlyList<CaseId> Cases => cases;

    /// <summary>The engine on which the cases run, and whose storage is searched too.</summary>
    protected abstract void AddEngine(IServiceCollection services, IConfiguration configuration);

    [Test]
    public async Task Nothing_that_anybody_wrote_is_left_anywhere()
    {
        await HoldAndWeighAsync();
        Assert.That(marks.Planted, Is.SupersetOf(Marks.Fields()), "each text field of each command: plant in the new one too, or say in Marks.NoText that it holds no text");
        Assert.That(Marks.InFolder(world.Folder).Select(f => f.File), Has.Some.StartsWith("signalreview.db"), "what is stored in the clear must be found before, or this test finds nothing");
        var bundles = await ExportAllAsync();
        Assert.That(bundles.SelectMany(b => Found("bundle", b)).SelectMany(f => f.Marks).Distinct(), Is.EquivalentTo(Marks.All), "the bundles of before hold each mark");
        using var elsewhere = new TempFolder();
        var (backup, _) = await ActivatorUtilities.CreateInstance<Backup>(world.Services).RunAsync(elsewhere.Path, CancellationToken.None);

        var before = await CheckAsync();
        await EraseAllAsync();
        var after = await CheckAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Findings, Is.Empty, "the database fits its trail");
            Assert.That(after.Findings, Is.Empty, "the database fits what is left of its trail");
            Assert.That(after.Erased, Is.EqualTo(cases.Count));
            Assert.That(Marks.InFolder(world.Folder), Is.Empty, "on disk");
            Assert.That(await GivenAsync(), Is.Empty, "in what people are given");
            Assert.That(InLog(), Is.Empty, "in the log");
            foreach (var bundle in bundles)
            {
                var result = await BundleVerifier.VerifyAsync(new MemoryStream(bundle), world.Get<CheckpointSigner>().VerifierKey, null, CancellationToken.None);
                Assert.That(result.Verdict, Is.EqualTo(Verdict.Valid), "a bundle from before the erasure");
            }
        }

        await RestoredAsync(backup, elsewhere);
    }

    private Task<TrailReport> CheckAsync() => world.Get<TrailChecks>().RunAsync(CancellationToken.None);

    private List<(string File, IReadOnlyList<string> Marks)> InLog() => Found("log", Encoding.UTF8.GetBytes(string.Join('\n', log.Lines)));

    [Test]
    public void What_is_logged_is_searched_too()
    {
        Assert.That(InLog(), Is.Empty, "while it was written");
        world.Get<ILoggerFactory>().CreateLogger("probe").Log(LogLevel.Trace, default, Marks.All[0], null, (text, _) => text);
        Assert.That(InLog(), Is.Not.Empty, "the search would not have found it");
    }

    /// <summary>Three ways in which the backup from before comes back, each with the keys and the list of now.</summary>
    private async Task RestoredAsync(string backup, TempFolder elsewhere)
    {
        Assert.That(Marks.InFolder(backup), Is.Not.Empty, "the backup holds what stood in the clear");
        using var stolen = SqliteDatabase.InFile(Path.Combine(backup, "signalreview.db"));
        await using (var db = await stolen.OpenReadAsync(CancellationToken.None))
        {
            foreach (var id in cases)
            {
                Assert.That(
                    async () => await Dossier.OpenAsync(db, world.Get<KeyRing>(), id, CancellationToken.None),
                    Throws.InstanceOf<DossierGoneException>(),
                    "database and wrapping key open nothing of what was erased");
            }
        }

        stolen.Dispose();
        foreach (var byHand in (bool[])[false, true])
        {
            var folder = Path.Combine(elsewhere.Path, byHand ? "by-hand" : "restored");
            TempFolder.Copy(Path.Combine(world.Folder, "keys"), Path.Combine(DataFolder.At(folder).FullPath, "keys"));
            if (byHand)
            {
                File.Copy(Path.Combine(backup, "signalreview.db"), DataFolder.At(folder).DatabaseFile);
            }
            else
            {
                var report = await Restore.RunAsync(
                    DataFolder.At(folder), backup, replace: false, new ConfigurationBuilder().Build(), _ => { }, CancellationToken.None);
                Assert.That(report.ErasedAgain, Is.EqualTo(cases.Count));
                Assert.That(Marks.InFolder(folder), Is.Empty, "restored, before anything serves");
            }

            await ServeAsync(folder);
            Assert.That(Marks.InFolder(folder), Is.Empty, byHand ? "copied by hand, once it serves" : "restored, once it serves");
        }
    }

    private async Task ServeAsync(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("data", folder)]).Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(world.Time)
            .AddSingleton<IConfiguration>(configuration)
            .AddSignalReview(configuration)
            .BuildServiceProvider();
        await services.PrepareSignalReviewAsync(demo: false, CancellationToken.None);
        List<bool?> said = [];
        foreach (var id in cases)
        {
            var trail = await services.GetRequiredService<TrailReads>().ReadAsync(Auditor, id, 0, 500, CancellationToken.None);
            var erased = trail.View!.Events.Single(e => e.Type == "subject.erased");
            Assert.That(erased.Role, Is.EqualTo("system"));
            // Of a case that was stopped the auditor reads that it was erased, and no content of any event.
            said.Add(erased.Body is not { } body ? null : body.TryGetProperty("firstErasedAt", out _));
        }

        Assert.That(said, Has.Some.EqualTo(true).And.None.EqualTo(false), "the trail says that it was done again");
    }

    private async Task PlayDemosAsync()
    {
        var play = new DemoPlay(new MarkedDoor(world, marks), _ => { });
        foreach (var demo in DemoCases.Load().Cases)
        {
            cases.Add(await play.RunAsync(demo, CasePhase.Closed, CancellationToken.None));
            if (!(await world.FileAsync()).IsOver)
            {
                await SendAsync(await OwnerAsync(), new WithdrawCaseCommand(world.NewId(), "Klaar."));
            }
        }
    }

    private async Task<Actor> OwnerAsync() => CaseWorld.As((await world.FileAsync()).Case.OwnerId);

    /// <summary>What the demo's people do not do.</summary>
    private async Task PlayRestAsync()
    {
        await world.DraftAsync(CaseWorld.Colleague(1));
        cases.Add(world.Case);
        await DraftAsync(world.Submitter, DraftKind.Signal, new { title = Marks.Text("t") });
        var image = await world.Get<AttachImage>().RunAsync(world.Submitter, world.Case, world.NewId(), Marks.Text("Een foto."), Photo(), CancellationToken.None);
        image.ShouldBeDone();
        marks.Plant(new AttachImageCommand(world.NewId(), "Een foto.", ""));
        await SendAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), world.Signal()));
        await SendAsync(world.Submitter, new AddToSignalCommand(world.NewId(), "Nog iets."));
        var node = (await world.FileAsync()).OpenSteps[0];
        await TryAsync(world.Coordinator, new PauseDeadlineCommand(world.NewId(), node.Node, "Vakantie."));
        await TryAsync(world.Coordinator, new ResumeDeadlineCommand(world.NewId(), node.Node));
        await TryAsync(world.Coordinator, new ExtendDeadlineCommand(world.NewId(), node.Node, world.Now.AddDays(9), "Meer tijd."));
        var readers = await world.ReadersAsync();
        await SendAsync(readers[0], new DeclineInvitationCommand(world.NewId(), ConflictOfInterest: true, "Ik ken haar."));
        await TryAsync(world.Coordinator, new InviteReaderCommand(world.NewId(), DemoPeople.Id(8).Value, "Kent de code."));
        await TryAsync(world.Coordinator, new AppointFacilitatorCommand(world.NewId(), world.Facilitator.Person.Value, "Heeft tijd."));
        await TryAsync(world.Facilitator, new AppointCoFacilitatorCommand(world.NewId(), DemoPeople.Id(6).Value, "Helpt."));
        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        readers = await world.ReadersAsync();
        await DraftAsync(readers[0], DraftKind.Interpretation, new { decoding = Marks.Text("d") });
        await SendAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), FullReading()));
        await SendAsync(readers[1], new SubmitInterpretationCommand(world.NewId(), new Interpretation { Kind = InterpretationKind.CannotJudge, Reason = "Ik weet het niet." }));
        await TryAsync(world.Facilitator, new RevealInterpretationsCommand(world.NewId(), "We gaan door."));
        await RestOfReadingsAsync();
        await PlayRoomAsync();
        await PlayDecisionAsync();
    }

    private async Task RestOfReadingsAsync()
    {
        var file = await world.FileAsync();
        if (file.OpenStep("CollectInterpretations") is null)
        {
            return;
        }

        foreach (var reader in (await world.ReadersAsync()).Where(r => file.Interpretations.All(i => i.PersonId != r.Person)))
        {
            await SendAsync(reader, new SubmitInterpretationCommand(world.NewId(), FullReading()));
        }
    }

    private async Task PlayRoomAsync()
    {
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        var asker = (await world.ReadersAsync())[0];
        var message = (await SendAsync(asker, new SayCommand(world.NewId(), "Waarom denk je dat?", MessageKind.Question))).Created!.Value;
        await SendAsync(world.Owner, new SayCommand(world.NewId(), "Daarom.", MessageKind.Answer, message));
        await SendAsync(asker, new EditMessageCommand(world.NewId(), message, "Waarom dan?"));
        await SendAsync(world.Facilitator, new RetractMessageCommand(world.NewId(), message, "Toch niet."));

        await DraftAsync(world.Owner, DraftKind.Message, new { text = Marks.Text("m") });
        await TryAsync(world.Facilitator, new MovePhaseCommand(world.NewId(), (await world.FileAsync()).MethodPhase!.Id, (await world.FileAsync()).Method.Phases[^1].Id, "Sneller."));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        var voters = await world.VotersAsync();
        await DraftAsync(voters[0], DraftKind.Vote, new { reason = Marks.Text("v") });
        foreach (var voter in voters)
        {
            await SendAsync(voter, world.Vote(voter == voters[0] ? VoteOption.ReportingCode : VoteOption.Talk));
        }

        await world.DoAsync(world.Facilitator, new SecondRoundCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        foreach (var voter in voters)
        {
            await SendAsync(voter, world.Vote(voter == voters[0] ? VoteOption.ReportingCode : VoteOption.Talk, round: 2));
        }

        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
        await SendAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Course, "Het ging goed."));
        await TryAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()));
        await TryAsync(voters[0], new AnswerMinutesCommand(world.NewId(), 1, Agrees: false, "Dat zei ik niet."));
    }

    private async Task PlayConsentAsync()
    {
        await world.InVoteAsync();
        cases.Add(world.Case);
        await TryAsync(world.Facilitator, new ChooseOptionsCommand(world.NewId(), []) { Method = VoteMethod.Consent, Proposal = VoteOption.Talk });
        foreach (var (place, voter) in (await world.VotersAsync()).Skip(1).Index())
        {
            await TryAsync(voter, ConsentVote(place == 0 ? ConsentPosition.Object : ConsentPosition.Agree));
        }

        await TryAsync(world.Facilitator, new RevealVotesCommand(world.NewId(), "Genoeg stemmen."));
        await SendAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Klaar."));
    }

    private CastVoteCommand ConsentVote(ConsentPosition position) => new(world.NewId(), 1, null, 5, 60, "Omdat.")
    {
        Proposal = VoteOption.Talk,
        Position = position,
        Objection = position == ConsentPosition.Object ? "Het schaadt haar." : null,
    };

    private async Task PlayDecisionAsync()
    {
        var dissenter = (await world.VotersAsync())[0];
        await TryAsync(world.Owner, new AskDissentCommand(world.NewId(), dissenter.Person.Value, "Misschien zo?"));
        await DraftAsync(dissenter, DraftKind.Dissent, new { statement = Marks.Text("s") });
        await TryAsync(dissenter, new StateDissentCommand(world.NewId(), "Ik zie het anders.", Approved: true));
        await DraftAsync(world.Owner, DraftKind.Decision, new { rationale = Marks.Text("r") });
        await SendAsync(world.Owner, FullDecision());
        await SendAsync(world.Approver, new ReturnDecisionCommand(world.NewId(), "Leg uit."));
        await SendAsync(world.Owner, FullDecision());
        await SendAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), "Prima."));
        await SendAsync(world.Owner, new PlanFollowUpCommand(world.NewId(), Action()));
        var action = (await world.FileAsync()).FollowUps.First(f => f.State == FollowUpState.Planned);
        await SendAsync(world.Owner, new CompleteFollowUpCommand(world.NewId(), action.FollowUpId, "Gedaan."));
        var dissents = DissentRules.Standing(await world.FileAsync()).Select(d => new DissentOutcome(ComparingIds.Dissent(d.StatementEvent!.Value), "Het viel mee."));
        await SendAsync(world.Owner, new ReviewCaseCommand(world.NewId(), "Een grap.", "Eerst vragen.") { Dissents = [.. dissents] });
        await TryAsync(dissenter, new CloseDissentCommand(world.NewId(), "Toch goed."));
        await SendAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Er is iets nieuws."));
        await TryAsync(world.Coordinator, new TransferCaseCommand(world.NewId(), DemoPeople.Id(6).Value, "Vertrekt."));
        await SendAsync(await OwnerAsync(), new WithdrawCaseCommand(world.NewId(), "Toch niet."));
    }

    /// <summary>A detached round that is still open, so with an urn and its key.</summary>
    private async Task PlayDetachedAsync()
    {
        await world.InComparingAsync();
        cases.Add(world.Case);
        await TryAsync(world.Owner, new TightenAnonymityCommand(world.NewId(), Anonymity.Detached, "Zo durft iedereen."));
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        foreach (var voter in (await world.VotersAsync()).Take(2))
        {
            await SendAsync(voter, world.Vote());
        }

        await SendAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Klaar."));
    }

    private async Task PlayStoppedAsync()
    {
        await world.InWeighingAsync();
        cases.Add(world.Case);
        await SendAsync(world.PrivacyOfficer, new StopCaseCommand(world.NewId(), "Hoort hier niet."));
        await SendAsync(world.PrivacyOfficer, new HandleStopCommand(world.NewId(), "Besproken."));
    }

    private async Task PlayAuditAsync()
    {
        world.On(cases[0]);
        var findings = world.Get<SignalReview.Trail.Audit.Findings>();
        var raise = marks.Plant(new RaiseFindingCommand(world.NewId(), FindingSeverity.Minor, "Dit mist.", "Waarom?"));
        var finding = (await findings.RaiseAsync(Auditor, world.Case, raise, CancellationToken.None)).Created ?? world.NewId();
        await findings.ReplyAsync(world.Coordinator, world.Case, marks.Plant(new ReplyToFindingCommand(world.NewId(), finding, "Daarom.")), CancellationToken.None);
        var revise = marks.Plant(new ReviseFindingCommand(world.NewId(), finding, FindingSeverity.Minor, "Toch niet.", "Hoe dan?"));
        var revised = await findings.ReviseAsync(Auditor, world.Case, revise, CancellationToken.None);
        var close = marks.Plant(new CloseFindingCommand(world.NewId(), revised.Created ?? finding, "Goed."));
        await findings.CloseAsync(Auditor, world.Case, close, CancellationToken.None);
        var emergency = marks.Plant(new OpenEmergencyCommand(world.NewId(), world.Case.ToString(), "Er is gevaar."));
        var opened = await world.Get<OpenEmergency>().RunAsync(CaseWorld.Colleague(8), emergency, CancellationToken.None);
        var review = marks.Plant(new ReviewEmergencyCommand(world.NewId(), opened.Created ?? world.NewId(), EmergencyVerdict.Confirmed, "Terecht."));
        await world.Get<ReviewEmergency>().RunAsync(world.Coordinator, world.Case, review, CancellationToken.None);
        var objection = marks.Plant(new ObjectToErasureCommand(world.NewId(), world.Today.AddDays(30), "Nog nodig."));
        await world.Get<ObjectToErasure>().RunAsync(world.Owner, world.Case, objection, CancellationToken.None);
        var answer = marks.Plant(new AnswerObjectionCommand(world.NewId(), Grant: false, "Niet nodig."));
        await world.Get<AnswerObjection>().RunAsync(world.PrivacyOfficer, world.Case, answer, CancellationToken.None);
        var ground = marks.Plant(new SetGroundCommand(world.NewId(), "consent", "Beter zo."));
        await world.Get<SetGround>().RunAsync(world.PrivacyOfficer, world.Case, ground, CancellationToken.None);
    }

    private async Task HoldAndWeighAsync()
    {
        var hold = (await SendAsync(world.PrivacyOfficer, world.Hold())).Created!.Value;
        await SendAsync(world.PrivacyOfficer, new LiftHoldCommand(world.NewId(), hold, "Voorbij."));
        var request = new RequestErasureCommand(world.NewId(), ErasureGround.Objection, ErasureAskedBy.Parent, "Hij wil het weg.");
        var first = (await SendAsync(world.PrivacyOfficer, request)).Created!.Value;
        await SendAsync(world.PrivacyOfficer, new CheckErasureCommand(world.NewId(), first, ErasureWorld.NothingWeighsMore));
        await SendAsync(world.PrivacyOfficer, new DeclineErasureCommand(world.NewId(), first, "Nog niet."));
    }

    private async Task EraseAllAsync()
    {
        foreach (var (place, id) in cases.Index())
        {
            world.On(id);
            if (place % 2 == 0)
            {
                await world.DoAsync(Actor.System, new EraseByRuleCommand(world.NewId(), "five-years", world.PrivacyOfficer.Person.Value));
                continue;
            }

            var file = await world.FileAsync();
            var erasure = await world.CheckedAsync();
            var second = ErasureRules.HasPart(file, world.Second().Person)
                ? CaseWorld.Colleague(12) with { Roles = new HashSet<Role> { Role.Coordinator } }
                : world.Second();
            second = ErasureRules.HasPart(file, second.Person) ? CaseWorld.Colleague(10) with { Roles = new HashSet<Role> { Role.Coordinator } } : second;
            await world.DoAsync(second, new ApproveErasureCommand(world.NewId(), erasure));
            await world.DoAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), erasure));
        }
    }

    private async Task<IReadOnlyList<byte[]>> ExportAllAsync()
    {
        var bundles = new List<byte[]>();
        foreach (var id in cases)
        {
            var (bundle, refusal) = await world.Get<TrailExport>().RunAsync(Auditor, id, new("Toets"), CancellationToken.None);
            Assert.That(refusal, Is.Null);
            await using (bundle)
            {
                using var bytes = new MemoryStream();
                await bundle!.Content.CopyToAsync(bytes);
                bundles.Add(bytes.ToArray());
            }
        }

        return bundles;
    }

    /// <summary>Whatever anybody can still get out of the product.</summary>
    private async Task<IReadOnlyList<(string, IReadOnlyList<string>)>> GivenAsync()
    {
        var found = new List<(string, IReadOnlyList<string>)>();
        foreach (var actor in DemoPeople.All.Select(p => CaseWorld.As(p.Id)))
        {
            Look("work", await world.Get<WorkList>().ReadAsync(actor, CancellationToken.None));
            Look("board", await world.Get<Board>().ReadAsync(actor, 1, 50, CancellationToken.None));
            Look("trails", await world.Get<TrailReads>().ListAsync(actor, new(), 1, 50, CancellationToken.None));
            Look("holds", await world.Get<PrivacyReads>().HoldsAsync(actor, 1, 50, CancellationToken.None));
            Look("erasures", await world.Get<PrivacyReads>().ErasuresAsync(actor, 1, 50, CancellationToken.None));
            Look("statistics", await world.Get<StatisticsReads>().ReadAsync(actor, new StatisticsFilter(), 1, 1, "page", CancellationToken.None));
            foreach (var id in cases)
            {
                Look("case", await world.Get<CaseReads>().ReadAsync(actor, id, "minutes", CancellationToken.None));
                Look("trail", await world.Get<TrailReads>().ReadAsync(actor, id, 0, 500, CancellationToken.None));
                Look("privacy", await world.Get<PrivacyReads>().CaseAsync(actor, id, CancellationToken.None));
            }
        }

        foreach (var bundle in await ExportAllAsync())
        {
            found.AddRange(Found("bundle", bundle));
            var result = await BundleVerifier.VerifyAsync(new MemoryStream(bundle), world.Get<CheckpointSigner>().VerifierKey, null, CancellationToken.None);
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Valid), string.Join(", ", result.Findings));
        }

        var list = await world.Get<PrivacyReads>().ErasuresAsync(world.PrivacyOfficer, 1, 50, CancellationToken.None);
        foreach (var erasure in list.View!.Items.Where(e => e.State == ErasureState.Erased))
        {
            var issued = await world.Get<ErasureCertificates>().IssueAsync(world.PrivacyOfficer, erasure.Id, "json", CancellationToken.None);
            Assert.That(issued.Refusal, Is.Null);
            Look("certificate", issued);
        }

        return found;

        void Look<T>(string name, T given) => found.AddRange(Found(name, JsonSerializer.SerializeToUtf8Bytes(given, TrailJson.Options)));
    }

    private static List<(string File, IReadOnlyList<string> Marks)> Found(string name, byte[] bytes)
    {
        var found = new List<(string, IReadOnlyList<string>)>();
        using var stream = new MemoryStream();
        stream.Write(bytes);
        Marks.Add(found, name, stream);
        return found;
    }

    private async Task<CommandResult> SendAsync<TCommand>(Actor actor, TCommand command)
        where TCommand : ICommand =>
        await world.DoAsync(actor, marks.Plant(command));

    /// <summary>Where the case may or may not be ready for it: what was written in a refused command must not be found either.</summary>
    private async Task TryAsync<TCommand>(Actor actor, TCommand command)
        where TCommand : ICommand =>
        await world.TryAsync(actor, marks.Plant(command));

    private async Task DraftAsync<T>(Actor actor, DraftKind kind, T content) =>
        await world.Get<DraftStore>().SaveAsync(actor, world.Case, kind, JsonSerializer.SerializeToElement(content), 0, CancellationToken.None);

    private static Interpretation FullReading() => CaseWorld.Reading() with
    {
        EvidenceFor = ["Hij zei het zelf."],
        EvidenceAgainst = ["Zijn zus lachte."],
        Association = "Een film.",
    };

    private FollowUpPlan Action() => new()
    {
        Action = "Bel hem.",
        Owner = world.Owner.Person.Value,
        Due = world.Today.AddDays(2),
        Channel = Channel.Call,
        Theme = FollowUpTheme.Signaleren,
        OutsideWorkingHours = true,
        ExceptionReason = "Hij is er 's avonds.",
    };

    private DecideCommand FullDecision() => world.Decide(VoteOption.Support, content => content with
    {
        Weighing = "Naast elkaar gelegd.",
        DeviationReason = "Er is meer bekend.",
        Disclosures = ["Niets met school."],
        FollowUps = [Action()],
    });

    /// <summary>A photograph whose metadata holds the marks, in a comment of the JPEG.</summary>
    private static byte[] Photo()
    {
        using var bitmap = new SKBitmap(40, 40);
        bitmap.Erase(SKColors.Red);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        var jpeg = data.ToArray();
        var comment = Encoding.UTF8.GetBytes(Marks.Text("EXIF"));
        byte[] segment = [0xFF, 0xFE, (byte)((comment.Length + 2) >> 8), (byte)(comment.Length + 2), .. comment];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    private sealed class LogCapture : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {state} {exception}");

        public void Dispose()
        {
        }
    }
}
