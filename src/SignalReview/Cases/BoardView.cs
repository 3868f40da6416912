using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.Cases;

/// <summary>One open case on the coordinator's board: where it is and on whom it waits, not what it says.</summary>
/// <param name="Case">The case.</param>
/// <param name="Team">Whose.</param>
/// <param name="Phase">Where it is.</param>
/// <param name="PhaseSince">Since when.</param>
/// <param name="Urgency">How soon colleagues are needed.</param>
/// <param name="Workflow">definition@version.</param>
/// <param name="Owner">Whose decision it will be.</param>
/// <param name="Facilitator">Who leads; null while nobody was found.</param>
/// <param name="Stuck">It was escalated and has not moved since.</param>
/// <param name="Escalation">Why, such as "tooFewReaders"; null when not stuck.</param>
/// <param name="EscalatedAt">Since when; null when not stuck.</param>
/// <param name="Overdue">A deadline has passed.</param>
/// <param name="DueAt">The soonest deadline.</param>
/// <param name="ReadingsIn">How many readings are in.</param>
/// <param name="ReadingsAsked">Of how many.</param>
/// <param name="Steps">What it waits for.</param>
public sealed record BoardItem(
    CaseId Case,
    string Team,
    CasePhase Phase,
    DateTimeOffset PhaseSince,
    Urgency? Urgency,
    string? Workflow,
    PersonRef Owner,
    PersonRef? Facilitator,
    bool Stuck,
    string? Escalation,
    DateTimeOffset? EscalatedAt,
    bool Overdue,
    DateTimeOffset? DueAt,
    int ReadingsIn,
    int ReadingsAsked,
    IReadOnlyList<BoardStep> Steps);

/// <param name="Node">The step's name; what extending its deadline names.</param>
/// <param name="Activity">Such as "CollectVotes".</param>
/// <param name="DueAt">Until when.</param>
/// <param name="WaitsOn">On which kinds of people.</param>
/// <param name="PausedUntil">When its deadline runs on by itself; null while it runs.</param>
public sealed record BoardStep(string Node, string Activity, DateTimeOffset? DueAt, IReadOnlyList<CaseRole> WaitsOn, DateTimeOffset? PausedUntil);

/// <param name="Items">Stuck first, then by deadline.</param>
/// <param name="Total">Open cases in all.</param>
/// <param name="StuckTotal">Of which stuck.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Cases a page.</param>
/// <param name="Deadlines">Whether deadlines fire.</param>
public sealed record BoardView(IReadOnlyList<BoardItem> Items, int Total, int StuckTotal, int Page, int PageSize, DeadlineReport Deadlines);
