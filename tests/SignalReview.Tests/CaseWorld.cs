using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Tests.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview.Tests;

/// <summary>
/// The whole product on a database of its own, with the demo's colleagues, a clock that stands still, and one case that is walked to
/// where a test wants it: by the real commands of the people who would give them. The submitter owns the case.
/// </summary>
internal sealed class CaseWorld : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly IReadOnlyDictionary<string, string?>? settings;
    private readonly LoggedFaults faults = new();
    private CaseId? @case;

    private CaseWorld(
        TestDatabase database, FakeTimeProvider time, Action<IServiceCollection, IConfiguration>? change, IReadOnlyDictionary<string, string?>? settings)
    {
        this.database = database;
        Time = time;
        this.settings = settings;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["data"] = database.Folder })
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            .Build();
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(faults))
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IConfiguration>(configuration)
            .AddSignalReview(configuration)
            .Replace(ServiceDescriptor.Singleton(database.Database));
        change?.Invoke(collection, configuration);
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; }

    /// <summary>True where a test makes things go wrong and looks only at what comes of it.</summary>
    public bool FaultsAllowed { get; set; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public DateOnly Today => TeamCalendar.Office.Today(Now);

    public IServiceProvider Services => services;

    /// <summary>The data folder: the database, the keys, and what else the product keeps on disk.</summary>
    public string Folder => database.Folder;

    public IDatabase Database => database.Database;

    /// <summary>The case that was opened last.</summary>
    public CaseId Case => @case ?? throw new InvalidOperationException("There is no case yet: await SubmitAsync() or what follows it.");

    /// <summary>From here on about this case.</summary>
    public CaseWorld On(CaseId id)
    {
        @case = id;
        return this;
    }

    public Actor Submitter { get; private set; } = Colleague(1);

    /// <summary>Who owns the case unless a test hands it over.</summary>
    public Actor Owner => Submitter;

    public Actor Facilitator { get; } = Colleague(12);

    public Actor Coordinator { get; } = Colleague(7);

    public Actor PrivacyOfficer { get; } = Colleague(11);

    /// <summary>May approve, and by routing's choice is no reader of the default signal.</summary>
    public Actor Approver { get; } = Colleague(5);

    /// <summary>Monday, a quarter past ten in the morning in Amsterdam.</summary>
    /// <param name="dialect">The database.</param>
    /// <param name="change">Other services than the product's own.</param>
    /// <param name="settings">Settings beside the data folder.</param>
    public static async Task<CaseWorld> StartAsync(
        SqlDialect dialect = SqlDialect.Sqlite,
        Action<IServiceCollection, IConfiguration>? change = null,
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        var time = new FakeTimeProvider(new(2026, 3, 16, 9, 15, 0, TimeSpan.Zero));
        var world = new CaseWorld(await TestDatabase.OpenAsync(dialect), time, change, settings);
        await world.PrepareAsync();
        await DemoPeople.SeedAsync(world.Database, CancellationToken.None);
        return world;
    }

    /// <param name="number">1 for w1.</param>
    public static Actor Colleague(int number)
    {
        var person = DemoPeople.All.Single(p => p.Id == DemoPeople.Id(number));
        return new(person.Id, person.Roles, "test");
    }

    public static Actor As(PersonId person) => Colleague(DemoPeople.All.ToList().FindIndex(p => p.Id == person) + 1);

    public T Get<T>()
        where T : notnull =>
        services.GetRequiredService<T>();

    public Guid NewId() => Guid.CreateVersion7(Now);

    // The walk. Each goes through all that comes before it.

    public async Task<CaseWorld> DraftAsync(Actor? submitter = null)
    {
        Submitter = submitter ?? Submitter;
        var started = await Get<StartSignal>().RunAsync(Submitter, new StartSignalCommand(NewId()), CancellationToken.None);
        @case = Done(started).Case;
        return this;
    }

    /// <summary>Submitted, so that readers are asked; with the workflow "urgent" the immediate decision is waited for.</summary>
    public async Task<CaseWorld> SubmitAsync(string? workflow = null, SignalSubmission? signal = null, Actor? submitter = null)
    {
        await DraftAsync(submitter);
        await DoAsync(Submitter, new SubmitSignalCommand(NewId(), signal ?? Signal(), workflow));
        return this;
    }

    public async Task<CaseWorld> InInterpretingAsync(string? workflow = null)
    {
        await SubmitAsync(workflow);
        foreach (var reader in await ReadersAsync())
        {
            await DoAsync(reader, new AcceptInvitationCommand(NewId()));
        }

        await DoAsync(Owner, new FinishClarifyingCommand(NewId()));
        return this;
    }

    /// <param name="workflow">Definition id; null: the full way.</param>
    /// <param name="reading">What the reader with this place (from 0) writes.</param>
    public async Task<CaseWorld> InComparingAsync(string? workflow = null, Func<int, Interpretation>? reading = null)
    {
        await InInterpretingAsync(workflow);
        foreach (var (place, reader) in (await ReadersAsync()).Index())
        {
            await DoAsync(reader, new SubmitInterpretationCommand(NewId(), (reading ?? (_ => Reading()))(place)));
        }

        return this;
    }

    public async Task<CaseWorld> InRoomAsync(string? workflow = null, Func<int, Interpretation>? reading = null)
    {
        await InComparingAsync(workflow, reading);
        await DoAsync(Owner, new FinishComparingCommand(NewId(), OpenRoom: true));
        return this;
    }

    /// <summary>A room that was opened for a talk without phases, as before there were methods: everyone may say anything.</summary>
    public async Task<CaseWorld> InTalkAsync(string? workflow = null, Func<int, Interpretation>? reading = null)
    {
        await InComparingAsync(workflow, reading);
        await using (var db = await Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync("DELETE FROM case_methods", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        await DoAsync(Owner, new FinishComparingCommand(NewId(), OpenRoom: true));
        return this;
    }

    public async Task<CaseWorld> InVoteAsync(string? workflow = null, Func<int, Interpretation>? reading = null)
    {
        await InRoomAsync(workflow, reading);
        await DoAsync(Facilitator, new OpenVoteCommand(NewId()));
        return this;
    }

    /// <summary>Voted and revealed.</summary>
    /// <param name="option">What the voter with this place (from 0, in the order of <see cref="VotersAsync"/>) chooses.</param>
    public async Task<CaseWorld> InWeighingAsync(Func<int, VoteOption>? option = null, Func<int, Interpretation>? reading = null)
    {
        await InVoteAsync(reading: reading);
        await VoteAllAsync(option);
        return this;
    }

    public async Task<CaseWorld> InDecidingAsync(Func<int, VoteOption>? option = null, Func<int, Interpretation>? reading = null)
    {
        await InWeighingAsync(option, reading);
        await DoAsync(Facilitator, new HarvestCommand(NewId()));
        return this;
    }

    public async Task<CaseWorld> InApprovingAsync(Func<int, VoteOption>? option = null)
    {
        await InDecidingAsync(option);
        await DoAsync(Owner, Decide());
        return this;
    }

    public async Task<CaseWorld> InFollowUpAsync()
    {
        await InApprovingAsync();
        await DoAsync(Approver, new ApproveDecisionCommand(NewId(), null));
        return this;
    }

    public async Task<CaseWorld> ClosedAsync()
    {
        await InFollowUpAsync();
        await DoAsync(Owner, new ReviewCaseCommand(NewId(), "Het was een grap tussen vrienden.", "Eerst vragen, dan lezen."));
        return this;
    }

    public async Task VoteAllAsync(Func<int, VoteOption>? option = null)
    {
        var round = (await FileAsync()).CurrentRound!.Round;
        foreach (var (place, voter) in (await VotersAsync()).Index())
        {
            await DoAsync(voter, Vote((option ?? (_ => VoteOption.Talk))(place), round));
        }
    }

    // What is written when a test does not care what.

    public SignalSubmission Signal() => new()
    {
        Title = "Clip met een mes-emoji",
        SubjectKind = SubjectKind.Group,
        Pseudonym = "Groep Merel",
        AgeBand = "15-18",
        ObservedAt = Now.AddDays(-1),
        Urgency = Urgency.Days,
        ConsultationQuestion = "Is dit een dreiging of muziek?",
        Tags = ["drill"],
        Online = new()
        {
            Platform = "YouTube",
            Visibility = Visibility.Public,
            AccessRoute = AccessRoute.ProfessionalAccount,
            FactualDescription = "Vijf jongens op een plein; één regel noemt een straat.",
        },
        Offline = new() { Relationship = "Ik ken twee van hen drie jaar.", Unknowns = ["wie er reageerde"] },
        Reading = new()
        {
            EncodingHypothesis = "Laten zien dat ze niet bang zijn.",
            OwnDecoding = "Ik lees het als een dreiging.",
            AlternativeReading = "De regel rijmt gewoon.",
            Confidence = 50,
        },
    };

    public static Interpretation Reading(int concern = 4, ReadingPosition position = ReadingPosition.Negotiated) => new()
    {
        Kind = InterpretationKind.Reading,
        Positionality = "Ken de scene.",
        EncodingHypothesis = "Status herstellen.",
        Decoding = "Muziek met een rand.",
        ReadingPosition = position,
        Missing = ["wie er reageerde", "wat school zegt"],
        WouldChangeMyMind = "Als de maker het zelf uitlegt.",
        Concern = concern,
        Confidence = 70,
    };

    public CastVoteCommand Vote(VoteOption? option = VoteOption.Talk, int round = 1, int? concern = 5, string? changed = null) =>
        new(NewId(), round, option, concern, 60, "Omdat we het kunnen vragen.", round > 1 ? changed ?? "Niets." : changed);

    public DecideCommand Decide(VoteOption outcome = VoteOption.Talk, Func<DecisionContent, DecisionContent>? change = null, Actor? approver = null)
    {
        var content = new DecisionContent
        {
            Outcome = outcome,
            Facts = ["De straatnaam is later toegevoegd."],
            Rationale = "We kennen de jongens en kunnen het vragen.",
            ReviewDate = Today.AddDays(7),
        };
        return new(NewId(), change is null ? content : change(content), (approver ?? Approver).Person.Value);
    }

    // Looking and acting.

    public async Task<CaseFile> FileAsync()
    {
        await using var db = await Database.OpenReadAsync(CancellationToken.None);
        return await CaseStore.LoadAsync(db, Case, CancellationToken.None) ?? throw new InvalidOperationException($"Case {Case} is not there.");
    }

    /// <summary>The active readers, in the order in which they were asked.</summary>
    public async Task<IReadOnlyList<Actor>> ReadersAsync() =>
        [.. (await FileAsync()).Invitations.Where(i => i.Active).Select(i => As(i.PersonId))];

    /// <summary>All who may vote: the readers, then the submitter and owner.</summary>
    public async Task<IReadOnlyList<Actor>> VotersAsync() => [.. (await FileAsync()).Voters.Select(As)];

    /// <summary>The case's trail, oldest first.</summary>
    public async Task<IReadOnlyList<TrailRow>> TrailAsync()
    {
        await using var db = await Database.OpenReadAsync(CancellationToken.None);
        return await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = Case }, CancellationToken.None);
    }

    public async Task<int> CountAsync(string type) => (await TrailAsync()).Count(e => e.Type == type);

    /// <summary>What was written in an event.</summary>
    public async Task<T> BodyAsync<T>(Guid eventId)
        where T : class
    {
        await using var db = await Database.OpenReadAsync(CancellationToken.None);
        using var dossier = await Dossier.OpenAsync(db, Get<KeyRing>(), Case, CancellationToken.None);
        return (await TrailBodies.ReadAsync<T>(db, dossier!, eventId, CancellationToken.None))!;
    }

    /// <summary>The body of the last event of that type.</summary>
    public async Task<T> LastBodyAsync<T>(string type)
        where T : class =>
        await BodyAsync<T>((await TrailAsync()).Last(e => e.Type == type).EventId);

    /// <summary>Moves the clock and lets what is due fire, as the host's service does.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await FireDeadlinesAsync();
    }

    /// <summary>To just after the deadline of the step that waits, which then fires.</summary>
    public async Task PassDeadlineAsync(string activity)
    {
        var due = (await FileAsync()).OpenStep(activity)!.DueAt!.Value;
        await PassAsync(due - Now + TimeSpan.FromSeconds(1));
    }

    public async Task<int> FireDeadlinesAsync()
    {
        var due = await Get<Deadlines>().FireDueAsync(CancellationToken.None);
        await SettleAsync();
        return due;
    }

    /// <summary>Lets an engine outside our transaction hear of everything and ask its next steps; the embedded one has done so already.</summary>
    public async Task SettleAsync()
    {
        if (services.GetService<FlowSync>() is { } sync)
        {
            while (await sync.SyncDueAsync(CancellationToken.None) > 0)
            {
                ThrowFaults();
            }
        }

        ThrowFaults();
    }

    /// <summary>The same database, people and case as another process has them. Dispose it first.</summary>
    public async Task<CaseWorld> AnotherAsync(Action<IServiceCollection, IConfiguration>? change = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var world = new CaseWorld(database.Another(), Time, change, settings ?? this.settings) { @case = @case, Submitter = Submitter };
        await world.PrepareAsync();
        return world;
    }

    private IEnumerable<IHostedService> LibraryServices => services.GetServices<IHostedService>().Where(s => s.GetType().Assembly != typeof(Start).Assembly);

    /// <summary>Our own services do not run by themselves: a test looks for deadlines and lets an engine settle when it wants to.</summary>
    private async Task PrepareAsync()
    {
        await services.PrepareSignalReviewAsync(demo: false, CancellationToken.None);
        foreach (var service in LibraryServices)
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    private void ThrowFaults()
    {
        if (!FaultsAllowed)
        {
            faults.Throw();
        }
    }

    /// <summary>Gives a command that must succeed.</summary>
    public async Task<CommandResult> DoAsync<TCommand>(Actor actor, TCommand command)
        where TCommand : ICommand =>
        Done(await TryAsync(actor, command));

    /// <summary>Gives a command; a refusal is an answer.</summary>
    public async Task<CommandResult> TryAsync<TCommand>(Actor actor, TCommand command)
        where TCommand : ICommand
    {
        var result = await Send(actor, Case, command, CancellationToken.None);
        await SettleAsync();
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in LibraryServices)
        {
            await service.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private static CommandResult Done(CommandResult result) => result.Refusal is { } refusal
        ? throw new AssertionException($"Refused: {refusal.Code} {string.Join(", ", refusal.Fields ?? [])}")
        : result;

    private Task<CommandResult> Send(Actor actor, CaseId caseId, ICommand command, CancellationToken ct) => command switch
    {
        SubmitSignalCommand c => Get<SubmitSignal>().RunAsync(actor, caseId, c, ct),
        AddToSignalCommand c => Get<AddToSignal>().RunAsync(actor, caseId, c, ct),
        DiscardDraftCommand c => Get<DiscardDraft>().RunAsync(actor, caseId, c, ct),
        WithdrawCaseCommand c => Get<WithdrawCase>().RunAsync(actor, caseId, c, ct),
        StopCaseCommand c => Get<StopCase>().RunAsync(actor, caseId, c, ct),
        HandleStopCommand c => Get<HandleStop>().RunAsync(actor, caseId, c, ct),
        TransferCaseCommand c => Get<TransferCase>().RunAsync(actor, caseId, c, ct),
        AppointFacilitatorCommand c => Get<AppointFacilitator>().RunAsync(actor, caseId, c, ct),
        ExtendDeadlineCommand c => Get<ExtendDeadline>().RunAsync(actor, caseId, c, ct),
        PauseDeadlineCommand c => Get<PauseDeadline>().RunAsync(actor, caseId, c, ct),
        ResumeDeadlineCommand c => Get<ResumeDeadline>().RunAsync(actor, caseId, c, ct),
        AcceptInvitationCommand c => Get<AcceptInvitation>().RunAsync(actor, caseId, c, ct),
        DeclineInvitationCommand c => Get<DeclineInvitation>().RunAsync(actor, caseId, c, ct),
        ReplaceReaderCommand c => Get<ReplaceReader>().RunAsync(actor, caseId, c, ct),
        InviteReaderCommand c => Get<InviteReader>().RunAsync(actor, caseId, c, ct),
        AskQuestionCommand c => Get<AskQuestion>().RunAsync(actor, caseId, c, ct),
        AnswerQuestionCommand c => Get<AnswerQuestion>().RunAsync(actor, caseId, c, ct),
        MarkQuestionCommand c => Get<MarkQuestion>().RunAsync(actor, caseId, c, ct),
        ReadyToReadCommand c => Get<ReadyToRead>().RunAsync(actor, caseId, c, ct),
        FinishClarifyingCommand c => Get<FinishClarifying>().RunAsync(actor, caseId, c, ct),
        SubmitInterpretationCommand c => Get<SubmitInterpretation>().RunAsync(actor, caseId, c, ct),
        RevealInterpretationsCommand c => Get<RevealInterpretations>().RunAsync(actor, caseId, c, ct),
        FinishComparingCommand c => Get<FinishComparing>().RunAsync(actor, caseId, c, ct),
        JoinRoomCommand c => Get<JoinRoom>().RunAsync(actor, caseId, c, ct),
        SayCommand c => Get<Say>().RunAsync(actor, caseId, c, ct),
        EditMessageCommand c => Get<EditMessage>().RunAsync(actor, caseId, c, ct),
        EditMinutesCommand c => Get<EditMinutes>().RunAsync(actor, caseId, c, ct),
        ProposeMinutesCommand c => Get<ProposeMinutes>().RunAsync(actor, caseId, c, ct),
        AnswerMinutesCommand c => Get<AnswerMinutes>().RunAsync(actor, caseId, c, ct),
        RetractMessageCommand c => Get<RetractMessage>().RunAsync(actor, caseId, c, ct),
        MovePhaseCommand c => Get<MovePhase>().RunAsync(actor, caseId, c, ct),
        RaiseHandCommand c => Get<RaiseHand>().RunAsync(actor, caseId, c, ct),
        LowerHandCommand c => Get<LowerHand>().RunAsync(actor, caseId, c, ct),
        GiveFloorCommand c => Get<GiveFloor>().RunAsync(actor, caseId, c, ct),
        EndFloorCommand c => Get<EndFloor>().RunAsync(actor, caseId, c, ct),
        ExtendRoomClockCommand c => Get<ExtendRoomClock>().RunAsync(actor, caseId, c, ct),
        AppointCoFacilitatorCommand c => Get<AppointCoFacilitator>().RunAsync(actor, caseId, c, ct),
        SetRoomClockCommand c => Get<SetRoomClock>().RunAsync(actor, caseId, c, ct),
        TightenAnonymityCommand c => Get<TightenAnonymity>().RunAsync(actor, caseId, c, ct),
        ChooseOptionsCommand c => Get<ChooseOptions>().RunAsync(actor, caseId, c, ct),
        OpenVoteCommand c => Get<OpenVote>().RunAsync(actor, caseId, c, ct),
        CastVoteCommand c => Get<CastVote>().RunAsync(actor, caseId, c, ct),
        RevealVotesCommand c => Get<RevealVotes>().RunAsync(actor, caseId, c, ct),
        SecondRoundCommand c => Get<SecondRound>().RunAsync(actor, caseId, c, ct),
        HarvestCommand c => Get<Harvest>().RunAsync(actor, caseId, c, ct),
        DecideCommand c => Get<Decide>().RunAsync(actor, caseId, c, ct),
        AskDissentCommand c => Get<AskDissent>().RunAsync(actor, caseId, c, ct),
        StateDissentCommand c => Get<StateDissent>().RunAsync(actor, caseId, c, ct),
        PlaceHoldCommand c => Get<PlaceHold>().RunAsync(actor, caseId, c, ct),
        LiftHoldCommand c => Get<LiftHold>().RunAsync(actor, caseId, c, ct),
        RequestErasureCommand c => Get<RequestErasure>().RunAsync(actor, caseId, c, ct),
        CheckErasureCommand c => Get<CheckErasure>().RunAsync(actor, caseId, c, ct),
        ApproveErasureCommand c => Get<ApproveErasure>().RunAsync(actor, caseId, c, ct),
        DeclineErasureCommand c => Get<DeclineErasure>().RunAsync(actor, caseId, c, ct),
        EraseCaseCommand c => Get<EraseCase>().RunAsync(actor, caseId, c, ct),
        EraseByRuleCommand c => Get<EraseByRule>().RunAsync(caseId, c, ct),
        CloseDissentCommand c => Get<CloseDissent>().RunAsync(actor, caseId, c, ct),
        CheckMissingCommand c => Get<CheckMissing>().RunAsync(actor, caseId, c, ct),
        UncheckMissingCommand c => Get<UncheckMissing>().RunAsync(actor, caseId, c, ct),
        TakeEnquiryCommand c => Get<TakeEnquiry>().RunAsync(actor, caseId, c, ct),
        LeaveEnquiryCommand c => Get<LeaveEnquiry>().RunAsync(actor, caseId, c, ct),
        ReportEnquiryCommand c => Get<ReportEnquiry>().RunAsync(actor, caseId, c, ct),
        AnswerEnquiryCommand c => Get<AnswerEnquiry>().RunAsync(actor, caseId, c, ct),
        WaiveDissentCommand c => Get<WaiveDissent>().RunAsync(actor, caseId, c, ct),
        ApproveDecisionCommand c => Get<ApproveDecision>().RunAsync(actor, caseId, c, ct),
        ReturnDecisionCommand c => Get<ReturnDecision>().RunAsync(actor, caseId, c, ct),
        PlanFollowUpCommand c => Get<PlanFollowUp>().RunAsync(actor, caseId, c, ct),
        CompleteFollowUpCommand c => Get<CompleteFollowUp>().RunAsync(actor, caseId, c, ct),
        ReviewCaseCommand c => Get<ReviewCase>().RunAsync(actor, caseId, c, ct),
        ReopenCaseCommand c => Get<ReopenCase>().RunAsync(actor, caseId, c, ct),
        _ => throw new NotSupportedException($"{command.GetType().Name} goes to no use case here."),
    };
}

/// <summary>
/// Keeps what is logged as an error: a hosted service logs a fault and goes on to its next case, a test must not.
/// </summary>
internal sealed class LoggedFaults : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<Exception> faults = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull =>
        null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            faults.Enqueue(exception ?? new InvalidOperationException(formatter(state, null)));
        }
    }

    public void Throw()
    {
        if (faults.TryDequeue(out var fault))
        {
            throw new AssertionException($"A fault was logged: {fault}", fault);
        }
    }

    public void Dispose()
    {
    }
}

/// <summary>One event of a case's trail.</summary>
internal sealed record TrailRow
{
    public long LeafIndex { get; init; }
    public byte[] Leaf { get; init; } = [];
    public Guid EventId { get; init; }
    public long CaseSeq { get; init; }
    public string Type { get; init; } = "";
    public PersonId ActorId { get; init; }
    public DateTimeOffset At { get; init; }
}
