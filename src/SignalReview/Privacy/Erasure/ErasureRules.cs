using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Privacy.Erasure;

/// <summary>Who may do what about an erasure. Pure.</summary>
internal static class ErasureRules
{
    /// <summary>May be the second person: another privacy officer, or a coordinator. Never somebody whose own work goes with the case.</summary>
    public static bool MaySecond(CaseFile file, Actor actor) =>
        (actor.Is(Role.PrivacyOfficer) || actor.Is(Role.Coordinator)) && !HasPart(file, actor.Person);

    public static bool HasPart(CaseFile file, PersonId person) =>
        file.Case.OwnerId == person || file.Case.SubmitterId == person || file.Facilitates(person) || file.IsActiveReader(person)
        || file.Decisions.Any(d => d.ApproverId == person);

    /// <summary>People are still at work in it: first it is withdrawn, stopped or closed.</summary>
    public static bool IsRunning(CaseFile file) => file.Phase != CasePhase.Draft && !file.IsOver;

    public static string Text(IEnumerable<InterestCheck> interests) =>
        string.Join(',', interests.OrderBy(i => i.Interest).Select(i => $"{Enums.Text(i.Interest!.Value)}:{Enums.Text(i.Outcome!.Value)}"));

    public static IReadOnlyList<(Interest Interest, InterestOutcome Outcome)> Parse(string? interests) =>
        [.. (interests ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(':'))
            .Select(part => (Enums.Parse<Interest>(part[0]), Enums.Parse<InterestOutcome>(part[1])))];

    public static FieldCheck Check(IReadOnlyList<InterestCheck>? interests)
    {
        var check = new FieldCheck();
        foreach (var interest in Enum.GetValues<Interest>())
        {
            var answers = (interests ?? []).Where(i => i?.Interest == interest).ToList();
            var path = $"interests.{Enums.Text(interest)}";
            if (answers is not [var answer])
            {
                check.Add($"{path}.outcome", answers.Count == 0 ? "required" : "twice");
                continue;
            }

            check.Required($"{path}.outcome", answer.Outcome);
            if (answer.Outcome is not InterestOutcome.Absent)
            {
                check.Required($"{path}.reasoning", answer.Reasoning);
            }
            else
            {
                check.Lengths($"{path}.reasoning", answer.Reasoning);
            }
        }

        return check;
    }
}
