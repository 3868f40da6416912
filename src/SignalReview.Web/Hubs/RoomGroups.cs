using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Web.Hubs;

/// <summary>
/// A case's group has one part a person. What is told goes to the parts of those who may hear it at that moment, so a membership that has
/// ended, on whichever node its connection is, hears nothing.
/// </summary>
internal static class RoomGroups
{
    public static string Of(CaseId caseId, PersonId person) => $"case/{caseId}/{person}";

    public static IReadOnlyList<string> Of(CaseId caseId, IEnumerable<PersonId> people) => [.. people.Select(p => Of(caseId, p))];
}
