using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>The routing writes its reasons into the trail in fixed English words; here they are said. What a colleague wrote stays as it is.</summary>
internal static class RoutingReasons
{
    public static string Join(Texts texts, IReadOnlyList<string> reasons) => string.Join(", ", reasons.Select(reason => Say(texts, reason)));

    private static string Say(Texts texts, string reason)
    {
        var (head, tail) = reason.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? (reason[..colon], reason[(colon + 2)..]) : (reason, "");
        return head switch
        {
            "expertise" => texts["Routing.Expertise", tail],
            "team" => texts["Routing.Team", tail],
            "named" => texts["Routing.Named", tail],
            "open cases" => texts["Routing.OpenCases", tail],
            "knows the lifeworld" => texts["Routing.Near"],
            "looks from further away" => texts["Routing.Far"],
            _ => reason,
        };
    }
}
