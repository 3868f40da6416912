using SignalReview.Cases;

namespace SignalReview.Web.Components.Pages.Trails;

/// <summary>What to call a case where its title may not show.</summary>
internal static class CaseNumber
{
    /// <summary>The end of the id: its beginning is the time, and alike for cases of one day.</summary>
    public static string Short(CaseId caseId) => caseId.Value.ToString("N")[^6..];
}
