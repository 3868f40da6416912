using System.Collections.Immutable;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Privacy.Retention;

/// <summary>
/// The organisation's rules for how long cases are kept. Of the rules that match a case the narrowest holds: the one whose conditions lie within
/// those of each other that matches. A file in which some case would have no such rule is refused by <see cref="RetentionRulesReader"/>.
/// </summary>
/// <param name="Head">Its name and version.</param>
/// <param name="Grounds">The legal grounds that a case can be on.</param>
/// <param name="DefaultGround">Of a case of which nobody said one.</param>
/// <param name="LongestPostponement">How much longer a case may be kept by one exception.</param>
/// <param name="Rules">In the order of the file, which means nothing.</param>
internal sealed record RetentionRules(
    RuleFileHead Head, ImmutableArray<LegalGround> Grounds, string DefaultGround, CalendarPeriod LongestPostponement, ImmutableArray<RetentionRule> Rules)
{
    /// <summary>"id@version", as a case records it.</summary>
    public string Label => $"{Head.Id}@{Head.Version}";

    public LegalGround Ground(string id) => Grounds.FirstOrDefault(g => g.Id == id) ?? Grounds.First(g => g.Id == DefaultGround);

    /// <param name="id">Of a rule of this set.</param>
    public RetentionRule Rule(string id) => Rules.First(r => r.Id == id);

    /// <summary>What somebody wrote as the ground of a signal, as one of the organisation's grounds.</summary>
    /// <returns>Null when it holds no word of any ground, or words of several.</returns>
    public LegalGround? GroundIn(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        var found = Grounds.Where(g => g.Words.Any(w => written.Contains(w, StringComparison.OrdinalIgnoreCase))).Take(2).ToList();
        return found is [var only] ? only : null;
    }

    public RetentionReckoning Reckon(RetentionFacts facts)
    {
        var rule = Narrowest(facts.Cell) ?? throw new InvalidOperationException($"No rule of {Label} holds for {facts.Cell}; the file was not checked.");
        return new(rule, Moment(rule, facts));
    }

    /// <summary>The rule that holds for such cases; null when none does, or several that are as narrow.</summary>
    public RetentionRule? Narrowest(RetentionCell cell)
    {
        var matching = Rules.Where(r => r.When.Matches(cell)).ToList();
        var within = matching.Where(r => matching.All(other => r.When.IsWithin(other.When))).Take(2).ToList();
        return within is [var only] ? only : null;
    }

    /// <summary>Every kind of case that rules can tell apart. Before it is submitted, a case has no outcome and says nothing of its subject.</summary>
    public static IEnumerable<RetentionCell> Cells(IEnumerable<string> grounds) =>
        from ground in grounds
        from state in Enum.GetValues<RetentionState>()
        let begun = state == RetentionState.Draft
        from outcome in begun ? [null] : Enum.GetValues<VoteOption>().Cast<VoteOption?>().Prepend(null)
        from subject in begun ? [null] : Enum.GetValues<SubjectKind>().Cast<SubjectKind?>().Prepend(null)
        select new RetentionCell(ground, state, outcome, subject);

    private static DateOnly? Moment(RetentionRule rule, RetentionFacts facts) => rule.From switch
    {
        RetentionMoment.Created => facts.CreatedOn,
        RetentionMoment.Submitted => facts.SubmittedOn,
        RetentionMoment.LastActivity => facts.LastActivityOn,
        RetentionMoment.Ended => facts.EndedOn,
        RetentionMoment.SubjectTurns => AgeBands.LatestDayOfTurning(rule.Age!.Value, facts.AgeBand, facts.SubmittedOn),
    };
}
