using System.Text.Json;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Demo;

/// <summary>The twelve made-up cases, played by <c>signalreview demo run</c> and seeded in Development. People are named by subject: "w3".</summary>
internal sealed record DemoCases(string Note, IReadOnlyList<DemoCase> Cases)
{
    public static DemoCases Load()
    {
        using var stream = typeof(DemoCases).Assembly.GetManifestResourceStream("demo-cases.json")
            ?? throw new InvalidOperationException("The demo cases are not in the assembly.");
        return JsonSerializer.Deserialize<DemoCases>(stream, TrailJson.Options)!;
    }
}

/// <param name="Key">DEMO-01 and so on.</param>
/// <param name="Submitter">Who submits.</param>
/// <param name="ObservedMinutesBefore">How long before the submission it was seen.</param>
/// <param name="Signal">What is submitted, but for when it was seen.</param>
/// <param name="Stopped">For a case that the legality gate stops: what the privacy officer records.</param>
/// <param name="Workflow">Definition id.</param>
/// <param name="Immediate">For an urgent case: what was done at once.</param>
/// <param name="Questions">Clarifying questions.</param>
/// <param name="Readings">Blind readings.</param>
/// <param name="Checks">What is ticked of what the readers missed.</param>
/// <param name="Enquiries">What is looked into because it would change a reader's mind.</param>
/// <param name="Rounds">Votes, a list a round.</param>
/// <param name="Owner">Who decides; the case is handed over when that is not the submitter.</param>
/// <param name="Approver">The second pair of eyes.</param>
/// <param name="Decision">What is decided.</param>
/// <param name="Dissent">A statement that stands beside it.</param>
/// <param name="Review">The look back; null when the demo leaves it open.</param>
internal sealed record DemoCase(
    string Key,
    string Submitter,
    int ObservedMinutesBefore,
    SignalSubmission Signal,
    DemoStop? Stopped,
    string? Workflow,
    DemoDecision? Immediate,
    IReadOnlyList<DemoQuestion>? Questions,
    IReadOnlyList<DemoReading>? Readings,
    IReadOnlyList<DemoCheck>? Checks,
    IReadOnlyList<DemoEnquiry>? Enquiries,
    IReadOnlyList<IReadOnlyList<DemoBallot>>? Rounds,
    string? Owner,
    string? Approver,
    DemoDecision? Decision,
    DemoDissent? Dissent,
    DemoReview? Review)
{
    /// <summary>How is voted, where the facilitator chooses something else than the method says.</summary>
    public DemoTerms? Terms { get; init; }

    public SignalSubmission SignalAt(DateTimeOffset now) => Signal with { ObservedAt = now.AddMinutes(-ObservedMinutesBefore) };
}

internal sealed record DemoStop(string By, string Measures);

internal sealed record DemoQuestion(string By, string Question, string Answer, bool Helped);

internal sealed record DemoReading(string By, Interpretation Interpretation);

internal sealed record DemoBallot(string By, VoteOption? Option, int? Concern, int? Confidence, string? Reason, string? ChangedMyMind)
{
    public ConsentPosition? Position { get; init; }

    public string? Objection { get; init; }

    public IReadOnlyList<OptionScore>? Scores { get; init; }

    public IReadOnlyList<VoteOption>? Ranking { get; init; }

    public CastVoteCommand Command(Guid id, int round, VoteOption? proposal) => new(id, round, Option, Concern, Confidence, Reason, ChangedMyMind)
    {
        Proposal = proposal,
        Position = Position,
        Objection = Objection,
        Scores = Scores,
        Ranking = Ranking,
    };
}

/// <param name="Method">How is voted.</param>
/// <param name="Proposal">For consent.</param>
/// <param name="Options">What may be chosen; not for consent.</param>
internal sealed record DemoTerms(VoteMethod Method, VoteOption? Proposal, IReadOnlyList<VoteOption>? Options)
{
    public ChooseOptionsCommand Command(Guid id) => new(id, Options ?? []) { Method = Method, Proposal = Proposal };
}

/// <param name="By">Who ticks.</param>
/// <param name="Item">As a reader wrote it.</param>
/// <param name="Found">What was found.</param>
internal sealed record DemoCheck(string By, string Item, string Found);

/// <param name="Of">Whose mind it would change.</param>
/// <param name="By">Who takes it up.</param>
/// <param name="Found">Null: still looking.</param>
/// <param name="Change">What it does to the reading; null: not answered yet.</param>
/// <param name="Reason">Why.</param>
internal sealed record DemoEnquiry(string Of, string By, string? Found, ReadingChange? Change, string? Reason);

/// <param name="By">Who dissents.</param>
/// <param name="Statement">In their own words.</param>
/// <param name="Happened">At the look back: what happened, beside it.</param>
/// <param name="ClosingWord">The dissenter's last word, where there is one.</param>
internal sealed record DemoDissent(string By, string Statement, string? Happened, string? ClosingWord);

internal sealed record DemoReview(string ActualMeaning, string Learning);

/// <param name="Outcome">What.</param>
/// <param name="Facts">On which facts.</param>
/// <param name="Rationale">Why.</param>
/// <param name="Weighing">How diverging readings were weighed.</param>
/// <param name="DeviationReason">Why other than the vote.</param>
/// <param name="Disclosures">What was shared.</param>
/// <param name="ReviewInDays">Days after the decision.</param>
/// <param name="FollowUps">Actions.</param>
internal sealed record DemoDecision(
    VoteOption Outcome,
    IReadOnlyList<string> Facts,
    string Rationale,
    string? Weighing,
    string? DeviationReason,
    IReadOnlyList<string>? Disclosures,
    int ReviewInDays,
    IReadOnlyList<DemoFollowUp> FollowUps)
{
    /// <param name="today">The day of the decision.</param>
    /// <param name="idOf">A subject's person id.</param>
    public DecisionContent Content(DateOnly today, Func<string, Guid> idOf) => new()
    {
        Outcome = Outcome,
        Facts = Facts,
        Rationale = Rationale,
        Weighing = Weighing,
        DeviationReason = DeviationReason,
        Disclosures = Disclosures ?? [],
        ReviewDate = today.AddDays(ReviewInDays),
        FollowUps = [.. FollowUps.Select(f => f.Plan(today, idOf))],
    };
}

internal sealed record DemoFollowUp(
    int DueInDays,
    string Action,
    string Owner,
    Channel? Channel,
    FollowUpTheme? Theme,
    bool OutsideWorkingHours,
    string? ExceptionReason)
{
    public FollowUpPlan Plan(DateOnly today, Func<string, Guid> idOf) => new()
    {
        Action = Action,
        Owner = idOf(Owner),
        Due = today.AddDays(DueInDays),
        Channel = Channel,
        Theme = Theme,
        OutsideWorkingHours = OutsideWorkingHours,
        ExceptionReason = ExceptionReason,
    };
}
