using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms.Anonymous;
using SignalReview.Storage;

namespace SignalReview.Rooms;

/// <summary>
/// Whether enough people and roles are present to reveal a round without everyone. Present is who voted or said that they abstain, and is
/// still on the case. Pure.
/// </summary>
internal static class VoteQuorum
{
    public static bool IsMet(CaseFile file, VoteRoundRow round) =>
        AnonymityRules.MayOpen(file, round.Round) && Present(file, round).Count >= round.Quorum && Missing(file, round).Count == 0;

    /// <summary>
    /// The roles of which nobody is present; of a revealed round, was present. Also one that nobody on the case has: then the round is complete only when everyone has voted.
    /// </summary>
    public static IReadOnlyList<RequiredRole> Missing(CaseFile file, VoteRoundRow round)
    {
        if (round.MissingRoles is { } then)
        {
            return Parse(then);
        }

        var present = Present(file, round);
        return [.. Required(round).Where(role => !present.Exists(person => Has(file, person, role)))];
    }

    /// <summary>Those of the method, and a reader always: the owner and the submitter alone consult nobody.</summary>
    public static IReadOnlyList<RequiredRole> Required(VoteRoundRow round)
    {
        var roles = Parse(round.RequiredRoles);
        return roles.Any(r => r is RequiredRole.Near or RequiredRole.Far or RequiredRole.Reader) ? roles : [.. roles, RequiredRole.Reader];
    }

    public static string Text(IEnumerable<RequiredRole> roles) => string.Join(',', roles.Distinct().Order().Select(Enums.Text));

    private static IReadOnlyList<RequiredRole> Parse(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enums.Parse<RequiredRole>)];

    private static List<PersonId> Present(CaseFile file, VoteRoundRow round) =>
        [.. file.Voters.Intersect(file.BallotsOf(round.Round).Select(b => b.PersonId))];

    private static bool Has(CaseFile file, PersonId person, RequiredRole role) => role switch
    {
        RequiredRole.Owner => file.Case.OwnerId == person,
        RequiredRole.Submitter => file.Case.SubmitterId == person,
        RequiredRole.Near => file.Invitation(person) is { Active: true, Near: true },
        RequiredRole.Far => file.Invitation(person) is { Active: true, Near: false },
        RequiredRole.Reader => file.IsActiveReader(person),
    };
}
