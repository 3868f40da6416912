using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;

namespace SignalReview.Privacy;

/// <param name="Id">The hold.</param>
/// <param name="Case">Which case it keeps.</param>
/// <param name="Ground">Of what kind.</param>
/// <param name="Until">The last day on which it stands; null: until it is lifted.</param>
/// <param name="Stands">Now.</param>
/// <param name="PlacedBy">By whom.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="LiftedBy">By whom; null while nobody lifted it.</param>
/// <param name="LiftedAt">When.</param>
public sealed record HoldView(
    Guid Id,
    CaseId Case,
    HoldGround Ground,
    DateOnly? Until,
    bool Stands,
    PersonRef PlacedBy,
    DateTimeOffset PlacedAt,
    PersonRef? LiftedBy,
    DateTimeOffset? LiftedAt)
{
    /// <summary>In words; null in lists, and once the case is erased.</summary>
    public string? Reason { get; init; }

    public string? ForWhom { get; init; }

    public string? LiftReason { get; init; }
}

/// <param name="Interest">Whose.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Reasoning">In words; null in lists, and once the case is erased.</param>
public sealed record InterestView(Interest Interest, InterestOutcome Outcome, string? Reasoning);

/// <param name="Id">The erasure.</param>
/// <param name="Case">Of which case.</param>
/// <param name="Ground">On which ground.</param>
/// <param name="AskedBy">Who wanted it.</param>
/// <param name="Rule">By which retention rule; null: it was asked for.</param>
/// <param name="State">Where it is.</param>
/// <param name="RequestedBy">Who took it in; null for a rule.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="Interests">What was weighed; empty before the check.</param>
/// <param name="CheckedBy">By whom.</param>
/// <param name="CheckedAt">When.</param>
/// <param name="SettledBy">Who approved or declined; for a rule who agreed on it.</param>
/// <param name="SettledAt">When.</param>
/// <param name="ErasedBy">Who carried it out; null for a rule.</param>
/// <param name="ErasedAt">When.</param>
/// <param name="ReappliedAt">It was done again then, in a database that was put back from before it.</param>
/// <param name="DestroyedAt">Then nothing of it was left in any file of ours. Only from then on is it certified.</param>
public sealed record ErasureView(
    Guid Id,
    CaseId Case,
    ErasureGround Ground,
    ErasureAskedBy AskedBy,
    string? Rule,
    ErasureState State,
    PersonRef? RequestedBy,
    DateTimeOffset RequestedAt,
    IReadOnlyList<InterestView> Interests,
    PersonRef? CheckedBy,
    DateTimeOffset? CheckedAt,
    PersonRef? SettledBy,
    DateTimeOffset? SettledAt,
    PersonRef? ErasedBy,
    DateTimeOffset? ErasedAt,
    DateTimeOffset? ReappliedAt,
    DateTimeOffset? DestroyedAt)
{
    /// <summary>What was asked, in words; null in lists, and once the case is erased.</summary>
    public string? Explanation { get; init; }

    /// <summary>Why it will not be done.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>What the viewer can do about it now: names of commands in camelCase without "Command"; and "certify".</summary>
    public IReadOnlySet<string> Can { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <param name="Case">The case.</param>
/// <param name="Team">Whose.</param>
/// <param name="Phase">Where it is.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ErasedAt">What people wrote is gone since; null: it is there.</param>
/// <param name="Running">People are still at work in it, so it cannot be erased yet.</param>
/// <param name="Holds">Oldest first.</param>
/// <param name="Erasures">Oldest first.</param>
/// <param name="Can">What the viewer can do now: names of commands in camelCase without "Command".</param>
public sealed record PrivacyCaseView(
    CaseId Case,
    string Team,
    CasePhase Phase,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ErasedAt,
    bool Running,
    IReadOnlyList<HoldView> Holds,
    IReadOnlyList<ErasureView> Erasures,
    IReadOnlySet<string> Can);

/// <param name="Items">One page.</param>
/// <param name="Total">On all pages.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Lines a page.</param>
public sealed record PrivacyList<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize);
