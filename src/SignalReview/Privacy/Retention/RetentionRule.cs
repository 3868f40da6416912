using System.Collections.Immutable;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Privacy.Retention;

/// <summary>How a case stands that a rule can be about. A case that runs is kept for as long as it runs.</summary>
public enum RetentionState
{
    Draft,
    Closed,
    Withdrawn,

    /// <summary>At the legality gate, or by the privacy officer.</summary>
    Stopped,
}

/// <summary>From which day a period counts.</summary>
public enum RetentionMoment
{
    /// <summary>The draft was begun.</summary>
    Created,
    Submitted,

    /// <summary>Something was last written or done in the case; reading does not count.</summary>
    LastActivity,

    /// <summary>Closed, withdrawn or stopped.</summary>
    Ended,

    /// <summary>The last day on which the subject can reach the rule's age, by the age band of the signal.</summary>
    SubjectTurns,
}

/// <summary>What happens on the day.</summary>
public enum RetentionAction
{
    Erase,

    /// <summary>A person looks and decides.</summary>
    Review,
}

/// <summary>Who is told beforehand.</summary>
public enum RetentionAudience { Owner, Coordinator, PrivacyOfficer }

/// <summary>A legal ground as the organisation names it.</summary>
/// <param name="Id">As rules and rows name it.</param>
/// <param name="Name">For people.</param>
/// <param name="Source">Where it stands in the law.</param>
/// <param name="Words">A signal whose ground holds one of these words, in any case, is on this ground.</param>
internal sealed record LegalGround(string Id, RuleText Name, string Source, ImmutableArray<string> Words);

/// <summary>Which cases a rule is about; null: whatever it is.</summary>
/// <param name="Grounds">Ids of grounds.</param>
/// <param name="States">How the case stands.</param>
/// <param name="Outcomes">Of the decision that stands; a case without one matches no named outcome.</param>
/// <param name="Subjects">Kind of subject; a case that does not say matches none.</param>
internal sealed record RetentionCondition(
    ImmutableHashSet<string>? Grounds,
    ImmutableHashSet<RetentionState>? States,
    ImmutableHashSet<VoteOption>? Outcomes,
    ImmutableHashSet<SubjectKind>? Subjects)
{
    public bool Matches(RetentionCell cell) =>
        Grounds?.Contains(cell.Ground) != false
        && States?.Contains(cell.State) != false
        && (Outcomes is null || (cell.Outcome is { } outcome && Outcomes.Contains(outcome)))
        && (Subjects is null || (cell.Subject is { } subject && Subjects.Contains(subject)));

    /// <summary>Every case that this is about, the other is about too.</summary>
    public bool IsWithin(RetentionCondition other) =>
        Within(Grounds, other.Grounds) && Within(States, other.States) && Within(Outcomes, other.Outcomes) && Within(Subjects, other.Subjects);

    private static bool Within<T>(ImmutableHashSet<T>? inner, ImmutableHashSet<T>? outer) => outer is null || (inner is not null && inner.IsSubsetOf(outer));
}

/// <summary>All that a condition can tell cases apart by.</summary>
internal readonly record struct RetentionCell(string Ground, RetentionState State, VoteOption? Outcome, SubjectKind? Subject);

/// <summary>One rule.</summary>
/// <param name="Id">As rows and events name it.</param>
/// <param name="Name">For people.</param>
/// <param name="When">Which cases it is about.</param>
/// <param name="Keep">For how long.</param>
/// <param name="From">Counted from when.</param>
/// <param name="Age">Years, for <see cref="RetentionMoment.SubjectTurns"/>.</param>
/// <param name="NoticeDays">How many days beforehand it is told.</param>
/// <param name="Tell">To whom.</param>
/// <param name="Then">What happens.</param>
/// <param name="Source">The article of the law, or the organisation's own policy.</param>
internal sealed record RetentionRule(
    string Id,
    RuleText Name,
    RetentionCondition When,
    CalendarPeriod Keep,
    RetentionMoment From,
    int? Age,
    int NoticeDays,
    ImmutableHashSet<RetentionAudience> Tell,
    RetentionAction Then,
    string Source);

/// <summary>What of a case its date follows from; days are the team's own.</summary>
internal sealed record RetentionFacts(
    RetentionCell Cell, string? AgeBand, DateOnly CreatedOn, DateOnly? SubmittedOn, DateOnly LastActivityOn, DateOnly? EndedOn);

/// <summary>When a case is due, by which rule.</summary>
/// <param name="Rule">The narrowest that matches.</param>
/// <param name="CountedFrom">Null when the case does not tell the moment from which the rule counts.</param>
internal sealed record RetentionReckoning(RetentionRule Rule, DateOnly? CountedFrom)
{
    /// <summary>The first day on which it is no longer kept.</summary>
    public DateOnly? DueOn => CountedFrom is { } from ? Rule.Keep.After(from) : null;

    public DateOnly? NoticeOn => DueOn?.AddDays(-Rule.NoticeDays);
}
