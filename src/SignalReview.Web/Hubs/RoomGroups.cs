using SignalReview.Cases;

namespace SignalReview.Web.Hubs;

/// <summary>
/// Two groups a case, each of this node's connections: what goes to one is the same for all in it. Before anything is sent to either, whoever
/// may not hear it any more has been taken out (<see cref="RoomBroadcast"/>).
/// </summary>
internal static class RoomGroups
{
    public static string Followers(CaseId caseId) => $"case/{caseId}";

    public static string Members(CaseId caseId) => $"case/{caseId}/room";

    public static IEnumerable<string> Of(CaseId caseId, RoomChair chair) => chair.IsMember ? [Followers(caseId), Members(caseId)] : [Followers(caseId)];
}
