using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Signals;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>
/// One case in a running host, walked by the real commands of the people who would give them to where a test wants it. w1 submits and owns.
/// What each reader writes holds a marker of theirs, so that a page that shows it too early gives itself away.
/// </summary>
internal sealed partial class CaseWalk
{
    public const string Owner = "w1";
    public const string Facilitator = "w12";
    public const string Coordinator = "w7";
    public const string PrivacyOfficer = "w11";

    private readonly WebHost host;

    private CaseWalk(WebHost host) => this.host = host;

    public CaseId Case { get; private set; }

    /// <summary>Subjects of those who read, in the order in which they were asked.</summary>
    public IReadOnlyList<string> Readers { get; private set; } = [];

    /// <summary>Approves; reads not, unless all who may approve were asked to read.</summary>
    public string Approver { get; private set; } = "";

    /// <summary>A colleague who was not asked.</summary>
    public string Outsider => new[] { "w2", "w3", "w4", "w6", "w8", "w9" }.First(subject => subject != Approver && !Readers.Contains(subject));

    public string Path => $"/cases/{Case}";

    public static string Marker(string reader) => $"merkteken-{reader}-x7";

    public static async Task<CaseWalk> SubmittedAsync(WebHost host, string? workflow = null, Anonymity mode = Anonymity.Named)
    {
        var walk = new CaseWalk(host);
        var owner = await walk.ActorAsync(Owner);
        var started = await walk.Get<StartSignal>().RunAsync(owner, new(Id()), CancellationToken.None);
        walk.Case = started.Case;
        await walk.DoAsync<SubmitSignal>(Owner, (use, actor) => use.RunAsync(actor, walk.Case, new(Id(), Signal(), workflow), CancellationToken.None));
        if (mode != Anonymity.Named)
        {
            await walk.DoAsync<TightenAnonymity>(Owner, (use, actor) => use.RunAsync(
                actor, walk.Case, new(Id(), mode, "Zo durft iedereen"), CancellationToken.None));
        }

        await walk.FindReadersAsync();
        return walk;
    }

    public static async Task<CaseWalk> InterpretingAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await SubmittedAsync(host, mode: mode);
        foreach (var reader in walk.Readers)
        {
            await walk.DoAsync<AcceptInvitation>(reader, (use, actor) => use.RunAsync(actor, walk.Case, new(Id()), CancellationToken.None));
        }

        await walk.DoAsync<FinishClarifying>(Owner, (use, actor) => use.RunAsync(actor, walk.Case, new(Id()), CancellationToken.None));
        return walk;
    }

    public static async Task<CaseWalk> ComparingAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await InterpretingAsync(host, mode);
        foreach (var (place, reader) in walk.Readers.Index())
        {
            await walk.ReadAsync(reader, place);
        }

        return walk;
    }

    public static async Task<CaseWalk> DiscussingAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await ComparingAsync(host, mode);
        await walk.DoAsync<FinishComparing>(Owner, (use, actor) => use.RunAsync(actor, walk.Case, new(Id(), OpenRoom: true), CancellationToken.None));
        return walk;
    }

    public static async Task<CaseWalk> VotingAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await DiscussingAsync(host, mode);
        await walk.DoAsync<OpenVote>(Facilitator, (use, actor) => use.RunAsync(actor, walk.Case, new(Id()), CancellationToken.None));
        return walk;
    }

    public static async Task<CaseWalk> WeighingAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await VotingAsync(host, mode);
        foreach (var voter in walk.Readers.Append(Owner))
        {
            await walk.VoteAsync(voter);
        }

        return walk;
    }

    public static async Task<CaseWalk> DecidingAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await WeighingAsync(host, mode);
        await walk.DoAsync<Harvest>(Facilitator, (use, actor) => use.RunAsync(actor, walk.Case, new(Id()), CancellationToken.None));
        return walk;
    }

    public static async Task<CaseWalk> ApprovingAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await DecidingAsync(host, mode);
        await walk.DecideAsync();
        return walk;
    }

    public static async Task<CaseWalk> FollowingUpAsync(WebHost host, Anonymity mode = Anonymity.Named)
    {
        var walk = await ApprovingAsync(host, mode);
        await walk.DoAsync<ApproveDecision>(walk.Approver, (use, actor) => use.RunAsync(actor, walk.Case, new(Id(), null), CancellationToken.None));
        return walk;
    }

    public Task ReadAsync(string reader, int place) => DoAsync<SubmitInterpretation>(
        reader, (use, actor) => use.RunAsync(actor, Case, new(Id(), Reading(reader, place)), CancellationToken.None));

    /// <summary>The first reader sees it otherwise than all others.</summary>
    public Task VoteAsync(string voter) => DoAsync<CastVote>(voter, (use, actor) => use.RunAsync(
        actor, Case, new(Id(), 1, voter == Readers[0] ? VoteOption.Support : VoteOption.Talk, 5, 60, $"Stem van {Marker(voter)}."), CancellationToken.None));

    public async Task AskAsync(string reader, string question)
        => await DoAsync<AskQuestion>(reader, (use, actor) => use.RunAsync(actor, Case, new(Id(), question), CancellationToken.None));

    /// <summary>Looked back on, and so over.</summary>
    public Task CloseAsync() => DoAsync<ReviewCase>(
        Owner, (use, actor) => use.RunAsync(actor, Case, new(Id(), "Het was een grap.", "Eerst vragen."), CancellationToken.None));

    public async Task AddAsync(string text)
        => await DoAsync<AddToSignal>(Owner, (use, actor) => use.RunAsync(actor, Case, new(Id(), text), CancellationToken.None));

    public async Task<CaseFile> FileAsync()
    {
        await using var db = await host.Services.GetRequiredService<Storage.IDatabase>().OpenReadAsync(CancellationToken.None);
        return (await CaseStore.LoadAsync(db, Case, CancellationToken.None))!;
    }

    public async Task<Guid> IdOfAsync(string subject) => (await ActorAsync(subject)).Person.Value;

    private async Task DecideAsync()
    {
        var owner = await IdOfAsync(Owner);
        var approver = await IdOfAsync(Approver);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var content = new DecisionContent
        {
            Outcome = VoteOption.Talk,
            Facts = ["De straatnaam is later toegevoegd."],
            Rationale = "We kennen de jongens en kunnen het vragen.",
            Weighing = "De lezer die de scene kent woog het zwaarst.",
            ReviewDate = today.AddDays(7),
            FollowUps = [new() { Action = "Vraag het in de studio.", Owner = owner, Due = today.AddDays(2), Channel = Channel.Offline }],
        };
        await DoAsync<Decide>(Owner, (use, actor) => use.RunAsync(actor, Case, new(Id(), content, approver), CancellationToken.None));
    }

    private static SignalSubmission Signal() => new()
    {
        Title = "Clip met een mes-emoji",
        SubjectKind = SubjectKind.Group,
        Pseudonym = "Groep Merel",
        AgeBand = "15-18",
        ObservedAt = TimeProvider.System.GetUtcNow().AddDays(-1),
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

    private static Interpretation Reading(string reader, int place) => new()
    {
        Kind = InterpretationKind.Reading,
        Positionality = "Ken de scene.",
        EncodingHypothesis = $"Status herstellen, {Marker(reader)}.",
        Decoding = $"Muziek met een rand, {Marker(reader)}.",
        ReadingPosition = place == 0 ? ReadingPosition.Preferred : ReadingPosition.Negotiated,
        EvidenceFor = ["de straatnaam", "geen namen"],
        EvidenceAgainst = place == 0 ? ["Geen namen."] : [],
        Missing = place == 0 ? ["Wie reageerde er?"] : ["wie reageerde er", "wat zegt school"],
        WouldChangeMyMind = "Als de jongens er zelf iets anders over zeggen.",
        Concern = 3 + (place * 2),
        Confidence = 70,
    };

    private static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private T Get<T>()
        where T : notnull
        => host.Services.GetRequiredService<T>();

    private async Task<Actor> ActorAsync(string subject)
        => await Get<Actors>().FindAsync(subject, "test", CancellationToken.None) ?? throw new InvalidOperationException($"There is no {subject}.");

    private async Task DoAsync<TUse>(string subject, Func<TUse, Actor, Task<CommandResult>> run)
        where TUse : notnull
    {
        var result = await run(Get<TUse>(), await ActorAsync(subject));
        if (result.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{typeof(TUse).Name} by {subject}: {refusal.Code} {string.Join(", ", refusal.Fields ?? [])}");
        }
    }

    private async Task FindReadersAsync()
    {
        var people = await Get<PeopleDirectory>().GetAsync(CancellationToken.None);
        Readers = [.. (await FileAsync()).Invitations.Where(invitation => invitation.Active).Select(invitation => people.Find(invitation.PersonId)!.Subject)];
        Approver = people.All
            .Where(person => person.Roles.Contains(Role.Approver) && person.Subject != Owner && (Readers.Count == 0 || person.Subject != Readers[0]))
            .OrderBy(person => Readers.Contains(person.Subject))
            .First().Subject;
    }
}
