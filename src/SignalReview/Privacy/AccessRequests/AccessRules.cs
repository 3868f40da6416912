using System.Collections.Immutable;
using SignalReview.Rooms;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>Who may ask for somebody of this age.</summary>
/// <param name="From">Years, included.</param>
/// <param name="To">Years, included; null: and older.</param>
/// <param name="May">Who may.</param>
/// <param name="Explain">Why, for the officer and in a refusal.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record AgeRule(int From, int? To, ImmutableHashSet<Requester> May, RuleText Explain, string Source)
{
    public bool Holds(int age) => age >= From && !(age > To);
}

/// <summary>When somebody who may ask is still to be refused, unless a privacy officer says why not.</summary>
/// <param name="Id">As events name it.</param>
/// <param name="Name">For people.</param>
/// <param name="Requesters">Whom it is about.</param>
/// <param name="Outcomes">Of a case with one of these decisions.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record AccessException(string Id, RuleText Name, ImmutableHashSet<Requester> Requesters, ImmutableHashSet<VoteOption> Outcomes, string Source);

/// <summary>Why a request is refused.</summary>
/// <param name="Id">As rows and events name it.</param>
/// <param name="Name">For people.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Letter">What the requester is told, to begin from.</param>
internal sealed record RefusalGround(string Id, RuleText Name, string Source, RuleText Letter);

/// <summary>Events of which the requester gets nothing.</summary>
/// <param name="Events">Types, or the beginnings of types that end in a full stop.</param>
/// <param name="Why">Told to the requester.</param>
internal sealed record LeftOut(ImmutableArray<string> Events, RuleText Why)
{
    public bool Holds(string type) => Events.Any(e => e.EndsWith('.') ? type.StartsWith(e, StringComparison.Ordinal) : type == e);
}

/// <summary>The organisation's rules for requests for access.</summary>
/// <param name="Head">Its name and version.</param>
/// <param name="AnswerWithin">From the day on which it came in.</param>
/// <param name="ExtendBy">By how much that can be moved, once.</param>
/// <param name="FilesExpire">How long a file stays on the server after it was approved.</param>
/// <param name="SecondPerson">Somebody else approves a file before it is given out.</param>
/// <param name="Colleagues">How colleagues are named in it.</param>
/// <param name="Ages">Each age once.</param>
/// <param name="Exceptions">On top of that.</param>
/// <param name="Refusals">The grounds on which a request can be refused.</param>
/// <param name="LeaveOut">What is not in a file.</param>
/// <param name="About">What a requester is told of their rights, in the organisation's words.</param>
internal sealed record AccessRules(
    RuleFileHead Head,
    CalendarPeriod AnswerWithin,
    CalendarPeriod ExtendBy,
    CalendarPeriod FilesExpire,
    bool SecondPerson,
    ColleagueNaming Colleagues,
    ImmutableArray<AgeRule> Ages,
    ImmutableArray<AccessException> Exceptions,
    ImmutableArray<RefusalGround> Refusals,
    ImmutableArray<LeftOut> LeaveOut,
    RuleText About)
{
    public const int OldestAge = 120;

    public string Label => $"{Head.Id}@{Head.Version}";

    /// <param name="age">0 to <see cref="OldestAge"/>.</param>
    public AgeRule For(int age) => Ages.First(a => a.Holds(age));

    public bool May(Requester requester, int age) => For(age).May.Contains(requester);

    public RefusalGround? Ground(string id) => Refusals.FirstOrDefault(r => r.Id == id);

    /// <summary>The exceptions that a request meets.</summary>
    /// <param name="requester">Who asks.</param>
    /// <param name="outcomes">Of the decisions that stand in its cases.</param>
    public IEnumerable<AccessException> Met(Requester requester, IReadOnlyCollection<VoteOption> outcomes) =>
        Exceptions.Where(e => e.Requesters.Contains(requester) && outcomes.Any(e.Outcomes.Contains));
}
