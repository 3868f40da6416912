using SignalReview.People;

namespace SignalReview.Web.SignIn;

/// <summary>
/// The names of <see cref="Role"/> in claims and settings. What somebody is in one case (owner, reader, approver of it) stands with
/// the case and is never a claim.
/// </summary>
internal static class Roles
{
    public const string Worker = "worker";
    public const string Coordinator = "coordinator";
    public const string Auditor = "auditor";
    public const string PrivacyOfficer = "privacyOfficer";
    public const string Approver = "approver";

    /// <summary>Those who erase, one of them as the second person.</summary>
    public const string Privacy = $"{PrivacyOfficer},{Coordinator}";
}
