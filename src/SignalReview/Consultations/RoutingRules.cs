using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Consultations;

/// <summary>One colleague who could be asked, and why.</summary>
/// <param name="Person">Who.</param>
/// <param name="Near">Knows the lifeworld or the code of this case.</param>
/// <param name="Score">Higher is asked sooner.</param>
/// <param name="Reasons">What made the score, in plain words.</param>
internal sealed record Candidate(Person Person, bool Near, int Score, IReadOnlyList<string> Reasons);

/// <summary>Who is asked, and in which order. Pure.</summary>
internal static class RoutingRules
{
    public const int DefaultAcceptHours = 4;

    private const int PerExpertise = 10;
    private const int SameTeam = 3;
    private const int PerOpenCase = -4;
    private const int FullWeek = 36;

    public static bool MayRead(Person person, CaseFile file) =>
        person.Active
        && person.Roles.Contains(Role.Worker)
        && person.Id != file.Case.SubmitterId
        && person.Id != file.Case.OwnerId
        && !file.Facilitates(person.Id)
        && file.Invitation(person.Id) is null; // asked once, also when it was declined

    public static bool IsNear(Person person, CaseFile file) => person.KnowsLifeworld || Matches(person, file).Count > 0;

    public static Candidate Weigh(Person person, CaseFile file, int openCases)
    {
        var reasons = new List<string>();
        var matches = Matches(person, file);
        reasons.AddRange(matches.Select(m => $"expertise: {m}"));
        var score = matches.Count * PerExpertise;
        if (person.Team == file.Case.Team)
        {
            score += SameTeam;
            reasons.Add($"team: {person.Team}");
        }

        var near = person.KnowsLifeworld || matches.Count > 0;
        reasons.Add(near ? "knows the lifeworld" : "looks from further away");
        // A part-timer with one open case carries as much as a full-timer with more.
        var load = openCases * FullWeek / Math.Max(1, person.HoursPerWeek);
        reasons.Add($"open cases: {openCases}");
        return new(person, near, score + (load * PerOpenCase), reasons);
    }

    /// <summary>The next to ask: the best, but the last places are kept for the kind of reader that is still missing.</summary>
    public static Candidate? Next(IReadOnlyList<Candidate> candidates, int near, int far, int count)
    {
        var left = count - near - far;
        var best = candidates.OrderByDescending(c => c.Score).ThenBy(c => c.Person.Name, StringComparer.Ordinal).ToList();
        var missing = (near == 0 ? 1 : 0) + (far == 0 ? 1 : 0);
        if (left > missing)
        {
            return best.FirstOrDefault();
        }

        return (near == 0 ? best.FirstOrDefault(c => c.Near) : null)
            ?? (far == 0 ? best.FirstOrDefault(c => !c.Near) : null)
            ?? best.FirstOrDefault();
    }

    /// <summary>The person's expertise that is named in the case's tags or platform.</summary>
    private static IReadOnlyList<string> Matches(Person person, CaseFile file) =>
        [.. person.Expertise.Where(e =>
            file.Tags.Contains(e, StringComparer.OrdinalIgnoreCase)
            || file.Case.Platform?.Contains(e, StringComparison.OrdinalIgnoreCase) == true)];
}
